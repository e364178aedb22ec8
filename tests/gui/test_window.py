"""The window as a whole: pages, opening, selection in step, undo, messages, panels."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from birchtree_gui.app import build
from birchtree_gui.dialogs.error import ErrorDialog
from birchtree_gui.dialogs.export import ExportDialog
from birchtree_gui.dialogs.open_plot import OpenPlotDialog
from birchtree_gui.dialogs.run_model import RunModelDialog
from birchtree_gui.main_window import MainWindow
from birchtree_gui.widgets.message_bar import Message
from birchtree_gui.widgets.welcome import RecentPlot
from inference.crowns import edits
from inference.plot.sources import PlotSources
from inference.sample import SamplePlot

OPEN_MS = 20_000
RUN_MS = 120_000


def some_ids(window: MainWindow, count: int) -> list[int]:
    table = window.services.document.table
    assert table is not None
    return table.ids[table.visible][:count].tolist()


def trigger(window: MainWindow, name: str) -> None:
    action = window.actions_by_name[name]
    assert action.isEnabled(), name
    action.trigger()


def dialog(qtbot: QtBot, kind: type[QDialog]) -> QDialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind), timeout=OPEN_MS)
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


@pytest.fixture(autouse=True)
def no_dialog_left() -> Iterator[None]:
    yield
    assert QApplication.activeModalWidget() is None


# ---- pages and opening


def test_the_welcome_page_comes_first(window: MainWindow) -> None:
    assert not window.area.shows_map
    assert window.welcome.isVisible()
    assert not any(dock.isVisible() for dock in window.docks.values())
    assert window.actions_by_name["file.open"].isEnabled()
    assert not window.actions_by_name["file.export"].isEnabled()


def test_opening_a_plot_shows_map_and_crowns(plot_window: MainWindow) -> None:
    assert plot_window.area.shows_map
    assert plot_window.windowTitle() == "forest - BirchTree"
    assert plot_window.docks["inspector"].isVisible()
    assert plot_window.table.model.rowCount() > 10
    assert not plot_window.empty.isVisible()
    trigger(plot_window, "file.close")
    assert not plot_window.area.shows_map
    assert not plot_window.docks["crowns"].isVisible()
    assert [Path(line).name for line in plot_window.services.settings.value.recent] == ["forest.birch.gpkg"]


def test_an_orthomosaic_asks_for_its_elevation(
    window: MainWindow, tiny_plot: SamplePlot, tmp_path: Path, qtbot: QtBot
) -> None:
    window.files.open_path(tiny_plot.ortho)
    asked = dialog(qtbot, OpenPlotDialog)
    assert isinstance(asked, OpenPlotDialog)
    qtbot.waitUntil(lambda: asked._dsm.path is not None, timeout=OPEN_MS)
    assert asked._dsm.path == tiny_plot.dsm
    assert asked._dtm.path == tiny_plot.dtm
    assert asked._project.path is not None
    assert asked._project.path.name == "tiny_ortho.birch.gpkg"
    asked._project.set_path(tmp_path / "asked.gpkg")
    assert not asked._open.isEnabled()
    asked._project.set_path(tmp_path / "asked.birch.gpkg")
    with qtbot.waitSignal(window.services.document.opened, timeout=OPEN_MS):
        qtbot.mouseClick(asked._open, Qt.MouseButton.LeftButton)
    assert window.empty.isVisible()


def test_what_cannot_be_opened_is_told_in_the_message_bar(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    bad = tmp_path / "bad.birch.gpkg"
    bad.write_bytes(b"nothing")
    with qtbot.waitSignal(window.services.document.openFailed, timeout=OPEN_MS):
        window.files.open_path(bad)
    assert window.messages.current is not None
    assert window.messages.current.level == "error"
    assert window.messages.isVisible()
    assert not window.area.shows_map


def test_recent_plots_are_on_the_welcome_page(
    window: MainWindow, project_path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    gone = tmp_path / "gone.birch.gpkg"
    window.services.settings.change(lambda settings: settings.with_recent(gone).with_recent(project_path))
    window.welcome.show_recent((project_path, gone))
    lines = window.welcome.findChildren(RecentPlot)
    assert [(line.path, line.is_there) for line in lines] == [(project_path, True), (gone, False)]
    with qtbot.waitSignal(window.services.document.opened, timeout=OPEN_MS):
        qtbot.mouseClick(lines[0], Qt.MouseButton.LeftButton)


def test_findings_are_told_when_a_plot_opens(
    window: MainWindow, tiny_plot: SamplePlot, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.services.document.opened, timeout=OPEN_MS):
        window.services.document.open_ortho(PlotSources(tiny_plot.ortho), tmp_path / "flat.birch.gpkg")
    findings = window.services.document.findings
    warnings = [found.sentence for found in findings if found.severity == "warning"]
    if warnings:
        assert window.messages.current is not None
        assert window.messages.current.text == warnings[0]
    trigger(window, "plot.findings")
    assert window.messages.current is not None
    assert window.messages.current.text == findings[0].sentence
    for needs_heights in ("view.chm", "models.measure"):
        assert window.actions_by_name.why_not(needs_heights) == "This plot has no DSM: Plot > Rasters adds one."


# ---- selection, table, inspector


def test_a_click_on_the_map_selects_in_table_and_inspector(plot_window: MainWindow, qtbot: QtBot) -> None:
    document = plot_window.services.document
    assert document.table is not None
    wanted = some_ids(plot_window, 5)[4]
    plot_window.map.zoom_to_ids([wanted])
    inside = shapely.point_on_surface(document.table.get(wanted).outline)
    (x, y) = plot_window.map.to_screen(shapely.get_coordinates(inside))[0]
    hit = document.table.at(inside.x, inside.y)
    with qtbot.waitSignal(document.selectionChanged):
        qtbot.mouseClick(plot_window.map, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    assert document.selection == {hit}
    rows = plot_window.table.view.selectionModel().selectedRows()
    assert [int(plot_window.table.model.shown[row.row()]) for row in rows] == [hit]
    titles = [label.text() for label in plot_window.inspector.findChildren(QLabel) if label.isVisible()]
    assert f"Crown {hit}" in titles


def test_rows_select_on_the_map(plot_window: MainWindow) -> None:
    plot_window.table.view.selectRow(2)
    assert plot_window.services.document.selection == {int(plot_window.table.model.shown[2])}
    trigger(plot_window, "edit.select_all")
    assert len(plot_window.services.document.selection) == plot_window.table.model.rowCount()
    trigger(plot_window, "edit.select_none")
    assert not plot_window.table.view.selectionModel().hasSelection()


def test_sorting_and_filtering_keep_the_selection(plot_window: MainWindow, qtbot: QtBot) -> None:
    chosen = frozenset(some_ids(plot_window, 3))
    document = plot_window.services.document
    document.set_selection(chosen)
    plot_window.table.view.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert document.selection == chosen
    assert len(plot_window.table.view.selectionModel().selectedRows()) == 3
    plot_window.table.filter_line.setText(f"id = {min(chosen)}")
    plot_window.table.apply_filter()
    assert plot_window.table.model.rowCount() == 1
    assert document.selection == chosen
    plot_window.table.filter_line.setText("heigt > 3")
    plot_window.table.apply_filter()
    assert plot_window.table.filter_line.property("invalid") is True
    assert plot_window.table.model.rowCount() == 1
    plot_window.table.filter_line.clear()
    plot_window.table.apply_filter()
    assert plot_window.table.filter_line.property("invalid") is False


def test_a_new_order_shows_its_start(plot_window: MainWindow) -> None:
    view = plot_window.table.view
    view.scrollToBottom()
    assert view.verticalScrollBar().value() > 0
    view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert view.verticalScrollBar().value() == 0
    view.scrollToBottom()
    plot_window.table.filter_line.setText("height > 1")
    plot_window.table.apply_filter()
    assert view.verticalScrollBar().value() == 0


def test_ctrl_a_in_the_table_selects_what_passes_the_filter(plot_window: MainWindow, qtbot: QtBot) -> None:
    table, document = plot_window.table, plot_window.services.document
    assert document.table is not None
    heights = document.table.column("height_m")[document.table.visible]
    middle_m = float(sorted(heights)[len(heights) // 2])
    table.filter_line.setText(f"height > {middle_m:.2f}")
    table.apply_filter()
    shown = set(table.model.shown.tolist())
    assert 0 < len(shown) < len(heights)
    table.view.setFocus()
    qtbot.keyClick(table.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert document.selection == shown
    plot_window.map.setFocus()
    qtbot.keyClick(plot_window.map, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(document.selection) == len(heights)


def test_columns_have_room_for_their_numbers(plot_window: MainWindow, qtbot: QtBot) -> None:
    view, model = plot_window.table.view, plot_window.table.model
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() == 0)  # once the panels have their sizes
    wide = {"tree_id": "12345", "height_m": "123.4", "area_m2": "1234.5", "review": "proposed"}
    for place, column in enumerate(model.columns):
        if column.name in wide:
            # 6 px of padding on each side and the line between columns
            assert view.columnWidth(place) >= view.fontMetrics().horizontalAdvance(wide[column.name]) + 13, column.name


def test_double_click_zooms_to_a_crown(plot_window: MainWindow, qtbot: QtBot) -> None:
    view = plot_window.table.view
    before = plot_window.map.m_per_screen_px
    cell = view.visualRect(plot_window.table.model.index(1, 1)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert plot_window.map.m_per_screen_px < before


def test_columns_are_remembered(plot_window: MainWindow) -> None:
    names = [column.name for column in plot_window.table.model.columns]
    place = names.index("score")
    assert plot_window.table.view.isColumnHidden(place)
    plot_window.table.arrangement.set_shown("score", True)
    assert not plot_window.table.view.isColumnHidden(place)
    assert "score" not in plot_window.services.settings.value.hidden_columns


def test_the_inspector_edits_species_and_note(plot_window: MainWindow, qtbot: QtBot) -> None:
    document = plot_window.services.document
    ids = some_ids(plot_window, 2)
    document.set_selection(ids)
    trigger(plot_window, "crowns.species")
    qtbot.keyClicks(plot_window.inspector._species, "Picea mariana")
    qtbot.keyClick(plot_window.inspector._species, Qt.Key.Key_Return)
    assert [crown.species for crown in document.selected_crowns()] == ["Picea mariana"] * 2
    assert plot_window.focusWidget() is plot_window.map
    qtbot.keyClicks(plot_window.inspector._note, "edge of the bog")
    qtbot.keyClick(plot_window.inspector._note, Qt.Key.Key_Return)
    assert {crown.note for crown in document.selected_crowns()} == {"edge of the bog"}
    assert document.undo_name == "Write note on 2 crowns"


# ---- edits


def test_delete_and_undo_by_key(plot_window: MainWindow, qtbot: QtBot) -> None:
    document = plot_window.services.document
    chosen = some_ids(plot_window, 2)
    before = plot_window.table.model.rowCount()
    document.set_selection(chosen)
    plot_window.map.setFocus()
    qtbot.keyClick(plot_window.map, Qt.Key.Key_Delete)
    assert plot_window.table.model.rowCount() == before - 2
    assert document.selection == frozenset()
    assert plot_window.actions_by_name["edit.undo"].text() == "&Undo Delete 2 crowns"
    qtbot.keyClick(plot_window.map, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert plot_window.table.model.rowCount() == before
    assert plot_window.actions_by_name["edit.redo"].text() == "&Redo Delete 2 crowns"
    assert plot_window.history.model.entry(0).undone
    plot_window.history._go_to(plot_window.history.model.index(0))
    assert plot_window.table.model.rowCount() == before - 2


def test_letters_choose_tools_only_on_the_map(plot_window: MainWindow, qtbot: QtBot) -> None:
    plot_window.map.setFocus()
    qtbot.keyClick(plot_window.map, Qt.Key.Key_P)
    assert plot_window.map.current_tool == "draw"
    assert plot_window.actions_by_name["tool.draw"].isChecked()
    plot_window.table.filter_line.setFocus()
    qtbot.keyClick(plot_window.table.filter_line, Qt.Key.Key_V)
    assert plot_window.map.current_tool == "draw"
    assert plot_window.table.filter_line.text() == "v"


def test_a_changed_outline_is_measured_again_within_a_second(plot_window: MainWindow, qtbot: QtBot) -> None:
    document = plot_window.services.document
    assert document.table is not None
    crown = document.table.get(some_ids(plot_window, 4)[3])
    smaller = shapely.convex_hull(crown.outline.buffer(-0.1))
    document.set_selection({crown.tree_id})
    assert document.do(edits.change("Reshape crown", [crown], lambda old: old.with_outline(smaller)))
    assert document.table.get(crown.tree_id).needs_measuring
    began_s = time.process_time()  # its work; others may keep a busy machine from it
    qtbot.waitUntil(lambda: not document.table.get(crown.tree_id).needs_measuring, timeout=OPEN_MS)
    assert time.process_time() - began_s < 0.9  # and 60 ms that it waits for more to change
    measures = document.table.get(crown.tree_id).measures
    assert measures is not None
    assert measures.height_p95_m is not None
    assert measures.dbh_cm is not None
    assert document.undo_name == "Reshape crown"
    qtbot.waitUntil(lambda: plot_window.inspector._values["height"].text() == f"{measures.height_m:.1f} m")


def test_next_proposed_crown_goes_round(plot_window: MainWindow) -> None:
    document = plot_window.services.document
    assert document.table is not None
    review = document.table.column("review")
    if not (review == "auto").any():
        trigger(plot_window, "crowns.next")
        assert plot_window.messages.current is not None
        assert "reviewed" in plot_window.messages.current.text


# ---- messages


def test_messages_queue_and_go(window: MainWindow, qtbot: QtBot) -> None:
    bar = window.messages
    asked: list[bool] = []
    action = QAction("Do it", window)
    action.triggered.connect(lambda: asked.append(True))
    bar.show_message(Message("error", "First.", details="trace"))
    bar.show_message(Message("info", "Passing."))
    bar.show_message(Message("warning", "Second.", action))
    assert [message.text for message in bar._messages] == ["First.", "Second."]
    qtbot.mouseClick(bar._action_button, Qt.MouseButton.LeftButton)
    assert asked == [True]
    assert bar.current is not None
    assert bar.current.text == "First."
    bar._details_button.click()
    details = dialog(qtbot, ErrorDialog)
    details.reject()
    qtbot.mouseClick(bar._close, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_what_a_gesture_was_refused_for_goes_with_the_next_edit(plot_window: MainWindow) -> None:
    bar, document = plot_window.messages, plot_window.services.document
    bar.show_message(Message("warning", "The disk is nearly full."))
    plot_window.map.refuse("The stroke must cross the border twice.")
    assert bar.current is not None
    assert bar.current.text == "The stroke must cross the border twice."
    assert bar._timer.isActive()  # nobody has to close it
    assert document.table is not None
    document.set_selection(document.table.ids[:1].tolist())
    trigger(plot_window, "crowns.delete")
    assert bar.current.text == "The disk is nearly full."
    assert not bar._timer.isActive()


def test_a_long_message_is_not_clipped(window: MainWindow) -> None:
    text = "The DSM lies 2.1 m east and 0.4 m south of the orthomosaic. " * 5
    window.link.tell("warning", text)
    bar = window.messages
    assert bar.height() >= bar.heightForWidth(bar.width())
    assert window.area.rect().contains(bar.geometry())


# ---- panels, theme, layout


def test_tab_hides_the_panels_and_brings_them_back(plot_window: MainWindow, qtbot: QtBot) -> None:
    plot_window.map.setFocus()
    qtbot.keyClick(plot_window.map, Qt.Key.Key_Tab)
    assert not any(dock.isVisible() for dock in plot_window.docks.values())
    qtbot.keyClick(plot_window.map, Qt.Key.Key_Tab)
    assert plot_window.docks["inspector"].isVisible()
    assert not plot_window.docks["runs"].isVisible()


def test_reset_layout(plot_window: MainWindow) -> None:
    plot_window.docks["runs"].show()
    plot_window.docks["inspector"].hide()
    trigger(plot_window, "view.reset_layout")
    assert plot_window.docks["inspector"].isVisible()
    assert not plot_window.docks["runs"].isVisible()


def test_layers_follow_menu_and_panel(plot_window: MainWindow) -> None:
    trigger(plot_window, "view.chm")
    shown = {layer.id: layer.visible for layer in plot_window.map.layers}
    assert shown == {"ortho": True, "hillshade": False, "dsm": False, "chm": True, "contours": False}
    plot_window.layers.show_layer("chm", False)
    assert not plot_window.actions_by_name["view.chm"].isChecked()


def test_themes_change_the_colours(window: MainWindow, qapp: QApplication) -> None:
    trigger(window, "view.theme.dark")
    assert qapp.palette().window().color().lightness() < 80
    assert window.services.settings.value.theme == "dark"
    trigger(window, "view.theme.light")
    assert qapp.palette().window().color().lightness() > 200


def test_the_status_bar_tells_place_height_and_scale(plot_window: MainWindow, qtbot: QtBot) -> None:
    bar = plot_window.bar
    assert bar._crs.text() == "EPSG:2950"
    qtbot.mouseMove(plot_window.map, QPoint(300, 300))
    qtbot.waitUntil(lambda: bar._place.text().startswith("E "), timeout=OPEN_MS)
    bar._scale.setEditText("1:100")
    bar._choose_scale()
    assert bar._scale.currentText() == "1:100"
    bar._scale.setEditText("rubbish")
    bar._choose_scale()
    assert bar._scale.currentText() == "1:100"


def test_the_keys_go_to_the_map_when_a_card_above_it_goes(plot_window: MainWindow, qtbot: QtBot) -> None:
    plot_window.activateWindow()
    qtbot.waitUntil(plot_window.isActiveWindow)
    plot_window.empty.show()
    button = plot_window.empty.findChild(QPushButton)
    assert button is not None
    button.setFocus()
    assert QApplication.focusWidget() is button
    plot_window.empty.hide()
    assert QApplication.focusWidget() is plot_window.map


# ---- running


def test_segmenting_in_the_window(window: MainWindow, tiny_sources: PlotSources, tmp_path: Path, qtbot: QtBot) -> None:
    document = window.services.document
    with qtbot.waitSignal(document.opened, timeout=OPEN_MS):
        document.open_ortho(tiny_sources, tmp_path / "run.birch.gpkg")
    trigger(window, "models.segment")
    asked = dialog(qtbot, RunModelDialog)
    assert isinstance(asked, RunModelDialog)
    assert asked.model_id == "birch-crowns"
    with qtbot.waitSignal(window.services.runs.segmented, timeout=RUN_MS) as segmented:
        asked.start.click()
        assert not window.empty.isVisible()
        assert not window.actions_by_name["models.segment"].isEnabled()
    assert document.table is not None
    assert segmented.args[0] == len(document.table) > 0
    assert all(crown.measures is not None for crown in document.table.crowns())
    assert document.staged_outlines == ()
    assert window.messages.current is not None
    assert window.messages.current.action is not None
    legend = window.map.furniture.legend
    qtbot.waitUntil(legend.isVisible)
    window.messages._action_button.click()
    assert window.review.session.is_active
    window.review.leave()
    qtbot.waitUntil(lambda: window.actions_by_name["models.segment"].isEnabled())
    trigger(window, "edit.undo")
    assert window.empty.isVisible()
    qtbot.waitUntil(legend.isHidden)


def test_a_run_that_is_done_again_has_its_heights_again(
    plot_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("birchtree_gui.jobs.plot_runs.FEW_CROWNS", 2)
    monkeypatch.setattr("birchtree_gui.jobs.heights.FEW_CROWNS", 2)
    document, runs = plot_window.services.document, plot_window.services.runs
    with qtbot.waitSignal(runs.segmented, timeout=RUN_MS):
        runs.segment("watershed")
    table = document.table
    assert table is not None
    document.undo()
    document.redo()
    assert any(crown.needs_measuring for crown in table.crowns())  # the journal keeps no measures
    visible = table.ids[table.visible].tolist()
    qtbot.waitUntil(lambda: not any(c.needs_measuring for c in table.crowns(visible)), timeout=RUN_MS)


def test_the_status_bar_counts_what_a_run_has_found(plot_window: MainWindow) -> None:
    document, bar = plot_window.services.document, plot_window.bar
    document.set_staged_outlines([shapely.box(0, 0, 1, 1), shapely.box(2, 0, 3, 1)])
    assert bar._crowns.text() == "2 crowns found so far"
    document.set_staged_outlines(())
    assert "so far" not in bar._crowns.text()


def test_a_stopped_run_can_be_resumed(
    window: MainWindow, tiny_sources: PlotSources, tmp_path: Path, qtbot: QtBot
) -> None:
    document, runs, jobs = window.services.document, window.services.runs, window.services.jobs
    with qtbot.waitSignal(document.opened, timeout=OPEN_MS):
        document.open_ortho(tiny_sources, tmp_path / "run.birch.gpkg")

    def stop_at_once() -> None:
        if jobs.running is not None and jobs.running.progress is not None and jobs.running.state == "running":
            jobs.cancel()

    jobs.changed.connect(stop_at_once)
    with qtbot.waitSignal(runs.stopped, timeout=RUN_MS):
        runs.segment("watershed")
    jobs.changed.disconnect(stop_at_once)
    qtbot.waitUntil(lambda: window.actions_by_name["models.resume"].isEnabled(), timeout=RUN_MS)
    assert window.messages.current is not None
    assert "kept" in window.messages.current.text
    with qtbot.waitSignal(runs.segmented, timeout=RUN_MS):
        trigger(window, "models.resume")
    assert runs.interrupted() is None


def test_exporting_and_importing(plot_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window, document = plot_window, plot_window.services.document
    assert document.table is not None
    count = len(document.table)
    trigger(window, "file.export")
    asked = dialog(qtbot, ExportDialog)
    assert isinstance(asked, ExportDialog)
    target = tmp_path / "out" / "crowns.shp"
    asked.choose(".shp", target, reviewed_only=False)
    assert not asked._export.isEnabled()
    target.parent.mkdir()
    asked.choose(".shp", target, reviewed_only=True)
    asked.choose(".shp", target, reviewed_only=False)
    with qtbot.waitSignal(window.services.runs.exported, timeout=RUN_MS):
        asked._export.click()
    assert target.exists()
    assert target.with_suffix(".cpg").exists()
    assert window.messages.current is not None
    assert f"{count} crowns" in window.messages.current.text
    assert window.services.settings.value.export_folder == str(target.parent)
    with qtbot.waitSignals([window.services.runs.imported, window.services.jobs.idle], timeout=RUN_MS):
        window.drop_files([target])
    assert len(document.table) == count


def test_closing_while_a_run_goes_on(
    window: MainWindow, tiny_sources: PlotSources, tmp_path: Path, qtbot: QtBot
) -> None:
    document = window.services.document
    with qtbot.waitSignal(document.opened, timeout=OPEN_MS):
        document.open_ortho(tiny_sources, tmp_path / "run.birch.gpkg")
    window.services.runs.segment("watershed")
    window.close()
    assert not window.isVisible()
    qtbot.waitUntil(lambda: window.services.jobs.running is None and not document.is_open, timeout=RUN_MS)


def test_the_crown_menu_and_the_finder(plot_window: MainWindow, qtbot: QtBot) -> None:
    trigger(plot_window, "help.find")
    finder = QApplication.activePopupWidget()
    assert finder is not None
    qtbot.keyClicks(finder._line, "zoom to the pl")  # type: ignore[attr-defined]
    before = plot_window.map.m_per_screen_px
    plot_window.map.zoom_by(4)
    qtbot.keyClick(finder._line, Qt.Key.Key_Return)  # type: ignore[attr-defined]
    assert plot_window.map.m_per_screen_px == pytest.approx(before)


# ---- the plot's file and rasters


def test_a_copy_is_saved_and_opens(
    plot_window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.birch.gpkg"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "copy"), ""))
    trigger(plot_window, "file.copy")
    qtbot.waitUntil(lambda: plot_window.messages.current is not None, timeout=OPEN_MS)
    assert plot_window.messages.current is not None
    assert plot_window.messages.current.text == "Copy saved as copy.birch.gpkg."
    with qtbot.waitSignal(plot_window.services.document.opened, timeout=OPEN_MS):
        plot_window.files.open_path(target)
    assert plot_window.table.model.rowCount() > 10


def test_ctrl_s_says_that_all_is_saved(plot_window: MainWindow) -> None:
    trigger(plot_window, "file.save")
    assert plot_window.messages.current is not None
    assert "saved at once" in plot_window.messages.current.text


def test_the_rasters_of_a_plot_can_be_changed(plot_window: MainWindow, qtbot: QtBot) -> None:
    document = plot_window.services.document
    trigger(plot_window, "plot.rasters")
    asked = dialog(qtbot, OpenPlotDialog)
    assert isinstance(asked, OpenPlotDialog)
    assert not asked._project.isEnabled()
    asked._dtm.set_path(None)
    with qtbot.waitSignal(document.opened, timeout=OPEN_MS):
        asked._open.click()
    assert document.plot is not None
    assert document.plot.elevation is not None
    assert document.plot.elevation.source == "DSM-est"
    assert plot_window.messages.current is not None
    assert "old heights" in plot_window.messages.current.text


def test_the_layout_survives_a_restart(
    plot_window: MainWindow, project_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    plot_window.docks["history"].show()
    plot_window.resizeDocks([plot_window.docks["inspector"]], [410], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: plot_window.docks["inspector"].width() == 410)
    plot_window.close()
    again, root = build(qapp)
    with qtbot.waitExposed(again):
        again.show()
    with qtbot.waitSignal(again.services.document.opened, timeout=OPEN_MS):
        again.files.open_path(project_path)
    qtbot.waitUntil(lambda: again.docks["inspector"].width() == 410)
    assert again.docks["history"].isVisible()
    assert not again.docks["runs"].isVisible()
    again.close()
    again.deleteLater()
    root.deleteLater()


def test_a_right_click_in_the_table_offers_what_can_be_done(plot_window: MainWindow, qtbot: QtBot) -> None:
    view = plot_window.table.view
    view.selectRow(1)
    at = view.visualRect(plot_window.table.model.index(1, 1)).center()
    view.customContextMenuRequested.emit(at)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert plot_window.actions_by_name["crowns.delete"] in menu.actions()
    menu.close()
