"""Crowns a few pixels large: squares written straight into a picture's memory, 100,000 in some milliseconds."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRect

from birchtree_gui.canvas.georeference import Points
from birchtree_gui.canvas.picture import Picture

Words = npt.NDArray[np.uint32]
Corners = npt.NDArray[np.int64]

# From this size on, in device pixels, a dot has a rim; smaller ones would be all rim.
_RIM_FROM = 3


def paint_dots(picture: Picture, clip_dev: QRect, centres_px: Points, size_dev: int, words: Words, casing: int) -> None:
    """Write squares of `size_dev` around (N, 2) level-0 positions.

    Args:
        picture: premultiplied ARGB.
        clip_dev: nothing outside is touched.
        centres_px: (N, 2).
        size_dev: side in device pixels.
        words: (N,) 0xAARRGGBB.
        casing: colour of the rim.
    """
    picture.require()
    clip = clip_dev.translated(-picture.origin_dev)
    pixels = np.frombuffer(picture.image.bits(), np.uint32).reshape(picture.image.height(), -1)
    part = pixels[clip.y() : clip.y() + clip.height(), clip.x() : clip.x() + clip.width()]
    corner = np.array([clip_dev.x(), clip_dev.y()]) + (size_dev - 1) / 2
    at = np.rint(centres_px * picture.scale_dev - corner).astype(np.int64)
    if size_dev >= _RIM_FROM:
        _stamp(part, at - 1, size_dev + 2, np.full(len(at), casing, np.uint32))
    _stamp(part, at, size_dev, words)


def _stamp(pixels: Words, at: Corners, size: int, words: Words) -> None:
    """Write squares with their upper left corners at (N, 2) columns and rows; what sticks out is cut off."""
    height, width = pixels.shape
    cols, rows = at[:, 0], at[:, 1]
    whole = (cols >= 0) & (cols <= width - size) & (rows >= 0) & (rows <= height - size)
    cut = ~whole & (cols > -size) & (cols < width) & (rows > -size) & (rows < height)
    # One flat index for whole squares; checking every pixel of every square would take three times as long.
    stride = pixels.strides[0] // pixels.itemsize
    flat = np.lib.stride_tricks.as_strided(pixels, ((height - 1) * stride + width,), (pixels.itemsize,))
    first, colours = rows[whole] * stride + cols[whole], words[whole]
    for dy in range(size):
        for dx in range(size):
            flat[first + (dy * stride + dx)] = colours
            _stamp_cut(pixels, cols[cut] + dx, rows[cut] + dy, words[cut])


def _stamp_cut(pixels: Words, cols: npt.NDArray[np.int64], rows: npt.NDArray[np.int64], words: Words) -> None:
    height, width = pixels.shape
    inside = (cols >= 0) & (cols < width) & (rows >= 0) & (rows < height)
    pixels[rows[inside], cols[inside]] = words[inside]
