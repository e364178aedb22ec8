"""Swipe, second view, contours, stretch and the legend's filter, from the window's own menus and panels."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from birchtree_gui.canvas.layers import alone
from birchtree_gui.main_window import MainWindow

SETTLED_MS = 60_000


def test_swipe_and_second_view_follow_their_keys_and_the_panel(qtbot: QtBot, plot_window: MainWindow) -> None:
    window, actions = plot_window, plot_window.actions_by_name
    window.map.setFocus()
    assert not actions["view.swipe_left"].isEnabled()
    QTest.keyClick(window.map, Qt.Key.Key_S)
    assert actions["view.swipe"].isChecked()
    assert window.map.furniture.is_swiping
    assert window.map.furniture.swipe.titles == ("Orthomosaic", "DSM hillshade")
    before = window.map.furniture.swipe._rasters.swipe
    QTest.keyClick(window.map, Qt.Key.Key_Comma)
    assert window.map.furniture.swipe._rasters.swipe < before
    window.layers.compared.setCurrentIndex(window.layers.compared.findData("chm"))
    assert window.map.furniture.swipe.titles[1] == "Canopy height"
    window.layers.show_layer("chm", True)  # the same on both sides would show nothing
    assert window.map.furniture.swipe.titles == ("Canopy height", "Orthomosaic")
    window.layers.show_layer("chm", False)
    QTest.keyClick(window.map, Qt.Key.Key_S)
    assert not window.map.furniture.is_swiping
    actions["view.second"].trigger()
    second = window.desk.second
    assert second is not None
    assert second.layers == alone("chm")
    window.layers.colour_by("height")
    assert second._scene.colouring.colour_by == "height"
    qtbot.waitUntil(lambda: second.is_settled and window.map.is_settled, timeout=SETTLED_MS)
    actions["view.second"].trigger()
    assert second.isHidden()


def test_the_legend_filters_the_table_as_well(qtbot: QtBot, plot_window: MainWindow) -> None:
    window = plot_window
    table = window.services.document.table
    assert table is not None
    window.layers.colour_by("height")
    legend = window.map.furniture.legend
    qtbot.waitUntil(legend.isVisible)
    QTest.mouseClick(legend.buttons[0], Qt.MouseButton.LeftButton)
    assert window.table.filter_line.text().startswith("(height <")
    shown = len(window.map.shown_among(table.ids))
    qtbot.waitUntil(lambda: window.table.model.rowCount() == shown)
    assert 0 < shown < len(table)
    legend.clear_choice()
    assert window.table.filter_line.text() == ""


def test_contours_and_stretch_from_menu_and_panel(qtbot: QtBot, plot_window: MainWindow) -> None:
    window = plot_window
    window.actions_by_name["view.contours"].trigger()
    shown = {layer.id: layer.visible for layer in window.map.layers}
    assert shown["contours"]
    style = window.layers.ortho_style
    assert [box.currentData() for box in style.bands] == [1, 2, 3]
    assert not style.per_band.isEnabled()
    with qtbot.waitSignal(style.styleChanged) as told:
        style.stretch.setCurrentIndex(3)
    assert (told.args[0].mode, told.args[0].cut_percent, told.args[0].bands) == ("percentile", 2.0, ())
    assert style.per_band.isEnabled()
    style.bands[0].setCurrentIndex(2)
    assert style.style_wanted.bands == (3, 2, 3)
    qtbot.waitUntil(lambda: window.map.is_settled, timeout=SETTLED_MS)
    assert window.map._scene.rasters.contour_interval_m(window.map.view) is not None
