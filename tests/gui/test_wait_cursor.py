"""The wait cursor is there while many crowns are written, and never stays."""

from dataclasses import replace

import pytest
import shapely
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from birchtree_gui.document import PlotDocument
from birchtree_gui.wait_cursor import LONG_EDIT_CROWNS, is_long, waiting
from inference.crowns import edits
from inference.crowns.crown import Crown


def shape() -> Qt.CursorShape | None:
    cursor = QGuiApplication.overrideCursor()
    return None if cursor is None else cursor.shape()


def test_it_goes_with_the_work_also_when_that_fails(qtbot: QtBot) -> None:
    with waiting(True):
        assert shape() == Qt.CursorShape.WaitCursor
    assert shape() is None
    with pytest.raises(ValueError, match="bad"), waiting(True):
        raise ValueError("bad")
    assert shape() is None
    with waiting(False):
        assert shape() is None


def test_thousands_of_crowns_are_long() -> None:
    crowns = [Crown(i, shapely.box(0, 0, 1, 1)) for i in range(1, LONG_EDIT_CROWNS + 1)]
    assert is_long(edits.add("Add", crowns))
    assert not is_long(edits.change("Note", crowns[:-1], lambda crown: replace(crown, note="n")))


def test_a_long_edit_and_its_undo_leave_the_cursor_and_the_selection_right(open_document: PlotDocument) -> None:
    crowns = [Crown(i, shapely.box(0, 0, 1, 1)) for i in open_document.take_ids(LONG_EDIT_CROWNS)]
    assert open_document.do(edits.add("Add", crowns))
    ids = [crown.tree_id for crown in crowns]
    open_document.set_selection(ids)
    assert open_document.do(edits.delete(crowns[1:], by="a", at="b"))
    assert open_document.selection == {ids[0]}
    open_document.undo()
    open_document.redo()
    open_document.undo()
    open_document.undo()
    assert open_document.selection == frozenset()
    assert shape() is None
