"""Reviewing crowns by keyboard in the real window: decisions, history, undo, control crowns, restart, leaving."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
import shapely
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from birchtree_gui.main_window import MainWindow
from inference.crowns import area_edits, edits
from inference.crowns.crown import Crown, Measures
from inference.project.store import Project
from inference.review.state import ReviewState

OPEN_MS = 60_000
Key = Qt.Key
TOP = "Picea glauca 0.500; Abies balsamea 0.450; Betula papyrifera 0.050"


def as_proposed(crown: Crown, number: int, shuffled: random.Random) -> Crown:
    """The same crown as a model would have proposed it."""
    sure = number % 3 == 0
    told = Measures(
        height_m=9.0,
        height_chm_m=9.0,
        height_model_m=9.5 if sure else 14.0,
        species_topk="Picea glauca 0.980; Abies balsamea 0.020" if sure else TOP,
    )
    return Crown(
        crown.tree_id, crown.outline, score=shuffled.uniform(0.1, 0.99), review="auto", run_id="r1",
        species="Picea glauca", species_score=0.5, measures=told,
    )  # fmt: skip


@pytest.fixture
def project_path(crowned_project: Path, tmp_path: Path) -> Path:
    """The small plot with crowns that nobody has looked at."""
    import shutil

    path = Path(shutil.copy(crowned_project, tmp_path / "forest.birch.gpkg"))
    shuffled = random.Random(5)
    with Project.open(path) as project:
        crowns = project.table.crowns()
        made = [as_proposed(crown, number, shuffled) for number, crown in enumerate(crowns)]
        project.apply(edits.CrownEdit("Propose", tuple(crowns), tuple(made)))
    return path


@pytest.fixture
def review(plot_window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window in review mode, the first crown shown."""
    begin(plot_window, qtbot)
    return plot_window


