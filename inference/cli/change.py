"""`birchtree change`: growth, mortality and new trees between two surveys of one place."""

import argparse
from datetime import date
from pathlib import Path

from inference.cli import options
from inference.cli.control import cancellable
from inference.cli.output import Output
from inference.errors import InputError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Two plots, the table, and how to compare."""
    parser.add_argument("earlier", type=Path, metavar="OLD", help="project of the earlier survey")
    parser.add_argument("later", type=Path, metavar="NEW", help="project of the later survey")
    parser.add_argument("-o", "--output", type=Path, metavar="TABLE", help="table of all trees: .csv or .gpkg")
    parser.add_argument(
        "--dates", nargs=2, metavar=("OLD", "NEW"), help="days of the surveys as 2025-07-31, for growth per year"
    )
    parser.add_argument("--iou", type=float, default=0.3, help="what two outlines of one tree share at least (0.3)")
    parser.add_argument("--stay", action="store_true", help="never move earlier crowns by the shift that was measured")
    parser.add_argument(
        "--carry",
        action="store_true",
        help="first put earlier crowns that have no partner into NEW as proposals, shaped by its heights",
    )
    parser.add_argument("--model", metavar="ID", help="with --carry: a model that outlines them by their boxes")
    options.add_json(parser)


def run(arguments: argparse.Namespace, output: Output) -> None:
    """Measure the shift, match the crowns, write the table."""
    from inference.change.carry import carry_files
    from inference.change.report import compare_files
    from inference.change.writing import write_changes

    if not 0 < arguments.iou <= 1:
        raise InputError("change.iou", "--iou must be above 0 and at most 1, not {value}.", value=arguments.iou)
    if arguments.carry:
        with cancellable(listen_on_stdin=False) as token:
            carried = carry_files(arguments.earlier, arguments.later, model_id=arguments.model or "", cancel=token)
        output.say(carried.sentence())
    report = compare_files(
        arguments.earlier,
        arguments.later,
        min_iou=arguments.iou,
        dates=_dates(arguments.dates),
        move=not arguments.stay,
    )
    text = report.text()
    if arguments.output is not None:
        write_changes(report, arguments.output)
        text += f"\n{len(report.changes)} trees written to {arguments.output}."
    output.result(report.facts(), text)


def _dates(texts: list[str] | None) -> tuple[date, date] | None:
    if texts is None:
        return None
    try:
        earlier, later = (date.fromisoformat(text) for text in texts)
    except ValueError as error:
        raise InputError(
            "change.dates", "{dates} are not two days: write them as 2025-07-31.", dates=" and ".join(texts)
        ) from error
    if later <= earlier:
        raise InputError("change.order", "The second day must be after the first; {dates}.", dates=" and ".join(texts))
    return earlier, later
