"""The crown table against a plain dictionary and brute force, whatever happens to it."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.crowns import columns, edits
from inference.crowns.crown import Crown, Measures
from inference.crowns.edits import CrownEdit
from inference.crowns.table import CrownTable
from inference.errors import EditConflict

coordinates = st.floats(-50, 50, allow_nan=False).map(lambda value: round(value, 2))
sizes = st.floats(0.5, 20).map(lambda value: round(value, 2))
words = st.sampled_from(["", "Épinette", "a'b", "x\ny"])
texts = st.none() | words
reals = st.none() | st.floats(-1e6, 1e6)


@st.composite
def outlines(draw: st.DrawFn) -> shapely.Polygon:
    x, y, w, h = draw(coordinates), draw(coordinates), draw(sizes), draw(sizes)
    return (
        shapely.Polygon([(x, y), (x + w, y), (x + w / 2, y + h)])
        if draw(st.booleans())
        else shapely.box(x, y, x + w, y + h)
    )


@st.composite
def crowns(draw: st.DrawFn, tree_id: int) -> Crown:
    measures = st.none() | st.builds(
        Measures, height_m=reals, height_source=texts, treetop_crs=st.none() | st.tuples(coordinates, coordinates)
    )
    return Crown(
        tree_id,
        draw(outlines()),
        score=draw(st.none() | st.floats(0, 1)),
        review=draw(st.sampled_from(["auto", "accepted", "edited", "added", "deleted"])),
        label=draw(st.sampled_from(["Tree", "Picea"])),
        species=draw(texts),
        species_score=draw(reals),
        edge=draw(st.booleans()),
        note=draw(words),
        run_id=draw(texts),
        measures=draw(measures),
    )


@st.composite
def crown_lists(draw: st.DrawFn) -> list[Crown]:
    ids = draw(st.lists(st.integers(1, 60), unique=True, max_size=20))
    return [draw(crowns(tree_id)) for tree_id in ids]


def squares(*ids: int) -> list[Crown]:
    return [Crown(i, shapely.box(10 * i, 0, 10 * i + 4, 4), score=i / 100) for i in ids]


def state(table: CrownTable) -> dict[int, Crown]:
    return {crown.tree_id: crown for crown in table.crowns()}


def check_against(table: CrownTable, expected: dict[int, Crown]) -> None:
    """Everything that the table tells must be what a table made afresh of the same crowns tells."""
    fresh = CrownTable(expected.values())
    assert state(table) == expected
    assert len(table) == len(expected)
    assert table.ids.tolist() == sorted(expected)
    assert table.outlines.tolist() == [expected[i].outline for i in sorted(expected)]
    assert np.array_equal(table.bounds_crs, fresh.bounds_crs)
    assert table.visible.tolist() == [expected[i].review != "deleted" for i in sorted(expected)]
    for name in columns.COLUMNS:
        assert table.column(name).dtype == fresh.column(name).dtype
        np.testing.assert_array_equal(table.column(name), fresh.column(name), err_msg=name)


def test_an_empty_table_answers_everything() -> None:
    table = CrownTable()
    assert len(table) == 0
    assert table.ids.dtype == np.int64
    assert table.bounds_crs.shape == (0, 4)
    assert table.at(0, 0) is None
    assert table.within((0, 0, 1, 1)).tolist() == []
    assert all(len(table.column(name)) == 0 for name in columns.COLUMNS)
    assert table.crowns() == []


def test_rows_are_in_ascending_order_of_ids() -> None:
    table = CrownTable(squares(7, 2, 5))
    assert table.ids.tolist() == [2, 5, 7]
    assert table.column("score").tolist() == [0.02, 0.05, 0.07]
    assert [crown.tree_id for crown in table.crowns()] == [2, 5, 7]
    assert [crown.tree_id for crown in table.crowns([7, 2])] == [7, 2]


def test_absent_crowns_are_key_errors() -> None:
    table = CrownTable(squares(1))
    with pytest.raises(KeyError):
        table.get(2)
    with pytest.raises(KeyError, match="2"):
        table.places([1, 2])
    with pytest.raises(KeyError):
        table.column("no_such_column")


def test_numpy_ids_are_ids() -> None:
    table = CrownTable(squares(1, 2))
    assert table.get(table.ids[1]).tree_id == 2
    assert table.ids[0] in table


@given(crown_lists())
def test_rows_from_a_file_and_crowns_give_the_same_table(listed: list[Crown]) -> None:
    ordered = sorted(listed, key=lambda crown: crown.tree_id)
    table = CrownTable.from_rows(
        [crown.tree_id for crown in ordered],
        columns.objects(crown.outline for crown in ordered),
        [columns.row_of(crown) for crown in ordered],
    )
    check_against(table, {crown.tree_id: crown for crown in listed})


@settings(max_examples=60, deadline=None)
@given(crown_lists(), st.data())
def test_random_edits_follow_a_dictionary_and_undo_exactly(start: list[Crown], data: st.DataObject) -> None:
    table = CrownTable(start)
    expected = {crown.tree_id: crown for crown in start}
    before = dict(expected)
    inverses: list[CrownEdit] = []
    for _ in range(data.draw(st.integers(1, 8))):
        present = sorted(expected)
        removed = data.draw(st.lists(st.sampled_from(present), unique=True, max_size=4)) if present else []
        kept = data.draw(st.lists(st.sampled_from(removed), unique=True)) if removed else []
        free = sorted(set(range(1, 70)) - set(present))
        new = data.draw(st.lists(st.sampled_from(free), unique=True, max_size=3))
        added = tuple(data.draw(crowns(tree_id)) for tree_id in [*kept, *new])
        edit = CrownEdit("Test", tuple(expected[i] for i in removed), added)
        if data.draw(st.booleans()):
            table.column("score"), table.column("area_m2"), table.column("label")
        inverses.append(table.apply(edit))
        for tree_id in removed:
            del expected[tree_id]
        expected |= {crown.tree_id: crown for crown in added}
    check_against(table, expected)
    for inverse in reversed(inverses):
        table.apply(inverse)
    check_against(table, before)


@given(crown_lists(), coordinates, coordinates, sizes, sizes, st.booleans())
def test_within_and_at_are_brute_force(
    listed: list[Crown], x: float, y: float, w: float, h: float, deleted: bool
) -> None:
    table = CrownTable(listed)
    seen = sorted((c for c in listed if deleted or c.review != "deleted"), key=lambda crown: crown.tree_id)
    frame = shapely.box(x, y, x + w, y + h)
    met = [c.tree_id for c in seen if shapely.box(*c.outline.bounds).intersects(frame)]
    assert table.within((x, y, x + w, y + h), include_deleted=deleted).tolist() == met
    under = [c for c in seen if c.outline.intersects(shapely.Point(x, y))]
    smallest = min(under, key=lambda crown: crown.outline.area, default=None)
    found = table.at(x, y, include_deleted=deleted)
    assert (found is None) == (smallest is None)
    if found is not None and smallest is not None:
        assert table.get(found).outline.area == smallest.outline.area


def test_the_smallest_of_nested_crowns_is_picked() -> None:
    table = CrownTable([Crown(1, shapely.box(0, 0, 10, 10)), Crown(2, shapely.box(4, 4, 6, 6))])
    assert table.at(5, 5) == 2
    assert table.at(1, 1) == 1
    assert table.at(10, 10) == 1
    assert table.at(11, 11) is None


def test_deleted_crowns_are_hidden_unless_asked_for() -> None:
    table = CrownTable([replace(squares(1)[0], review="deleted")])
    assert table.at(11, 1) is None
    assert table.at(11, 1, include_deleted=True) == 1
    assert table.within((0, 0, 100, 100)).tolist() == []
    assert table.within((0, 0, 100, 100), include_deleted=True).tolist() == [1]
    assert table.crowns()[0].review == "deleted"


CONFLICTS = {
    "edit.gone": CrownEdit("Move", removed=tuple(squares(9)), added=tuple(squares(9))),
    "edit.changed": CrownEdit("Move", removed=(replace(squares(1)[0], note="as it was"),)),
    "edit.exists": CrownEdit("Move", added=tuple(squares(3, 2))),
}


@pytest.mark.parametrize("code", CONFLICTS)
def test_a_conflict_leaves_the_table_as_it_was(code: str) -> None:
    table = CrownTable(squares(1, 2))
    before, revision = state(table), table.revision
    with pytest.raises(EditConflict, match=r"“Move” cannot be done") as caught:
        table.apply(CONFLICTS[code])
    assert caught.value.code == code
    assert table.revision == revision
    check_against(table, before)


@pytest.mark.parametrize("tree_id", [0, -3])
def test_ids_must_be_positive(tree_id: int) -> None:
    with pytest.raises(ValueError, match="not positive"):
        CrownTable().apply(edits.add("Add", [Crown(tree_id, shapely.box(0, 0, 1, 1))]))


def test_a_crown_cannot_occur_twice_in_an_edit() -> None:
    with pytest.raises(ValueError, match="twice"):
        CrownTable().apply(CrownEdit("Add", added=tuple(squares(1) + squares(1))))


def test_every_change_is_one_revision() -> None:
    table = CrownTable(squares(1, 2))
    start = table.revision
    table.apply(edits.add("Add", squares(3, 4)))
    assert table.revision == start + 1
    table.set_measures({1: Measures(height_m=3.0), 99: None})
    assert table.revision == start + 2
    table.overwrite([replace(squares(2)[0], note="other")], [4, 88])
    assert table.revision == start + 3
    assert table.changed_since(start) == {3, 4, 1, 2}
    assert table.changed_since(start + 1) == {1, 2, 4}
    assert table.changed_since(table.revision) == frozenset()
    table.apply(CrownEdit("Nothing"))
    assert table.revision == start + 3


def test_changes_too_long_ago_are_not_told_and_columns_stay_right() -> None:
    table = CrownTable(squares(1, 2))
    start = table.revision
    table.column("note")
    for number in range(300):
        table.apply(edits.change("Note", table.crowns([1]), lambda c, n=number: replace(c, note=str(n))))
    assert table.changed_since(start) is None
    assert table.column("note").tolist() == ["299", ""]


def test_arrays_once_handed_out_never_change() -> None:
    table = CrownTable(squares(1, 2, 3))
    ids, bounds, shapes, areas = table.ids, table.bounds_crs, table.outlines, table.column("area_m2")
    copies = [array.copy() for array in (ids, bounds, shapes, areas)]
    table.apply(edits.change("Grow", table.crowns([2]), lambda c: c.with_outline(shapely.box(0, 0, 100, 100))))
    table.apply(CrownEdit("Remove", removed=tuple(table.crowns([1]))))
    for array, copy in zip((ids, bounds, shapes, areas), copies, strict=True):
        assert np.array_equal(array, copy)
        with pytest.raises(ValueError, match="read-only"):
            array[0] = array[1]


def test_areas_are_metres_whatever_the_unit() -> None:
    table = CrownTable(squares(1), unit_m=0.3048)
    assert table.column("area_m2")[0] == pytest.approx(16 * 0.3048**2)
    assert table.column("perimeter_m")[0] == pytest.approx(16 * 0.3048)


def test_an_edit_made_before_measures_arrived_keeps_them() -> None:
    table = CrownTable(squares(1))
    accept = edits.change("Accept", table.crowns([1]), lambda c: replace(c, review="accepted"))
    table.set_measures({1: Measures(height_m=12.0)})
    inverse = table.apply(accept)
    assert table.get(1).measures == Measures(height_m=12.0)
    table.set_measures({1: Measures(height_m=13.0)})
    table.apply(inverse)
    assert table.get(1) == replace(squares(1)[0], measures=Measures(height_m=13.0))


def test_another_outline_drops_measures_and_undo_brings_them_back() -> None:
    table = CrownTable([replace(squares(1)[0], measures=Measures(height_m=12.0))])
    grow = edits.change("Grow", table.crowns([1]), lambda c: c.with_outline(shapely.box(0, 0, 9, 9)))
    inverse = table.apply(grow)
    assert table.get(1).measures is None
    table.apply(inverse)
    assert table.get(1).measures == Measures(height_m=12.0)


def test_an_edit_may_set_measures() -> None:
    table = CrownTable([replace(squares(1)[0], measures=Measures(height_m=12.0))])
    field = Measures(height_m=11.5, height_source="field")
    inverse = table.apply(edits.change("Field height", table.crowns([1]), lambda c: replace(c, measures=field)))
    assert table.get(1).measures == field
    table.apply(inverse)
    assert table.get(1).measures == Measures(height_m=12.0)


def test_rows_of_other_programs_read_as_sensible_crowns() -> None:
    blank = columns.crown_of(3, shapely.box(0, 0, 1, 1), [None] * len(columns.STORED))
    assert blank == Crown(3, shapely.box(0, 0, 1, 1), review="added")
    odd = dict.fromkeys(columns.STORED) | {"review": "checked", "label": 7, "score": "high", "edge": 1}
    crown = columns.crown_of(3, shapely.box(0, 0, 1, 1), list(odd.values()))
    assert (crown.review, crown.label, crown.score, crown.edge) == ("added", "7", None, True)
