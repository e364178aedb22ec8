"""`birchtree overview`: one picture of a plot and its crowns."""

import argparse
from pathlib import Path

from inference.cli import options
from inference.cli.output import Output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The plot and the picture."""
    options.add_plot(parser)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="PICTURE.png")


def run(arguments: argparse.Namespace, output: Output) -> None:
    """Draw the orthomosaic and the canopy height with the crowns on top."""
    from inference import overview
    from inference.plot.plot import Plot
    from inference.project.store import Project

    with (
        Project.open(arguments.plot, read_only=True) as project,
        Plot.open(project.locate_rasters(), check=False) as plot,
    ):
        crowns = [crown for crown in project.table.crowns() if crown.review != "deleted"]
        overview.write_png(overview.draw(plot, crowns), arguments.output)
    output.result({"picture": str(arguments.output), "crowns": len(crowns)}, f"Picture: {arguments.output}")
