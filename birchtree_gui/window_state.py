"""Size, place and panels of the window: restored at the start, saved at the end, and put back to the factory layout."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QObject, QSize, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDockWidget, QMainWindow, QToolBar

from birchtree_gui.settings import window_state

# Raise it when docks are added or renamed, so that an old layout is not put upon new docks.
_VERSION = 1
_SIZE = QSize(1366, 768)


class WindowState(QObject):
    """Remembers the window's layout between sessions.

    The layout as built is kept under "factory": `reset` goes back to it.
    """

    def __init__(self, window: QMainWindow, docks: Sequence[QDockWidget], bars: Sequence[QToolBar]) -> None:
        super().__init__(window)
        self._window = window
        self._docks = tuple(docks)
        self._factory = QByteArray()
        self._is_fresh = True
        self._arrange: Callable[[], None] | None = None
        self._bars = tuple(bars)
        self._hidden: tuple[QDockWidget, ...] = ()
        self._away: tuple[QDockWidget, ...] = ()

    def restore(self, arrange: Callable[[], None]) -> None:
        """Take the last session's layout up.

        On a new computer `arrange` gives the panels their sizes when they first appear: hidden panels lose theirs.
        """
        available = QGuiApplication.primaryScreen().availableGeometry().size()
        self._window.resize(_SIZE.boundedTo(available))
        self._arrange = arrange
        stored = window_state()
        geometry, state = stored.value("geometry"), stored.value("state")
        if isinstance(geometry, QByteArray):
            self._window.restoreGeometry(geometry)
        self._factory = self._window.saveState(_VERSION)
        if isinstance(state, QByteArray):
            self._is_fresh = not self._window.restoreState(state, _VERSION)

    def save(self) -> None:
        """Keep the layout for the next session."""
        self.leave_welcome()
        self.show_docks()
        stored = window_state()
        stored.setValue("geometry", self._window.saveGeometry())
        stored.setValue("state", self._window.saveState(_VERSION))
        stored.sync()

    def reset(self) -> None:
        """Go back to the layout of a fresh installation."""
        on_welcome, self._hidden, self._away = bool(self._away), (), ()
        self._window.restoreState(self._factory, _VERSION)
        self._is_fresh = True
        if on_welcome:
            self.make_room_for_welcome()
        else:
            self._arrange_panels()

    def make_room_for_welcome(self) -> None:
        """Without a plot there is nothing for panels and tools to show."""
        self._away = self._hidden or tuple(dock for dock in self._docks if not dock.isHidden())
        self._hidden = ()
        for widget in (*self._away, *self._bars):
            widget.hide()

    def leave_welcome(self) -> None:
        """Show the panels and tools again."""
        for widget in (*self._away, *self._bars):
            widget.show()
        if self._away and self._is_fresh:
            self._arrange_panels()
        self._away = ()

    def _arrange_panels(self) -> None:
        self._is_fresh = False
        if self._arrange is not None:  # once the panels that have just been shown are laid out
            QTimer.singleShot(0, self._window, self._arrange)

    def toggle_docks(self) -> None:
        """Hide every panel to see more of the map, or show again those that were hidden."""
        if self._hidden:
            self.show_docks()
            return
        self._hidden = tuple(dock for dock in self._docks if not dock.isHidden())
        for dock in self._hidden:
            dock.hide()

    def show_docks(self) -> None:
        """Show the panels that `toggle_docks` has hidden."""
        for dock in self._hidden:
            dock.show()
        self._hidden = ()
