"""Compares two project files: the shift between them, every tree's fate, growth and mortality; as facts and as text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from inference.change.comparing import MIN_IOU, Change, Fate, compare, counts, moved_onto
from inference.change.coregister import CoRegistration, coregister, in_crs
from inference.change.survey import Survey, years_between
from inference.errors import BirchtreeError, InputError
from inference.plot.plot import Plot, PlotSources
from inference.project.store import Project


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """Two surveys compared.

    Attributes:
        earlier, later: names of the projects.
        changes: one for each tree.
        shift: how the surveys lie to each other; None when their rasters could not be compared.
        years: between the surveys, None when a date is unknown.
        crs_wkt: of the outlines.
        notes: sentences about what the user may not expect.
    """

    earlier: str
    later: str
    changes: tuple[Change, ...]
    shift: CoRegistration | None
    years: float | None
    crs_wkt: str
    notes: tuple[str, ...] = ()

    @property
    def mortality(self) -> float | None:
        """Share of the earlier trees whose fate is known that died or went; None without any."""
        found = counts(self.changes)
        lost, kept = found["died"] + found["gone"], found["survived"]
        return lost / (lost + kept) if lost + kept else None

    @property
    def mortality_per_year(self) -> float | None:
        """As the yearly rate that leaves the same trees: 1 - survival ** (1 / years)."""
        share = self.mortality
        return None if share is None or not self.years else 1.0 - (1.0 - share) ** (1.0 / self.years)

    def median_growth_m(self) -> float | None:
        """Median height growth of the trees that survived; None where no heights are known."""
        return _median([change.growth_m for change in self.changes if change.fate == "survived"])

    def median_area_growth_m2(self) -> float | None:
        """Median growth of their crowns' area."""
        return _median([change.area_growth_m2 for change in self.changes if change.fate == "survived"])

    def facts(self) -> dict[str, object]:
        """For JSON."""
        return {
            "earlier": self.earlier,
            "later": self.later,
            "years": None if self.years is None else round(self.years, 3),
            "shift": None if self.shift is None else self.shift.facts(),
            "trees": dict(counts(self.changes)),
            "mortality": _rounded(self.mortality, 4),
            "mortality_per_year": _rounded(self.mortality_per_year, 4),
            "median_growth_m": _rounded(self.median_growth_m(), 3),
            "median_area_growth_m2": _rounded(self.median_area_growth_m2(), 3),
            "notes": list(self.notes),
        }

    def text(self) -> str:
        """For people."""
        found = counts(self.changes)
        lines = [f"{self.earlier} -> {self.later}" + (f", {self.years:.2f} years" if self.years else "")]
        if self.shift is not None:
            lines.append(self.shift.sentence())
        for fate, words in _WORDS.items():
            if found[fate]:
                lines.append(f"{found[fate]:6d}  {words}")
        growth, wider = self.median_growth_m(), self.median_area_growth_m2()
        if growth is not None:
            lines.append(f"Median growth: {growth:+.2f} m in height{_yearly(growth, self.years, 'm')}.")
        if wider is not None:
            lines.append(f"Median growth of crowns: {wider:+.1f} m2{_yearly(wider, self.years, 'm2')}.")
        if self.mortality is not None:
            yearly = self.mortality_per_year
            lines.append(f"Mortality: {self.mortality:.1%}" + ("." if yearly is None else f", {yearly:.1%} a year."))
        return "\n".join((*lines, *self.notes))


_WORDS: dict[Fate, str] = {
    "survived": "survived",
    "died": "died (there, but dead now)",
    "gone": "gone",
    "new": "new",
    "unclear_now": "not outlined in the later survey, but something of that height may stand there",
    "unclear_then": "not outlined in the earlier survey, but something of that height may have stood there",
    "outside": "outside the other survey or cut by an edge, not compared",
}


