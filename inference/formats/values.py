"""Values of foreign columns as ours: texts, numbers, flags, whatever type the file gave them."""

import math

import numpy as np
import numpy.typing as npt

from inference.formats.schema import kind_of

Column = npt.NDArray[np.generic]

_TRUE = frozenset({"1", "true", "t", "yes", "y", "1.0"})


def converted(name: str, values: Column) -> Column:
    """A column in the type of our field `name`.

    Returns:
        object with None ("text"), float64 with NaN ("real"), bool ("flag"), or int64 with 0 for none ("int").
    """
    match kind_of(name):
        case "real":
            return reals(values)
        case "flag":
            return np.array([str(value).strip().lower() in _TRUE for value in values.tolist()], bool)
        case "int":
            numbers = reals(values)
            whole = np.isfinite(numbers) & (numbers == np.round(numbers)) & (np.abs(numbers) < 2**53)
            return np.where(whole, numbers, 0).astype(np.int64)
        case _:
            return np.array([_text(value) for value in values.tolist()], object)


def reals(values: Column) -> npt.NDArray[np.float64]:
    """Numbers, also from texts ("12.5", "12,5"); NaN for anything else."""
    if values.dtype != object:
        return values.astype(np.float64)
    return np.array([_real(value) for value in values.tolist()], np.float64)


def _real(value: object) -> float:
    try:
        return float(str(value).strip().replace(",", "."))
    except ValueError:
        return math.nan


def _text(value: object) -> str | None:
    """A text without surrounding blanks; None for nothing. A class number 3.0 is "3"."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    return text or None
