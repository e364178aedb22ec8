"""`birchtree evaluate`: how well crowns match the truth."""

import argparse
from pathlib import Path

from inference.cli import options
from inference.cli.output import Output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Predictions, truth, area and how to compare."""
    parser.add_argument("predictions", nargs="+", type=Path, metavar="PRED", help="vector files or plots")
    parser.add_argument(
        "--truth", type=Path, required=True, help="vector file or plot; a column `plot` names the plots"
    )
    parser.add_argument(
        "--aoi",
        type=Path,
        metavar="FILE|complete",
        help="compare only inside these polygons; of a project its complete areas, 'complete' for those of the truth",
    )
    parser.add_argument("--boxes", action="store_true", help="compare bounding boxes instead of outlines")
    parser.add_argument("--layers", type=Path, metavar="OUT.gpkg", help="write matched, missed and false crowns")
    options.add_json(parser)


def run(arguments: argparse.Namespace, output: Output) -> None:
    """Match predictions with the truth, per plot and in total."""
    from inference.evaluation.report import evaluate_files

    evaluation = evaluate_files(
        arguments.predictions,
        arguments.truth,
        aoi=arguments.aoi,
        boxes=arguments.boxes,
        layers=arguments.layers,
    )
    output.result(evaluation.facts(), evaluation.text())
