"""`birchtree import`: read crowns from any vector file into a plot."""

import argparse
import getpass
from pathlib import Path

from inference.cli import options
from inference.cli.output import Output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The plot and the file to read."""
    options.add_plot(parser)
    parser.add_argument("crowns", type=Path, help="any vector file with polygons, or a COCO json")
    parser.add_argument(
        "--corrected",
        action="store_true",
        help="the file is this plot's export after a person went through it in a GIS: crowns that it lacks are "
        "deleted, proposals that it left as they were are accepted",
    )
    options.add_json(parser)
    options.add_progress(parser)


def run(arguments: argparse.Namespace, output: Output) -> None:
    """Add the crowns of a file as one edit that can be undone."""
    from inference.formats.api import import_crowns
    from inference.project.store import Project

    output.event("start", command="import")
    with Project.open(arguments.plot) as project:
        summary = import_crowns(project, arguments.crowns, by=getpass.getuser(), corrected=arguments.corrected)
    output.result(summary.facts(), summary.sentence())
