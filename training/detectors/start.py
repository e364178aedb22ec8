"""Finds the weights that a training of a detector begins with: a model, a training, or a published checkpoint."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from torch import Tensor

from inference.errors import InputError
from inference.models.card import setting_number
from inference.models.store import InstalledModel, ModelStore
from training.balsam.loading import load_balsam
from training.checkpoints import Checkpoint, read_checkpoint
from training.convert.balsam import trained_classes
from training.convert.balsam_sizes import config_of
from training.detectors import balsam_network, maskrcnn_network
from training.detectors.balsam_network import BalsamNetwork
from training.detectors.fit import FORMAT, trained_model
from training.detectors.kinds import KINDS
from training.detectors.maskrcnn_network import MaskRcnnNetwork
from training.detectors.weights import Trained, are_weights, read_weights
from training.maskrcnn.model import load_mask_rcnn
from training.state_file import holds
from training.weight_file import FILE_NAME, ROLE

STATE = "detector.pt"
DEFAULT_THRESHOLD = 0.3
_CHECKPOINTS = (".pth", ".ckpt", ".safetensors", ".pt")


@dataclass(frozen=True, slots=True)
class Start:
    """Weights to begin with.

    Attributes:
        name: of what they are.
        trained: a detector; None where `sam` is given.
        sam: tensors of an original SAM, whose encoder and decoder a BalSAM begins with.
        threshold: of the detector's scores.
        is_model: whether it can be examined, so that there is a "before": it looks for crowns, not for things of
            another kind.
        is_named: whether anybody knows what its classes are.
    """

    name: str
    trained: Trained | None = None
    sam: Mapping[str, Tensor] | None = None
    threshold: float = DEFAULT_THRESHOLD
    is_model: bool = True
    is_named: bool = True


def is_detector(text: str, store: ModelStore | None = None) -> bool:
    """Whether `--from` names a detector of this package, or a SAM, and no small BalSAM."""
    store = store or ModelStore()
    path = Path(text)
    for model in store.models():
        if model.card.id == text:
            return model.card.family in KINDS
    if path.suffix == ".pt":  # of other programs only together with --preset
        return path.is_file() and holds(path, FORMAT)
    if path.suffix in _CHECKPOINTS:
        return True
    return (path / STATE).is_file() or any(are_weights(inner / FILE_NAME) for inner in (path, path / "model"))


def start_of(text: str, gsd_m: float, store: ModelStore | None = None) -> Start:
    """The start that a user named.

    Args:
        text: id of an installed model, a training's folder, a checkpoint of one (.pt), or a published checkpoint:
            SAM, BalSAM, RSPrompter-anchor, torchvision's Mask R-CNN.
        gsd_m: cell of the tiles, where the start does not say.
        store: installed models; those of this computer by default.

    Raises:
        InputError: there is no such thing, it is damaged, or it holds no weights to train on from.
        ModelError: there is no such model, or it is damaged.
    """
    store = store or ModelStore()
    path = Path(text)
    if any(model.card.id == text for model in store.models()):
        return _of_model(store.get(text))
    if path.suffix == ".pt" and path.is_file() and holds(path, FORMAT):
        return Start(path.stem, Trained(*trained_model(path)))
    if path.suffix in _CHECKPOINTS:
        return _of_checkpoint(read_checkpoint(path), gsd_m)
    if path.is_dir():
        return _of_folder(path)
    return _of_model(store.get(text))


def _of_folder(folder: Path) -> Start:
    for inner in (folder, folder / "model"):
        if (inner / FILE_NAME).is_file():
            return Start(folder.name, read_weights(inner / FILE_NAME))
    if (folder / STATE).is_file():
        return Start(folder.name, Trained(*trained_model(folder / STATE)))
    raise _nothing(str(folder))


def _of_model(model: InstalledModel) -> Start:
    if model.card.family not in KINDS or ROLE not in model.card.graphs:
        raise _nothing(f"The model {model.card.id}")
    threshold = setting_number(model.card, "score_thr", DEFAULT_THRESHOLD)
    return Start(model.card.id, read_weights(model.graph(ROLE)), threshold=threshold)


def _of_checkpoint(checkpoint: Checkpoint, gsd_m: float) -> Start:
    name = checkpoint.path.stem
    if checkpoint.kind == "sam":
        return Start(name, sam=checkpoint.tensors, is_model=False)
    if checkpoint.kind in ("balsam", "rsprompter"):
        config = config_of(checkpoint.tensors, None, {})
        model = load_balsam(checkpoint.tensors, config)
        named = tuple(one.name for one in trained_classes(checkpoint))
        is_named = len(named) == config.classes
        classes = named if is_named else _numbered(config.classes)
        learning = replace(config, repairs=replace(config.repairs, flip_elevation=True))
        return Start(name, Trained(model, BalsamNetwork(learning), classes, gsd_m), is_named=is_named)
    if checkpoint.kind == "maskrcnn":
        rcnn = load_mask_rcnn(checkpoint.tensors)
        network = MaskRcnnNetwork(rcnn.config)
        trained = Trained(rcnn, network, _numbered(rcnn.config.classes), gsd_m)
        return Start(name, trained, is_model=False, is_named=False)
    raise _nothing(checkpoint.path.name)


def _numbered(count: int) -> tuple[str, ...]:
    return tuple(f"class {number}" for number in range(1, count + 1))


def _nothing(what: str) -> InputError:
    return InputError(
        "train.no_weights",
        "{what} has no weights that training could go on from. Name a crowns model that BirchTree trained, the folder "
        "of an earlier training, a checkpoint of SAM, BalSAM or Mask R-CNN, or leave out --from.",
        what=what,
    )


def kind_title(kind: str) -> str:
    """The name of a kind in a sentence."""
    return {balsam_network.KIND: "BalSAM", maskrcnn_network.KIND: "Mask R-CNN"}[kind]
