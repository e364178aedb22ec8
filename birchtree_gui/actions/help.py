"""The Help menu: finder, log, About."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QWidget

from birchtree_gui.actions.registry import ActionRegistry, ActionSpec
from birchtree_gui.dialogs.about import AboutDialog
from birchtree_gui.widgets.action_finder import FOUND_AS, ActionFinder
from inference import logs


class HelpActions(QObject):
    """What the Help menu does."""

    def __init__(self, actions: ActionRegistry, window: QWidget) -> None:
        super().__init__(window)
        self._actions = actions
        self._window = window
        self.panels: tuple[QAction, ...] = ()  # those that show and hide panels, which Qt makes
        self.offers: Callable[[str], list[QAction]] = lambda text: []  # what a text makes by itself

    def specs(self) -> tuple[ActionSpec, ...]:
        """The actions of this menu."""
        return (
            ActionSpec("help.find", self.tr("&Find an action…"), self.find_action, ("Ctrl+Shift+P",), "search"),
            ActionSpec("help.log", self.tr("Show &log folder"), self.show_log, (), "folder"),
            ActionSpec("help.about", self.tr("&About BirchTree"), self.about, (), "info"),
        )

    def find_action(self) -> None:
        """Type a few letters and run the action."""
        for panel in self.panels:  # among other commands a title alone would not say what it does
            panel.setProperty(FOUND_AS, self.tr("Panel: {name}").format(name=panel.text().replace("&", "")))
        actions = [*self._actions.all(), *self.panels]
        finder = ActionFinder(actions, self._actions.why_not, self._window, self.offers)
        finder.finished.connect(finder.deleteLater)
        finder.open()

    def show_log(self) -> None:
        """Show the folder with the log."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(logs.log_path().parent)))

    def about(self) -> None:
        """Show versions and licence."""
        dialog = AboutDialog(self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
