"""Elevation as a network sees it: scaled as the card says, never NaN, never wild."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.segment.elevation import SCALINGS, ElevationScaling, scaled

FloatArray = npt.NDArray[np.float32]
WILD = (np.nan, np.inf, -np.inf, -32767.0, -3.4e38, 3.4e38, 9999.0)


def relief(side: int = 40, seed: int = 0) -> FloatArray:
    return np.random.default_rng(seed).uniform(300.0, 340.0, (side, side)).astype(np.float32)


def seen(height_m: FloatArray) -> npt.NDArray[np.bool_]:
    return np.ones(height_m.shape, dtype=bool)


def scaled_by(mode: str, height_m: FloatArray) -> FloatArray:
    result = scaled(height_m, seen(height_m), 0.5, ElevationScaling(mode))
    assert result is not None
    return result


def test_the_authors_divide_by_the_maximum() -> None:
    height_m = relief()
    np.testing.assert_array_equal(scaled_by("max", height_m), height_m / height_m.max())


def test_range_and_percentiles_stretch_to_one() -> None:
    height_m = relief()
    by_range = scaled_by("minmax", height_m)
    assert (by_range.min(), by_range.max()) == (0.0, 1.0)
    by_percentile = scaled_by("percentile", height_m)
    low, high = np.percentile(height_m, (2, 98))
    np.testing.assert_allclose(by_percentile, np.clip((height_m - low) / (high - low), 0, 1), atol=1e-5)


@pytest.mark.parametrize("mode", ["relief", "percentile", "minmax"])
def test_these_do_not_depend_on_the_datum(mode: str) -> None:
    height_m = relief()
    np.testing.assert_allclose(scaled_by(mode, height_m), scaled_by(mode, height_m - np.float32(310.0)), atol=2e-4)


def test_relief_is_a_half_where_level_and_more_on_a_tree() -> None:
    height_m = np.full((80, 80), 250.0, dtype=np.float32)
    height_m[38:43, 38:43] += 10.0
    result = scaled_by("relief", height_m)
    assert result[2, 2] == pytest.approx(0.5)
    assert 0.9 < result[40, 40] <= 1.0


def test_canopy_is_height_over_its_scale() -> None:
    height_m = np.array([[0.0, 15.0, 45.0, 90.0]], dtype=np.float32)
    np.testing.assert_allclose(scaled_by("canopy", height_m), [[0.0, 0.5, 1.5, 2.0]])


@pytest.mark.parametrize("mode", list(SCALINGS))
@pytest.mark.parametrize("wild", WILD)
def test_what_no_terrain_has_is_a_hole(mode: str, wild: float) -> None:
    height_m = relief()
    clean = scaled_by(mode, np.where(np.arange(40) < 35, height_m, np.float32(np.nan)))
    height_m[:, 35:] = wild
    result = scaled_by(mode, height_m)
    np.testing.assert_array_equal(result, clean)
    assert (result[:, 35:] == 0.0).all()


@pytest.mark.parametrize("mode", list(SCALINGS))
def test_cells_that_are_black_are_zero_and_do_not_count(mode: str) -> None:
    height_m = relief()
    black = np.zeros(height_m.shape, dtype=bool)
    black[:10] = True
    before = scaled(height_m, ~black, 0.5, ElevationScaling(mode))
    height_m[:10] = 2000.0
    after = scaled(height_m, ~black, 0.5, ElevationScaling(mode))
    assert before is not None
    assert after is not None
    np.testing.assert_array_equal(before, after)
    assert (after[:10] == 0.0).all()


@pytest.mark.parametrize("mode", list(SCALINGS))
def test_nothing_known_gives_nothing(mode: str) -> None:
    height_m = np.full((8, 8), np.nan, dtype=np.float32)
    assert scaled(height_m, seen(height_m), 0.5, ElevationScaling(mode)) is None


def test_a_plot_below_the_sea_cannot_be_divided_by_its_maximum() -> None:
    height_m = np.full((8, 8), -3.0, dtype=np.float32)
    assert scaled(height_m, seen(height_m), 0.5, ElevationScaling("max")) is None


@given(
    st.sampled_from(list(SCALINGS)),
    st.integers(0, 2**32 - 1),
    st.floats(0, 1),
    st.sampled_from([0.0, 1e-6, 1.0, 500.0]),
    st.floats(-400, 8000),
)
def test_whatever_comes_the_network_gets_small_finite_numbers(
    mode: str, seed: int, holes: float, spread_m: float, level_m: float
) -> None:
    rng = np.random.default_rng(seed)
    height_m = (level_m + spread_m * rng.random((12, 12))).astype(np.float32)
    height_m[rng.random(height_m.shape) < holes] = rng.choice(WILD)
    if mode == "canopy":
        height_m = np.abs(height_m)
    result = scaled(height_m, rng.random(height_m.shape) < 0.8, 0.5, ElevationScaling(mode))
    if result is not None:
        assert result.dtype == np.float32
        assert np.isfinite(result).all()
        assert result.max() <= 2.0
        assert mode == "max" or result.min() >= 0.0
