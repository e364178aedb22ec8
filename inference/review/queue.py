"""Makes the review queue of a plot: gathers the evidence, ranks, filters and draws control crowns; for a thread."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from inference.crowns.records import Control
from inference.crowns.table import CrownTable
from inference.jobs import CancelToken
from inference.plot.grid import Grid
from inference.review.evidence import Evidence, Measured, gather
from inference.review.order import EVERY, Entry, arrange, draw
from inference.review.ranking import Ranking, Reason, rank
from inference.review.standing import SAMPLE, proposals
from inference.review.state import ReviewState

if TYPE_CHECKING:
    from inference.plot.plot import Plot
    from inference.project.runs import RunRecord

# From here on a species counts as unsure for the filter.
_UNSURE_FROM = 0.4


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """The crowns to look at, in order.

    Attributes:
        entries: ranked crowns and control crowns.
        ranking: the ranked ones with their signals.
    """

    entries: tuple[Entry, ...]
    ranking: Ranking

    def __len__(self) -> int:
        return len(self.entries)

    def reasons(self, entry: Entry) -> tuple[Reason, ...]:
        """Why a crown is in the queue; empty for one that was only drawn for control."""
        return () if entry.rank is None else self.ranking.reasons(entry.rank)

    def expected(self, entry: Entry) -> float | None:
        """How likely it is wrong, 0..1; None for one that was only drawn for control."""
        return None if entry.rank is None else float(self.ranking.expected[entry.rank])


def make_queue(
    table: CrownTable,
    state: ReviewState,
    controls: Iterable[Control] = (),
    *,
    seams: Measured | None = None,
    peaks: Measured | None = None,
    every: int = EVERY,
) -> ReviewQueue:
    """Rank the crowns that pass the filters.

    Control crowns are drawn from all proposals that nobody looked at, and only while the whole plot is reviewed: of a
    part of it they would tell nothing about the rest.

    Args:
        table: the crowns; a thread's own.
        state: filters, what was looked at, and the seed of the draw.
        controls: crowns that were drawn before.
        seams, peaks: see `evidence.gather`.
        every: one crown in so many is a control crown.
    """
    seen = gather(table, seams=seams, peaks=peaks, also=state.looked)
    decided = np.isin(seen.ids, np.array(sorted(state.looked), np.int64)) & ~seen.proposed
    ranking = rank(seen, decided=decided)
    wanted = _wanted(seen, ranking, state)
    kept = rank_only(ranking, wanted)
    filters = state.filters
    drawn: list[int] = []
    if filters.where == "plot" and not filters.only_unsure_species:
        drawn = _drawn(table, state, controls)
    return ReviewQueue(arrange(kept.ids, drawn, every), kept)


def rank_only(ranking: Ranking, wanted: npt.NDArray[np.bool_]) -> Ranking:
    """The crowns of a ranking for which `wanted` holds, (N,) in its order."""
    return replace(ranking, ids=ranking.ids[wanted], expected=ranking.expected[wanted], places=ranking.places[wanted])


def seams_of(table: CrownTable, plot: "Plot", runs: Sequence["RunRecord"]) -> Measured | None:
    """Distances to the seams of the run that proposed the crowns last; None when its tiles cannot be told."""
    from inference.pipeline.tiling import plan_tiles
    from inference.review.seams import distances, seam_lines
    from inference.segment.registry import cards

    used = {run for run in table.column("run_id").tolist() if run is not None}
    latest = next((run for run in reversed(runs) if run.run_id in used and run.task == "segment"), None)
    card = None if latest is None else next((one for one in cards() if one.id == latest.model_id), None)
    if latest is None or card is None:
        return None
    here = np.asarray(table.column("run_id") == latest.run_id, bool)
    return distances(table.ids[here], table.outlines[here], seam_lines(plan_tiles(plot, card)), plot.unit_m)


def peaks_of(table: CrownTable, plot: "Plot", cancel: CancelToken) -> Measured | None:
    """Second tops of all crowns, rejected ones too; see `peaks_in`."""
    return peaks_in(table.ids, table.outlines, plot, cancel)


def peaks_in(
    ids: npt.NDArray[np.int64], outlines: npt.NDArray[np.object_], plot: "Plot", cancel: CancelToken
) -> Measured | None:
    """Second tops of some crowns (`peaks.second_peaks`); None for a plot without elevation.

    Args:
        ids: (N,) ascending.
        outlines: (N,) polygons in the plot CRS.
        plot: with its heights.
        cancel: stops in the middle.

    Raises:
        RasterError: the DSM is damaged.
        Cancelled: by the token.
    """
    from inference.pipeline.heights import chm_grid
    from inference.review.peaks import CELL_M, second_peaks

    if plot.elevation is None:
        return None
    grid = chm_grid(plot.elevation, plot.unit_m)
    times = max(1, round(CELL_M / plot.unit_m / grid.cell_crs))
    grid = Grid(grid.crs_wkt, grid.left_crs, grid.top_crs, grid.cell_crs * times, 1, 1)
    return second_peaks(ids, outlines, plot.elevation, grid, plot.unit_m, cancel)


def _wanted(seen: Evidence, ranking: Ranking, state: ReviewState) -> npt.NDArray[np.bool_]:
    """(N,) which ranked crowns pass the filters, in the order of the ranking."""
    filters = state.filters
    wanted = np.ones(len(ranking), bool)
    if filters.only_proposed:
        wanted &= seen.proposed[ranking.places]
    if filters.only_unsure_species:
        doubt = np.fmax(ranking.value("species"), ranking.value("unlike") * seen.species_told[ranking.places])
        wanted &= np.nan_to_num(doubt) >= _UNSURE_FROM
    if filters.where != "plot":
        wanted &= np.isin(ranking.ids, np.array(filters.ids, np.int64))
    return wanted


def _drawn(table: CrownTable, state: ReviewState, controls: Iterable[Control]) -> list[int]:
    """All that may be drawn: the queue takes as many as it has room for, each unless it was shown already by then."""
    known = {control.tree_id for control in controls if control.sample == SAMPLE}
    review = table.column("review")
    open_to = proposals(table) & table.visible & np.asarray((review == "auto") | (review == "accepted"), bool)
    open_to &= ~np.isin(table.ids, np.array(sorted(state.looked | known), np.int64))
    ids, scores = table.ids[open_to], np.asarray(table.column("score"), np.float64)[open_to]
    return draw(ids, scores, len(ids), state.seed)
