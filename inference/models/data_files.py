"""Files of numbers beside a model's graphs (.npz): looked at without running anything that might be hidden in them."""

import zipfile
from pathlib import Path

import numpy as np

from inference.errors import ModelError

MAX_BYTES = 1 << 29


def check_data(file: Path, model_id: str) -> None:
    """Read every array of a file.

    Raises:
        ModelError: it is no .npz, is damaged, or holds anything else than finite numbers.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            if swells(archive):
                raise _damaged(file, model_id)
        with np.load(file, allow_pickle=False) as arrays:
            sound = isinstance(arrays, np.lib.npyio.NpzFile) and all(
                arrays[name].dtype.kind in "fiub" and np.isfinite(arrays[name]).all() for name in arrays.files
            )
    except (ValueError, OSError, EOFError, KeyError, AttributeError, zipfile.BadZipFile, NotImplementedError) as error:
        raise _damaged(file, model_id) from error
    if not sound:
        raise _damaged(file, model_id)


def swells(archive: zipfile.ZipFile) -> bool:
    """Whether an archive claims to hold more than any model's numbers need: it is made to fill the memory."""
    return sum(entry.file_size for entry in archive.infolist()) > MAX_BYTES


def _damaged(file: Path, model_id: str) -> ModelError:
    return ModelError(
        "model.data_damaged",
        "The file {file} of the model {model_id} is damaged or holds something else than numbers. Nothing of it was "
        "run. Get the model again, or ask whoever made it.",
        file=file.name,
        model_id=model_id,
    )
