"""Rows of a vector file after reading: plain polygons and the columns that we know, still in the file's own place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from inference.crowns.geometry import to_valid_polygon
from inference.plot.tangles import is_tangled

Column = npt.NDArray[np.generic]
Geometries = npt.NDArray[np.object_]
Places = npt.NDArray[np.intp]
_MANY_CORNERS = 2000  # up to here it is quicker to let GEOS find out


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of a file's rows.

    Attributes:
        rows: in the file.
        null: without a geometry, or with an empty one.
        not_polygons: points, lines, and masks that are no polygon.
        multipart: of several parts, of which the largest was kept.
        repaired: invalid (self-crossing) and made valid.
        outside: wholly outside the plot.
    """

    rows: int = 0
    null: int = 0
    not_polygons: int = 0
    multipart: int = 0
    repaired: int = 0
    outside: int = 0

    def sentences(self) -> tuple[str, ...]:
        """One sentence for each thing that the user should know of."""
        told = (
            (self.null, "{n} without an outline left out."),
            (self.not_polygons, "{n} that are no polygons left out."),
            (self.outside, "{n} wholly outside the plot left out."),
            (self.multipart, "{n} of several parts: the largest part was kept."),
            (self.repaired, "{n} with a self-crossing outline repaired."),
        )
        return tuple(text.format(n=f"{count} row{'s' if count > 1 else ''}") for count, text in told if count)


@dataclass(frozen=True, slots=True)
class VectorRows:
    """N polygons with what is known of them.

    Attributes:
        source: the file.
        outlines: (N,) valid polygons, exteriors counter-clockwise, without Z.
        columns: (N,) values by our field names, as `values.converted` gives them; only the columns that the file has.
        crs_wkt: CRS of `outlines`; "" when the file does not say.
        tally: what was left out or changed on the way.
        images: (N,) name of the image whose pixels `outlines` are in (x right, y down); None for map coordinates.
        image_sizes: (width, height) by image name, where the file says.
        exact: (N,) the outlines in `crs_wkt` behind those in pixels, None where the file does not have them.
        ignored: names of the file's columns that mean nothing to us.
        others: (N,) their values; a project may know them as custom fields.
    """

    source: Path
    outlines: Geometries
    columns: Mapping[str, Column]
    crs_wkt: str
    tally: Tally
    images: Column | None = None
    image_sizes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    exact: Geometries | None = None
    ignored: tuple[str, ...] = ()
    others: Mapping[str, Column] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.outlines)

    def chosen(self, places: Places, **changes: object) -> "VectorRows":
        """Some of the rows, with some attributes replaced."""
        values: dict[str, object] = {
            "source": self.source,
            "outlines": self.outlines[places],
            "columns": {name: column[places] for name, column in self.columns.items()},
            "crs_wkt": self.crs_wkt,
            "tally": self.tally,
            "images": None if self.images is None else self.images[places],
            "image_sizes": self.image_sizes,
            "exact": None if self.exact is None else self.exact[places],
            "ignored": self.ignored,
            "others": {name: column[places] for name, column in self.others.items()},
        }
        return VectorRows(**(values | changes))  # type: ignore[arg-type]


def polygons_of(geometries: Geometries) -> tuple[Places, Geometries, Tally]:
    """Plain valid polygons from whatever a file holds.

    Args:
        geometries: (N,) of any type, None for null.

    Returns:
        Positions of the K rows kept, their polygons (K,), and the tally.
    """
    null = shapely.is_missing(geometries) | shapely.is_empty(geometries)
    dimension = shapely.get_dimensions(geometries)
    usable = ~null & (dimension == 2)
    places = np.flatnonzero(usable)
    flat = np.asarray(shapely.force_2d(geometries[places]), object)
    many = np.flatnonzero(shapely.get_num_coordinates(flat) > _MANY_CORNERS).tolist()
    tangled = [place for place in many if is_tangled(flat[place])]
    flat[tangled] = None  # GEOS would need minutes to find out that they are invalid
    several = shapely.get_num_geometries(flat) > 1
    invalid = ~shapely.is_valid(flat) & ~shapely.is_missing(flat)
    outlines = flat.copy()
    odd = invalid | (shapely.get_type_id(flat) != shapely.GeometryType.POLYGON) & ~shapely.is_missing(flat)
    for place in np.flatnonzero(odd).tolist():
        outlines[place] = to_valid_polygon(flat[place])
    gone = shapely.is_missing(outlines)
    kept = np.flatnonzero(~gone)
    tally = Tally(
        rows=len(geometries),
        null=int(null.sum() + gone.sum()),
        not_polygons=int((~null & (dimension != 2)).sum()),
        multipart=int((several & ~gone).sum()),
        repaired=int((invalid & ~gone).sum()),
    )
    return places[kept], np.asarray(shapely.orient_polygons(outlines[kept]), object), tally
