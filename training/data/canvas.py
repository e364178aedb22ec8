"""Canvases that training looks at: one piece of forest, or a mosaic of four from different plots."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.data.augment import Piece, other_heights, other_light, turned
from training.data.labelled import OUTSIDE_GREY, UNKNOWN_ELEVATION, LabelledPlot, magnified

Float32 = NDArray[np.float32]

SCALES = (0.7, 0.78, 0.86, 0.94, 1.0, 1.08, 1.18, 1.3, 1.45)


@dataclass(frozen=True, slots=True)
class Canvas:
    """One training sample of S x S cells.

    Attributes:
        rgb: (3, S, S) float32 0..255.
        elevation_m: (S, S) float32, -1 where unknown.
        boxes: (n, 4) float32 cells.
        visible: (n,) share of the crown's box that the canvas shows.
        labelled: (S, S) bool, where a cell without crown is background.
        owner: (S, S) int32, crown index + 1, negative nowhere; 0 where outlines are unknown.
        has_mask: (n,) bool, whether `owner` tells this crown's outline.
    """

    rgb: Float32
    elevation_m: Float32
    boxes: Float32
    visible: Float32
    labelled: NDArray[np.bool_]
    owner: NDArray[np.int32]
    has_mask: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Pool:
    """Plots that are drawn with the same weight, each at all magnifications."""

    weight: float
    plots: tuple[tuple[LabelledPlot, ...], ...]


def make_pool(plots: Sequence[LabelledPlot], weight: float, gsd_m: float, scales: Sequence[float] = SCALES) -> Pool:
    """Magnify every plot beforehand: sampling is then only cutting."""
    return Pool(weight, tuple(tuple(magnified(plot, gsd_m, scale) for scale in scales) for plot in plots))


@dataclass(frozen=True, slots=True)
class CanvasMaker:
    """Draws canvases.

    Attributes:
        pools: where plots come from.
        side_px: of the canvas.
        mosaic_share: how often a large plot is seen in a mosaic of four instead of whole.
        without_elevation: how often elevation is withheld, so that one model serves both.
    """

    pools: tuple[Pool, ...]
    side_px: int
    mosaic_share: float = 0.5
    without_elevation: float = 0.25

    def draw(self, rng: np.random.Generator) -> Canvas:
        """The next canvas; the same generator state gives the same canvas."""
        first = self._plot(rng)
        middle = first[len(first) // 2]
        fills = min(middle.rgb.shape[1:]) >= 0.9 * self.side_px
        withheld = bool(rng.random() < self.without_elevation)
        canvas = _Sheet(self.side_px, with_elevation=not withheld and middle.chm_m is not None)
        if fills and rng.random() > self.mosaic_share:
            canvas.put(cut(first, self.side_px, self.side_px, rng), 0, 0, rng)
            return canvas.finished()
        half, reach = self.side_px // 2, self.side_px // 10
        row, column = half + int(rng.integers(-reach, reach + 1)), half + int(rng.integers(-reach, reach + 1))
        corners = [(0, 0, row, column), (0, column, row, self.side_px - column)]
        corners += [(row, 0, self.side_px - row, column), (row, column, self.side_px - row, self.side_px - column)]
        for number, (top, left, height, width) in enumerate(corners):
            plot = first if number == 0 else self._like(canvas.with_elevation, rng)
            canvas.put(cut(plot, height, width, rng), top, left, rng)
        return canvas.finished()

    def _plot(self, rng: np.random.Generator) -> tuple[LabelledPlot, ...]:
        weights = np.array([pool.weight for pool in self.pools])
        plots = self.pools[int(rng.choice(len(self.pools), p=weights / weights.sum()))].plots
        return plots[int(rng.integers(len(plots)))]

    def _like(self, with_elevation: bool, rng: np.random.Generator) -> tuple[LabelledPlot, ...]:
        """A plot that has elevation when the canvas does: the model takes a tile's elevation as there or not."""
        plot = self._plot(rng)
        for _ in range(50):
            if not with_elevation or plot[0].chm_m is not None:
                break
            plot = self._plot(rng)
        return plot


