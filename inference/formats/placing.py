"""Brings rows of a vector file onto a plot: another CRS, no CRS, or pixels of the orthomosaic."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import shapely

from inference.errors import RasterError, VectorError
from inference.formats.pixels import PixelFrame
from inference.formats.rows import VectorRows, polygons_of
from inference.plot.crs import crs_name, is_geographic, is_local, same_crs, transform_xy

Bounds = tuple[float, float, float, float]
Geometries = npt.NDArray[np.object_]

# Polygons in pixels are written with three decimals; what differs by more than this was edited by another program.
_SAME_PX = 0.01


@dataclass(frozen=True, slots=True)
class Place:
    """Where crowns shall go.

    Attributes:
        crs_wkt: the plot CRS, "" when unknown.
        bounds_crs: (left, bottom, right, top) of the orthomosaic; None when unknown, then nothing counts as outside.
        frame: the orthomosaic's pixels; None when it is not there.
        keeps_outside: whether rows outside of `bounds_crs` stay.
    """

    crs_wkt: str
    bounds_crs: Bounds | None = None
    frame: PixelFrame | None = None
    keeps_outside: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Rows in the plot CRS, and sentences about how they came there."""

    rows: VectorRows
    notes: tuple[str, ...]


def place(rows: VectorRows, on: Place) -> Placed:
    """Rows in the plot CRS, without those wholly outside the plot (counted in the tally).

    Raises:
        VectorError: the file's coordinates cannot be brought onto the plot; the sentence says why.
    """
    if rows.images is not None:
        placed, notes = _from_pixels(rows, on)
    else:
        placed, notes = _from_map(rows, on)
    return Placed(placed if on.keeps_outside else _within(placed, on.bounds_crs), tuple(notes))


def _from_map(rows: VectorRows, on: Place) -> tuple[VectorRows, list[str]]:
    notes: list[str] = []
    source = rows.crs_wkt
    if not len(rows) or (source and on.crs_wkt and same_crs(source, on.crs_wkt)):
        return replace(rows, crs_wkt=on.crs_wkt), notes
    fits = _meets(rows.outlines, on.bounds_crs)
    if not source or _beyond_degrees(rows, source):
        if not fits:
            raise _nowhere(rows, on)
        notes.append(
            f"{rows.source.name} does not name its CRS rightly; its coordinates fit the plot's CRS and are taken so."
        )
        return replace(rows, crs_wkt=on.crs_wkt), notes
    if is_local(source) or is_local(on.crs_wkt):
        if not fits:
            raise VectorError(
                "vector.no_way",
                "{name} is in {source} and the plot in {target}: there is no way from one to the other, and the "
                "coordinates as they are do not lie on the plot. Export the crowns in the CRS of the orthomosaic.",
                name=rows.source.name,
                source=crs_name(source),
                target=crs_name(on.crs_wkt),
            )
        notes.append(f"{rows.source.name} is in {crs_name(source)}; its coordinates are taken as the plot's own.")
        return replace(rows, crs_wkt=on.crs_wkt), notes
    notes.append(f"Coordinates carried from {crs_name(source)} to {crs_name(on.crs_wkt)}.")
    return _reprojected(rows, source, on.crs_wkt), notes


