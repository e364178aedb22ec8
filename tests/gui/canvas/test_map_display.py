"""What lies over the map: legend, swipe line, second view, overview, labels, stretch and the mark of another cursor."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from map_hand import HEIGHT_PX, WIDTH_PX, MapHand
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from birchtree_gui.canvas.layers import DEFAULT_LAYERS, alone
from birchtree_gui.canvas.second_view import MapDesk
from inference.plot.display_style import BandStyle


def furniture_of(hand: MapHand):  # type: ignore[no-untyped-def]
    return hand.map.furniture


# ---- legend


def test_pressing_a_line_of_the_legend_shows_only_those_crowns_and_picks_no_others(plot_map: MapHand) -> None:
    legend = furniture_of(plot_map).legend
    texts = [button.text() for button in legend.buttons]
    assert texts == ["Proposed", "Accepted", "Edited", "Drawn"]
    before = plot_map.colour_at(500 - 80, 200)  # the border of the accepted crown
    QTest.mouseClick(legend.buttons[0], Qt.MouseButton.LeftButton)
    assert legend.is_filtering
    assert plot_map.colour_at(500 - 80, 200) != before
    plot_map.click(500, 200)
    assert plot_map.document.selection == frozenset()
    plot_map.click(200, 200)
    assert plot_map.document.selection == frozenset({1})
    plot_map.click(400, 600)  # 5 is proposed and lies in 4, which is left off
    assert plot_map.document.selection == frozenset({5})
    assert plot_map.map.shown_among(np.array([1, 2, 3, 4, 5])).tolist() == [1, 5]
    QTest.mouseClick(legend.buttons[0], Qt.MouseButton.LeftButton)
    assert plot_map.colour_at(500 - 80, 200) == before


def test_the_legend_follows_the_colouring_and_drops_its_choice_with_it(plot_map: MapHand) -> None:
    legend = furniture_of(plot_map).legend
    QTest.mouseClick(legend.buttons[1], Qt.MouseButton.LeftButton)
    assert plot_map.map.shown_among(np.arange(1, 6)).tolist() == [2]
    plot_map.map.set_colour_by("species")
    assert [button.text() for button in legend.buttons] == ["Picea glauca", "Not known"]
    assert not legend.is_filtering
    assert plot_map.map.shown_among(np.arange(1, 6)).tolist() == [1, 2, 3, 4, 5]
    plot_map.map.set_colour_by("height")
    assert legend.buttons[0].text().startswith("<")
    assert legend.buttons[-1].text() == "Not known"
    assert not legend.isHidden()
    plot_map.map.set_crowns_visible(False)
    assert legend.isHidden()


def test_the_legend_folds(plot_map: MapHand) -> None:
    legend = furniture_of(plot_map).legend
    tall = legend.height()
    QTest.mouseClick(legend.heading, Qt.MouseButton.LeftButton)
    assert legend.height() < tall / 2
    assert legend.geometry().bottom() <= plot_map.map.height() - 12


@pytest.mark.parametrize("colour_by", ["review", "species", "height", "score"])
def test_kinds_of_the_legend_and_the_tables_filter_say_the_same(plot_map: MapHand, colour_by: str) -> None:
    from birchtree_gui.canvas.crown_colouring import Colouring
    from birchtree_gui.docks.crown_filter import parse

    table = plot_map.document.table
    assert table is not None
    colouring = Colouring.of(colour_by, table)  # type: ignore[arg-type]
    kinds = colouring.kinds(table)
    for entry in colouring.legend():
        line = colouring.expression(frozenset({entry.kind}))
        assert parse(line)(table).tolist() == (kinds == entry.kind).tolist(), (entry, line)
    assert colouring.expression(frozenset()) == ""


# ---- swipe


def test_the_swipe_line_uncovers_another_layer_to_its_right(surface_map: MapHand) -> None:
    view, hand = surface_map.map, surface_map
    furniture = furniture_of(hand)
    left, right = (950.0, 700.0), (1100.0, 700.0)
    view.set_crowns_visible(False)
    plain = hand.colour_at(*right)
    furniture.compare_with("hillshade", ("Orthomosaic", "DSM hillshade"))
    furniture.set_swipe(True)
    furniture.swipe.move_to(hand.at(1000, 0).x() / view.width())
    grey = hand.colour_at(*right)
    assert max(grey) - min(grey) <= 2
    assert hand.colour_at(*left)[2] == pytest.approx(90, abs=3)  # the orthomosaic's blue
    furniture.set_swipe(False)
    assert hand.colour_at(*right) == plain


def test_the_swipe_line_is_dragged_and_the_tool_sees_nothing_of_it(surface_map: MapHand) -> None:
    view, hand = surface_map.map, surface_map
    furniture = furniture_of(hand)
    furniture.compare_with("chm", ("", ""))
    furniture.set_swipe(True)
    before = hand.map.view
    start = QPoint(view.width() // 2, view.height() // 2)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(view, QPoint(200, 300))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(200, 300))
    assert furniture.swipe._rasters.swipe == pytest.approx(0.25)
    assert hand.document.selection == frozenset()
    assert hand.map.view == before
    furniture.swipe.move_by(-1.0)
    assert 0 < furniture.swipe._rasters.swipe < 0.1


# ---- overview


def test_a_click_in_the_overview_goes_there(plot_map: MapHand) -> None:
    view, furniture = plot_map.map, furniture_of(plot_map)
    plot_map.settle()
    assert not furniture.overview.is_shown  # the whole plot is on the map
    view.zoom_by(6)
    assert furniture.overview.is_shown
    rect = furniture.overview.rect
    at = QPointF(rect.left() + rect.width() * 0.25, rect.top() + rect.height() * 0.75).toPoint()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    x_px, y_px = view.view.centre_px
    assert x_px == pytest.approx(0.25 * WIDTH_PX, abs=15)
    assert y_px == pytest.approx(0.75 * HEIGHT_PX, abs=15)
    assert plot_map.document.selection == frozenset()
    furniture.set_overview_shown(False)
    assert not furniture.overview.is_shown


# ---- second view


@pytest.fixture
def desk(qtbot: QtBot, surface_map: MapHand) -> Iterator[MapDesk]:
    made = MapDesk(surface_map.map)
    made.resize(1000, 600)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.shut_down()
    surface_map.map.setParent(None)
    made.deleteLater()


def test_the_second_view_moves_with_the_map_and_shows_its_cursor(
    qtbot: QtBot, desk: MapDesk, surface_map: MapHand
) -> None:
    desk.compare_with("dsm")
    desk.map.zoom_by(4)
    place = desk.map.view.centre_px
    desk.show_second(True)
    second = desk.second
    assert second is not None
    qtbot.waitUntil(lambda: second.width() > 200)
    assert desk.map.view.centre_px == pytest.approx(place)
    assert second.layers == alone("dsm")
    desk.map.zoom_by(3)
    assert second.view.scale == desk.map.view.scale
    assert second.view.centre_px == pytest.approx(desk.map.view.centre_px)
    second.set_view(second.view.panned(50, 20))
    assert desk.map.view.centre_px == pytest.approx(second.view.centre_px)
    desk.map.cursorMoved.emit(500_010.0, 5_099_990.0)
    assert second.furniture._mark_px == pytest.approx((100.0, 100.0))
    desk.map.cursorLeft.emit()
    assert second.furniture._mark_px is None
    qtbot.waitUntil(lambda: second.is_settled)
    desk.show_second(False)
    assert not desk.shows_second
    desk.map.zoom_to_plot()
    qtbot.waitUntil(lambda: desk.map.width() > 900)
    assert desk.map.camera.shows_all  # the hidden one has another size, and does not take this one along
    desk.map.zoom_by(2)  # a hidden second view follows when it comes back
    desk.show_second(True)
    assert second.view.scale == desk.map.view.scale


# ---- labels and stretch


def test_labels_are_left_out_where_they_do_not_fit(plot_map: MapHand) -> None:
    view = plot_map.map
    view.set_label_by("none")
    view.zoom_by(2)
    plot_map.settle()
    bare = view.grab().toImage()
    view.set_label_by("id")
    plot_map.settle()
    assert view.grab().toImage() != bare
    view.set_label_by("note")  # nobody has written any
    plot_map.settle()
    assert view.grab().toImage() == bare


def test_other_bands_and_another_stretch_reach_the_map(plot_map: MapHand) -> None:
    view = plot_map.map
    view.set_crowns_visible(False)
    red, green, blue = plot_map.colour_at(900, 225)
    view.set_band_style(BandStyle((3, 2, 1)))
    assert plot_map.colour_at(900, 225) == (blue, green, red)
    view.set_band_style(BandStyle(mode="min_max", per_band=True))
    stretched = plot_map.colour_at(900, 225)
    assert stretched[0] == pytest.approx(255 * 0.75, abs=4)
    assert stretched[1] == pytest.approx(255 * 0.25, abs=4)


def test_a_band_that_does_not_exist_is_told(qtbot: QtBot, plot_map: MapHand) -> None:
    with qtbot.waitSignal(plot_map.document.message, timeout=10_000) as told:
        plot_map.map.set_band_style(BandStyle((1, 2, 9)))
    assert "3 bands" in told.args[1]


def test_the_layers_of_a_closed_plot_are_closed(
    map_on: Callable[[Path], MapHand], copy_of: Callable[[str], Path]
) -> None:
    hand = map_on(copy_of("surface"))
    hand.settle()
    layers = hand.map._scene.rasters.plot_layers
    assert layers is not None
    hand.document.close()
    assert all(source._closed for source in layers._sources)
    assert hand.map.layers == DEFAULT_LAYERS
