"""Files of golden values: their arrays, and each beside ours."""

import json
import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from inference.errors import InputError
from training.golden.compare import Difference

Array = npt.NDArray[Any]


def arrays(path: Path) -> dict[str, Array]:
    """All arrays of an .npz file; object arrays, which are pickles, are refused.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        # Opened here, because numpy leaves a file open that proves to be no archive.
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except (OSError, ValueError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise InputError(
            "golden.unreadable", "{path} cannot be read as golden values ({why}).", path=path, why=error
        ) from error


def json_object(path: Path) -> dict[str, Any]:
    """The object in a JSON file.

    Raises:
        InputError: the file cannot be read, or holds something else.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError("golden.unreadable", "{path} cannot be read ({why}).", path=path, why=error) from error
    if not isinstance(found, dict):
        raise InputError("golden.unreadable", "{path} cannot be read ({why}).", path=path, why="it is no object")
    return found


def unknown_arrays(path: Path, wanted: Collection[str], known: Collection[str]) -> None:
    """Refuse a file with arrays that no check is known for: leaving them out would look like a pass.

    Raises:
        InputError: naming the first of them.
    """
    if strange := sorted(set(wanted) - set(known)):
        raise InputError(
            "golden.unknown_array",
            "{path} holds the array {name}, which no check is known for.",
            path=path,
            name=strange[0],
        )


def compared(name: str, found: npt.ArrayLike, wanted: npt.ArrayLike, tolerance: float) -> Difference:
    """The largest absolute difference; infinite where the shapes or the places of NaN differ."""
    ours, theirs = np.asarray(found, np.float64), np.asarray(wanted, np.float64)
    if ours.shape != theirs.shape or not np.array_equal(np.isnan(ours), np.isnan(theirs)):
        return Difference(name, float("inf"), tolerance)
    known = ~np.isnan(theirs)
    return Difference(name, float(np.max(np.abs(ours[known] - theirs[known]), initial=0.0)), tolerance)


def needed(path: Path, found: Mapping[str, Array], *names: str) -> list[Array]:
    """The arrays that a check starts from.

    Raises:
        InputError: one is missing.
    """
    for name in names:
        if name not in found:
            raise InputError("golden.lacking", "{path} lacks the array {name}.", path=path, name=name)
    return [found[name] for name in names]
