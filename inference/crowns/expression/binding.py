"""What may stand beside what in an expression: words become texts, texts become dates, and mistakes get a sentence."""

import re

from inference.crowns.expression.names import ColumnName, Kind, Names
from inference.crowns.expression.tokens import ExpressionError, Place, Token
from inference.crowns.expression.tree import (
    Call,
    Column,
    Compare,
    Comparison,
    Constant,
    Match,
    Node,
    OneOf,
    Search,
    Sum,
    Word,
)

_SIGNS: dict[str, Comparison] = {
    "=": "=", "==": "=", "!=": "!=", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=",
}  # fmt: skip
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_HOLDS: dict[Kind, str] = {"number": "numbers", "text": "text", "flag": "yes or no", "date": "dates"}
# Kinds of a function's values, and of what it gives; None: whatever the others have.
_SIGNATURES: dict[str, tuple[tuple[Kind | None, ...], Kind | None]] = {
    "abs": (("number",), "number"),
    "sqrt": (("number",), "number"),
    "length": (("text",), "number"),
    "lower": (("text",), "text"),
    "upper": (("text",), "text"),
    "year": (("date",), "number"),
    "if": (("flag", None, None), None),
}
_MOST_LISTED = {"round": 2, "min": 8, "max": 8, "coalesce": 8}


def told(node: Node) -> str:
    """What stood in the line, as far as it is short."""
    match node:
        case Column(typed=text) | Constant(typed=text) | Word(text=text):
            return text
        case _:
            return "…"


def no_column(text: str, place: Place, names: Names) -> ExpressionError:
    """There is no such column; says which is spelt alike."""
    near = names.like(text)
    if near is None:
        return ExpressionError("expression.column", "There is no column “{name}” (character {at}).", place, name=text)
    sentence = "There is no column “{name}” (character {at}). Did you mean {near}?"
    return ExpressionError("expression.column", sentence, place, name=text, near=near)


def searched(node: Node) -> Search | None:
    """A word, text or number alone, or a column that is no condition, as something to look for."""
    if isinstance(node, Word):
        return Search(node.text, node.place)
    if isinstance(node, Column | Constant) and node.kind != "flag":
        return Search(node.typed, node.place)
    return None


def as_condition(node: Node, names: Names) -> Node:
    """A node that is true or false."""
    if isinstance(node, Word):
        raise no_column(node.text, node.place, names)
    if node.kind != "flag":
        raise ExpressionError(
            "expression.condition",
            "This gives {kind}, where a condition such as “height > 20” is needed (character {at}).",
            node.place,
            kind=_HOLDS[node.kind],
        )
    return node


def known(node: Node, names: Names) -> Node:
    """What is compared must be there."""
    if isinstance(node, Word):
        raise no_column(node.text, node.place, names)
    return node


def as_kind(node: Node, kind: Kind | None, names: Names) -> Node:
    """A value of a kind; `null` is of every kind."""
    node = known(node, names)
    if kind is None or node.kind == kind or (isinstance(node, Constant) and node.value is None):
        return node
    if isinstance(node, Constant):
        return constant(node, kind)
    if kind == "text" and node.kind == "date":
        return node
    raise ExpressionError(
        "expression.kind",
        "This gives {kind}, and {wanted} are needed (character {at}).",
        node.place,
        kind=_HOLDS[node.kind],
        wanted=_HOLDS[kind],
    )


def numeric(node: Node, names: Names) -> Node:
    """A number."""
    return as_kind(node, "number", names)


def constant(node: Constant | Word, kind: Kind, column: ColumnName | None = None) -> Constant:
    """What was typed, as a value of the kind that it is compared with."""
    if isinstance(node, Constant) and node.value is None:
        return Constant(None, kind, node.place, None, node.typed)
    text = node.text if isinstance(node, Word) else node.typed if node.kind == "number" else str(node.value)
    match kind:
        case "number":
            return _number(node, text)
        case "flag":
            if isinstance(node, Constant) and node.kind == "flag":
                return node
            value = _YES_NO.get(text.casefold())
            if value is None:
                sentence = "“{text}” is neither yes nor no (character {at})."
                raise ExpressionError("expression.flag", sentence, node.place, text=text)
            return Constant(value, "flag", node.place, None, text)
        case "date":
            if not _DATE.fullmatch(text):
                sentence = "“{text}” is not a date such as 2026-07-31 (character {at})."
                raise ExpressionError("expression.date", sentence, node.place, text=text)
            return Constant(text, "date", node.place, None, text)
        case _:
            text = node.typed if isinstance(node, Constant) else text
            words = {} if column is None else column.words
            return Constant(words.get(text.casefold(), text), "text", node.place, None, text)


