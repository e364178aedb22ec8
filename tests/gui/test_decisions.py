"""Decisions about crowns are edits that can be undone."""

import pytest
import shapely

from birchtree_gui import decisions
from inference.crowns.crown import Crown
from inference.crowns.table import CrownTable

STAMP = {"by": "Ada", "at": "2026-11-21T08:00:00+00:00"}


@pytest.fixture
def table() -> CrownTable:
    outlines = [shapely.box(5 * place, 0, 5 * place + 4, 4) for place in range(3)]
    reviews = ("auto", "accepted", "auto")
    crowns = (
        Crown(place + 1, outline, review=review)
        for place, (outline, review) in enumerate(zip(outlines, reviews, strict=True))
    )
    return CrownTable(crowns)


def test_accepting_touches_only_proposed_crowns(table: CrownTable) -> None:
    edit = decisions.accept(table.crowns(), **STAMP)
    assert edit is not None
    assert edit.name == "Accept 2 crowns"
    inverse = table.apply(edit)
    assert [crown.review for crown in table.crowns()] == ["accepted"] * 3
    assert table.get(1).edited_by == "Ada"
    table.apply(inverse)
    assert [crown.review for crown in table.crowns()] == ["auto", "accepted", "auto"]
    assert decisions.accept([table.get(2)], **STAMP) is None


def test_deleting_keeps_the_crown_for_the_log(table: CrownTable) -> None:
    edit = decisions.delete([table.get(1)], **STAMP)
    assert edit is not None
    assert edit.name == "Delete crown"
    table.apply(edit)
    assert table.get(1).review == "deleted"
    assert decisions.delete([table.get(1)], **STAMP) is None


def test_naming_a_species_confirms_it(table: CrownTable) -> None:
    edit = decisions.name_species([table.get(1)], " Picea glauca ", **STAMP)
    assert edit is not None
    table.apply(edit)
    crown = table.get(1)
    assert (crown.species, crown.label, crown.review, crown.species_score) == (
        "Picea glauca",
        "Picea glauca",
        "accepted",
        None,
    )
    assert decisions.name_species([crown], "Picea glauca", **STAMP) is None
    forgotten = decisions.name_species([crown], "", **STAMP)
    assert forgotten is not None
    table.apply(forgotten)
    assert (table.get(1).species, table.get(1).label) == (None, "Tree")


def test_notes(table: CrownTable) -> None:
    edit = decisions.write_note(table.crowns([1, 3]), "leaning", **STAMP)
    assert edit is not None
    assert edit.name == "Write note on 2 crowns"
    assert decisions.write_note([table.get(1)], "", **STAMP) is None
