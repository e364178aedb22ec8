"""`birchtree export`: write the crowns for a GIS, a spreadsheet or a training run."""

import argparse
from pathlib import Path

from inference.cli import options
from inference.cli.output import Output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The plot, where to write, and which crowns."""
    options.add_plot(parser)
    parser.add_argument(
        "-o", "--output", type=Path, required=True, help="crowns.shp, .gpkg, .geojson, .csv or coco.json"
    )
    parser.add_argument("--reviewed-only", action="store_true", help="only crowns that a person accepted or drew")
    options.add_json(parser)
    options.add_progress(parser)


def run(arguments: argparse.Namespace, output: Output) -> None:
    """Write one file (and its companions) by the suffix of the output."""
    from inference.formats.api import export_crowns
    from inference.project.store import Project

    output.event("start", command="export")
    with Project.open(arguments.plot, read_only=True) as project:
        summary = export_crowns(project, arguments.output, reviewed_only=arguments.reviewed_only)
    output.result(summary.facts(), summary.sentence())
