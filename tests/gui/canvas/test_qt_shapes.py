"""Outlines as Qt shapes: every vertex arrives, holes stay open, thinning keeps the shape closed."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF

from birchtree_gui.canvas.qt_shapes import Rings, path_of, rings_of, thinned, to_path, to_polygons


def outlines(*shapes: shapely.Polygon) -> np.ndarray:
    made = np.empty(len(shapes), object)
    made[:] = shapes
    return made


PLAIN = shapely.box(0, 0, 10, 20)
WITH_HOLE = shapely.Polygon(shapely.box(100, 100, 200, 200).exterior, [shapely.box(120, 120, 140, 140).exterior])
ROUND = shapely.Point(1_000_000.25, 5_000_000.125).buffer(30.0, quad_segs=25)
ALL = outlines(PLAIN, WITH_HOLE, ROUND)


def test_a_path_has_every_vertex_to_the_last_bit() -> None:
    rings = rings_of(ALL)
    path = to_path(rings)
    assert path.elementCount() == len(rings.xy) == 5 + 10 + 101
    for number in (0, 5, 14, 115):
        element = path.elementAt(number)
        assert (element.x, element.y) == tuple(rings.xy[number])
    assert [number for number in range(path.elementCount()) if path.elementAt(number).isMoveTo()] == [0, 5, 10, 15]


def test_holes_are_open_in_paths_and_shapes() -> None:
    for shape in (to_path(rings_of(ALL)), to_polygons(rings_of(ALL), 3)[1]):
        assert isinstance(shape, QPainterPath)
        assert shape.contains(QPointF(110, 110))
        assert not shape.contains(QPointF(130, 130))


def test_shapes_without_holes_are_polygons() -> None:
    plain, _, round_ = to_polygons(rings_of(ALL), 3)
    assert isinstance(plain, QPolygonF)
    assert plain.size() == 5
    assert isinstance(round_, QPolygonF)
    assert round_.at(0) == QPointF(*shapely.get_coordinates(ROUND)[0])


def test_some_of_the_rings() -> None:
    rings = rings_of(ALL).only(np.array([False, True, True]))
    assert rings.owner.tolist() == [1, 1, 2]
    assert rings.starts.tolist() == [0, 5, 10]
    assert len(rings.xy) == 111
    assert to_path(rings).elementCount() == 111


def test_no_rings_make_an_empty_path() -> None:
    rings = rings_of(ALL).only(np.zeros(3, bool))
    assert to_path(rings).elementCount() == 0


@given(st.integers(3, 120), st.lists(st.integers(3, 60), min_size=1, max_size=6))
def test_thinned_rings_are_closed_and_small_enough(vertices: int, most: list[int]) -> None:
    angles = np.linspace(0, 2 * np.pi, vertices, endpoint=False)
    circle = shapely.Polygon(np.stack([np.cos(angles), np.sin(angles)], axis=1))
    rings = rings_of(outlines(*[circle] * len(most)))
    thin = thinned(rings, np.array(most))
    ends = np.append(thin.starts[1:], len(thin.xy)) - 1
    assert (thin.xy[thin.starts] == thin.xy[ends]).all()
    assert np.array_equal(ends - thin.starts, np.minimum(most, vertices))


def test_thinning_can_leave_holes_out_or_in() -> None:
    rings = rings_of(ALL)
    most = np.array([8, 8, 8])
    assert thinned(rings, most, outer_only=True).owner.tolist() == [0, 1, 2]
    assert thinned(rings, most).owner.tolist() == [0, 1, 1, 2]


def test_rings_that_are_small_already_are_left_alone() -> None:
    rings = rings_of(ALL)
    assert thinned(rings, np.full(3, 500)) is rings


def test_a_path_of_a_few_rings() -> None:
    path = path_of([np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 0.0]]), np.array([[9.0, 9.0], [9.0, 8.0]])])
    assert path.elementCount() == 6
    assert path.elementAt(4).isMoveTo()
    assert path.boundingRect().right() == pytest.approx(9.0)


def test_vertex_owners() -> None:
    rings = Rings(np.zeros((7, 2)), np.array([0, 4]), np.array([0, 3]))
    assert rings.vertex_owner().tolist() == [0, 0, 0, 0, 3, 3, 3]


def test_a_path_of_rings_without_corners_is_empty() -> None:
    """Crowns that do not meet share a polygon without a corner: painting it must not end the program."""
    assert path_of([np.zeros((0, 2))]).isEmpty()
    assert path_of([]).isEmpty()
    square = np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 0.0]])
    assert path_of([np.zeros((0, 2)), square]).boundingRect().width() == 4.0
