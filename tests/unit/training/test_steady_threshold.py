"""The threshold of a few validation crowns is the middle of the good ones, not the luckiest."""

import numpy as np
import pytest

from training.balsam2.validate import SiteResult, chance


def _result(crowns: int) -> SiteResult:
    """True finds between 0.2 and 0.6, false ones between 0.1 and 0.3."""
    true = np.linspace(0.2, 0.6, crowns)
    false = np.linspace(0.1, 0.3, crowns)
    scores = np.concatenate([true, false]).astype(np.float32)
    return SiteResult(scores, np.arange(2 * crowns) < crowns, crowns)


def test_it_lies_among_thresholds_as_good_as_the_best() -> None:
    for crowns in (20, 400):
        result = _result(crowns)
        best, _ = result.best()
        steady = result.steady_threshold()
        assert result.f1(steady) >= best - chance(best, crowns)


def test_with_many_crowns_it_is_the_best_one() -> None:
    result = _result(100_000)
    best, at = result.best()
    assert result.steady_threshold() == pytest.approx(at, abs=0.02)
    assert result.f1(result.steady_threshold()) == pytest.approx(best, abs=0.01)


def test_chance_shrinks_with_the_root_of_the_crowns() -> None:
    assert chance(0.5, 100) == pytest.approx(0.05)
    assert chance(0.5, 400) == pytest.approx(0.025)
    assert chance(0.0, 0) == 0.0
