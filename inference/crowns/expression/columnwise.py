"""Columns as an expression sees them, and what is done to whole columns of numbers and texts."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Texts = list[str]


class Rows(Protocol):
    """What an expression looks at: the crown table, or anything with columns."""

    def __len__(self) -> int:
        """Number of rows."""
        ...

    def column(self, name: str) -> npt.NDArray[np.generic]:
        """(N,) values of one attribute."""
        ...


def is_like(text: str, pattern: str) -> bool:
    """Whether a text has the form of a pattern: "%" stands for any characters, "_" for one.

    By hand: a regular expression with many stars can take for ever to say no.
    """
    at = place = 0
    star, resume = -1, 0
    while at < len(text):
        if place < len(pattern) and pattern[place] == "%":
            star, resume = place, at
            place += 1
        elif place < len(pattern) and pattern[place] in ("_", text[at]):
            at, place = at + 1, place + 1
        elif star >= 0:
            resume += 1
            at, place = resume, star + 1
        else:
            return False
    return set(pattern[place:]) <= {"%"}


def floats(column: npt.NDArray[np.generic]) -> Floats:
    """A column of numbers, flags or objects as float64 with NaN for unknown."""
    if column.dtype != object:
        return column.astype(np.float64)
    return np.array([v if isinstance(v, (int, float)) else np.nan for v in column.tolist()], np.float64)


def folded(how: Callable[[Floats, Floats], Floats], given: Sequence[Floats]) -> Floats:
    """The least or greatest of the known values."""
    made = given[0]
    for more in given[1:]:
        made = how(made, more)
    return made


def rounded(numbers: Floats, digits: Floats) -> Floats:
    """Numbers rounded to so many digits after the point, each to its own."""
    scale = 10.0 ** np.clip(np.nan_to_num(digits), -9, 9)
    made: Floats = np.round(numbers * scale) / scale
    return made


def number_text(value: float) -> str:
    """As a person would write it: 14 and not 14.0, 14.2 and not 14.200000000000001."""
    if value != value:
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"


def listed(column: npt.NDArray[np.generic]) -> Texts:
    """A column of texts, "" for unknown."""
    return ["" if value is None else value if isinstance(value, str) else str(value) for value in column.tolist()]


def containing(texts: Texts, wanted: str) -> Mask:
    """Whether each text has a part in it, without regard to case; both are folded as one long text, which is quick."""
    folded = "\0".join(texts).casefold().split("\0") if texts else []
    if len(folded) != len(texts):  # one of them has such a sign itself
        folded = [text.casefold() for text in texts]
    return np.array([wanted in text for text in folded], bool)


def each(texts: Texts, holds: Callable[[str], bool]) -> Mask:
    """Whether something holds for each text; asked once for each that is different."""
    answers = {text: holds(text) for text in set(texts)}
    return np.fromiter(map(answers.__getitem__, texts), bool, len(texts))
