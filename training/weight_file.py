"""Weights of a network with the sizes that tensors cannot tell, as plain numbers in one .npz file."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from inference import json_text
from inference.array_files import MAX_WEIGHT_BYTES, read_arrays
from inference.errors import InputError

ROLE = "training"  # of the file, in the model's card
FILE_NAME = "training.npz"
_CONFIG = "config"  # the array that holds the sizes as text, unless a kind of file has another name for it
# What comes of bytes that are not as they were written, and of sizes that fit no network.
DAMAGE = (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, zipfile.BadZipFile)


def write_tensors(
    tensors: Mapping[str, Tensor], config: Mapping[str, Any], path: Path, *, half: bool = True, named: str = _CONFIG
) -> None:
    """Write them.

    Args:
        tensors: by name, on any device.
        config: fit for JSON.
        path: the file.
        half: what has more than one axis goes into float16: half the size, and exact enough to train on from.
        named: the array that the configuration is kept in.

    Raises:
        OSError: it cannot be written.
    """
    arrays: dict[str, NDArray[Any]] = {
        name: value.numpy().astype(np.float16 if half and value.ndim > 1 else value.numpy().dtype)
        for name, value in ((name, tensor.detach().cpu()) for name, tensor in tensors.items())
    }
    text = json.dumps(config).encode("utf-8")
    np.savez(path, allow_pickle=False, **{named: np.frombuffer(text, np.uint8), **arrays})


def read_tensors(path: Path, *, named: str = _CONFIG) -> tuple[dict[str, Any], dict[str, Tensor]]:
    """The configuration and the tensors of a file of `write_tensors`.

    Raises:
        One of `DAMAGE`: the file is missing, damaged or something else; say so with `damaged`.
    """
    arrays = read_arrays(path, max_bytes=MAX_WEIGHT_BYTES)
    config = json_text.parse(arrays.pop(named).tobytes().decode("utf-8"))
    if not isinstance(config, dict):
        raise ValueError("no configuration")
    return config, {name: torch.from_numpy(array) for name, array in arrays.items()}


def replace_tensors(
    tensors: Mapping[str, Tensor], config: Mapping[str, Any], path: Path, *, named: str = _CONFIG
) -> None:
    """Write them exactly, over an older file in one step.

    Raises:
        OSError: it cannot be written; the older file is left as it was.
    """
    partial = path.with_name(f"{path.stem}.partial.npz")
    try:
        write_tensors(tensors, config, partial, half=False, named=named)
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise


def damaged(path: Path) -> InputError:
    """The sentence for a file that is not what it should be."""
    return InputError(
        "train.weights_damaged",
        "{path} does not hold the weights of a crowns model, or is damaged. Get the model again, or begin without "
        "--from.",
        path=path,
    )
