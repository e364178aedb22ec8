"""Outline every crown of a plot: tile by tile into the project file, then merged into one edit."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt

from inference.errors import Cancelled, InputError
from inference.jobs import CancelToken, JobContext
from inference.models.card import ModelCard
from inference.pipeline import conclusion, proposals, runs
from inference.pipeline.conclusion import Outcome, PlotRules
from inference.pipeline.tiling import TilePlan, plan_tiles
from inference.plot.plot import Plot
from inference.plot.tile import Tile
from inference.project.store import Project, StagedCrown
from inference.segment import registry
from inference.segment.base import Segmenter

__all__ = ["PlotRules", "RunSummary", "segment_plot"]

# A source window of this size decodes in a third of a second or less, so a cancel is noticed in time.
_READ_AT_ONCE_PX = 32_000_000
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
        _do_tiles(plot, project, segmenter, ctx, plan, begun, rules)
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
) -> None:
    left = [planned for planned in plan if planned.index not in begun.done_tiles]
    # The next tile is read while this one is segmented; one ahead, so that memory does not grow with the plot.
    with ThreadPoolExecutor(1, thread_name_prefix="tile-reader") as reader:
        ahead = [reader.submit(read_tile, plot, planned, ctx.cancel) for planned in left[:1]]
        tracked = ctx.track(left, stage="segment", total=len(plan), already_done=len(plan) - len(left))
        for position, planned in enumerate(tracked, start=1):
            tile = ahead.pop().result()
            ahead += [reader.submit(read_tile, plot, coming, ctx.cancel) for coming in left[position : position + 1]]
            ctx.cancel.check()
            crowns: list[StagedCrown] = []
            if tile.valid.any():
                seen = segmenter.segment(tile, ctx.cancel)
                ctx.cancel.check()
                crowns = proposals.stage(
                    seen,
                    tile,
                    planned,
                    min_hole_m2=rules.min_hole_m2,
                    uses_elevation=segmenter.card.needs_dsm,
                )
            project.stage_tile(begun.record.run_id, planned.index, crowns)


def read_tile(plot: Plot, planned: TilePlan, cancel: CancelToken) -> Tile:
    """Read a tile, in strips where the orthomosaic is so fine that one read would outlast a cancel."""
    grid = planned.grid
    pixels_per_row = grid.width_px * (grid.cell_crs * plot.unit_m / plot.gsd_m) ** 2
    rows = max(32, int(_READ_AT_ONCE_PX / pixels_per_row))
    if rows >= grid.height_px:
        return plot.read_tile(planned.index, grid, planned.core_crs)
    strips = []
    for row0 in range(0, grid.height_px, rows):
        cancel.check()
        strip = grid.window(row0, 0, min(rows, grid.height_px - row0), grid.width_px)
        strips.append(plot.read_tile(planned.index, strip, planned.core_crs))
    first = strips[0]
    return Tile(
        index=planned.index,
        grid=grid,
        core_crs=planned.core_crs,
        rgb=np.concatenate([strip.rgb for strip in strips], axis=1),
        valid=np.concatenate([strip.valid for strip in strips]),
        inside=np.concatenate([strip.inside for strip in strips]),
        dsm_m=_stacked([strip.dsm_m for strip in strips]),
        chm_m=_stacked([strip.chm_m for strip in strips]),
        height_source=first.height_source,
        unit_m=first.unit_m,
    )


def _stacked(parts: Sequence[npt.NDArray[np.float32] | None]) -> npt.NDArray[np.float32] | None:
    known = [part for part in parts if part is not None]
    return np.concatenate(known) if known else None
