"""Masks end where they fill the boxes that they were asked for."""

import numpy as np
import pytest
import torch

from training.balsam2.calibrate import mask_threshold
from training.balsam2.config import Balsam2Config
from training.balsam2.mask_step import decoded
from training.balsam2.model import Balsam2
from training.data.canvas import CanvasMaker, make_pool
from training.data.synthetic import synthetic_plot

CONFIG = Balsam2Config(tile_px=128, widths=(8, 8, 16, 16), depths=(1, 1, 1, 1), detail=16, embedding=32)


@pytest.fixture(scope="module")
def maker() -> CanvasMaker:
    plot = synthetic_plot(1, 0, CONFIG.gsd_m, 40.0)
    return CanvasMaker((make_pool([plot], 1.0, CONFIG.gsd_m, (1.0,)),), CONFIG.tile_px, 0.0, 0.0)


def test_masks_that_are_less_sure_end_at_a_lower_likelihood(
    maker: CanvasMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.manual_seed(0)
    model = Balsam2(CONFIG).eval()
    found = []
    for less in (0.0, 1.0):
        monkeypatch.setattr(
            "training.balsam2.calibrate.decoded",
            lambda *given, less=less: (decoded(*given)[0] - less, decoded(*given)[1]),
        )
        found.append(mask_threshold(model, maker, seed=0, canvases=2))
    logits = np.log(np.array(found) / (1.0 - np.array(found)))
    assert logits[0] - logits[1] == pytest.approx(1.0, abs=0.26)


def test_the_choice_depends_on_the_seed_alone(maker: CanvasMaker) -> None:
    torch.manual_seed(0)
    model = Balsam2(CONFIG).eval()
    assert mask_threshold(model, maker, 3, 2) == mask_threshold(model, maker, 3, 2)
