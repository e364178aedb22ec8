"""Values for many crowns: what is written, what is refused, and that undo takes it back."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import shapely

from inference.crowns import edits
from inference.crowns.crown import Crown, Measures
from inference.crowns.expression.names import Names
from inference.crowns.records import CustomField
from inference.crowns.table import CrownTable
from inference.errors import InputError
from inference.project import bulk, codec
from inference.project.bulk import Target
from inference.project.store import Project

WHOLE = CustomField(1, "no", "No", "integer")
REAL = CustomField(2, "cm", "Stem cm", "real")
FLAG = CustomField(3, "leans", "Leans", "flag")
DATE = CustomField(4, "day", "Day", "date")
CHOICE = CustomField(5, "health", "Health", "choice", ("good", "poor"))
FIELDS = (WHOLE, REAL, FLAG, DATE, CHOICE)


def crowns(count: int = 4) -> list[Crown]:
    return [
        Crown(n, shapely.box(n, 0, n + 1, 1), species="Picea glauca" if n % 2 else None, species_score=0.5,
              measures=Measures(height_m=10.0 + n, height_source="DSM-DTM"))
        for n in range(1, count + 1)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("target", "value", "kept"),
    [
        (Target("species"), " Abies balsamea ", "Abies balsamea"),
        (Target("review"), "Proposed", "auto"),
        (Target("note"), "", None),
        (Target.of_field(WHOLE), 7.0, 7),
        (Target.of_field(WHOLE), "7", 7),
        (Target.of_field(REAL), 7.25, 7.25),
        (Target.of_field(FLAG), True, True),
        (Target.of_field(FLAG), "no", False),
        (Target.of_field(DATE), "2026-07-31T10:00", "2026-07-31"),
        (Target.of_field(CHOICE), "GOOD", "good"),
        (Target.of_field(REAL), float("nan"), None),
    ],
)
def test_values_are_kept_as_their_kind(target: Target, value: object, kept: object) -> None:
    found = target.typed(value)
    assert found == kept
    assert type(found) is type(kept)


@pytest.mark.parametrize(
    ("target", "value"),
    [
        (Target("review"), "eaten"),
        (Target.of_field(WHOLE), 7.5),
        (Target.of_field(CHOICE), "great"),
        (Target.of_field(DATE), "soon"),
    ],
)
def test_other_values_are_refused(target: Target, value: object) -> None:
    with pytest.raises(InputError):
        target.typed(value)


def test_species_by_a_person_accepts_and_is_no_guess() -> None:
    edit = bulk.set_values(crowns(), ["Picea glauca"] * 4, Target("species"), by="Ada", at="now")
    assert edit is not None
    assert edit.name == "Set species of 4 crowns"
    assert {(c.species, c.label, c.review, c.species_score) for c in edit.added} == {
        ("Picea glauca", "Picea glauca", "accepted", None)
    }


def test_only_crowns_that_change_are_in_the_edit() -> None:
    listed = [replace(crown, note="tall" if crown.tree_id < 3 else "") for crown in crowns()]
    edit = bulk.set_values(listed, ["tall"] * 4, Target("note"), by="Ada", at="now")
    assert edit is not None
    assert edit.touched_ids == {3, 4}
    assert bulk.set_values(list(edit.added), ["tall"] * 2, Target("note"), by="Ada", at="now") is None


def test_expressions_give_each_crown_its_own() -> None:
    table = CrownTable(crowns())
    some = table.crowns([2, 4])
    names = Names(FIELDS)
    assert bulk.worked_out(table, some, Target.of_field(WHOLE), "height_m * 2", names) == [24, 28]
    assert bulk.worked_out(table, some, Target("note"), "'h ' || height", names) == ["h 12", "h 14"]
    assert bulk.worked_out(table, some, Target("note"), "plain text") == ["plain text"] * 2
    with pytest.raises(InputError, match="For crown 2"):
        bulk.worked_out(table, some, Target.of_field(WHOLE), "height_m / 5", names)
    with pytest.raises(InputError, match="no column"):
        bulk.worked_out(table, some, Target.of_field(WHOLE), "heigt", names)


def test_a_change_of_attributes_carries_no_outlines_and_is_undone(tmp_path: Path) -> None:
    ortho = tmp_path / "o.tif"
    ortho.write_bytes(b"named, never read")
    sources = SimpleNamespace(ortho=ortho, dsm=None, dtm=None, aoi=None)
    path = tmp_path / "p.birch.gpkg"
    with Project.create(path, sources, crs_wkt="") as project:
        ids = project.take_ids(60)
        outline = shapely.Point(0, 0).buffer(3, quad_segs=16)
        made = [Crown(i, shapely.transform(outline, lambda xy, i=i: xy + i)) for i in ids]
        project.apply(edits.add("Segment", made))
        before = project.table.crowns()
        edit = bulk.set_values(before, ["Picea glauca"] * 60, Target("species"), by="Ada", at="now")
        assert edit is not None
        assert len(codec.pack_edit(edit, lean=True)) < len(codec.pack_edit(edit)) / 2
        project.apply(edit)
        after = project.table.crowns()
    with Project.open(path) as project:  # nothing but the file knows what to take back
        project.undo()
        assert project.table.crowns() == before
        project.redo()
        assert project.table.crowns() == after


def test_lean_steps_come_back_whole() -> None:
    before = crowns()
    after = [replace(crown, note="n", custom=(("no", 7),)) for crown in before]
    moved = before[3].with_outline(shapely.box(9, 9, 12, 12))
    edit = edits.CrownEdit("x", tuple(before), (*after[:2], moved))
    held = {crown.tree_id: crown for crown in before}
    back = codec.unpack_edit("x", codec.pack_edit(edit, lean=True), lambda ids: [held.get(i) for i in ids])
    assert {c.tree_id: c for c in back.removed} == {c.tree_id: c for c in edit.removed}
    assert {c.tree_id: c for c in back.added} == {c.tree_id: c for c in edit.added}
    assert codec.pack_edit(edits.delete(before, by="a", at="b")) == codec.pack_edit(
        edits.delete(before, by="a", at="b"), lean=False
    )


def test_a_lean_step_on_another_outline_is_told_from_it() -> None:
    before = crowns(1)
    edit = edits.change("x", before, lambda crown: replace(crown, note="n"))
    moved = replace(before[0], outline=shapely.box(5, 5, 6, 6))
    back = codec.unpack_edit("x", codec.pack_edit(edit, lean=True), lambda ids: [moved] * len(ids))
    assert not back.removed[0].same_decisions(before[0])
    gone = codec.unpack_edit("x", codec.pack_edit(edit, lean=True))
    assert not gone.removed[0].same_decisions(before[0])
