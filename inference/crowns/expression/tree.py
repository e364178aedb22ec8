"""An expression as a tree of values; each part knows what it gives and where in the line it stands."""

from dataclasses import dataclass
from typing import Literal as Either

from inference.crowns.expression.names import Kind
from inference.crowns.expression.tokens import Place

Comparison = Either["=", "!=", "<", "<=", ">", ">="]
Arithmetic = Either["+", "-", "*", "/", "%", "||"]


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that was typed; None for `null`.

    Attributes:
        decimals: digits after the point of a typed number, which tell how near "equal" is; None for an exact value.
        typed: as it stood in the line.
    """

    value: float | str | bool | None
    kind: Kind
    place: Place
    decimals: int | None = None
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; `typed` is what stood in the line."""

    name: str
    kind: Kind
    place: Place
    typed: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word that is no column: a text beside "=", else something to look for. Never in a finished tree."""

    text: str
    place: Place
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Negative:
    """Minus a number."""

    of: "Node"
    place: Place
    kind: Kind = "number"


@dataclass(frozen=True, slots=True)
class Sum:
    """Two values joined by a sign of arithmetic, or texts by "||"."""

    sign: Arithmetic
    left: "Node"
    right: "Node"
    kind: Kind
    place: Place


@dataclass(frozen=True, slots=True)
class Compare:
    """Two values compared; unknown values are equal to nothing, and neither more nor less."""

    sign: Comparison
    left: "Node"
    right: "Node"
    place: Place
    kind: Kind = "flag"


@dataclass(frozen=True, slots=True)
class Match:
    """Whether a text has a part (`~`) or the form of a pattern (`like`), without regard to case."""

    of: "Node"
    pattern: str
    whole: bool
    place: Place
    kind: Kind = "flag"


@dataclass(frozen=True, slots=True)
class OneOf:
    """Whether a value is in a list."""

    of: "Node"
    among: tuple["Node", ...]
    place: Place
    kind: Kind = "flag"


@dataclass(frozen=True, slots=True)
class Unknown:
    """Whether a value is not known; an empty text is not."""

    of: "Node"
    place: Place
    kind: Kind = "flag"


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    of: "Node"
    place: Place
    kind: Kind = "flag"


@dataclass(frozen=True, slots=True)
class Joined:
    """Conditions of which all ("and") or one ("or") must hold."""

    how: Either["and", "or"]
    parts: tuple["Node", ...]
    place: Place
    kind: Kind = "flag"


@dataclass(frozen=True, slots=True)
class Call:
    """A function of values."""

    name: str
    of: tuple["Node", ...]
    kind: Kind
    place: Place


@dataclass(frozen=True, slots=True)
class Search:
    """Whether species, label or note has a text, or the crown has that number."""

    text: str
    place: Place
    kind: Kind = "flag"


Node = Constant | Column | Word | Negative | Sum | Compare | Match | OneOf | Unknown | Not | Joined | Call | Search
