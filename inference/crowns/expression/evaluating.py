"""Works an expression out for all rows at once, on whole columns.

Numbers are float64 with NaN for unknown, conditions bool, flags float64 (1, 0, NaN), texts and dates lists of str with
"" for unknown. Two-valued: a comparison with an unknown value is false (`!=` and `not` then are true).
"""

from collections.abc import Callable

import numpy as np

from inference.crowns.expression.columnwise import (
    Floats,
    Mask,
    Rows,
    Texts,
    containing,
    each,
    floats,
    folded,
    is_like,
    listed,
    number_text,
    rounded,
)
from inference.crowns.expression.names import SEARCHED
from inference.crowns.expression.tree import (
    Call,
    Column,
    Compare,
    Constant,
    Joined,
    Match,
    Negative,
    Node,
    Not,
    OneOf,
    Search,
    Sum,
    Unknown,
    Word,
)


def mask(node: Node | None, rows: Rows) -> Mask:
    """(N,) for which rows a condition holds; for all when there is none."""
    return np.ones(len(rows), bool) if node is None else _condition(node, rows)


def values(node: Node, rows: Rows) -> list[float | str | bool | None]:
    """The value of each row as Python values, None for unknown ones."""
    if node.kind == "number":
        return [value if np.isfinite(value) else None for value in _numbers(node, rows).tolist()]
    if node.kind == "flag":
        if isinstance(node, Column | Constant | Call):
            return [None if value != value else bool(value) for value in _flags(node, rows).tolist()]
        return list(map(bool, _condition(node, rows)))
    return [text or None for text in _texts(node, rows)]


# ---- conditions


def _condition(node: Node, rows: Rows) -> Mask:
    match node:
        case Joined(how=how, parts=parts):
            made = _condition(parts[0], rows)
            for part in parts[1:]:
                made = made & _condition(part, rows) if how == "and" else made | _condition(part, rows)
            return made
        case Not(of=of):
            opposite: Mask = ~_condition(of, rows)
            return opposite
        case Compare():
            return _compare(node, rows)
        case Match(of=of, pattern=pattern, whole=False):
            return containing(_texts(of, rows), pattern.casefold())
        case Match():
            return _each_text(node.of, rows, _matcher(node))
        case OneOf(of=of, among=among):
            made = np.zeros(len(rows), bool)
            for value in among:
                made |= _equal(of, value, rows)
            return made
        case Unknown(of=of):
            return _unknown(of, rows)
        case Search(text=text):
            return _search(text, rows)
        case _:
            holds: Mask = _flags(node, rows) == 1.0
            return holds


def _compare(node: Compare, rows: Rows) -> Mask:
    if node.sign in ("=", "!="):
        same = _equal(node.left, node.right, rows)
        return same if node.sign == "=" else ~same
    if node.left.kind == "number":
        left, right = _numbers(node.left, rows), _numbers(node.right, rows)
        return _ordered(node.sign, left, right)
    if isinstance(node.right, Constant):
        return _dated(node.left, str(node.right.value or ""), node.sign, rows)
    if isinstance(node.left, Constant):
        turned = _TURNED[node.sign]
        return _dated(node.right, str(node.left.value or ""), turned, rows)
    pairs = zip(_texts(node.left, rows), _texts(node.right, rows), strict=True)
    compare = _ORDER[node.sign]
    return np.fromiter((bool(a and b) and compare(a, b) for a, b in pairs), bool, len(rows))


_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_ORDER: dict[str, Callable[[object, object], bool]] = {
    "<": lambda a, b: a < b,  # type: ignore[operator]
    "<=": lambda a, b: a <= b,  # type: ignore[operator]
    ">": lambda a, b: a > b,  # type: ignore[operator]
    ">=": lambda a, b: a >= b,  # type: ignore[operator]
}


def _ordered(sign: str, left: Floats, right: Floats) -> Mask:
    compare = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}[sign]
    made: Mask = compare(left, right)  # with NaN on either side false
    return made


def _dated(of: Node, moment: str, sign: str, rows: Rows) -> Mask:
    """A date against a typed one: only as many digits as were typed count, so that a day has no hours."""
    compare, digits = _ORDER[sign], len(moment)
    return _each_text(of, rows, lambda text: bool(text and moment) and compare(text[:digits], moment))


def _equal(left: Node, right: Node, rows: Rows) -> Mask:
    if isinstance(left, Constant) and not isinstance(right, Constant):
        left, right = right, left
    if isinstance(right, Constant) and right.value is None:
        return np.zeros(len(rows), bool)
    if left.kind == "number":
        ours, theirs = _numbers(left, rows), _numbers(right, rows)
        if isinstance(right, Constant) and right.decimals is not None and not isinstance(left, Constant):
            # "= 14.2" finds what the table shows as 14.2: half a unit of the last digit typed.
            near: Mask = np.abs(ours - theirs) <= 0.5 * 10.0**-right.decimals
            return near
        same: Mask = ours == theirs
        return same
    if left.kind == "flag":
        alike: Mask = _flags(left, rows) == _flags(right, rows)
        return alike
    if isinstance(right, Constant):
        wanted = str(right.value).casefold()
        digits = len(wanted) if left.kind == "date" else None
        return _each_text(left, rows, lambda text: text.casefold()[:digits] == wanted)
    pairs = zip(_texts(left, rows), _texts(right, rows), strict=True)
    return np.fromiter((a.casefold() == b.casefold() and a != "" for a, b in pairs), bool, len(rows))


