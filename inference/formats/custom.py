"""Custom fields on their way out of and into a project: the columns of an export, and what a file says of them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from inference.crowns.crown import Crown
from inference.crowns.custom_values import PREFIX
from inference.crowns.records import CustomField
from inference.crowns.table import CrownTable
from inference.formats.rows import VectorRows
from inference.formats.schema import LONG_FIELDS, Field
from inference.project import custom_fields

_SHORT = 10  # characters that a shapefile leaves of a name
_NUMBERS = ("integer", "real", "flag")


def fields_of(fields: Sequence[CustomField]) -> tuple[Field, ...]:
    """Custom fields as columns of an export: by their key; in shapefiles cut to a short name of their own."""
    used = {field.short for field in LONG_FIELDS}
    columns = []
    for field in fields:
        short, number = field.key[:_SHORT], 2
        while short in used:
            ending = str(number)
            short, number = field.key[: _SHORT - len(ending)] + ending, number + 1
        used.add(short)
        kind = "real" if field.kind in _NUMBERS else "text"
        columns.append(Field(short, field.key, "real" if kind == "real" else "text", f"custom field: {field.name}"))
    return tuple(columns)


def column_of(table: CrownTable, field: CustomField, rows: npt.NDArray[np.intp]) -> npt.NDArray[np.generic]:
    """(K,) values of some rows: numbers as float64 with NaN, yes and no as 1 and 0, else texts or None."""
    values = table.column(PREFIX + field.key)[rows].tolist()
    if field.kind in _NUMBERS:
        return np.array([float(v) if isinstance(v, (int, float)) else np.nan for v in values], np.float64)
    return np.array([v if isinstance(v, str) and v else None for v in values], object)


def told(
    crowns: Sequence[Crown], rows: VectorRows, fields: Sequence[CustomField]
) -> tuple[list[Crown], frozenset[str]]:
    """Crowns with what a file says of custom fields, and the keys of the fields that the file has.

    Args:
        crowns: (N,) made of `rows`.
        rows: N rows of the file; a column is known by the field's key, its short name or what people read.
        fields: of the project.
    """
    lower = {name.casefold(): name for name in rows.others}
    found = {}
    for field, column in zip(fields, fields_of(fields), strict=True):
        names = (field.key, column.short, field.name)
        name = next((lower[known.casefold()] for known in names if known.casefold() in lower), None)
        if name is not None:
            found[field.key] = (field, rows.others[name].tolist())
    result = list(crowns)
    for key, (field, values) in found.items():
        result = [
            replace(crown.with_custom(key, custom_fields.typed(field, value)))
            for crown, value in zip(result, values, strict=True)
        ]
    return result, frozenset(found)


def known_names(rows: VectorRows, fields: Sequence[CustomField]) -> frozenset[str]:
    """The columns of a file, in lower case, that hold custom fields."""
    names = {name.casefold() for field in fields for name in (field.key, field.name)}
    names |= {column.short.casefold() for column in fields_of(fields)}
    return frozenset(name.casefold() for name in rows.others if name.casefold() in names)
