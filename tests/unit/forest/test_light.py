"""Shadows fall where geometry says."""

import math

import numpy as np
import pytest

from resources.forest.light import Sun, open_sky, shadow_depth_m, sunlight

GSD_M = 0.1


def _pole(height_m: float = 2.0) -> np.ndarray:
    surface = np.zeros((101, 101), np.float32)
    surface[50, 50] = height_m
    return surface


@pytest.mark.parametrize("azimuth_deg", [0.0, 30.0, 45.0, 90.0, 135.0, 180.0, 208.0, 225.0, 270.0, 330.0])
def test_a_shadow_points_away_from_the_sun_and_is_as_long_as_it_must_be(azimuth_deg: float) -> None:
    depth = shadow_depth_m(_pole(), GSD_M, Sun(azimuth_deg, 45.0))
    rows, cols = np.nonzero(depth > 0)
    away_m = np.hypot(rows - 50, cols - 50) * GSD_M
    assert away_m.max() == pytest.approx(2.0, abs=0.2)  # tan 45 = 1
    far = away_m > 1.0
    east, south = math.sin(math.radians(azimuth_deg)), -math.cos(math.radians(azimuth_deg))
    along = -((cols - 50) * east + (rows - 50) * south)[far]
    across = ((cols - 50) * south - (rows - 50) * east)[far]
    assert (along > 0).all()
    assert np.abs(across).max() <= 1.0


def test_a_lower_sun_makes_longer_shadows() -> None:
    areas = [(shadow_depth_m(_pole(), GSD_M, Sun(180.0, elevation)) > 0).sum() for elevation in (60.0, 45.0, 30.0)]
    assert areas == sorted(areas)
    assert areas[2] > areas[0]


def test_depth_in_the_shadow() -> None:
    depth = shadow_depth_m(_pole(2.0), GSD_M, Sun(180.0, 45.0))
    assert depth[40, 50] == pytest.approx(1.0, abs=1e-4)  # one metre behind a two-metre pole


def test_level_ground_has_full_light_and_open_sky() -> None:
    level = np.full((40, 40), 5.0, np.float32)
    assert np.allclose(sunlight(level, GSD_M, Sun(200.0, 50.0)), 1.0, atol=1e-5)
    assert np.allclose(open_sky(level, GSD_M), 1.0, atol=1e-5)


def test_a_slope_towards_the_sun_is_brighter() -> None:
    rows = np.arange(60, dtype=np.float32)[:, None] * np.float32(0.03) + np.zeros((60, 60), np.float32)
    sun = Sun(180.0, 40.0)
    facing_north, facing_south = sunlight(rows, GSD_M, sun), sunlight(rows[::-1], GSD_M, sun)
    assert facing_south[30, 30] > 1.0 > facing_north[30, 30] > 0.3


def test_a_pit_sees_less_sky() -> None:
    surface = np.full((80, 80), 3.0, np.float32)
    surface[36:44, 36:44] = 0.0
    sky = open_sky(surface, GSD_M)
    assert sky[40, 40] < 0.6 < sky[5, 5]
