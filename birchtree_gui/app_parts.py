"""What makes the window a program and is no work on a plot: shortcuts, memory of the display, notices."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QMenu

from birchtree_gui.actions.manual import ManualActions
from birchtree_gui.actions.menu_reasons import MenuReasons
from birchtree_gui.actions.places import PlaceActions
from birchtree_gui.actions.registry import ActionSpec
from birchtree_gui.actions.shortcuts import ShortcutActions
from birchtree_gui.actions.unheard import UnheardKeys
from birchtree_gui.display_link import DisplayLink
from birchtree_gui.drop_actions import DropActions
from birchtree_gui.notices import RunNotices, bring_forward
from birchtree_gui.open_plots import OpenPlots

if TYPE_CHECKING:
    from birchtree_gui.main_window import MainWindow


class AppParts(QObject):
    """Made with the actions, connected when the window is complete."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.manual = ManualActions(window)
        self.shortcuts = ShortcutActions(window)
        self.notices = RunNotices(window)
        self.display = DisplayLink(window)
        self.drops = DropActions(window)
        self.open_plots = OpenPlots(window.services.document, self)
        self.unheard = UnheardKeys(window)
        self.places = PlaceActions(window)
        self._menu_reasons = MenuReasons(window.actions_by_name, self)

    def specs(self) -> tuple[ActionSpec, ...]:
        """The actions."""
        return (*self.manual.specs(), *self.shortcuts.specs(), *self.notices.specs(), *self.places.specs())

    def connect_all(self) -> None:
        """The window is complete."""
        for menu in self._window.menuBar().findChildren(QMenu):
            self._menu_reasons.watch(menu)
        self._window.help.offers = self.places.offer
        self.shortcuts.read_settings()
        self.display.connect_last()

    def come_forward(self, files: tuple[Path, ...] = ()) -> None:
        """A second start, or a notice: bring the window to the front, and open what was asked for."""
        bring_forward(self._window)
        if files:
            self._window.drop_files(list(files))

    def shut_down(self) -> None:
        """The window is being closed, with everything over it that waits for an answer: a dialog may have threads."""
        for dialog in reversed(self._window.findChildren(QDialog)):
            if dialog.isVisible() and (dialog.isModal() or dialog.windowType() is Qt.WindowType.Popup):
                dialog.reject()
        self.display.keep()
        self.open_plots.release()