def compare_files(
    earlier: Path,
    later: Path,
    *,
    min_iou: float = MIN_IOU,
    dates: tuple[date, date] | None = None,
    move: bool = True,
) -> ChangeReport:
    """Compare two projects.

    Args:
        earlier, later: `.birch.gpkg` files; only read.
        min_iou: what two outlines of one tree share at least.
        dates: of the surveys; else what the projects know.
        move: whether earlier crowns are moved by a shift that matters.

    Raises:
        BirchtreeError: a file cannot be read, or the two show different places.
    """
    if later.exists() and earlier.exists() and later.samefile(earlier):
        raise InputError("change.same", "These are the same file. Name the projects of two surveys.")
    with Project.open(earlier) as first, Project.open(later) as second:
        plots, notes = _plots((first, second))
        try:
            return compare_projects(first, second, plots, min_iou=min_iou, dates=dates, move=move, notes=notes)
        finally:
            for plot in plots:
                if plot is not None:
                    plot.close()


def compare_projects(
    first: Project,
    second: Project,
    plots: tuple[Plot | None, Plot | None],
    *,
    min_iou: float = MIN_IOU,
    dates: tuple[date, date] | None = None,
    move: bool = True,
    notes: Sequence[str] = (),
) -> ChangeReport:
    """As `compare_files`, on open projects and their plots (None where rasters are missing)."""
    surveys = (Survey.of(first, second.crs_wkt), Survey.of(second))
    if dates is not None:
        surveys = (replace(surveys[0], surveyed=dates[0]), replace(surveys[1], surveyed=dates[1]))
    return compare_surveys(*surveys, plots, min_iou=min_iou, move=move, notes=notes)


def compare_surveys(
    first: Survey,
    second: Survey,
    plots: tuple[Plot | None, Plot | None],
    *,
    min_iou: float = MIN_IOU,
    move: bool = True,
    notes: Sequence[str] = (),
) -> ChangeReport:
    """As `compare_files`, on crowns in one CRS; may be called in a thread of its own."""
    crs_wkt = second.crs_wkt
    told = list(notes)
    shift = None
    extents = (None, None)
    if plots[0] is not None and plots[1] is not None:
        shift = coregister(plots[0], plots[1], crown_m=first.crown_m or second.crown_m)
        extents = (in_crs(plots[0].extent, plots[0].crs_wkt, crs_wkt), plots[1].extent)
        if shift.matters and move:
            first, is_moved = moved_onto(first, second, shift, min_iou=min_iou)
            if not is_moved:
                told.append("But the crowns of both surveys fit better as they are, so none was moved.")
    elevations = tuple(None if plot is None or plot.crs_wkt != crs_wkt else plot.elevation for plot in plots)
    if None in elevations:
        told.append(
            "Without a DSM of both surveys nobody can say whether a crown without a partner was felled or overlooked."
        )
    changes = compare(first, second, min_iou=min_iou, elevations=(elevations[0], elevations[1]), extents=extents)
    years = years_between(first.surveyed, second.surveyed)
    return ChangeReport(first.name, second.name, changes, shift, years, crs_wkt, tuple(told))


def compare_opened(earlier: Survey, later: Survey, sources: tuple[PlotSources, PlotSources]) -> ChangeReport:
    """As `compare_surveys`, with plots that are opened for it and closed again: for a thread of the window."""
    with Plot.open(sources[0], check=False) as old, Plot.open(sources[1], check=False) as new:
        return compare_surveys(earlier, later, (old, new))


def _plots(projects: tuple[Project, Project]) -> tuple[tuple[Plot | None, Plot | None], list[str]]:
    opened: list[Plot | None] = []
    notes = []
    for project in projects:
        try:
            opened.append(Plot.open(project.locate_rasters(), check=False))
        except BirchtreeError as error:
            opened.append(None)
            notes.append(f"The rasters of {project.path.name} were not compared: {error}")
    return (opened[0], opened[1]), notes


def _median(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return float(np.median(known)) if known else None


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


def _yearly(value: float, years: float | None, unit: str) -> str:
    return f" ({value / years:+.2f} {unit} a year)" if years else ""
