"""Makes pictures of the window small enough for the repository: 256 colours and calmer imagery, or WebP."""

from __future__ import annotations

from pathlib import Path

import numpy as np

EXACT = 64
"""So many of the commonest colours are kept as they are."""


def shrink(path: Path, tolerance: int = 9) -> None:
    """256 colours, and in imagery neighbours that hardly differ become one; letters and lines stay as painted.

    `tolerance` is how much neighbours may differ and yet become one colour, of 255; more of it leaves streaks.
    """
    try:
        from PIL import Image
        from scipy.ndimage import uniform_filter
    except ImportError:
        return
    with Image.open(path) as picture:
        rgb = picture.convert("RGB")
    indexed = rgb.quantize(256 - EXACT, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    painted = np.asarray(rgb, np.int16)
    keys = (painted.astype(np.int32) @ np.array([65536, 256, 1])).astype(np.int32)
    found, counts = np.unique(keys, return_counts=True)
    exact = np.sort(found[np.argsort(-counts)[:EXACT]])  # greys and accents of the window, to the last bit
    place = np.minimum(np.searchsorted(exact, keys), len(exact) - 1)
    chosen = np.where(exact[place] == keys, place, np.asarray(indexed, np.int64) + len(exact)).astype(np.uint8)
    mixed = np.array((indexed.getpalette() or [])[: 3 * (256 - EXACT)], np.int16).reshape(-1, 3)
    colours = np.concatenate([np.stack([exact >> 16, (exact >> 8) & 255, exact & 255], axis=1), mixed])
    flat = np.zeros(chosen.shape, np.float32)
    flat[1:, 1:] = (np.diff(painted, axis=0)[:, 1:] == 0).all(2) & (np.diff(painted, axis=1)[1:] == 0).all(2)
    busy = uniform_filter(flat, 15) < 0.35
    for column in range(1, chosen.shape[1]):
        left = chosen[:, column - 1]
        near = np.abs(painted[:, column] - colours[left]).max(axis=1) <= tolerance
        chosen[:, column] = np.where(busy[:, column] & near, left, chosen[:, column])
    made = Image.fromarray(chosen, "P")
    made.putpalette(colours.astype(np.uint8).reshape(-1).tolist())
    made.save(path, optimize=True)


def as_webp(path: Path, quality: int) -> Path:
    """A WebP instead of a PNG; returns where it is. Letters stay sharp, since colour is not thinned out at edges."""
    try:
        from PIL import Image
    except ImportError:
        return path
    target = path.with_suffix(".webp")
    with Image.open(path) as picture:
        picture.convert("RGB").save(target, quality=quality, method=6, use_sharp_yuv=True)
    path.unlink()
    return target
