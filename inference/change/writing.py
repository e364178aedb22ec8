"""Writes the table of two dates: CSV for spreadsheets, GeoPackage for maps."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from inference.change.comparing import Change
from inference.change.report import ChangeReport
from inference.errors import VectorError
from inference.formats import geopackage, ogr
from inference.formats.atomic import publish, staging
from inference.formats.formulas import guarded

SUFFIXES = (".csv", ".gpkg")
LAYER = "changes"
_TEXTS = ("fate", "species")
Value = str | int | float | None


def write_changes(report: ChangeReport, out: Path) -> None:
    """Write the table; an older one of that name is replaced when the new one is complete.

    Raises:
        VectorError: another suffix, a project in the way, or the disk refuses.
    """
    suffix = out.suffix.lower()
    if suffix not in SUFFIXES:
        raise VectorError(
            "change.format",
            "{name} is no table that this can write. End its name in .csv or .gpkg.",
            name=out.name,
        )
    geopackage.refuse_project(out)
    with staging(out) as folder:
        staged = folder / out.name
        if suffix == ".csv":
            _write_csv(report, staged)
        else:
            _write_layer(report, staged)
        publish([staged], folder=out.parent, remove=[])


def columns_of(years: float | None) -> dict[str, Callable[[Change], Value]]:
    """The columns of the table; those per year only when the years are known."""
    columns: dict[str, Callable[[Change], Value]] = {
        "fate": lambda change: change.fate,
        "earlier_id": lambda change: change.earlier_id,
        "later_id": lambda change: change.later_id,
        "iou": lambda change: _rounded(change.iou, 4),
        "species": lambda change: change.species,
        "earlier_height_m": lambda change: _rounded(change.earlier_height_m, 3),
        "later_height_m": lambda change: _rounded(change.later_height_m, 3),
        "growth_m": lambda change: _rounded(change.growth_m, 3),
        "earlier_area_m2": lambda change: _rounded(change.earlier_area_m2, 3),
        "later_area_m2": lambda change: _rounded(change.later_area_m2, 3),
        "area_growth_m2": lambda change: _rounded(change.area_growth_m2, 3),
    }
    if years:
        columns["growth_m_per_year"] = lambda change: _rounded(_share(change.growth_m, years), 3)
        columns["area_growth_m2_per_year"] = lambda change: _rounded(_share(change.area_growth_m2, years), 3)
    return columns


def _write_csv(report: ChangeReport, path: Path) -> None:
    columns = columns_of(report.years)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*columns, "WKT"])
    for change in report.changes:
        writer.writerow([*(guarded(value(change)) for value in columns.values()), shapely.to_wkt(change.outline)])
    path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")


def _write_layer(report: ChangeReport, path: Path) -> None:
    columns: dict[str, npt.NDArray[np.generic]] = {}
    for name, value in columns_of(report.years).items():
        values = [value(change) for change in report.changes]
        if name in _TEXTS:
            columns[name] = np.array(values, object)
        else:  # ids, too: a GeoPackage written from arrays has no empty whole numbers
            columns[name] = np.array([np.nan if one is None else one for one in values], np.float64)
    outlines = np.empty(len(report.changes), object)
    outlines[:] = [change.outline for change in report.changes]
    ogr.write(path, outlines, columns, crs_wkt=report.crs_wkt, driver="GPKG", layer=LAYER)


def _share(value: float | None, years: float) -> float | None:
    return None if value is None else value / years


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
