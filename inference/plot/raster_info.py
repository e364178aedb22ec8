"""What a raster is: read once from its header, through the view that the program takes of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from affine import Affine
from rasterio.enums import ColorInterp, MaskFlags

from inference.errors import RasterError
from inference.plot.handles import is_placed
from inference.plot.raster_limits import check_limits
from inference.plot.validity import UndeclaredNodata, ValidityRule

_MIN_SIDE_PX = 2


@dataclass(frozen=True, slots=True)
class RasterInfo:
    """What a raster is, seen through its view.

    Attributes:
        path: the user's file.
        width_px, height_px, band_count, dtype: of the view.
        crs_wkt: CRS of the view; "" for none.
        transform: from (column, row) corners of the view to its CRS.
        nodata: declared nodata of the first colour band.
        colour_bands: 1-based numbers of red, green and blue; one band three times for a single-band raster.
        alpha_band: 1-based number of the alpha band.
        overview_factors: shrink factors of the overviews, ascending; () for none.
        block_shape: (rows, columns) that GDAL decodes at once.
        needs_placing: the file has control points alone and is seen as stored, so that `transform` means nothing.
        is_warped: seen through a warp (GCPs only, or another CRS asked for).
        source_crs_wkt: the file's own CRS.
        rule: how to tell data from nothing.
        scale, offset: values are `scale` * stored + `offset`, of the first colour band (1 and 0 mostly).
        unit: the first colour band's unit as the file names it ("m", "ft"), "" mostly.
    """

    path: Path
    width_px: int
    height_px: int
    band_count: int
    dtype: str
    crs_wkt: str
    transform: Affine
    nodata: float | None
    colour_bands: tuple[int, int, int]
    alpha_band: int | None
    overview_factors: tuple[int, ...]
    block_shape: tuple[int, int]
    needs_placing: bool
    is_warped: bool
    source_crs_wkt: str
    rule: ValidityRule
    unit: str = ""
    scale: float = 1.0
    offset: float = 0.0

    @property
    def distinct_bands(self) -> tuple[int, ...]:
        """The colour bands without repetition: what is read when no bands are asked for."""
        return tuple(dict.fromkeys(self.colour_bands))


def describe(dataset: Any, source: Any, path: Path, extra: tuple[UndeclaredNodata, ...]) -> RasterInfo:
    """Build the `RasterInfo` of an open view; `source` is the file under it."""
    _require_pixels(dataset, path)
    _require_place(dataset, path)
    check_limits(dataset, source, path)
    alpha = next((n for n, c in enumerate(dataset.colorinterp, 1) if c == ColorInterp.alpha), None)
    colour = _colour_bands(dataset, alpha)
    distinct = tuple(dict.fromkeys(colour))
    rule = _rule(dataset, distinct, alpha, extra)
    crs = dataset.crs.to_wkt() if dataset.crs else ""
    source_crs = source.crs or source.gcps[1]
    return RasterInfo(
        path=path,
        width_px=dataset.width,
        height_px=dataset.height,
        band_count=dataset.count,
        dtype=dataset.dtypes[colour[0] - 1],
        crs_wkt=str(crs),
        transform=dataset.transform,
        nodata=rule.nodata[0],
        colour_bands=colour,
        alpha_band=alpha,
        overview_factors=tuple(sorted(source.overviews(1))),
        block_shape=source.block_shapes[0],
        needs_placing=not is_placed(dataset) and bool(dataset.gcps[0]),
        is_warped=is_placed(dataset) and (source.crs != dataset.crs or not is_placed(source)),
        source_crs_wkt=str(source_crs.to_wkt()) if source_crs else "",
        rule=rule,
        unit=source.units[colour[0] - 1] or "",
        scale=float(source.scales[colour[0] - 1]),
        offset=float(source.offsets[colour[0] - 1]),
    )


def _rule(dataset: Any, bands: tuple[int, ...], alpha: int | None, extra: tuple[UndeclaredNodata, ...]) -> ValidityRule:
    flags = dataset.mask_flag_enums[bands[0] - 1]
    return ValidityRule(
        nodata=tuple(dataset.nodatavals[band - 1] for band in bands),
        has_alpha=alpha is not None,
        has_mask=MaskFlags.per_dataset in flags and MaskFlags.alpha not in flags,
        extra=extra,
    )


def _require_place(dataset: Any, path: Path) -> None:
    """Refuse placeholders, and rasters that do not say where they lie."""
    if dataset.width < _MIN_SIDE_PX or dataset.height < _MIN_SIDE_PX:
        raise RasterError(
            "raster.too_small",
            "{name} has only {width} x {height} pixels. Choose the full-size raster, not a placeholder.",
            name=path.name,
            width=dataset.width,
            height=dataset.height,
        )
    if not is_placed(dataset) and dataset.crs is None and not dataset.gcps[0]:
        raise RasterError(
            "raster.no_georeference",
            "{name} does not say where on the map it lies (no geotransform, CRS or control points). Export it again as"
            " a GeoTIFF with georeference, or put its world file (.tfw) beside it.",
            name=path.name,
        )


def _require_pixels(dataset: Any, path: Path) -> None:
    """Refuse what has no pixel values that could be shown or measured."""
    if dataset.count == 0:
        raise RasterError(
            "raster.no_bands",
            "{name} holds no raster band itself (it may be a container of several rasters). Export one as a GeoTIFF.",
            name=path.name,
        )
    if any(dtype.startswith("complex") for dtype in dataset.dtypes):
        raise RasterError(
            "raster.complex",
            "{name} holds complex numbers (radar data). Choose an orthomosaic or elevation model.",
            name=path.name,
        )
    if dataset.colorinterp[0] == ColorInterp.palette:
        raise RasterError(
            "raster.palette",
            "{name} holds numbers of a colour table instead of colours. Export it as RGB (in QGIS: Raster >"
            " Conversion > PCT to RGB).",
            name=path.name,
        )


def _colour_bands(dataset: Any, alpha: int | None) -> tuple[int, int, int]:
    """Bands to show as red, green and blue: by interpretation, then by description, then the first three."""
    usable = [band for band in dataset.indexes if band != alpha]
    if not usable:
        usable = [1]
    if len(usable) < 3:
        return (usable[0], usable[0], usable[0])
    interpretation = {colour: band for band, colour in zip(dataset.indexes, dataset.colorinterp, strict=True)}
    wanted = (ColorInterp.red, ColorInterp.green, ColorInterp.blue)
    if all(colour in interpretation for colour in wanted):
        red, green, blue = (interpretation[colour] for colour in wanted)
        return (red, green, blue)
    names = {
        (name or "").strip().lower(): band for band, name in zip(dataset.indexes, dataset.descriptions, strict=True)
    }
    if all(name in names for name in ("red", "green", "blue")):
        return (names["red"], names["green"], names["blue"])
    return (usable[0], usable[1], usable[2])
