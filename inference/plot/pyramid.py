"""Tiles of the picture pyramid that the canvas shows: powers of two of the orthomosaic's own pixels."""

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


def tile_frame(info: RasterInfo, key: TileKey, tile_px: int = TILE_PX) -> AffineFrame:
    """The frame of a tile on a raster's pixel grid, in the raster's CRS; rotated when the raster is."""
    size = float(1 << key.level)
    transform = composed(info.transform, Affine.scale(size), Affine.translation(key.col * tile_px, key.row * tile_px))
    return AffineFrame(info.crs_wkt, transform, tile_px, tile_px)
