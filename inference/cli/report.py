"""`birchtree report`: what the crowns of a plot add up to, as a web page or a PDF."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from inference.cli import options
from inference.cli.control import cancellable
from inference.cli.output import Output
from inference.jobs import JobContext

if TYPE_CHECKING:
    from inference.report.collect import PlotReport

# As `inference.report.area.CHOICES`, which would load rasterio for every `--help`.
_AREAS = ("auto", "aoi", "complete", "valid")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The plot, where to write, and what about."""
    options.add_plot(parser)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="REPORT", help="report.html or report.pdf")
    parser.add_argument(
        "--over",
        choices=_AREAS,
        default="auto",
        help="which area trees are counted in: the area of interest, the complete areas or all data "
        "(auto: the area of interest where the plot has one, else all data)",
    )
    parser.add_argument("--aoi", type=Path, metavar="FILE", help="count inside these polygons instead")
    parser.add_argument("--truth", type=Path, metavar="FILE", help="true crowns to measure the accuracy with")
    parser.add_argument("--reviewed-only", action="store_true", help="only crowns that a person accepted or drew")
    parser.add_argument("--language", default="en", help="language of the report: en, es or fr (en)")
    parser.add_argument("--decimal-mark", choices=(".", ","), help="of numbers, instead of the language's own")
    options.add_json(parser)
    options.add_progress(parser)


def run(arguments: argparse.Namespace, output: Output) -> None:
    """Collect, draw and write."""
    from inference.report.collect import ReportOptions
    from inference.report.wording import wording
    from inference.report.writing import check_name, write_report

    check_name(arguments.output)
    words = wording(arguments.language, decimal_mark=arguments.decimal_mark)
    asked = ReportOptions(arguments.over, arguments.aoi, arguments.truth, arguments.reviewed_only)
    output.event("start", command="report")
    with cancellable(listen_on_stdin=arguments.progress == "json") as token:
        context = JobContext(output.progress, token)
        written = write_report(arguments.plot, arguments.output, asked, words=words, context=context)
    output.result(written.facts(), f"Report: {written.path}\n{_sentence(written.report)}")


def _sentence(report: "PlotReport") -> str:
    stand = report.stand
    text = f"{stand.trees} trees, {stand.trees_per_ha:.0f} per hectare over {stand.area_m2 / 10_000:.2f} ha"
    if stand.cover is not None:
        text += f", canopy cover {100 * stand.cover:.0f} %"
    if stand.crown_weighted_height_m is not None:
        text += f", mean height (by crown area) {stand.crown_weighted_height_m:.1f} m"
    return text + "."
