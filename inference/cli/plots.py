"""What several commands do with a plot: name its rasters, open it, make or reopen its project file."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from inference.cli.output import Output
from inference.errors import InputError
from inference.project.naming import SUFFIX, is_named_as_project

if TYPE_CHECKING:
    from inference.plot.finding import Finding
    from inference.plot.plot import Plot, PlotSources
    from inference.project.store import Project


def sources_of(arguments: argparse.Namespace) -> "PlotSources":
    """The rasters named on the command line."""
    from inference.plot.plot import PlotSources

    return PlotSources(ortho=arguments.ortho, dsm=arguments.dsm, dtm=arguments.dtm, aoi=arguments.aoi)


def tell_findings(plot: "Plot", output: Output) -> None:
    """Say what the checks at opening found."""
    for finding in plot.findings:
        tell(finding, output)


def tell(finding: "Finding", output: Output) -> None:
    """Say one finding; warnings also where the output is redirected."""
    if finding.severity == "info":
        output.say(f"note: {finding.sentence}")
    else:
        output.warn(f"{finding.severity}: {finding.sentence}")


def tell_resume(project: "Project", task: str, output: Output) -> None:
    """Say when there is nothing to go on with, though that was asked for."""
    runs = [run for run in project.runs() if run.task == task]
    if not runs:
        output.say(f"note: {project.path.name} has no earlier run, so there is nothing to resume; a new one begins.")
    elif runs[-1].state == "done":
        output.say(
            f"note: the last run in {project.path.name} came to its end, so there is nothing to resume. It stands if "
            "it had the same settings; else a new one begins."
        )


def open_or_create(path: Path, plot: "Plot") -> "Project":
    """The project file of `plot` at `path`, made when it is not there.

    Raises:
        InputError: the name does not end in .birch.gpkg, or the file belongs to another orthomosaic.
        ProjectError: the file cannot be opened or made.
    """
    from inference.project.store import Project

    if not is_named_as_project(path):
        raise InputError(
            "project.name",
            "A plot's file must end in {suffix}, but {path} does not. Write for example -o {better}.",
            suffix=SUFFIX,
            path=path.name,
            better=path.name.split(".")[0] + SUFFIX,
        )
    if not path.exists():
        return Project.create(path, plot.sources, crs_wkt=plot.crs_wkt, unit_m=plot.unit_m)
    project = Project.open(path)
    recorded = project.locate_rasters().ortho
    if not recorded.samefile(plot.sources.ortho):
        project.close()
        raise InputError(
            "project.other_plot",
            "{path} holds the crowns of another orthomosaic ({recorded}). Choose another file for {ortho}.",
            path=path,
            recorded=recorded.name,
            ortho=plot.sources.ortho.name,
        )
    return project
