"""The weights of a published model as plain numbers beside its graphs, so that training can go on from it."""

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from inference import json_text
from inference.array_files import MAX_WEIGHT_BYTES, read_arrays
from inference.errors import InputError
from training.balsam2.config import Balsam2Config
from training.balsam2.model import Balsam2

ROLE = "training"  # of the file, in the model's card
FILE_NAME = "training.npz"
_CONFIG = "config"
_DAMAGE = (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, zipfile.BadZipFile)


def write_weights(model: Balsam2, path: Path, *, half: bool = True) -> None:
    """All tensors and the configuration, in an .npz file.

    Args:
        model: with its weights.
        path: the file.
        half: what has more than one axis goes into float16: half the size, and exact enough to train on from.
    """
    arrays: dict[str, NDArray[Any]] = {
        name: value.detach().numpy().astype(np.float16 if half and value.ndim > 1 else value.numpy().dtype)
        for name, value in model.state_dict().items()
    }
    text = json.dumps(model.config.as_json()).encode("utf-8")
    np.savez(path, allow_pickle=False, **{_CONFIG: np.frombuffer(text, np.uint8), **arrays})


def read_weights(path: Path) -> Balsam2:
    """The model of a file of `write_weights`, in eval mode.

    Raises:
        InputError: the file is damaged or something else.
    """
    try:
        arrays = read_arrays(path, max_bytes=MAX_WEIGHT_BYTES)
        config = Balsam2Config.from_json(json_text.parse(arrays.pop(_CONFIG).tobytes().decode("utf-8")))
        tensors = {name: torch.from_numpy(array) for name, array in arrays.items()}
        model = Balsam2(config)
        model.load_state_dict(tensors)  # copies into the model's own float32
    except _DAMAGE as error:
        raise InputError(
            "train.weights_damaged",
            "{path} does not hold the weights of a crowns model, or is damaged. Get the model again, or begin without "
            "--from.",
            path=path,
        ) from error
    return model.eval()
