"""Edits are plain values with an exact inverse."""

from dataclasses import replace

import shapely

from inference.crowns import edits
from inference.crowns.crown import Crown
from inference.crowns.edits import CrownEdit

ONE = Crown(1, shapely.box(0, 0, 1, 1))
TWO = Crown(2, shapely.box(2, 0, 3, 1), score=0.4)


def test_the_inverse_of_the_inverse_is_the_edit() -> None:
    edit = CrownEdit("Merge 2 crowns", removed=(ONE, TWO), added=(ONE.with_outline(shapely.box(0, 0, 3, 1)),))
    assert edit.inverse().inverse() == edit
    assert edit.inverse().removed == edit.added
    assert edit.touched_ids == edit.inverse().touched_ids == {1, 2}


def test_deleting_marks_and_names() -> None:
    edit = edits.delete([ONE, TWO], by="ana", at="2026-11-21T10:00:00+00:00")
    assert edit.name == "Delete 2 crowns"
    assert [crown.review for crown in edit.added] == ["deleted", "deleted"]
    assert {crown.edited_by for crown in edit.added} == {"ana"}
    assert edits.delete([ONE], by="ana", at="").name == "Delete crown"


def test_adding_and_changing() -> None:
    assert edits.add("Draw crown", [ONE]).removed == ()
    change = edits.change("Note", iter([ONE, TWO]), lambda crown: replace(crown, note="x"))
    assert change.removed == (ONE, TWO)
    assert [crown.note for crown in change.added] == ["x", "x"]
