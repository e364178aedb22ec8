"""Look a plot over when it is opened: one plain sentence for everything that its user should know."""

from collections.abc import Iterable, Iterator

import numpy as np
import shapely

from inference.errors import RasterError
from inference.plot.crs import crs_name, is_geographic, is_local, shares_crs, transform_xy
from inference.plot.extent import raster_outline
from inference.plot.finding import Finding, finding
from inference.plot.parts import ElevationRaster, PlotParts
from inference.plot.pixel_checks import canopy_findings, shift_findings

_ORDER = {"error": 0, "warning": 1, "info": 2}
_FULL_OVERLAP = 0.98
_LITTLE_OVERLAP = 0.8
_NEGLIGIBLE_STRETCH = 0.01


def check_plot(parts: PlotParts, *, pixels: bool) -> tuple[Finding, ...]:
    """All findings on a plot, gravest first.

    Args:
        parts: the open rasters.
        pixels: also compare the pixels of two rasters, which takes a few tenths of a second.
    """
    found = [*_crs_findings(parts), *_ortho_findings(parts), *_elevation_findings(parts), *_aoi_findings(parts)]
    if pixels and not any(f.severity == "error" for f in found):
        found += [*canopy_findings(parts), *shift_findings(parts)]
    return tuple(sorted(found, key=lambda f: _ORDER[f.severity]))


def _crs_findings(parts: PlotParts) -> Iterator[Finding]:
    name = parts.ortho.info.path.name
    if not parts.ortho_crs_wkt:
        yield finding(
            "crs.missing",
            "warning",
            "{name} names no coordinate reference system. Its units are taken as metres, and exported files will have"
            " none.",
            name=name,
        )
    elif is_local(parts.ortho_crs_wkt):
        yield finding(
            "crs.local",
            "warning",
            "The CRS of {name} ({crs}) is not tied to the Earth: other layers only fit if they use the same"
            " coordinates.",
            name=name,
            crs=crs_name(parts.ortho_crs_wkt),
        )
    elif is_geographic(parts.ortho_crs_wkt) and not parts.ortho_has_gcps:
        yield finding(
            "crs.geographic",
            "info",
            "{name} is in degrees ({source}); it is shown and measured in {crs}.",
            name=name,
            source=crs_name(parts.ortho_crs_wkt),
            crs=crs_name(parts.crs_wkt),
        )
    elif abs(parts.ground_scale - 1.0) > _NEGLIGIBLE_STRETCH:
        yield finding(
            "crs.stretched",
            "info",
            "The projection of {name} ({crs}) stretches lengths by {percent:.1f} % here; areas and diameters are"
            " corrected for it.",
            name=name,
            crs=crs_name(parts.crs_wkt),
            percent=100.0 * (parts.ground_scale - 1.0),
        )


def _ortho_findings(parts: PlotParts) -> Iterator[Finding]:
    if parts.ortho_has_gcps:
        yield finding(
            "ortho.gcps",
            "info",
            "{name} has control points instead of a geotransform and is straightened as it is read. Positions are as"
            " good as these points.",
            name=parts.ortho.info.path.name,
        )
    if parts.ortho_is_empty:
        yield finding(
            "ortho.empty",
            "warning",
            "{name} shows nothing: every pixel is black, white or marked as missing. Export the orthomosaic again.",
            name=parts.ortho.info.path.name,
        )
    elif parts.ortho_collar is not None:
        yield finding(
            "ortho.undeclared_nodata",
            "info",
            "{name} has a {colour} border that it does not declare as nodata; it is left out.",
            name=parts.ortho.info.path.name,
            colour="black" if parts.ortho_collar.value == 0 else "white",
        )
    if parts.dsm_raster is None:
        yield finding("dsm.none", "info", "There is no DSM: crowns are outlined from colours alone and get no heights.")
        if parts.dtm_raster is not None:
            yield finding(
                "dtm.unused",
                "warning",
                "The DTM {name} is of no use without a DSM: heights are the difference of the two. Add the DSM.",
                name=parts.dtm_raster.reader.info.path.name,
            )
    elif parts.dtm_raster is None:
        yield finding(
            "dtm.none",
            "info",
            "There is no DTM: the ground is estimated from the DSM, and heights are marked DSM-est.",
        )


