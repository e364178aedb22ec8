"""Report and statistics: where the report goes, its writing in the worker, and the panel with the charts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QUrl
from PySide6.QtGui import QAction, QDesktopServices

from birchtree_gui.actions.needs import PlotNeeds, no_run
from birchtree_gui.actions.registry import ActionSpec
from birchtree_gui.dialogs.report import ReportDialog
from birchtree_gui.docks.statistics import StatisticsPanel
from birchtree_gui.jobs.plot_statistics import PlotStatistics
from birchtree_gui.languages.choice import current
from birchtree_gui.widgets.message_bar import Message
from inference.project.naming import plot_name

if TYPE_CHECKING:
    from birchtree_gui.jobs.worker_client import WorkerFailure
    from birchtree_gui.main_window import MainWindow

_KIND = "report"


class ReportActions(QObject):
    """What the report's and the statistics' entries in the menus do."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._document = window.services.document
        self._jobs = window.services.jobs
        self.statistics = PlotStatistics(self._document, self)
        self._last_folder: Path | None = None

    def specs(self) -> tuple[ActionSpec, ...]:
        """The actions."""
        return (
            ActionSpec(
                "file.report",
                self.tr("&Report…"),
                self.ask_report,
                ("Ctrl+Shift+E",),
                "report",
                self.tr("Write map, figures per hectare, charts and sources as a web page or PDF"),
                (*PlotNeeds(self._document).opened, no_run(lambda: self._jobs.has(_KIND))),
            ),
        )

    def make_panel(self) -> StatisticsPanel:
        """The panel with the charts."""
        action = self._window.actions_by_name["file.report"]
        return StatisticsPanel(self._document, self.statistics, action, self._window)

    def shut_down(self) -> None:
        """End the thread."""
        self.statistics.shut_down()

    def ask_report(self) -> None:
        """Ask where the report goes and what it is about, and write it in the background."""
        path = self._document.project.path
        folder = self._last_folder or path.parent
        start = folder / f"{plot_name(path)}-report.html"
        dialog = ReportDialog(self._document, start, self._window)
        dialog.reportAsked.connect(self.write)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write(self, target: Path, over: str = "auto", reviewed_only: bool = False) -> None:
        """Write the report of the open plot to a file; the message bar then offers to open it.

        `over` is the area that its figures are about, as `birchtree report --over` names it.
        """
        self._last_folder = target.parent
        arguments = ["report", str(self._document.project.path), "-o", str(target), "--over", over]
        arguments += ["--reviewed-only"] if reviewed_only else []
        if (language := current()) != "pseudo":
            arguments += ["--language", language]
        decimal_mark = QLocale().decimalPoint()
        if decimal_mark in (".", ","):
            arguments += ["--decimal-mark", decimal_mark]
        title = self.tr("Writing the report")
        self._jobs.add(_KIND, title, arguments, done=lambda facts: self._tell_written(target, facts), failed=self._tell)

    def _tell_written(self, target: Path, facts: Mapping[str, object]) -> None:
        stand = facts.get("stand")
        trees = stand.get("trees", 0) if isinstance(stand, Mapping) else 0
        text = self.tr("Report on {count} trees written to {name}.").format(count=trees, name=target.name)
        if trees == 1:
            text = self.tr("Report on one tree written to {name}.").format(name=target.name)
        action = QAction(self.tr("Open"), self)
        action.triggered.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(target))))
        self._window.messages.show_message(Message("success", text, action))

    def _tell(self, failure: WorkerFailure) -> None:
        if failure.is_cancelled:
            self._window.messages.show_message(Message("info", self.tr("The report was stopped; no file was written.")))
            return
        self._window.messages.show_message(Message("error", failure.message, None, failure.details))
