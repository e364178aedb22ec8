"""`birchtree dataset`: a training set from corrected plots."""

import argparse
from pathlib import Path

from inference.cli import options
from inference.cli.control import cancellable
from inference.cli.output import Output
from inference.errors import InputError
from inference.jobs import JobContext


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Plots, where every crown is outlined, and the shape of the tiles."""
    parser.add_argument(
        "plots", type=Path, nargs="+", metavar="PLOT", help="projects, or vector files of crowns beside their rasters"
    )
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="new folder of the set")
    parser.add_argument(
        "--complete",
        metavar="FILE|all",
        help="polygons in which every crown is outlined; 'all' when the plots are complete; the projects' own complete "
        "areas by default",
    )
    parser.add_argument(
        "--whole",
        type=Path,
        nargs="+",
        default=[],
        metavar="PLOT",
        help="those of the plots in which every crown is outlined",
    )
    parser.add_argument("--rasters", type=Path, metavar="DIR", help="where the orthomosaics of vector files lie")
    parser.add_argument("--gsd", type=float, default=0.1, metavar="M", help="cell of the tiles in metres (0.1)")
    parser.add_argument("--tile", type=int, default=512, metavar="CELLS", help="side of a tile in cells (512)")
    parser.add_argument("--overlap", type=float, default=0.25, help="share of its side that a tile shares (0.25)")
    parser.add_argument(
        "--split", default="0.7,0.15,0.15", metavar="A,B,C", help="shares of crowns for train, valid and test"
    )
    parser.add_argument(
        "--block", type=float, default=60.0, metavar="M", help="side of the blocks that few plots are cut into (60)"
    )
    parser.add_argument("--classes", choices=("tree", "label"), default="tree", help="one class, or the crowns' labels")
    parser.add_argument("--seed", type=int, default=0, help="of the split (0)")
    options.add_json(parser)
    options.add_progress(parser)


def run(arguments: argparse.Namespace, output: Output) -> None:
    """Read the plots, split them by place, write tiles and tables."""
    from inference.datasets.build import build_dataset
    from inference.datasets.splitting import DatasetOptions
    from inference.datasets.surveys import ALL, read_surveys

    output.event("start", command="dataset")
    wanted = DatasetOptions(
        gsd_m=arguments.gsd,
        tile_px=arguments.tile,
        overlap=arguments.overlap,
        shares=_shares(arguments.split),
        block_m=arguments.block,
        seed=arguments.seed,
        classes=arguments.classes,
    )
    complete = arguments.complete
    surveys = read_surveys(
        arguments.plots,
        complete=complete if complete in (None, ALL) else Path(complete),
        rasters=arguments.rasters,
        whole=arguments.whole,
    )
    with cancellable(listen_on_stdin=arguments.progress == "json") as token:
        summary = build_dataset(surveys, arguments.output, wanted, JobContext(output.progress, token))
    output.result({"folder": str(arguments.output), **summary.facts()}, summary.sentence())


def _shares(text: str) -> tuple[float, float, float]:
    try:
        first, second, third = (float(part) for part in text.split(","))
    except ValueError as error:
        raise InputError(
            "dataset.shares", "The shares {shares} cannot be read: write three numbers as 0.7,0.15,0.15.", shares=text
        ) from error
    return (first, second, third)
