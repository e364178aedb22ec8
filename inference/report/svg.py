"""Drawings as SVG text that stands in a web page: no script, no style sheet, nothing from outside."""

from html import escape

from inference.report.blocks import Bar, Dot, Drawing, Shape, Stroke, Words


def svg_of(drawing: Drawing) -> str:
    """A drawing as one `<svg>` element; every text is escaped."""
    size = f"{drawing.width:g} {drawing.height:g}"
    shapes = "".join(map(_element, drawing.shapes))
    title = escape(drawing.title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" role="img" aria-label="{title}">'
        f"<title>{title}</title>{shapes}</svg>"
    )


def _element(shape: Shape) -> str:
    match shape:
        case Bar():
            place = f'x="{shape.x:.2f}" y="{shape.y:.2f}" width="{shape.width:.2f}" height="{shape.height:.2f}"'
            return f'<rect {place} fill="{escape(shape.colour)}"/>'
        case Stroke():
            ends = f'x1="{shape.x1:.2f}" y1="{shape.y1:.2f}" x2="{shape.x2:.2f}" y2="{shape.y2:.2f}"'
            return f'<line {ends} stroke="{escape(shape.colour)}" stroke-width="{shape.width:g}"/>'
        case Dot():
            place = f'cx="{shape.x:g}" cy="{shape.y:g}" r="{shape.radius:g}"'
            return f'<circle {place} fill="{escape(shape.colour)}" fill-opacity="{shape.opacity:g}"/>'
        case Words():
            place = f'x="{shape.x:.2f}" y="{shape.y:.2f}" font-size="{shape.size:g}" text-anchor="{shape.anchor}"'
            return f'<text {place} fill="{escape(shape.colour)}">{escape(shape.text)}</text>'
