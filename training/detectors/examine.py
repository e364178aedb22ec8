"""Looks at whole plots with a detector while it learns, and scores what it finds by the host's own rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from torch import nn

from inference.segment.detection.classes import Detections, best_where, detect
from inference.segment.detection.proposals import propose
from training.balsam.tiles import TrainTile
from training.balsam2.detect import Found, overlaps
from training.balsam2.validate import SiteResult, pooled, result_of
from training.data.labelled import LabelledPlot
from training.detectors.material import no_truth
from training.detectors.network import Network, Seen

Float32 = NDArray[np.float32]

IOU = 0.4
_MASKS_AT_ONCE = 25
_MOST = 1 << 30


@dataclass(frozen=True, slots=True)
class Crowns:
    """What was found on a plot: boxes (n, 4) in its cells, scores and labels (n,), and masks by (row, column, cells).

    `masks` is empty where nobody asked for them.
    """

    boxes: Float32
    scores: Float32
    labels: NDArray[np.int64]
    masks: tuple[tuple[int, int, NDArray[np.bool_]] | None, ...] = ()


def crowns_of(
    network: Network, model: nn.Module, plot: LabelledPlot, *, gsd_m: float, masks_from: float | None = None
) -> Crowns:
    """All crowns of a plot on the network's cells; of tiles that overlap each keeps what is centred in its core.

    Args:
        network: of the model.
        model: put into eval mode.
        plot: as `training.detectors.material` makes it.
        gsd_m: its cell.
        masks_from: draw the masks of crowns that score at least this; None for no masks.
    """
    model.eval()
    parts = [_of_window(network, model, plot, window, gsd_m, masks_from) for window in _windows(plot, network.tile_px)]
    boxes = np.concatenate([np.zeros((0, 4), np.float32), *(one.boxes for one in parts)])
    scores = np.concatenate([np.zeros(0, np.float32), *(one.scores for one in parts)])
    labels = np.concatenate([np.zeros(0, np.int64), *(one.labels for one in parts)])
    masks = [mask for one in parts for mask in one.masks]
    order = np.argsort(-scores, kind="stable")
    return Crowns(boxes[order], scores[order], labels[order], tuple(masks[i] for i in order) if masks else ())


@dataclass(frozen=True, slots=True)
class _Window:
    """First row and column of a tile, and the part of the plot that is its own."""

    top: int
    left: int
    core: tuple[float, float, float, float]


def _windows(plot: LabelledPlot, side: int) -> Iterator[_Window]:
    rows, columns = plot.complete.shape
    for top, first_row, last_row in _starts(rows, side):
        for left, first_column, last_column in _starts(columns, side):
            yield _Window(top, left, (first_row, first_column, last_row, last_column))


def _starts(length: int, side: int) -> list[tuple[int, float, float]]:
    """First cells of tiles that overlap by half, and where the core of each begins and ends."""
    starts = [0] if length <= side else [*range(0, length - side, side // 2), length - side]
    middles = [(one + other + side) / 2.0 for one, other in pairwise(starts)]
    return list(zip(starts, [-np.inf, *middles], [*middles, np.inf], strict=True))


def _of_window(
    network: Network, model: nn.Module, plot: LabelledPlot, window: _Window, gsd_m: float, masks_from: float | None
) -> Crowns:
    side = network.tile_px
    part = (slice(window.top, window.top + side), slice(window.left, window.left + side))
    rows, columns = plot.complete[part].shape
    rgb = np.zeros((3, side, side), np.uint8)
    rgb[:, :rows, :columns] = plot.rgb[(slice(None), *part)]
    height_m = None
    if plot.chm_m is not None:
        height_m = np.full((side, side), np.nan, np.float32)
        height_m[:rows, :columns] = plot.chm_m[part]
    tile = TrainTile(rgb, height_m, no_truth((side, side)), gsd_m)
    if network.needs_dsm and network.scaled_elevation(tile) is None:
        return _nothing()  # as the host leaves such a tile out
    seen = network.look(model, tile)
    found = _detected(network, seen)
    middles = (found.boxes[:, :2] + found.boxes[:, 2:]) / 2.0 + np.array([window.left, window.top], np.float32)
    row0, column0, row1, column1 = window.core
    mine = (middles[:, 1] >= row0) & (middles[:, 1] < row1) & (middles[:, 0] >= column0) & (middles[:, 0] < column1)
    found = best_where(found, mine, _MOST)
    masks = () if masks_from is None else _masks(network, seen, found, masks_from, (rows, columns), window)
    corner = np.array([window.left, window.top] * 2, np.float32)
    return Crowns(found.boxes + corner, found.scores, found.labels, masks)


def _nothing() -> Crowns:
    return Crowns(np.zeros((0, 4), np.float32), np.zeros(0, np.float32), np.zeros(0, np.int64))


def _detected(network: Network, seen: Seen) -> Detections:
    size_px = (network.tile_px, network.tile_px)
    rois, _ = propose(seen.cls, seen.reg, network.proposing, size_px)
    scores, deltas = seen.classify(rois)
    return detect(rois, scores, deltas, replace(network.choosing, max_per_img=_MOST), size_px)


def _masks(
    network: Network, seen: Seen, found: Detections, least: float, seen_px: tuple[int, int], window: _Window
) -> tuple[tuple[int, int, NDArray[np.bool_]] | None, ...]:
    masks: list[tuple[int, int, NDArray[np.bool_]] | None] = []
    for first in range(0, len(found.boxes), _MASKS_AT_ONCE):
        part = slice(first, first + _MASKS_AT_ONCE)
        boxes, labels = found.boxes[part], found.labels[part]
        if found.scores[first] < least:
            masks += [None] * len(boxes)
            continue
        for logits, box in zip(seen.masks(boxes, labels), boxes, strict=True):
            placed = network.placed(logits, box, seen_px)
            masks.append(None if placed is None else (placed[0] + window.top, placed[1] + window.left, placed[2]))
    return tuple(masks)


def examined(network: Network, model: nn.Module, plots: Sequence[LabelledPlot], gsd_m: float) -> dict[str, SiteResult]:
    """Boxes at IoU 0.4 against the labels, by survey."""
    found: dict[str, list[SiteResult]] = {}
    for plot in plots:
        crowns = crowns_of(network, model, plot, gsd_m=gsd_m)
        found.setdefault(plot.site, []).append(result_of(Found(crowns.boxes, crowns.scores), plot, IOU))
    return {site: pooled(parts) for site, parts in found.items()}


def mask_iou(
    network: Network, model: nn.Module, plots: Sequence[LabelledPlot], gsd_m: float, threshold: float
) -> float | None:
    """Mean IoU of masks with drawn outlines, over crowns found at IoU 0.4 of boxes; None where there are none."""
    found: list[float] = []
    for plot in plots:
        if plot.owner is None or not len(plot.boxes):
            continue
        crowns = crowns_of(network, model, plot, gsd_m=gsd_m, masks_from=threshold)
        for box, score, mask in zip(crowns.boxes, crowns.scores, crowns.masks, strict=False):
            shared = overlaps(box[None], plot.boxes)[0]
            best = int(shared.argmax())
            if score >= threshold and mask is not None and shared[best] >= IOU and plot.outlined[best]:
                found.append(_iou(mask, plot.owner == best + 1))
    return float(np.mean(found)) if found else None


def _iou(placed: tuple[int, int, NDArray[np.bool_]], truth: NDArray[np.bool_]) -> float:
    row, column, mask = placed
    drawn = np.zeros_like(truth)
    part = drawn[row : row + mask.shape[0], column : column + mask.shape[1]]
    part |= mask[: part.shape[0], : part.shape[1]]
    return float((drawn & truth).sum() / max(int((drawn | truth).sum()), 1))
