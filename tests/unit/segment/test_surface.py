"""Filters whose result at a place does not depend on the tile that the place lies in."""

import numpy as np
import pytest

from inference.segment.surface import excess_green, fill_pits, local_brightness, smooth

RNG = np.random.default_rng(5)


def test_a_pit_is_filled_and_the_rest_left() -> None:
    height = np.full((11, 11), 10.0, dtype=np.float32)
    height[5, 5] = 1.0
    known = np.ones_like(height, dtype=bool)
    assert fill_pits(height, known, 0.25, window_m=1.0, depth_m=2.0)[5, 5] == 10.0
    assert fill_pits(height, known, 0.25, window_m=1.0, depth_m=20.0)[5, 5] == 1.0


def test_unknown_cells_do_not_pull_the_mean() -> None:
    height = np.full((20, 20), 8.0, dtype=np.float32)
    known = np.ones_like(height, dtype=bool)
    known[:, 10:] = False
    height[:, 10:] = -9999.0
    smoothed = smooth(height, known, 3.0)
    np.testing.assert_allclose(smoothed[:, :10], 8.0, rtol=1e-5)
    assert (smoothed[:, 10:] == 0.0).all()


def test_local_brightness_ignores_exposure_and_haze() -> None:
    scene = RNG.integers(20, 100, (3, 60, 60)).astype(np.uint8)
    valid = np.ones((60, 60), dtype=bool)
    dark = local_brightness(scene, valid, 0.25, sigma_m=0.5, radius_m=2.0)
    bright = local_brightness(scene * 2 + 30, valid, 0.25, sigma_m=0.5, radius_m=2.0)
    assert np.corrcoef(dark.ravel(), bright.ravel())[0, 1] > 0.99


def test_local_brightness_of_an_even_scene_is_zero() -> None:
    even = np.full((3, 40, 40), 120, dtype=np.uint8)
    brightness = local_brightness(even, np.ones((40, 40), dtype=bool), 0.25, sigma_m=0.5, radius_m=2.0)
    np.testing.assert_allclose(brightness, 0.0, atol=1e-4)


def test_a_window_of_the_scene_gives_the_same_brightness() -> None:
    scene = RNG.integers(0, 255, (3, 120, 120)).astype(np.uint8)
    valid = np.ones((120, 120), dtype=bool)
    whole = local_brightness(scene, valid, 0.25, sigma_m=0.5, radius_m=1.0)
    part = local_brightness(scene[:, 10:, 20:], valid[10:, 20:], 0.25, sigma_m=0.5, radius_m=1.0)
    # Beyond the reach of the filters nothing may differ, or crowns would depend on the tiles.
    np.testing.assert_array_equal(part[50:70, 50:70], whole[60:80, 70:90])


@pytest.mark.parametrize(("colour", "expected"), [((90, 90, 90), 0.0), ((60, 120, 60), 0.5), ((0, 0, 0), 0.0)])
def test_excess_green(colour: tuple[int, int, int], expected: float) -> None:
    rgb = np.array(colour, dtype=np.uint8)[:, None, None]
    assert excess_green(rgb)[0, 0] == pytest.approx(expected, abs=0.01)
