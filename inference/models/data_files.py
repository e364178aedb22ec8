"""Files of numbers beside a model's graphs (.npz): looked at without running anything that might be hidden in them."""

from pathlib import Path

import numpy as np

from inference.array_files import read_arrays
from inference.errors import ModelError


def check_data(file: Path, model_id: str) -> None:
    """Read every array of a file.

    Raises:
        ModelError: it is no .npz, is damaged, or holds anything else than finite numbers.
    """
    try:
        arrays = read_arrays(file)
        sound = all(array.dtype.kind in "fiub" and np.isfinite(array).all() for array in arrays.values())
    except (ValueError, OSError, TypeError) as error:
        raise _damaged(file, model_id) from error
    if not sound:
        raise _damaged(file, model_id)


def _damaged(file: Path, model_id: str) -> ModelError:
    return ModelError(
        "model.data_damaged",
        "The file {file} of the model {model_id} is damaged or holds something else than numbers. Nothing of it was "
        "run. Get the model again, or ask whoever made it.",
        file=file.name,
        model_id=model_id,
    )
