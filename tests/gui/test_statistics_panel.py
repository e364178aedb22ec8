"""The charts: what they show, brushing them with mouse and keys, and the selection in both directions."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import shapely
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPalette
from pytestqt.qtbot import QtBot

from birchtree_gui import decisions
from birchtree_gui.docks.statistics import StatisticsPanel
from birchtree_gui.document import PlotDocument, now
from birchtree_gui.jobs.plot_statistics import PlotStatistics, figures_of
from birchtree_gui.main_window import MainWindow
from birchtree_gui.widgets.charts.bars import HistogramChart
from inference.crowns.crown import Crown, Measures
from inference.crowns.table import CrownTable
from inference.project.store import Project
from inference.report.columns import CrownColumns

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
WAIT_MS = 20_000


@pytest.fixture
def measured_project(project_path: Path) -> Path:
    """The small plot with heights that follow from the ids, and two species."""
    with Project.open(project_path) as project:
        ids = project.table.ids.tolist()
        project.set_measures({i: Measures(height_m=5.0 + i % 20, height_source="DSM-DTM") for i in ids})
    return project_path


@pytest.fixture
def panel(qtbot: QtBot, open_document: PlotDocument, measured_project: Path) -> Iterator[StatisticsPanel]:
    del measured_project
    open_document.refresh()
    statistics = PlotStatistics(open_document)
    made = StatisticsPanel(open_document, statistics)
    qtbot.addWidget(made)
    made.resize(1300, 190)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: made.figures is not None and made.figures.area is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not statistics.is_busy, timeout=WAIT_MS)
    yield made
    statistics.shut_down()


def class_of(document: PlotDocument, chart: HistogramChart, panel: StatisticsPanel, number: int) -> set[int]:
    """Ids of the crowns in a class of heights."""
    assert panel.figures is not None
    low, high = panel.figures.heights.edges[number : number + 2]
    table = document.table
    assert table is not None
    heights = np.asarray(table.column("height_m"), np.float64)
    whole = table.visible & ~np.asarray(table.column("edge"), bool)
    return set(table.ids[whole & (heights >= low) & (heights < high)].tolist())


def middle(chart: HistogramChart, number: int) -> QPoint:
    return chart.bar(number, 1).center().toPoint()


def test_the_charts_show_all_crowns(panel: StatisticsPanel, open_document: PlotDocument) -> None:
    table = open_document.table
    assert table is not None
    cut = int(np.asarray(table.column("edge"), bool).sum())
    assert panel.heights.counts.sum() == len(table) - cut
    assert panel.diameters.counts.sum() == len(table) - cut
    assert panel.species.counts.sum() == len(table)
    assert panel.value("trees") == str(len(table))
    assert " ha" in panel.value("per_ha")
    assert panel.value("height").endswith(" m")
    assert not panel.heights.selected.any()


def test_a_click_on_a_bar_selects_its_crowns(qtbot: QtBot, panel: StatisticsPanel, open_document: PlotDocument) -> None:
    chart = panel.heights
    qtbot.mouseClick(chart, LEFT, NONE, middle(chart, 3))
    assert open_document.selection == class_of(open_document, chart, panel, 3)
    assert chart.selected[3] == chart.counts[3]
    assert chart.selected.sum() == chart.counts[3]
    assert panel.value("selected") == str(len(open_document.selection))
    qtbot.mouseClick(chart, LEFT, SHIFT, middle(chart, 5))
    both = class_of(open_document, chart, panel, 3) | class_of(open_document, chart, panel, 5)
    assert open_document.selection == both
    qtbot.mouseClick(chart, LEFT, CTRL, middle(chart, 3))
    assert open_document.selection == class_of(open_document, chart, panel, 5)


def test_a_drag_selects_several_classes(qtbot: QtBot, panel: StatisticsPanel, open_document: PlotDocument) -> None:
    chart = panel.heights
    qtbot.mousePress(chart, LEFT, NONE, middle(chart, 6))
    qtbot.mouseMove(chart, middle(chart, 4))
    assert chart.brushed_range is not None
    qtbot.mouseRelease(chart, LEFT, NONE, middle(chart, 4))
    wanted = set().union(*(class_of(open_document, chart, panel, number) for number in (4, 5, 6)))
    assert open_document.selection == wanted
    assert chart.brushed_range is None


def test_keys_do_the_same(qtbot: QtBot, panel: StatisticsPanel, open_document: PlotDocument) -> None:
    chart = panel.heights
    chart.setFocus()
    for _ in range(3):
        qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Right, SHIFT)
    assert chart.brushed_range == (2, 3)
    assert "m" in chart.accessibleDescription()
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    wanted = class_of(open_document, chart, panel, 2) | class_of(open_document, chart, panel, 3)
    assert open_document.selection == wanted
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert open_document.selection == frozenset()
    scatter = panel.scatter
    qtbot.keyClick(scatter, Qt.Key.Key_Right)
    qtbot.keyClick(scatter, Qt.Key.Key_Right)
    qtbot.keyClick(scatter, Qt.Key.Key_Space)
    assert len(open_document.selection) == 1
    assert "crown diameter" in scatter.accessibleDescription()


def test_a_box_and_a_click_in_the_scatter(qtbot: QtBot, panel: StatisticsPanel, open_document: PlotDocument) -> None:
    scatter, figures = panel.scatter, panel.figures
    assert figures is not None
    area = scatter.area.toRect()
    qtbot.mousePress(scatter, LEFT, NONE, area.topLeft())
    qtbot.mouseMove(scatter, area.center())
    qtbot.mouseRelease(scatter, LEFT, NONE, area.bottomRight() + QPoint(1, 1))
    known = np.isfinite(figures.height_m)
    assert open_document.selection == set(figures.ids[known].tolist())
    place = int(np.flatnonzero(known)[0])
    qtbot.mouseClick(scatter, LEFT, NONE, scatter.at(place).toPoint())
    assert len(open_document.selection) == 1
    chosen = scatter.at(int(figures.places(open_document.selection)[0]))
    assert (chosen - QPointF(scatter.at(place))).manhattanLength() < 12


def test_the_maps_selection_shows_in_every_chart(panel: StatisticsPanel, open_document: PlotDocument) -> None:
    assert panel.figures is not None
    ids = panel.figures.ids[np.isfinite(panel.figures.height_m)][:7]
    open_document.set_selection(ids.tolist())
    assert panel.heights.selected.sum() == 7
    assert panel.diameters.selected.sum() == 7
    assert panel.species.selected.sum() == 7
    assert len(panel.scatter.selected) == 7
    open_document.set_selection([])
    assert not panel.heights.selected.any()


def test_an_edit_is_counted_at_once(qtbot: QtBot, panel: StatisticsPanel, open_document: PlotDocument) -> None:
    table = open_document.table
    assert table is not None
    before = len(table)
    gone = table.get(int(table.ids[0]))
    open_document.do(decisions.delete([gone], by="Ana", at=now()))
    qtbot.waitUntil(lambda: panel.value("trees") == str(before - 1), timeout=WAIT_MS)
    open_document.undo()
    qtbot.waitUntil(lambda: panel.value("trees") == str(before), timeout=WAIT_MS)


def test_closing_the_plot_empties_the_panel(panel: StatisticsPanel, open_document: PlotDocument) -> None:
    open_document.close()
    assert panel.figures is None
    assert panel.value("trees") == "–"


def test_a_hidden_panel_costs_nothing(qtbot: QtBot, open_document: PlotDocument) -> None:
    statistics = PlotStatistics(open_document)
    made = StatisticsPanel(open_document, statistics)
    qtbot.addWidget(made)
    open_document.crownsChanged.emit(None)
    assert not statistics.is_busy
    statistics.shut_down()


def test_figures_of_many_crowns_and_their_places() -> None:
    rng = np.random.default_rng(5)
    crowns = [
        Crown(
            int(number),
            shapely.box(0, 0, size, size),
            species=f"Species {number % 90}" if number % 4 else None,
            species_score=0.2 if number % 2 else 0.9,
            measures=Measures(height_m=float(rng.uniform(2, 30))),
        )
        for number, size in enumerate(rng.uniform(1, 8, 500), start=1)
    ]
    figures = figures_of(CrownColumns.of(CrownTable(crowns)), None)
    assert figures.heights.counts.sum() == 500
    assert len(figures.names) == 60
    assert (figures.name_class == -1).any()
    assert sorted(figures.places(frozenset({1, 500, 501, 9999})).tolist()) == [0, 499]
    empty = figures_of(CrownColumns.of(CrownTable([])), None)
    assert (len(empty.heights), empty.names, empty.stand) == (0, (), None)


def test_the_window_has_the_panel(qtbot: QtBot, plot_window: MainWindow) -> None:
    window = plot_window
    dock = window.docks["statistics"]
    assert dock.isHidden()
    dock.toggleViewAction().trigger()
    panel = dock.widget()
    assert isinstance(panel, StatisticsPanel)
    qtbot.waitUntil(lambda: panel.figures is not None, timeout=WAIT_MS)
    chart = panel.diameters
    qtbot.mouseClick(chart, LEFT, NONE, middle(chart, int(np.argmax(chart.counts))))
    assert len(window.services.document.selection) == chart.counts.max()
    for theme in ("dark", "light"):
        window.services.theme.choose(theme)
        picture = panel.grab().toImage()
        accent = window.palette().color(QPalette.ColorRole.Accent).rgb()
        seen = {picture.pixel(x, y) for x in range(0, picture.width(), 2) for y in range(0, picture.height(), 2)}
        assert accent in seen
