"""What is kept between sessions: the display of each plot and the user's taste; notices at the end of runs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from birchtree_gui.display_memory import Display, DisplayMemory, from_values, to_values
from birchtree_gui.jobs.job_list import Job
from birchtree_gui.main_window import MainWindow
from birchtree_gui.notices import LONG_S

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
NAMES = st.sampled_from(["colour_by", "stretch", "shown", "middle_crs", "bands", "opacity_percent", "crowns"])
SHOWN = Display(
    colour_by="height",
    label_by="id",
    compared="chm",
    crowns=False,
    overview=False,
    shown=("ortho", "hillshade"),
    opacity_percent=(("hillshade", 40),),
    stretch=2,
    bands=(3, 2, 1),
    middle_crs=(1.5, 2.5),
    m_per_screen_px=0.1,
)


def test_a_display_comes_back_from_disk(tmp_path: Path) -> None:
    memory = DisplayMemory(tmp_path / "displays.json")
    memory.keep(Path("a.birch.gpkg"), SHOWN)
    again = DisplayMemory(tmp_path / "displays.json")
    assert again.of(Path("a.birch.gpkg")) == SHOWN
    fresh = again.of(Path("b.birch.gpkg"))
    assert (fresh.colour_by, fresh.label_by, fresh.overview) == ("height", "id", False)
    assert (fresh.shown, fresh.middle_crs, fresh.crowns) == (("ortho",), (), True)


@given(st.dictionaries(NAMES, JSON) | JSON)
def test_any_file_gives_a_display(values: object) -> None:
    made = from_values(values)
    assert from_values(to_values(made)).colour_by == made.colour_by


@pytest.mark.parametrize("text", ["", "[]", "{", '{"version": 9}', '{"version": 1, "plots": 3}'])
def test_a_damaged_memory_is_an_empty_one(tmp_path: Path, text: str) -> None:
    (tmp_path / "displays.json").write_text(text, encoding="utf-8")
    assert DisplayMemory(tmp_path / "displays.json").of(Path("a")) == Display()


def test_a_plot_looks_as_it_was_left(qtbot: QtBot, open_plot: Callable[[], MainWindow]) -> None:
    window = open_plot()
    panel, actions = window.layers, window.actions_by_name
    panel.show_choices("height", "id", "chm")
    panel.show_layer("hillshade", True)
    panel.show_stack(frozenset({"ortho", "hillshade"}), {"hillshade": 35})
    panel.ortho_style.choose(3, True, (3, 2, 1))
    actions["view.overview"].setChecked(False)
    window.map.zoom_by(4.0)
    before = window.app.display._now()
    assert before.middle_crs
    window.services.document.close()
    qtbot.waitUntil(lambda: not window.services.document.is_open)
    panel.show_choices("review", "none", "dsm")
    open_plot()
    after = window.app.display._now()
    assert replace(after, middle_crs=(), m_per_screen_px=0.0) == replace(before, middle_crs=(), m_per_screen_px=0.0)
    assert after.m_per_screen_px == pytest.approx(before.m_per_screen_px)
    assert after.middle_crs == pytest.approx(before.middle_crs, abs=0.2)


def ended(window: MainWindow, *, state: str = "done", lasted_s: float = 2 * LONG_S) -> None:
    job = Job(1, "segment", "Segmenting", (), lambda _: None, lambda _: None)
    job.state = state  # type: ignore[assignment]
    job.outcome = "The disk is full."
    job.started_at -= timedelta(seconds=lasted_s)
    window.services.jobs.changed.emit(job)


def test_the_end_of_a_run_is_told_while_another_program_is_in_front(qtbot: QtBot, window: MainWindow) -> None:
    notices = window.app.notices
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    ended(window)
    assert notices.last == ""  # the window is in front: its message bar tells it
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not window.isActiveWindow())
    ended(window, lasted_s=1.0)
    ended(window, state="stopped")
    assert notices.last == ""
    ended(window, state="failed")
    assert "The disk is full." in notices.last
    ended(window)
    assert notices.last == "Segmenting: done."
    notices.last = ""
    window.actions_by_name["view.notify"].setChecked(False)
    assert not window.services.settings.value.notify_runs
    ended(window)
    assert notices.last == ""
