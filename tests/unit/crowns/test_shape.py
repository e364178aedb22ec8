"""Area, perimeter and diameter."""

import math

import numpy as np
import pytest
import shapely

from inference.crowns.shape import area_m2, diameter_m, perimeter_m


def test_a_square_in_metres() -> None:
    square = shapely.box(500_000, 4_000_000, 500_003, 4_000_003)
    assert area_m2([square]).tolist() == [9.0]
    assert perimeter_m([square]).tolist() == [12.0]
    assert diameter_m([square])[0] == pytest.approx(2 * math.sqrt(9 / math.pi))


def test_feet_become_metres() -> None:
    square = shapely.box(0, 0, 10, 10)
    assert area_m2([square], 0.3048)[0] == pytest.approx(9.290304)
    assert perimeter_m([square], 0.3048)[0] == pytest.approx(12.192)
    assert diameter_m([square], 0.3048)[0] == pytest.approx(2 * math.sqrt(9.290304 / math.pi))


def test_holes_count_in_the_perimeter_and_not_in_the_area() -> None:
    ring = shapely.box(0, 0, 4, 4).difference(shapely.box(1, 1, 2, 2))
    assert area_m2([ring])[0] == 15.0
    assert perimeter_m([ring])[0] == 20.0


def test_a_circle_has_its_own_diameter() -> None:
    assert diameter_m([shapely.Point(7, 7).buffer(2.5, quad_segs=256)])[0] == pytest.approx(5.0, rel=1e-4)


@pytest.mark.parametrize("measure", [area_m2, perimeter_m, diameter_m])
def test_no_crowns_and_object_arrays(measure) -> None:  # type: ignore[no-untyped-def]
    assert measure([]).shape == (0,)
    assert measure(np.empty(0, object)).dtype == np.float64
    assert measure(np.array([shapely.box(0, 0, 1, 1)] * 3, object)).shape == (3,)
