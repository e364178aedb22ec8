"""The end of a run: the crowns of all tiles become one edit, beside the crowns that people have decided on."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from inference.crowns.crown import Crown
from inference.crowns.edits import CrownEdit
from inference.jobs import CancelToken, JobContext, Progress
from inference.pipeline.merge import MergeRules, drop_known, merge_seams
from inference.plot.plot import Plot
from inference.project.store import Project, RunRecord, StagedCrown
from inference.segment.simplify import simplify_crowns

ObjectArray = npt.NDArray[np.object_]

_STEPS = 4


@dataclass(frozen=True, slots=True)
class PlotRules:
    """What the pipeline does with any segmenter's crowns.

    Attributes:
        merge: when two outlines are the same crown, and whether overlaps are trimmed.
        min_hole_m2: smaller holes in a crown are filled.
        simplify_cells: how far outlines are straightened at the end, see `simplify_crowns`; 0 keeps the cells' steps.
    """

    merge: MergeRules = field(default_factory=MergeRules)
    min_hole_m2: float = 4.0
    simplify_cells: float = 1.25


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a run's proposals.

    Attributes:
        crowns: new crowns in the project.
        edge_crowns: those of them that the mosaic's edge cuts.
        replaced: crowns of earlier runs that gave way.
        kept: crowns that stayed because a person decided on them, or because they lie outside the area of interest.
        already_known: proposals dropped because such a crown, or one that a person deleted, stands there.
    """

    crowns: int
    edge_crowns: int
    replaced: int
    kept: int
    already_known: int

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> "Outcome":
        """From a run's recorded summary."""
        return cls(**{item.name: facts[item.name] for item in fields(cls)})


@dataclass(frozen=True, slots=True)
class _Earlier:
    """The crowns that are there before a run ends: those that give way, those that stay, those a person deleted."""

    replaced: tuple[Crown, ...]
    stays: tuple[Crown, ...]
    deleted: tuple[Crown, ...]


def conclude(
    plot: Plot, project: Project, ctx: JobContext, run: RunRecord, cell_crs: float, rules: PlotRules
) -> Outcome:
    """Merge what all tiles gave, straighten the outlines and write them as one step of the history.

    Args:
        plot: for its area of interest.
        project: holds the staged crowns and gets the edit.
        ctx: gets the progress of the stage "merge".
        run: the run that ends.
        cell_crs: side of the working cells in CRS units.
        rules: how crowns are put together.

    Raises:
        Cancelled: the user stopped it; staged crowns are kept.
        EditConflict: crowns that give way were changed while this ran; resume the run.
    """
    done = 0

    def step() -> None:
        nonlocal done
        ctx.cancel.check()
        ctx.on_progress(Progress("merge", done, _STEPS))
        done += 1

    step()
    staged = project.staged(run.run_id)
    scores = np.array([crown.score for crown in staged], dtype=np.float64)
    merged, outlines = merge_seams(_outlines(staged), scores, rules.merge, ctx.cancel)
    step()
    project.refresh()
    earlier = _earlier(project, plot)
    fresh, outlines = _drop_known(outlines, earlier, rules.merge, ctx.cancel)
    step()
    outlines = simplify_crowns(outlines, cell_crs, rules.simplify_cells, ctx.cancel)
    step()
    chosen = [staged[index] for index in merged[fresh]]
    added = _crowns(project, run, chosen, outlines)
    outcome = Outcome(
        crowns=len(added),
        edge_crowns=sum(crown.edge for crown in added),
        replaced=len(earlier.replaced),
        kept=len(earlier.stays),
        already_known=len(merged) - len(added),
    )
    count = "1 crown" if len(added) == 1 else f"{len(added)} crowns"
    edit = CrownEdit(f"Segment plot with {run.model_id}: {count}", earlier.replaced, added)
    project.finish_run(run.run_id, edit, asdict(outcome))
    ctx.on_progress(Progress("merge", _STEPS, _STEPS))
    return outcome


def _earlier(project: Project, plot: Plot) -> _Earlier:
    """Untouched crowns of earlier runs give way; outside the area of interest they stay."""
    crowns = project.table.crowns()
    auto = [crown for crown in crowns if crown.review == "auto"]
    inside = np.ones(len(auto), dtype=bool)
    if plot.aoi is not None and auto:
        shapely.prepare(plot.aoi)
        inside = shapely.intersects(plot.aoi, shapely.point_on_surface(_outlines(auto)))
    replaced = tuple(crown for crown, is_inside in zip(auto, inside, strict=True) if is_inside)
    gone = {crown.tree_id for crown in replaced}
    return _Earlier(
        replaced,
        tuple(crown for crown in crowns if crown.review != "deleted" and crown.tree_id not in gone),
        tuple(crown for crown in crowns if crown.review == "deleted"),
    )


def _drop_known(
    outlines: ObjectArray, earlier: _Earlier, merge: MergeRules, cancel: CancelToken
) -> tuple[npt.NDArray[np.int64], ObjectArray]:
    """Indexes of the outlines that are new, and the outlines cut back where crowns that stay are."""
    # What was deleted is no crown: a proposal for it goes, but its neighbours lose nothing to it, and the trees inside
    # one that was deleted because it was too large are welcome.
    same_only = MergeRules(merge.iou_max, containment_max=math.inf, trim=False)
    alive, outlines = drop_known(outlines, _outlines(earlier.deleted), same_only, cancel)
    fresh, outlines = drop_known(outlines, _outlines(earlier.stays), merge, cancel)
    return alive[fresh], outlines


def _crowns(
    project: Project, run: RunRecord, chosen: Sequence[StagedCrown], outlines: ObjectArray
) -> tuple[Crown, ...]:
    crowns = []
    for tree_id, staged, outline in zip(_ids(project, run.run_id, len(chosen)), chosen, outlines, strict=True):
        species = max(staged.species_hints, key=lambda name: staged.species_hints[name], default=None)
        crowns.append(
            Crown(
                tree_id,
                outline,
                score=staged.score,
                species=species,
                species_score=None if species is None else staged.species_hints[species],
                edge=staged.edge,
                run_id=run.run_id,
            )
        )
    return tuple(crowns)


def _ids(project: Project, run_id: str, count: int) -> range:
    """The run's tree ids: fresh ones, or those that it took before it was killed while writing."""
    key = f"run_ids/{run_id}"
    noted = project.meta(key)
    if noted is not None:
        first, taken = map(int, noted.split())
        if taken == count:
            return range(first, first + count)
    ids = project.take_ids(count)
    project.set_meta(key, f"{ids.start} {count}")
    return ids


def _outlines(crowns: Sequence[Crown] | Sequence[StagedCrown]) -> ObjectArray:
    array = np.empty(len(crowns), dtype=object)
    array[:] = [crown.outline for crown in crowns]
    return array
