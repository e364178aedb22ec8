"""Starting a run, or going on with one that was interrupted."""

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import inference
from inference.clock import now
from inference.errors import InputError
from inference.pipeline.tiling import TilePlan
from inference.plot.plot import Plot
from inference.project.store import Project, RunRecord
from inference.segment.base import Segmenter

TASK = "segment"


@dataclass(frozen=True, slots=True)
class Begun:
    """A run that is under way or over.

    Attributes:
        record: what the project holds about it.
        done_tiles: tiles finished in an earlier, interrupted session.
        is_over: there is nothing left to do.
    """

    record: RunRecord
    done_tiles: frozenset[int]
    is_over: bool = False


def describe(plan: Sequence[TilePlan], settings: Mapping[str, object]) -> dict[str, object]:
    """The plan of a run as it is recorded and compared: how the plot was cut, and how tiles are put together."""
    cores = json.dumps([tile.core_crs for tile in plan]).encode()
    return {"tiles": len(plan), "cores": hashlib.sha256(cores).hexdigest()[:32], **settings}


def begin(project: Project, plot: Plot, segmenter: Segmenter, plan: Mapping[str, object], *, resume: bool) -> Begun:
    """Record a new run, or find the one to go on with.

    A run that was interrupted (also by a crash or a cancel) goes on when `resume` is set; without it, what its tiles
    gave is thrown away. With `resume` and a finished run of the same settings nothing is left to do.

    Raises:
        InputError: the interrupted run was made from other rasters, with another model or other parameters.
    """
    wanted = RunRecord(
        run_id=uuid.uuid4().hex[:12],
        task=TASK,
        model_id=segmenter.card.id,
        parameters=plain(segmenter.parameters),
        plan=plain(plan),
        sources_key=plot.content_key(),
        started_at=now(),
        app_version=inference.__version__,
    )
    earlier = [run for run in project.runs() if run.task == TASK]
    latest = earlier[-1] if earlier else None
    if resume and latest is not None:
        changed = difference(latest, wanted)
        if latest.state != "done":
            if changed is not None:
                raise changed
            project.set_run_state(latest.run_id, "running")
            return Begun(latest, frozenset(project.staged_tiles(latest.run_id)))
        if changed is None:
            return Begun(latest, frozenset(), is_over=True)
    for run in earlier:
        if run.state != "done":
            project.drop_staged(run.run_id)
            project.set_run_state(run.run_id, "cancelled")
    project.create_run(wanted)
    return Begun(wanted, frozenset())


def difference(earlier: RunRecord, wanted: RunRecord) -> InputError | None:
    """Why a run cannot go on, as an error to raise."""
    if earlier.sources_key != wanted.sources_key:
        return InputError(
            "run.sources_changed",
            "The interrupted run cannot go on: the orthomosaic, DSM, DTM or area of interest has changed since it "
            "began ({started}). Run again without --resume.",
            started=earlier.started_at,
        )
    if earlier.model_id != wanted.model_id:
        return InputError(
            "run.model_changed",
            "The interrupted run was made with the model {before}, not {now}. Resume it with --model {before}, or run "
            "again without --resume.",
            before=earlier.model_id,
            now=wanted.model_id,
        )
    before, now = earlier.parameters, wanted.parameters
    changed = sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
    if changed:
        return InputError(
            "run.parameters_changed",
            "The interrupted run was made with other parameters ({changed}). Give the same ones to resume it, or run "
            "again without --resume.",
            changed=", ".join(
                f"{name} {earlier.parameters.get(name)} → {wanted.parameters.get(name)}" for name in changed
            ),
        )
    if earlier.plan != wanted.plan:
        return InputError(
            "run.plan_changed",
            "The interrupted run cut the plot into tiles in another way (it was made by version {before}, this is "
            "{now}). Run again without --resume.",
            before=earlier.app_version,
            now=wanted.app_version,
        )
    return None


def plain(value: Mapping[str, object]) -> dict[str, object]:
    """As it comes back from the project file, so that it compares equal."""
    plain: dict[str, object] = json.loads(json.dumps(dict(value)))
    return plain
