"""DrawTool: outlines a crown point by point."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPolygonF

from birchtree_gui.canvas import colours
from birchtree_gui.canvas.tools.base import MapSurface, Pointer, tr
from birchtree_gui.canvas.tools.point_line import ENTER, is_at, is_line_key, without_repeats
from birchtree_gui.canvas.tools.shaping import ShapingTool
from inference.crowns import geometry
from inference.crowns.edits import CrownEdit
from inference.errors import InputError


class DrawTool(ShapingTool):
    """Click sets points; Enter, double-click, right-click or the first point finishes."""

    def __init__(self, surface: MapSurface) -> None:
        super().__init__(surface)
        self._points_px: list[tuple[float, float]] = []
        self._cursor_px: tuple[float, float] | None = None
        self._near_first = False

    @property
    def cursor(self) -> Qt.CursorShape:
        """The cross."""
        return Qt.CursorShape.CrossCursor

    @property
    def uses_right_button(self) -> bool:
        """A right click finishes the outline."""
        return True

    def begin(self, pointer: Pointer) -> None:
        """Set a point, or finish."""
        if pointer.button is Qt.MouseButton.RightButton:
            self._complete()
        elif pointer.button is Qt.MouseButton.LeftButton:
            if self._closes(pointer):
                self._complete()
                return
            if not self._points_px and not self._may_draw():
                return
            self._points_px.append((pointer.x_px, pointer.y_px))
            self._changed()

    def double_click(self, pointer: Pointer) -> None:
        """Finish; the first of the two clicks has set the last point."""
        if pointer.button is Qt.MouseButton.LeftButton and self._points_px:
            self._complete()

    def move(self, pointer: Pointer) -> None:
        """Let the open edge follow the mouse."""
        self._cursor_px = (pointer.x_px, pointer.y_px)
        self._near_first = self._closes(pointer)
        if self._points_px:
            self.surface.update()

    def map_moved(self, pointer: Pointer) -> None:
        """The open edge stays at the mouse."""
        self.move(pointer)

    def leave(self) -> None:
        """No open edge while the mouse is elsewhere."""
        self._cursor_px = None
        self.surface.update()

    def cancel(self) -> bool:
        """Drop all points."""
        was_drawing = bool(self._points_px)
        self._points_px.clear()
        self._near_first = False
        if was_drawing:
            self._changed()
        return was_drawing

    def undo_point(self) -> bool:
        """Take the last point back."""
        if not self._points_px:
            return False
        self._points_px.pop()
        self._changed()
        return True

    def wants_key(self, event: QKeyEvent) -> bool:
        """Enter, Backspace and undo are the outline's while there is one."""
        return bool(self._points_px) and is_line_key(event)

    def key(self, event: QKeyEvent) -> bool:
        """Finish, or take a point back."""
        if not self.wants_key(event):
            return False
        if event.key() in ENTER:
            self._complete()
        else:
            self.undo_point()
        return True

    def hint(self) -> str:
        """What to do next."""
        first, few, enough = self.lines()
        if not self._points_px:
            return first
        return few if len(self._points_px) < 3 else enough

    def lines(self) -> tuple[str, ...]:
        """Everything that `hint` may say."""
        return (
            tr("Click along the edge of the crown    Space+drag: move the map    Esc: back to Select"),
            tr("Click: next point    Backspace: take back    Esc: drop the outline"),
            tr("Enter, double-click or right-click: finish    Backspace: take back    Esc: drop the outline"),
        )

    def paint(self, painter: QPainter) -> None:
        """The outline so far, with its open edge to the mouse."""
        if not self._points_px:
            return
        points = self.surface.view.to_screen(np.array(self._points_px))
        corners = [QPointF(x, y) for x, y in points.tolist()]
        open_to = self._open_end(corners)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.with_alpha(colours.REVIEW_COLOURS["added"], 0.18))
        painter.drawPolygon(QPolygonF([*corners, *open_to]))
        line = QColor(colours.REVIEW_COLOURS["added"])
        for colour, width in ((QColor(colours.CASING), 3.5), (line, 2.0)):
            painter.setPen(QPen(colour, width))
            painter.drawPolyline(QPolygonF([*corners, *open_to]))
        if open_to:
            painter.setPen(QPen(line, 1.0, Qt.PenStyle.DashLine))
            painter.drawLine(open_to[0], corners[0])
        painter.setPen(QPen(QColor(colours.CASING), 1.5))
        painter.setBrush(QColor(colours.SELECTED))
        for corner in corners[1:]:
            painter.drawEllipse(corner, 3.0, 3.0)
        painter.setBrush(QColor(self.surface.colours.accent) if self._near_first else QColor(colours.SELECTED))
        painter.drawEllipse(corners[0], 5.0, 5.0)

    def _open_end(self, corners: list[QPointF]) -> list[QPointF]:
        if self._cursor_px is None:
            return []
        if self._near_first:
            return [corners[0]]
        x, y = self.surface.view.to_screen(np.array([self._cursor_px]))[0].tolist()
        return [QPointF(x, y)]

    def _closes(self, pointer: Pointer) -> bool:
        return len(self._points_px) >= 3 and is_at(self._points_px[0], pointer, self.surface.view)

    def _may_draw(self) -> bool:
        if self.surface.georeference is None:
            return False
        if not self.surface.document.is_editable:
            self.surface.refuse(tr("This plot is open for reading only, so crowns cannot be drawn."))
            return False
        return True

    def _complete(self) -> None:
        """Make the points a crown."""
        points = without_repeats(self._points_px)
        georeference = self.surface.georeference
        if not points or georeference is None:
            return
        try:
            outline = self.kept_apart(geometry.from_rings([georeference.to_crs(np.array(points))]))
        except InputError as error:
            self.surface.refuse(f"{error} {tr('Backspace takes corners back.')}")
            return
        crowns = self.author().new([outline])
        if self.surface.document.do(CrownEdit("Draw crown", added=crowns)):
            self.cancel()
            self.surface.document.set_selection((crowns[0].tree_id,))

    def _changed(self) -> None:
        self.surface.refresh_hint()
        self.surface.update()
