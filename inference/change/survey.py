"""The crowns of one date, as arrays, in the CRS in which two dates are compared."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import shapely

from inference.change.coregister import in_crs
from inference.crowns.table import CrownTable
from inference.project.store import Project
from inference.traits import taxonomy

Floats = npt.NDArray[np.float64]
DATE_KEY = "survey_date"
"""Under this name `Project.meta` keeps the day of the survey: ISO 8601."""


@dataclass(frozen=True, slots=True)
class Survey:
    """N visible crowns of a project, in ascending order of id.

    Attributes:
        name: of the project file.
        ids: (N,) int64 tree ids.
        outlines: (N,) polygons in `crs_wkt`.
        area_m2, height_m: (N,) float64, heights NaN where unknown.
        dead: (N,) bool: the species or the label says so.
        edge: (N,) bool: cut by the mosaic's edge or nodata.
        species: (N,) objects, None where unknown.
        crs_wkt, unit_m: of the outlines.
        surveyed: the day, when the project knows it.
    """

    name: str
    ids: npt.NDArray[np.int64]
    outlines: npt.NDArray[np.object_]
    area_m2: Floats
    height_m: Floats
    dead: npt.NDArray[np.bool_]
    edge: npt.NDArray[np.bool_]
    species: npt.NDArray[np.object_]
    crs_wkt: str
    unit_m: float
    surveyed: date | None = None

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def crown_m(self) -> float:
        """Median crown diameter, 0 without crowns."""
        return float(np.median(2 * np.sqrt(self.area_m2 / np.pi))) if len(self) else 0.0

    @classmethod
    def of(cls, project: Project, crs_wkt: str | None = None) -> "Survey":
        """The crowns of an open project, carried into another CRS when one is given.

        Raises:
            RasterError: there is no way from one CRS to the other.
        """
        survey = cls.of_table(project.table, project.path.name, project.crs_wkt, day(project.meta(DATE_KEY)))
        return survey if crs_wkt is None else survey.carried(crs_wkt)

    @classmethod
    def of_table(cls, table: CrownTable, name: str, crs_wkt: str, surveyed: date | None = None) -> "Survey":
        """The visible crowns of a table."""
        rows = np.flatnonzero(table.visible)
        texts = [table.column(column)[rows].tolist() for column in ("species", "label")]
        dead = [_is_dead(species) or _is_dead(label) for species, label in zip(*texts, strict=True)]
        return cls(
            name,
            table.ids[rows],
            table.outlines[rows],
            np.asarray(table.column("area_m2")[rows], np.float64),
            np.asarray(table.column("height_m")[rows], np.float64),
            np.array(dead, bool),
            np.asarray(table.column("edge")[rows], bool),
            np.asarray(table.column("species")[rows], object),
            crs_wkt,
            table.unit_m,
            surveyed,
        )

    @classmethod
    def empty(cls, name: str, crs_wkt: str) -> "Survey":
        """A survey without crowns: rasters alone."""
        return cls.of_table(CrownTable(), name, crs_wkt)

    def carried(self, crs_wkt: str) -> "Survey":
        """The same crowns with their outlines in another CRS; areas stay as measured."""
        outlines = [in_crs(outline, self.crs_wkt, crs_wkt) for outline in self.outlines.tolist()]
        return self._with(outlines, crs_wkt)

    def moved(self, east_m: float, north_m: float) -> "Survey":
        """The same crowns, moved."""
        dx, dy = east_m / self.unit_m, north_m / self.unit_m
        return self._with(list(shapely.transform(self.outlines, lambda xy: xy + np.array([dx, dy]))), self.crs_wkt)

    def _with(self, outlines: list[shapely.Polygon], crs_wkt: str) -> "Survey":
        array = np.empty(len(outlines), object)
        array[:] = outlines
        values = (self.area_m2, self.height_m, self.dead, self.edge, self.species, crs_wkt, self.unit_m, self.surveyed)
        return Survey(self.name, self.ids, array, *values)


def day(text: str | None) -> date | None:
    """A day as ISO 8601; None for none and for what is no day."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def years_between(earlier: date | None, later: date | None) -> float | None:
    """Years from one day to a later one; None when one is unknown or they are not in order."""
    if earlier is None or later is None or later <= earlier:
        return None
    return (later - earlier).days / 365.25


def _is_dead(text: object) -> bool:
    if not isinstance(text, str) or not text:
        return False
    found = taxonomy.standard().find(text)
    return found is not None and found.is_dead
