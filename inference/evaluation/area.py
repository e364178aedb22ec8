"""Limits an evaluation to an area: crowns mostly outside are left out, the others are cut at its border."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import shapely

Geometries = npt.NDArray[np.object_]
Area: TypeAlias = shapely.Polygon | shapely.MultiPolygon

# CanopyRS' evaluator: a crown with less than this inside the area of interest is neither hit nor miss.
MIN_SHARE_INSIDE = 0.4


def inside(geometries: Geometries, area_crs: Area | None) -> tuple[npt.NDArray[np.intp], Geometries]:
    """Crowns of an area, clipped to it.

    Args:
        geometries: (N,) valid polygons.
        area_crs: where to look, in the same CRS; None keeps all.

    Returns:
        Positions of the K crowns with at least 40 % of their area inside, and these crowns cut at the border:
        (K,) polygons or multipolygons.
    """
    if area_crs is None:
        return np.arange(len(geometries)), geometries
    shapely.prepare(area_crs)
    whole = shapely.contains_properly(area_crs, geometries)
    clipped = geometries.copy()
    clipped[~whole] = polygonal(shapely.intersection(geometries[~whole], area_crs))
    share = shapely.area(clipped) / np.maximum(shapely.area(geometries), np.finfo(float).tiny)
    kept = np.flatnonzero((share >= MIN_SHARE_INSIDE) & (shapely.area(clipped) > 0))
    return kept, clipped[kept]


def polygonal(geometries: Geometries) -> Geometries:
    """The polygonal part of each overlay result: touching borders leave points and lines behind."""
    result = geometries.copy()
    mixed = np.flatnonzero(shapely.get_type_id(geometries) == shapely.GeometryType.GEOMETRYCOLLECTION)
    for place in mixed:
        parts = shapely.get_parts(geometries[place])
        result[place] = shapely.union_all(parts[shapely.get_dimensions(parts) == 2])
    return result
