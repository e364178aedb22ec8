"""Arguments that several commands share."""

import argparse
from pathlib import Path


def add_json(parser: argparse.ArgumentParser) -> None:
    """`--json`: one JSON object on standard output."""
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object")


def add_progress(parser: argparse.ArgumentParser) -> None:
    """`--progress json`: JSON lines on standard output; the line "cancel" on standard input then stops the command."""
    parser.add_argument(
        "--progress",
        choices=("line", "json", "none"),
        default="line",
        help="how to show progress (json: one object per line, and a line 'cancel' on standard input stops)",
    )


def add_plot(parser: argparse.ArgumentParser) -> None:
    """The plot's project file."""
    parser.add_argument("plot", type=Path, metavar="PLOT.birch.gpkg", help="the plot's project file")


def add_scheduler(parser: argparse.ArgumentParser) -> None:
    """`--scheduler`: let the workers of Dask distributed do the work on pixels."""
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="spread the work over the workers of this Dask scheduler, such as tcp://10.0.0.5:8786; same crowns",
    )
    parser.add_argument(
        "--patience",
        type=float,
        default=60.0,
        metavar="S",
        help="with --scheduler: seconds to wait for a worker when there is none (60)",
    )
