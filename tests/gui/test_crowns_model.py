"""The crown table as a Qt model."""

import time

import numpy as np
import pytest
import shapely
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from birchtree_gui import decisions
from birchtree_gui.docks.crowns_model import CrownsModel, Sorting, sort_order
from birchtree_gui.document import PlotDocument, now
from inference.crowns.crown import Crown, Measures
from inference.crowns.table import CrownTable


def place_of(model: CrownsModel, name: str) -> int:
    return [column.name for column in model.columns].index(name)


def texts(model: CrownsModel, name: str) -> list[str]:
    column = place_of(model, name)
    return [model.data(model.index(row, column)) for row in range(model.rowCount())]


@pytest.fixture
def model(open_document: PlotDocument, qtmodeltester: ModelTester) -> CrownsModel:
    made = CrownsModel(open_document)
    made.sort(0)
    qtmodeltester.check(made)
    return made


def test_every_visible_crown_has_a_row(model: CrownsModel, open_document: PlotDocument) -> None:
    assert open_document.table is not None
    assert model.rowCount() == len(open_document.table) > 10
    assert texts(model, "tree_id") == [str(number) for number in open_document.table.ids]


def test_sorting_by_size_both_ways(model: CrownsModel, open_document: PlotDocument) -> None:
    assert open_document.table is not None
    model.sort(place_of(model, "area_m2"), Qt.SortOrder.DescendingOrder)
    areas = open_document.table.column("area_m2")[open_document.table.places(model.shown.tolist())]
    assert (np.diff(areas) <= 0).all()
    model.sort(place_of(model, "area_m2"), Qt.SortOrder.AscendingOrder)
    assert texts(model, "area_m2")[0] == f"{areas.min():.1f}"


def test_unknown_values_come_last_either_way() -> None:
    heights = (3.0, None, 9.0)
    crowns = [Crown(n + 1, shapely.box(n, 0, n + 1, 1), measures=Measures(height_m=h)) for n, h in enumerate(heights)]
    table = CrownTable(crowns)
    assert table.ids[sort_order(table, Sorting("height_m"))].tolist() == [1, 3, 2]
    assert table.ids[sort_order(table, Sorting("height_m", descending=True))].tolist() == [3, 1, 2]


def test_text_sorts_without_regard_to_case() -> None:
    names = ("picea", None, "Abies", "Betula")
    table = CrownTable(Crown(n + 1, shapely.box(n, 0, n + 1, 1), species=name) for n, name in enumerate(names))
    assert table.ids[sort_order(table, Sorting("species"))].tolist() == [3, 4, 1, 2]


def test_an_edit_of_one_crown_changes_one_row(model: CrownsModel, open_document: PlotDocument, qtbot: QtBot) -> None:
    assert open_document.table is not None
    edit = decisions.write_note([open_document.table.get(int(model.shown[3]))], "tall", by="Ada", at=now())
    assert edit is not None
    with qtbot.waitSignal(model.dataChanged) as changed, qtbot.assertNotEmitted(model.layoutChanged):
        open_document.do(edit)
    assert changed.args[0].row() == changed.args[1].row() == 3


def test_deleted_crowns_leave_and_come_back(model: CrownsModel, open_document: PlotDocument) -> None:
    assert open_document.table is not None
    before = model.rowCount()
    edit = decisions.delete(open_document.table.crowns(model.shown[:2].tolist()), by="Ada", at=now())
    assert edit is not None
    open_document.do(edit)
    assert model.rowCount() == before - 2
    open_document.undo()
    assert model.rowCount() == before


def test_editing_a_cell_is_one_edit(model: CrownsModel, open_document: PlotDocument) -> None:
    assert open_document.table is not None
    column = place_of(model, "species")
    assert model.flags(model.index(0, column)) & Qt.ItemFlag.ItemIsEditable
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    assert model.setData(model.index(0, column), "Picea glauca")
    assert open_document.table.get(int(model.shown[0])).species == "Picea glauca"
    assert open_document.undo_name == "Set species"
    assert not model.setData(model.index(0, column), "Picea glauca")


def test_a_hundred_thousand_rows_sort_quickly() -> None:
    count = 100_000
    generator = np.random.default_rng(1)
    corners = generator.uniform(0, 3000, (count, 2))
    outlines = shapely.box(corners[:, 0], corners[:, 1], corners[:, 0] + 3, corners[:, 1] + 3)
    names = ("Picea glauca", "Abies balsamea", "Betula papyrifera", None)
    heights = generator.uniform(2, 30, count)
    crowns = (
        Crown(n + 1, outlines[n], species=names[n % 4], measures=Measures(height_m=float(heights[n])))
        for n in range(count)
    )
    table = CrownTable(crowns)
    for column in ("height_m", "species", "area_m2"):
        table.column(column)
        started_s = time.process_time()
        sort_order(table, Sorting(column))
        assert time.process_time() - started_s < 0.2, column
