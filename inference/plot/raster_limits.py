"""Sizes beyond which a raster is refused: no survey is so large, but a file of a few bytes can claim to be."""

import math
from pathlib import Path
from typing import Any

import numpy as np

from inference.errors import RasterError
from inference.plot.frame import apply_affine

MAX_SIDE_PX = 4_000_000
"""Columns or rows: 40 km at 1 cm."""
MAX_PX = 10**12
"""Pixels in all: ten times ten kilometres at 1 cm."""
MAX_BANDS = 1000
MAX_BLOCK_BYTES = 1 << 30
"""What one tile or strip of the file becomes in memory, all bands together."""
_LARGEST_COORDINATE = 1e12


def check_limits(dataset: Any, source: Any, path: Path) -> None:
    """Refuse a raster that claims an absurd size, or a place that is none.

    Args:
        dataset: the view.
        source: the file under it.
        path: the file, for the sentence.

    Raises:
        RasterError: it does.
    """
    width, height = int(dataset.width), int(dataset.height)
    if max(width, height) > MAX_SIDE_PX or width * height > MAX_PX or dataset.count > MAX_BANDS:
        raise RasterError(
            "raster.too_large",
            "{name} claims to have {width} x {height} pixels in {bands} bands, more than any survey ({side} a side, "
            "{bands_limit} bands). The file is damaged, or the export went wrong: make it again.",
            name=path.name,
            width=width,
            height=height,
            bands=dataset.count,
            side=MAX_SIDE_PX,
            bands_limit=MAX_BANDS,
        )
    rows, columns = source.block_shapes[0]
    block_bytes = rows * columns * source.count * max(np.dtype(dtype).itemsize for dtype in source.dtypes)
    if block_bytes > MAX_BLOCK_BYTES:
        raise RasterError(
            "raster.block_too_large",
            "{name} is stored in pieces of {size} MB, each of which must be unpacked whole (the limit is {limit} MB). "
            "Export it as a tiled GeoTIFF.",
            name=path.name,
            size=block_bytes >> 20,
            limit=MAX_BLOCK_BYTES >> 20,
        )
    _check_place(dataset, path)


def _check_place(dataset: Any, path: Path) -> None:
    transform = dataset.transform
    corners = apply_affine(transform, np.array([(0, 0), (dataset.width, 0), (0, dataset.height)], np.float64)).tolist()
    numbers = [*transform[:6], *(value for corner in corners for value in corner)]
    sound = all(math.isfinite(value) and abs(value) < _LARGEST_COORDINATE for value in numbers)
    if not sound or (transform.determinant == 0.0 and not dataset.gcps[0]):
        raise RasterError(
            "raster.no_place",
            "{name} gives its pixels a size or a place that cannot be ({numbers}). Export it again.",
            name=path.name,
            numbers=", ".join(f"{value:g}" for value in transform[:6]),
        )