def _elevation_findings(parts: PlotParts) -> Iterator[Finding]:
    for role, raster in (("DSM", parts.dsm_raster), ("DTM", parts.dtm_raster)):
        if raster is not None:
            yield from _overlap_findings(parts, role, raster)
            yield from _value_findings(parts, role, raster)


def _overlap_findings(parts: PlotParts, role: str, raster: ElevationRaster) -> Iterator[Finding]:
    name = raster.reader.info.path.name
    source_wkt = raster.reader.info.source_crs_wkt
    if not source_wkt and parts.crs_wkt:
        yield finding(
            f"{role.lower()}.crs_missing",
            "warning",
            "The {role} {name} names no CRS; it is taken to be in that of the orthomosaic.",
            role=role,
            name=name,
        )
    elif parts.crs_wkt and is_local(parts.crs_wkt) != is_local(source_wkt):
        yield finding(
            f"{role.lower()}.crs_unrelated",
            "warning",
            "The CRS of the {role} ({other}) and of the orthomosaic ({crs}) cannot be converted into each other; their"
            " coordinates are taken as they are.",
            role=role,
            other=crs_name(source_wkt),
            crs=crs_name(parts.crs_wkt),
        )
    share = _overlap(parts, raster)
    if share == 0.0:
        yield finding(
            f"{role.lower()}.no_overlap",
            "error",
            "The {role} {name} ({other}) does not cover any part of the orthomosaic ({crs}). Choose the {role} of the"
            " same survey, or check its CRS.",
            role=role,
            name=name,
            other=crs_name(source_wkt),
            crs=crs_name(parts.crs_wkt),
        )
    elif share < _FULL_OVERLAP:
        yield finding(
            f"{role.lower()}.partial_overlap",
            "warning" if share < _LITTLE_OVERLAP else "info",
            "The {role} {name} covers {percent:.0f} % of the orthomosaic; crowns outside it get no heights.",
            role=role,
            name=name,
            percent=100.0 * share,
        )


def _overlap(parts: PlotParts, raster: ElevationRaster) -> float:
    """Share of the orthomosaic's data extent that an elevation raster covers."""
    outline = shapely.segmentize(raster_outline(raster.reader), raster_outline(raster.reader).length / 64)
    source_wkt = raster.reader.crs_wkt
    if not shares_crs(source_wkt, parts.crs_wkt):
        try:
            corners = transform_xy(source_wkt, parts.crs_wkt, shapely.get_coordinates(outline))
        except RasterError:
            return 0.0  # outside the domain of the plot's projection: far away
        outline = shapely.make_valid(shapely.Polygon(corners))
    if not np.isfinite(shapely.get_coordinates(outline)).all():
        return 0.0
    return float(shapely.intersection(outline, parts.extent).area / parts.extent.area)


def _value_findings(parts: PlotParts, role: str, raster: ElevationRaster) -> Iterator[Finding]:
    name = raster.reader.info.path.name
    if raster.undeclared:
        yield finding(
            f"{role.lower()}.undeclared_nodata",
            "warning",
            "The {role} {name} holds {values} where it has no data, but does not declare it; these places are left"
            " out.",
            role=role,
            name=name,
            values=_list(f"{found.value:g}" for found in raster.undeclared),
        )
    if raster.unit.unit_m != 1.0:
        assumed = raster.unit.known_from == "horizontal CRS"
        yield finding(
            f"{role.lower()}.feet" if raster.unit.unit_m > 0.1 else f"{role.lower()}.unit",
            "warning" if assumed else "info",
            "The {role} {name} is taken to be in feet, like its map coordinates; heights are converted to metres."
            if assumed
            else "The {role} {name} is in units of {unit_m:.4f} m ({known}); heights are converted to metres.",
            role=role,
            name=name,
            unit_m=raster.unit.unit_m,
            known=raster.unit.known_from,
        )
    if not raster.sample.block.valid.any() and raster.sample.is_complete:
        yield finding(
            f"{role.lower()}.empty",
            "error",
            "The {role} {name} holds no data at all. Export it again.",
            role=role,
            name=name,
        )


def _list(words: Iterable[str]) -> str:
    return " and ".join(words)


def _aoi_findings(parts: PlotParts) -> Iterator[Finding]:
    if parts.aoi is not None and not shapely.intersects(parts.aoi, parts.extent):
        yield finding(
            "aoi.no_overlap",
            "error",
            "The area of interest lies outside the orthomosaic. Choose the area of this plot, or check its CRS.",
        )
