"""Overlays: what lies over the map and takes the mouse before any tool: the swipe line, the overview map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter


class Overlay(Protocol):
    """Something that is painted over the map and can be dragged; places are in screen pixels of the map."""

    @property
    def cursor(self) -> Qt.CursorShape:
        """The mouse cursor over it."""
        ...

    def holds(self, screen: QPointF) -> bool:
        """Whether a place belongs to it."""
        ...

    def drag(self, screen: QPointF) -> None:
        """The left button is down here: at first within it, then anywhere."""
        ...

    def paint(self, painter: QPainter) -> None:
        """Paint it."""
        ...


class Overlays:
    """Hands the mouse to the overlay under it; methods return True when an event was an overlay's."""

    def __init__(self, overlays: Sequence[Overlay]) -> None:
        self._overlays = tuple(overlays)
        self._held: Overlay | None = None
        self._under: Overlay | None = None

    @property
    def cursor(self) -> Qt.CursorShape | None:
        """The cursor of the overlay under the mouse."""
        found = self._held or self._under
        return None if found is None else found.cursor

    def press(self, screen: QPointF, button: Qt.MouseButton) -> bool:
        """A button went down."""
        self._look(screen)
        if button is not Qt.MouseButton.LeftButton or self._under is None:
            return self._under is not None
        self._held = self._under
        self._held.drag(screen)
        return True

    def move(self, screen: QPointF) -> bool:
        """The mouse moved; over an overlay tools see nothing of it."""
        if self._held is not None:
            self._held.drag(screen)
            return True
        self._look(screen)
        return self._under is not None

    def release(self, screen: QPointF) -> bool:
        """A button went up; a gesture of a tool may end over an overlay."""
        was_held, self._held = self._held is not None, None
        self._look(screen)
        return was_held

    def leave(self) -> None:
        """The mouse is elsewhere."""
        self._under = None

    def paint(self, painter: QPainter) -> None:
        """Paint all of them."""
        for overlay in self._overlays:
            overlay.paint(painter)

    def _look(self, screen: QPointF) -> None:
        self._under = next((one for one in reversed(self._overlays) if one.holds(screen)), None)
