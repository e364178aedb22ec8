"""`birchtree measure`: height, area, diameter, DBH, biomass and, with a trait model, species of each crown."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from inference.cli import options, plots
from inference.cli.control import cancellable
from inference.cli.output import Output
from inference.crowns.height_choice import PREFERENCES
from inference.errors import InputError
from inference.jobs import JobContext

if TYPE_CHECKING:
    from inference.pipeline.measure_plot import MeasureSummary
    from inference.pipeline.measure_runs import TraitOptions, TraitSummary
    from inference.plot.plot import Plot
    from inference.project.store import Project
    from inference.traits.base import TraitModel

_MOST_SPECIES = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The plot, the model, and what to measure again."""
    options.add_plot(parser)
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
    options.add_json(parser)
    options.add_progress(parser)


def run(arguments: argparse.Namespace, output: Output) -> None:
    """Measure crowns whose outline is new or changed."""
    from inference.crowns import allometry
    from inference.evaluation.crown_heights import heights_from_crowns
    from inference.pipeline.measure_plot import measure_plot
    from inference.plot.plot import Plot
    from inference.project.store import Project
    from inference.traits.height_from_crown import read_equations

    if arguments.allometry == "list":
        output.result({"allometries": list(allometry.available())}, "\n".join(allometry.available()))
        return
    model_id = _model_id(arguments)
    asked = _trait_options(arguments, model_id)
    equations = None if arguments.height_table is None else read_equations(arguments.height_table)
    output.event("start", command="measure")
    model = _loaded(model_id)
    try:
        with (
            Project.open(arguments.plot) as project,
            Plot.open(project.locate_rasters()) as plot,
            cancellable(listen_on_stdin=arguments.progress == "json") as token,
        ):
            plots.tell_findings(plot, output)
            context = JobContext(output.progress, token)
            summary = measure_plot(
                plot,
                project,
                context,
                # The crowns of a run that goes on were measured when it began.
                again=arguments.all and not arguments.resume,
                allometry_id=arguments.allometry,
                preference=arguments.height,
            )
            reads = model is not None and _suits(model, plot, output, is_asked=arguments.model is not None)
            read = _read(plot, project, model, asked, summary, context, output) if model and reads else None
            baseline = None if equations is None else heights_from_crowns(project.table, equations)
    finally:
        if model is not None:
            model.close()
    facts, sentences = summary.facts(), [summary.sentence()]
    for name, part in (("traits", read), ("heights_from_crowns", baseline)):
        if part is not None:
            facts[name] = part.facts()
            sentences.append(part.sentence())
    output.result(facts, "\n".join(sentences))


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
    output: Output,
) -> "TraitSummary":
    from inference.pipeline.measure_traits import measure_traits, plot_findings

    for found in plot_findings(plot, project, model.card):
        plots.tell(found, output)
    return measure_traits(plot, project, model, context, replace(asked, allometry_id=measured.allometry))
