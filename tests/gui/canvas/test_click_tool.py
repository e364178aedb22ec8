"""Outlining crowns by click: a real ONNX model that draws discs around clicks, the real map, mouse and keys."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from factories_disc_model import IOU, RADIUS_M, write_disc_model
from map_hand import GSD_M, NORTH_UP, OPEN_MS, MapHand, to_crs
from PySide6.QtCore import Qt

from birchtree_gui.jobs.clicks import CrownClicks
from birchtree_gui.settings import SettingsStore
from inference import paths
from inference.crowns.crown import Crown

PLACE = (700.0, 500.0)  # bare ground: no crown within the disc
# The map shows twice the detail that the model was made for, and one click gets the likeliest of its three readings.
DISC_M = 1.5 * RADIUS_M / 2.0
DISC_M2 = 3.1416 * DISC_M**2
DISC_PX = DISC_M / GSD_M


@pytest.fixture
def clicks(plot_map: MapHand, tmp_path: Path) -> Iterator[CrownClicks]:
    """A clicking service on the plot, without a model so far."""
    made = CrownClicks(plot_map.document, SettingsStore(tmp_path / "settings.toml"))
    plot_map.map.clicks = made
    yield made
    plot_map.map.set_tool("select")
    made.shut_down()


@pytest.fixture
def clicker(plot_map: MapHand, clicks: CrownClicks) -> MapHand:
    """The map with the clicking tool in hand and the disc model ready."""
    write_disc_model(paths.data_dir())
    with plot_map.qtbot.waitSignal(clicks.changed, timeout=OPEN_MS):
        plot_map.map.set_tool("click")
    assert clicks.is_ready
    return plot_map


def answered(hand: MapHand) -> None:
    """Wait until the hint offers to accept."""
    hand.qtbot.waitUntil(lambda: "% sure" in hand.map.hint, timeout=OPEN_MS)


def newest(hand: MapHand) -> Crown:
    (crown,) = [crown for crown in hand.document.table.crowns() if crown.tree_id > 5]
    return crown


def test_a_click_and_enter_make_a_crown(clicker: MapHand) -> None:
    clicker.click(*PLACE)
    answered(clicker)
    clicker.key(Qt.Key.Key_Return)
    crown = newest(clicker)
    assert crown.outline.area == pytest.approx(DISC_M2, rel=0.1)
    middle = crown.outline.centroid
    expected = to_crs(NORTH_UP, np.array([PLACE]))[0]
    assert (middle.x, middle.y) == pytest.approx(tuple(expected), abs=0.5)
    assert (crown.review, crown.edited_by) == ("added", clicker.document.by)
    assert crown.score == pytest.approx(IOU[2], abs=0.35)
    assert clicker.document.undo_name == "Outline crown by click"
    assert clicker.map.current_tool == "click"


def test_undo_takes_the_crown_back(clicker: MapHand) -> None:
    clicker.click(*PLACE)
    answered(clicker)
    clicker.key(Qt.Key.Key_Space)
    assert len(clicker.document.table) == 6
    clicker.document.undo()
    assert not clicker.document.is_visible(6)


def test_nothing_is_made_before_it_is_accepted(clicker: MapHand) -> None:
    clicker.click(*PLACE)
    answered(clicker)
    clicker.key(Qt.Key.Key_Escape)
    clicker.key(Qt.Key.Key_Return)
    assert len(clicker.document.table) == 5
    assert clicker.map.current_tool == "click"


def test_escape_drops_marks_first_and_the_tool_last(clicker: MapHand) -> None:
    clicker.click(*PLACE)
    answered(clicker)
    clicker.key(Qt.Key.Key_Escape)
    assert clicker.map.current_tool == "click"
    clicker.key(Qt.Key.Key_Escape)
    assert clicker.map.current_tool == "select"


def test_backspace_takes_the_newest_mark_back(clicker: MapHand) -> None:
    clicker.click(*PLACE)
    answered(clicker)
    far = (PLACE[0] + DISC_PX, PLACE[1])
    clicker.click(*far)
    answered(clicker)
    clicker.key(Qt.Key.Key_Backspace)
    answered(clicker)
    clicker.key(Qt.Key.Key_Return)
    assert newest(clicker).outline.area == pytest.approx(DISC_M2, rel=0.1)


def test_a_right_click_leaves_a_part_out(clicker: MapHand) -> None:
    clicker.click(*PLACE)
    answered(clicker)
    clicker.click(PLACE[0] + 0.7 * DISC_PX, PLACE[1], button=Qt.MouseButton.RightButton)
    answered(clicker)
    clicker.key(Qt.Key.Key_Return)
    assert newest(clicker).outline.area < 0.97 * DISC_M2


def test_enter_before_the_answer_waits_for_it(clicker: MapHand) -> None:
    clicker.click(*PLACE)
    clicker.key(Qt.Key.Key_Return)
    clicker.qtbot.waitUntil(lambda: len(clicker.document.table) == 6, timeout=OPEN_MS)
    assert newest(clicker).outline.area == pytest.approx(DISC_M2, rel=0.1)


def test_a_drag_is_a_box(clicker: MapHand) -> None:
    clicker.drag((600, 400), (700, 480))
    answered(clicker)
    clicker.key(Qt.Key.Key_Return)
    left, bottom, right, top = newest(clicker).outline.bounds
    assert right - left == pytest.approx(10.0, abs=1.0)
    assert top - bottom == pytest.approx(8.0, abs=1.0)


def test_a_new_crown_ends_where_an_accepted_one_begins(clicker: MapHand) -> None:
    # Crown 2 is accepted and reaches to x = 580.
    clicker.click(590, 200)
    answered(clicker)
    clicker.key(Qt.Key.Key_Return)
    accepted = clicker.document.table.get(2).outline
    assert newest(clicker).outline.intersection(accepted).area < 0.01


def test_clicks_refine_the_selected_crown(clicker: MapHand) -> None:
    clicker.document.set_selection((1,))
    before = clicker.document.table.get(1).outline
    clicker.click(290, 200)
    answered(clicker)
    clicker.key(Qt.Key.Key_Return)
    crown = clicker.document.table.get(1)
    assert crown.outline.area > before.area
    assert crown.review == "edited"
    assert clicker.document.undo_name == "Refine crown 1"
    assert len(clicker.document.table) == 5


def test_the_mouse_sees_what_a_click_would_give(clicker: MapHand, clicks: CrownClicks) -> None:
    clicker.click(*PLACE)
    answered(clicker)
    clicker.key(Qt.Key.Key_Escape)
    with clicker.qtbot.waitSignal(
        clicks.answered, timeout=OPEN_MS, check_params_cb=lambda a: a.kind == "hover"
    ) as seen:
        clicker.hover(PLACE[0] + 5, PLACE[1])
    assert seen.args[0].outline.area == pytest.approx(DISC_M2, rel=0.1)
    assert len(clicker.document.table) == 5


def test_without_a_model_the_tool_says_what_to_do(
    plot_map: MapHand, clicks: CrownClicks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("birchtree_gui.jobs.clicks.promptable", lambda: ())  # as in a build without the model inside
    with plot_map.qtbot.waitSignal(clicks.changed, timeout=OPEN_MS):
        plot_map.map.set_tool("click")
    assert "No model for clicking is installed" in plot_map.map.hint
    with plot_map.qtbot.waitSignal(plot_map.document.message, timeout=OPEN_MS) as told:
        plot_map.click(*PLACE)
    assert "No model for clicking is installed" in told.args[1]
    assert len(plot_map.document.table) == 5


def test_closing_the_plot_while_the_model_works_ends_it(clicker: MapHand, clicks: CrownClicks) -> None:
    clicker.click(*PLACE)
    with clicker.qtbot.waitSignal(clicker.document.closed, timeout=OPEN_MS):
        clicker.document.close()
    assert not clicks.is_ready
