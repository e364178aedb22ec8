"""The quick filter of the crown table: a line such as `height > 10 and species ~ picea` turned into a mask of rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]


class Rows(Protocol):
    """What a filter looks at: the crown table, or anything with columns."""

    def __len__(self) -> int:
        """Number of rows."""
        ...

    def column(self, name: str) -> npt.NDArray[np.generic]:
        """(N,) values of one attribute."""
        ...


Filter = Callable[[Rows], Mask]

_NUMBERS = (
    "tree_id",
    "height_m",
    "height_p95_m",
    "height_chm_m",
    "height_model_m",
    "height_gap",
    "species_ood",
    "area_m2",
    "perimeter_m",
    "diameter_m",
    "dbh_cm",
    "agb_kg",
    "score",
    "species_score",
)
_TEXTS = ("species", "species_code", "label", "review", "note", "height_source", "edited_by", "run_id", "species_topk")
_SEARCHED = ("species", "label", "note")
_SHORT = {
    "id": "tree_id",
    "height": "height_m",
    "p95": "height_p95_m",
    "chm": "height_chm_m",
    "model": "height_model_m",
    "apart": "height_gap",
    "unlike": "species_ood",
    "likely": "species_topk",
    "area": "area_m2",
    "perimeter": "perimeter_m",
    "diameter": "diameter_m",
    "dbh": "dbh_cm",
    "biomass": "agb_kg",
    "agb": "agb_kg",
    "status": "review",
    "source": "height_source",
}
_REVIEW_WORDS = {"proposed": "auto", "drawn": "added"}
_TOKEN = re.compile(r"""\s*(?:(?P<text>"[^"]*"|'[^']*')|(?P<op>>=|<=|!=|<>|[><=~()])|(?P<word>[^\s><=~!()"']+))""")
_COMPARISONS = (">=", "<=", "!=", "<>", ">", "<", "=", "~")


class FilterError(ValueError):
    """The line cannot be understood; the text says where."""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def _tokens(line: str) -> list[_Token]:
    found, place = [], 0
    line = line.rstrip()
    while place < len(line):
        match = _TOKEN.match(line, place)
        if match is None:
            raise FilterError(f"“{line[place:].strip()}” is not understood")
        kind = match.lastgroup or ""
        text = match.group(kind)
        found.append(_Token(kind, text[1:-1] if kind == "text" else text))
        place = match.end()
    return found


class _Parser:
    """Recursive descent: `or` binds weaker than `and`; terms side by side mean `and`."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._next = 0

    def parse(self) -> Filter:
        """The whole line."""
        made = self._either()
        if self._peek() is not None:
            raise FilterError("there is one closing bracket too many")
        return made

    def _peek(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _take_word(self, word: str) -> bool:
        token = self._peek()
        if token is not None and token.kind == "word" and token.text.casefold() == word:
            self._next += 1
            return True
        return False

    def _either(self) -> Filter:
        made = self._both()
        while self._take_word("or"):
            made = _or(made, self._both())
        return made

    def _both(self) -> Filter:
        made = self._term()
        while (token := self._peek()) is not None:
            if token.text == ")" or (token.kind == "word" and token.text.casefold() == "or"):
                break
            self._take_word("and")
            made = _and(made, self._term())
        return made

    def _term(self) -> Filter:
        if self._take_word("not"):
            return _not(self._term())
        token = self._peek()
        if token is None:
            raise FilterError("something is missing at the end")
        self._next += 1
        if token.text == "(" and token.kind == "op":
            made = self._either()
            closing = self._peek()
            if closing is None or closing.text != ")":
                raise FilterError("a closing bracket is missing")
            self._next += 1
            return made
        if token.kind == "op":
            raise FilterError(f"a column is missing before “{token.text}”")
        operator = self._peek()
        if token.kind == "word" and operator is not None and operator.kind == "op" and operator.text in _COMPARISONS:
            self._next += 1
            return self._comparison(token.text, operator.text)
        return _search(token.text)

    def _comparison(self, name: str, operator: str) -> Filter:
        value = self._peek()
        if value is None or value.kind == "op":
            raise FilterError(f"a value is missing after “{name} {operator}”")
        self._next += 1
        column = _SHORT.get(name.casefold(), name.casefold())
        if column in _NUMBERS:
            return _number(column, operator, value.text)
        if column in _TEXTS:
            return _text(column, operator, value.text)
        raise FilterError(f"there is no column “{name}”")


def parse(line: str) -> Filter:
    """A filter from one line; an empty line lets every crown through.

    Numbers: `height > 10`, `area_m2 <= 4.5`, `id = 12`. Text: `species = "Picea glauca"`, `note ~ dead` (contains).
    Words alone are looked for in species, label and note. `and`, `or`, `not` and brackets join them.

    Raises:
        FilterError: with what is not understood.
    """
    tokens = _tokens(line)
    if not tokens:
        return lambda rows: np.ones(len(rows), bool)
    return _Parser(tokens).parse()


def _and(one: Filter, two: Filter) -> Filter:
    return lambda rows: one(rows) & two(rows)


def _or(one: Filter, two: Filter) -> Filter:
    return lambda rows: one(rows) | two(rows)


def _not(one: Filter) -> Filter:
    return lambda rows: ~one(rows)


def _number(column: str, operator: str, text: str) -> Filter:
    plain = text.replace(",", ".")
    try:
        value = float(plain)
    except ValueError as error:
        raise FilterError(f"“{text}” is not a number") from error
    # "= 14.2" finds what the table shows as 14.2: half a unit of the last digit typed.
    decimals = len(plain.partition(".")[2])
    tolerance = 0.5 * 10.0**-decimals
    compare: dict[str, Callable[[npt.NDArray[np.float64]], Mask]] = {
        ">": lambda held: held > value,
        ">=": lambda held: held >= value,
        "<": lambda held: held < value,
        "<=": lambda held: held <= value,
        "=": lambda held: np.abs(held - value) <= tolerance,
        "!=": lambda held: np.abs(held - value) > tolerance,
        "<>": lambda held: np.abs(held - value) > tolerance,
    }
    if operator == "~":
        raise FilterError(f"“~” looks for text, and {column} holds numbers")
    check = compare[operator]
    return lambda rows: check(rows.column(column).astype(np.float64))


def _text(column: str, operator: str, text: str) -> Filter:
    wanted = text.casefold()
    if column == "review":
        wanted = _REVIEW_WORDS.get(wanted, wanted)
    if operator not in ("=", "!=", "<>", "~"):
        raise FilterError(f"“{operator}” compares numbers, and {column} holds text")

    def look(rows: Rows) -> Mask:
        held = [("" if value is None else str(value)).casefold() for value in rows.column(column)]
        if operator == "~":
            return np.array([wanted in value for value in held], bool)
        same = np.array([value == wanted for value in held], bool)
        return same if operator == "=" else ~same

    return look


def _search(word: str) -> Filter:
    wanted = word.casefold()

    def look(rows: Rows) -> Mask:
        found = np.zeros(len(rows), bool)
        for column in _SEARCHED:
            found |= np.array(
                [value is not None and wanted in str(value).casefold() for value in rows.column(column)], bool
            )
        if wanted.isdecimal():
            found |= rows.column("tree_id") == int(wanted)
        return found

    return look
