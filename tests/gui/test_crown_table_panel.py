"""The crown table as a person uses it: columns, own fields, filters, changes of many crowns, spreadsheets."""

import numpy as np
import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit
from pytestqt.qtbot import QtBot

from birchtree_gui.docks.columns import text_of
from birchtree_gui.docks.table_clipboard import pasted_values
from birchtree_gui.jobs.attention import picture
from birchtree_gui.jobs.crown_relief import Twin
from birchtree_gui.main_window import MainWindow
from birchtree_gui.widgets import typed_editors
from inference.crowns.records import CustomField
from inference.project import custom_fields

WAIT_MS = 20_000


def add_fields(window: MainWindow) -> dict[str, CustomField]:
    """One field of each kind."""
    document = window.services.document
    for name, kind, choices in (
        ("Plot number", "integer", ()),
        ("Health", "choice", ("good", "poor")),
        ("Leaning", "flag", ()),
        ("Seen on", "date", ()),
        ("Stem cm", "real", ()),
        ("Who", "text", ()),
    ):
        assert document.do(custom_fields.new_field(document.project, name, kind, choices))  # type: ignore[arg-type]
    return {field.name: field for field in document.project.custom_fields()}


def place_of(window: MainWindow, name: str) -> int:
    return window.table.arrangement.place_of(name)


def cells(window: MainWindow, name: str) -> list[str]:
    model = window.table.model
    return [model.data(model.index(row, place_of(window, name))) for row in range(model.rowCount())]


def filtered(window: MainWindow, line: str) -> int:
    window.table.filter_line.setText(line)
    window.table.apply_filter()
    return window.table.model.rowCount()


# ---- columns


def test_columns_are_arranged_and_remembered(plot_window: MainWindow) -> None:
    arrangement, settings = plot_window.table.arrangement, plot_window.services.settings
    usual = [column.name for column in arrangement.ordered]
    arrangement.move("species", -2)
    assert [column.name for column in arrangement.shown][:3] == ["tree_id", "species", "height_m"]
    header = plot_window.table.view.horizontalHeader()
    header.moveSection(header.visualIndex(place_of(plot_window, "review")), 0)
    assert settings.value.column_order[0] == "review"
    plot_window.table.view.setColumnWidth(place_of(plot_window, "height_m"), 140)
    arrangement._keep_widths()
    assert "height_m=140" in settings.value.column_widths
    arrangement.arrange()
    assert arrangement.ordered[0].name == "review"
    assert plot_window.table.view.columnWidth(place_of(plot_window, "height_m")) == 140
    arrangement.reset()
    assert [column.name for column in arrangement.ordered] == usual


