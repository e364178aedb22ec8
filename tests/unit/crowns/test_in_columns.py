"""Many crowns at once come out as one by one."""

from dataclasses import replace

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.crowns import columns, edits, in_columns
from inference.crowns.columns import STORED, Value
from inference.crowns.crown import Crown, Measures
from inference.crowns.edit_parts import parts_of
from inference.crowns.edits import CrownEdit
from inference.crowns.table import CrownTable

BOX = shapely.box(0, 0, 1, 1)
# What other programs may leave in a row, besides what belongs there.
values: st.SearchStrategy[Value] = st.sampled_from(
    [None, "", "Tree", "auto", "gone", '{"a":1}', '{"a":true}', '{"a":1.0}', "{", 0, 1, 2.5, -0.0, True]
)
FIELDS: dict[str, list[object]] = {
    "review": ["accepted", "deleted", "auto"],
    "note": ["n", ""],
    "species": ["Picea", None],
    "edge": [True, False],
    "score": [0.5, None],
    "custom": [(("a", 1),), (("a", True),), (("a", 1.0),), ()],
    "measures": [None, Measures(height_m=3.0, treetop_crs=(1.0, 2.0)), Measures(dbh_cm=1.0, species_ood=0.0)],
}
COLUMNS = (*columns.COLUMNS, "custom:a")


def boxes(count: int, **attributes: object) -> list[Crown]:
    return [Crown(i, shapely.box(2 * i, 0, 2 * i + 1, 1), **attributes) for i in range(1, count + 1)]  # type: ignore[arg-type]


@given(st.lists(st.tuples(*[values] * len(STORED)), min_size=1, max_size=4))
def test_rows_become_the_same_crowns(rows: list[tuple[Value, ...]]) -> None:
    ids = list(range(1, len(rows) + 1))
    alone = [columns.crown_of(tree_id, BOX, row) for tree_id, row in zip(ids, rows, strict=True)]
    together = in_columns.crowns_of(ids, [BOX] * len(ids), rows)
    assert together == alone
    assert repr(together) == repr(alone)  # 1, 1.0 and True are equal
    for place, name in enumerate(STORED):
        stored = in_columns.stored(alone, in_columns.field_of(name))[name]
        assert repr(stored) == repr([columns.row_of(crown)[place] for crown in alone])
    assert in_columns.crowns_of([], [], []) == []


@given(st.lists(st.sampled_from(sorted(FIELDS)), unique=True), st.data())
def test_changing_many_is_changing_each(names: list[str], data: st.DataObject) -> None:
    crowns = boxes(5)
    new = {name: [data.draw(st.sampled_from(FIELDS[name])) for _ in crowns] for name in names}
    changed = in_columns.changed(crowns, new)
    each = [replace(crown, **{name: new[name][place] for name in names}) for place, crown in enumerate(crowns)]
    assert changed == each
    assert set(in_columns.differing(crowns, changed)) <= set(names)
    assert [crown.outline for crown in changed] == [crown.outline for crown in crowns]


@settings(max_examples=40)
@given(st.data())
def test_columns_stay_right_whatever_changes(data: st.DataObject) -> None:
    rows = [columns.row_of(crown) for crown in boxes(12)]
    outlines = columns.objects(crown.outline for crown in boxes(12))
    table = CrownTable.from_rows(range(1, 13), outlines, rows)
    for _ in range(3):
        for name in data.draw(st.lists(st.sampled_from(COLUMNS), max_size=6)):
            table.column(name)
        chosen = table.crowns(data.draw(st.lists(st.sampled_from(table.ids.tolist()), unique=True, min_size=1)))
        field = data.draw(st.sampled_from([*FIELDS, "outline", "gone"]))
        if field == "gone":
            table.apply(CrownEdit("x", tuple(chosen[:1])))
        elif field == "outline":
            table.apply(edits.change("x", chosen, lambda c: c.with_outline(shapely.buffer(c.outline, 0.1))))
        else:
            new = data.draw(st.sampled_from(FIELDS[field]))
            table.apply(CrownEdit("x", tuple(chosen), tuple(replace(crown, **{field: new}) for crown in chosen)))
        twin = table.frozen()
        fresh = CrownTable(table.crowns())
        for name in COLUMNS:
            for one in (table, twin):
                assert repr(one.column(name).tolist()) == repr(fresh.column(name).tolist()), name
        assert table.visible.tolist() == fresh.visible.tolist()


def test_a_change_of_notes_leaves_the_other_columns_alone() -> None:
    table = CrownTable(boxes(20, score=0.5))
    heights, notes = table.column("height_m"), table.column("note")
    table.apply(edits.set_fields("x", table.crowns([3, 4]), in_columns.same_for_all(note="n")))
    assert table.column("height_m") is heights
    assert table.column("note") is not notes
    assert table.frozen().column("height_m") is heights


def test_what_a_thread_has_made_of_its_copy_need_not_be_made_again() -> None:
    crowns = boxes(20)
    rows = [columns.row_of(crown) for crown in crowns]
    table = CrownTable.from_rows(range(1, 21), columns.objects(crown.outline for crown in crowns), rows)
    twin = table.frozen()
    made = twin.crowns()
    assert made == crowns
    assert all(one is two for one, two in zip(made, table.crowns(), strict=True))
    table.apply(edits.set_fields("x", made[:2], in_columns.same_for_all(note="n")))
    assert twin.crowns() == crowns
    assert [crown.note for crown in table.crowns([1, 2, 3])] == ["n", "n", ""]


def test_the_parts_of_an_edit() -> None:
    one, two, three, four = boxes(4)
    noted, moved = replace(two, note="n", outline=shapely.box(4, 0, 5, 1)), three.with_outline(BOX)
    parts = parts_of(CrownEdit("x", (one, two, three), (noted, moved, four)))
    assert (parts.gone, list(parts.new), list(parts.moved)) == ((1,), [four], [moved])
    assert (list(parts.before), list(parts.after), parts.fields) == ([two], [noted], ("note",))
    assert not parts.keeps_outlines
    assert parts_of(edits.change("x", [one, two], lambda c: replace(c, note="n"))).keeps_outlines


def test_shown_are_the_visible_among_some() -> None:
    table = CrownTable([*boxes(3), Crown(9, BOX, review="deleted")])
    assert table.shown([3, 1, 9, 77, -4]) == {1, 3}
    assert table.shown([]) == CrownTable().shown([1]) == frozenset()
    assert all(isinstance(tree_id, int) for tree_id in table.shown(np.array([1, 2])))
