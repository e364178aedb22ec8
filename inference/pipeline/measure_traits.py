"""Let a trait model read every crown of a plot: height, species, embedding; a run that can be stopped and resumed."""

import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from inference.crowns.allometry import DEFAULT_ID, Allometry
from inference.crowns.crown import Crown
from inference.crowns.edits import CrownEdit
from inference.crowns.height_choice import HeightRule
from inference.errors import Cancelled, EditConflict
from inference.jobs import JobContext, Progress
from inference.models.card import ModelCard
from inference.pipeline.crew import Crew
from inference.pipeline.crown_readings import read_here
from inference.pipeline.measure_rows import (
    RowRules,
    height_rule,
    is_foreign,
    remember_rule,
    rows_with_readings,
    update_rows,
)
from inference.pipeline.measure_runs import TraitOptions, TraitSummary, begin, record
from inference.pipeline.species_edit import is_confirmed, species_edit
from inference.plot.finding import Finding
from inference.plot.plot import Plot
from inference.project.readings import Reading, SpeciesFacts, TraitModelRecord
from inference.project.store import Project, now
from inference.traits.base import TraitModel
from inference.traits.crops import CropSize
from inference.traits.domain import domain_findings, strangers_have_heights

STAGE = "read crowns"
COARSER = 1.5  # beyond this factor of the model's cell size its heights are not reported on their own account

# What a killed process loses at most.
_COMMIT_S = 2.0
_COMMIT_CROWNS = 64
_TRIES = 3


@dataclass(slots=True)
class _Work:
    """A run under way: what was read and is not on disk yet, and counts."""

    run_id: str
    rules: RowRules
    waiting: list[tuple[Crown, Reading]] = field(default_factory=list)
    read: int = 0
    without_picture: int = 0
    committed_s: float = field(default_factory=time.monotonic)


def plot_findings(plot: Plot, project: Project, card: ModelCard) -> tuple[Finding, ...]:
    """Why a model's answers may not hold on this plot: coarser pixels, another site, species that it does not know."""
    species = {crown.species for crown in project.table.crowns() if crown.review != "deleted" and is_confirmed(crown)}
    return domain_findings(card, plot.gsd_m, species=sorted(name for name in species if name))


def measure_traits(
    plot: Plot,
    project: Project,
    model: TraitModel,
    ctx: JobContext,
    options: TraitOptions | None = None,
    crew: Crew | None = None,
) -> TraitSummary:
    """Read the crowns whose outline is new or changed since the model read them last.

    What is read is on disk within two seconds, heights in the rows with it. Species become one step of the history at
    the end ("Species by MODEL: 231 crowns"); crowns that a person named keep their name.

    Args:
        plot: gives the pictures.
        project: gives the crowns and gets readings, rows and the edit. Rows are measured before, see `measure_plot`.
        model: reads.
        ctx: gets the progress of the stage "read crowns"; its token stops the run within a second.
        options: how.
        crew: reads elsewhere (`inference.fleet`), with the same readings; None for this process.

    Raises:
        InputError: `resume`, and the rasters, the model or its parameters are not those of the interrupted run.
        ModelError: the model does not work here.
        Cancelled: the user stopped it; what was read is kept.
        RasterError, ProjectError: a file cannot be read or written.
    """
    options = options or TraitOptions()
    card = model.card
    project.refresh()
    project.readings.prune()
    project.readings.use_model(TraitModelRecord(card.id, model.model_key, card.title, card.to_json(), now()))
    rules = _rules(plot, project, card, options)
    visible = [crown for crown in project.table.crowns() if crown.review != "deleted"]
    run, again = begin(plot, project, model, options)
    held = project.readings.done(card.id, model.model_key, run_id=run.run_id if again else None)
    of_this_run = project.readings.done(card.id, model.model_key, run_id=run.run_id)
    wanted = [crown for crown in visible if crown.tree_id not in held]
    work = _Work(run.run_id, rules)
    if wanted or of_this_run or project.readings.facts(card.id, pending_only=True):
        record(project, run)
        try:
            _read(plot, project, model, ctx, wanted, work, options, len(of_this_run), crew)
            named = _name(project, card, work, len(of_this_run))
        except Cancelled:
            _commit(project, card, work)
            project.set_run_state(run.run_id, "cancelled")
            raise
    else:
        named = 0
    foreign = is_foreign(card, project.readings.facts(card.id))
    update_rows(project, rules, ctx.cancel)
    return TraitSummary(
        run.run_id,
        card.id,
        read=work.read,
        resumed=len(of_this_run),
        up_to_date=len(held) - len(of_this_run & held),
        without_picture=work.without_picture,
        named=named,
        foreign=foreign,
    )