def test_the_chooser_ticks_and_moves_by_keys(plot_window: MainWindow, qtbot: QtBot) -> None:
    table = plot_window.table
    table.choose_columns()
    chooser = table._chooser
    assert chooser is not None
    chooser.list.setCurrentRow(1)
    qtbot.keyClick(chooser.list, Qt.Key.Key_Space)
    assert table.view.isColumnHidden(place_of(plot_window, "height_m"))
    qtbot.keyClick(chooser.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert [column.name for column in table.arrangement.ordered][:3] == ["tree_id", "area_m2", "height_m"]
    assert chooser.list.currentRow() == 2
    chooser.close()


def test_the_header_menu_hides_and_sorts(plot_window: MainWindow) -> None:
    place = place_of(plot_window, "area_m2")
    menu = plot_window.table.header_menu(place)
    texts = {action.text(): action for action in menu.actions()}
    texts["Sort downwards"].trigger()
    areas = [float(text) for text in cells(plot_window, "area_m2")]
    assert areas == sorted(areas, reverse=True)
    next(action for text, action in texts.items() if text.startswith("Hide")).trigger()
    assert plot_window.table.view.isColumnHidden(place)
    menu.deleteLater()


# ---- own fields


def test_fields_are_columns_with_editors_of_their_kind(plot_window: MainWindow, qtbot: QtBot) -> None:
    fields = add_fields(plot_window)
    table, document = plot_window.table, plot_window.services.document
    wanted = {"Health": QComboBox, "Leaning": QComboBox, "Seen on": QDateEdit, "Stem cm": QLineEdit}
    option = table.view.itemDelegate()
    for name, kind in wanted.items():
        index = table.model.index(0, place_of(plot_window, f"custom:{fields[name].key}"))
        editor = option.createEditor(table.view, None, index)  # type: ignore[arg-type]
        assert isinstance(editor, kind)
        editor.deleteLater()
    for name, text, shown in (
        ("Health", "poor", "poor"),
        ("Leaning", "yes", "yes"),
        ("Seen on", "2026-07-31", "2026-07-31"),
        ("Stem cm", "23,5", "23.5"),
        ("Plot number", "7", "7"),
    ):
        index = table.model.index(0, place_of(plot_window, f"custom:{fields[name].key}"))
        assert table.model.setData(index, text)
        assert table.model.data(index) == shown
    assert document.undo_name == "Set Plot number"
    with qtbot.waitSignal(table.model.refused) as refused:
        table.model.setData(table.model.index(0, place_of(plot_window, "custom:plot_number")), "many")
    assert "whole numbers" in refused.args[0]


def test_fields_are_made_changed_deleted_and_brought_back(plot_window: MainWindow) -> None:
    document = plot_window.services.document
    plot_window.rows.show_fields()
    dialog = plot_window.rows.fields
    assert dialog is not None
    dialog.name.setText("Health")
    dialog.kind.setCurrentIndex(dialog.kind.findData("choice"))
    dialog.save()
    assert "at least one value" in dialog.told.text()
    dialog.choices.setPlainText("good\npoor\n")
    dialog.save()
    (field,) = document.project.custom_fields()
    assert (field.key, field.choices) == ("health", ("good", "poor"))
    assert plot_window.table.model.columns[-1].title == "Health"
    first = int(plot_window.table.model.shown[0])
    assert document.table is not None
    document.do(custom_fields.set_values([document.table.get(first)], field, "good", by="a", at="b"))  # type: ignore[arg-type]
    dialog.name.setText("Vigour")
    dialog.save()
    assert plot_window.table.model.columns[-1].title == "Vigour"
    dialog.delete()
    assert document.project.custom_fields() == ()
    assert "1 crowns" in dialog.told.text()
    dialog.undo_button.click()
    assert document.table.get(first).custom_value("health") == "good"
    assert cells(plot_window, "custom:health")[0] == "good"
    dialog.close()


def test_the_inspector_writes_fields_and_says_varies(plot_window: MainWindow, qtbot: QtBot) -> None:
    fields = add_fields(plot_window)
    document = plot_window.services.document
    assert document.table is not None
    one, two = document.table.ids[:2].tolist()
    document.set_selection({one})
    editors = plot_window.inspector.fields.editors
    health, who, seen = (editors[fields[name].key] for name in ("Health", "Who", "Seen on"))
    assert isinstance(health, QComboBox)
    assert isinstance(who, QLineEdit)
    assert isinstance(seen, QDateEdit)
    health.setCurrentIndex(health.findData("poor"))
    health.activated.emit(health.currentIndex())
    qtbot.keyClicks(who, "Ada")
    qtbot.keyClick(who, Qt.Key.Key_Return)
    seen.setDate(QDate(2026, 7, 31))
    seen.editingFinished.emit()
    crown = document.table.get(one)
    assert dict(crown.custom) == {"health": "poor", "who": "Ada", "seen_on": "2026-07-31"}
    document.set_selection({one, two})
    assert health.currentIndex() == -1
    assert health.placeholderText() == "varies"
    assert who.placeholderText() == "varies"
    health.setCurrentIndex(health.findData("good"))
    health.activated.emit(health.currentIndex())
    assert [crown.custom_value("health") for crown in document.selected_crowns()] == ["good", "good"]
    assert document.undo_name == "Set Health of 2 crowns"


# ---- filters


def test_quick_filters_add_up_and_are_saved_by_name(plot_window: MainWindow) -> None:
    filters, document = plot_window.table.filters, plot_window.services.document
    assert document.table is not None
    total = plot_window.table.model.rowCount()
    filters.quick("tall").trigger()
    tall = plot_window.table.model.rowCount()
    assert 0 < tall < total
    filters.quick("low").trigger()
    assert not filters.quick("tall").isChecked()
    heights = np.asarray(document.table.column("height_m"), np.float64)[document.table.visible]
    low = plot_window.table.model.rowCount()
    assert low == int(np.count_nonzero(heights <= round(float(np.percentile(heights, 10)), 2)))
    filtered(plot_window, "area > 1")
    condition = plot_window.table.model.condition
    filters.ask_name()
    filters.name_line.setText("low ones")
    filters.save()
    assert plot_window.services.settings.value.saved_filters == (f"low ones\t{condition}",)
    filters.clear_quick()
    assert filtered(plot_window, "") == total
    filters._fill_saved()
    filters.saved_menu.actions()[0].trigger()
    assert plot_window.table.model.condition == condition
    filters._forget("low ones")
    assert not plot_window.services.settings.value.saved_filters


def test_two_peaks_are_looked_up_when_asked_for(plot_window: MainWindow, qtbot: QtBot) -> None:
    filters = plot_window.table.filters
    filtered(plot_window, "two_peaks or seam")
    qtbot.waitUntil(lambda: not filters._marks.is_busy, timeout=WAIT_MS)
    assert set(filters._marks.masks(plot_window.table.model.shown)) == {"two_peaks", "seam"}


def test_the_filter_knows_fields_and_offers_their_values(plot_window: MainWindow, qtbot: QtBot) -> None:
    fields = add_fields(plot_window)
    document, line = plot_window.services.document, plot_window.table.filters.line
    assert document.table is not None
    some = document.table.crowns(document.table.ids[:4].tolist())
    edit = custom_fields.set_values(some, fields["Plot number"], 7, by="a", at="b")
    assert edit is not None
    document.do(edit)
    assert filtered(plot_window, "plot_number = 7") == 4
    line.clear()
    line.setFocus()
    qtbot.keyClicks(line, "hea")
    assert "health" in line.offered
    line.setText("health = ")
    line.textEdited.emit(line.text())
    assert line.offered == ("'good'", "'poor'")
    line._popup.hide()
    document.undo()
    assert filtered(plot_window, "plot_number = 7") == 0


def test_what_the_filter_shows_is_selected(plot_window: MainWindow) -> None:
    shown = filtered(plot_window, "height > 5")
    plot_window.actions_by_name["table.select_shown"].trigger()
    assert len(plot_window.services.document.selection) == shown


# ---- many crowns


def planned(window: MainWindow, qtbot: QtBot) -> str:
    bulk = window.table.bulk
    qtbot.waitUntil(lambda: not bulk._pause.isActive() and not bulk._background.is_busy, timeout=WAIT_MS)
    return bulk.told.text()


def test_many_crowns_are_changed_in_one_step(plot_window: MainWindow, qtbot: QtBot) -> None:
    document, bulk = plot_window.services.document, plot_window.table.bulk
    shown = filtered(plot_window, "height > 5")
    plot_window.actions_by_name["table.bulk"].trigger()
    assert bulk.which.currentIndex() == 1
    bulk.choose("species")
    assert document.table is not None
    before = document.table.column("species").tolist()
    typed_editors.show_value(bulk._editor, "Sorbus decora")
    assert planned(plot_window, qtbot) == f"{shown} of {shown} crowns become Sorbus decora"
    bulk.apply()
    assert document.undo_name == f"Set species of {shown} crowns"
    places = document.table.places(plot_window.table.model.shown.tolist())
    assert set(document.table.column("species")[places]) == {"Sorbus decora"}
    assert planned(plot_window, qtbot).startswith("0 of")
    document.undo()
    assert document.table.column("species").tolist() == before


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Picea gl", "Picea glauca"),  # the one offer that begins so
        ("picea GLAUCA", "Picea glauca"),
        ("Picea", "Picea"),  # a genus is an answer, however many of its species are offered
        ("Betula papyrifera", "Betula papyrifera"),
        ("Acer s", "Acer s"),  # more than one begins so: nobody guesses
    ],
)
def test_an_unfinished_species_is_written_out_and_never_guessed(qtbot: QtBot, typed: str, meant: str) -> None:
    editor = typed_editors.make_editor("text", ())
    qtbot.addWidget(editor)
    typed_editors.complete_with(editor, ["Picea glauca", "Acer saccharum", "Acer saccharinum"])
    typed_editors.show_value(editor, typed)
    assert typed_editors.text_of(editor) == meant


