"""Two dates in the window: the second survey, the table, the colours, the other picture, carrying over, export."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from birchtree_gui.main_window import MainWindow
from inference.crowns import edits
from inference.project.store import Project

WAIT_MS = 60_000


@pytest.fixture
def earlier(project_path: Path) -> Path:
    """The same forest before: one tree is not there yet, all others a bit smaller."""
    path = Path(shutil.copy(project_path, project_path.parent / "last_year.birch.gpkg"))
    with Project.open(path) as project:
        crowns = project.table.crowns()
        project.apply(edits.delete(crowns[:1], by="ann", at="t"))
        smaller = edits.change("Smaller", crowns[1:], lambda crown: crown.with_outline(crown.outline.buffer(-0.1)))
        kept = [crown for crown in smaller.added if crown.outline.geom_type == "Polygon" and not crown.outline.is_empty]
        ids = {crown.tree_id for crown in kept}
        project.apply(replace(smaller, removed=tuple(c for c in crowns if c.tree_id in ids), added=tuple(kept)))
        project.set_meta("survey_date", "2025-07-01")
    return path


@pytest.fixture
def compared(plot_window: MainWindow, earlier: Path, qtbot: QtBot) -> MainWindow:
    with qtbot.waitSignal(plot_window.dates.second.compared, timeout=WAIT_MS):
        plot_window.dates.open_second(earlier)
    return plot_window


def test_growth_and_new_trees_are_listed_and_coloured(compared: MainWindow, qtbot: QtBot) -> None:
    dates = compared.dates
    report, panel = dates.second.report, dates.panel
    assert report is not None
    assert panel is not None
    fates = [change.fate for change in report.changes]
    assert fates.count("survived") >= len(fates) - 3
    assert panel.model.rowCount() == len(fates)
    assert "cm off" in panel.facts.text()
    assert dates.layer.isVisible()
    panel.fate.setCurrentIndex(panel.fate.findData("survived"))
    assert panel.model.rowCount() == fates.count("survived")
    panel.view.sortByColumn(9, Qt.SortOrder.DescendingOrder)
    first, last = panel.model.change(0), panel.model.change(panel.model.rowCount() - 1)
    assert first is not None
    assert last is not None
    assert (first.area_growth_m2 or 0) >= (last.area_growth_m2 or 0)
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    assert compared.services.document.selection == {first.later_id}
    panel.later_day.setText("2026-07-01")
    with qtbot.waitSignal(dates.second.compared, timeout=WAIT_MS):
        panel.later_day.editingFinished.emit()
    assert dates.second.report is not None
    assert dates.second.report.years == pytest.approx(1.0, abs=0.01)
    assert compared.services.document.project.meta("survey_date") == "2026-07-01"


def test_the_key_shows_the_other_date_and_back(compared: MainWindow, qtbot: QtBot) -> None:
    picture = compared.dates.picture
    compared.map.setFocus()
    qtbot.keyClick(compared.map, Qt.Key.Key_Backslash)
    assert picture.isVisible()
    qtbot.waitUntil(lambda: picture.is_ready, timeout=WAIT_MS)
    qtbot.keyClick(compared.map, Qt.Key.Key_Backslash)
    assert not picture.isVisible()


def test_a_double_click_goes_to_the_tree_and_the_scale_bar_stays_in_sight(compared: MainWindow) -> None:
    dates, view = compared.dates, compared.map
    panel = dates.panel
    assert panel is not None
    before = view.view.scale
    panel.view.doubleClicked.emit(panel.model.index(0, 0))
    assert view.view.scale > 1.5 * before
    change = panel.model.change(0)
    assert change is not None
    assert view.georeference is not None
    left, top, right, bottom = view.georeference.box_to_px(change.outline.bounds)
    assert view.view.centre_px == pytest.approx(((left + right) / 2, (top + bottom) / 2), abs=1.0)
    for sheet in (dates.layer, dates.picture):
        image = QImage(view.size(), QImage.Format.Format_ARGB32)
        image.fill(0)
        sheet.render(image, QPoint(), QRegion(), QWidget.RenderFlag(0))
        assert image.pixelColor(16, view.height() - 16).alpha() > 200  # the plate of the north arrow


def test_columns_that_tell_nothing_are_left_out(compared: MainWindow) -> None:
    panel = compared.dates.panel
    assert panel is not None
    for column in range(panel.model.columnCount()):
        told = any(panel.model.data(panel.model.index(row, column)) for row in range(panel.model.rowCount()))
        if column in panel.model.told_columns:
            assert panel.view.isColumnHidden(column) != told
        else:
            assert not panel.view.isColumnHidden(column)


def test_crowns_are_carried_over_as_one_step(compared: MainWindow, qtbot: QtBot) -> None:
    document = compared.services.document
    table = document.table
    assert table is not None
    document.do(edits.delete(table.crowns()[3:8], by="ann", at="t"))
    before = int(table.visible.sum())
    with qtbot.waitSignal(compared.dates.second.compared, timeout=WAIT_MS):
        compared.actions_by_name["dates.carry"].trigger()
    assert before < int(table.visible.sum()) <= before + 5
    assert "Carry over" in str(document.undo_name)
    document.undo()
    assert int(table.visible.sum()) == before


def test_the_table_is_exported_and_closing_forgets(compared: MainWindow, tmp_path: Path) -> None:
    compared.dates.export_to(tmp_path / "changes.gpkg")
    assert (tmp_path / "changes.gpkg").stat().st_size > 0
    compared.actions_by_name["dates.close"].trigger()
    assert not compared.dates.layer.isVisible()
    assert not compared.actions_by_name["dates.toggle"].isEnabled()


def test_the_open_plot_is_no_second_survey(plot_window: MainWindow, project_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot_window.dates.second.failed, timeout=WAIT_MS) as told:
        plot_window.dates.open_second(project_path)
    assert "is open" in told.args[0]


def test_an_orthomosaic_alone_can_be_looked_at(plot_window: MainWindow, qtbot: QtBot) -> None:
    plot = plot_window.services.document.plot
    assert plot is not None
    with qtbot.waitSignal(plot_window.dates.second.compared, timeout=WAIT_MS):
        plot_window.dates.open_second(plot.sources.ortho)
    assert plot_window.dates.second.report is not None
    assert not plot_window.actions_by_name["dates.carry"].isEnabled()


def test_a_survey_with_the_same_file_name_is_told_apart_by_its_folder(
    plot_window: MainWindow, earlier: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "2024").mkdir()
    twin = tmp_path / "2024" / plot_window.services.document.project.path.name
    shutil.copy(earlier, twin)
    with qtbot.waitSignal(plot_window.dates.second.opened, timeout=WAIT_MS):
        plot_window.dates.open_second(twin)
    assert plot_window.dates.second.second is not None
    assert plot_window.dates.second.second.name == f"2024/{twin.name}"


def told_by(window: MainWindow) -> tuple[str, list[str]]:
    legend = window.map.furniture.legend
    return legend.heading.text(), [button.text() for button in legend.buttons]


def test_the_legend_tells_the_fates_while_they_are_coloured(compared: MainWindow, qtbot: QtBot) -> None:
    dates, legend = compared.dates, compared.map.furniture.legend
    panel = dates.panel
    assert panel is not None
    assert dates.second.report is not None
    fates = {change.fate for change in dates.second.report.changes}
    title, lines = told_by(compared)
    assert title == "Two dates"
    assert set(lines) == {panel.model.fate_names[fate] for fate in fates}
    assert not legend.isHidden()
    survived = next(button for button in legend.buttons if button.text() == "Survived")
    other = next(button for button in legend.buttons if button.text() != "Survived")
    survived.click()
    assert panel.fate.currentData() == "survived"
    other.click()  # one fate at a time, as in the panel
    assert panel.model.fate_names[panel.fate.currentData()] == other.text()
    assert (survived.isChecked(), other.isChecked()) == (False, True)
    other.click()
    assert panel.fate.currentData() == ""
    panel.fate.setCurrentIndex(panel.fate.findData("survived"))
    assert survived.isChecked()
    assert compared.table.filter_line.text() == ""  # the crowns are all there
    compared.actions_by_name["dates.close"].trigger()
    assert told_by(compared)[0] == "Status"
    assert not legend.is_filtering


def test_what_the_legend_of_crowns_left_off_comes_back_with_two_dates(
    plot_window: MainWindow, earlier: Path, qtbot: QtBot
) -> None:
    first = plot_window.map.furniture.legend.buttons[0]
    first.click()
    assert plot_window.table.filter_line.text()
    with qtbot.waitSignal(plot_window.dates.second.compared, timeout=WAIT_MS):
        plot_window.dates.open_second(earlier)
    assert plot_window.table.filter_line.text() == ""
