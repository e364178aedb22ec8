"""Outline operations keep outlines valid and account for every square metre."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from inference.crowns import geometry
from inference.errors import InputError

SQUARE = shapely.box(0, 0, 10, 10)
RING = shapely.Polygon(SQUARE.exterior, [shapely.box(4, 4, 6, 6).exterior])
BOW_TIE = shapely.Polygon([(0, 0), (4, 4), (4, 0), (0, 6)])


@st.composite
def stars(draw: st.DrawFn, *, corners: int = 24) -> shapely.Polygon:
    """A star-shaped crown of a few metres somewhere on a plot, sometimes with a hole, as segmenters make them."""
    count = draw(st.integers(4, corners))
    radii = draw(st.lists(st.floats(1, 6), min_size=count, max_size=count))
    x, y = draw(st.floats(-5, 5)), draw(st.floats(-5, 5))
    angles = np.linspace(0, 2 * math.pi, count, endpoint=False)
    shell = np.column_stack([x + radii * np.cos(angles), y + radii * np.sin(angles)])
    hole = np.column_stack([x + 0.3 * np.cos(angles), y + 0.3 * np.sin(angles)])
    star = shapely.Polygon(shell, [hole] if draw(st.booleans()) else [])
    assume(star.is_valid)
    return shapely.orient_polygons(star, exterior_cw=False)


lines = st.tuples(st.floats(-5, 5), st.floats(-5, 5), st.floats(0, math.pi)).map(
    lambda v: shapely.LineString([(v[0] + s * 50 * math.cos(v[2]), v[1] + s * 50 * math.sin(v[2])) for s in (-1, 1)])
)


def not_finite(number: str) -> shapely.Polygon:
    with np.errstate(invalid="ignore"):
        return shapely.from_wkt(f"POLYGON ((0 0, 1 1, {number} 2, 0 0))")


def is_sound(outline: shapely.Polygon) -> bool:
    return (
        outline.geom_type == "Polygon"
        and outline.is_valid
        and not outline.has_z
        and outline.exterior.is_ccw
        and not any(ring.is_ccw for ring in outline.interiors)
    )


# ---- to_valid_polygon


def test_a_sound_polygon_comes_back_unchanged() -> None:
    assert geometry.to_valid_polygon(RING) == geometry.from_rings(geometry.rings(RING))
    sound = geometry.to_valid_polygon(SQUARE)
    assert geometry.to_valid_polygon(sound) is sound


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        shapely.Polygon(),
        shapely.Point(1, 1),
        shapely.LineString([(0, 0), (1, 1)]),
        shapely.Polygon([(0, 0), (1, 1), (2, 2)]),
        shapely.Polygon([(1, 1), (0, 0), (0, 1e-102)]),
        not_finite("nan"),
        not_finite("inf"),
        shapely.GeometryCollection([shapely.Point(0, 0), shapely.LineString([(0, 0), (1, 1)])]),
    ],
)
def test_nothing_with_an_area_is_none(wrong: shapely.Geometry) -> None:
    assert geometry.to_valid_polygon(wrong) is None


def test_the_largest_part_of_anything_is_kept() -> None:
    parts = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 8, 8)])
    assert geometry.to_valid_polygon(parts).equals(shapely.box(5, 5, 8, 8))
    nested = shapely.GeometryCollection([shapely.Point(0, 0), parts, shapely.box(20, 20, 21, 21)])
    assert geometry.to_valid_polygon(nested).equals(shapely.box(5, 5, 8, 8))
    repaired = geometry.to_valid_polygon(BOW_TIE)
    assert is_sound(repaired)
    assert repaired.area == max(part.area for part in shapely.get_parts(shapely.make_valid(BOW_TIE)))


def test_height_is_dropped_and_the_ring_turned() -> None:
    clockwise = shapely.Polygon([(0, 0, 9), (0, 5, 9), (5, 5, 9), (5, 0, 9)])
    flat = geometry.to_valid_polygon(clockwise)
    assert is_sound(flat)
    assert flat.area == 25


def test_small_holes_are_filled_and_large_ones_kept() -> None:
    assert len(geometry.to_valid_polygon(RING, min_hole_area=4.0).interiors) == 1
    assert len(geometry.to_valid_polygon(RING, min_hole_area=4.1).interiors) == 0


places = st.integers(-20_000, 20_000).map(lambda millimetres: millimetres / 1000)


@given(st.lists(st.tuples(places, places), min_size=3, max_size=14))
def test_any_scribble_becomes_a_sound_polygon_or_none(points: list[tuple[float, float]]) -> None:
    result = geometry.to_valid_polygon(shapely.Polygon(points))
    if result is not None:
        assert is_sound(result)
        assert result.area > 0
        assert result.area <= shapely.convex_hull(shapely.MultiPoint(points)).area * (1 + 1e-9)
        assert geometry.to_valid_polygon(result) is result


# ---- merge


@given(stars(), stars())
def test_merged_area_is_the_sum_less_the_overlap(one: shapely.Polygon, two: shapely.Polygon) -> None:
    assume(one.intersection(two).area > 0.01)
    merged = geometry.merge([one, two])
    assert is_sound(merged)
    assert merged.area == pytest.approx(one.area + two.area - one.intersection(two).area, rel=1e-9)


def test_disjoint_crowns_do_not_merge() -> None:
    with pytest.raises(InputError, match="do not touch") as caught:
        geometry.merge([SQUARE, shapely.box(10.5, 0, 20, 10)])
    assert caught.value.code == "geometry.apart"


def test_crowns_that_meet_in_a_point_do_not_merge() -> None:
    with pytest.raises(InputError):
        geometry.merge([SQUARE, shapely.box(10, 10, 20, 20)])


def test_a_small_gap_is_bridged() -> None:
    merged = geometry.merge([SQUARE, shapely.box(10.5, 0, 20, 10)], gap=0.5)
    assert is_sound(merged)
    assert merged.area == pytest.approx(200, rel=1e-6)
    with pytest.raises(InputError):
        geometry.merge([SQUARE, shapely.box(10.6, 0, 20, 10)], gap=0.5)


def test_neighbours_along_a_border_merge_and_one_crown_merges_with_itself() -> None:
    assert geometry.merge([SQUARE, shapely.box(10, 0, 20, 10)]).area == 200
    assert geometry.merge([SQUARE]).equals(SQUARE)


def test_slivers_between_merged_crowns_are_filled() -> None:
    left = shapely.Polygon([(0, 0), (5, 0), (5, 2), (4.9, 5), (5, 8), (5, 10), (0, 10)])
    right = shapely.box(5, 0, 10, 10)
    assert len(geometry.merge([left, right]).interiors) == 1
    assert len(geometry.merge([left, right], gap=1.0).interiors) == 0


# ---- split and subtract


@given(stars(), lines)
def test_split_parts_sum_to_the_whole(outline: shapely.Polygon, line: shapely.LineString) -> None:
    try:
        parts = geometry.split(outline, line)
    except InputError:
        # Only a line that hardly enters the crown may fail to cut it.
        assert shapely.intersection(line, outline.buffer(-1e-6)).length < 1e-3 or _is_ring_cut(outline, line)
        return
    assert all(is_sound(part) for part in parts)
    assert math.fsum(part.area for part in parts) == pytest.approx(outline.area, rel=1e-9)
    assert shapely.union_all(list(parts)).symmetric_difference(outline).area < 1e-6
    assert [part.area for part in parts] == sorted((part.area for part in parts), reverse=True)


def _is_ring_cut(outline: shapely.Polygon, line: shapely.LineString) -> bool:
    """A line may run from the border into a hole and end there without cutting anything off."""
    return len(outline.interiors) > 0 and len(shapely.get_parts(shapely.difference(outline, line.buffer(1e-9)))) == 1


@pytest.mark.parametrize(
    "line",
    [
        [(-1, 20), (11, 20)],
        [(-1, 5), (5, 5)],
        [(2, 2), (8, 8)],
        [(0, 0), (10, 0)],
    ],
    ids=["beside", "ends inside", "wholly inside", "along the border"],
)
def test_a_line_that_does_not_cut_through_is_refused(line: list[tuple[float, float]]) -> None:
    with pytest.raises(InputError) as caught:
        geometry.split(SQUARE, shapely.LineString(line))
    assert caught.value.code == "geometry.no_cut"


def test_a_wavy_line_may_cut_into_many_parts() -> None:
    line = shapely.LineString([(-1, 5), (2, 12), (4, 5), (6, 12), (11, 5)])
    parts = geometry.split(SQUARE, line)
    assert len(parts) == 4
    assert sum(part.area for part in parts) == pytest.approx(100)


def test_a_hole_is_on_one_side_or_cut_itself() -> None:
    beside = geometry.split(RING, shapely.LineString([(2, -1), (2, 11)]))
    assert [len(part.interiors) for part in beside] == [1, 0]
    through = geometry.split(RING, shapely.LineString([(5, -1), (5, 11)]))
    assert [part.area for part in through] == [48, 48]


@given(stars(), stars())
def test_subtracting_takes_exactly_the_overlap(one: shapely.Polygon, two: shapely.Polygon) -> None:
    rest = shapely.difference(one, two)
    assume(rest.area > 0.01)
    result = geometry.subtract(one, [two])
    assert is_sound(result)
    largest = max(part.area for part in shapely.get_parts(rest) if part.geom_type == "Polygon")
    assert result.area == pytest.approx(largest, rel=1e-9)
    assert result.intersection(two).area < 1e-6


def test_subtracting_everything_is_refused_and_nothing_changes_nothing() -> None:
    with pytest.raises(InputError) as caught:
        geometry.subtract(SQUARE, [SQUARE.buffer(1)])
    assert caught.value.code == "geometry.nothing_left"
    assert geometry.subtract(SQUARE, []).equals(SQUARE)


# ---- holes


def test_a_hole_is_cut_and_filled() -> None:
    hole = shapely.box(4, 4, 6, 6)
    holed = geometry.add_hole(SQUARE, hole)
    assert is_sound(holed)
    assert holed.area == 96
    assert geometry.fill_holes(holed).equals(SQUARE)
    for wrong in (shapely.box(4, 4, 6, 10), shapely.box(20, 20, 21, 21), shapely.box(5, 5, 7, 7)):
        with pytest.raises(InputError) as caught:
            geometry.add_hole(holed, wrong)
        assert caught.value.code == "geometry.hole_outside"


# ---- corners


@given(stars(), st.data())
def test_moving_corners_there_and_back_is_nothing(outline: shapely.Polygon, data: st.DataObject) -> None:
    corners = geometry.rings(outline)
    ring = data.draw(st.integers(0, len(corners) - 1))
    index = data.draw(st.integers(0, len(corners[ring]) - 1))
    place = (data.draw(st.floats(-8, 8)), data.draw(st.floats(-8, 8)))
    try:
        moved = geometry.move_corners(outline, {(ring, index): place})
    except InputError:
        return
    assert is_sound(moved)
    changed = [(c == place).all(axis=1) for c in geometry.rings(moved)]
    assert any(at.any() for at in changed)
    assert sum(len(c) for c in geometry.rings(moved)) == sum(len(c) for c in corners)


@given(stars(), st.data())
def test_a_corner_put_on_a_side_changes_no_area_and_goes_again(outline: shapely.Polygon, data: st.DataObject) -> None:
    corners = geometry.rings(outline)
    ring = data.draw(st.integers(0, len(corners) - 1))
    index = data.draw(st.integers(0, len(corners[ring]) - 1))
    here, there = corners[ring][index], corners[ring][(index + 1) % len(corners[ring])]
    middle = tuple(((here + there) / 2).tolist())
    grown = geometry.insert_corner(outline, (ring, index), middle)
    assert is_sound(grown)
    assert grown.area == pytest.approx(outline.area, rel=1e-9)
    assert len(geometry.rings(grown)[ring]) == len(corners[ring]) + 1
    assert geometry.delete_corners(grown, [(ring, index + 1)]) == outline


@given(stars(corners=8), st.data())
@settings(max_examples=60)
def test_deleting_corners_is_sound_or_refused(outline: shapely.Polygon, data: st.DataObject) -> None:
    corners = geometry.rings(outline)
    every = [(ring, index) for ring, points in enumerate(corners) for index in range(len(points))]
    gone = data.draw(st.lists(st.sampled_from(every), unique=True))
    try:
        left = geometry.delete_corners(outline, gone)
    except InputError:
        return
    assert is_sound(left)
    assert len(geometry.rings(left)[0]) == len(corners[0]) - sum(ring == 0 for ring, _ in gone)


def test_a_hole_without_corners_is_gone() -> None:
    assert geometry.delete_corners(RING, [(1, 0), (1, 2)]).equals(SQUARE)


def test_a_crossing_move_and_a_triangle_less_one_are_refused() -> None:
    with pytest.raises(InputError) as caught:
        geometry.move_corners(SQUARE, {(0, 0): (-5, 5)})
    assert caught.value.code == "geometry.crossed"
    with pytest.raises(InputError) as caught:
        geometry.delete_corners(shapely.Polygon([(0, 0), (1, 0), (0, 1)]), [(0, 1)])
    assert caught.value.code == "geometry.too_few"


@pytest.mark.parametrize("corner", [(0, 4), (1, 0), (-1, 0), (0, -1)])
def test_corners_that_are_not_there_are_index_errors(corner: tuple[int, int]) -> None:
    with pytest.raises(IndexError):
        geometry.move_corners(SQUARE, {corner: (0, 0)})
    with pytest.raises(IndexError):
        geometry.insert_corner(SQUARE, corner, (0, 0))
    with pytest.raises(IndexError):
        geometry.delete_corners(SQUARE, [corner])


# ---- simplify and translate


@given(stars(), st.floats(0, 2))
def test_simplifying_moves_the_border_by_at_most_the_tolerance(outline: shapely.Polygon, tolerance: float) -> None:
    simpler = geometry.simplify(outline, tolerance)
    assert is_sound(simpler)
    assert shapely.get_num_coordinates(simpler) <= shapely.get_num_coordinates(outline)
    corners = shapely.points(shapely.get_coordinates(outline))
    assert shapely.distance(corners, simpler.boundary).max() <= tolerance


def test_simplifying_a_fine_circle_leaves_few_corners() -> None:
    circle = shapely.Point(0, 0).buffer(4, quad_segs=64)
    simpler = geometry.simplify(circle, 0.3)
    assert shapely.get_num_coordinates(simpler) < 20
    assert simpler.area == pytest.approx(circle.area, rel=0.1)


@given(stars(), st.integers(-1000, 1000), st.integers(-1000, 1000))
def test_translating_keeps_the_shape(outline: shapely.Polygon, dx: int, dy: int) -> None:
    moved = geometry.translate(outline, dx, dy)
    assert is_sound(moved)
    assert moved.area == pytest.approx(outline.area, rel=1e-6)
    assert np.allclose(np.array(moved.bounds) - outline.bounds, [dx, dy, dx, dy])


def test_a_gap_that_rounding_closes_does_not_keep_a_crown_from_being_moved() -> None:
    dented = shapely.Polygon([(0, 0), (4, 0), (4, 4), (2, 1e-12), (0, 4)])
    assert dented.is_valid
    moved = geometry.translate(dented, 500_000, 4_000_000)
    assert moved.is_valid
    assert moved.area == pytest.approx(4.0)  # one of the two halves that met in that corner


def test_a_crown_smaller_than_the_rounding_is_not_moved_into_nothing() -> None:
    with pytest.raises(InputError, match="nothing would be left"):
        geometry.translate(shapely.Polygon([(0, 0), (1e-12, 0), (0, 1e-12)]), 500_000, 4_000_000)
