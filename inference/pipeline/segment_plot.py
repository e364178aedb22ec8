"""Outline every crown of a plot: tile by tile into the project file, then merged into one edit."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass

from inference.errors import Cancelled, InputError
from inference.jobs import JobContext
from inference.models.card import ModelCard
from inference.pipeline import conclusion, runs
from inference.pipeline.conclusion import Outcome, PlotRules
from inference.pipeline.crew import Crew
from inference.pipeline.tile_work import outlined_here
from inference.pipeline.tiling import TilePlan, plan_tiles
from inference.plot.plot import Plot
from inference.project.store import Project
from inference.segment import registry
from inference.segment.base import Segmenter

__all__ = ["PlotRules", "RunSummary", "segment_plot"]

_COARSEST_M = 2.0


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run came to.

    Attributes:
        run_id, model_id: which run.
        tiles, resumed_tiles: tiles of the plan, and those that an interrupted session had finished.
        outcome: what became of the proposals.
    """

    run_id: str
    model_id: str
    tiles: int
    resumed_tiles: int
    outcome: Outcome

    @property
    def crowns(self) -> int:
        """New crowns in the project."""
        return self.outcome.crowns

    def facts(self) -> dict[str, object]:
        """For JSON and the run's record."""
        facts = {"run_id": self.run_id, "model": self.model_id, "tiles": self.tiles, **asdict(self.outcome)}
        return {**facts, "resumed_tiles": self.resumed_tiles}


def segment_plot(
    plot: Plot,
    project: Project,
    segmenter: Segmenter,
    ctx: JobContext,
    *,
    resume: bool = False,
    rules: PlotRules | None = None,
    crew: Crew | None = None,
) -> RunSummary:
    """Run a segmenter over a plot.

    Each tile's crowns are in the project file as soon as it is done (`Project.staged`). At the end they are merged and
    replace, as one step of the history, the untouched crowns of earlier runs inside the area; crowns that a person
    accepted, edited, added or deleted stay as they are, and proposals for them are dropped. The result depends on the
    rasters, the model and the parameters alone: an interrupted and resumed run gives the same crowns, ids included.

    Args:
        plot: the survey.
        project: where crowns go.
        segmenter: any model.
        ctx: gets the progress of the stages "ground", "segment" and "merge"; its token stops the run.
        resume: go on with an interrupted run; begins a new one when there is none.
        rules: how tiles are put together.
        crew: outlines the tiles elsewhere (`inference.fleet`), with the same crowns; None for this process.

    Raises:
        ModelError: see `check_plot`.
        InputError: see `check_plot`; or there is no data inside the area of interest; or `resume`, and rasters, model
            or parameters are not those of the interrupted run.
        Cancelled: the user stopped it; finished tiles are kept.
        RasterError, ProjectError: a file cannot be read or written.
    """
    rules = rules or PlotRules()
    check_plot(plot, segmenter.card)
    plan = plan_tiles(plot, segmenter.card)
    if not plan:
        raise InputError(
            "run.no_area",
            "There is nothing to outline: the area of interest does not meet the part of the orthomosaic with data.",
        )
    begun = runs.begin(project, plot, segmenter, runs.describe(plan, asdict(rules)), resume=resume)
    run = begun.record
    if begun.is_over:
        return RunSummary(run.run_id, run.model_id, len(plan), len(plan), Outcome.from_facts(run.summary))
    try:
        _prepare_ground(plot, ctx)
        _do_tiles(plot, project, segmenter, ctx, plan, begun, rules, crew)
        outcome = conclusion.conclude(plot, project, ctx, run, segmenter.card.gsd_m / plot.unit_m, rules)
        return RunSummary(run.run_id, run.model_id, len(plan), len(begun.done_tiles), outcome)
    except Cancelled:
        project.set_run_state(run.run_id, "cancelled")
        raise


def check_plot(plot: Plot, card: ModelCard) -> None:
    """Say before a run, and before a project file is made for it, that the model cannot work on this plot.

    Satellite scenes are refused: their area is vast, and no crown is larger than a few of their pixels.

    Raises:
        ModelError: the model needs a DSM and there is none.
        InputError: the pixels are larger than crowns.
    """
    registry.check_requirements(card, has_dsm=plot.elevation is not None)
    if plot.gsd_m > _COARSEST_M:
        raise InputError(
            "run.too_coarse",
            "Crowns cannot be outlined in {name}: each of its pixels covers {gsd} m on the ground. Use an orthomosaic "
            "with pixels of {limit} m or less; 0.1 m or finer is best.",
            name=plot.sources.ortho.name,
            gsd=f"{plot.gsd_m:.3g}",
            limit=_COARSEST_M,
        )


def _prepare_ground(plot: Plot, ctx: JobContext) -> None:
    """Estimate the ground before the first tile, where there is no DTM: with progress, and stoppable."""
    if plot.elevation is not None and plot.elevation.source == "DSM-est":
        plot.elevation.prepare_ground(ctx.on_progress, ctx.cancel)


def _do_tiles(
    plot: Plot,
    project: Project,
    segmenter: Segmenter,
    ctx: JobContext,
    plan: Sequence[TilePlan],
    begun: runs.Begun,
    rules: PlotRules,
    crew: Crew | None,
) -> None:
    left = [planned for planned in plan if planned.index not in begun.done_tiles]
    work = outlined_here if crew is None else crew.outline
    with closing(work(plot, segmenter, rules, left, ctx.cancel)) as tiles:
        tracked = ctx.track(tiles, stage="segment", total=len(plan), already_done=len(plan) - len(left))
        for index, crowns in tracked:
            project.stage_tile(begun.record.run_id, index, crowns)
