"""Rough outline of where an orthomosaic has data."""

from functools import partial

import numpy as np
import shapely
from affine import Affine
from rasterio.features import shapes

from inference.plot.frame import apply_affine
from inference.plot.raster import RasterReader
from inference.plot.sampling import RasterSample
from inference.plot.validity import BoolArray


def raster_outline(reader: RasterReader) -> shapely.Polygon:
    """The whole raster as a polygon in its CRS."""
    width, height = reader.info.width_px, reader.info.height_px
    return _placed(shapely.box(0, 0, width, height), reader.transform)


def data_extent(reader: RasterReader, sample: RasterSample) -> shapely.Polygon:
    """Outline of the data, one sample cell too large on all sides and without holes; the whole raster if not known.

    Parts that do not hang together come as their convex hull: readers of tiles skip the empty ones anyway.
    """
    whole = raster_outline(reader)
    valid = sample.block.valid
    if not sample.is_complete or valid.all() or not valid.any():
        return whole
    grown = _grown(_grown(valid).T).T
    scale = Affine.scale(reader.info.width_px / valid.shape[1], reader.info.height_px / valid.shape[0])
    parts = [
        shapely.Polygon(geometry["coordinates"][0])
        for geometry, _ in shapes(grown.astype(np.uint8), mask=grown, transform=scale)
    ]
    area = shapely.union_all(parts)
    if not isinstance(area, shapely.Polygon):
        area = area.convex_hull
    outline = shapely.intersection(_placed(shapely.Polygon(area.exterior), reader.transform), whole)
    return outline if isinstance(outline, shapely.Polygon) and not outline.is_empty else whole


def _grown(mask: BoolArray) -> BoolArray:
    """True also in the rows before and after a True."""
    grown = mask.copy()
    grown[1:] |= mask[:-1]
    grown[:-1] |= mask[1:]
    return grown


def _placed(shape: shapely.Polygon, transform: Affine) -> shapely.Polygon:
    return shapely.transform(shape, partial(apply_affine, transform))
