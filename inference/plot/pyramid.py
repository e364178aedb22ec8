"""Levels and tiles of the picture pyramid that the canvas shows: powers of two of the orthomosaic's own pixels."""

import math
from dataclasses import dataclass
from typing import NamedTuple

from affine import Affine

from inference.plot.frame import AffineFrame, composed
from inference.plot.raster_info import RasterInfo

TILE_PX = 512


class TileKey(NamedTuple):
    """One tile of one level; a pixel of level l covers 2**l x 2**l level-0 pixels."""

    level: int
    col: int
    row: int


@dataclass(frozen=True, slots=True)
class PyramidLevels:
    """The pyramid over a raster of `width_px` x `height_px` pixels; the coarsest level is one tile."""

    width_px: int
    height_px: int
    tile_px: int = TILE_PX

    @classmethod
    def of(cls, info: RasterInfo, tile_px: int = TILE_PX) -> "PyramidLevels":
        """The pyramid over a raster."""
        return cls(info.width_px, info.height_px, tile_px)

    @property
    def top_level(self) -> int:
        """The level at which one tile holds the whole raster."""
        longest = max(self.width_px, self.height_px)
        return max(0, math.ceil(math.log2(longest / self.tile_px))) if longest > self.tile_px else 0

    def level_for_scale(self, screen_px_per_px: float) -> int:
        """The level nearest in log2 to a zoom: drawn at 0.71 to 1.41 times its size, which is 1.6 to 3 times cheaper
        than always taking the finer one."""
        return min(max(round(-math.log2(screen_px_per_px)), 0), self.top_level)

    def shape(self, level: int) -> tuple[int, int]:
        """(rows, columns) of tiles at a level."""
        span = self.tile_px << level
        return math.ceil(self.height_px / span), math.ceil(self.width_px / span)


def tile_frame(info: RasterInfo, key: TileKey, tile_px: int = TILE_PX) -> AffineFrame:
    """The frame of a tile on a raster's pixel grid, in the raster's CRS; rotated when the raster is."""
    size = float(1 << key.level)
    transform = composed(info.transform, Affine.scale(size), Affine.translation(key.col * tile_px, key.row * tile_px))
    return AffineFrame(info.crs_wkt, transform, tile_px, tile_px)
