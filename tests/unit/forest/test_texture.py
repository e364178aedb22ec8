"""Noise and clump carpets."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.forest.terrain import make_terrain
from resources.forest.texture import fractal_noise, magnify, noise, puff_texture, smoothstep


@pytest.mark.parametrize("cell_px", [3.0, 8.0, 21.5])
def test_noise_is_centred_with_unit_variance_and_smooth(cell_px: float) -> None:
    field = noise((400, 420), cell_px, np.random.default_rng(0))
    assert field.dtype == np.float32
    assert field.shape == (400, 420)
    assert abs(field.mean()) < 0.25
    assert 0.7 < field.std() < 1.3
    assert np.abs(np.diff(field, axis=0)).max() < 6.0 / cell_px


def test_octaves_add_detail() -> None:
    plain = noise((200, 200), 40.0, np.random.default_rng(1))
    rich = fractal_noise((200, 200), 40.0, 4, np.random.default_rng(1))
    assert np.abs(np.diff(rich)).mean() > 1.5 * np.abs(np.diff(plain)).mean()


def test_a_clump_carpet_repeats_without_seam() -> None:
    carpet = puff_texture(0.5, 0.05, 6.0, np.random.default_rng(2))
    period = carpet.period_px
    assert carpet.relief.min() >= 0.0
    assert carpet.relief.max() <= 1.0
    margin = carpet.relief.shape[0] - period
    assert np.array_equal(carpet.relief[:, period:], carpet.relief[:, :margin])
    assert np.array_equal(carpet.relief[period:], carpet.relief[:margin])
    relief, tone = carpet.window((100, 90), np.random.default_rng(3))
    assert relief.shape == tone.shape == (100, 90)


@given(st.floats(-5, 5), st.floats(0.01, 3.0))
def test_smoothstep_stays_within_its_ends(low: float, width: float) -> None:
    values = np.linspace(low - 1, low + width + 1, 50, dtype=np.float32)
    ramp = smoothstep(values, low, low + width)
    assert ramp[0] == 0.0
    assert ramp[-1] == 1.0
    assert (np.diff(ramp) >= -1e-6).all()


def test_magnify_reproduces_planes() -> None:
    rows, cols = np.mgrid[0:10, 0:12].astype(np.float32)
    fine = magnify(rows * 2 + cols, (40, 48), 4.0)
    expected = (np.mgrid[0:40, 0:48] + 0.5) / 4.0 - 0.5
    inner = (slice(2, -2), slice(2, -2))
    assert np.allclose(fine[inner], (expected[0] * 2 + expected[1])[inner], atol=1e-4)


def test_ground_is_the_same_surface_at_every_cell_size() -> None:
    terrain = make_terrain(40.0, 30.0, 0.1, 300.0, np.random.default_rng(4))
    fine, coarse = terrain.on_grid((600, 800), 0.05), terrain.on_grid((60, 80), 0.5)
    centres = fine.reshape(60, 10, 80, 10)[:, 4:6, :, 4:6].mean(axis=(1, 3))
    assert np.abs(centres - coarse).max() < 0.002


def test_the_slope_is_as_asked() -> None:
    terrain = make_terrain(100.0, 100.0, 0.2, 300.0, np.random.default_rng(5))
    assert np.hypot(terrain.slope_east, terrain.slope_south) == pytest.approx(0.2)
