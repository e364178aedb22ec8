"""Ground without a tree: crops in rows, pavement with cars and roofs, water, and things painted on a picture."""

import numpy as np
from numpy.typing import NDArray

from training.data.labelled import LabelledPlot

Float32 = NDArray[np.float32]

_GROUNDS = ("crop", "bare", "water", "pavement", "grass")
# Mean colours, from which each ground strays.
_COLOURS = {
    "crop": (92.0, 116.0, 72.0),
    "bare": (158.0, 142.0, 120.0),
    "water": (96.0, 104.0, 84.0),
    "pavement": (138.0, 134.0, 128.0),
    "grass": (118.0, 128.0, 84.0),
}


def empty_plots(count: int, seed: int, gsd_m: float, side_px: int) -> list[LabelledPlot]:
    """Plots of which every cell is labelled and none is a crown; the same for the same seed."""
    return [_plot(np.random.default_rng((seed, number)), number, gsd_m, side_px) for number in range(count)]


def _plot(rng: np.random.Generator, number: int, gsd_m: float, side_px: int) -> LabelledPlot:
    rgb = _ground(_GROUNDS[int(rng.integers(len(_GROUNDS)))], rng, gsd_m, side_px)
    if rng.random() < 0.5:  # two fields meet along a line
        other = _ground(_GROUNDS[int(rng.integers(len(_GROUNDS)))], rng, gsd_m, side_px)
        rgb = np.where(_half_plane(rng, side_px), rgb, other)
    heights = np.zeros((side_px, side_px), np.float32)
    for _ in range(int(rng.integers(0, 14))):
        rgb = _with_box(rgb, heights, rng, gsd_m)
    for _ in range(int(rng.integers(0, 5))):
        rgb = _with_stroke(rgb, rng, gsd_m)
    rgb = rgb + rng.normal(0.0, rng.uniform(1.0, 8.0), rgb.shape).astype(np.float32)
    noise = np.abs(rng.normal(0.0, 0.08, heights.shape)).astype(np.float32)
    return LabelledPlot(
        name=f"empty_{number}",
        site="empty",
        place=f"empty_{number}",
        gsd_m=gsd_m,
        rgb=np.clip(rgb, 0.0, 255.0).astype(np.uint8),
        chm_m=heights + noise,
        boxes=np.zeros((0, 4), np.float32),
        owner=np.zeros((side_px, side_px), np.int32),
        complete=np.ones((side_px, side_px), bool),
    )


def _ground(kind: str, rng: np.random.Generator, gsd_m: float, side_px: int) -> Float32:
    """One surface (3, h, w)."""
    colour = np.array(_COLOURS[kind], np.float32) * rng.uniform(0.7, 1.25) + rng.normal(0.0, 9.0, 3)
    rows, columns = np.mgrid[:side_px, :side_px].astype(np.float32)
    shade = _clouds(rng, side_px, rng.uniform(2.0, 30.0)) * rng.uniform(4.0, 16.0)
    if kind in ("crop", "bare") and rng.random() < 0.85:
        angle, spacing_px = rng.uniform(0.0, np.pi), rng.uniform(0.6, 3.0) / gsd_m
        across = rows * np.cos(angle) + columns * np.sin(angle) + 2.0 * _clouds(rng, side_px, 40.0)
        leaves = _clouds(rng, side_px, rng.uniform(0.8, 2.5)) * rng.uniform(6.0, 22.0)
        shade = shade + np.cos(2.0 * np.pi * across / spacing_px) * rng.uniform(6.0, 30.0) + leaves
    elif kind == "grass":
        shade = shade + _clouds(rng, side_px, 1.2) * rng.uniform(4.0, 14.0)
    tint = np.array([0.9, 1.0, 0.8], np.float32) if kind in ("crop", "grass") else np.ones(3, np.float32)
    return (colour[:, None, None] + shade[None] * tint[:, None, None]).astype(np.float32)


