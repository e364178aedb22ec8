"""A report as one HTML file: pictures and charts inside, no script, nothing loaded from anywhere, prints on A4."""

import base64
from html import escape

from inference.report.blocks import (
    Block,
    Document,
    Figures,
    Heading,
    KeyFigures,
    Paragraph,
    Picture,
    Table,
)
from inference.report.svg import svg_of

# The page may show its own style and embedded pictures, and may load or run nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_STYLE = """
@page { size: A4; margin: 16mm 15mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px; max-width: 880px; background: #fff; color: #1e1e1e;
  font: 15px/1.5 "Segoe UI", "Noto Sans", "Liberation Sans", Arial, sans-serif; font-variant-numeric: tabular-nums; }
h1 { font-size: 26px; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 19px; margin: 28px 0 8px; padding-bottom: 4px; border-bottom: 2px solid #2d6a3e; break-after: avoid; }
h3 { font-size: 15px; margin: 18px 0 6px; break-after: avoid; }
p { margin: 0 0 8px; overflow-wrap: anywhere; }
p.muted, figcaption { color: #5c5c5c; font-size: 13px; }
p.warning { padding: 8px 12px; border-left: 4px solid #c98a1b; background: #fff6e3; }
table { width: 100%; border-collapse: collapse; margin: 4px 0 10px; font-size: 13px; }
th { text-align: left; font-weight: 600; vertical-align: bottom; border-bottom: 1px solid #8a8a8a; padding: 4px 6px; }
td { vertical-align: top; border-bottom: 1px solid #e3e3e3; padding: 4px 6px; overflow-wrap: anywhere; }
th.number, td.number { text-align: right; white-space: nowrap; overflow-wrap: normal; }
th.number { white-space: normal; }
tr { break-inside: avoid; }
figure { margin: 4px 0 10px; break-inside: avoid; }
figure img { width: 100%; height: auto; max-height: 230mm; object-fit: contain; border: 1px solid #d3d3d3; }
.charts { display: flex; flex-wrap: wrap; gap: 16px; }
.charts figure { flex: 1 1 340px; max-width: 100%; }
.charts svg { width: 100%; height: auto; font-family: inherit; }
.key { display: flex; flex-wrap: wrap; gap: 10px; margin: 16px 0 4px; padding: 0; list-style: none; }
.key li { flex: 1 1 130px; padding: 10px 12px; border: 1px solid #d3d3d3; border-top: 3px solid #2d6a3e; }
.key strong { display: block; font-size: 20px; line-height: 1.25; }
.key span { color: #5c5c5c; font-size: 13px; }
@media print { body { padding: 0; max-width: none; font-size: 10.5pt; } }
"""


def html_of(document: Document) -> str:
    """The whole page; every text of the report is escaped."""
    body = "\n".join(map(_block, document.blocks))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="{escape(document.author)}">\n'
        f"<title>{escape(document.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{escape(block.text)}</h{block.level}>"
        case Paragraph():
            kind = "" if block.tone == "plain" else f' class="{block.tone}"'
            return f"<p{kind}>{escape(block.text)}</p>"
        case KeyFigures():
            items = (
                f"<li><strong>{escape(value)}</strong><span>{escape(name)}</span></li>" for value, name in block.figures
            )
            return f'<ul class="key">{"".join(items)}</ul>'
        case Table():
            return _table(block)
        case Figures():
            pairs = zip(block.drawings, block.captions, strict=True)
            return f'<div class="charts">{"".join(_figure(svg_of(one), caption) for one, caption in pairs)}</div>'
        case Picture():
            data = base64.b64encode(block.jpeg).decode("ascii")
            size = f'width="{block.width_px}" height="{block.height_px}"'
            image = f'<img src="data:image/jpeg;base64,{data}" {size} alt="{escape(block.alt)}">'
            return _figure(image, block.caption)


def _figure(content: str, caption: str) -> str:
    below = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return f"<figure>{content}{below}</figure>"


def _table(table: Table) -> str:
    kinds = [
        ' class="number"' if place in table.numeric else "" for place in range(max(map(len, table.rows), default=0))
    ]
    head = ""
    if table.header:
        titles = zip(table.header, kinds, strict=False)
        cells = "".join(f'<th scope="col"{kind}>{escape(text)}</th>' for text, kind in titles)
        head = f"<thead><tr>{cells}</tr></thead>"
    rows = "".join(_row(row, kinds, named=not table.header) for row in table.rows)
    return f"<table>{head}<tbody>{rows}</tbody></table>"


def _row(row: tuple[str, ...], kinds: list[str], *, named: bool) -> str:
    cells = []
    for place, (text, kind) in enumerate(zip(row, kinds, strict=False)):
        tag, scope = ("th", ' scope="row"') if named and place == 0 else ("td", "")
        cells.append(f"<{tag}{scope}{kind}>{escape(text)}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>"
