"""What may change about a piece of forest without changing its crowns: direction, light, sharpness, height model."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

Float32 = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Piece:
    """A rectangle cut from a plot.

    Attributes:
        rgb: (3, h, w) uint8.
        chm_m: (h, w) float32, NaN where unknown.
        owner: (h, w) int32, crown index + 1; all 0 where only boxes are known.
        complete: (h, w) bool.
        boxes: (n, 4) float32 cells, clipped to the piece.
        visible: (n,) float32, share of each crown's box inside the piece.
        has_masks: (n,) bool, whether `owner` tells the crowns' outlines.
        has_elevation: whether `chm_m` tells anything.
        crowns: (n,) int64, which of the plot's crowns these are.
    """

    rgb: NDArray[np.uint8]
    chm_m: Float32
    owner: NDArray[np.int32]
    complete: NDArray[np.bool_]
    boxes: Float32
    visible: Float32
    has_masks: NDArray[np.bool_]
    has_elevation: bool
    crowns: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))


def turned(piece: Piece, *, transpose: bool, mirror: bool, flip: bool) -> Piece:
    """One of the eight symmetries of the square, for picture, elevation and crowns alike."""
    rgb, chm, owner, complete, boxes = piece.rgb, piece.chm_m, piece.owner, piece.complete, piece.boxes
    if mirror:
        width = rgb.shape[2]
        rgb, chm, owner, complete = rgb[:, :, ::-1], chm[:, ::-1], owner[:, ::-1], complete[:, ::-1]
        boxes = np.stack([width - boxes[:, 2], boxes[:, 1], width - boxes[:, 0], boxes[:, 3]], 1)
    if flip:
        height = rgb.shape[1]
        rgb, chm, owner, complete = rgb[:, ::-1], chm[::-1], owner[::-1], complete[::-1]
        boxes = np.stack([boxes[:, 0], height - boxes[:, 3], boxes[:, 2], height - boxes[:, 1]], 1)
    if transpose:
        rgb, chm, owner, complete = rgb.transpose(0, 2, 1), chm.T, owner.T, complete.T
        boxes = boxes[:, [1, 0, 3, 2]]
    return replace(piece, rgb=rgb, chm_m=chm, owner=owner, complete=complete, boxes=boxes)


def other_light(rgb: NDArray[np.uint8], rng: np.random.Generator) -> Float32:
    """The picture (3, h, w) 0..255 under another sun, camera and sharpness, as float32."""
    x = rgb.astype(np.float32) / 255.0
    if rng.random() < 0.9:
        x = x * (1.0 + rng.uniform(-0.25, 0.25))
        middle = x.mean()
        x = (x - middle) * (1.0 + rng.uniform(-0.35, 0.35)) + middle
        cast = rng.uniform(-0.12, 0.12, (3, 1, 1)).astype(np.float32)
        x = x * (1.0 + cast) + rng.uniform(-0.06, 0.06, (3, 1, 1)).astype(np.float32)
    if rng.random() < 0.4:
        x = np.clip(x, 0.0, 1.0) ** np.exp(rng.uniform(-0.35, 0.35))
    if rng.random() < 0.1:
        x = np.repeat(x.mean(0, keepdims=True), 3, axis=0)
    if rng.random() < 0.25:
        weight = rng.uniform(0.1, 0.5)
        x = (1.0 - weight) * x + weight * smoothed(x)
    if rng.random() < 0.3:
        x = x + rng.normal(0.0, rng.uniform(0.0, 0.04), x.shape)
    return (np.clip(x, -0.2, 1.3) * 255.0).astype(np.float32)


def other_heights(chm_m: Float32, rng: np.random.Generator) -> Float32:
    """Canopy heights (h, w) as another site and another surface model would show them; NaN stays NaN."""
    known = np.isfinite(chm_m)
    x = np.where(known, chm_m, 0.0).astype(np.float32) * np.float32(rng.uniform(0.75, 1.3))
    if rng.random() < 0.35:  # photogrammetry is smoother than lidar
        for _ in range(int(rng.integers(1, 6))):
            x = smoothed(x)
    if rng.random() < 0.3:
        x = x + rng.normal(0.0, 0.15, x.shape).astype(np.float32) * (x > 0.5)
    if rng.random() < 0.3:
        x = x + np.float32(rng.uniform(-0.5, 0.5))
    return np.where(known, np.maximum(x, 0.0), np.nan).astype(np.float32)


def smoothed(x: Float32) -> Float32:
    """Mean with the four neighbours, edges left as they are; (..., h, w)."""
    out = x.copy()
    out[..., 1:-1, 1:-1] = (
        x[..., 1:-1, 1:-1] + x[..., :-2, 1:-1] + x[..., 2:, 1:-1] + x[..., 1:-1, :-2] + x[..., 1:-1, 2:]
    ) / 5.0
    return out
