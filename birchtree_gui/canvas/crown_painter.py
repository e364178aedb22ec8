"""CrownPainter: draws a batch of crowns into a picture at one of three levels of detail.

One-pixel strokes have a way of their own through the raster engine of Qt, ten times as fast as others (6 us against
80 us and up for a crown of 40 corners, measured), so wider lines are one-pixel strokes beside each other. Filling many
crowns as one path grows with the square of their number; stroking them as one path does not.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPen, QTransform

from birchtree_gui.canvas import colours
from birchtree_gui.canvas.crown_look import LABEL_FROM, CrownLook, Detail
from birchtree_gui.canvas.crown_marks import DOT, NO_GLYPH, Marks, Places
from birchtree_gui.canvas.crown_source import CrownSource, Rows
from birchtree_gui.canvas.dots import paint_dots
from birchtree_gui.canvas.georeference import Georeference
from birchtree_gui.canvas.label_room import LabelRoom
from birchtree_gui.canvas.picture import Picture
from birchtree_gui.canvas.qt_shapes import NO_BRUSH, NO_PEN, Index, Rings, rings_of, thinned, to_path, to_polygons

# Crowns, and vertices, drawn between two looks at the clock.
BATCH = {Detail.DOTS: 32_768, Detail.COARSE: 1024, Detail.FULL: 96}
DETAILS_PER_BATCH = 256
_VERTICES_PER_BATCH = {Detail.COARSE: 40_000, Detail.FULL: 3_000}
_COARSE_VERTICES = 8
# Vertices kept per screen pixel of a crown's side: one every 2.5 pixels of its border.
_VERTICES_PER_PX = 1.25
_DASH = (4.0, 3.0)
# Offsets, in device pixels, of the strokes of small outlines and of their shade; on a fine screen one would be a hair.
_HAIR, _SHADE = ((0.0, 0.0),), ((0.0, 1.0), (1.0, 0.0))
_HAIR_HIGH_DPR, _SHADE_HIGH_DPR = ((0.0, 0.0), (1.0, 1.0)), ((0.0, 2.0), (2.0, 0.0))
_HIGH_DPR = 1.5


@dataclass(frozen=True, slots=True)
class Place:
    """Where a batch goes: a picture, the part of it that may change, and how crowns are placed in it."""

    picture: Picture
    clip_dev: QRect
    georeference: Georeference
    dpr: float
    side_screen: float
    labels: LabelRoom

    def transform(self, dx: float = 0.0, dy: float = 0.0) -> QTransform:
        """Level-0 pixels -> pixels of the picture's image, shifted by (dx, dy) device pixels."""
        scale, origin = self.picture.scale_dev, self.picture.origin_dev
        return QTransform(scale, 0, 0, scale, dx - origin.x(), dy - origin.y())


