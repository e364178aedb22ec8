"""The weights of a published traits model as plain numbers beside its graph, so that training can go on from it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inference.errors import InputError
from training.dinovtree.model import Dinovtree
from training.traits.fit import config_as_json, config_of_json
from training.weight_file import DAMAGE, FILE_NAME, ROLE, read_tensors, replace_tensors, write_tensors

__all__ = ["FILE_NAME", "ROLE", "Trained", "read_weights", "replace_weights", "write_weights"]

_HEAD = "head"


@dataclass(frozen=True, slots=True)
class Trained:
    """A network with what it takes to use it: names of its classes, side and cell size of its crops."""

    model: Dinovtree
    classes: tuple[str, ...]
    side_px: int
    gsd_m: float


def write_weights(trained: Trained, path: Path, *, half: bool = True) -> None:
    """All tensors, and the rest as text, in an .npz file.

    Args:
        trained: the network.
        path: the file.
        half: what has more than one axis goes into float16: half the size, and exact enough to train on from.
    """
    write_tensors(trained.model.state_dict(), _facts(trained), path, half=half, named=_HEAD)


def replace_weights(trained: Trained, path: Path) -> None:
    """Exactly, over an older file in one step.

    Raises:
        OSError: it cannot be written; the older file is left as it was.
    """
    replace_tensors(trained.model.state_dict(), _facts(trained), path, named=_HEAD)


def _facts(trained: Trained) -> dict[str, Any]:
    return {
        "config": config_as_json(trained.model.config),
        "classes": list(trained.classes),
        "side_px": trained.side_px,
        "gsd_m": trained.gsd_m,
    }


def read_weights(path: Path) -> Trained:
    """The network of a file of `write_weights`, in eval mode.

    Raises:
        InputError: the file is damaged or something else.
    """
    try:
        head, tensors = read_tensors(path, named=_HEAD)
        model = Dinovtree(config_of_json(head["config"]))
        model.load_state_dict(tensors)  # copies into the model's own float32
        found = Trained(model.eval(), tuple(map(str, head["classes"])), int(head["side_px"]), float(head["gsd_m"]))
    except DAMAGE as error:
        raise InputError(
            "train.weights_damaged",
            "{path} does not hold the weights of a traits model, or is damaged. Get the model again, or begin without "
            "--from.",
            path=path,
        ) from error
    return found
