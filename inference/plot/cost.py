"""What a read costs before it is made: pixels that GDAL must decode."""

import math

from inference.plot.raster_info import RasterInfo

# Some 0.2 s in any compression that drone programs use: the most that one tile on screen may take.
DIRECT_READ_PX = 32_000_000


def is_striped(info: RasterInfo) -> bool:
    """Whether any read decodes whole rows of a wide raster."""
    return info.block_shape[1] >= info.width_px and info.width_px > 8192


def read_cost_px(info: RasterInfo, w_px: float, h_px: float, scale: float) -> float:
    """Pixels to decode for a window of `w_px` x `h_px` at `scale` source pixels per wanted pixel."""
    factor = max((1, *(f for f in info.overview_factors if f <= scale * 1.2)))
    width = info.width_px if is_striped(info) else min(w_px, info.width_px)
    height = min(max(h_px, info.block_shape[0]), info.height_px)
    return width * height / factor**2


def needs_overviews(info: RasterInfo) -> bool:
    """Whether the raster as a whole is too large to be shown without overviews, and has none that help."""
    scale = max(info.width_px, info.height_px) / 512
    whole = read_cost_px(info, math.inf, math.inf, scale)
    return whole > DIRECT_READ_PX
