"""Loads the two sides of an evaluation: crowns of a project or of any vector file, on one map."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from inference.errors import BirchtreeError
from inference.evaluation.area import Area
from inference.formats.geopackage import is_project
from inference.formats.pixels import PixelFrame
from inference.formats.placing import Place, place
from inference.formats.reader import read_rows
from inference.formats.rows import VectorRows
from inference.plot.crs import is_geographic, unit_m, utm_wkt
from inference.plot.plot import Plot, PlotSources
from inference.project.naming import plot_name
from inference.project.store import Project

Column = npt.NDArray[np.generic]


@dataclass(frozen=True, slots=True)
class Crowns:
    """N crowns of one side.

    Attributes:
        rows: outlines in a CRS with a length unit, and what is known of them.
        name: what to call them in a report.
        extent_crs: the area that was looked at, when that is known.
        frame: pixels of the orthomosaic, for a truth that is written in them.
        image_names: files that the crowns were seen on, without suffix.
        notes: sentences about how they were read.
    """

    rows: VectorRows
    name: str
    extent_crs: Area | None = None
    frame: PixelFrame | None = None
    image_names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def crs_wkt(self) -> str:
        """CRS of the outlines."""
        return self.rows.crs_wkt

    @property
    def unit_m(self) -> float:
        """Metres per unit of the outlines."""
        return unit_m(self.crs_wkt)

    @property
    def scores(self) -> npt.NDArray[np.float64]:
        """(N,) confidence; 1 for crowns without one, which a person drew."""
        return np.nan_to_num(self.reals("score"), nan=1.0)

    def reals(self, name: str) -> npt.NDArray[np.float64]:
        """(N,) numbers of a column, NaN where it is absent."""
        column = self.rows.columns.get(name)
        return np.full(len(self), np.nan) if column is None else column.astype(np.float64)

    def texts(self, name: str) -> npt.NDArray[np.object_]:
        """(N,) texts of a column, None where it is absent."""
        column = self.rows.columns.get(name)
        return np.full(len(self), None, object) if column is None else column.astype(object)

    def chosen(self, places: npt.NDArray[np.intp]) -> "Crowns":
        """Some of the crowns."""
        return replace(self, rows=self.rows.chosen(places))


def predictions(path: Path) -> Crowns:
    """The predicted crowns of a file, in its own CRS (UTM where that is in degrees).

    Raises:
        BirchtreeError: the file cannot be read.
    """
    if is_project(path):
        return _of_project(path)
    rows = _without_deleted(read_rows(path))
    target = _metric_crs(rows)
    placed = place(rows, Place(target, keeps_outside=True)) if len(rows) else None
    images = sorted({_stem(name) for name in rows.columns.get("image_path", np.zeros(0, object)).tolist() if name})
    return Crowns(
        replace(rows, crs_wkt=target) if placed is None else placed.rows, path.stem, image_names=(*images, path.stem)
    )


def truth_rows(path: Path) -> VectorRows:
    """The true crowns of a file, still in its own place.

    Raises:
        VectorError: the file cannot be read.
    """
    return _without_deleted(read_rows(path))


def truth_for(rows: VectorRows, predicted: Crowns) -> Crowns:
    """True crowns in the CRS of the predicted ones; all of them, near or far.

    Raises:
        VectorError: they cannot be brought into that CRS.
    """
    on = Place(predicted.crs_wkt, _bounds(predicted), predicted.frame, keeps_outside=True)
    placed = place(rows, on)
    return Crowns(placed.rows, rows.source.stem, notes=placed.notes)


def plot_among(names: tuple[str, ...], plots: npt.NDArray[np.object_]) -> str | None:
    """Which of a truth's plots the predictions belong to, by name.

    "TEAK_059" fits "TEAK_059_rgb" and "TEAK_059", not "TEAK_0591". The longest that fits wins.
    """
    known = sorted({str(plot) for plot in plots.tolist() if plot}, key=lambda plot: (-len(plot), plot))
    for name in names:
        for plot in known:
            if re.match(re.escape(plot) + r"(?![0-9a-z])", name, re.IGNORECASE):
                return plot
    return None


def _of_project(path: Path) -> Crowns:
    rows = _without_deleted(read_rows(path))
    with Project.open(path, read_only=True) as project:
        rows = replace(rows, crs_wkt=project.crs_wkt)
        found = {raster.role: raster.locate(path.parent) for raster in project.rasters}
        names = [_stem(raster.absolute) for raster in project.rasters if raster.role == "ortho"]
    name = plot_name(path)
    crowns = Crowns(rows, name, image_names=(*names, name))
    ortho = found.get("ortho")
    if ortho is None:
        note = f"The orthomosaic of {path.name} is not there, so its area is not known."
        return replace(crowns, notes=(note,))
    try:
        with Plot.open(PlotSources(ortho, aoi=found.get("aoi")), check=False) as plot:
            extent = plot.extent if plot.aoi is None else shapely.intersection(plot.extent, plot.aoi)
        return replace(crowns, extent_crs=extent, frame=PixelFrame.open(ortho, crowns.crs_wkt))
    except BirchtreeError as error:
        return replace(crowns, notes=(str(error),))


def _without_deleted(rows: VectorRows) -> VectorRows:
    if "review" not in rows.columns:
        return rows
    return rows.chosen(np.flatnonzero(rows.columns["review"] != "deleted"))


def _metric_crs(rows: VectorRows) -> str:
    if not rows.crs_wkt or not is_geographic(rows.crs_wkt) or not len(rows):
        return rows.crs_wkt
    left, bottom, right, top = shapely.total_bounds(rows.outlines).tolist()
    return utm_wkt((left + right) / 2, (bottom + top) / 2)


def _bounds(crowns: Crowns) -> tuple[float, float, float, float] | None:
    if crowns.extent_crs is not None:
        left, bottom, right, top = crowns.extent_crs.bounds
        return (left, bottom, right, top)
    if not len(crowns):
        return None
    left, bottom, right, top = shapely.total_bounds(crowns.rows.outlines).tolist()
    return (left, bottom, right, top)


def _stem(name: object) -> str:
    return Path(str(name).replace("\\", "/")).stem
