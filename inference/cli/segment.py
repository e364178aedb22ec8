"""`birchtree segment`: outline every crown of a plot."""

import argparse
from pathlib import Path

from inference.cli import options, plots
from inference.cli.control import cancellable
from inference.cli.output import Output
from inference.errors import InputError
from inference.jobs import JobContext


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Rasters, model, output, and how to go on."""
    parser.add_argument("ortho", type=Path, metavar="ORTHO", help="orthomosaic (GeoTIFF)")
    parser.add_argument("--dsm", type=Path, help="surface elevation (GeoTIFF, any grid and CRS)")
    parser.add_argument("--dtm", type=Path, help="ground elevation; estimated from the DSM when absent")
    parser.add_argument("--aoi", type=Path, help="polygons of the area to process (any vector file)")
    parser.add_argument("--model", metavar="ID", help="see `birchtree models list`; chosen by what the plot has")
    parser.add_argument(
        "--set",
        dest="parameters",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="change a parameter of the model, for example --set min_height_m=3",
    )
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="PLOT.birch.gpkg", help="the plot's file")
    parser.add_argument("--resume", action="store_true", help="go on with a run that was interrupted")
    options.add_json(parser)
    options.add_progress(parser)


def run(arguments: argparse.Namespace, output: Output) -> None:
    """Open the plot, check that the model can work on it, run it tile by tile, merge the seams."""
    from inference.pipeline.segment_plot import check_plot, segment_plot
    from inference.plot.plot import Plot
    from inference.segment import registry

    overrides = _overrides(arguments.parameters)
    output.event("start", command="segment")
    with Plot.open(plots.sources_of(arguments)) as plot:
        plots.tell_findings(plot, output)
        model_id = arguments.model or registry.default_id(has_dsm=plot.elevation is not None)
        segmenter = registry.make_segmenter(model_id, overrides)
        check_plot(plot, segmenter.card)
        with (
            plots.open_or_create(arguments.output, plot) as project,
            cancellable(listen_on_stdin=arguments.progress == "json") as token,
        ):
            summary = segment_plot(
                plot, project, segmenter, JobContext(output.progress, token), resume=arguments.resume
            )
    output.result(summary.facts(), f"{summary.crowns} crowns outlined with {model_id} in {arguments.output}")


def _overrides(words: list[str]) -> dict[str, str]:
    pairs = [word.partition("=") for word in words]
    for name, sign, _value in pairs:
        if not (name and sign):
            raise InputError(
                "segment.parameter",
                "A parameter is written NAME=VALUE, but {word} is not.",
                word=name or "=...",
            )
    return {name: value for name, _sign, value in pairs}
