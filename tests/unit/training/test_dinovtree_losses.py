"""Losses, their balance and the learning rates of DINOvTree's training."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from training.dinovtree.config import BackboneConfig, DinovtreeConfig
from training.dinovtree.losses import DynamicWeights, focal_loss, height_loss, species_loss
from training.dinovtree.model import Dinovtree
from training.dinovtree.schedule import Schedule, optimiser


def test_crowns_without_labels_train_nothing_but_break_nothing() -> None:
    logits, height_m = torch.randn(3, 4, requires_grad=True), torch.randn(3, requires_grad=True)
    total = species_loss(logits, torch.full((3,), -1)) + height_loss(height_m, torch.full((3,), float("nan")))
    total.backward()
    assert float(total.detach()) == 0.0
    assert logits.grad is not None
    assert float(logits.grad.abs().sum()) == 0.0


def test_only_labelled_crowns_count() -> None:
    logits = torch.tensor([[2.0, 0.0], [5.0, -5.0]])
    wanted = math.log(1 + math.exp(-2.0))
    assert float(species_loss(logits, torch.tensor([0, -1]))) == pytest.approx(wanted, rel=1e-5)
    found = height_loss(torch.tensor([3.0, 9.0, 7.25]), torch.tensor([5.0, float("nan"), 7.0]))
    assert float(found) == pytest.approx((1.5 + 0.5 * 0.0625) / 2)


def test_focal_loss_without_focus_and_balance_is_binary_entropy() -> None:
    logits, species = torch.randn(5, 3), torch.tensor([0, 2, 1, -1, 1])
    known = logits[species >= 0]
    yes = torch.nn.functional.one_hot(species[species >= 0], 3).float()
    wanted = torch.nn.functional.binary_cross_entropy_with_logits(known, yes, reduction="sum") / 4
    found = focal_loss(logits, species, [10, 10, 10], beta=0.0, gamma=0.0)
    torch.testing.assert_close(found, wanted)


def test_focal_loss_raises_rare_classes_and_lowers_easy_answers() -> None:
    logits = torch.zeros(1, 2)
    rare = focal_loss(logits, torch.tensor([1]), [1000, 10])
    common = focal_loss(logits, torch.tensor([0]), [1000, 10])
    assert float(rare / common) == pytest.approx((1 - 0.9999**1000) / (1 - 0.9999**10), rel=1e-3)
    easy = torch.tensor([[4.0, -4.0]])
    sharp, plain = (focal_loss(easy, torch.tensor([0]), [5, 5], gamma=gamma) for gamma in (2.0, 0.0))
    assert float(sharp) < 0.01 * float(plain)
    assert float(focal_loss(logits, torch.tensor([-1]), [1, 1])) == 0.0
    assert math.isfinite(float(focal_loss(logits, torch.tensor([0]), [5, 0])))


def test_weights_change_from_the_end_of_the_second_epoch_on() -> None:
    balance = DynamicWeights()
    balance.end_epoch([2.0, 2.0])
    assert balance.weights == (1.0, 1.0)
    balance.end_epoch([1.0, 2.0])  # species improved: height gets more
    species, height = math.exp(0.25), math.exp(0.5)
    assert balance.weights == pytest.approx((2 * species / (species + height), 2 * height / (species + height)))
    total = balance.total([torch.tensor(3.0), torch.tensor(5.0)])
    assert float(total) == pytest.approx(3 * balance.weights[0] + 5 * balance.weights[1])


@given(st.lists(st.tuples(st.floats(0.01, 10), st.floats(0.01, 10)), min_size=1, max_size=6))
def test_weights_always_sum_to_the_number_of_tasks(epochs: list[tuple[float, float]]) -> None:
    balance = DynamicWeights()
    for means in epochs:
        balance.end_epoch(means)
    assert sum(balance.weights) == pytest.approx(2.0)


def test_rates_rise_for_two_epochs_and_fall_to_the_end() -> None:
    schedule = Schedule(epochs=50, steps_per_epoch=10)
    factors = [schedule.factor(step) for step in range(501)]
    assert factors[0] == pytest.approx(4e-4)
    assert factors[20] == pytest.approx(1.0)
    assert factors[500] == pytest.approx(4e-3)
    assert factors[:21] == sorted(factors[:21])
    assert factors[20:] == sorted(factors[20:], reverse=True)
    assert schedule.factor(10_000) == factors[500]
    assert 0 < Schedule(1, 1, warmup_epochs=0).factor(0) <= 1.0


def test_heads_learn_at_twice_the_rate_of_the_backbone_and_nothing_is_left_out() -> None:
    model = Dinovtree(DinovtreeConfig(BackboneConfig("dinov3", 64, 1, 4, 4, 64, 16), 3))
    adam, rates = optimiser(model, Schedule(3, 4))
    assert sum(len(group["params"]) for group in adam.param_groups) == len(list(model.parameters()))
    assert {group["weight_decay"] for group in adam.param_groups} == {0.0}
    for _ in range(8):
        adam.step()
        rates.step()
    assert [group["lr"] for group in adam.param_groups] == pytest.approx([5e-5, 2.5e-5])
