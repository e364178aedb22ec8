"""Distance, area, rise and the height profile, drawn by mouse on a map."""

import numpy as np
import pytest
from map_hand import GSD_M, MapHand
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from birchtree_gui.canvas.profile_strip import ProfileStrip, round_ticks
from birchtree_gui.canvas.tools.measure import MeasureTool, area_text, length_text, measured
from inference.plot.display_profile import HeightProfile


def take_measure(hand: MapHand) -> MeasureTool:
    hand.map.set_tool("measure")
    tool = hand.map.belt.tool
    assert isinstance(tool, MeasureTool)
    return tool


def test_a_square_measures_its_sides_and_its_area() -> None:
    square = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]])
    assert measured(square, 1.0, closed=False).length_m == pytest.approx(30.0)
    closed = measured(square, 0.3048, closed=True)  # in feet
    assert closed.length_m == pytest.approx(40 * 0.3048)
    assert closed.area_m2 == pytest.approx(100 * 0.3048**2)
    assert measured(square[[0, 2, 1, 3]], 1.0, closed=True).area_m2 is None  # crosses itself
    assert (length_text(3.456), length_text(345.6), length_text(12_345.0)) == ("3.46 m", "345.6 m", "12.35 km")
    assert (area_text(12.34), area_text(25_000.0)) == ("12.3 m²", "25000 m² (2.50 ha)")


def test_distance_on_the_map_stays_until_the_next_one(plot_map: MapHand) -> None:
    tool = take_measure(plot_map)
    plot_map.click(100, 100)
    plot_map.click(400, 100)
    plot_map.hover(700, 100)
    plot_map.key(Qt.Key.Key_Return)
    assert tool.result is not None
    assert tool.result.length_m == pytest.approx(300 * GSD_M, rel=0.01)
    assert tool.result.area_m2 is None
    assert plot_map.document.table is not None
    assert len(plot_map.document.table) == 5  # nothing was drawn
    plot_map.click(700, 700)
    assert tool.result is None
    plot_map.key(Qt.Key.Key_Escape)
    plot_map.key(Qt.Key.Key_Escape)
    assert plot_map.map.current_tool == "select"


def test_the_first_point_closes_an_area(rotated_map: MapHand) -> None:
    tool = take_measure(rotated_map)
    for place in ((200, 200), (600, 200), (600, 500), (200, 500), (200, 200)):
        rotated_map.click(*place)
    assert tool.result is not None
    assert tool.result.area_m2 == pytest.approx(400 * 300 * GSD_M**2, rel=0.02)


def test_backspace_takes_points_back(plot_map: MapHand) -> None:
    tool = take_measure(plot_map)
    for place in ((100, 100), (400, 100), (400, 500)):
        plot_map.click(*place)
    plot_map.key(Qt.Key.Key_Backspace)
    assert tool.result is not None
    assert tool.result.length_m == pytest.approx(300 * GSD_M, rel=0.01)
    assert plot_map.map.undo_point()
    assert tool.result is None


def test_the_rise_is_that_of_the_surface(qtbot: QtBot, surface_map: MapHand) -> None:
    tool = take_measure(surface_map)
    surface_map.click(60, 60)
    surface_map.click(240, 60)
    qtbot.waitUntil(lambda: tool.rise_m is not None, timeout=10_000)
    x = np.array([60, 240]) // 2 * 2
    truth = 8 * np.sin(x / 60.0) * np.cos(60 / 60.0)
    assert tool.rise_m == pytest.approx(truth[1] - truth[0], abs=0.6)


def test_a_profile_follows_the_surface_along_its_line(qtbot: QtBot, surface_map: MapHand) -> None:
    strip = ProfileStrip()
    qtbot.addWidget(strip)
    heights = surface_map.map.line_heights
    heights.profileKnown.connect(strip.show_profile)
    heights.profileCleared.connect(strip.clear)
    surface_map.map.set_tool("profile")
    surface_map.click(100, 300)
    surface_map.click(1000, 300)
    with qtbot.waitSignal(heights.profileKnown, timeout=20_000) as known:
        surface_map.key(Qt.Key.Key_Return)
    profile = known.args[0]
    assert isinstance(profile, HeightProfile)
    assert profile.length_m == pytest.approx(900 * GSD_M, rel=0.01)
    x_px = 100 + profile.distance_m / GSD_M
    truth = 300 + 8 * np.sin(x_px / 60.0) * np.cos(300 / 60.0)
    assert np.abs(profile.dsm_m - truth).max() < 0.5
    assert profile.height_source == "DSM-est"
    assert "long" in strip.summary
    with qtbot.waitSignal(strip.placeRead):
        qtbot.keyClick(strip, Qt.Key.Key_End)
    assert strip.summary.startswith("At 8")
    strip.grab()
    surface_map.key(Qt.Key.Key_Escape)
    assert strip.profile is None
    assert strip.isHidden()


def test_without_a_dsm_the_profile_says_why_not(qtbot: QtBot, plot_map: MapHand) -> None:
    plot_map.map.set_tool("profile")
    plot_map.click(100, 300)
    plot_map.click(1000, 300)
    with qtbot.waitSignal(plot_map.document.message) as told:
        plot_map.key(Qt.Key.Key_Return)
    assert "no DSM" in told.args[1]


@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (312.3, 335.9), (0.0, 161.0), (-3.2, 4.4), (5.0, 5.0)])
def test_ticks_are_round_few_and_inside(low: float, high: float) -> None:
    ticks = round_ticks(low, high)
    assert len(ticks) <= 5
    assert all(low - 1e-6 <= tick <= high + 1e-6 for tick in ticks)
