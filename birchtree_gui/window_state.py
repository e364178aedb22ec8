"""Size, place and panels of the window: restored at the start, saved at the end, and put back to the factory layout."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDockWidget, QMainWindow, QSplitter, QTabBar, QToolBar

from birchtree_gui.settings import window_state

# Raise it when docks are added or renamed, so that an old layout is not put upon new docks.
_VERSION = 3
_SIZE = QSize(1366, 768)
# What a desktop puts around a window at most: title bar and borders.
_FRAME = QSize(8, 40)
# So much of the title bar must be on a screen for the window to be taken hold of.
_GRIP = QSize(160, 24)


def reachable(frame: QRect, screens: Sequence[QRect]) -> QRect | None:
    """Where a window that is out of reach should be instead; None for one that can be taken hold of.

    Args:
        frame: the window with its title bar.
        screens: room on each screen, the first one first; none at all leaves the window where it is.
    """
    grip = QRect(frame.left(), frame.top(), frame.width(), _GRIP.height())
    for screen in screens:
        seen = screen.intersected(grip)
        if seen.width() >= min(_GRIP.width(), frame.width()) and seen.height() >= _GRIP.height():
            return None
    if not screens:
        return None
    made = QRect(frame.topLeft(), frame.size().boundedTo(screens[0].size()))
    made.moveCenter(screens[0].center())
    return made


class WindowState(QObject):
    """Remembers the window's layout between plots and between sessions.

    The welcome page has no panels. Qt forgets the sizes of hidden panels, so their layout is kept as a whole meanwhile.

    Args:
        window: with all panels and bars in place; those that are hidden now are hidden in the factory layout too.
        docks, bars: what belongs to a plot.
        arrange: gives visible panels the sizes of the factory layout.
    """

    def __init__(
        self,
        window: QMainWindow,
        docks: Sequence[QDockWidget],
        bars: Sequence[QToolBar],
        arrange: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._docks = tuple(docks)
        self._bars = tuple(bars)
        self._usual = tuple(dock for dock in docks if not dock.isHidden())
        self._toggles = tuple(one for one in (dock.toggleViewAction() for dock in docks) if one.isEnabled())
        self._arrange = arrange
        self._layout: QByteArray | None = None
        self._on_welcome = False
        self._is_first = True
        self._hidden: tuple[QDockWidget, ...] = ()
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenRemoved.connect(self._after_screen)

    def _after_screen(self) -> None:
        QTimer.singleShot(0, self._window, self._bring_back)  # once Qt has done what it does about it

    def restore(self) -> None:
        """Take the last session's place and layout up; call it before the window is shown."""
        available = QGuiApplication.primaryScreen().availableGeometry().size()
        self._hide_all()  # first: a window is never narrower than the panels that are shown
        arrangement = self._window.layout()
        if arrangement is not None:
            arrangement.activate()
        self._window.resize(_SIZE.boundedTo(available))
        stored = window_state()
        geometry, layout = stored.value("geometry"), stored.value("layout")
        self._is_first = not (isinstance(geometry, QByteArray) and self._window.restoreGeometry(geometry))
        place, fills = stored.value("place"), self._window.isMaximized() or self._window.isFullScreen()
        if isinstance(place, QPoint) and not (self._is_first or fills):
            # Qt keeps room for a title bar as high as its own style's, and moves a window at the top of a screen down.
            self._window.move(place)
        if isinstance(layout, QByteArray):
            self._layout = layout
        for splitter in self._splitters():
            state = stored.value(f"splitter/{splitter.objectName()}")
            if isinstance(state, QByteArray):
                splitter.restoreState(state)
        self._hide_all()
        self._bring_back()

    def show_window(self) -> None:
        """Show the window for the first time: it fills a screen that has no room for it and its title bar."""
        room = QGuiApplication.primaryScreen().availableGeometry().size() - _FRAME
        if self._is_first and self._window.size().boundedTo(room) != self._window.size():
            self._window.showMaximized()
        else:
            self._window.show()

    def save(self) -> None:
        """Keep place and layout for the next session."""
        self._keep()
        stored = window_state()
        stored.setValue("geometry", self._window.saveGeometry())
        stored.setValue("place", self._window.pos())
        if self._layout is not None:
            stored.setValue("layout", self._layout)
        for splitter in self._splitters():
            stored.setValue(f"splitter/{splitter.objectName()}", splitter.saveState())
        stored.sync()

    def show_welcome(self) -> None:
        """Without a plot there is nothing for panels and tools to show."""
        self._keep()
        self._hide_all()

    def show_plot(self) -> None:
        """Show panels and tools as they were."""
        if not self._on_welcome:
            return
        self._on_welcome = False
        self._offer_panels(True)
        if self._layout is None or not self._window.restoreState(self._layout, _VERSION):
            self._show_usual()

    def reset(self) -> None:
        """Go back to the layout of a fresh installation."""
        self._hidden, self._layout = (), None
        self._bring_back()
        if not self._on_welcome:
            self._show_usual()

    def toggle_docks(self) -> None:
        """Hide every panel to see more of the map, or show again those that were hidden."""
        if self._hidden:
            self.show_docks()
            return
        self._layout = self._window.saveState(_VERSION)
        self._hidden = tuple(dock for dock in self._docks if not dock.isHidden())
        for dock in self._hidden:
            dock.hide()

    def show_docks(self) -> None:
        """Show the panels that `toggle_docks` has hidden."""
        if self._hidden and self._layout is not None:
            self._window.restoreState(self._layout, _VERSION)
        self._hidden = ()

    def _splitters(self) -> list[QSplitter]:
        """Those with a name are kept."""
        return [one for one in self._window.findChildren(QSplitter) if one.objectName()]

    def _bring_back(self) -> None:
        """Back to a screen that is there, after one was unplugged or has another size now."""
        window = self._window
        if window.isMaximized() or window.isFullScreen():
            return
        place = reachable(window.frameGeometry(), [one.availableGeometry() for one in QGuiApplication.screens()])
        if place is not None:
            window.resize(place.size())
            window.move(place.topLeft())

    def _keep(self) -> None:
        if not self._on_welcome:
            self.show_docks()
            self._layout = self._window.saveState(_VERSION)

    def _hide_all(self) -> None:
        self._on_welcome = True
        for widget in (*self._docks, *self._bars):
            widget.hide()
        self._offer_panels(False)

    def _offer_panels(self, wanted: bool, /) -> None:
        for toggle in self._toggles:
            toggle.setEnabled(wanted)
        # Qt keeps the tabs of hidden panels "visible" outside the window, where the Tab key would still find them.
        policy = Qt.FocusPolicy.TabFocus if wanted else Qt.FocusPolicy.NoFocus
        for tabs in self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            tabs.setFocusPolicy(policy)

    def _show_usual(self) -> None:
        for dock in self._docks:
            dock.setVisible(dock in self._usual)
        for bar in self._bars:
            bar.show()
        # Sizes can be given once the panels that have just been shown are laid out.
        QTimer.singleShot(0, self._window, self._arrange)
