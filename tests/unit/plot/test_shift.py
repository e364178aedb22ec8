"""Shift between a picture and a surface."""

import numpy as np
import pytest
from factories_rasters import scatter, slope

from inference.plot.shift import ShiftEstimate, estimate_shift, sunlit


def scene(seed: int, size_m: float = 100.0, cell_m: float = 0.5) -> np.ndarray:
    side = int(size_m / cell_m)
    cols, rows = np.meshgrid((np.arange(side) + 0.5) * cell_m, (np.arange(side)[::-1] + 0.5) * cell_m)
    return scatter(seed, size_m, 110, ground=slope(6)).surface(cols, rows).astype(np.float32)


def lit_picture(surface: np.ndarray, seed: int, azimuth_deg: float, altitude_deg: float) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return (sunlit(surface, 0.5, azimuth_deg, altitude_deg) * 150 + rng.normal(60, 15, surface.shape)).astype(
        np.float32
    )


@pytest.mark.parametrize("sun", [(140.0, 55.0), (220.0, 35.0), (100.0, 70.0)])
@pytest.mark.parametrize("shift", [(0, 0), (6, -4), (-14, 9)])
def test_the_shift_comes_out_whatever_the_sun(sun: tuple[float, float], shift: tuple[int, int]) -> None:
    surface = scene(2)
    moved = np.roll(surface, (-2 * shift[1], 2 * shift[0]), (0, 1))  # rows run south
    found = estimate_shift(lit_picture(surface, 1, *sun), moved, np.ones(surface.shape, np.bool_), 0.5, 20.0)
    assert found is not None
    assert found.is_convincing
    assert found.east_m == pytest.approx(shift[0], abs=0.6)
    assert found.north_m == pytest.approx(shift[1], abs=0.6)


def test_other_trees_convince_nobody() -> None:
    for seed in range(6):
        picture = lit_picture(scene(seed), seed, 150, 50)
        found = estimate_shift(picture, scene(seed + 20), np.ones(picture.shape, np.bool_), 0.5, 20.0)
        assert found is None or not found.is_convincing


def test_nothing_to_compare_gives_no_answer() -> None:
    surface = scene(1)
    valid = np.ones(surface.shape, np.bool_)
    picture = lit_picture(surface, 1, 150, 50)
    assert estimate_shift(np.full_like(picture, 9.0), surface, valid, 0.5, 20.0) is None
    flat_answer = estimate_shift(picture, np.full_like(surface, 3.0), valid, 0.5, 20.0)
    assert flat_answer is None
    assert estimate_shift(picture, surface, np.zeros_like(valid), 0.5, 20.0) is None
    assert estimate_shift(picture[:20, :20], surface[:20, :20], valid[:20, :20], 0.5, 20.0) is None


def test_missing_data_is_left_out() -> None:
    surface = scene(4)
    picture = lit_picture(surface, 2, 150, 50)
    moved = np.roll(surface, (0, 8), (0, 1))
    moved[:60, :80] = np.nan
    found = estimate_shift(picture, moved, ~np.isnan(moved), 0.5, 20.0)
    assert found is not None
    assert (found.east_m, found.north_m) == (pytest.approx(4.0, abs=0.6), pytest.approx(0.0, abs=0.6))


def test_small_plots_must_show_more() -> None:
    assert ShiftEstimate(5, 0, 0.55, 120.0, 2.5).is_convincing
    assert not ShiftEstimate(5, 0, 0.55, 40.0, 2.5).is_convincing
    assert not ShiftEstimate(5, 0, 0.9, 120.0, 1.2).is_convincing
    assert ShiftEstimate(3, 4, 0.9, 120.0, 3.0).distance_m == 5.0


def test_shadows_fall_away_from_the_sun() -> None:
    surface = np.zeros((60, 60), np.float32)
    surface[28:32, 28:32] = 10.0
    light = sunlit(surface, 1.0, 180.0, 45.0)  # the sun stands in the south: shadow to the north
    assert (light[20:27, 30] == 0).all()
    assert light[40, 30] == pytest.approx(np.sin(np.radians(45)), abs=1e-3)
    east = sunlit(surface, 1.0, 90.0, 45.0)
    assert (east[30, 20:27] == 0).all()
