"""A report as a PDF on A4, from the same blocks as the web page, with ReportLab and the fonts that come with it."""

import io
from collections.abc import Callable
from functools import partial
from typing import Any

from inference.report import pdf_parts
from inference.report.blocks import Block, Document, Figures, Heading, KeyFigures, Paragraph, Picture, Table

_MM = 72 / 25.4
_PAGE = (210 * _MM, 297 * _MM)
_MARGIN = 16 * _MM
_WIDTH = _PAGE[0] - 2 * _MARGIN
_PICTURE_HEIGHT = 150 * _MM
_GAP = 10.0
_FRAME_PADDING = 6.0  # ReportLab's own, inside the margins


def pdf_of(document: Document) -> bytes:
    """The PDF; pages are numbered, title and language are in its properties."""
    # ReportLab takes half a second to import, and only those who write a PDF need it.
    from reportlab.platypus import SimpleDocTemplate

    pdf_parts.register_fonts()
    out = io.BytesIO()
    template = SimpleDocTemplate(
        out,
        pagesize=_PAGE,
        leftMargin=_MARGIN - _FRAME_PADDING,
        rightMargin=_MARGIN - _FRAME_PADDING,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=pdf_parts.printable(document.title),
        author=document.author,
        lang=document.language,
        pageCompression=1,
    )
    flow = [part for block in document.blocks for part in _parts(block)]
    number = partial(_number_page, say=document.page.format)
    template.build(flow, onFirstPage=number, onLaterPages=number)
    return out.getvalue()


def _number_page(canvas: Any, template: Any, *, say: Callable[..., str]) -> None:
    canvas.saveState()
    canvas.setFont(pdf_parts.FONT, 8)
    canvas.setFillColor("#5c5c5c")
    canvas.drawString(_MARGIN, _MARGIN / 2, pdf_parts.printable(template.title))
    canvas.drawRightString(_PAGE[0] - _MARGIN, _MARGIN / 2, pdf_parts.printable(say(number=template.page)))
    canvas.restoreState()


def _parts(block: Block) -> list[Any]:
    match block:
        case Heading():
            return [pdf_parts.text(block.text, f"h{block.level}")]
        case Paragraph():
            return [pdf_parts.text(block.text, block.tone)]
        case KeyFigures():
            return [_key_figures(block), *_space()]
        case Table():
            return [pdf_parts.table(block, _WIDTH), *_space()]
        case Figures():
            return [_figures(block), *_space()]
        case Picture():
            return [_picture(block), *_space()]


def _space() -> list[Any]:
    from reportlab.platypus import Spacer

    return [Spacer(1, 6)]


def _key_figures(block: KeyFigures) -> Any:
    from reportlab.platypus import Table as Grid

    cells = [[pdf_parts.text(value, "key"), pdf_parts.text(name, "muted")] for value, name in block.figures]
    width = _WIDTH / len(cells)
    style = [
        ("LINEABOVE", (0, 0), (-1, 0), 2, "#2d6a3e"),
        ("BOX", (0, 0), (-1, -1), 0.5, "#d3d3d3"),
        ("INNERGRID", (0, 0), (-1, -1), 0.5, "#d3d3d3"),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    return Grid([cells], colWidths=[width] * len(cells), style=style, spaceBefore=8)


def _figures(block: Figures) -> Any:
    """Charts two by two, wide ones alone; a chart and its caption stay on one page."""
    from reportlab.platypus import Table as Grid

    pairs = list(zip(block.drawings, block.captions, strict=True))
    columns = 1 if len(pairs) == 1 else 2
    width = (_WIDTH - _GAP * (columns - 1)) / columns
    cells = [_chart_cell(drawing, caption, width) for drawing, caption in pairs]
    cells += [[] for _ in range(-len(cells) % columns)]
    rows = [cells[start : start + columns] for start in range(0, len(cells), columns)]
    style = [
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    return Grid(rows, colWidths=[width + (_GAP if columns > 1 else 0)] * columns, style=style)


def _chart_cell(drawing: Any, caption: str, width: float) -> list[Any]:
    chart = pdf_parts.chart(drawing, width)
    return [chart, pdf_parts.text(caption, "muted")] if caption else [chart]


def _picture(block: Picture) -> Any:
    from reportlab.platypus import Image, KeepTogether

    scale = min(_WIDTH / block.width_px, _PICTURE_HEIGHT / block.height_px)
    image = Image(io.BytesIO(block.jpeg), block.width_px * scale, block.height_px * scale, lazy=0)
    return KeepTogether([image, pdf_parts.text(block.caption, "muted")])
