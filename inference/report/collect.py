"""Collects everything that a report says of a plot, as one value, also as JSON."""

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from inference.jobs import JobContext
from inference.plot.aoi import read_aoi
from inference.plot.plot import Plot
from inference.project.naming import plot_name
from inference.project.store import Project, now
from inference.report.accuracy import Accuracy, accuracy_of
from inference.report.area import Choice, ReportArea, report_area
from inference.report.columns import CrownColumns, inside
from inference.report.histogram import Histogram, histogram
from inference.report.own_fields import FieldFigures, own_fields
from inference.report.provenance import Provenance, provenance_of
from inference.report.species_mix import SpeciesRow, species_mix
from inference.report.stand import Stand, canopy_cover, stand_of

_LEAST_HEIGHT_STEP_M = 1.0
_LEAST_DIAMETER_STEP_M = 0.5


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What a report is about.

    Attributes:
        over: which area figures per hectare are about.
        aoi: polygons to use instead of the plot's own area of interest.
        truth: true crowns to compare with.
        reviewed_only: only crowns that a person accepted, edited or drew.
    """

    over: Choice = "auto"
    aoi: Path | None = None
    truth: Path | None = None
    reviewed_only: bool = False


@dataclass(frozen=True, slots=True)
class PlotReport:
    """Everything that is said of a plot.

    Attributes:
        title: name of the plot.
        written_at: ISO 8601, UTC.
        options: what was asked for.
        area: where trees were counted.
        on_plot: visible crowns on the whole plot; `stand` is about those whose centre lies in the area.
        stand, species: the figures.
        heights, diameters: histograms of the crowns that are not cut.
        crowns: the crowns of the area, for charts.
        accuracy: what was measured.
        provenance: where all comes from.
    """

    title: str
    written_at: str
    options: ReportOptions
    area: ReportArea
    on_plot: int
    stand: Stand
    species: tuple[SpeciesRow, ...]
    heights: Histogram
    diameters: Histogram
    crowns: CrownColumns
    accuracy: Accuracy
    provenance: Provenance
    fields: tuple[FieldFigures, ...] = ()

    def facts(self) -> dict[str, object]:
        """For JSON: lengths in metres, shares from 0 to 1, None for what is not known."""
        area = {name: getattr(self.area, name) for name in ("basis", "area_m2", "parts", "cell_m", "lost_m2")}
        return {
            "plot": self.title,
            "written_at": self.written_at,
            "reviewed_only": self.options.reviewed_only,
            "area": area,
            "crowns_on_plot": self.on_plot,
            "stand": plain(self.stand),
            "species": plain(self.species),
            "own_fields": plain(self.fields),
            "histograms": {"height_m": self.heights.to_json(), "diameter_m": self.diameters.to_json()},
            "accuracy": plain(self.accuracy),
            "provenance": plain(self.provenance),
        }


def collect(
    project: Project, plot: Plot, options: ReportOptions | None = None, context: JobContext | None = None
) -> PlotReport:
    """Look at a plot and add up its crowns.

    Args:
        project: the crowns.
        plot: the rasters.
        options: None for the usual ones.
        context: told of the progress, and asked whether to stop.

    Raises:
        BirchtreeError: the area or the truth that is asked for cannot be had.
        Cancelled: the user stopped it.
    """
    asked, job = options or ReportOptions(), context or JobContext()
    area = _area(project, plot, asked)
    job.cancel.check()
    crowns = CrownColumns.of(project.table)
    if asked.reviewed_only:
        crowns = crowns.chosen(np.asarray(crowns.review != "auto", bool))
    here = crowns.chosen(inside(crowns, area.outline))
    cover = canopy_cover(crowns.outlines, area.outline)
    job.cancel.check()
    whole = here.whole
    return PlotReport(
        title=plot_name(project.path),
        written_at=now(),
        options=asked,
        area=area,
        on_plot=len(crowns),
        stand=stand_of(here, area.area_m2, cover=cover),
        species=species_mix(here, area.area_m2),
        heights=histogram(whole.height_m, least_step=_LEAST_HEIGHT_STEP_M),
        diameters=histogram(whole.diameter_m, least_step=_LEAST_DIAMETER_STEP_M),
        crowns=here,
        accuracy=accuracy_of(project, crowns, truth=asked.truth, aoi=asked.aoi),
        provenance=provenance_of(project, plot),
        fields=own_fields(project.table, here.ids, project.custom_fields()),
    )


def plain(value: object) -> object:
    """Dataclasses, arrays and numbers as JSON has them; what is no finite number becomes None."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if value is None or isinstance(value, str | int | bool) else str(value)


def _area(project: Project, plot: Plot, options: ReportOptions) -> ReportArea:
    if options.aoi is not None:
        return report_area(plot, (), over="aoi", aoi=read_aoi(options.aoi, plot.crs_wkt))
    complete: tuple[shapely.Polygon, ...] = tuple(area.outline for area in project.areas("complete"))
    return report_area(plot, complete, over=options.over)
