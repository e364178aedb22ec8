"""What a person may mean to type next in an expression: columns, values of the column before, words between."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from inference.crowns.expression.names import ColumnName, Names
from inference.crowns.expression.tokens import FUNCTIONS, ExpressionError, Token, cut

MOST = 40
_RELATIONS = ("=", "!=", ">", ">=", "<", "<=", "~", "like", "in", "is", "between")
_JOINTS = ("and", "or")
_BETWEEN = {
    "number": ("=", "!=", ">", ">=", "<", "<=", "between", "is null", "is not null"),
    "date": ("=", ">", ">=", "<", "<=", "between", "is null", "is not null"),
    "text": ("=", "!=", "~", "like", "in (", "is null", "is not null"),
    "flag": ("= yes", "= no", "is null"),
}
_STARTS = ("not ",)


@dataclass(frozen=True, slots=True)
class Completions:
    """Texts that may stand from `start` of the line up to the cursor, best first."""

    start: int
    texts: tuple[str, ...]


def complete(line: str, cursor: int, names: Names, values_of: Callable[[ColumnName], Iterable[str]]) -> Completions:
    """What may follow, or end the word in hand.

    Args:
        line: everything that is typed.
        cursor: where in it, from 0.
        names: the columns.
        values_of: the texts that a column holds, commonest first.
    """
    before, begun = _before(line[:cursor], names)
    start = cursor if begun is None else begun.place[0]
    typed = "" if begun is None else begun.text
    is_quoted = begun is not None and line[start : start + 1] in "'\""
    found = [text for text in _fitting(before, names, values_of) if _fits(text, typed, is_quoted=is_quoted)]
    return Completions(start, tuple(dict.fromkeys(found))[:MOST])


def quoted(text: str) -> str:
    """A text as it must be typed."""
    return "'" + text.replace("'", "''") + "'"


def _before(line: str, names: Names) -> tuple[list[Token], Token | None]:
    """The whole tokens before the cursor, and the one that is not ended yet."""
    for closing in ("", "'", '"'):
        try:
            tokens = list(cut(line + closing, names))
        except ExpressionError:
            continue
        if tokens and not closing and (line[-1:].isspace() or tokens[-1].kind in ("sign", "text", "number")):
            return tokens, None
        return (tokens[:-1], tokens[-1]) if tokens else ([], None)
    return [], None


def _fitting(before: list[Token], names: Names, values_of: Callable[[ColumnName], Iterable[str]]) -> Iterable[str]:
    column = _asked(before, names)
    if column is not None:
        if column.kind == "flag":
            return ("yes", "no")
        if column.kind == "text":
            words = (word for word in column.words if word not in column.choices)
            return (*map(quoted, column.choices), *words) if column.choices else map(quoted, values_of(column))
        return ()
    last = before[-1] if before else None
    known = None if last is None or last.kind not in ("word", "name") else names.find(last.text)
    if known is not None:
        return _BETWEEN[known.kind]
    if last is None or last.says("and", "or", "not", "(", ",", "+", "-", "*", "/", "||", *_RELATIONS):
        return (*names.words(), *_STARTS, *(f"{name}(" for name in FUNCTIONS))
    return _JOINTS


def _asked(before: list[Token], names: Names) -> ColumnName | None:
    """The column whose value is wanted: `species =`, `species in ('a',`."""
    place = len(before) - 1
    while place >= 0 and (before[place].says("(", ",", "in") or before[place].kind == "text"):
        if before[place].says("in"):
            break
        place -= 1
    inside_list = place >= 1 and before[place].says("in")
    if inside_list and before[-1].says("(", ","):
        return _column_before(before, place, names)
    if before and before[-1].says("=", "==", "!=", "<>", "~", "like", "is"):
        return _column_before(before, len(before) - 1, names)
    return None


def _column_before(before: list[Token], place: int, names: Names) -> ColumnName | None:
    place -= 1 + int(place >= 1 and before[place - 1].says("not"))
    return names.find(before[place].text) if place >= 0 and before[place].kind in ("word", "name") else None


def _fits(text: str, typed: str, *, is_quoted: bool) -> bool:
    if is_quoted and not text.startswith("'"):
        return False
    plain, wanted = text.strip("'").casefold(), typed.casefold()
    if plain == wanted and not is_quoted:
        return False
    return plain.startswith(wanted) or (len(wanted) > 1 and any(part.startswith(wanted) for part in plain.split()))
