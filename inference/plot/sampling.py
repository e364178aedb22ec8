"""Look at a raster of any size in a fraction of a second: the same few pixels every time."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from inference.plot.block import RasterBlock, Resampling
from inference.plot.raster import RasterReader

# Decoding 16 million pixels takes 0.1 to 0.2 s in any compression that drone programs use.
_BUDGET_PX = 16_000_000
_PREVIEW_BUDGET_PX = 60_000_000
_SAMPLE_SIDE = 512
_PATCH_SIDE = 16
_STRIP_SAMPLES = 1024
# A file with blocks of a few pixels would be asked for millions of them.
_MAX_PATCHES = 1024


@dataclass(frozen=True, slots=True)
class RasterSample:
    """A small picture of a raster.

    Attributes:
        block: (C, h, w) pixels over the whole raster.
        is_complete: the picture has no gaps; otherwise it is put together from patches or strips, in their order on
            the map, with what lies between left out.
    """

    block: RasterBlock
    is_complete: bool


def thumbnail_cost_px(reader: RasterReader) -> float:
    """How many pixels GDAL decodes to show the whole raster as a thumbnail."""
    info = reader.info
    return info.width_px * info.height_px / max((1, *info.overview_factors)) ** 2


def sample_raster(reader: RasterReader, bands: Sequence[int] | None = None) -> RasterSample:
    """Take a sample. The choice of pixels depends on the file alone, so that two runs see the same.

    `bands`: 1-based numbers; None for the colour bands.

    Raises:
        RasterError: the file is damaged.
    """
    info = reader.info
    if thumbnail_cost_px(reader) <= _BUDGET_PX:
        shrink = max(1.0, max(info.width_px, info.height_px) / _SAMPLE_SIDE)
        width, height = max(1, round(info.width_px / shrink)), max(1, round(info.height_px / shrink))
        block = reader.read_window(
            0, 0, info.width_px, info.height_px, width, height, bands=bands, resampling="nearest"
        )
        return RasterSample(block, is_complete=True)
    return RasterSample(_patches(reader, _BUDGET_PX, _PATCH_SIDE, "nearest", bands), is_complete=False)


def mean_lattice(reader: RasterReader) -> RasterBlock:
    """A rough picture of the whole raster out of the means of some of its blocks, in about half a second."""
    return _patches(reader, _PREVIEW_BUDGET_PX, 1, "average", None)


def _patches(
    reader: RasterReader, budget_px: int, patch_side: int, resampling: Resampling, bands: Sequence[int] | None
) -> RasterBlock:
    """Blocks on a lattice over the raster, the outermost included: a cut-off file shows itself here."""
    info = reader.info
    block_h, block_w = info.block_shape
    down, across = math.ceil(info.height_px / block_h), math.ceil(info.width_px / block_w)
    count = min(max(4, budget_px // (block_h * block_w)), _MAX_PATCHES)
    columns_wanted = 1 if across == 1 else max(2, round(math.sqrt(count * across / down)))
    cols = _spread(across, columns_wanted)
    rows = _spread(down, max(2, count // len(cols)))
    out_w = _STRIP_SAMPLES if across == 1 else patch_side
    out_h = min(patch_side, block_h)
    lines = []
    for row in rows:
        row0 = row * block_h
        height = min(block_h, info.height_px - row0)
        parts = []
        for col in cols:
            col0 = col * block_w
            width = min(block_w, info.width_px - col0)
            parts.append(
                reader.read_window(col0, row0, width, height, out_w, out_h, bands=bands, resampling=resampling)
            )
        lines.append(_joined(parts, axis=1))
    return _joined(lines, axis=0)


def _joined(parts: list[RasterBlock], axis: int) -> RasterBlock:
    return RasterBlock(
        np.concatenate([part.data for part in parts], axis=axis + 1),
        np.concatenate([part.valid for part in parts], axis=axis),
    )


def _spread(available: int, wanted: int) -> list[int]:
    """At most `wanted` of `available` numbers, evenly spread, both ends included."""
    return sorted({round(v) for v in np.linspace(0, available - 1, min(available, wanted))})