def _unknown(of: Node, rows: Rows) -> Mask:
    if of.kind == "number":
        return ~np.isfinite(_numbers(of, rows))
    if of.kind == "flag":
        return np.isnan(_flags(of, rows))
    return _each_text(of, rows, lambda text: not text)


def _search(text: str, rows: Rows) -> Mask:
    wanted = text.casefold()
    found = np.zeros(len(rows), bool)
    for name in SEARCHED:
        found |= containing(listed(rows.column(name)), wanted)
    if wanted.isdecimal():
        found |= np.asarray(rows.column("tree_id") == int(wanted), bool)
    return found


def _matcher(node: Match) -> Callable[[str], bool]:
    pattern = node.pattern.casefold()
    return lambda text: text != "" and is_like(text.casefold(), pattern)


# ---- values


def _numbers(node: Node, rows: Rows) -> Floats:
    match node:
        case Constant(value=value):
            return np.full(len(rows), np.nan if value is None else float(value), np.float64)
        case Column(name=name):
            return floats(rows.column(name))
        case Negative(of=of):
            return -_numbers(of, rows)
        case Sum():
            return _sum(node, rows)
        case Call():
            return _call_number(node, rows)
        case _:
            raise TypeError(f"{type(node).__name__} is no number")


def _sum(node: Sum, rows: Rows) -> Floats:
    left, right = _numbers(node.left, rows), _numbers(node.right, rows)
    how = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide, "%": np.mod}[node.sign]
    with np.errstate(all="ignore"):  # a division by nothing gives an unknown value
        made: Floats = how(left, right)
    made[~np.isfinite(made)] = np.nan
    return made


def _call_number(node: Call, rows: Rows) -> Floats:
    if node.name == "if":
        chosen, (yes, no) = _condition(node.of[0], rows), (_numbers(one, rows) for one in node.of[1:])
        return np.where(chosen, yes, no)
    if node.name == "length":
        return np.array([float(len(text)) if text else np.nan for text in _texts(node.of[0], rows)], np.float64)
    if node.name == "year":
        return np.array([float(t[:4]) if t[:4].isdecimal() else np.nan for t in _texts(node.of[0], rows)], np.float64)
    given = [_numbers(one, rows) for one in node.of]
    with np.errstate(all="ignore"):
        match node.name:
            case "abs":
                made = np.abs(given[0])
            case "sqrt":
                made = np.sqrt(given[0])
            case "round":
                made = rounded(given[0], given[1] if len(given) > 1 else np.zeros(len(rows)))
            case "min":
                made = folded(np.fmin, given)
            case "max":
                made = folded(np.fmax, given)
            case _:  # coalesce
                made = given[0]
                for more in given[1:]:
                    made = np.where(np.isnan(made), more, made)
    return made


def _flags(node: Node, rows: Rows) -> Floats:
    match node:
        case Constant(value=value):
            return np.full(len(rows), np.nan if value is None else float(bool(value)))
        case Column(name=name):
            return floats(rows.column(name))
        case Call(name="if", of=(condition, yes, no)):
            return np.where(_condition(condition, rows), _flags(yes, rows), _flags(no, rows))
        case Call(of=of):
            made = _flags(of[0], rows)
            for more in of[1:]:
                made = np.where(np.isnan(made), _flags(more, rows), made)
            return made
        case _:
            return _condition(node, rows).astype(np.float64)


def _texts(node: Node, rows: Rows) -> Texts:
    if node.kind == "number":
        return [number_text(value) for value in _numbers(node, rows).tolist()]
    if node.kind == "flag":
        return ["" if value != value else "yes" if value else "no" for value in _flags(node, rows).tolist()]
    match node:
        case Constant(value=value):
            return ["" if value is None else str(value)] * len(rows)
        case Word(text=text):
            return [text] * len(rows)
        case Column(name=name):
            return listed(rows.column(name))
        case Sum(left=left, right=right):
            return [a + b for a, b in zip(_texts(left, rows), _texts(right, rows), strict=True)]
        case Call(name="if", of=(condition, yes, no)):
            chosen = _condition(condition, rows).tolist()
            both = zip(chosen, _texts(yes, rows), _texts(no, rows), strict=True)
            return [one if holds else other for holds, one, other in both]
        case Call(name="coalesce", of=of):
            given = [_texts(one, rows) for one in of]
            return [next(filter(None, texts), "") for texts in zip(*given, strict=True)]
        case Call(name=name, of=of):
            change = str.lower if name == "lower" else str.upper
            return [change(text) for text in _texts(of[0], rows)]
        case _:
            raise TypeError(f"{type(node).__name__} is no text")


def _each_text(of: Node, rows: Rows, holds: Callable[[str], bool]) -> Mask:
    return each(_texts(of, rows), holds)
