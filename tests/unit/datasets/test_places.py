"""Splits never share ground."""

import numpy as np
import pytest
import shapely
from factories_rasters import CRS_WKT
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.crs import CRS

from inference.datasets.places import Ground, blocks_of, lattice, places_of, shared_out, whole_block
from inference.plot.crs import transform_xy

SIERRA = str(CRS.from_epsg(32611).to_wkt())
FEET = str(CRS.from_epsg(2225).to_wkt())  # California zone 1, US survey feet


def ground(left: float, bottom: float, side: float = 40.0, crs_wkt: str = SIERRA, unit_m: float = 1.0) -> Ground:
    return Ground((left, bottom, left + side, bottom + side), crs_wkt, unit_m)


def test_near_surveys_are_one_place_also_by_neighbours() -> None:
    grounds = [ground(300_000, 4_090_000), ground(300_080, 4_090_000), ground(300_160, 4_090_000), ground(301_000, 4e6)]
    numbers = places_of(grounds, 50.0)
    assert numbers[0] == numbers[1] == numbers[2] != numbers[3]
    assert len(set(places_of(grounds, 30.0).tolist())) == 4


@pytest.mark.parametrize("gap_m", [10.0, 45.0, 55.0, 400.0])
@pytest.mark.parametrize("direction", [(1, 0), (0, 1)])
def test_distances_hold_far_from_greenwich(gap_m: float, direction: tuple[int, int]) -> None:
    """At 119 degrees west a cosine of its own for each plot would move them by as much as they are apart."""
    step = 40.0 + gap_m
    pair = [ground(300_000, 4_090_000), ground(300_000 + step * direction[0], 4_090_000 + step * direction[1])]
    numbers = places_of(pair, 50.0)
    assert bool(numbers[0] == numbers[1]) is (gap_m < 50.0)


def test_the_same_place_in_two_crs() -> None:
    corner = transform_xy(SIERRA, FEET, np.array([[300_010.0, 4_090_010.0]]))[0]
    feet = Ground((corner[0], corner[1], corner[0] + 60, corner[1] + 60), FEET, 0.3048006)
    assert places_of([ground(300_000, 4_090_000), feet], 50.0).tolist() == [0, 0]


def test_local_surveys_are_compared_with_each_other_alone() -> None:
    numbers = places_of([ground(0, 0, crs_wkt=""), ground(30, 0, crs_wkt=""), ground(0, 0)], 50.0)
    assert numbers[0] == numbers[1] != numbers[2]


def areas_by_split(surveys: list[shapely.MultiPolygon], side_m: float, seed: int) -> dict[str, shapely.Geometry]:
    cells = lattice([Ground(area.bounds, CRS_WKT, 1.0) for area in surveys], side_m)
    nothing = np.zeros(0, object)
    blocks = [block for n, area in enumerate(surveys) for block in blocks_of(n, 0, area, nothing, cells[n])]
    splits = shared_out(blocks, (0.6, 0.2, 0.2), seed=seed, by_place=False)
    return {
        name: shapely.union_all([block.area for block, split in zip(blocks, splits, strict=True) if split == name])
        for name in ("train", "valid", "test")
    }


sides = st.floats(20.0, 120.0)
boxes = st.tuples(st.floats(0.0, 100.0), st.floats(0.0, 100.0), sides, sides)


@settings(max_examples=40, deadline=None)
@given(st.lists(boxes, min_size=1, max_size=3), st.floats(8.0, 70.0), st.integers(0, 99))
def test_blocks_of_overlapping_surveys_share_ground_only_within_a_split(
    found: list[tuple[float, float, float, float]], side_m: float, seed: int
) -> None:
    left, bottom = 500_000.0, 5_100_000.0
    surveys = [
        shapely.MultiPolygon([shapely.box(left + x, bottom + y, left + x + w, bottom + y + h)]) for x, y, w, h in found
    ]
    by_split = areas_by_split(surveys, side_m, seed)
    names = list(by_split)
    for first in names:
        for second in names[names.index(first) + 1 :]:
            assert shapely.intersection(by_split[first], by_split[second]).area < 1e-3
    whole = shapely.union_all(surveys).area
    assert sum(area.area for area in by_split.values()) == pytest.approx(whole, rel=1e-6)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=5, max_size=15), st.integers(0, 99))
def test_places_go_to_one_split_as_a_whole(crowns: list[int], seed: int) -> None:
    area = shapely.MultiPolygon([shapely.box(0, 0, 1, 1)])
    middles = np.array([shapely.Point(0.5, 0.5)], object)
    places = [number // 2 for number in range(len(crowns))]
    blocks = [
        whole_block(number, place, area, np.repeat(middles, count))
        for number, (place, count) in enumerate(zip(places, crowns, strict=True))
    ]
    splits = shared_out(blocks, (0.7, 0.15, 0.15), seed=seed, by_place=True)
    for place in set(places):
        assert len({split for split, own in zip(splits, places, strict=True) if own == place}) == 1
    assert "train" in splits
    assert splits == shared_out(blocks, (0.7, 0.15, 0.15), seed=seed, by_place=True)


def test_shares_are_kept_as_well_as_whole_places_allow() -> None:
    area, middle = shapely.MultiPolygon([shapely.box(0, 0, 1, 1)]), np.array([shapely.Point(0.5, 0.5)], object)
    blocks = [whole_block(number, number, area, np.repeat(middle, 10)) for number in range(20)]
    splits = shared_out(blocks, (0.7, 0.15, 0.15), seed=3, by_place=True)
    assert [splits.count(name) for name in ("train", "valid", "test")] == [14, 3, 3]
    alone = shared_out(blocks, (1.0, 0.0, 0.0), seed=3, by_place=True)
    assert set(alone) == {"train"}
