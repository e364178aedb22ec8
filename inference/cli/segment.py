"""`birchtree segment`: outline every crown of a plot, or of many."""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inference.cli import many, options, plots
from inference.cli.control import cancellable
from inference.cli.output import Output
from inference.cli.plot_lists import PlotTask, is_one_file, plot_tasks
from inference.cli.scheduling import Hands, hands_of
from inference.errors import InputError
from inference.jobs import JobContext

if TYPE_CHECKING:
    from inference.pipeline.segment_plot import RunSummary


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Rasters, model, output, and how to go on."""
    parser.add_argument(
        "ortho",
        type=Path,
        nargs="+",
        metavar="ORTHO",
        help="orthomosaic (GeoTIFF); or many: several of them, a folder, or a list (CSV with a column ortho)",
    )
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
    parser.add_argument(
        "-o", "--output", type=Path, metavar="PLOT.birch.gpkg", help="the plot's file; of many plots, their folder"
    )
    parser.add_argument("--resume", action="store_true", help="go on with a run that was interrupted")
    options.add_scheduler(parser)
    options.add_json(parser)
    options.add_progress(parser)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is the same for all plots of a command line."""

    model: str | None
    overrides: Mapping[str, str]
    resume: bool


def run(arguments: argparse.Namespace, output: Output) -> None:
    """Open the plot, check that the model can work on it, run it tile by tile, merge the seams."""
    wish = _Wish(arguments.model, _overrides(arguments.parameters), arguments.resume)
    is_one = is_one_file(arguments.ortho)
    if is_one:
        tasks: tuple[PlotTask, ...] = (_one(arguments),)
    else:
        _refuse_for_many(arguments)
        tasks = plot_tasks(arguments.ortho, arguments.output)
    output.event("start", command="segment")
    with (
        cancellable(listen_on_stdin=arguments.progress == "json") as token,
        hands_of(arguments, token, output) as hands,
    ):
        if is_one:
            summary = _segment(tasks[0], wish, JobContext(output.progress, token), hands, output)
            output.result(summary.facts(), _sentence(summary, tasks[0].output))
            return
        _make_folder(arguments.output)

        def work(task: PlotTask, context: JobContext, voice: Output) -> many.Result:
            summary = _segment(task, wish, context, hands, voice)
            return summary.facts(), _sentence(summary, task.output)

        ends = many.do_all(tasks, work, output, token, at_once=hands.plots_at_once)
    many.conclude(ends, output)


def _segment(task: PlotTask, wish: _Wish, context: JobContext, hands: Hands, output: Output) -> "RunSummary":
    from inference.pipeline.segment_plot import check_plot, segment_plot
    from inference.plot.plot import Plot
    from inference.segment import registry

    with Plot.open(task.sources) as plot:
        plots.tell_findings(plot, output)
        model_id = wish.model or registry.default_id(has_dsm=plot.elevation is not None)
        segmenter = registry.make_segmenter(model_id, wish.overrides)
        check_plot(plot, segmenter.card)
        with plots.open_or_create(task.output, plot) as project:
            if wish.resume:
                plots.tell_resume(project, "segment", output)
            return segment_plot(plot, project, segmenter, context, resume=wish.resume, crew=hands.crew)


def _sentence(summary: "RunSummary", path: Path) -> str:
    return f"{summary.crowns} crowns outlined with {summary.model_id} in {path}"


def _one(arguments: argparse.Namespace) -> PlotTask:
    if arguments.output is None:
        raise InputError("segment.output", "Name the plot's file with -o, for example -o {name}.birch.gpkg.",
                         name=arguments.ortho[0].stem)  # fmt: skip
    arguments.ortho = arguments.ortho[0]
    return PlotTask(plots.sources_of(arguments), arguments.output)


def _refuse_for_many(arguments: argparse.Namespace) -> None:
    for name in ("dsm", "dtm", "aoi"):
        if getattr(arguments, name) is not None:
            raise InputError(
                "plots.one_raster",
                "--{name} belongs to one plot, and this command names many. Put it into a list (CSV) with the columns "
                "ortho, dsm, dtm, aoi and output.",
                name=name,
            )


def _make_folder(folder: Path | None) -> None:
    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            "plots.folder",
            "The folder {folder} for the plots cannot be made ({reason}). Choose another one with -o.",
            folder=folder,
            reason=error.strerror or error,
        ) from error


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
