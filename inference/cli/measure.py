"""`birchtree measure`: height, area, diameter, DBH, biomass and, with a trait model, species of each crown."""

import argparse
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from inference.cli import many, options, plots
from inference.cli.control import cancellable
from inference.cli.output import Output
from inference.cli.plot_lists import is_one_file, project_paths
from inference.cli.scheduling import Hands, hands_of
from inference.crowns.height_choice import PREFERENCES
from inference.errors import InputError
from inference.jobs import JobContext
from inference.project.naming import plot_name

if TYPE_CHECKING:
    from inference.pipeline.measure_plot import MeasureSummary
    from inference.pipeline.measure_runs import TraitOptions, TraitSummary
    from inference.plot.plot import Plot
    from inference.project.store import Project
    from inference.traits.base import TraitModel
    from inference.traits.height_from_crown import HeightEquations

_MOST_SPECIES = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The plot, the model, and what to measure again."""
    parser.add_argument(
        "plots",
        type=Path,
        nargs="+",
        metavar="PLOT.birch.gpkg",
        help="the plot's project file; or many: several of them, a folder, or a list (CSV with a column output)",
    )
    parser.add_argument(
        "--model",
        metavar="ID",
        help="trait model that reads height and species from pictures: by default the one that comes with BirchTree, "
        "none for no model",
    )
    parser.add_argument("--all", action="store_true", help="measure every crown again, not only new and changed ones")
    parser.add_argument("--resume", action="store_true", help="with --model: go on with a run that was interrupted")
    parser.add_argument(
        "--height",
        choices=PREFERENCES,
        help="which height a row reports; auto: the CHM above a DTM, else a model that fits the plot, else the CHM",
    )
    parser.add_argument("--top-k", type=int, metavar="N", help="with --model: species listed per crown (5)")
    parser.add_argument(
        "--allometry", metavar="ID", help="equation for DBH and biomass; `measure PLOT --allometry list` shows them"
    )
    parser.add_argument(
        "--height-table", type=Path, metavar="FILE", help="also tell heights from crown radii by the equations in FILE"
    )
    options.add_scheduler(parser)
    options.add_json(parser)
    options.add_progress(parser)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is the same for all plots of a command line."""

    model: "TraitModel | None"
    model_is_asked_for: bool
    asked: "TraitOptions"
    # The crowns of a run that goes on were measured when it began.
    again: bool
    allometry: str | None
    equations: "HeightEquations | None"


@dataclass(frozen=True, slots=True)
class _Project:
    """One of many."""

    path: Path

    @property
    def name(self) -> str:
        """For a person."""
        return plot_name(self.path)


def run(arguments: argparse.Namespace, output: Output) -> None:
    """Measure crowns whose outline is new or changed."""
    from inference.crowns import allometry
    from inference.traits.height_from_crown import read_equations

    if arguments.allometry == "list":
        output.result({"allometries": list(allometry.available())}, "\n".join(allometry.available()))
        return
    model_id = _model_id(arguments)
    asked = _trait_options(arguments, model_id)
    equations = None if arguments.height_table is None else read_equations(arguments.height_table)
    is_one = is_one_file(arguments.plots)
    paths = arguments.plots if is_one else project_paths(arguments.plots)
    output.event("start", command="measure")
    model = _loaded(model_id)
    again = arguments.all and not arguments.resume
    wish = _Wish(model, arguments.model is not None, asked, again, arguments.allometry, equations)
    try:
        with (
            cancellable(listen_on_stdin=arguments.progress == "json") as token,
            hands_of(arguments, token, output) as hands,
        ):
            if is_one:
                output.result(*_measured(paths[0], wish, JobContext(output.progress, token), hands, output))
                return
            ends = many.do_all(
                [_Project(path) for path in paths],
                lambda task, context, voice: _measured(task.path, wish, context, hands, voice),
                output,
                token,
                at_once=hands.plots_at_once,
            )
    finally:
        if model is not None:
            model.close()
    many.conclude(ends, output)


def _measured(path: Path, wish: _Wish, context: JobContext, hands: Hands, output: Output) -> many.Result:
    """Measure one plot; facts and sentences."""
    from inference.evaluation.crown_heights import heights_from_crowns
    from inference.pipeline.measure_plot import measure_plot
    from inference.plot.plot import Plot
    from inference.project.store import Project

    with Project.open(path) as project, Plot.open(project.locate_rasters()) as plot:
        plots.tell_findings(plot, output)
        if wish.asked.resume:
            plots.tell_resume(project, "measure", output)
        summary = measure_plot(
            plot,
            project,
            context,
            again=wish.again,
            allometry_id=wish.allometry,
            preference=wish.asked.preference,
            crew=hands.crew,
        )
        model = wish.model
        reads = model is not None and _suits(model, plot, output, is_asked=wish.model_is_asked_for)
        read = _read(plot, project, model, wish.asked, summary, context, hands, output) if model and reads else None
        baseline = None if wish.equations is None else heights_from_crowns(project.table, wish.equations)
    facts, sentences = summary.facts(), [summary.sentence()]
    for name, part in (("traits", read), ("heights_from_crowns", baseline)):
        if part is not None:
            facts[name] = part.facts()
            sentences.append(part.sentence())
    return facts, "\n".join(sentences)


def _model_id(arguments: argparse.Namespace) -> str | None:
    """The model that was asked for, else the one that comes with the program."""
    from inference.traits import registry

    if arguments.model is None:
        return registry.default_id()
    return None if arguments.model == registry.NONE else str(arguments.model)


def _suits(model: "TraitModel", plot: "Plot", output: Output, *, is_asked: bool) -> bool:
    """Whether a model that nobody asked for may run: not where the pixels are too coarse for it to see anything."""
    from inference.pipeline.measure_traits import COARSER

    if is_asked or plot.gsd_m <= COARSER * model.card.gsd_m:
        return True
    output.say(
        f"{model.card.id} tells no species here: it needs pixels of {100 * COARSER * model.card.gsd_m:.0f} cm or less, "
        f"and these have {100 * plot.gsd_m:.0f} cm."
    )
    return False


def _trait_options(arguments: argparse.Namespace, model_id: str | None) -> "TraitOptions":
    from inference.pipeline.measure_runs import TraitOptions

    top_k = 5 if arguments.top_k is None else arguments.top_k
    if model_id is None and (arguments.resume or arguments.top_k is not None):
        raise InputError(
            "measure.no_model",
            "{option} belongs to a run of a trait model. Name one with --model; `birchtree models list` shows them.",
            option="--resume" if arguments.resume else "--top-k",
        )
    if not 1 <= top_k <= _MOST_SPECIES:
        raise InputError(
            "measure.top_k", "--top-k takes a number from 1 to {most}, not {found}.", most=_MOST_SPECIES, found=top_k
        )
    return TraitOptions(again=arguments.all, resume=arguments.resume, top_k=top_k, preference=arguments.height)


def _loaded(model_id: str | None) -> "TraitModel | None":
    """The model, before the plot is opened: a missing one is told at once."""
    if model_id is None:
        return None
    from inference.traits.registry import make_trait_model

    return make_trait_model(model_id)


def _read(
    plot: "Plot",
    project: "Project",
    model: "TraitModel",
    asked: "TraitOptions",
    measured: "MeasureSummary",
    context: JobContext,
    hands: Hands,
    output: Output,
) -> "TraitSummary":
    from inference.pipeline.measure_traits import measure_traits, plot_findings

    for found in plot_findings(plot, project, model.card):
        plots.tell(found, output)
    return measure_traits(plot, project, model, context, replace(asked, allometry_id=measured.allometry), hands.crew)