def _reprojected(rows: VectorRows, source_wkt: str, target_wkt: str) -> VectorRows:
    def carry(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return transform_xy(source_wkt, target_wkt, xy)

    try:
        carried = np.asarray(shapely.transform(rows.outlines, carry), object)
    except RasterError as error:
        raise VectorError(
            "vector.no_transformation",
            "The coordinates of {name} cannot be carried from {source} to {target}. Save it in the CRS of the "
            "orthomosaic.",
            name=rows.source.name,
            source=crs_name(source_wkt),
            target=crs_name(target_wkt),
        ) from error
    kept, outlines, tally = polygons_of(carried)
    merged = replace(rows.tally, null=rows.tally.null + tally.null, repaired=rows.tally.repaired + tally.repaired)
    columns = {name: column for name, column in rows.columns.items() if not name.startswith("treetop_")}
    if "treetop_x" in rows.columns and "treetop_y" in rows.columns:
        tops = np.column_stack([rows.columns["treetop_x"], rows.columns["treetop_y"]]).astype(np.float64)
        known = np.isfinite(tops).all(axis=1)
        tops[known] = carry(tops[known])
        columns |= {"treetop_x": tops[:, 0], "treetop_y": tops[:, 1]}
    moved = replace(rows, columns=columns)
    return moved.chosen(kept, outlines=outlines, tally=merged, crs_wkt=target_wkt)


def _from_pixels(rows: VectorRows, on: Place) -> tuple[VectorRows, list[str]]:
    """Rows in pixels of the plot's own orthomosaic, or with their exact outlines beside the pixels."""
    frame = on.frame
    names = [] if rows.images is None else rows.images.tolist()
    images = np.empty(len(rows), object)
    images[:] = [str(name or "").replace("\\", "/").rsplit("/", 1)[-1].casefold() for name in names]
    is_own = np.zeros(len(rows), bool) if frame is None else images == frame.name.casefold()
    exact_fits = rows.exact is not None and _same_place(rows.crs_wkt, on.crs_wkt)
    if len(rows) and not is_own.any():
        # No pixels to count in, but BirchTree wrote the map coordinates too.
        if exact_fits and rows.exact is not None and not shapely.is_missing(rows.exact).any():
            kept, outlines, _ = polygons_of(rows.exact)
            return rows.chosen(kept, outlines=outlines, images=None, exact=None, crs_wkt=on.crs_wkt), []
        raise _foreign_pixels(rows, on)
    own = np.flatnonzero(is_own)
    chosen = rows.chosen(own)
    if frame is None:
        return replace(chosen, images=None, exact=None, crs_wkt=on.crs_wkt), []
    _check_size(rows, frame)
    outlines = frame.to_crs(chosen.outlines)
    if exact_fits and chosen.exact is not None:
        still = _unchanged(chosen.exact, chosen.outlines, frame)
        outlines[still] = chosen.exact[still]
    kept, outlines, _ = polygons_of(outlines)
    left_out = len(rows) - len(own)
    tally = replace(rows.tally, outside=rows.tally.outside + left_out)
    notes = [f"{left_out} rows belong to other images and were left out."] if left_out else []
    placed = chosen.chosen(kept, outlines=outlines, images=None, exact=None, crs_wkt=on.crs_wkt, tally=tally)
    return placed, notes


def _unchanged(exact: Geometries, pixels: Geometries, frame: PixelFrame) -> npt.NDArray[np.bool_]:
    """Whether the polygons in pixels still say what the exact outlines say."""
    known = np.flatnonzero(~shapely.is_missing(exact))
    again = shapely.polygons(shapely.get_exterior_ring(shapely.orient_polygons(frame.to_px(exact[known]))))
    same = np.zeros(len(exact), bool)
    if len(known):
        written = shapely.polygons(shapely.get_exterior_ring(pixels[known]))
        same[known] = shapely.equals_exact(again, written, tolerance=_SAME_PX)
        # A corner where the ring starts elsewhere, or runs the other way, is no change.
        differ = known[~same[known]]
        distance = shapely.hausdorff_distance(
            shapely.get_exterior_ring(frame.to_px(exact[differ])), shapely.get_exterior_ring(pixels[differ])
        )
        same[differ] = distance <= _SAME_PX
    return same


def _within(rows: VectorRows, bounds: Bounds | None) -> VectorRows:
    """Without rows wholly outside."""
    if bounds is None or not len(rows):
        return rows
    inside = np.flatnonzero(shapely.intersects(rows.outlines, shapely.box(*bounds)))
    outside = rows.tally.outside + len(rows) - len(inside)
    return rows.chosen(inside, tally=replace(rows.tally, outside=outside))


def _same_place(source_wkt: str, target_wkt: str) -> bool:
    return same_crs(source_wkt, target_wkt) or (is_local(source_wkt) and is_local(target_wkt))


def _meets(outlines: Geometries, bounds: Bounds | None) -> bool:
    return bounds is not None and bool(shapely.intersects(outlines, shapely.box(*bounds)).any())


def _beyond_degrees(rows: VectorRows, source_wkt: str) -> bool:
    """Whether a file says degrees and means something else: GeoJSON readers assume degrees where nothing is said."""
    if not is_geographic(source_wkt):
        return False
    left, bottom, right, top = shapely.total_bounds(rows.outlines)
    return bool(min(left, -right) < -360.0 or min(bottom, -top) < -90.001)


def _check_size(rows: VectorRows, frame: PixelFrame) -> None:
    for name, size in rows.image_sizes.items():
        if name.casefold() == frame.name.casefold() and size != (frame.width_px, frame.height_px):
            raise VectorError(
                "vector.other_size",
                "{name} counts pixels in a {width} x {height} version of {image}, but the orthomosaic here has "
                "{own_width} x {own_height}. Export the crowns again with map coordinates.",
                name=rows.source.name,
                width=size[0],
                height=size[1],
                image=frame.name,
                own_width=frame.width_px,
                own_height=frame.height_px,
            )


def _foreign_pixels(rows: VectorRows, on: Place) -> VectorError:
    names = sorted({str(name) for name in rows.images.tolist() if name} if rows.images is not None else ())
    own = "no orthomosaic is at hand" if on.frame is None else f"this plot's orthomosaic is {on.frame.name}"
    return VectorError(
        "vector.pixels",
        "{name} counts in pixels of {images}, not in map coordinates, and {own}. Export the crowns with map "
        "coordinates (shapefile, GeoPackage or GeoJSON in the CRS of the orthomosaic).",
        name=rows.source.name,
        images=", ".join(names[:3]) + (" and others" if len(names) > 3 else "") or "an image that it does not name",
        own=own,
    )


def _nowhere(rows: VectorRows, on: Place) -> VectorError:
    left, bottom, right, top = shapely.total_bounds(rows.outlines)
    width, height = (on.frame.width_px, on.frame.height_px) if on.frame is not None else (100_000, 100_000)
    # Image programs count rows downwards, some of them with a minus sign.
    if left >= -1 and right <= width + 1 and max(abs(bottom), abs(top)) <= height + 1:
        return VectorError(
            "vector.pixels_unsaid",
            "The coordinates of {name} run from {left:.0f} to {right:.0f} and {bottom:.0f} to {top:.0f}: they count "
            "pixels of an image, not places on the map. Export the crowns with map coordinates.",
            name=rows.source.name,
            left=left,
            right=right,
            bottom=bottom,
            top=top,
        )
    return VectorError(
        "vector.no_crs",
        "{name} does not say in which CRS it is, and its coordinates ({left:.0f}, {bottom:.0f}) do not lie on the "
        "plot. Set its CRS in your GIS and save it again.",
        name=rows.source.name,
        left=left,
        bottom=bottom,
    )
