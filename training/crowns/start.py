"""Finds the weights that a training begins with: an installed model, a model's folder, or an earlier training."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from inference.errors import InputError
from inference.models.card import Setting, setting_number
from inference.models.store import InstalledModel, ModelStore
from training.balsam2 import weights
from training.balsam2.fit import trained_model
from training.balsam2.model import Balsam2

DEFAULT_THRESHOLD = 0.3
# Settings of a card that stay right for the model that is trained on from it.
_LOOKS = ("views", "zoom", "sure_thr", "together_thr")


@dataclass(frozen=True, slots=True)
class Start:
    """Weights, the threshold that goes with them, the name of what they are, and how its card says to look at tiles."""

    model: Balsam2
    threshold: float
    name: str
    looks: Mapping[str, Setting] = field(default_factory=dict)


def start_of(text: str, store: ModelStore | None = None) -> Start:
    """The start that a user named.

    Args:
        text: id of an installed model, a training's folder, or a checkpoint of one (.pt).
        store: installed models; those of this computer by default.

    Raises:
        InputError: there is no such thing, it is damaged, or it holds no weights to train on from.
        ModelError: there is no such model, or it is damaged.
    """
    store = store or ModelStore()
    if any(model.card.id == text for model in store.models()):
        return _of_model(store.get(text))  # also where a folder happens to have the same name
    path = Path(text)
    if path.suffix == ".pt":
        return Start(trained_model(path), DEFAULT_THRESHOLD, path.stem)
    if path.is_dir():
        return _of_folder(path)
    return _of_model(store.get(text))


def _of_folder(folder: Path) -> Start:
    for inner in (folder, folder / "model"):
        file = inner / weights.FILE_NAME
        if file.is_file():
            said = _settings(inner)
            return Start(weights.read_weights(file), _threshold(said), folder.name, _looks(said))
    for stage in ("masks", "centres"):
        if (folder / f"{stage}.pt").is_file():
            return Start(trained_model(folder / f"{stage}.pt"), DEFAULT_THRESHOLD, folder.name)
    raise _nothing(str(folder))


def _settings(folder: Path) -> Mapping[str, Setting]:
    """What the card beside the weights says; nothing where there is none."""
    try:
        said = json.loads((folder / "card.json").read_text(encoding="utf-8"))["settings"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return said if isinstance(said, dict) else {}


def _threshold(said: Mapping[str, Setting]) -> float:
    value = said.get("score_thr")
    return float(value) if isinstance(value, int | float) else DEFAULT_THRESHOLD


def _looks(said: Mapping[str, Setting]) -> Mapping[str, Setting]:
    return {name: said[name] for name in _LOOKS if isinstance(said.get(name), int | float)}


def _of_model(model: InstalledModel) -> Start:
    if model.card.family != "balsam2" or weights.ROLE not in model.card.graphs:
        raise _nothing(f"The model {model.card.id}")
    trained = weights.read_weights(model.graph(weights.ROLE))
    threshold = setting_number(model.card, "score_thr", DEFAULT_THRESHOLD)
    return Start(trained, threshold, model.card.id, _looks(model.card.settings))


def _nothing(what: str) -> InputError:
    return InputError(
        "train.no_weights",
        "{what} has no weights that training could go on from. Name a crowns model that BirchTree trained, the folder "
        "of an earlier training, or leave out --from.",
        what=what,
    )
