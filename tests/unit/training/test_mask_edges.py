"""The layers that draw the edges of masks: nothing at first, then what the oval in the box lacks."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from made_plots import TINY, made_plot
from torch.nn import functional

from training.balsam2.edges import Edges, fresh
from training.balsam2.losses import outline_loss
from training.balsam2.mask_step import PromptedCrowns, decoded
from training.balsam2.model import Balsam2
from training.balsam2.publish import configured
from training.balsam2.weights import read_weights, write_weights
from training.data.labelled import LabelledPlot


def asked_of(model: Balsam2, plot: LabelledPlot, corner: tuple[int, int] = (0, 0)) -> torch.Tensor:
    rgb = torch.from_numpy(plot.rgb.astype(np.float32))[None]
    with torch.no_grad():
        encoded = model.encode(rgb, torch.full((1, 1, *plot.rgb.shape[1:]), -1.0))
        labels = np.tile(np.array((2.0, 3.0), np.float32), (len(plot.boxes), 1))
        empty = np.zeros((0, 0, 0), np.float32)
        asked = PromptedCrowns(plot.boxes.reshape(-1, 2, 2), labels, empty, np.zeros(0, bool))
        return decoded(model, encoded, asked, corner)[0]


def test_untrained_edges_change_nothing_and_depend_on_the_seed_alone() -> None:
    bare = Balsam2(replace(TINY, edges=0)).eval()
    drawn = configured(bare, TINY)
    assert drawn.edges is not None
    assert torch.equal(asked_of(bare, made_plot(1)), asked_of(drawn, made_plot(1)))
    one, other = (fresh(Edges(8, 8), seed=3).state_dict() for _ in range(2))
    assert all(torch.equal(value, other[name]) for name, value in one.items())


def test_a_model_of_before_the_edges_is_read_and_can_go_on(tmp_path: Path) -> None:
    old = Balsam2(replace(TINY, edges=0)).eval()
    write_weights(old, tmp_path / "training.npz")
    again = read_weights(tmp_path / "training.npz")
    assert again.edges is None
    assert configured(again, replace(TINY, edges=0)).edges is None
    widened = configured(again, TINY)
    assert widened.config.edges == TINY.edges
    assert configured(widened, replace(TINY, edges=0)).edges is not None  # what was learned stays


def half_disc(middle: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Features on coarse cells that show a half disc, an oval around the whole of it, and the half disc as truth."""
    rows, columns = (torch.from_numpy(axis) for axis in np.mgrid[:32, :32] + 0.5)
    away = torch.hypot(columns - middle, rows - middle)
    truth = ((away < 9.0) & (columns > rows)).float()
    detail = torch.stack([functional.avg_pool2d(truth[None], 2)[0], torch.ones(16, 16)])[None]
    oval = (4.0 * (1.0 - (away / 9.0) ** 2)).clamp(-4.0, 4.0).float()
    return detail, oval[None, None], truth[None, None]


def test_edges_learn_what_no_oval_has() -> None:
    edges = fresh(Edges(2, 8))
    optimiser = torch.optim.Adam(edges.parameters(), lr=0.02)
    for step in range(60):
        detail, oval, truth = half_disc(12 + step % 4)
        loss = outline_loss((oval + edges(detail, oval))[:, 0], truth[:, 0]).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    detail, oval, truth = half_disc(18)  # a place that nothing was learned at
    with torch.no_grad():
        drawn = oval + edges(detail, oval)
    ious = [float(((mask > 0) & (truth > 0)).sum() / ((mask > 0) | (truth > 0)).sum()) for mask in (oval, drawn)]
    assert ious[0] < 0.6 < 0.75 < ious[1], ious


@pytest.mark.parametrize("corner", [(0, 0), (8, 8), (3, 5)])
def test_a_smaller_canvas_is_asked_for_like_that_part_of_a_tile(corner: tuple[int, int]) -> None:
    """The prompts know where in the tile they are; the oval lies where the canvas has it."""
    torch.manual_seed(0)
    model = Balsam2(TINY).eval()
    plot = made_plot(3, side=32, crowns=2)
    masks = asked_of(model, plot, corner)
    assert masks.shape == (2, 4, 32, 32)
    for mask, (left, top, right, bottom) in zip(masks[:, 0], plot.boxes, strict=True):
        middle = mask[int((top + bottom) / 2), int((left + right) / 2)]
        assert middle > mask[0 if top > 4 else 31, 0 if left > 4 else 31]
