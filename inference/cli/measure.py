"""`birchtree measure`: height, area, diameter, DBH and biomass of each crown."""

import argparse

from inference.cli import options, plots
from inference.cli.control import cancellable
from inference.cli.output import Output
from inference.jobs import JobContext


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The plot, and what to measure again."""
    options.add_plot(parser)
    parser.add_argument("--all", action="store_true", help="measure every crown again, not only new and changed ones")
    parser.add_argument(
        "--allometry", metavar="ID", help="equation for DBH and biomass; `measure PLOT --allometry list` shows them"
    )
    options.add_json(parser)
    options.add_progress(parser)


def run(arguments: argparse.Namespace, output: Output) -> None:
    """Measure crowns whose outline is new or changed."""
    from inference.crowns import allometry
    from inference.pipeline.measure_plot import measure_plot
    from inference.plot.plot import Plot
    from inference.project.store import Project

    if arguments.allometry == "list":
        output.result({"allometries": list(allometry.available())}, "\n".join(allometry.available()))
        return
    output.event("start", command="measure")
    with (
        Project.open(arguments.plot) as project,
        Plot.open(project.locate_rasters()) as plot,
        cancellable(listen_on_stdin=arguments.progress == "json") as token,
    ):
        plots.tell_findings(plot, output)
        context = JobContext(output.progress, token)
        summary = measure_plot(plot, project, context, again=arguments.all, allometry_id=arguments.allometry)
    output.result(summary.facts(), summary.sentence())
