"""Crowns as columns, ready to be written: what every writer takes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from inference.crowns.records import CustomField
from inference.crowns.table import CrownTable
from inference.formats import custom
from inference.formats.schema import FIELDS, LONG_FIELDS, Field

Column = npt.NDArray[np.generic]

_REVIEWED = ("accepted", "edited", "added")
# A tenth of a square millimetre: what follows from the outline is rounded once, the same in every format.
_SHAPE_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Sheet:
    """N crowns in ascending order of `tree_id`.

    Attributes:
        outlines: (N,) polygons in the plot CRS, exteriors counter-clockwise, without Z.
        columns: (N,) values by long field name: int64 for "int", float64 with NaN for "real", bool for "flag", object
            with None for "text".
        crs_wkt: the plot CRS, "" when unknown.
        image_name: file name of the orthomosaic.
        custom: the columns that people added to the plot, last in every format.
    """

    outlines: npt.NDArray[np.object_]
    columns: dict[str, Column]
    crs_wkt: str
    image_name: str
    custom: tuple[Field, ...] = ()

    def __len__(self) -> int:
        return len(self.outlines)

    @property
    def long_fields(self) -> tuple[Field, ...]:
        """What every format but the shapefile carries."""
        return (*LONG_FIELDS, *self.custom)

    @property
    def short_fields(self) -> tuple[Field, ...]:
        """What a shapefile carries."""
        return (*FIELDS, *self.custom)

    def values(self, fields: tuple[Field, ...]) -> list[Column]:
        """The columns of some fields, in their order."""
        return [self.columns[field.name] for field in fields]

    def storable(self, field: Field) -> Column:
        """A column as vector formats keep it: flags and small whole numbers in 32 bits.

        dBase readers take longer whole numbers for decimals.
        """
        values = self.columns[field.name]
        is_small = field.kind == "flag" or (field.kind == "int" and values.max(initial=0) < 2**31)
        return values.astype(np.int32) if is_small else values


def sheet_of(
    table: CrownTable,
    *,
    crs_wkt: str,
    image_name: str,
    reviewed_only: bool = False,
    fields: Sequence[CustomField] = (),
) -> Sheet:
    """The crowns to export: never deleted ones, and on request only those that a person has looked at.

    Args:
        table: all crowns of the plot.
        crs_wkt: the plot CRS.
        image_name: file name of the orthomosaic.
        reviewed_only: leave out crowns whose review is "auto".
        fields: the plot's custom fields, in their order.
    """
    chosen = table.visible
    if reviewed_only:
        chosen = chosen & np.isin(table.column("review").astype(str), _REVIEWED)
    rows = np.flatnonzero(chosen)
    columns: dict[str, Column] = {}
    for field in LONG_FIELDS:
        match field.name:
            case "image_path":
                columns[field.name] = _repeated(image_name or None, len(rows))
            case "status":
                columns[field.name] = _texts(table.column("label")[rows])
            case "area_m2" | "diameter_m" | "perimeter_m":
                columns[field.name] = np.round(table.column(field.name)[rows].astype(np.float64), _SHAPE_DECIMALS)
            case _:
                values = table.column(field.name)[rows]
                columns[field.name] = _texts(values) if field.kind == "text" else values
    outlines = shapely.orient_polygons(shapely.force_2d(table.outlines[rows]))
    more = custom.fields_of(fields)
    for column, known in zip(more, fields, strict=True):
        columns[column.name] = custom.column_of(table, known, rows)
    return Sheet(np.asarray(outlines, object), columns, crs_wkt, image_name, more)


def _texts(values: Column) -> Column:
    """Text with None for nothing: half of the formats cannot tell "" from null, so none of them gets the chance."""
    return np.array([value or None for value in values.tolist()], object)


def _repeated(value: str | None, count: int) -> Column:
    column = np.empty(count, object)
    column[:] = value
    return column
