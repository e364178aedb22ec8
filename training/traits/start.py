"""Finds the weights that a training of a traits model begins with: a model, a training, or a published backbone."""

from dataclasses import dataclass
from pathlib import Path

import torch

from inference.errors import InputError
from inference.models.store import InstalledModel, ModelStore
from training.checkpoints import read_checkpoint
from training.crowns.plan import read_plan_of
from training.dinovtree.backbone import Backbone
from training.dinovtree.config import DinovtreeConfig, SmallConfig, backbone_named
from training.dinovtree.loading import load_backbone, load_dinovtree
from training.dinovtree.model import Dinovtree
from training.traits.fit import trained_model
from training.traits.options import CourseOptions
from training.traits.weights import FILE_NAME, ROLE, Trained, read_weights

_CHECKPOINTS = (".pth", ".ckpt", ".safetensors")


@dataclass(frozen=True, slots=True)
class Start:
    """Weights to begin with.

    Attributes:
        trained: the network; its classes are empty where it never told any, as a published backbone's.
        name: of what it is.
    """

    trained: Trained
    name: str

    @property
    def is_model(self) -> bool:
        """Whether it can be examined, so that there is a "before"."""
        return bool(self.trained.classes)


def start_of(text: str, backbone: str, side_px: int, gsd_m: float, store: ModelStore | None = None) -> Start:
    """The start that a user named.

    Args:
        text: id of an installed model, a training's folder, a checkpoint of one (.pt), a file of DINOvTree's authors,
            or of the backbone alone (.pth, .safetensors).
        backbone: what a file of a backbone must hold.
        side_px, gsd_m: of a crop, where the start does not say.
        store: installed models; those of this computer by default.

    Raises:
        InputError: there is no such thing, it is damaged, or it holds no weights to train on from.
        ModelError: there is no such model, or it is damaged.
    """
    path = Path(text)
    if path.suffix == ".pt":
        return Start(Trained(*trained_model(path), side_px, gsd_m), path.stem)
    if path.suffix in _CHECKPOINTS:
        return Start(Trained(_of_checkpoint(path, backbone), (), side_px, gsd_m), path.stem)
    if path.is_dir():
        return _of_folder(path)
    return _of_model((store or ModelStore()).get(text))


def _of_checkpoint(path: Path, backbone: str) -> Dinovtree:
    tensors = read_checkpoint(path).tensors
    if any("task_heads." in name for name in tensors):
        return load_dinovtree(tensors)
    if backbone == "small":
        raise InputError(
            "train.backbone",
            "{file} holds a DINOv2 or DINOv3 backbone. Say which with --backbone, for example dinov2_vits14.",
            file=path.name,
        )
    torch.manual_seed(0)
    model = Dinovtree(DinovtreeConfig(backbone_named(backbone), 1))
    assert isinstance(model.backbone, Backbone)
    load_backbone(model.backbone, tensors)
    return model.eval()


def _of_folder(folder: Path) -> Start:
    for inner in (folder, folder / "model"):
        if (inner / FILE_NAME).is_file():
            return Start(read_weights(inner / FILE_NAME), folder.name)
    if (folder / "traits.pt").is_file():
        options = read_plan_of(folder, CourseOptions.from_json).options
        return Start(Trained(*trained_model(folder / "traits.pt"), options.side_px, options.gsd_m), folder.name)
    raise _nothing(str(folder))


def _of_model(model: InstalledModel) -> Start:
    if model.card.family != "dinovtree" or ROLE not in model.card.graphs:
        raise _nothing(f"The model {model.card.id}")
    return Start(read_weights(model.graph(ROLE)), model.card.id)


def config_named(backbone: str, classes: int) -> DinovtreeConfig:
    """Sizes of a network on the small encoder, or on a published backbone.

    Raises:
        ModelError: no such name.
    """
    return DinovtreeConfig(SmallConfig() if backbone == "small" else backbone_named(backbone), classes)


def _nothing(what: str) -> InputError:
    return InputError(
        "train.no_weights",
        "{what} has no weights that training could go on from. Name a traits model that BirchTree trained, the folder "
        "of an earlier training, or leave out --from.",
        what=what,
    )
