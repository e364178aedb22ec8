"""Stretch, shade and colours."""

import numpy as np
import pytest

from inference.plot.block import RasterBlock
from inference.plot.style import RasterStretch, colour_ramp, hillshade, to_rgb8


def block(data: np.ndarray) -> RasterBlock:
    return RasterBlock(data, np.ones(data.shape[1:], np.bool_))


def test_8_bit_passes_unchanged_and_what_is_missing_is_black() -> None:
    data = np.arange(48, dtype=np.uint8).reshape(3, 4, 4) + 100
    valid = np.ones((4, 4), np.bool_)
    valid[0, 0] = False
    sample = RasterBlock(data, valid)
    rgb = to_rgb8(sample, RasterStretch.from_sample(sample))
    assert (rgb[:, 0, 0] == 0).all()
    np.testing.assert_array_equal(rgb[:, valid], data[:, valid])
    assert rgb is not data


def test_16_bit_is_stretched_from_2_to_98_percent() -> None:
    data = np.linspace(1000, 9000, 10_000).reshape(1, 100, 100).astype(np.uint16)
    stretch = RasterStretch.from_sample(block(data))
    assert stretch.low[0] == pytest.approx(1160, abs=5)
    assert stretch.high[0] == pytest.approx(8840, abs=5)
    rgb = to_rgb8(block(data), stretch)
    assert rgb.shape == (3, 100, 100)
    assert rgb.min() == 0
    assert rgb.max() == 255
    assert rgb[0, 50, 0] == pytest.approx(128, abs=2)


def test_floats_in_0_to_255_are_8_bit_already() -> None:
    data = np.random.default_rng(0).uniform(3, 251, (3, 50, 50)).astype(np.float32)
    assert RasterStretch.from_sample(block(data)).is_identity
    assert not RasterStretch.from_sample(block(data / 255)).is_identity
    assert not RasterStretch.from_sample(block(data), always=True).is_identity


def test_constant_and_empty_rasters_have_a_stretch() -> None:
    flat = np.full((1, 5, 5), 7.5, np.float32)
    assert to_rgb8(block(flat), RasterStretch.from_sample(block(flat))).max() <= 255
    nothing = RasterBlock(flat, np.zeros((5, 5), np.bool_))
    assert to_rgb8(nothing, RasterStretch.from_sample(nothing)).max() == 0


def test_missing_values_do_not_disturb_the_rest() -> None:
    data = np.full((1, 4, 4), 100.0, np.float32)
    data[0, 0, :3] = (np.nan, np.inf, -3.4e38)
    valid = np.ones((4, 4), np.bool_)
    valid[0, :3] = False
    rgb = to_rgb8(RasterBlock(data, valid), RasterStretch((0.0,), (200.0,)))
    assert (rgb[:, 0, :3] == 0).all()
    assert (rgb[:, 1:] == 128).all()


def test_light_from_the_north_west_brightens_slopes_that_face_it() -> None:
    rows, cols = np.mgrid[0:20, 0:20].astype(np.float32)
    facing = hillshade(rows + cols, 1.0)  # rises to the south-east
    averted = hillshade(-rows - cols, 1.0)
    level = hillshade(np.zeros((20, 20), np.float32), 1.0)
    assert facing[10, 10] > level[10, 10] > averted[10, 10]
    assert level[10, 10] == pytest.approx(255 * np.sin(np.radians(45)), abs=1)
    assert hillshade(np.full((4, 4), np.nan, np.float32), 1.0).max() == 0


def test_ramps_run_from_end_to_end() -> None:
    values = np.array([[-5.0, 0.0, 10.0, 20.0, 99.0, np.nan]], np.float32)
    colours = colour_ramp(values, 0.0, 20.0, "viridis")
    assert colours.shape == (1, 6, 3)
    assert colours.dtype == np.uint8
    assert colours[0, 0].tolist() == colours[0, 1].tolist() == [68, 1, 84]
    assert colours[0, 3].tolist() == colours[0, 4].tolist() == [253, 231, 37]
    assert colours[0, 2].tolist() != colours[0, 1].tolist()
