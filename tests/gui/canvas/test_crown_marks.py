"""Marks that are patched after each edit equal marks made anew."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from birchtree_gui.canvas.colours import COLOUR_BY, RAMP_STEPS, REVIEW_COLOURS, SPECIES_COLOURS, ColourBy
from birchtree_gui.canvas.crown_colouring import Colouring
from birchtree_gui.canvas.crown_labels import texts
from birchtree_gui.canvas.crown_marks import DOT, NO_GLYPH, RING, MarkBook
from inference.crowns.crown import REVIEWS, Crown, Measures
from inference.crowns.edits import CrownEdit
from inference.crowns.table import CrownTable

SPECIES = (None, "Picea glauca", "Abies balsamea", "Betula papyrifera")


def crown(tree_id: int, variant: int) -> Crown:
    """Crowns that differ in everything that marks show."""
    return Crown(
        tree_id,
        shapely.box(tree_id, 0, tree_id + 1, 1),
        score=None if variant % 3 == 0 else variant / 100,
        review=REVIEWS[variant % len(REVIEWS)],
        species=SPECIES[variant % len(SPECIES)],
        measures=None if variant % 4 == 0 else Measures(height_m=float(variant)),
    )


crowns = st.dictionaries(st.integers(1, 30), st.integers(0, 60), max_size=12)


@given(crowns, st.lists(crowns, max_size=6), st.sampled_from(COLOUR_BY))
def test_patched_marks_equal_fresh_ones(
    first: dict[int, int], later: list[dict[int, int]], colour_by: ColourBy
) -> None:
    table = CrownTable([crown(*item) for item in first.items()])
    colouring = Colouring.of(colour_by, table)
    book = MarkBook(table, colouring)
    book.marks()
    for number, change in enumerate(later):
        gone = [table.get(tree_id) for tree_id in list(change)[:2] if tree_id in table and number % 2]
        old = [table.get(tree_id) for tree_id in change if tree_id in table]
        removed = {c.tree_id: c for c in (*gone, *old)}
        added = [crown(*item) for item in change.items() if item[0] not in {c.tree_id for c in gone}]
        table.apply(CrownEdit("Change", tuple(removed.values()), tuple(added)))
        patched, fresh = book.marks(), MarkBook(table, colouring).marks()
        assert np.array_equal(patched.colour, fresh.colour)
        assert np.array_equal(patched.dashed, fresh.dashed)
        assert np.array_equal(patched.glyph, fresh.glyph)


def test_dashes_and_glyphs_tell_the_review() -> None:
    table = CrownTable([replace(crown(number, 1), review=review) for number, review in enumerate(REVIEWS, 1)])
    marks = MarkBook(table, Colouring()).marks()
    assert dict(zip(REVIEWS, marks.dashed.tolist(), strict=True)) == {
        "auto": True,
        "accepted": False,
        "edited": False,
        "added": False,
        "deleted": False,
    }
    glyphs = dict(zip(REVIEWS, marks.glyph.tolist(), strict=True))
    assert (glyphs["edited"], glyphs["added"], glyphs["accepted"]) == (DOT, RING, NO_GLYPH)


def test_every_review_has_a_colour_of_its_own() -> None:
    assert set(REVIEW_COLOURS) == set(REVIEWS)
    assert len(set(REVIEW_COLOURS.values())) == len(REVIEWS)


def test_heights_run_from_the_2nd_to_the_98th_percentile() -> None:
    table = CrownTable([replace(crown(i, 1), measures=Measures(height_m=float(i))) for i in range(1, 102)])
    colouring = Colouring.of("height", table)
    assert (colouring.low, colouring.high) == pytest.approx((3.0, 99.0))
    indexes = colouring.indexes(table)
    assert indexes[0] == 0
    assert indexes[-1] == RAMP_STEPS - 1
    assert (np.diff(indexes.astype(int)) >= 0).all()


def test_crowns_without_a_value_are_grey() -> None:
    unmeasured = replace(crown(1, 1), measures=None, score=None, species=None)
    for colour_by in ("height", "score", "species"):
        colouring = Colouring.of(colour_by, CrownTable([unmeasured]))
        assert colouring.palette[colouring.index_of(unmeasured)] == "#bdbdbd"
        table = CrownTable([unmeasured])
        assert texts(table, np.array([0]), "colour", colour_by) == [""]


def test_the_commonest_species_comes_first_and_rare_ones_share_grey() -> None:
    names = ["Abies balsamea"] * 3 + [f"Rare {number}" for number in range(12)]
    table = CrownTable([replace(crown(i, 1), species=name) for i, name in enumerate(names, 1)])
    colouring = Colouring.of("species", table)
    assert colouring.index_of(table.get(1)) == 0
    assert colouring.index_of(table.get(len(names))) == len(SPECIES_COLOURS)
    assert next(entry.text for entry in colouring.legend()) == "Abies balsamea"
    assert len(colouring.legend()) == len(SPECIES_COLOURS) + 1


def test_a_new_species_gets_a_colour_without_changing_the_others() -> None:
    table = CrownTable([replace(crown(1, 1), species="Abies balsamea")])
    colouring = Colouring.of("species", table)
    assert colouring.index_of(replace(crown(2, 1), species="Picea rubens")) == 1
    assert colouring.index_of(table.get(1)) == 0


def test_labels_carry_their_unit() -> None:
    tall = replace(crown(7, 1), score=0.914, species="Abies balsamea", measures=Measures(height_m=14.24))
    labels = {by: texts(CrownTable([tall]), np.array([0]), "colour", by)[0] for by in COLOUR_BY}
    assert labels == {"review": "7", "height": "14.2 m", "score": "0.91", "species": "Abies balsamea"}
