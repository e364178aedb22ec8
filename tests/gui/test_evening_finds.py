"""What an evening of correcting showed: lists that cut or jumped, keys that did nothing, paths that broke a dialog."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTreeWidget
from pytestqt.qtbot import QtBot

from birchtree_gui.canvas.tools.adjust import AdjustTool
from birchtree_gui.canvas.tools.brush import BrushTool
from birchtree_gui.dialogs.export import ExportDialog
from birchtree_gui.dialogs.report import ReportDialog
from birchtree_gui.docks.two_dates import TwoDatesPanel
from birchtree_gui.dropping import DropPlace, plan
from birchtree_gui.main_window import MainWindow
from birchtree_gui.widgets import typed_editors
from birchtree_gui.widgets.action_finder import ActionFinder
from inference.crowns import edits

WAIT_MS = 20_000
NO_FILES = ("", "/", ".", "/tmp")
UNHEARD_OF = ("a" * 5000, "x" * 300 + ".pdf", "a\0b.pdf")  # the system refuses to look for them


def first_ids(window: MainWindow, count: int) -> list[int]:
    table = window.services.document.table
    assert table is not None
    return [int(tree_id) for tree_id in table.ids[table.visible][:count]]


# ---- paths that are typed letter by letter


def test_a_report_asks_for_a_file_whatever_is_typed(plot_window: MainWindow, qtbot: QtBot) -> None:
    plot_window.actions_by_name["file.report"].trigger()
    dialog = plot_window.findChild(ReportDialog)
    assert isinstance(dialog, ReportDialog)
    for text in (*UNHEARD_OF, *NO_FILES):
        dialog.path.setText(text)
        assert text in UNHEARD_OF or dialog.note.text() == "Name a file." or dialog.target.name == "tmp.html", text
    dialog.path.clear()
    qtbot.keyClicks(dialog.path, "/nowhere/report.pdf")
    assert dialog.note.text() == "There is no folder /nowhere."
    dialog.reject()


def test_an_export_never_replaces_a_folder(plot_window: MainWindow, tmp_path: Path) -> None:
    plot_window.actions_by_name["file.export"].trigger()
    dialog = plot_window.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    for text in (*UNHEARD_OF, *NO_FILES, str(tmp_path)):
        dialog._path.setText(text)
        assert text in UNHEARD_OF or not dialog._export.isEnabled(), text
    dialog.reject()


def test_a_name_in_another_encoding_is_told_as_such(tmp_path: Path) -> None:
    for sign in (chr(0xDCE9), chr(0xFFFD)):  # as the command line and as a drop have it
        made = plan([tmp_path / f"caf{sign}.tif"], DropPlace())
        assert made.kind == "refuse"
        assert "letters from another system" in made.sentence
        made.sentence.encode()  # a label can show it
    assert plan([tmp_path / "café.tif"], DropPlace()).kind == "open"


# ---- the amount of an adjusting tool


def test_brackets_change_the_amount_and_the_strip_tells_what_comes_of_it(plot_window: MainWindow, qtbot: QtBot) -> None:
    document, strip, view = plot_window.services.document, plot_window.editing.amounts, plot_window.map
    (first,) = first_ids(plot_window, 1)
    document.set_selection([first])
    plot_window.actions_by_name["tool.grow"].trigger()
    view.setFocus()
    tool = view.belt.tool
    assert isinstance(tool, AdjustTool)
    qtbot.keyClick(view, Qt.Key.Key_BracketRight)
    assert tool.amount_m == pytest.approx(0.25)
    assert strip.amount_m == pytest.approx(0.25)
    before, _, after = strip.effect.text().removesuffix(" m²").partition(" → ")
    assert float(before) < float(after)
    for _ in range(100):
        qtbot.keyClick(view, Qt.Key.Key_BracketLeft)
    assert (tool.amount_m, strip.amount_m) == pytest.approx((-2.0, -2.0))
    plot_window.actions_by_name["tool.simplify"].trigger()
    assert strip.effect.text().endswith("corners")
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert document.undo_name == f"Simplify crown {first} by 0.15 m"


def test_the_brush_says_that_it_erases_before_the_mouse_moves(plot_window: MainWindow, qtbot: QtBot) -> None:
    view = plot_window.map
    plot_window.actions_by_name["tool.brush"].trigger()
    view.setFocus()
    QTest.mouseMove(view, view.rect().center() + QPoint(5, 5))
    tool = view.belt.tool
    assert isinstance(tool, BrushTool)
    qtbot.waitUntil(lambda: tool._mouse is not None, timeout=WAIT_MS)
    qtbot.keyPress(view, Qt.Key.Key_Control)
    assert tool._mouse is not None
    assert tool._mouse.ctrl
    qtbot.keyRelease(view, Qt.Key.Key_Control)
    assert not tool._mouse.ctrl


# ---- lists and panels


def test_the_gallery_says_what_to_do_when_it_is_empty(plot_window: MainWindow, qtbot: QtBot) -> None:
    plot_window.actions_by_name["species.gallery"].trigger()
    gallery, document = plot_window.species.gallery, plot_window.services.document
    assert gallery is not None
    qtbot.waitUntil(gallery.grid.isVisible, timeout=WAIT_MS)
    assert document.table is not None
    crowns = document.table.crowns()
    assert document.do(edits.delete(crowns, by="ada", at="2026-06-01T10:00:00+00:00"))
    qtbot.waitUntil(gallery._empty.isVisible, timeout=WAIT_MS)
    assert "segment the plot" in gallery._empty.text()
    document.undo()
    qtbot.waitUntil(gallery.grid.isVisible, timeout=WAIT_MS)
    assert not gallery._empty.isVisible()


def test_the_box_of_fates_is_as_wide_as_what_is_chosen(plot_window: MainWindow) -> None:
    plot_window.docks["dates"].show()
    panel = plot_window.dates.panel
    assert isinstance(panel, TwoDatesPanel)
    narrow = panel.fate.sizeHint().width()
    panel.fate.addItem("Not outlined then: 1 234", "unclear_then")
    panel.fate.setCurrentIndex(1)
    QApplication.processEvents()
    wanted = panel.fate.fontMetrics().horizontalAdvance(panel.fate.currentText())
    assert panel.fate.sizeHint().width() > narrow
    assert panel.fate.width() >= wanted + 24


def test_after_a_change_of_many_the_keys_are_in_the_table(plot_window: MainWindow, qtbot: QtBot) -> None:
    plot_window.actions_by_name["table.bulk"].trigger()
    bulk = plot_window.table.bulk
    assert bulk.isVisible()
    bulk.setFocus()
    qtbot.keyClick(bulk, Qt.Key.Key_Escape)
    assert not bulk.isVisible()
    assert plot_window.table.view.hasFocus()


def test_the_finder_tells_panels_from_commands(plot_window: MainWindow, qtbot: QtBot) -> None:
    plot_window.actions_by_name["help.find"].trigger()
    finder = plot_window.findChildren(ActionFinder)[-1]
    line, rows = finder.findChild(QLineEdit), finder.findChild(QTreeWidget)
    assert line is not None
    assert rows is not None
    qtbot.keyClicks(line, "areas")
    found = [item.text(0) for row in range(rows.topLevelItemCount()) if (item := rows.topLevelItem(row)) is not None]
    assert len(found) == len(set(found))
    assert "Panel: Areas" in found
    finder.reject()


def test_a_code_or_a_common_name_stands_for_its_species_in_the_table_too(plot_window: MainWindow, qtbot: QtBot) -> None:
    document, bulk, model = plot_window.services.document, plot_window.table.bulk, plot_window.table.model
    one = next(species for species in plot_window.species.desk.palette.species if species.code and species.en)
    first, second = first_ids(plot_window, 2)
    column = next(place for place, column in enumerate(model.columns) if column.name == "species")
    (row,) = model.rows_of(frozenset({first}))
    assert model.setData(model.index(row, column), one.code.lower(), Qt.ItemDataRole.EditRole)
    document.set_selection([second])
    plot_window.actions_by_name["table.bulk"].trigger()
    bulk.choose("species")
    typed_editors.show_value(bulk._editor, one.en)
    qtbot.waitUntil(lambda: one.name in bulk.told.text(), timeout=WAIT_MS)
    bulk.apply()
    assert document.table is not None
    assert [document.table.get(tree_id).species for tree_id in (first, second)] == [one.name, one.name]
