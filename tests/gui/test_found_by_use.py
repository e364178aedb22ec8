"""What a forester stumbled over with mouse and keys: a legend that lagged, keys and entries that kept silent."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from birchtree_gui import decisions, units
from birchtree_gui.dialogs.run_model import RunModelDialog
from birchtree_gui.docks.cell_editors import species_of
from birchtree_gui.docks.history import WHEN, HistoryPanel, HistoryRow
from birchtree_gui.document import now
from birchtree_gui.main_window import MainWindow
from birchtree_gui.widgets.action_finder import ActionFinder
from birchtree_gui.widgets.charts.bars import HistogramChart
from inference.crowns.crown import Measures
from inference.report.charts import histogram_chart
from inference.report.histogram import histogram
from inference.report.wording import wording

OPEN_MS = 20_000


def name_first(window: MainWindow, species: str) -> None:
    document = window.services.document
    assert document.table is not None
    crown = document.table.get(int(document.table.ids[document.table.visible][0]))
    edit = decisions.name_species([crown], species, by="me", at=now())
    assert edit is not None
    assert document.do(edit)


def legend_texts(window: MainWindow) -> list[str]:
    return [button.text() for button in window.map.furniture.legend.buttons]


# ---- the legend


def test_a_species_that_a_person_names_is_in_the_legend_and_goes_with_undo(
    plot_window: MainWindow, qtbot: QtBot
) -> None:
    plot_window.map.set_colour_by("species")
    before = legend_texts(plot_window)
    name_first(plot_window, "Ostrya virginiana")
    qtbot.waitUntil(lambda: "Ostrya virginiana" in legend_texts(plot_window))
    plot_window.services.document.undo()
    qtbot.waitUntil(lambda: legend_texts(plot_window) == before)


def test_a_line_that_is_pressed_stays_pressed_when_another_species_comes(plot_window: MainWindow, qtbot: QtBot) -> None:
    plot_window.map.set_colour_by("species")
    name_first(plot_window, "Betula papyrifera")
    qtbot.waitUntil(lambda: "Betula papyrifera" in legend_texts(plot_window))
    legend = plot_window.map.furniture.legend
    legend.buttons[legend_texts(plot_window).index("Betula papyrifera")].click()
    assert legend.is_filtering
    name_first(plot_window, "Ostrya virginiana")
    qtbot.waitUntil(lambda: "Ostrya virginiana" in legend_texts(plot_window))
    plot_window.services.document.undo()
    qtbot.waitUntil(lambda: "Ostrya virginiana" not in legend_texts(plot_window))
    assert legend.is_filtering
    assert [one.text() for one in legend.buttons if one.isChecked()] == ["Betula papyrifera"]


def test_heights_that_come_later_get_a_range_of_colours(plot_window: MainWindow, qtbot: QtBot) -> None:
    document = plot_window.services.document
    assert document.table is not None
    ids = document.table.ids.tolist()
    document.set_measures(dict.fromkeys(ids))
    plot_window.map.set_colour_by("height")
    assert legend_texts(plot_window)[0].startswith("< ")
    document.set_measures({i: Measures(height_m=5.0 + i, height_source="DSM-DTM") for i in ids[:20]})
    qtbot.waitUntil(lambda: plot_window.map.furniture.colouring.is_fitted)
    assert plot_window.map.furniture.colouring.low >= 5.0


# ---- why not


def test_commands_say_what_they_lack(window: MainWindow) -> None:
    actions = window.actions_by_name
    assert actions.why_not("file.export") == "Open a plot first."
    assert actions["file.export"].toolTip().endswith("\nOpen a plot first.")
    assert actions.why_not("file.open") == ""
    assert "\n" not in actions["file.open"].toolTip()


def test_each_command_that_cannot_be_done_says_something_of_its_own(plot_window: MainWindow) -> None:
    actions = plot_window.actions_by_name
    plot_window.services.document.set_selection(())
    told = {
        one.objectName(): actions.why_not(one.objectName())
        for one in actions.all()
        if one.isVisible() and not one.isEnabled()
    }
    assert told["crowns.accept"] == told["edit.copy"] == told["species.alike"] == "Select a crown first."
    assert told["dates.carry"] == "Open a second survey first."
    assert told["models.resume"] == "No run was interrupted."
    assert told["models.stop"] == "No run is going on."
    assert told["edit.redo"] == "There is nothing to redo."
    assert told["review.accept"] == "Only in the review of crowns."
    assert told["view.swipe_left"] == "Only while the swipe line is there."
    general = [name for name, text in told.items() if text == "Not possible here and now."]
    assert general == []


def test_a_grey_entry_of_a_menu_says_why_and_others_keep_quiet(
    plot_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(
        "birchtree_gui.actions.menu_reasons.QToolTip.showText", lambda _at, text, _menu: shown.append(text)
    )
    plot_window.services.document.set_selection(())
    action = plot_window.actions_by_name["crowns.note"]
    (menu,) = [one for one in plot_window.menuBar().findChildren(QMenu) if action in one.actions()]
    menu.popup(QPoint(20, 40))
    for each in (action, plot_window.actions_by_name["crowns.next"]):
        at = menu.actionGeometry(each).center()
        QApplication.sendEvent(menu, QHelpEvent(QHelpEvent.Type.ToolTip, at, menu.mapToGlobal(at)))
    menu.close()
    assert shown == ["Select a crown first."]


def test_the_finder_shows_what_is_meant_also_when_it_cannot_be_done(plot_window: MainWindow, qtbot: QtBot) -> None:
    plot_window.services.document.set_selection(())
    actions = plot_window.actions_by_name
    finder = ActionFinder(actions.all(), actions.why_not, plot_window)
    qtbot.addWidget(finder)
    finder._line.setText("snap")
    first = finder._list.topLevelItem(0)
    assert first is not None
    assert first.text(0) == "Snap border to the height valley"
    assert first.text(1) == actions.why_not("crowns.snap") != ""


# ---- digits, right click


def test_a_digit_without_a_likely_species_says_what_to_press(plot_window: MainWindow) -> None:
    document, bar = plot_window.services.document, plot_window.messages
    assert document.table is not None
    ids = document.table.ids[document.table.visible].tolist()
    desk = plot_window.species.desk
    for selection, words in (((), "Select a crown first"), (ids[:2], "name one crown"), (ids[:1], "No model has told")):
        bar.clear()
        document.set_selection(selection)
        assert not desk.name_likely(1)
        assert bar.current is not None
        assert words in bar.current.text
    document.set_measures({ids[0]: Measures(species_topk="Picea glauca 0.900")})
    bar.clear()
    assert not desk.name_likely(4)
    assert bar.current is not None
    assert bar.current.text.startswith("4: ")


def test_the_right_click_on_a_crown_offers_what_can_be_done_with_it(plot_window: MainWindow, qtbot: QtBot) -> None:
    document = plot_window.services.document
    assert document.table is not None
    document.set_selection(document.table.ids[:1].tolist())
    plot_window.link.show_crown_menu(QPoint(300, 300), int(document.table.ids[0]))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    names = [action.objectName() for action in menu.actions()]
    assert {"crowns.accept", "tool.reshape", "crowns.split_peaks", "species.alike", "edit.copy"} <= set(names)
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


# ---- history, charts, models


def test_the_history_keeps_the_time_in_sight(plot_window: MainWindow) -> None:
    name_first(plot_window, "Ostrya virginiana")
    panel = plot_window.history
    assert isinstance(panel, HistoryPanel)
    index = panel.model.index(0, 0)
    assert index.data(WHEN) == units.local_time(now())[-5:]
    option = QStyleOptionViewItem()
    option.rect.setRect(0, 0, 100, 20)
    row = panel.view.itemDelegate()
    assert isinstance(row, HistoryRow)
    row.initStyleOption(option, index)
    assert option.text.endswith("…")
    room = option.fontMetrics.horizontalAdvance(option.text) + option.fontMetrics.horizontalAdvance(index.data(WHEN))
    assert room < 100


def test_times_of_other_days_are_days() -> None:
    earlier = datetime.now(UTC) - timedelta(days=3)
    assert units.short_time(earlier.isoformat()) == earlier.astimezone().strftime("%Y-%m-%d")
    assert units.short_time("") == ""
    assert units.short_time("last week") == "last week"


def test_there_are_no_halves_of_trees_on_an_axis(qtbot: QtBot) -> None:
    heights_m = np.array([6.0, 9.0, 12.0])
    classes = histogram(heights_m, most_classes=30, least_step=1.0)
    words = [shape.text for shape in histogram_chart(classes, "Height", "m", wording()).shapes if is_words(shape)]
    assert words.count("0") == 1
    chart = HistogramChart("Height", "m", "m")
    qtbot.addWidget(chart)
    chart.show_histogram(classes, classes.places(heights_m))
    assert not chart.grab().isNull()


def is_words(shape: object) -> bool:
    return hasattr(shape, "text")


def test_the_model_that_suits_comes_first_and_reasons_are_not_the_command_lines(
    plot_window: MainWindow, qtbot: QtBot
) -> None:
    dialog = RunModelDialog(plot_window.services.document, plot_window)
    qtbot.addWidget(dialog)
    assert dialog._choices[0].card.id == dialog.model_id == "birch-crowns"
    usable = [choice.radio.isEnabled() for choice in dialog._choices]
    assert usable == sorted(usable, reverse=True)
    texts = " ".join(choice.radio.accessibleDescription() for choice in dialog._choices)
    assert "--" not in texts


def test_species_of_the_lists_are_offered_in_the_table_before_any_crown_has_them(plot_window: MainWindow) -> None:
    document = plot_window.services.document
    assert document.table is not None
    assert "Ostrya virginiana" not in document.table.column("species").tolist()
    assert {"Ostrya virginiana", "Picea glauca"} <= species_of(document)


# ---- after a crash


def test_the_note_after_a_crash_waits_until_it_is_read_and_offers_the_plot(
    window: MainWindow, project_path: Path, qtbot: QtBot
) -> None:
    window.services.settings.change(lambda settings: settings.with_recent(project_path))
    window.link.tell_crash("It ended badly.", opens_files=False)
    current = window.messages.current
    assert current is not None
    assert current.stays
    assert current.action is not None
    assert current.action.text() == f"Open {project_path.name.removesuffix('.birch.gpkg')}"
    with qtbot.waitSignal(window.services.document.opened, timeout=OPEN_MS):
        current.action.trigger()


def test_a_plot_that_is_opened_at_once_does_not_wipe_the_note_away(
    window: MainWindow, project_path: Path, qtbot: QtBot
) -> None:
    window.link.tell_crash("It ended badly.", opens_files=True)
    assert window.messages.current is None
    with qtbot.waitSignal(window.services.document.opened, timeout=OPEN_MS):
        window.files.open_path(project_path)
    assert window.messages.current is not None
    assert window.messages.current.text == "It ended badly."
