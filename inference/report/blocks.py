"""What a report is made of, whatever file it becomes: headings, paragraphs, tables, charts and pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Anchor = Literal["start", "middle", "end"]
Level = Literal[1, 2, 3]


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle; x and y of its upper left corner, in points from the drawing's upper left corner."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line, in points."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    width: float = 0.5


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled circle, in points; `opacity` 0..1."""

    x: float
    y: float
    radius: float
    colour: str
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; x and y of the anchor on its base line, in points."""

    x: float
    y: float
    text: str
    size: float = 8.0
    anchor: Anchor = "start"
    colour: str = "#333333"


Shape = Bar | Stroke | Dot | Words


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart of `width` x `height` points; `title` is what a person who cannot see it is told."""

    width: float
    height: float
    title: str
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the report's title."""

    text: str
    level: Level = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain text; `muted` for explanations, `warning` for what must be noticed."""

    text: str
    tone: Literal["plain", "muted", "warning"] = "plain"


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """A few figures in large print: value and what it is."""

    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header.

    Attributes:
        header: a title for each column; () for a table of names and values.
        rows: texts, each row as long as the header.
        numeric: numbers of the columns that are set to the right.
        widths: relative widths of the columns.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """Charts beside each other, each with its caption."""

    drawings: tuple[Drawing, ...]
    captions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG of `width_px` x `height_px` pixels."""

    jpeg: bytes
    width_px: int
    height_px: int
    alt: str
    caption: str


Block = Heading | Paragraph | KeyFigures | Table | Figures | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report, ready to be written; `language` is its code."""

    title: str
    language: str
    blocks: Sequence[Block]
    page: str
    author: str