def _rules(plot: Plot, project: Project, card: ModelCard, options: TraitOptions) -> RowRules:
    earlier = height_rule(project)
    # A model that tells no heights says nothing about those of another one.
    tells_heights = bool(card.settings.get("height_is_metres", card.family == "dinovtree"))
    fits = plot.gsd_m <= COARSER * card.gsd_m if tells_heights else earlier.model_fits
    last = card.settings.get("heights") == "last" if tells_heights else earlier.model_last
    rule = HeightRule(options.preference or earlier.preference, fits, last)
    remember_rule(project, rule)
    source = None if plot.elevation is None else plot.elevation.source
    return RowRules(source, plot.unit_m, Allometry.named(options.allometry_id or DEFAULT_ID), rule)


def _read(
    plot: Plot,
    project: Project,
    model: TraitModel,
    ctx: JobContext,
    wanted: Sequence[Crown],
    work: _Work,
    options: TraitOptions,
    already_done: int,
    crew: Crew | None,
) -> None:
    """Read crowns batch by batch, the next batch of pictures being made meanwhile."""
    by_id = {crown.tree_id: crown for crown in wanted}
    size = CropSize.of(model.card)
    if wanted and size.with_chm and plot.elevation is not None and plot.elevation.source == "DSM-est":
        plot.elevation.prepare_ground(ctx.on_progress, ctx.cancel)
    total, done = len(wanted) + already_done, already_done
    started_s = time.monotonic()
    ctx.on_progress(Progress(STAGE, done, total))
    reading = read_here if crew is None else crew.read
    with closing(reading(plot, model, wanted, options.top_k, ctx.cancel)) as groups:
        for group in groups:
            work.waiting += [(by_id[one.tree_id], one) for one in group.readings]
            work.read += len(group.readings)
            work.without_picture += group.without_picture
            if len(work.waiting) >= _COMMIT_CROWNS or time.monotonic() - work.committed_s > _COMMIT_S:
                _commit(project, model.card, work)
            done += group.done
            left_s = (time.monotonic() - started_s) / (done - already_done) * (total - done)
            ctx.on_progress(Progress(STAGE, done, total, eta_s=left_s))
    _commit(project, model.card, work)


def _commit(project: Project, card: ModelCard, work: _Work) -> None:
    """Readings and rows to disk; crowns that another process reshaped meanwhile keep their row."""
    if work.waiting:
        project.refresh()
        table = project.table
        # Whether the plot is one that the model tells heights of is known at the end: `update_rows`.
        told = strangers_have_heights(card)
        readings = {one.tree_id: one if told else replace(one, height_m=None) for _, one in work.waiting}
        same = [table.get(c.tree_id) for c, _ in work.waiting if c.tree_id in table]
        seen = {crown.tree_id: crown.outline for crown, _ in work.waiting}
        same = [crown for crown in same if crown.outline == seen[crown.tree_id]]
        rows = {
            tree_id: row for part in rows_with_readings(same, readings, work.rules) for tree_id, row in part.items()
        }
        project.readings.put(card.id, [one for _, one in work.waiting], rows, run_id=work.run_id, at=now())
        work.waiting.clear()
    work.committed_s = time.monotonic()


def _name(project: Project, card: ModelCard, work: _Work, resumed: int) -> int:
    """Write the species as one step of the history and end the run; how many rows changed."""
    for attempt in range(_TRIES):
        project.refresh()
        pending = project.readings.facts(card.id, pending_only=True)
        told: Mapping[int, SpeciesFacts] = {i: one.species for i, one in pending.items() if one.species is not None}
        if is_foreign(card, project.readings.facts(card.id)):
            told = {i: replace(one, name=None, code="", rank=None, probability=None) for i, one in told.items()}
        edit: CrownEdit = species_edit(project.table, told, card.id)
        summary = {"read": work.read + resumed, "without_picture": work.without_picture, "named": len(edit.added)}
        try:
            project.finish_run(work.run_id, edit, summary, settles=card.id)
        except EditConflict:
            if attempt + 1 == _TRIES:
                raise
        else:
            return len(edit.added)
    return 0
