"""What a prompt says before the decoder looks: boxes, clicks, exclusions and earlier masks."""

import numpy as np
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from training.balsam2.prior import prior_logits

TILE, SIDE, GRID = 64, 64, 16


def _prior(
    points: list[tuple[float, float, float]], *, reach_px: float = 8.0, mask: torch.Tensor | None = None
) -> torch.Tensor:
    """Logits (SIDE, SIDE) of one prompt of (x, y, label) on a tile whose crowns all reach `reach_px`."""
    places = torch.tensor([[point[:2] for point in points]])
    labels = torch.tensor([[point[2] for point in points]])
    extent = torch.full((1, 4, GRID, GRID), reach_px)
    earlier = torch.zeros((1, 1, SIDE, SIDE)) if mask is None else mask[None, None]
    has_mask = torch.tensor([0.0 if mask is None else 1.0])
    return prior_logits(places, labels, extent, earlier, has_mask, TILE)[0, 0]


def _extent(logits: torch.Tensor) -> tuple[int, int, int, int]:
    rows, columns = np.nonzero(logits.numpy() > 0.0)
    return int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1


@given(left=st.floats(2.0, 30.0), top=st.floats(2.0, 30.0), width=st.floats(6.0, 30.0), height=st.floats(6.0, 30.0))
@settings(max_examples=40, deadline=None)
def test_a_box_is_filled_by_its_oval(left: float, top: float, width: float, height: float) -> None:
    logits = _prior([(left, top, 2.0), (left + width, top + height, 3.0)])
    found = _extent(logits)
    assert np.abs(np.array(found) - (left, top, left + width, top + height)).max() <= 1.6
    share = float((logits > 0.0).sum()) / (width * height)
    assert 0.68 < share < 0.98  # an ellipse fills 0.79 of its box; cells are whole


def test_a_click_gets_the_crown_that_was_found_there() -> None:
    found = _extent(_prior([(30.0, 34.0, 1.0)], reach_px=9.0))
    assert np.abs(np.array(found) - (21, 25, 39, 43)).max() <= 2


def test_a_second_click_stretches_the_crown_and_an_excluded_one_cuts_it() -> None:
    one = _prior([(24.0, 32.0, 1.0)], reach_px=6.0)
    two = _prior([(24.0, 32.0, 1.0), (40.0, 32.0, 1.0)], reach_px=6.0)
    assert _extent(two)[2] > _extent(one)[2] + 6
    assert two[32, 40] > 0
    cut = _prior([(24.0, 32.0, 1.0), (40.0, 32.0, 1.0), (40.0, 32.0, 0.0)], reach_px=6.0)
    assert cut[32, 40] < 0
    assert cut[32, 24] > 0


def test_padding_says_nothing_and_exclusions_alone_ask_for_nothing() -> None:
    plain = _prior([(10.0, 12.0, 2.0), (30.0, 40.0, 3.0)])
    padded = _prior([(10.0, 12.0, 2.0), (30.0, 40.0, 3.0), (50.0, 50.0, -1.0)])
    assert torch.equal(plain, padded)
    assert not bool((_prior([(30.0, 30.0, 0.0)]) > 0).any())


def test_an_earlier_mask_stands_for_the_oval() -> None:
    earlier = torch.full((SIDE, SIDE), -8.0)
    earlier[5:20, 30:50] = 8.0
    logits = _prior([(40.0, 12.0, 1.0)], mask=earlier)
    assert _extent(logits) == (30, 5, 50, 20)
    more = _prior([(40.0, 12.0, 1.0), (40.0, 22.0, 1.0)], mask=earlier)
    assert bool((more > 0)[22, 40])