def test_values_come_from_expressions(plot_window: MainWindow, qtbot: QtBot) -> None:
    fields = add_fields(plot_window)
    document, bulk = plot_window.services.document, plot_window.table.bulk
    assert document.table is not None
    ids = document.table.ids[:3].tolist()
    document.set_selection(ids)
    bulk.open()
    assert bulk.which.currentIndex() == 0
    bulk.choose(f"custom:{fields['Plot number'].key}")
    bulk.how.setCurrentIndex(1)
    bulk.expression.setText("height_m")
    assert "takes whole numbers" in planned(plot_window, qtbot)
    assert not bulk.apply_button.isEnabled()
    bulk.expression.setText("round(height_m)")
    assert planned(plot_window, qtbot) == "3 of 3 crowns change"
    bulk.apply()
    heights = np.asarray(document.table.column("height_m"), np.float64)[document.table.places(ids)]
    assert [document.table.get(i).custom_value("plot_number") for i in ids] == np.round(heights).astype(int).tolist()
    bulk.expression.setText("round(heigth_m)")
    assert "Did you mean" in planned(plot_window, qtbot)
    bulk.leave()


def test_rows_go_to_a_spreadsheet_and_back(plot_window: MainWindow, qtbot: QtBot) -> None:
    document, table = plot_window.services.document, plot_window.table
    table.view.sortByColumn(place_of(plot_window, "height_m"), Qt.SortOrder.DescendingOrder)
    rows = table.model.shown[:3].tolist()
    document.set_selection(rows)
    table.view.setFocus()
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 4
    assert lines[0].split("\t") == [column.title for column in table.arrangement.shown]
    assert [int(line.split("\t")[0]) for line in lines[1:]] == rows
    note = next(column for column in table.model.columns if column.name == "note")
    assert text_of(None, note) == ""
    QGuiApplication.clipboard().setText("Note\none\ntwo\nthree\n")
    table.view.setCurrentIndex(table.model.index(0, place_of(plot_window, "note")))
    document.set_selection(rows)
    qtbot.keyClick(table.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert document.table is not None
    assert [document.table.get(tree_id).note for tree_id in rows] == ["one", "two", "three"]
    assert document.undo_name == "Set note of 3 crowns"


def test_what_cannot_be_pasted_is_told(plot_window: MainWindow) -> None:
    document, table = plot_window.services.document, plot_window.table
    said: list[str] = []
    document.message.connect(lambda _level, text: said.append(text))
    table.view.setCurrentIndex(table.model.index(0, place_of(plot_window, "height_m")))
    document.set_selection(table.model.shown[:3].tolist())
    QGuiApplication.clipboard().setText("a\nb")
    table.paste_column()
    table.view.setCurrentIndex(table.model.index(0, place_of(plot_window, "note")))
    document.set_selection(table.model.shown[:3].tolist())
    table.paste_column()
    assert "measured" in said[0]
    assert said[1].startswith("2 lines were copied, and 3 rows")


@pytest.mark.parametrize(
    ("text", "values"),
    [("7", ["7"]), ("a\r\nb\r\n", ["a", "b"]), ("Note\nx", ["x"]), ("a\t1\nb\t2", ["a", "b"]), ('"q"', ["q"])],
)
def test_what_a_spreadsheet_copied(text: str, values: list[str]) -> None:
    assert pasted_values(text, "note") == values


# ---- inspector


def test_the_inspector_shows_the_heights_along_a_crown(plot_window: MainWindow, qtbot: QtBot) -> None:
    document, pictures = plot_window.services.document, plot_window.inspector.pictures
    assert document.table is not None
    tree_id = int(document.table.ids[int(np.argmax(document.table.column("area_m2")))])
    document.set_selection({tree_id})
    qtbot.waitUntil(lambda: pictures.profile.profile is not None, timeout=WAIT_MS)
    profile = pictures.profile.profile
    assert profile is not None
    height_m = float(document.table.column("height_m")[document.table.places([tree_id])][0])
    assert 0 < float(np.nanmax(profile.height_m)) <= height_m + 0.5
    assert "long axis" in pictures.profile.summary
    plot_window.inspector.grab()
    document.set_selection(document.table.ids[:3].tolist())
    assert pictures.profile.isHidden()
    assert plot_window.inspector.details.values["dbh"].text() != ""


def test_a_crown_with_two_peaks_is_told_of(plot_window: MainWindow) -> None:
    document, twins = plot_window.services.document, plot_window.inspector.twins
    assert document.table is not None
    crown = document.table.get(int(document.table.ids[0]))
    document.set_selection({crown.tree_id})
    assert twins.isHidden()
    relief = plot_window.editing.relief
    relief._seen[crown.tree_id] = Twin(crown.outline, ((0.0, 0.0), (1.0, 1.0)))
    relief.twinsChanged.emit()
    assert not twins.isHidden()
    assert "2 peaks" in twins.told.text()
    document.set_selection(document.table.ids[:2].tolist())
    assert twins.isHidden()


def test_without_a_model_that_tells_the_button_says_why(
    plot_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inference.traits import attention

    monkeypatch.setattr(attention, "candidates", lambda: ())
    pictures = plot_window.inspector.pictures
    pictures.look_again()
    assert not pictures.look_button.isEnabled()
    assert "No trait model" in pictures.look_button.toolTip()


def test_what_the_model_looks_at_is_bright() -> None:
    from inference.traits.attention import Attention

    weight = np.tile(np.linspace(0, 1, 8, dtype=np.float32), (8, 1))
    seen = Attention(np.full((3, 32, 32), 120, np.uint8), weight, np.zeros((32, 32), bool), "species")
    image = picture(seen, 64)
    assert (image.width(), image.height()) == (64, 64)
    assert image.pixelColor(61, 30).lightness() > 2 * image.pixelColor(2, 30).lightness()