def _clouds(rng: np.random.Generator, side_px: int, size_px: float) -> Float32:
    """Noise (h, w) about 0, of patches of about `size_px`."""
    from PIL import Image

    coarse = max(2, round(side_px / max(size_px, 0.5)))
    small = Image.fromarray(rng.normal(0.0, 1.0, (coarse, coarse)).astype(np.float32))
    return np.asarray(small.resize((side_px, side_px), Image.Resampling.BICUBIC), np.float32)


def _half_plane(rng: np.random.Generator, side_px: int) -> NDArray[np.bool_]:
    rows, columns = np.mgrid[:side_px, :side_px] - side_px * rng.uniform(0.3, 0.7)
    angle = rng.uniform(0.0, 2.0 * np.pi)
    return np.asarray(rows * np.cos(angle) + columns * np.sin(angle) > 0.0)


def _with_box(rgb: Float32, heights: Float32, rng: np.random.Generator, gsd_m: float) -> Float32:
    """A car, a shed or a roof, turned, with its shadow; `heights` gets it too."""
    side_px = rgb.shape[1]
    length_m = rng.uniform(2.0, 6.0) if rng.random() < 0.7 else rng.uniform(6.0, 16.0)
    width_m = length_m * rng.uniform(0.35, 0.9)
    row, column = rng.uniform(0.0, side_px, 2)
    angle = rng.uniform(0.0, np.pi)
    inside = _turned_box(side_px, row, column, length_m / gsd_m, width_m / gsd_m, angle)
    shift = rng.uniform(0.3, 2.0) / gsd_m
    shadow = _turned_box(side_px, row + shift, column + shift * 0.6, length_m / gsd_m, width_m / gsd_m, angle)
    out = np.where(shadow, rgb * np.float32(rng.uniform(0.35, 0.7)), rgb)
    colour = rng.uniform(25.0, 245.0, 3) if rng.random() < 0.5 else np.full(3, rng.uniform(40.0, 240.0))
    heights[inside] = rng.uniform(1.2, 2.2) if length_m < 6.0 else 0.0  # roofs would count as trees in a CHM alone
    return np.where(inside, colour[:, None, None].astype(np.float32), out).astype(np.float32)


def _turned_box(
    side_px: int, row: float, column: float, length_px: float, width_px: float, angle: float
) -> NDArray[np.bool_]:
    rows, columns = np.mgrid[:side_px, :side_px]
    along = (rows - row) * np.cos(angle) + (columns - column) * np.sin(angle)
    across = (columns - column) * np.cos(angle) - (rows - row) * np.sin(angle)
    return np.asarray((np.abs(along) < length_px / 2.0) & (np.abs(across) < width_px / 2.0))


def _with_stroke(rgb: Float32, rng: np.random.Generator, gsd_m: float) -> Float32:
    """A line or a dot in one colour, as road markings, hoses, tarpaulins and annotations are."""
    from PIL import Image, ImageDraw

    side_px = rgb.shape[1]
    picture = Image.new("L", (side_px, side_px))
    pen = ImageDraw.Draw(picture)
    width_px = max(1, round(rng.uniform(0.2, 1.6) / gsd_m))
    if rng.random() < 0.4:
        x, y = rng.uniform(0.0, side_px, 2)
        pen.ellipse([x - width_px, y - width_px, x + width_px, y + width_px], fill=255)
    else:
        places = np.cumsum(rng.normal(0.0, 3.0 / gsd_m, (int(rng.integers(2, 7)), 2)), axis=0)
        places += rng.uniform(0.0, side_px, 2)
        pen.line([(float(x), float(y)) for x, y in places], fill=255, width=width_px, joint="curve")
    colour = rng.uniform(0.0, 255.0, 3) if rng.random() < 0.4 else rng.permutation([rng.uniform(150, 255), 30.0, 20.0])
    return np.where(np.asarray(picture) > 0, colour[:, None, None].astype(np.float32), rgb).astype(np.float32)