def _number(node: Constant | Word, text: str) -> Constant:
    if isinstance(node, Constant) and node.kind == "number":
        return node
    plain = text.replace(",", ".")
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", plain):
        raise ExpressionError("expression.number", "“{text}” is not a number (character {at}).", node.place, text=text)
    return Constant(float(plain), "number", node.place, len(plain.partition(".")[2]), text)


def compared(sign: str, left: Node, right: Node, names: Names, place: Place) -> Compare:
    """`left sign right`, both of one kind."""
    plain = _SIGNS[sign]
    left, right = same_kind(left, right, names)
    if plain not in ("=", "!=") and left.kind in ("text", "flag") and right.kind in ("text", "flag"):
        raise ExpressionError(
            "expression.order",
            "“{sign}” compares numbers and dates, and {name} holds {kind} (character {at}).",
            place,
            sign=sign,
            name=told(left),
            kind=_HOLDS[left.kind],
        )
    return Compare(plain, left, right, place)


def same_kind(left: Node, right: Node, names: Names) -> tuple[Node, Node]:
    """Two values that can be compared: what was typed becomes what the other one is."""
    if isinstance(right, Constant | Word) and not isinstance(left, Constant):
        return left, constant(right, left.kind, _column_of(left, names))
    right = known(right, names)
    if isinstance(left, Constant):
        return constant(left, right.kind, _column_of(right, names)), right
    if left.kind == right.kind or {left.kind, right.kind} == {"date", "text"}:
        return left, right
    raise ExpressionError(
        "expression.mixed",
        "{left} holds {left_kind} and {right} holds {right_kind}: they cannot be compared (character {at}).",
        right.place,
        left=told(left),
        left_kind=_HOLDS[left.kind],
        right=told(right),
        right_kind=_HOLDS[right.kind],
    )


def _column_of(node: Node, names: Names) -> ColumnName | None:
    if not isinstance(node, Column):
        return None
    return next((column for column in names.columns if column.name == node.name), None)


def one_of(left: Node, among: list[Node], names: Names, place: Place) -> OneOf:
    """`left in (...)`."""
    return OneOf(left, tuple(same_kind(left, value, names)[1] for value in among), place)


def matched(token: Token, left: Node, right: Node, place: Place) -> Match:
    """`left ~ text` or `left like pattern`."""
    if left.kind not in ("text", "date"):
        raise ExpressionError(
            "expression.match",
            "“{sign}” looks for text, and {name} holds {kind} (character {at}).",
            left.place,
            sign=token.text,
            name=told(left),
            kind=_HOLDS[left.kind],
        )
    if not isinstance(right, Constant | Word):
        sentence = "After “{sign}” a text is needed (character {at})."
        raise ExpressionError("expression.pattern", sentence, right.place, sign=token.text)
    text = constant(right, "text").value
    return Match(left, "" if text is None else str(text), token.says("like"), place)


def summed(token: Token, left: Node, right: Node, names: Names, place: Place) -> Node:
    """Two values joined by a sign."""
    left, right = known(left, names), known(right, names)
    if token.text == "||":
        return Sum("||", left, right, "text", place)
    sign = {"+": "+", "-": "-", "*": "*", "/": "/", "%": "%"}[token.text]
    return Sum(sign, numeric(left, names), numeric(right, names), "number", place)  # type: ignore[arg-type]


def call(token: Token, of: list[Node], names: Names, place: Place) -> Node:
    """A function with its values."""
    name = token.text.casefold()
    if name in _SIGNATURES:
        wanted, gives = _SIGNATURES[name]
        right_count = len(of) == len(wanted)
    else:
        wanted, gives = (None if name == "coalesce" else "number",) * len(of), None if name == "coalesce" else "number"
        right_count = 1 <= len(of) <= _MOST_LISTED[name]
    if not right_count:
        sentence = "“{name}” does not take so many values (character {at})."
        raise ExpressionError("expression.arguments", sentence, place, name=name)
    kinds = [node.kind for node, kind in zip(of, wanted, strict=True) if kind is None and not _is_null(node)]
    common: Kind = kinds[0] if kinds else "text"
    values = tuple(as_kind(node, kind or common, names) for node, kind in zip(of, wanted, strict=True))
    return Call(name, values, gives or common, place)


def _is_null(node: Node) -> bool:
    return isinstance(node, Constant) and node.value is None
