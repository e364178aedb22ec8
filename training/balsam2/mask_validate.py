"""IoU of masks with known outlines on plots that training does not learn from, each crown asked for by its box."""

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from training.balsam2.mask_step import PromptedCrowns, decoded
from training.balsam2.model import Balsam2
from training.data.labelled import OUTSIDE_GREY, UNKNOWN_ELEVATION, LabelledPlot
from training.devices import device_of

_LEAST_VISIBLE = 0.95
_MOST_CROWNS = 400  # more do not make the mean surer than it needs to be


@torch.no_grad()
def mean_mask_iou(model: Balsam2, plots: Sequence[LabelledPlot]) -> float | None:
    """Mean IoU of the first mask with the outline, over whole crowns of plots on the model's cells.

    Args:
        model: trained or in training; put into eval mode.
        plots: those without outlines are passed over.

    Returns:
        0..1; None where no outline is known.
    """
    model.eval()
    found: list[float] = []
    for plot in plots:
        if plot.owner is None or len(found) >= _MOST_CROWNS:
            continue
        for top, left, crowns in _windows(plot, model.config.tile_px):
            found += _of_window(model, plot, top, left, crowns)
    return float(np.mean(found)) if found else None


def _windows(plot: LabelledPlot, side: int) -> Iterator[tuple[int, int, NDArray[np.int64]]]:
    """Places of tiles, and the whole crowns of each that no tile before showed whole."""
    whole = plot.outlined if plot.visible is None else plot.outlined & (plot.visible >= _LEAST_VISIBLE)
    rows, columns = plot.rgb.shape[1:]
    for top in _starts(rows, side):
        for left in _starts(columns, side):
            inside = (plot.boxes[:, :2] >= (left, top)).all(1) & (plot.boxes[:, 2:] <= (left + side, top + side)).all(1)
            crowns = np.flatnonzero(whole & inside)
            whole[crowns] = False
            if len(crowns):
                yield top, left, crowns


def _starts(length: int, side: int) -> list[int]:
    """First cells of tiles that overlap by half and end with the plot."""
    if length <= side:
        return [0]
    return [*range(0, length - side, side // 2), length - side]


def _of_window(model: Balsam2, plot: LabelledPlot, top: int, left: int, crowns: NDArray[np.int64]) -> list[float]:
    side, stride = model.config.tile_px, model.config.mask_stride
    part = (slice(top, top + side), slice(left, left + side))
    rgb = np.full((3, side, side), OUTSIDE_GREY, np.float32)
    elevation_m = np.full((side, side), UNKNOWN_ELEVATION, np.float32)
    owner = np.zeros((side, side), np.int32)
    assert plot.owner is not None
    rows, columns = plot.owner[part].shape
    rgb[:, :rows, :columns] = plot.rgb[(slice(None), *part)]
    owner[:rows, :columns] = plot.owner[part]
    if plot.chm_m is not None:
        elevation_m[:rows, :columns] = np.nan_to_num(plot.chm_m[part], nan=UNKNOWN_ELEVATION)
    device = device_of(model)
    encoded = model.encode(torch.from_numpy(rgb)[None].to(device), torch.from_numpy(elevation_m)[None, None].to(device))
    boxes = plot.boxes[crowns] - np.array([left, top, left, top], np.float32)
    labels = np.tile(np.array((2.0, 3.0), np.float32), (len(boxes), 1))
    asked = PromptedCrowns(boxes.reshape(-1, 2, 2), labels, np.zeros((0, 0, 0), np.float32), np.zeros(0, bool))
    masks, _ = decoded(model, encoded, asked)
    seen = owner[stride // 2 :: stride, stride // 2 :: stride]
    drawn = masks[:, 0].cpu().numpy() > 0.0
    return [_iou(mask, seen == crown + 1) for mask, crown in zip(drawn, crowns, strict=True)]


def _iou(mask: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    return float((mask & truth).sum() / max(int((mask | truth).sum()), 1))
