"""Parts of a PDF: text in the fonts that are embedded, tables that break over pages, charts as vectors."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from inference.report.blocks import Bar, Dot, Drawing, Stroke, Table, Words

FONT, BOLD = "BirchVera", "BirchVeraBold"
# Font, size, leading, space before and after, colour.
_STYLES: Mapping[str, tuple[str, float, float, float, float, str]] = {
    "h1": (BOLD, 18, 22, 0, 2, "#1e1e1e"),
    "h2": (BOLD, 13, 16, 14, 5, "#25592f"),
    "h3": (BOLD, 10, 13, 8, 3, "#1e1e1e"),
    "plain": (FONT, 9, 12.5, 0, 4, "#1e1e1e"),
    "muted": (FONT, 7.5, 10, 0, 3, "#5c5c5c"),
    "warning": (FONT, 9, 12.5, 2, 6, "#6b4600"),
    "key": (BOLD, 12, 15, 0, 1, "#1e1e1e"),
    "cell": (FONT, 7.5, 10, 0, 0, "#1e1e1e"),
    "number": (FONT, 7.5, 10, 0, 0, "#1e1e1e"),
    "head": (BOLD, 7.5, 10, 0, 0, "#1e1e1e"),
    "headnumber": (BOLD, 7.5, 10, 0, 0, "#1e1e1e"),
}
_MOST_CELL = 1500


def register_fonts() -> None:
    """Make Bitstream Vera known to ReportLab, which carries it; it is embedded, so that every reader shows the same."""
    import reportlab
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path(reportlab.__file__).parent / "fonts"
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(FONT, str(folder / "Vera.ttf")))
        pdfmetrics.registerFont(TTFont(BOLD, str(folder / "VeraBd.ttf")))


def printable(words: str) -> str:
    """The text with a question mark for each sign that the font does not have, and common ones put in others' words."""
    from reportlab.pdfbase import pdfmetrics

    known = pdfmetrics.getFont(FONT).face.charToGlyph
    return "".join(sign if ord(sign) in known else _LIKE.get(sign, "?") for sign in words)


_LIKE: Mapping[str, str] = {
    "\u202f": "\u00a0", "\u2009": "\u00a0", "\t": " ", "\n": " ", "\r": " ", "σ": "sigma", "ρ": "rho", "₂": "2",
}  # fmt: skip


def text(words: str, style: str) -> Any:
    """A paragraph of plain text."""
    from reportlab.platypus import Paragraph

    return Paragraph(escape(printable(words)), _style(style))


@cache
def _style(name: str) -> Any:
    from reportlab.lib.styles import ParagraphStyle

    font, size, leading, before, after, colour = _STYLES[name]
    more: dict[str, Any] = {"keepWithNext": 1} if name in ("h2", "h3") else {}
    if name == "warning":
        more = {"backColor": "#fff6e3", "borderPadding": 4, "leftIndent": 4, "rightIndent": 4}
    return ParagraphStyle(
        name,
        fontName=font,
        fontSize=size,
        leading=leading,
        spaceBefore=before,
        spaceAfter=after,
        textColor=colour,
        alignment=2 if name.endswith("number") else 0,
        splitLongWords=1,
        **more,
    )


def table(block: Table, width: float) -> Any:
    """A table over the width of the page; its header stands on every page."""
    from reportlab.platypus import LongTable

    columns = max(map(len, block.rows), default=1)
    shares = block.widths or (1.0,) * columns
    widths = [width * share / sum(shares) for share in shares]
    rows = [[_cell(words, place, block) for place, words in enumerate(row)] for row in block.rows]
    style = [
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, "#dddddd"),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
        ("LEFTPADDING", (0, 0), (-1, -1), 5),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ]
    if block.header:
        kinds = ("headnumber" if place in block.numeric else "head" for place in range(columns))
        rows.insert(0, [text(title, kind) for title, kind in zip(block.header, kinds, strict=True)])
        style.append(("LINEBELOW", (0, 0), (-1, 0), 0.8, "#8a8a8a"))
    return LongTable(rows, colWidths=widths, repeatRows=1 if block.header else 0, style=style)


def _cell(words: str, place: int, block: Table) -> Any:
    if not block.header and place == 0:
        return text(words, "head")
    # A row cannot be broken between pages, so that a cell must not be longer than one.
    shown = words if len(words) <= _MOST_CELL else words[:_MOST_CELL] + " ..."
    return text(shown, "number" if place in block.numeric else "cell")


def chart(drawing: Drawing, width: float) -> Any:
    """A drawing as vectors, scaled to a width but never enlarged."""
    from reportlab.graphics.shapes import Circle, Line, Rect, String
    from reportlab.graphics.shapes import Drawing as Sheet
    from reportlab.lib.colors import HexColor

    scale = min(1.0, width / drawing.width)
    sheet = Sheet(drawing.width * scale, drawing.height * scale)
    sheet.scale(scale, scale)
    high = drawing.height  # ReportLab counts upwards
    for shape in drawing.shapes:
        colour = HexColor(shape.colour)
        match shape:
            case Bar():
                bar = Rect(shape.x, high - shape.y - shape.height, shape.width, shape.height)
                bar.fillColor, bar.strokeColor = colour, None
                sheet.add(bar)
            case Stroke():
                ends = (shape.x1, high - shape.y1, shape.x2, high - shape.y2)
                sheet.add(Line(*ends, strokeColor=colour, strokeWidth=shape.width))
            case Dot():
                dot = Circle(shape.x, high - shape.y, shape.radius)
                dot.fillColor, dot.strokeColor, dot.fillOpacity = colour, None, shape.opacity
                sheet.add(dot)
            case Words():
                line = String(shape.x, high - shape.y, printable(shape.text))
                line.fontName, line.fontSize, line.textAnchor = FONT, shape.size, shape.anchor
                line.fillColor = colour
                sheet.add(line)
    return sheet
