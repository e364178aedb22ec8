"""Outlines along cell edges: exact on any map of connected pieces."""

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from resources.forest.outlines import trace
from resources.forest.ownership import settle


def _polygon(owner: np.ndarray, number: int) -> shapely.Polygon:
    outline = trace(owner)[number]
    return shapely.Polygon(outline.exterior, outline.holes)


def test_one_cell() -> None:
    owner = np.zeros((3, 4), np.int32)
    owner[1, 2] = 5
    outlines = trace(owner)
    assert list(outlines) == [5]
    assert outlines[5].exterior.tolist()[0] == outlines[5].exterior.tolist()[-1]
    assert _polygon(owner, 5).equals(shapely.box(2, 1, 3, 2))
    assert outlines[5].exterior.shape == (5, 2)


def test_straight_edges_have_no_needless_corners() -> None:
    owner = np.ones((20, 30), np.int32)
    assert trace(owner)[1].exterior.shape == (5, 2)


def test_hole_and_tree_inside_a_tree() -> None:
    owner = np.ones((9, 9), np.int32)
    owner[3:5, 3:5] = 2
    owner[6, 6] = 0
    outlines = trace(owner)
    assert len(outlines[1].holes) == 2
    assert outlines[1].area_px == 81 - 4 - 1
    assert _polygon(owner, 1).is_valid
    assert _polygon(owner, 1).intersection(_polygon(owner, 2)).area == 0


def test_a_hole_that_touches_the_rim_at_a_corner() -> None:
    owner = np.ones((4, 4), np.int32)
    owner[0, 0] = 0
    owner[1, 1] = 0
    polygon = _polygon(owner, 1)
    assert polygon.is_valid
    assert polygon.area == 14
    assert len(polygon.interiors) == 1


def test_exterior_is_counterclockwise_with_north_up() -> None:
    ring = trace(np.ones((2, 3), np.int32))[1].exterior
    assert shapely.is_ccw(shapely.LinearRing(ring * [1.0, -1.0]))


def test_nothing_to_trace() -> None:
    assert trace(np.zeros((4, 4), np.int32)) == {}


@settings(max_examples=150, deadline=None)
@given(
    owner=hnp.arrays(np.int32, st.tuples(st.integers(1, 14), st.integers(1, 14)), elements=st.integers(0, 3)),
    pocket=st.integers(0, 4),
    smallest=st.integers(1, 4),
)
def test_any_settled_map_gives_valid_disjoint_exact_outlines(owner: np.ndarray, pocket: int, smallest: int) -> None:
    settled = settle(owner, np.zeros(owner.shape, bool), smallest, pocket)
    outlines = trace(settled)
    assert sorted(outlines) == [number for number in np.unique(settled).tolist() if number > 0]
    polygons = [shapely.Polygon(outline.exterior, outline.holes) for outline in outlines.values()]
    for number, polygon in zip(outlines, polygons, strict=True):
        assert polygon.is_valid, shapely.is_valid_reason(polygon)
        assert polygon.area == outlines[number].area_px == (settled == number).sum() >= smallest
    assert shapely.union_all(polygons).area == (settled > 0).sum()
