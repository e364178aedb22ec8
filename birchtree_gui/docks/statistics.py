"""The panel with live charts of the plot's crowns; brushing a chart selects crowns, and the selection shows in all."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from birchtree_gui import species_names, units
from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.plot_statistics import ChartFigures, PlotStatistics
from birchtree_gui.theme import tabular
from birchtree_gui.widgets.action_button import action_button
from birchtree_gui.widgets.charts.bars import HistogramChart, NameChart
from birchtree_gui.widgets.charts.chart import Mode
from birchtree_gui.widgets.charts.scatter import ScatterChart

_FACTS_WIDTH = 204


class StatisticsPanel(QWidget):
    """A few figures on the left, four charts beside them.

    Args:
        document: what is open and selected.
        statistics: makes the figures.
        report: the action that writes the report; None to leave its button out.
    """

    def __init__(
        self,
        document: PlotDocument,
        statistics: PlotStatistics,
        report: QAction | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._statistics = statistics
        self.figures: ChartFigures | None = None
        self.heights = HistogramChart(self.tr("Height"), self.tr("height, m"), "m", self)
        self.diameters = HistogramChart(self.tr("Crown diameter"), self.tr("crown diameter, m"), "m", self)
        self.species = NameChart(self.tr("Species"), self)
        self.scatter = ScatterChart(self.tr("Height (m) by crown"), self.tr("crown diameter, m"), self)
        self._charts = (self.heights, self.diameters, self.scatter, self.species)
        self._values: dict[str, QLabel] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(12)
        layout.addWidget(self._make_facts(report))
        for chart in self._charts:
            layout.addWidget(chart, 3 if chart is self.species else 2)
            chart.brushed.connect(self._select)
        statistics.ready.connect(self._show)
        document.selectionChanged.connect(self._show_selection)

    def _make_facts(self, report: QAction | None) -> QWidget:
        side = QWidget(self)
        side.setFixedWidth(_FACTS_WIDTH)
        form = QFormLayout()
        form.setHorizontalSpacing(10)
        form.setVerticalSpacing(2)
        for name, title in (
            ("trees", self.tr("Trees")),
            ("per_ha", self.tr("Per hectare")),
            ("height", self.tr("Mean height")),
            ("weighted", self.tr("By crown area")),
            ("biomass", self.tr("Biomass")),
            ("cut", self.tr("Cut by border")),
            ("selected", self.tr("Selected")),
        ):
            label, value = (
                QLabel(title, side, textFormat=Qt.TextFormat.PlainText),
                QLabel(units.MISSING, side, textFormat=Qt.TextFormat.PlainText),
            )
            label.setProperty("role", "muted")
            value.setFont(tabular(value.font()))
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._values[name] = value
            form.addRow(label, value)
        form.setRowVisible(self._values["cut"], False)
        self._form = form
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(form)
        layout.addStretch()
        if report is not None:
            layout.addWidget(action_button(report, side))
        return side

    # ---- figures

    def value(self, name: str) -> str:
        """The text of a figure."""
        return self._values[name].text()

    def _show(self, figures: ChartFigures | None) -> None:
        self.figures = figures
        if figures is None:
            self._clear()
            return
        names = tuple(species_names.shown(name) or self.tr("not named") for name in figures.names)
        self.heights.show_histogram(figures.heights, figures.height_class)
        self.diameters.show_histogram(figures.diameters, figures.diameter_class)
        self.scatter.show_values(figures.diameter_m, figures.height_m)
        self.species.show_names(names, figures.name_class, figures.unsure)
        self._show_facts(figures)
        self._show_selection()

    def _clear(self) -> None:
        for value in self._values.values():
            value.setText(units.MISSING)

    def _show_facts(self, figures: ChartFigures) -> None:
        stand, area = figures.stand, figures.area
        texts = {"trees": units.count(len(figures.ids))}
        if stand is not None:
            texts["height"] = units.quantity(stand.height_m.mean, "m")
            texts["weighted"] = units.quantity(stand.crown_weighted_height_m, "m")
            texts["cut"] = units.count(stand.cut) if stand.cut else ""
        if stand is not None and area is not None:
            hectares = units.quantity(area.area_m2 / 10_000, "ha", 2)
            per_ha = units.number(stand.trees_per_ha, 0)
            texts["per_ha"] = self.tr("{count} on {area}").format(count=per_ha, area=hectares)
            biomass = None if stand.stems is None else stand.stems.biomass_t_ha
            if biomass is not None:
                texts["biomass"] = units.quantity(biomass.value, "t/ha", 0)
                if biomass.low is not None and biomass.high is not None:
                    low, high = units.number(biomass.low, 0), units.number(biomass.high, 0)
                    texts["biomass"] += f" ({low}–{high})"
        for name, value in self._values.items():
            if name != "selected":
                value.setText(texts.get(name, units.MISSING))
        self._form.setRowVisible(self._values["cut"], bool(texts.get("cut")))
        basis = "" if area is None else area.basis
        about = {
            "aoi": self.tr("Trees whose crown has its centre in the area of interest"),
            "valid": self.tr("Trees wherever the orthomosaic has data"),
        }
        self._values["per_ha"].setToolTip(about.get(basis, ""))
        self._values["weighted"].setToolTip(self.tr("Mean height weighted by crown area, like Lorey's height"))
        whole = self.tr("Heights and crown diameters are those of the trees that the mosaic's border does not cut")
        for name in ("height", "cut"):
            self._values[name].setToolTip(whole)
        self._values["biomass"].setToolTip(self.tr("Estimated, with its 95 % interval; the report names the equation"))

    # ---- the selection, both ways

    def _show_selection(self) -> None:
        figures = self.figures
        if figures is None or not self.isVisible():
            return
        places = figures.places(self._document.selection)
        for chart in self._charts:
            chart.show_selected(places)
        self._values["selected"].setText(units.count(len(places)) if len(places) else units.MISSING)

    def _select(self, places: npt.NDArray[np.int64], mode: Mode) -> None:
        if self.figures is None:
            return
        chosen = frozenset(self.figures.ids[places].tolist())
        before = self._document.selection
        self._document.set_selection({"replace": chosen, "add": before | chosen, "toggle": before ^ chosen}[mode])

    def showEvent(self, event: QShowEvent) -> None:
        """Figures are made only for a panel that is seen."""
        super().showEvent(event)
        self._statistics.watch(True)
        self._show_selection()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more."""
        super().hideEvent(event)
        self._statistics.watch(False)
