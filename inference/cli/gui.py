"""`birchtree gui [FILES]`: the arguments of the command that opens the window."""

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A plot, or an orthomosaic with its elevation rasters."""
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="PLOT.birch.gpkg or ORTHO.tif")
