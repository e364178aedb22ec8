"""The weights of a published traits model as plain numbers beside its graph, so that training can go on from it."""

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from inference import json_text
from inference.array_files import MAX_WEIGHT_BYTES, read_arrays
from inference.errors import InputError
from training.dinovtree.model import Dinovtree
from training.traits.fit import config_as_json, config_of_json

ROLE = "training"  # of the file, in the model's card
FILE_NAME = "training.npz"
_HEAD = "head"
_DAMAGE = (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, zipfile.BadZipFile)


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
    arrays: dict[str, NDArray[Any]] = {
        name: value.detach().cpu().numpy().astype(np.float16 if half and value.ndim > 1 else value.cpu().numpy().dtype)
        for name, value in trained.model.state_dict().items()
    }
    head = {
        "config": config_as_json(trained.model.config),
        "classes": list(trained.classes),
        "side_px": trained.side_px,
        "gsd_m": trained.gsd_m,
    }
    text = json.dumps(head).encode("utf-8")
    np.savez(path, allow_pickle=False, **{_HEAD: np.frombuffer(text, np.uint8), **arrays})


def read_weights(path: Path) -> Trained:
    """The network of a file of `write_weights`, in eval mode.

    Raises:
        InputError: the file is damaged or something else.
    """
    try:
        arrays = read_arrays(path, max_bytes=MAX_WEIGHT_BYTES)
        head = json_text.parse(arrays.pop(_HEAD).tobytes().decode("utf-8"))
        tensors = {name: torch.from_numpy(array) for name, array in arrays.items()}
        model = Dinovtree(config_of_json(head["config"]))
        model.load_state_dict(tensors)  # copies into the model's own float32
        found = Trained(model.eval(), tuple(map(str, head["classes"])), int(head["side_px"]), float(head["gsd_m"]))
    except _DAMAGE as error:
        raise InputError(
            "train.weights_damaged",
            "{path} does not hold the weights of a traits model, or is damaged. Get the model again, or begin without "
            "--from.",
            path=path,
        ) from error
    return found
