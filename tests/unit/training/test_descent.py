"""Rates and the average of weights, as all trainings of our own models use them."""

import math

import pytest
import torch

from training.descent import follow, pace


@pytest.mark.parametrize("last", [0.02, 0.01, 0.0])
def test_the_rate_rises_in_a_line_and_falls_to_what_is_left(last: float) -> None:
    rates = [pace(step, steps=400, warm_up=40, last=last) for step in range(401)]
    assert rates[0] == pytest.approx(1 / 40, rel=1e-3)
    assert rates[:40] == sorted(rates[:40])
    assert rates[40:] == sorted(rates[40:], reverse=True)
    assert max(rates) <= 1.0
    assert rates[200] == pytest.approx((1 + last) / 2)
    assert rates[400] == pytest.approx(last, abs=1e-12)


def test_the_rates_are_those_that_the_shipped_models_were_trained_with() -> None:
    for last, middle, swing in ((0.02, 0.51, 0.49), (0.01, 0.505, 0.495)):
        for step in range(0, 2000, 7):
            was = min(1.0, (step + 1) / 100) * (middle + swing * math.cos(math.pi * step / 2000))
            assert pace(step, steps=2000, warm_up=100, last=last) == was  # to the bit: trainings go on after updates


def test_the_average_follows_slowly_and_takes_counts_over() -> None:
    model, average = torch.nn.BatchNorm1d(2), torch.nn.BatchNorm1d(2)
    with torch.no_grad():
        model.weight.fill_(3.0)
        model.num_batches_tracked.fill_(7)
    follow(average, model, 10_000, 0.9)
    assert average.weight.tolist() == pytest.approx([1.2, 1.2])
    assert int(average.num_batches_tracked) == 7
    follow(average, model, 10_000, 0.0)
    assert average.weight.tolist() == [3.0, 3.0]
