"""Selections of thousands of crowns, in table and inspector."""

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import shapely
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from birchtree_gui.docks.crowns_model import CrownsModel
from birchtree_gui.docks.row_selection import RowSelection
from birchtree_gui.docks.selection_summary import summarise
from birchtree_gui.document import PlotDocument
from inference.crowns import edits
from inference.crowns.crown import Crown, Measures
from inference.crowns.table import CrownTable
from inference.plot.sources import PlotSources

OPEN_MS = 20_000
COUNT = 5000


@pytest.fixture
def document(tiny_sources: PlotSources, tmp_path: Path, qtbot: QtBot) -> Iterator[PlotDocument]:
    """A plot with many small crowns."""
    made = PlotDocument()
    with qtbot.waitSignal(made.opened, timeout=OPEN_MS):
        made.open_ortho(tiny_sources, tmp_path / "many.birch.gpkg")
    assert made.plot is not None
    left, bottom, right, top = made.plot.bounds_crs
    generator = np.random.default_rng(2)
    x, y = generator.uniform(left, right, COUNT), generator.uniform(bottom, top, COUNT)
    boxes = shapely.box(x, y, x + 0.5, y + 0.5)
    made.do(edits.add("Many", [Crown(n, boxes[place]) for place, n in enumerate(made.take_ids(COUNT))]))
    yield made
    made.shut_down()


def pick(view: QTableView, row: int) -> None:
    """Choose a row alone. `selectRow` would ask Qt which keys are held, and earlier tests may have left one down."""
    how = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    view.selectionModel().select(view.model().index(row, 0), how)


def test_thousands_of_rows_are_selected_at_once(
    document: PlotDocument, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, view = CrownsModel(document), QTableView()
    qtbot.addWidget(view)
    view.setModel(model)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    RowSelection(document, model, view)
    view.resize(400, 400)
    with qtbot.waitExposed(view):
        view.show()
    assert document.table is not None
    odd = document.table.ids[::2].tolist()
    started_s = time.process_time()
    document.set_selection(odd)
    view.repaint()
    assert time.process_time() - started_s < 0.1
    # The table's own selection goes on from there.
    monkeypatch.setattr(QGuiApplication, "keyboardModifiers", lambda: Qt.KeyboardModifier.ControlModifier)
    pick(view, 1)
    assert document.selection == {*odd, int(model.shown[1])}
    pick(view, 0)
    assert document.selection == {*odd[1:], int(model.shown[1])}
    monkeypatch.setattr(QGuiApplication, "keyboardModifiers", lambda: Qt.KeyboardModifier.NoModifier)
    pick(view, 3)
    assert document.selection == {int(model.shown[3])}
    assert [row.row() for row in view.selectionModel().selectedRows()] == [3]


def test_a_summary_of_one_and_of_many() -> None:
    crowns = [
        Crown(1, shapely.box(0, 0, 2, 2), species="Picea glauca", measures=Measures(height_m=10.0)),
        Crown(2, shapely.box(5, 0, 9, 4), species="Picea glauca", review="accepted", measures=Measures(height_m=14.04)),
        Crown(3, shapely.box(9, 9, 10, 10), note="dead"),
    ]
    table = CrownTable(crowns)
    one = summarise(table, {2})
    assert (one.crown, one.height, one.area, one.species) == (crowns[1], "14.0 m", "16.0 m²", "Picea glauca")
    assert not one.has_proposed
    two = summarise(table, {1, 2})
    assert (two.crown, two.height, two.area, two.review) == (None, "12.0 m  (10.0–14.0)", "20.0 m²", "")
    assert (two.species, two.note, two.has_proposed) == ("Picea glauca", "", True)
    three = summarise(table, {1, 2, 3})
    assert (three.species, three.note) == ("", "")
    assert summarise(table, {3}).height == "–"
