"""AreaTool: draws a complete area, corner by corner or as a rectangle, and gives a chosen area another outline."""

from __future__ import annotations

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from birchtree_gui.canvas import colours
from birchtree_gui.canvas.georeference import Points, corners
from birchtree_gui.canvas.tools.base import MapSurface, Pointer, tr
from birchtree_gui.canvas.tools.measure import PointsTool, area_text, measured
from birchtree_gui.document import now
from inference.crowns import area_edits
from inference.crowns.geometry import to_valid_polygon
from inference.crowns.records import Area
from inference.errors import InputError


class AreaTool(PointsTool):
    """Clicks set corners; a drag is a rectangle. The result is one edit.

    Attributes:
        reshapes: id of the area whose outline is drawn anew; None for a new area.
    """

    closes = True

    def __init__(self, surface: MapSurface) -> None:
        super().__init__(surface)
        self.reshapes: int | None = None
        self._pressed: tuple[QPointF, tuple[float, float]] | None = None
        self._far: tuple[float, float] | None = None

    def stop(self) -> None:
        """Whatever was to be drawn anew keeps its outline."""
        super().stop()
        self.reshapes = None

    @property
    def holds_button(self) -> bool:
        """A rectangle lasts as long as the button is down."""
        return self._far is not None

    def begin(self, pointer: Pointer) -> None:
        """Set a corner, or finish; a drag may follow."""
        document = self.surface.document
        if document.is_open and not document.is_editable:
            self.surface.refuse(tr("This plot is open for reading only, so areas cannot be drawn."))
            return
        is_first = not self._points_px
        super().begin(pointer)
        if is_first and pointer.button is Qt.MouseButton.LeftButton and self._points_px:
            self._pressed = (pointer.screen, (pointer.x_px, pointer.y_px))

    def move(self, pointer: Pointer) -> None:
        """Let the open side follow, or the corner of the rectangle."""
        if (
            self._pressed is not None
            and pointer.left_held
            and (self._far is not None or pointer.is_far_from(self._pressed[0]))
        ):
            self._points_px.clear()
            self._far = (pointer.x_px, pointer.y_px)
            self._changed()
            return
        super().move(pointer)

    def finish(self, pointer: Pointer) -> None:
        """A rectangle ends where the button goes up."""
        pressed, far = self._pressed, self._far
        self._pressed = self._far = None
        if pressed is not None and far is not None:
            (left, top), (right, bottom) = pressed[1], far
            self._draw(corners((left, top, right, bottom)))
            self._changed()

    def cancel(self) -> bool:
        """Drop corners and rectangle."""
        had_box = self._far is not None
        self._pressed = self._far = None
        if had_box:
            self._changed()
        return super().cancel() or had_box

    def ended(self) -> None:
        """Corners are complete."""
        self._draw(np.array(self._points_px))

    def hint(self) -> str:
        """What to do next."""
        first, corners_set, box = self.lines()
        if self._far is not None:
            return box
        return corners_set if self._points_px else first

    def lines(self) -> tuple[str, ...]:
        """Everything that `hint` may say."""
        return (
            tr("Click the corners of an area in which every crown is outlined, or drag a rectangle"),
            tr("Enter, right-click or the first corner: finish    Backspace: take back    Esc: drop"),
            tr("Let go: the rectangle is a complete area    Esc: drop it"),
        )

    def paint(self, painter: QPainter) -> None:
        """The rectangle in hand, or the corners."""
        if self._far is None or self._pressed is None:
            super().paint(painter)
            return
        ends = self.surface.view.to_screen(np.array([self._pressed[1], self._far])).tolist()
        box = QRectF(QPointF(*ends[0]), QPointF(*ends[1])).normalized()
        painter.setBrush(colours.with_alpha(colours.SELECTED, 0.18))
        for colour, width in ((colours.with_alpha(colours.CASING, 0.75), 4.0), (QColor(colours.SELECTED), 2.0)):
            painter.setPen(QPen(colour, width))
            painter.drawRect(box)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        self._paint_size(painter, box)

    def _paint_size(self, painter: QPainter, box: QRectF) -> None:
        georeference, plot = self.surface.georeference, self.surface.document.plot
        if georeference is None or plot is None or self._pressed is None or self._far is None:
            return
        xy = georeference.to_crs(corners((*self._pressed[1], *self._far)))
        size = measured(xy, plot.unit_m, closed=True).area_m2
        if size is None:
            return
        text = area_text(size)
        metrics = painter.fontMetrics()
        label = QRectF(0, 0, metrics.horizontalAdvance(text) + 14, metrics.height() + 6)
        label.moveCenter(box.center())
        painter.fillRect(label, colours.with_alpha(self.surface.colours.panel, 0.9))
        painter.setPen(QColor(self.surface.colours.panel_text))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)

    def _draw(self, points_px: Points) -> None:
        """Make the corners an area, or the new outline of one."""
        georeference, document = self.surface.georeference, self.surface.document
        if georeference is None or len(points_px) < 3:
            self.cancel()
            return
        outline = self._on_plot(shapely.Polygon(georeference.to_crs(points_px)))
        reshapes = self.reshapes
        self.cancel()
        if outline is None:
            self.surface.refuse(tr("There is no orthomosaic inside this outline. Draw the area where the plot is."))
            return
        try:
            known = {area.area_id: area for area in document.project.areas()}
            if reshapes in known:
                edit = area_edits.change([known[reshapes]], outline=outline, by=document.by, at=now())
            else:
                name = _free_name([area for area in known.values() if area.kind == "complete"])
                number = document.project.take_area_ids(1).start
                edit = area_edits.draw(number, outline, kind="complete", name=name, by=document.by, at=now())
        except InputError as error:
            self.surface.refuse(str(error))
            return
        self.reshapes = None
        if edit is not None:
            document.do(edit)

    def _on_plot(self, drawn: shapely.Polygon) -> shapely.Polygon | None:
        """The part of an outline that lies on the plot; None for none."""
        plot = self.surface.document.plot
        whole = to_valid_polygon(drawn)
        return None if plot is None or whole is None else to_valid_polygon(whole.intersection(plot.extent))


def _free_name(areas: list[Area]) -> str:
    """The first of "Area 1", "Area 2" ... that none has."""
    names = {area.name for area in areas}
    number = 1
    while tr("Area {number}").format(number=number) in names:
        number += 1
    return tr("Area {number}").format(number=number)