class CrownPainter:
    """Draws crowns of one look."""

    def __init__(self, look: CrownLook) -> None:
        self.look = look

    def paint(self, source: CrownSource, rows: Rows, detail: Detail, place: Place) -> int:
        """Draw some of `rows` over what is in the picture; returns how many were dealt with, at least one."""
        places = source.places(rows)
        if detail is Detail.DOTS:
            self._paint_dots(source, places, place)
            return len(rows)
        counts = shapely.get_num_coordinates(source.outlines(places)).cumsum()
        fitting = max(1, int(np.searchsorted(counts, _VERTICES_PER_BATCH[detail])))
        if fitting < len(places):
            # Handles that have gone meanwhile are looked up again with the next batch, which costs nothing.
            rows = rows[: fitting + 1] if len(places) < len(rows) else rows[:fitting]
            places = source.places(rows)
        if len(places):
            self._paint_outlines(source, places, detail, place)
        return len(rows)

    def _paint_outlines(self, source: CrownSource, places: Places, detail: Detail, place: Place) -> None:
        marks = source.marks(places)
        rings = rings_of(source.outlines(places))
        if detail is Detail.COARSE:
            rings = thinned(rings, np.full(len(places), _COARSE_VERTICES), outer_only=True)
        else:
            rings = thinned(rings, self._most_vertices(source, places, place))
        rings = replace(rings, xy=place.georeference.to_px(rings.xy))
        painter = place.picture.begin(place.clip_dev)
        if detail is Detail.COARSE:
            # Dashes would be as long as the sides, so small outlines are solid; a shade on two sides is their casing.
            solid = replace(marks, dashed=np.zeros(len(places), bool))
            if self.look.fills_small:
                self._fill(painter, rings, marks, place)
            is_high = place.dpr >= _HIGH_DPR
            shade, hair = (_SHADE_HIGH_DPR, _HAIR_HIGH_DPR) if is_high else (_SHADE, _HAIR)
            self._stroke(painter, rings, solid, place, casing=shade, line=hair)
        else:
            self._fill(painter, rings, marks, place)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            line, casing = self.look.line * place.dpr, self.look.casing * place.dpr
            self._stroke(painter, rings, marks, place, casing=_rim(line, casing), line=_strand(line))
        painter.end()

    def _most_vertices(self, source: CrownSource, places: Places, place: Place) -> Index:
        """(N,) vertices that each ring of a crown needs at this scale."""
        boxes = source.boxes_crs(places)
        sides_px = (boxes[:, 2:] - boxes[:, :2]).max(axis=1) / place.georeference.crs_per_px
        wanted: Index = np.maximum(12, sides_px * place.picture.scale_dev / place.dpr * _VERTICES_PER_PX).astype(
            np.intp
        )
        return wanted

    def _paint_dots(self, source: CrownSource, places: Places, place: Place) -> None:
        boxes = source.boxes_crs(places)
        centres_px = place.georeference.to_px((boxes[:, :2] + boxes[:, 2:]) / 2)
        size = min(max(place.side_screen * 0.6, 1.0), 4.0) + self.look.larger_dots
        words = colours.argb32(self.look.palette)[source.marks(places).colour]
        casing = int(colours.argb32((self.look.casing_colour,), 0.75)[0])
        paint_dots(place.picture, place.clip_dev, centres_px, max(1, round(size * place.dpr)), words, casing)

    def _stroke(
        self,
        painter: QPainter,
        rings: Rings,
        marks: Marks,
        place: Place,
        *,
        casing: Iterable[tuple[float, float]],
        line: Iterable[tuple[float, float]],
    ) -> None:
        """One-pixel strokes at offsets in device pixels: those of the casing, then those of the line."""
        path = to_path(rings)
        painter.setBrush(NO_BRUSH)
        painter.setPen(_pen(colours.with_alpha(self.look.casing_colour, self.look.casing_opacity)))
        _draw_at(painter, path, place, casing)
        for colour, dashed, chosen in _groups(marks):
            part = path if chosen.all() else to_path(rings.only(chosen))
            tint = colours.with_alpha(self.look.palette[colour], self.look.opacity)
            painter.setPen(_pen(tint, dash=place.dpr if dashed else 0.0))
            _draw_at(painter, part, place, line)

    def _fill(self, painter: QPainter, rings: Rings, marks: Marks, place: Place) -> None:
        if self.look.fill <= 0:
            return
        brushes = [QBrush(colours.with_alpha(colour, self.look.fill)) for colour in self.look.palette]
        painter.setWorldTransform(place.transform())
        painter.setPen(NO_PEN)
        for shape, colour in zip(to_polygons(rings, len(marks.colour)), marks.colour.tolist(), strict=True):
            painter.setBrush(brushes[colour])
            if isinstance(shape, QPainterPath):
                painter.drawPath(shape)
            else:
                painter.drawPolygon(shape)

    def paint_details(self, source: CrownSource, rows: Rows, place: Place) -> None:
        """Glyphs of edited and added crowns, and texts of large ones: over all outlines, so that none cuts them."""
        places = source.places(rows)
        marks = source.marks(places)
        labelled = self.look.labelled and place.side_screen >= LABEL_FROM
        if not labelled and not marks.glyph.any():
            return
        painter = place.picture.begin(place.clip_dev)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        boxes = source.boxes_crs(places)
        middles = place.georeference.to_px((boxes[:, :2] + boxes[:, 2:]) / 2) * place.picture.scale_dev
        sizes = (boxes[:, 2:] - boxes[:, :2]) / place.georeference.crs_per_px * place.picture.scale_dev
        texts = source.labels(places) if labelled else [""] * len(places)
        painter.setFont(label_font(place.dpr))
        texts = place.labels.fitting(texts, middles, sizes, painter.fontMetrics())
        for (x, y), glyph, colour, text in zip(
            middles.tolist(), marks.glyph.tolist(), marks.colour.tolist(), texts, strict=True
        ):
            if glyph != NO_GLYPH:
                lift = 12.0 * place.dpr if text else 0.0
                self._paint_glyph(painter, QPointF(x, y - lift), glyph, QColor(self.look.palette[colour]), place.dpr)
            if text:
                paint_text(painter, QPointF(x, y), text)
        painter.end()

    def _paint_glyph(self, painter: QPainter, at: QPointF, glyph: int, colour: QColor, dpr: float) -> None:
        radius = 3.0 * dpr
        painter.setPen(QPen(QColor(self.look.casing_colour), 1.5 * dpr))
        painter.setBrush(colour)
        painter.drawEllipse(at, radius, radius)
        if glyph != DOT:
            painter.setPen(NO_PEN)
            painter.setBrush(QColor(self.look.casing_colour))
            painter.drawEllipse(at, radius * 0.45, radius * 0.45)


