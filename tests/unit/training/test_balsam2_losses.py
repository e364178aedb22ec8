"""The losses: compared with plain formulas, and lower for what is right."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from made_plots import TINY, made_plot
from torch import Tensor

from training.balsam2.losses import (
    box_loss,
    box_mask_loss,
    centre_loss,
    generalised_iou,
    outline_loss,
    shifted,
)
from training.balsam2.mask_step import mask_step, prompted
from training.balsam2.model import Balsam2
from training.data.canvas import CanvasMaker, make_pool

number = st.floats(0.0, 50.0, width=32)
size = st.floats(0.5, 30.0, width=32)


def plain_giou(a: list[float], b: list[float]) -> float:
    """Straight from the definition."""
    shared = max(min(a[2], b[2]) - max(a[0], b[0]), 0.0) * max(min(a[3], b[3]) - max(a[1], b[1]), 0.0)
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared
    around = (max(a[2], b[2]) - min(a[0], b[0])) * (max(a[3], b[3]) - min(a[1], b[1]))
    return shared / union - (around - union) / around


@settings(max_examples=80, deadline=None)
@given(st.tuples(number, number, size, size), st.tuples(number, number, size, size))
def test_giou_is_the_definition(first: tuple[float, ...], second: tuple[float, ...]) -> None:
    a, b = ([x, y, x + w, y + h] for x, y, w, h in (first, second))
    found = float(generalised_iou(torch.tensor([a]), torch.tensor([b])))
    assert found == pytest.approx(plain_giou(a, b), abs=2e-4)


def test_the_box_loss_is_a_weighted_mean() -> None:
    wanted = torch.tensor([[0.0, 0.0, 10.0, 10.0]] * 4).T.reshape(1, 4, 2, 2)
    found = wanted.clone()
    found[0, 2, 0, 0] = 20.0
    weight = torch.tensor([[[3.0, 1.0], [0.0, 0.0]]])
    assert float(box_loss(wanted, wanted, weight)) == pytest.approx(0.0, abs=1e-6)
    assert float(box_loss(found, wanted, weight)) == pytest.approx(0.75 * 0.5)
    assert float(box_loss(found, wanted, weight * 0)) == 0.0


def test_the_centre_loss_falls_with_the_right_map_and_ignores_what_does_not_count() -> None:
    wanted = torch.zeros(1, 1, 8, 8)
    wanted[0, 0, 3, 4] = 1.0
    counts = torch.ones_like(wanted, dtype=torch.bool)
    right, wrong = wanted * 16 - 8, wanted.flip(-1) * 16 - 8
    assert centre_loss(right, wanted, counts) < 1e-3 < centre_loss(wrong, wanted, counts)
    counts[..., :, 3:5] = False
    assert centre_loss(wrong, wanted, counts) < 1e-3
    assert torch.isfinite(centre_loss(torch.full_like(wanted, 1e4), wanted, counts | True))


def disc(x: float, y: float, radius: float, side: int = 32) -> Tensor:
    rows, columns = np.mgrid[:side, :side] + 0.5
    return torch.from_numpy((np.hypot(columns - x, rows - y) < radius).astype(np.float32))[None]


def test_the_right_outline_costs_least() -> None:
    wanted = disc(16, 16, 8)
    losses = [
        float(outline_loss(mask * 12 - 6, wanted)) for mask in (wanted, disc(18, 16, 8), disc(16, 16, 4), wanted * 0)
    ]
    assert losses[0] == min(losses)
    assert losses[0] < 0.1 < min(losses[1:])


def test_the_right_mask_costs_least_where_only_the_box_is_known() -> None:
    """A picture with the crown in another colour: its disc costs less than the box, half of it, or its neighbour."""
    crown = disc(16, 16, 8)
    box = torch.zeros(1, 32, 32)
    box[:, 8:24, 8:24] = 1.0
    likeness = torch.exp(-6.0 * (shifted(crown) - crown[:, None]).abs())
    half = crown.clone()
    half[..., :16] = 0.0
    masks = {"disc": crown, "box": box, "half": half, "shifted": disc(20, 16, 8), "all": box * 0 + 1, "none": box * 0}
    losses = {name: float(box_mask_loss(mask * 12 - 6, box, likeness)) for name, mask in masks.items()}
    assert min(losses, key=lambda name: losses[name]) == "disc", losses


def test_neighbours_lie_two_cells_away() -> None:
    x = torch.zeros(1, 9, 9)
    x[0, 4, 4] = 1.0
    places = [torch.nonzero(plane)[0].tolist() for plane in shifted(x)[0]]
    assert places == [[4, 2], [2, 4], [2, 2], [2, 6]]


def test_prompts_lie_on_their_crown() -> None:
    maker = CanvasMaker((make_pool([made_plot(0), made_plot(1)], 1.0, 0.2, (1.0,)),), 64, mosaic_share=0.0)
    for seed in range(25):
        canvas = maker.draw(np.random.default_rng(seed))
        asked = prompted(canvas, np.random.default_rng(seed), 1)
        if asked is None:
            continue
        assert (asked.wanted.sum((1, 2)) > 0).all()
        for wanted, points, labels in zip(asked.wanted, asked.points, asked.labels, strict=True):
            for (x, y), label in zip(points, labels, strict=True):
                if label in (0.0, 1.0):
                    assert wanted[int(y), int(x)] == label
            assert set(labels[:2].tolist()) in ({-1.0}, {2.0, 3.0})
            assert (labels >= 0).any()


@pytest.mark.parametrize("known", [True, False])
def test_a_step_of_masks(known: bool) -> None:
    plots = [made_plot(seed) for seed in range(2)]
    if not known:
        plots = [replace(plot, owner=None) for plot in plots]
    maker = CanvasMaker((make_pool(plots, 1.0, 0.2, (1.0,)),), 64, mosaic_share=0.0)
    canvases = [maker.draw(np.random.default_rng(seed)) for seed in range(2)]
    torch.manual_seed(0)
    model = Balsam2(TINY).eval()
    rgb = torch.from_numpy(np.stack([one.rgb for one in canvases]))
    elevation_m = torch.from_numpy(np.stack([one.elevation_m for one in canvases]))[:, None]
    losses = mask_step(model, rgb, elevation_m, canvases, 0)
    assert (float(losses["outlines"].detach()) > 0.0) is known
    assert (float(losses["box masks"].detach()) > 0.0) is not known
    torch.stack(list(losses.values())).sum().backward()  # type: ignore[no-untyped-call]
    gradient = model.mask_decoder.mask_tokens.weight.grad
    assert gradient is not None
    assert torch.isfinite(gradient).all()
