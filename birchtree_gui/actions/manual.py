"""Help > Documentation: F1 opens the page that belongs to the panel or tool that is being used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDockWidget, QWidget

from birchtree_gui.actions.registry import ActionSpec
from birchtree_gui.languages import choice
from birchtree_gui.manual import pages

if TYPE_CHECKING:
    from birchtree_gui.main_window import MainWindow
    from birchtree_gui.manual.window import ManualWindow


class ManualActions(QObject):
    """Opens the documentation, and keeps its one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.shown: ManualWindow | None = None

    def specs(self) -> tuple[ActionSpec, ...]:
        """The action."""
        return (
            ActionSpec(
                "help.manual",
                self.tr("&Documentation"),
                self.open_here,
                ("F1",),
                "help",
                self.tr("The page about the panel or tool in use; needs no network"),
            ),
        )

    def open_here(self) -> None:
        """The page that belongs to what has the keyboard: a panel, else the tool, else the first steps."""
        self.open_page(self.page_here())

    def page_here(self) -> str:
        """Its name, with a heading where one fits."""
        window = self._window
        if not window.services.document.is_open:
            return pages.NO_PLOT
        if window.review.session.is_active:
            return pages.REVIEW
        panel = _panel_of(QApplication.focusWidget())
        return pages.PANEL_PAGES.get(panel) or pages.tool_page(window.map.current_tool)

    def open_page(self, target: str) -> None:
        """Show a page in the one window of the documentation."""
        folder = pages.pages_folder()
        if folder is None:
            self._window.services.document.message.emit(
                "warning", self.tr("The documentation is not installed here. It is in the folder docs of the source.")
            )
            return
        if self.shown is None:
            # Its pages are read when the first one is asked for.
            from birchtree_gui.manual.window import ManualWindow

            self.shown = ManualWindow(folder, self._window, choice.current())
            self.shown.closed.connect(self._forget)
        self.shown.show_target(target)
        self.shown.show()
        self.shown.raise_()
        self.shown.activateWindow()

    def _forget(self) -> None:
        if self.shown is not None:
            self.shown.deleteLater()
            self.shown = None


def _panel_of(widget: QWidget | None) -> str:
    """The name of the panel that a widget is in; "" for the map."""
    while widget is not None:
        if isinstance(widget, QDockWidget):
            return widget.objectName().removeprefix("dock.")
        widget = widget.parentWidget()
    return ""