def label_font(dpr: float) -> QFont:
    """Small and bold, in device pixels."""
    font = QFont()
    font.setPixelSize(round(11 * dpr))
    font.setBold(True)
    return font


def paint_text(painter: QPainter, middle: QPointF, text: str) -> None:
    """White text with a dark rim around a point; reads on anything."""
    metrics = painter.fontMetrics()
    width, height = metrics.horizontalAdvance(text), metrics.height()
    box = QRectF(middle.x() - width / 2 - 2, middle.y() - height / 2 - 2, width + 4, height + 4)
    painter.setPen(colours.with_alpha(colours.CASING, 0.8))
    for dx, dy in ((-1, 0), (1, 0), (0, -1), (0, 1)):
        painter.drawText(box.translated(dx, dy), Qt.AlignmentFlag.AlignCenter, text)
    painter.setPen(QColor(Qt.GlobalColor.white))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _strand(width_dev: float) -> list[tuple[float, float]]:
    """Offsets of one-pixel strokes that together are a line of this width."""
    if width_dev <= 1.0:
        return [(0.0, 0.0)]
    if width_dev <= 2.0:
        half = (width_dev - 1.0) / 2
        return [(-half, -half), (half, half)]
    return [(0.0, 0.0), *_circle((width_dev - 1.0) / 2)]


def _rim(line_dev: float, casing_dev: float) -> list[tuple[float, float]]:
    """Offsets of one-pixel strokes that fill what a casing shows on both sides of its line."""
    outer, inner = (casing_dev - 1.0) / 2, line_dev / 2
    rims = max(1, math.ceil(outer - inner))
    return [offset for rim in range(rims) for offset in _circle(outer - rim)]


def _circle(radius: float) -> list[tuple[float, float]]:
    count = max(4, math.ceil(2 * math.pi * radius / 1.7))
    angles = [2 * math.pi * number / count for number in range(count)]
    return [(radius * math.cos(angle), radius * math.sin(angle)) for angle in angles]


def _draw_at(painter: QPainter, path: QPainterPath, place: Place, offsets: Iterable[tuple[float, float]]) -> None:
    for offset in offsets:
        painter.setWorldTransform(place.transform(*offset))
        painter.drawPath(path)


def _groups(marks: Marks) -> Iterable[tuple[int, bool, npt.NDArray[np.bool_]]]:
    """(colour, dashed, which) for each pair that occurs."""
    pair = marks.colour.astype(np.intp) * 2 + marks.dashed
    for value in np.unique(pair).tolist():
        yield value // 2, bool(value % 2), pair == value


def _pen(colour: QColor, *, dash: float = 0.0) -> QPen:
    """A pen of one device pixel; `dash` is the device pixels per screen pixel of its dashes, 0 for none."""
    pen = QPen(colour, 1.0)
    pen.setCosmetic(True)
    if dash:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([length * dash for length in _DASH])
    return pen
