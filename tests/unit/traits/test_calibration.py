"""Temperature scaling makes probabilities as right as they say; the reliability table tells how far off they are."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.errors import InputError
from inference.traits import calibration


def drawn(
    seed: int, n: int = 4000, k: int = 5, overconfident: float = 1.0
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.intp]]:
    """Logits times `overconfident`, and classes that follow the honest probabilities."""
    rng = np.random.default_rng(seed)
    logits = rng.normal(size=(n, k)) * 1.5
    p = calibration.softmax(logits).astype(np.float64)
    labels = (p.cumsum(axis=1) < rng.random((n, 1)) * p.sum(axis=1, keepdims=True)).sum(axis=1)
    return logits * overconfident, np.minimum(labels, k - 1)


@given(
    st.integers(0, 2**32 - 1),
    st.integers(1, 6),
    st.integers(1, 12),
    st.floats(0.05, 20.0),
    st.floats(0.1, 1e4),
)
def test_rows_sum_to_one_and_ranking_stays(seed: int, n: int, k: int, temperature: float, size: float) -> None:
    logits = np.random.default_rng(seed).normal(size=(n, k)) * size
    p = calibration.softmax(logits, temperature)
    assert p.dtype == np.float32
    assert ((p >= 0) & (p <= 1)).all()
    np.testing.assert_allclose(p.sum(axis=1), 1.0, atol=1e-5)
    rows = np.arange(n)
    np.testing.assert_allclose(p[rows, logits.argmax(axis=1)], p.max(axis=1), atol=1e-7)


@given(st.integers(0, 2**32 - 1), st.integers(2, 8))
def test_the_order_of_classes_does_not_matter(seed: int, k: int) -> None:
    rng = np.random.default_rng(seed)
    logits, order = rng.normal(size=(4, k)), rng.permutation(k)
    np.testing.assert_allclose(calibration.softmax(logits)[:, order], calibration.softmax(logits[:, order]), rtol=1e-5)


def test_a_class_that_is_ruled_out_has_probability_zero() -> None:
    p = calibration.softmax(np.array([[0.0, -np.inf, 0.0]]))
    np.testing.assert_allclose(p, [[0.5, 0.0, 0.5]])


def test_nothing_to_tell_gives_nothing() -> None:
    assert calibration.softmax(np.zeros((3, 0))).shape == (3, 0)
    assert calibration.softmax(np.zeros((0, 4))).shape == (0, 4)


@pytest.mark.parametrize("temperature", [0.0, -1.0, float("nan"), float("inf")])
def test_an_impossible_temperature_is_a_sentence(temperature: float) -> None:
    with pytest.raises(InputError) as caught:
        calibration.softmax(np.zeros((1, 2)), temperature)
    assert caught.value.code == "species.temperature"


@pytest.mark.parametrize("factor", [0.4, 1.0, 3.0])
def test_the_fitted_temperature_takes_back_overconfidence(factor: float) -> None:
    logits, labels = drawn(3, overconfident=factor)
    assert calibration.fit_temperature(logits, labels) == pytest.approx(factor, rel=0.08)


@given(st.integers(0, 1000))
def test_no_other_temperature_is_likelier(seed: int) -> None:
    logits, labels = drawn(seed, n=60, overconfident=2.0)
    best = calibration.negative_log_likelihood(logits, labels, calibration.fit_temperature(logits, labels))
    for other in (0.06, 0.5, 1.0, 1.7, 4.0, 19.0):
        assert best <= calibration.negative_log_likelihood(logits, labels, other) + 1e-6


def test_without_validation_crowns_the_temperature_is_one() -> None:
    assert calibration.fit_temperature(np.zeros((0, 4)), np.zeros(0, int)) == 1.0
    assert calibration.fit_temperature(np.zeros((5, 1)), np.zeros(5, int)) == 1.0


def test_calibration_error_falls_when_the_temperature_is_fitted() -> None:
    logits, labels = drawn(5, overconfident=3.0)
    before = calibration.expected_calibration_error(calibration.softmax(logits), labels)
    fitted = calibration.fit_temperature(logits, labels)
    after = calibration.expected_calibration_error(calibration.softmax(logits, fitted), labels)
    assert before > 0.15
    assert after < 0.03


def test_reliability_by_hand() -> None:
    p = np.array([[0.9, 0.1], [0.95, 0.05], [0.6, 0.4], [0.5, 0.5]])
    rows = calibration.reliability(p, np.array([0, 1, 0, 0]), bins=2)
    assert [(row.low, row.high, row.count) for row in rows] == [(0.0, 0.5, 1), (0.5, 1.0, 3)]
    assert rows[1].accuracy == pytest.approx(2 / 3)
    assert rows[1].confidence == pytest.approx((0.9 + 0.95 + 0.6) / 3)
    expected = (1 * abs(1.0 - 0.5) + 3 * abs(2 / 3 - 2.45 / 3)) / 4
    assert calibration.gap(rows) == pytest.approx(expected)


def test_reliability_of_nothing() -> None:
    assert calibration.reliability(np.zeros((0, 3)), np.zeros(0, int)) == ()
    assert calibration.gap(()) == 0.0
