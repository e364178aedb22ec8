"""The Plot menu: its rasters and what the checks found."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from birchtree_gui.actions.needs import PlotNeeds, no_run
from birchtree_gui.actions.registry import ActionSpec
from birchtree_gui.dialogs.open_plot import OpenPlotDialog
from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.plot_runs import PlotRuns
from birchtree_gui.widgets.message_bar import Message, MessageBar
from inference.plot.sources import PlotSources


class PlotActions(QObject):
    """What the Plot menu does."""

    def __init__(self, document: PlotDocument, runs: PlotRuns, messages: MessageBar, window: QWidget) -> None:
        super().__init__(window)
        self._document = document
        self._runs = runs
        self._messages = messages
        self._window = window
        self._measure = QAction(self.tr("Measure all crowns again"), self)
        self._measure.triggered.connect(self._measure_again)

    def specs(self) -> tuple[ActionSpec, ...]:
        """The actions of this menu."""
        needs = PlotNeeds(self._document)
        return (
            ActionSpec(
                "plot.rasters",
                self.tr("&Rasters…"),
                self.ask_rasters,
                (),
                "ortho",
                self.tr("Use another orthomosaic, DSM or DTM for this plot"),
                (*needs.editable, no_run(lambda: self._runs.is_busy)),
            ),
            ActionSpec(
                "plot.findings",
                self.tr("What the &checks found"),
                self.show_findings,
                (),
                "info",
                self.tr("Say again what was noticed when the plot was opened"),
                needs.opened,
            ),
        )

    def ask_rasters(self) -> None:
        """Show which rasters the plot has, and let the user choose others."""
        plot = self._document.plot
        if plot is None:
            return
        dialog = OpenPlotDialog(plot.sources, self._window, project=self._document.project.path)
        dialog.chosen.connect(self.use_rasters)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def use_rasters(self, sources: PlotSources, project: Path) -> None:
        """Open the plot with other files; crowns whose heights come from others are offered to be measured."""
        plot = self._document.plot
        if plot is None or plot.sources == sources:
            return
        same = (plot.sources.ortho, plot.sources.dsm, plot.sources.dtm) == (sources.ortho, sources.dsm, sources.dtm)
        then = self._tell_area if same else self._offer_measuring
        self._document.opened.connect(then, Qt.ConnectionType.SingleShotConnection)
        self._document.open_with_rasters(sources, project)

    def _offer_measuring(self) -> None:
        plot, table = self._document.plot, self._document.table
        if plot is not None and plot.elevation is not None and table is not None and table.visible.any():
            text = self.tr("The rasters of this plot are others now. Its crowns still have the old heights.")
            self._messages.show_message(Message("warning", text, self._measure))

    def _tell_area(self) -> None:
        plot = self._document.plot
        if plot is not None and plot.sources.aoi is not None:
            text = self.tr("{name} is the area of interest now: runs and the report keep to it. The crowns stay.")
            self._messages.show_message(Message("success", text.format(name=plot.sources.aoi.name)))

    def _measure_again(self) -> None:
        self._runs.measure(again=True)

    def show_findings(self) -> None:
        """Say again what was found when the plot was opened."""
        findings = self._document.findings
        if not findings:
            self._messages.show_message(Message("success", self.tr("The checks found nothing wrong with this plot.")))
        for found in reversed(findings):
            self._messages.show_message(Message("info" if found.severity == "info" else "warning", found.sentence))
