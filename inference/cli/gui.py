"""`birchtree gui [FILES]`: the arguments of the command that opens the window."""

import argparse
from pathlib import Path

from inference.cli.output import Output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A plot, or an orthomosaic with its elevation rasters."""
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="PLOT.birch.gpkg or ORTHO.tif")
    parser.add_argument(
        "--new-window", action="store_true", help="open a window of its own, also when one is open already"
    )
    parser.add_argument(
        "--self-test", action="store_true", help="paint the window once, say what was painted, and end (see `doctor`)"
    )


def run(arguments: argparse.Namespace, output: Output) -> None:
    """`gui --self-test`; without it the window itself takes over from the command line."""
    detail = arguments.paint_window([str(path) for path in arguments.files])
    output.result({"painted": detail}, detail)
