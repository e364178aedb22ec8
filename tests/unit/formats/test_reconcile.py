"""What becomes of the rows of a file, by hand."""

from dataclasses import replace

import shapely

from inference.crowns.crown import Crown, Measures
from inference.crowns.table import CrownTable
from inference.formats.reconcile import ImportPlan, reconcile

ALL = frozenset({"label", "species", "score", "review", "edge", "note", "edited_by", "edited_at"})
AT = "2026-05-01T00:00:00+00:00"


def crown(tree_id: int, x: float = 0.0, **facts: object) -> Crown:
    return Crown(tree_id, shapely.box(x, 0, x + 10, 10), **facts)  # type: ignore[arg-type]


def plan(table: list[Crown], rows: list[Crown], columns: frozenset[str] = ALL) -> ImportPlan:
    return reconcile(CrownTable(table), rows, columns, by="Ana", at=AT)


def test_same_id_and_place_is_the_same_crown() -> None:
    found = plan([crown(1), crown(2, 100)], [crown(1), crown(2, 100, label="Pinus"), crown(3, 200)])
    assert found.unchanged == 1
    assert [c.tree_id for c in found.before] == [2]
    assert found.after[0].label == "Pinus"
    assert [c.tree_id for c in found.added] == [3]


def test_less_than_half_in_common_is_another_crown() -> None:
    assert plan([crown(1)], [crown(1, 3.3)]).after[0].outline.bounds[0] == 3.3
    assert [c.tree_id for c in plan([crown(1)], [crown(1, 3.4)]).added] == [1]


def test_an_id_that_comes_twice_counts_once() -> None:
    found = plan([crown(1)], [crown(1, 1), crown(1, 1.5)])
    assert (len(found.after), len(found.added)) == (1, 1)


def test_the_same_outline_without_an_id_is_there_already() -> None:
    turned = Crown(0, shapely.Polygon([(10, 0), (10, 10), (0, 10), (0, 0)]).reverse())
    assert plan([crown(1)], [turned]).unchanged == 1
    assert len(plan([crown(1, review="deleted")], [turned]).added) == 1


def test_an_older_export_does_not_bring_back_what_was_deleted_since() -> None:
    deleted = crown(1, review="deleted", edited_by="Zoë", edited_at="2026-03-01T00:00:00+00:00")
    assert plan([deleted], [crown(1, 1)]).unchanged == 1
    before = crown(1, review="accepted", edited_at="2026-02-01T00:00:00+00:00")
    assert plan([deleted], [before]).unchanged == 1
    later = replace(before, edited_at="2026-04-01T00:00:00+00:00")
    assert plan([deleted], [later]).after[0].review == "accepted"


def test_a_change_that_nobody_signed_counts_as_edited_by_the_importer() -> None:
    after = plan([crown(1, score=0.5)], [crown(1, 1, score=0.5)]).after[0]
    assert (after.review, after.edited_by, after.edited_at) == ("edited", "Ana", AT)
    signed = crown(1, 1, score=0.5, review="accepted", edited_by="Ben", edited_at="2026-04-01T00:00:00+00:00")
    assert plan([crown(1, score=0.5)], [signed]).after[0].edited_by == "Ben"


def test_rounding_of_a_shapefile_is_no_change() -> None:
    moved = shapely.transform(crown(1).outline, lambda xy: xy + 1e-8)
    row = Crown(1, moved, score=1 / 3 + 1e-16)
    assert plan([crown(1, score=1 / 3)], [row]).unchanged == 1


def test_measures_follow_the_outline() -> None:
    measured = Measures(height_m=12.0, height_source="DSM-DTM")
    other = Measures(height_m=13.0, height_source="DSM-DTM")
    field = Measures(height_m=14.0, height_source="field")
    stays = plan([crown(1, measures=measured)], [crown(1, measures=other, label="Pinus")]).after[0]
    assert stays.measures == measured
    assert plan([crown(1)], [crown(1, measures=other)]).after[0].measures == other
    assert plan([crown(1, measures=measured)], [crown(1, 1, measures=measured)]).after[0].measures is None
    assert plan([crown(1, measures=measured)], [crown(1, measures=field)]).after[0].measures == field
    assert plan([crown(1, measures=field)], [crown(1, measures=field)]).unchanged == 1
