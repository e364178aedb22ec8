"""One truth on missing pixels."""

import numpy as np
import pytest

from inference.plot.validity import UndeclaredNodata, ValidityRule, equals_nodata, valid_pixels


def test_all_colour_bands_must_be_nodata() -> None:
    colours = np.array([[[255, 255, 10]], [[255, 30, 10]], [[255, 255, 10]]], np.uint8)
    assert valid_pixels(colours, ValidityRule((255.0, 255.0, 255.0))).tolist() == [[False, True, True]]


def test_nodata_may_differ_per_band_and_be_missing_in_one() -> None:
    colours = np.array([[[0, 0, 1]], [[9, 0, 9]]], np.uint8)
    assert valid_pixels(colours, ValidityRule((0.0, 9.0))).tolist() == [[False, True, True]]
    assert valid_pixels(colours, ValidityRule((0.0, None))).all()


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, -3.4e38, 3.4028234e38, -3.3999999521443642e38])
def test_float_nothing_is_nothing_even_undeclared(value: float) -> None:
    data = np.array([[[1.0, value]]], np.float32)
    assert valid_pixels(data, ValidityRule((None,))).tolist() == [[True, False]]


def test_nodata_beyond_the_type_matches_nothing() -> None:
    data = np.array([[0, 241, 255]], np.uint8)
    assert not equals_nodata(data, -9999.0).any()
    assert not equals_nodata(data, float("nan")).any()
    assert not equals_nodata(data, 0.5).any()
    assert equals_nodata(data, -2.0, tolerance=3.0).tolist() == [[True, False, False]]


def test_float_nodata_survives_rounding_to_float32() -> None:
    data = np.array([[-32767.0, -99999.9, 5.0]], np.float32)
    assert equals_nodata(data, -99999.9).tolist() == [[False, True, False]]


def test_alpha_noise_is_no_data_and_half_is() -> None:
    colours = np.full((1, 1, 4), 50, np.uint8)
    alpha = np.array([[0, 5, 128, 255]], np.uint8)
    assert valid_pixels(colours, ValidityRule((None,), has_alpha=True), alpha=alpha).tolist() == [
        [False, False, True, True]
    ]


def test_16_bit_alpha_of_255_is_data() -> None:
    alpha = np.array([[0, 255, 65535]], np.uint16)
    rule = ValidityRule((None,), has_alpha=True)
    assert valid_pixels(np.ones((1, 1, 3), np.uint16), rule, alpha=alpha).tolist() == [[False, True, True]]


def test_undeclared_values_hold_for_all_bands_together() -> None:
    colours = np.array([[[0, 0, 3]], [[0, 90, 2]]], np.uint8)
    exact = ValidityRule((None, None), extra=(UndeclaredNodata(0.0),))
    loose = ValidityRule((None, None), extra=(UndeclaredNodata(0.0, 8.0),))
    assert valid_pixels(colours, exact).tolist() == [[False, True, True]]
    assert valid_pixels(colours, loose).tolist() == [[False, True, False]]
