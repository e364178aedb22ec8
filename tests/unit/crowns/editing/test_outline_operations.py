"""Every geometric editing tool: sound outlines, every square metre accounted for, untouched corners untouched."""

import numpy as np
import pytest
import shapely
from factories_outlines import (
    EAST,
    NORTH,
    corners_of,
    crown_outlines,
    is_crown,
    lines_across,
    points_near,
    strokes_near,
)
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from inference.crowns import geometry
from inference.crowns.editing import contours, dividing, painting, reshaping, strokes, topology
from inference.crowns.editing.limits import Limits, parts_of
from inference.errors import InputError

ALL = Limits()
SOME = Limits.of(1.0)
SQUARE = shapely.box(EAST, NORTH, EAST + 10, NORTH + 10)
few = settings(max_examples=25, deadline=None)
AREA = 1e-6  # m2: what rounding may cost at these coordinates


def line(*points: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString([(EAST + x, NORTH + y) for x, y in points])


def box(left: float, bottom: float, right: float, top: float) -> shapely.Polygon:
    return geometry.to_valid_polygon(shapely.box(EAST + left, NORTH + bottom, EAST + right, NORTH + top))


def refused_for(error: InputError, *codes: str) -> None:
    """A tool may refuse, but only for a reason that belongs to it."""
    assert error.code in codes


# ---- cut


@few
@given(crown_outlines(), lines_across)
def test_the_parts_of_a_cut_are_the_whole_and_no_sliver_is_left(outline: shapely.Polygon, across: object) -> None:
    try:
        parts = dividing.cut(outline, across, SOME)
    except InputError as error:
        refused_for(error, "geometry.no_cut")
        return
    assert len(parts) > 1
    assert all(map(is_crown, parts))
    assert all(SOME.keeps(part) for part in parts)
    assert sum(part.area for part in parts) == pytest.approx(outline.area, abs=AREA)
    assert shapely.union_all(parts).symmetric_difference(outline).area < AREA
    assert list(parts) == sorted(parts, key=lambda part: -part.area)
    assert corners_of(outline) <= set().union(*map(corners_of, parts))


@few
@given(crown_outlines(), lines_across)
def test_merging_what_was_cut_gives_the_crown_back(outline: shapely.Polygon, across: object) -> None:
    try:
        parts = dividing.cut(outline, across, ALL)
    except InputError:
        return
    assert geometry.merge(parts, gap=1e-6).symmetric_difference(outline).area < AREA


# ---- merge, subtract


@few
@given(st.lists(crown_outlines(), min_size=2, max_size=4))
def test_merging_is_the_union(outlines: list[shapely.Polygon]) -> None:
    union = shapely.union_all(outlines)
    if union.geom_type != "Polygon":
        with pytest.raises(InputError, match="do not touch"):
            geometry.merge(outlines)
        return
    merged = geometry.merge(outlines)
    assert is_crown(merged)
    assert merged.symmetric_difference(union).area < AREA


@few
@given(crown_outlines(), crown_outlines())
def test_subtracting_leaves_exactly_what_is_not_the_others(one: shapely.Polygon, two: shapely.Polygon) -> None:
    try:
        parts = dividing.subtract(one, [two], ALL)
    except InputError as error:
        refused_for(error, "geometry.no_overlap", "geometry.nothing_left")
        return
    assert all(map(is_crown, parts))
    assert sum(part.area for part in parts) == pytest.approx(one.area - one.intersection(two).area, abs=AREA)
    assert shapely.union_all(parts).intersection(two).area < AREA


def test_subtracting_a_crown_from_one_that_it_covers_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        dividing.subtract(box(2, 2, 4, 4), [SQUARE], SOME)
    assert refused.value.code == "geometry.nothing_left"


# ---- holes


@few
@given(crown_outlines(), points_near, st.floats(0.2, 1.0))
def test_a_hole_takes_its_area_and_filling_it_gives_it_back(outline: shapely.Polygon, place: object, r: float) -> None:
    hole = shapely.Point(place).buffer(r)
    try:
        holed = dividing.add_hole(outline, hole, ALL)
    except InputError as error:
        refused_for(error, "geometry.hole_outside", "geometry.hole_there", "geometry.apart_now")
        return
    assert is_crown(holed)
    assert holed.area == pytest.approx(outline.area - outline.intersection(hole).area, abs=AREA)
    filled = dividing.fill_hole(holed, place)
    assert is_crown(filled)
    if not outline.interiors:
        assert filled.equals(outline)


def test_filling_where_there_is_no_hole_is_refused() -> None:
    with pytest.raises(InputError, match="no hole"):
        dividing.fill_hole(SQUARE, (EAST + 5, NORTH + 5))


# ---- brush


@few
@given(crown_outlines(), strokes_near, st.floats(0.2, 2.0))
def test_painting_adds_the_swept_ground_and_nothing_else(outline: shapely.Polygon, way: object, radius: float) -> None:
    ground = painting.swath(way, radius)
    assert ground.is_valid
    try:
        painted = painting.paint(outline, ground, ALL)
    except InputError as error:
        refused_for(error, "geometry.stroke_apart")
        return
    assert is_crown(painted)
    assert painted.symmetric_difference(outline.union(ground)).area < AREA
    reach = ground.buffer(1e-6)
    untouched = {corner for corner in corners_of(outline) if not reach.contains(shapely.Point(corner))}
    assert untouched <= corners_of(painted)


@few
@given(crown_outlines(), strokes_near, st.floats(0.2, 2.0))
def test_erasing_after_painting_leaves_the_crown_without_the_stroke(
    outline: shapely.Polygon, way: object, radius: float
) -> None:
    ground = painting.swath(way, radius)
    assume(outline.intersects(ground))
    painted = painting.paint(outline, ground, ALL)
    try:
        parts = painting.erase(painted, ground, ALL)
    except InputError as error:
        refused_for(error, "geometry.nothing_left")
        return
    assert all(map(is_crown, parts))
    assert sum(part.area for part in parts) == pytest.approx(outline.difference(ground).area, abs=AREA)
    reach = ground.buffer(1e-6)
    untouched = {corner for corner in corners_of(outline) if not reach.contains(shapely.Point(corner))}
    assert untouched <= set().union(*map(corners_of, parts))


def test_a_dab_of_the_brush_is_a_disc() -> None:
    dab = painting.swath([(EAST, NORTH)], 2.0)
    assert dab.area == pytest.approx(np.pi * 4, rel=0.02)
    assert len(dab.exterior.coords) == 25


# ---- simplify, smooth, grow


@few
@given(crown_outlines(), st.floats(0, 2))
def test_smoothing_keeps_a_crown_a_crown_and_about_its_size(outline: shapely.Polygon, reach: float) -> None:
    smoothed = contours.smooth(outline, reach)
    assert is_crown(smoothed)
    assert abs(smoothed.area - outline.area) <= outline.length * reach / 2 + AREA
    assert smoothed.hausdorff_distance(outline) < 6


def test_smoothing_takes_the_steps_of_cells_away_and_keeps_the_area() -> None:
    angles = np.linspace(0, 2 * np.pi, 200)
    disc = np.round(np.column_stack([4 * np.cos(angles), 4 * np.sin(angles)]) * 2) / 2
    stairs = geometry.to_valid_polygon(shapely.Polygon(disc + np.array([EAST, NORTH])))
    smoothed = contours.smooth(stairs, 1.5)
    assert smoothed.length < 0.93 * stairs.length
    assert smoothed.area == pytest.approx(stairs.area, rel=0.03)
    assert contours.smooth(stairs, 0.0) is stairs


@few
@given(crown_outlines(), st.floats(0.01, 1))
def test_growing_covers_the_crown_and_shrinking_stays_inside(outline: shapely.Polygon, by: float) -> None:
    (grown,) = contours.grow(outline, by, ALL)
    assert is_crown(grown)
    assert grown.covers(outline)
    assert grown.area >= outline.area + 0.9 * by * min(outline.length, shapely.box(*outline.bounds).length) * 0.5
    try:
        parts = contours.grow(outline, -by, ALL)
    except InputError as error:
        refused_for(error, "geometry.nothing_left")
        return
    assert all(is_crown(part) for part in parts)
    assert shapely.union_all(parts).difference(outline).area < AREA
    gap = shapely.distance(shapely.union_all(parts), outline.exterior)
    assert gap == pytest.approx(by, abs=1e-6)


# ---- reshape


@few
@given(crown_outlines(), strokes_near)
def test_reshaping_changes_the_crown_by_its_faces_only(outline: shapely.Polygon, way: object) -> None:
    try:
        done = reshaping.reshape(outline, strokes.stroke(way, 0.0), ALL)
    except InputError as error:
        refused_for(error, "geometry.no_reshape", "geometry.no_stroke")
        return
    assert is_crown(done.outline)
    faces = shapely.union_all([face.ground for face in done.faces])
    assert done.outline.symmetric_difference(outline).difference(faces.buffer(1e-6)).area < AREA
    far = {corner for corner in corners_of(outline) if shapely.Point(corner).distance(faces) > 1e-6}
    assert far <= corners_of(done.outline)


def test_a_stroke_outside_adds_and_a_stroke_inside_cuts_off_the_smaller_side() -> None:
    bulge = reshaping.reshape(SQUARE, line((8, 4), (12, 4), (12, 6), (8, 6)), SOME)
    assert bulge.outline.area == pytest.approx(100 + 4, abs=AREA)
    assert corners_of(SQUARE) <= corners_of(bulge.outline)
    assert [face.is_added for face in bulge.faces] == [True]
    bay = reshaping.reshape(SQUARE, line((12, 4), (8, 4), (8, 6), (12, 6)), SOME)
    assert bay.outline.area == pytest.approx(100 - 4, abs=AREA)
    wave = reshaping.reshape(SQUARE, line((9, 1), (11, 1), (11, 3), (9, 3), (9, 5), (11, 5)), SOME)
    assert wave.outline.area == pytest.approx(100 + 2 - 2, abs=AREA)


def test_a_stroke_that_stops_short_of_the_border_is_led_to_it() -> None:
    short = line((10.2, 4), (12, 4), (12, 6), (10.2, 6))
    with pytest.raises(InputError, match="twice"):
        reshaping.reshape(SQUARE, short, SOME)
    assert reshaping.reshape(SQUARE, short, SOME, reach=0.5).outline.area == pytest.approx(104, abs=1e-3)


def test_a_stroke_over_a_hole_reshapes_the_hole() -> None:
    ring = geometry.to_valid_polygon(shapely.Polygon(SQUARE.exterior, [box(4, 4, 6, 6).exterior]))
    smaller = reshaping.reshape(ring, line((3, 4.5), (7, 4.5)), SOME).outline
    assert smaller.area == pytest.approx(97, abs=AREA)
    assert len(smaller.interiors) == 1


def test_a_shared_border_moves_with_both_crowns() -> None:
    left, right, other = box(0, 0, 10, 10), box(10, 0, 20, 10), box(0, 10, 10, 20)
    done = reshaping.reshape(left, line((10, 2), (12, 2), (12, 8), (10, 8)), SOME)
    moved = reshaping.border_moved_with(left, done.faces, right, SOME)
    assert moved is not None
    assert moved.area == pytest.approx(100 - 12, abs=1e-4)
    assert done.outline.intersection(moved).area < AREA
    assert reshaping.border_moved_with(left, done.faces, other, SOME) is None
    back = reshaping.reshape(left, line((11, 2), (8, 2), (8, 8), (11, 8)), SOME)
    given_back = reshaping.border_moved_with(left, back.faces, right, SOME)
    assert given_back is not None
    assert given_back.area + back.outline.area == pytest.approx(200, abs=1e-4)


# ---- strokes


@few
@given(strokes_near)
def test_a_stroke_has_no_loops_and_keeps_its_ends(way: list[tuple[float, float]]) -> None:
    try:
        drawn = strokes.stroke(way, 0.0)
    except InputError as error:
        refused_for(error, "geometry.no_stroke")
        return
    assert drawn.coords[0] == pytest.approx(way[0])
    assert drawn.coords[-1] == pytest.approx(way[-1])


def test_a_loop_in_a_stroke_is_left_out() -> None:
    free = strokes.stroke(shapely.get_coordinates(line((0, 0), (6, 0), (6, 3), (4, 3), (4, -3))), 0.0)
    assert free.is_simple
    assert shapely.equals_exact(free, line((0, 0), (4, 0), (4, -3)), tolerance=1e-6)


# ---- neighbours


@few
@given(crown_outlines(), st.lists(crown_outlines(), max_size=3))
def test_a_new_crown_takes_no_ground_from_its_neighbours(new: shapely.Polygon, others: list[shapely.Polygon]) -> None:
    try:
        trimmed = topology.trimmed(new, others, ALL, before=None)
    except InputError as error:
        refused_for(error, "geometry.occupied")
        return
    assert is_crown(trimmed)
    assert trimmed.intersection(shapely.union_all(others)).area < AREA
    assert trimmed.difference(new).area < AREA


@few
@given(crown_outlines(), crown_outlines(), crown_outlines())
def test_a_reshaped_crown_keeps_the_ground_that_it_had(
    before: shapely.Polygon, after: shapely.Polygon, other: shapely.Polygon
) -> None:
    try:
        trimmed = topology.trimmed(after, [other], ALL, before=before)
    except InputError:
        return
    gained = trimmed.difference(before)
    assert gained.intersection(other).area < AREA
    assert parts_of(trimmed, ALL) == (trimmed,) or trimmed is after


def test_an_outline_that_meets_nobody_stays_the_very_same() -> None:
    assert topology.trimmed(SQUARE, [box(10, 0, 20, 10)], SOME, before=None) is SQUARE


def test_dragging_a_shared_corner_drags_the_neighbours() -> None:
    right = box(10, 0, 20, 10)
    old, new = (EAST + 10, NORTH + 10), (EAST + 11, NORTH + 12)
    moved = topology.drag_along(right, {old: new})
    assert moved is not None
    assert new in corners_of(moved)
    assert old not in corners_of(moved)
    half = (EAST + 10, NORTH + 5)
    with_corner = topology.drag_along(right, {half: (EAST + 12, NORTH + 5)})
    assert with_corner is not None
    assert len(with_corner.exterior.coords) == 6
    assert topology.drag_along(box(30, 0, 40, 10), {old: new}) is None
    assert topology.drop_along(moved, [new]) is not None
