"""Cut a scaled read along one axis into parts that lie wholly inside the raster."""

import math
from dataclasses import dataclass

# Coordinates of millions of metres are known to some 1e-8 of a pixel: what is thinner than this is no overlap.
_SLIVER_PX = 1e-6


@dataclass(frozen=True, slots=True)
class Span:
    """Output cells [out0, out1) are filled from source pixels [src0, src1), which may be fractions."""

    src0: float
    src1: float
    out0: int
    out1: int


def spans(start_px: float, length_px: float, out_count: int, size_px: int) -> list[Span]:
    """The parts of an axis that have data.

    Cells wholly inside the raster come in one part. A cell that the raster's edge cuts comes alone, from the pixels
    that it does cover: clipping the whole read instead would stretch it and shift its cells by up to one.

    Args:
        start_px, length_px: the window along the axis, in raster pixels; may reach outside.
        out_count: number of output cells over the window.
        size_px: pixels of the raster along the axis.
    """
    scale = length_px / out_count
    first = max(0, math.ceil(-start_px / scale - _SLIVER_PX))
    last = min(out_count, math.floor((size_px - start_px) / scale + _SLIVER_PX))
    parts: list[Span] = []
    if first > 0 and start_px + first * scale > _SLIVER_PX and start_px + (first - 1) * scale < size_px:
        parts.append(_span(start_px, scale, first - 1, min(first, out_count), size_px))
    if last > first:
        parts.append(_span(start_px, scale, first, last, size_px))
    end = max(last, first)
    if 0 <= last < out_count and last >= first and size_px - (start_px + last * scale) > _SLIVER_PX:
        parts.append(_span(start_px, scale, end, end + 1, size_px))
    return [part for part in parts if part.src1 - part.src0 > _SLIVER_PX and part.out1 > part.out0]


def _span(start_px: float, scale: float, out0: int, out1: int, size_px: int) -> Span:
    src0 = min(max(start_px + out0 * scale, 0.0), float(size_px))
    src1 = min(max(start_px + out1 * scale, 0.0), float(size_px))
    return Span(src0, src1, out0, out1)