def cut(scales: tuple[LabelledPlot, ...], height: int, width: int, rng: np.random.Generator) -> Piece:
    """A random rectangle of a plot at a random magnification, turned at random; smaller where the plot is."""
    plot = scales[int(rng.integers(len(scales)))]
    transpose, mirror, flip = (bool(rng.random() < 0.5) for _ in range(3))
    if transpose:
        height, width = width, height
    rows, columns = plot.rgb.shape[1:]
    top, left = int(rng.integers(max(rows - height, 0) + 1)), int(rng.integers(max(columns - width, 0) + 1))
    window = (slice(top, top + height), slice(left, left + width))
    rgb = plot.rgb[:, window[0], window[1]]
    shape = rgb.shape[1:]
    moved = plot.boxes - np.array([left, top, left, top], np.float32)
    boxes = np.stack([np.clip(moved[:, i], 0.0, shape[1 - i % 2]) for i in range(4)], 1)
    area, seen = _areas(moved), _areas(boxes)
    kept = seen > 0.0
    visible = seen / np.maximum(area, 1e-6) * (1.0 if plot.visible is None else plot.visible)
    owner = np.zeros(shape, np.int32)
    if plot.owner is not None:
        numbers = np.concatenate([[0], np.where(kept, np.cumsum(kept), 0)]).astype(np.int32)
        owner = numbers[plot.owner[window]]
    piece = Piece(
        rgb=rgb,
        chm_m=np.full(shape, np.nan, np.float32) if plot.chm_m is None else plot.chm_m[window],
        owner=owner,
        complete=plot.complete[window],
        boxes=boxes[kept].astype(np.float32),
        visible=visible[kept].astype(np.float32),
        has_masks=plot.outlined[kept],
        has_elevation=plot.chm_m is not None,
        crowns=np.flatnonzero(kept),
    )
    return turned(piece, transpose=transpose, mirror=mirror, flip=flip)


def _areas(boxes: Float32) -> Float32:
    return (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])


class _Sheet:
    """A canvas in the making."""

    def __init__(self, side_px: int, *, with_elevation: bool) -> None:
        self.with_elevation = with_elevation
        self._rgb = np.full((3, side_px, side_px), OUTSIDE_GREY, np.float32)
        self._elevation_m = np.full((side_px, side_px), UNKNOWN_ELEVATION, np.float32)
        self._labelled = np.zeros((side_px, side_px), bool)
        self._owner = np.zeros((side_px, side_px), np.int32)
        self._boxes: list[Float32] = []
        self._visible: list[Float32] = []
        self._has_mask: list[NDArray[np.bool_]] = []

    def put(self, piece: Piece, top: int, left: int, rng: np.random.Generator) -> None:
        """Lay a piece down, in a light and a height model of its own."""
        rows, columns = piece.rgb.shape[1:]
        window = (slice(top, top + rows), slice(left, left + columns))
        self._rgb[:, window[0], window[1]] = other_light(piece.rgb, rng)
        if self.with_elevation and piece.has_elevation:
            heights = other_heights(piece.chm_m, rng)
            self._elevation_m[window] = np.where(np.isfinite(heights), heights, UNKNOWN_ELEVATION)
        self._labelled[window] = piece.complete
        before = sum(len(boxes) for boxes in self._boxes)
        self._owner[window] = np.where(piece.owner > 0, piece.owner + before, 0)
        self._boxes.append(piece.boxes + np.array([left, top, left, top], np.float32))
        self._visible.append(piece.visible)
        self._has_mask.append(piece.has_masks)

    def finished(self) -> Canvas:
        """The canvas."""
        return Canvas(
            rgb=self._rgb,
            elevation_m=self._elevation_m,
            boxes=np.concatenate(self._boxes).astype(np.float32).reshape(-1, 4),
            visible=np.concatenate(self._visible).astype(np.float32),
            labelled=self._labelled,
            owner=self._owner,
            has_mask=np.concatenate(self._has_mask).astype(bool),
        )