def begin(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_by_name["review.start"].trigger()
    qtbot.waitUntil(lambda: window.review.session.current is not None, timeout=OPEN_MS)


def press(window: MainWindow, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.map, key, keys)


def current(window: MainWindow) -> int:
    crown = window.review.session.current
    assert crown is not None
    return crown.tree_id


def crown_of(window: MainWindow, tree_id: int) -> Crown:
    return window.services.document.project.table.get(tree_id)


def names(window: MainWindow) -> list[str]:
    return [entry.name for entry in window.services.document.history() if not entry.undone]


def test_twenty_crowns_by_keyboard(review: MainWindow) -> None:
    before = len(names(review))
    decided: dict[int, str] = {}
    for number in range(20):
        tree_id = current(review)
        key, status = ((Key.Key_Return, "accepted"), (Key.Key_Delete, "deleted"), (Key.Key_2, "accepted"))[number % 3]
        press(review, key)
        decided[tree_id] = status
        assert current(review) != tree_id
    assert len(decided) == 20
    assert {tree_id: crown_of(review, tree_id).review for tree_id in decided} == decided
    told = [crown_of(review, tree_id) for tree_id in decided]
    assert all(crown.edited_by == review.services.document.by and crown.edited_at for crown in told)
    assert sum(crown.species == "Abies balsamea" for crown in told) == 6
    assert set(names(review)[before:]) == {"Accept crown", "Reject crown", "Set species"}
    assert review.review.session.state.looked == frozenset(decided)
    judged = {control.tree_id: control.verdict for control in review.review.session.controls()}
    assert judged
    right = {"accepted": "right", "deleted": "wrong"}
    assert judged == {tree_id: right[decided[tree_id]] for tree_id in judged}


def test_undo_takes_back_the_decision_and_shows_the_crown(review: MainWindow, qtbot: QtBot) -> None:
    first = current(review)
    press(review, Key.Key_Delete)
    assert crown_of(review, first).review == "deleted"
    assert len(review.review.session.state.looked) == 1
    review.actions_by_name["edit.undo"].trigger()
    assert crown_of(review, first).review == "auto"
    assert current(review) == first
    assert not review.review.session.state.looked  # it is to be decided again, and counted so


def test_the_line_below_the_map_tells_the_keys_of_the_review(review: MainWindow) -> None:
    hints = review.area.hints
    assert "Enter: accept" in hints._hint
    press(review, Key.Key_E)
    assert "Drag a corner" in hints._hint
    assert "Esc: back to the review" in hints._hint
    press(review, Key.Key_Escape)
    assert "Enter: accept" in hints._hint
    press(review, Key.Key_Escape)
    assert "Click: select" in hints._hint


def test_undo_takes_back_the_verdict_on_a_control_crown(review: MainWindow) -> None:
    session = review.review.session
    while session.entry is None or not session.entry.is_control:
        press(review, Key.Key_Return)
    tree_id = current(review)
    press(review, Key.Key_Delete)
    assert [control.verdict for control in session.controls() if control.tree_id == tree_id] == ["wrong"]
    review.actions_by_name["edit.undo"].trigger()
    assert tree_id not in [control.tree_id for control in session.controls()]
    assert current(review) == tree_id


def test_going_back_and_forth_decides_nothing(review: MainWindow) -> None:
    first = current(review)
    press(review, Key.Key_Tab)
    second = current(review)
    assert second != first
    press(review, Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert current(review) == first
    assert crown_of(review, first).review == "auto"
    assert not review.review.session.state.looked
    assert any(not dock.isHidden() for dock in (review.review.dock,) if dock is not None)


def test_skipped_crowns_come_again_at_the_end(review: MainWindow) -> None:
    session = review.review.session
    first = current(review)
    press(review, Key.Key_K)
    assert first in session.state.skipped
    for _ in range(500):
        if current(review) == first:
            break
        press(review, Key.Key_Return)
    press(review, Key.Key_Return)
    assert session.current is None
    assert session.waiting().all == 0
    assert review.messages.current is not None


def test_e_edits_with_the_vertex_tool_and_enter_comes_back(review: MainWindow) -> None:
    document = review.services.document
    first = current(review)
    press(review, Key.Key_E)
    assert review.map.current_tool == "vertex"
    press(review, Key.Key_1)  # no digit of the review while a tool is in hand, and none that takes a tool
    assert review.map.current_tool == "vertex"
    crown = crown_of(review, first)
    smaller = crown.with_outline(crown.outline.buffer(-0.2))
    document.do(edits.change("Move a corner", (crown,), lambda _: edited(smaller)))
    press(review, Key.Key_Return)
    assert review.map.current_tool == "select"
    assert crown_of(review, first).review == "edited"
    assert current(review) != first
    press(review, Key.Key_E)
    press(review, Key.Key_Escape)
    assert review.map.current_tool == "select"
    assert review.review.session.is_active


def edited(crown: Crown) -> Crown:
    from dataclasses import replace

    return replace(crown, review="edited")


def test_n_writes_a_note_in_place(review: MainWindow) -> None:
    first = current(review)
    press(review, Key.Key_N)
    note = review.review.panel.note
    assert note.hasFocus() or note.isEnabled()
    QTest.keyClicks(note, "two stems")
    QTest.keyClick(note, Key.Key_Return)
    assert crown_of(review, first).note == "two stems"
    assert crown_of(review, first).review == "auto"
    assert current(review) == first


def test_own_species_by_shift_and_digit(review: MainWindow, qtbot: QtBot) -> None:
    press(review, Key.Key_2)
    review.actions_by_name["review.leave"].trigger()
    begin(review, qtbot)
    tree_id = current(review)
    press(review, Key.Key_1, Qt.KeyboardModifier.ShiftModifier)
    assert crown_of(review, tree_id).species == "Abies balsamea"
    assert crown_of(review, tree_id).species_score is None


def test_the_threshold_rejects_by_one_edit(review: MainWindow, qtbot: QtBot) -> None:
    scores, document = review.review.scores, review.services.document
    table = document.project.table
    doomed = [crown.tree_id for crown in table.crowns() if crown.score is not None and crown.score < 0.35]
    scores.histogram.slider.setValue(35)
    qtbot.waitUntil(lambda: len(review.review.dimmed.ids) == len(doomed), timeout=OPEN_MS)
    assert review.review.dimmed.isVisible()
    qtbot.mouseClick(scores.apply_button, Qt.MouseButton.LeftButton)
    assert names(review)[-1] == f"Reject {len(doomed)} crowns below 0.35"
    assert all(crown_of(review, tree_id).review == "deleted" for tree_id in doomed)
    assert not review.review.dimmed.isVisible()
    assert crown_of(review, current(review)).review == "auto"
    document.undo()
    assert all(crown_of(review, tree_id).review == "auto" for tree_id in doomed)


def test_esc_leaves_and_puts_the_panels_back(plot_window: MainWindow, qtbot: QtBot) -> None:
    shown = {name for name, dock in plot_window.docks.items() if dock.isVisible()}
    begin(plot_window, qtbot)
    assert plot_window.review.dock is not None
    assert not plot_window.docks["inspector"].isVisible()
    press(plot_window, Key.Key_Return)
    press(plot_window, Key.Key_Escape)
    assert not plot_window.review.session.is_active
    assert plot_window.review.dock is None
    assert {name for name, dock in plot_window.docks.items() if dock.isVisible()} == shown
    assert names(plot_window)[-1] == "Accept crown"
    press(plot_window, Key.Key_2)  # digits name outside of the review, too, and stay with the crown
    assert names(plot_window)[-1] == "Set species"
    assert not plot_window.review.session.is_active


def test_the_place_survives_a_restart(review: MainWindow, open_plot: Callable[[], MainWindow], qtbot: QtBot) -> None:
    for _ in range(4):
        press(review, Key.Key_Return)
    press(review, Key.Key_K)
    place, state = current(review), review.review.session.state
    review.actions_by_name["file.close"].trigger()
    assert not review.review.session.is_active
    window = open_plot()
    begin(window, qtbot)
    assert current(window) == place
    assert window.review.session.state == state


def test_filters_change_the_queue(review: MainWindow, qtbot: QtBot) -> None:
    session = review.review.session
    assert session.queue is not None
    everything = len(session.queue)
    review.review.panel.filters._species.click()
    qtbot.waitUntil(lambda: session.queue is not None and len(session.queue) < everything, timeout=OPEN_MS)
    assert session.queue is not None
    assert not any(entry.is_control for entry in session.queue.entries)
    review.review.panel.filters._species.click()
    qtbot.waitUntil(lambda: session.queue is not None and len(session.queue) == everything, timeout=OPEN_MS)


def test_the_crowns_of_an_area_alone(review: MainWindow, qtbot: QtBot) -> None:
    session, document = review.review.session, review.services.document
    assert session.queue is not None
    assert document.plot is not None
    assert document.table is not None
    everything = len(session.queue)
    left, bottom, right, top = document.plot.bounds_crs
    half = shapely.box(left, bottom, (left + right) / 2, top)
    number = document.project.take_area_ids(1).start
    document.do(area_edits.draw(number, half, kind="complete", name="West", by="t", at="2026-01-01T00:00:00Z"))
    where = review.review.panel.filters._where
    where.setCurrentIndex(where.findText("West", Qt.MatchFlag.MatchContains))
    where.activated.emit(where.currentIndex())
    qtbot.waitUntil(lambda: session.queue is not None and len(session.queue) < everything, timeout=OPEN_MS)
    assert session.queue is not None
    middles = [document.table.get(entry.tree_id).outline.centroid for entry in session.queue.entries]
    assert middles
    assert all(half.contains(middle) for middle in middles)
    assert session.state.filters.area_id == number
    assert ReviewState.from_text(session.state.to_text()) == session.state
    assert "West" in where.currentText()


def test_a_click_on_another_crown_shows_it(review: MainWindow) -> None:
    session = review.review.session
    assert session.queue is not None
    other = session.queue.entries[-1].tree_id
    review.services.document.set_selection((other,))
    assert current(review) == other
    press(review, Key.Key_Return)
    assert crown_of(review, other).review == "accepted"


def test_every_control_of_the_panel_has_a_name_and_a_key(review: MainWindow) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QSlider

    controls = [
        control
        for kind in (QAbstractButton, QComboBox, QLineEdit, QSlider)
        for control in review.review.panel.findChildren(kind)
        if control.isVisible() and not control.objectName().startswith("qt_")
    ]
    assert len(controls) > 8
    for control in controls:
        named = control.accessibleName() or (isinstance(control, QAbstractButton) and control.text())
        assert named, control
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, control
        assert control.height() >= 24, (control.accessibleName(), control.height())


def test_a_plot_whose_file_has_gone_can_be_left_and_closed(review: MainWindow, project_path: Path) -> None:
    press(review, Key.Key_Right)  # another place in the queue, to be remembered
    project_path.unlink()
    press(review, Key.Key_Escape)
    assert not review.review.session.is_active
    told = review.messages.current
    assert told is not None
    assert "forest.birch.gpkg was moved, replaced or deleted" in told.text
    review.review.start()
    assert review.close()
    assert not review.services.document.is_open


def test_control_crowns_are_told_apart_from_those_to_go(review: MainWindow, qtbot: QtBot) -> None:
    session, panel = review.review.session, review.review.panel
    assert session.queue is not None
    controls = sum(entry.is_control for entry in session.queue.entries)
    to_go = len(session.queue) - controls
    assert controls > 1
    told = [f"0 decided, {to_go} to go", f"and {controls} control crowns, drawn at random"]
    qtbot.waitUntil(lambda: panel.progress.text().splitlines() == told)  # a moment later: many changes, one line
    while session.entry is not None and not session.entry.is_control:
        press(review, Key.Key_Return)
        to_go -= 1
    press(review, Key.Key_Return)  # the control crown: nothing less to go
    qtbot.waitUntil(
        lambda: f"{to_go} to go" in panel.progress.text() and f"and {controls - 1} " in panel.progress.text()
    )
