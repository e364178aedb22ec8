"""Areas on the map and in their panel: drawn with the mouse, ticked, named, undone; the grid and control plots."""

from collections.abc import Callable

import pytest
import shapely
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from birchtree_gui.canvas.tools.area_corners import AreaCornersTool
from birchtree_gui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def working(plot_window: MainWindow, qtbot: QtBot) -> MainWindow:
    plot_window.areas.show_panel()
    plot_window.actions_by_name["tool.area"].trigger()
    assert plot_window.map.current_tool == "area"
    qtbot.waitUntil(lambda: plot_window.map.is_settled, timeout=20_000)
    return plot_window


def drag(window: MainWindow, qtbot: QtBot, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(window.map, LEFT, pos=start)
    for step in (0.3, 0.6, 1.0):
        qtbot.mouseMove(window.map, start + (end - start) * step)
        QApplication.processEvents()
    qtbot.mouseRelease(window.map, LEFT, pos=end)


@pytest.fixture
def in_hand(working: MainWindow, qtbot: QtBot) -> Callable[[QPoint, QPoint], None]:
    return lambda start, end: drag(working, qtbot, start, end)


def paints_something(window: MainWindow) -> bool:
    """Whether the layer of areas puts anything on the map."""
    blank, painted = (QImage(window.map.size(), QImage.Format.Format_RGB32) for _ in range(2))
    for image in (blank, painted):
        image.fill(Qt.GlobalColor.black)
    painter = QPainter(painted)
    window.areas.layer.paint(painter)
    painter.end()
    return painted != blank


def test_a_rectangle_is_one_drag_and_one_undo(working: MainWindow, in_hand: Callable[[QPoint, QPoint], None]) -> None:
    document = working.services.document
    middle = working.map.rect().center()
    in_hand(middle - QPoint(80, 60), middle + QPoint(70, 50))
    (area,) = document.project.areas()
    assert (area.kind, area.name, area.edited_by) == ("complete", "Area 1", document.by)
    assert working.areas.layer.areas == (area,)
    assert document.undo_name == "Draw complete area"
    assert working.areas.panel is not None
    assert working.areas.panel.model.areas == (area,)
    document.undo()
    assert document.project.areas() == ()
    assert working.areas.layer.areas == ()
    document.redo()
    assert document.project.areas() == (area,)


def test_areas_can_be_left_off_the_map_and_come_back_when_one_is_drawn(
    working: MainWindow, in_hand: Callable[[QPoint, QPoint], None]
) -> None:
    shown, view = working.actions_by_name["view.areas"], working.map
    middle = view.rect().center()
    in_hand(middle - QPoint(80, 60), middle + QPoint(70, 50))
    assert paints_something(working)
    view.set_tool("select")
    shown.trigger()
    assert not shown.isChecked()
    assert not paints_something(working)
    working.actions_by_name["tool.area"].trigger()
    assert shown.isChecked()
    assert paints_something(working)


def test_corners_of_an_area_are_dragged_added_and_removed(
    working: MainWindow, in_hand: Callable[[QPoint, QPoint], None], qtbot: QtBot
) -> None:
    document, panel, view = working.services.document, working.areas.panel, working.map
    assert panel is not None
    middle = view.rect().center()
    in_hand(middle - QPoint(80, 60), middle + QPoint(80, 60))
    (drawn,) = document.project.areas()
    panel.select(drawn.area_id)
    qtbot.mouseClick(panel.corners_button, LEFT)
    tool = view.belt.tool
    assert isinstance(tool, AreaCornersTool)
    assert tool.area_id == drawn.area_id

    def corners() -> list[QPoint]:
        (area,) = document.project.areas()
        places = view.to_screen(shapely.get_coordinates(area.outline)[:-1])
        return [QPoint(round(x), round(y)) for x, y in places.tolist()]

    first = corners()[0]
    in_hand(first, first + (middle - first) * 0.4)
    (moved,) = document.project.areas()
    assert moved.outline.area < drawn.outline.area
    assert len(corners()) == 4
    one, two = corners()[:2]
    in_hand((one + two) / 2, (one + two) / 2 + (middle - (one + two) / 2) * 0.3)
    assert len(corners()) == 5
    qtbot.mouseClick(view, LEFT, Qt.KeyboardModifier.AltModifier, corners()[0])
    assert len(corners()) == 4
    for _ in range(3):
        document.undo()
    assert document.project.areas() == (drawn,)
    assert tool.area_id == drawn.area_id
    document.undo()
    assert tool.area_id is None
    assert "Click the area" in view.hint


def test_a_click_takes_the_smallest_area(
    working: MainWindow, in_hand: Callable[[QPoint, QPoint], None], qtbot: QtBot
) -> None:
    middle = working.map.rect().center()
    in_hand(middle - QPoint(90, 70), middle + QPoint(90, 70))
    in_hand(middle - QPoint(20, 20), middle + QPoint(20, 20))
    working.map.set_tool("area_corners")
    qtbot.mouseClick(working.map, LEFT, pos=middle)
    tool = working.map.belt.tool
    assert isinstance(tool, AreaCornersTool)
    small = min(working.services.document.project.areas(), key=lambda area: area.outline.area)
    assert tool.area_id == small.area_id


def test_corners_by_click_and_the_first_closes(working: MainWindow, qtbot: QtBot) -> None:
    middle = working.map.rect().center()
    places = [middle + QPoint(dx, dy) for dx, dy in ((-60, -60), (60, -50), (50, 60), (-50, 40))]
    for place in (*places, places[0]):
        qtbot.mouseMove(working.map, place)
        qtbot.mouseClick(working.map, LEFT, pos=place)
    (area,) = working.services.document.project.areas()
    assert len(shapely.get_coordinates(area.outline)) == 5
    assert area.outline.is_valid


def test_escape_drops_a_rectangle(working: MainWindow, qtbot: QtBot) -> None:
    middle = working.map.rect().center()
    qtbot.mousePress(working.map, LEFT, pos=middle)
    qtbot.mouseMove(working.map, middle + QPoint(60, 60))
    qtbot.keyClick(working.map, Qt.Key.Key_Escape)
    qtbot.mouseRelease(working.map, LEFT, pos=middle + QPoint(60, 60))
    assert working.services.document.project.areas() == ()


def test_the_list_ticks_names_deletes_and_draws_anew(
    working: MainWindow, qtbot: QtBot, in_hand: Callable[[QPoint, QPoint], None]
) -> None:
    panel, document = working.areas.panel, working.services.document
    assert panel is not None
    middle = working.map.rect().center()
    in_hand(middle - QPoint(80, 60), middle)
    model = panel.model
    index = model.index(0, 0)
    assert model.setData(index, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert document.project.areas()[0].done
    assert "1 of 1 done, 100 %" in panel.progress.text()
    assert model.setData(model.index(0, 0), "North edge")
    assert model.setData(model.index(0, 3), "wind")
    assert (document.project.areas()[0].name, document.project.areas()[0].note) == ("North edge", "wind")
    before = document.project.areas()[0]
    panel.select(before.area_id)
    qtbot.mouseClick(panel.reshape_button, LEFT)
    in_hand(middle, middle + QPoint(90, 80))
    (after,) = document.project.areas()
    assert after.area_id == before.area_id
    assert after.name == "North edge"
    assert after.outline != before.outline
    panel.select(after.area_id)
    qtbot.mouseClick(panel.delete_button, LEFT)
    assert document.project.areas() == ()


def test_a_grid_is_laid_and_worked_through(working: MainWindow, qtbot: QtBot) -> None:
    panel, document = working.areas.panel, working.services.document
    assert panel is not None
    panel.side.setValue(20)
    qtbot.mouseClick(panel.lay_grid, LEFT)
    cells = document.project.areas("cell")
    assert len(cells) >= 4
    scale = working.map.view.scale
    working.actions_by_name["areas.next"].trigger()
    (first,) = panel.selected
    assert first == cells[0]
    assert working.map.view.scale > scale
    panel.model.setData(panel.model.index(0, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    panel.select(first.area_id)
    working.actions_by_name["areas.next"].trigger()
    assert panel.selected[0].area_id == cells[1].area_id
    panel.side.setValue(40)
    qtbot.mouseClick(panel.lay_grid, LEFT)
    assert len(document.project.areas("cell")) < len(cells)
    document.undo()
    assert len(document.project.areas("cell")) == len(cells)


def test_the_list_is_worked_down_by_keyboard(working: MainWindow, qtbot: QtBot) -> None:
    panel = working.areas.panel
    assert panel is not None
    panel.make_grid()
    first, second = panel.model.areas[:2]
    panel.view.setFocus()
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    qtbot.keyClick(panel.view, Qt.Key.Key_Space)  # ticks it
    qtbot.keyClick(panel.view, Qt.Key.Key_Down)  # and the keys are still in the list, one row further
    qtbot.keyClick(panel.view, Qt.Key.Key_Space)
    assert [area.done for area in panel.model.areas[:2]] == [True, True]
    assert [area.area_id for area in panel.selected] == [second.area_id]
    assert panel.progress.text().startswith("2 of")
    assert panel.view.hasFocus()
    working.services.document.undo()
    working.services.document.undo()
    assert not any(area.done for area in panel.model.areas)
    assert panel.model.areas[0].area_id == first.area_id


def test_control_plots_are_drawn_inside_and_apart(working: MainWindow, qtbot: QtBot) -> None:
    panel, document = working.areas.panel, working.services.document
    assert panel is not None
    panel.count.setValue(3)
    panel.size_m.setValue(4)
    qtbot.mouseClick(panel.draw_plots, LEFT)
    qtbot.mouseClick(panel.draw_plots, LEFT)
    plots = document.project.areas("control")
    assert [plot.name for plot in plots] == ["P1", "P2", "P3", "P4", "P5", "P6"]
    extent = document.plot.extent  # type: ignore[union-attr]
    assert all(extent.covers(plot.outline) for plot in plots)
    assert not any(a.outline.intersects(b.outline) for a in plots for b in plots if a is not b)
    panel.size_m.setValue(300)
    with qtbot.waitSignal(document.message) as told:
        qtbot.mouseClick(panel.draw_plots, LEFT)
    assert "room" in told.args[1]
    panel.kind.setCurrentIndex(panel.kind.findData("complete"))
    assert panel.model.areas == ()
