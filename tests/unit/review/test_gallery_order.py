"""The gallery's orders and filters, likeness of crowns, and when marks are worth a lesson."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from inference.crowns.crown import Crown, Measures, Review
from inference.crowns.table import CrownTable
from inference.pipeline.lesson_marks import is_enough, mark_counts
from inference.review.gallery import ORDERS, SHOWS, GalleryWish, arrange
from inference.traits.alikeness import Alikeness


def crown(
    tree_id: int, species: str | None = None, score: float | None = None, review: Review = "auto", **more: object
) -> Crown:
    outline = shapely.Point(10.0 * tree_id, 0.0).buffer(2.0)
    return Crown(tree_id, outline, species=species, species_score=score, review=review, **more)  # type: ignore[arg-type]


@pytest.fixture
def table() -> CrownTable:
    return CrownTable(
        [
            crown(1, "Acer rubrum"),
            crown(2, "Picea glauca", 0.9, measures=Measures(height_m=20.0, species_topk="Picea glauca 0.9; Acer 0.1")),
            crown(3, "Picea glauca", 0.5, measures=Measures(height_m=5.0, species_topk="Picea glauca 0.5; Acer 0.45")),
            crown(4, measures=Measures(height_m=30.0)),
            crown(5, "Acer rubrum", review="deleted"),
            crown(6, "Abies balsamea", 0.7, measures=Measures(species_topk="Abies balsamea 0.7; Acer 0.2")),
        ]
    )


def shown(table: CrownTable, alike: Alikeness | None = None, **wish: object) -> list[int]:
    found: list[int] = arrange(table, GalleryWish(**wish), alike).tolist()  # type: ignore[arg-type]
    return found


def test_orders(table: CrownTable) -> None:
    assert shown(table) == [1, 2, 3, 4, 6]
    assert shown(table, order="species") == [6, 1, 2, 3, 4]
    assert shown(table, order="doubt") == [4, 3, 6, 2, 1]
    assert shown(table, order="height") == [4, 2, 3, 1, 6]


def test_filters(table: CrownTable) -> None:
    assert shown(table, show="unnamed") == [2, 3, 4, 6]
    assert shown(table, show="told") == [2, 3, 6]
    assert shown(table, show="named") == [1]
    assert shown(table, species="Picea glauca") == [2, 3]


def test_alike_crowns_come_first_and_unread_ones_last(table: CrownTable) -> None:
    ids = np.array([1, 2, 3, 6])
    alike = Alikeness.of(ids, np.array([[0, 0], [9, 9], [1, 0], [5, 5]], np.float32), "m")
    assert shown(table, alike, order="alike", reference=frozenset({1})) == [1, 3, 6, 2, 4]
    assert shown(table, alike, order="alike", reference=frozenset({2})) == [2, 6, 3, 1, 4]
    assert shown(table, alike, order="alike", reference=frozenset({4})) == [1, 2, 3, 4, 6]


@given(st.sampled_from(ORDERS), st.sampled_from(SHOWS), st.integers(0, 30), st.integers(0, 5))
def test_every_shown_crown_is_shown_once(order: str, show: str, count: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    made = [crown(i, *[(None, None), ("Acer", None), ("Acer", 0.5)][int(rng.integers(3))]) for i in range(1, count + 1)]
    found = arrange(CrownTable(made), GalleryWish(order, show))  # type: ignore[arg-type]
    assert len(set(found.tolist())) == len(found) <= count


@given(st.integers(0, 40), st.integers(1, 60), st.integers(0, 9))
def test_likeness_takes_any_embeddings(count: int, width: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(count, width)).astype(np.float32)
    values[:, 0] = 1.0
    if count:
        values[0] = np.nan
    alike = Alikeness.of(np.arange(count), values)
    assert len(alike) == max(0, count - 1)
    distances = alike.distances([1])
    if count > 1:
        assert distances[0] == 0
        assert np.isfinite(distances).all()
        assert (distances >= 0).all()


def test_groups_that_differ_in_one_quiet_number_are_found() -> None:
    rng = np.random.default_rng(3)
    values = rng.normal(size=(200, 20)).astype(np.float32) * 30
    group = np.arange(200) % 2
    values[:, 7] = group * 0.02 + rng.normal(size=200) * 0.0005
    alike = Alikeness.of(np.arange(200), values)
    reference = np.flatnonzero(group == 0)[:20]
    nearest = np.argsort(alike.distances(reference.tolist()), kind="stable")[20:60]
    assert (group[nearest] == 0).mean() > 0.65


def test_marks_are_what_a_person_named() -> None:
    named = [crown(i, "Acer rubrum") for i in range(1, 6)]
    told = [crown(i, "Picea glauca", 0.9) for i in range(6, 20)]
    odd = [crown(20, "unknown"), crown(21, "Picea glauca", review="deleted")]
    counts = mark_counts(CrownTable([*named, *told, *odd]))
    assert counts == {"Acer rubrum": 5}
    assert not is_enough(counts)
    assert is_enough({**counts, "Picea glauca": 5})
    assert not is_enough({**counts, "Picea glauca": 4})
