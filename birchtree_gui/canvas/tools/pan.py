"""PanTool: dragging moves the map."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt

from birchtree_gui.canvas.tools.base import MapSurface, Pointer, Tool, tr


class PanTool(Tool):
    """The hand."""

    def __init__(self, surface: MapSurface) -> None:
        super().__init__(surface)
        self._from: QPointF | None = None

    @property
    def cursor(self) -> Qt.CursorShape:
        """The open hand."""
        return Qt.CursorShape.OpenHandCursor

    def begin(self, pointer: Pointer) -> None:
        """Take hold of the map."""
        if pointer.button is Qt.MouseButton.LeftButton:
            self._from = pointer.screen

    def move(self, pointer: Pointer) -> None:
        """Follow the mouse."""
        if self._from is None:
            return
        step = pointer.screen - self._from
        self._from = pointer.screen
        self.surface.set_view(self.surface.view.panned(step.x(), step.y()))

    def finish(self, pointer: Pointer) -> None:
        """Let go."""
        self._from = None

    @property
    def holds_button(self) -> bool:
        """While dragging."""
        return self._from is not None

    def cancel(self) -> bool:
        """Let go."""
        was_dragging, self._from = self._from is not None, None
        return was_dragging

    def hint(self) -> str:
        """What the mouse does."""
        return tr("Drag to move the map. The wheel zooms at the cursor.")
