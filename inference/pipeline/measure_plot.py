"""Measure the crowns of a plot block by block: what is measured is in the project file at once."""

import time
from collections import Counter
from dataclasses import asdict, dataclass, replace

from inference.crowns.allometry import DEFAULT_ID, Allometry
from inference.crowns.crown import Crown, Measures
from inference.crowns.height_choice import Preference
from inference.errors import InputError
from inference.jobs import JobContext, Progress
from inference.pipeline.crew import Crew
from inference.pipeline.heights import height_groups, measure_blocks
from inference.pipeline.measure_rows import RowRules, height_rule, remember_rule, update_rows
from inference.plot.plot import Plot
from inference.project.store import Project

_STAGE = "measure"


@dataclass(frozen=True, slots=True)
class MeasureSummary:
    """What was measured.

    Attributes:
        measured: crowns measured now.
        with_height: those of them that have a height now.
        up_to_date: crowns left alone because their measures still hold.
        height_source: how heights were made; None without a DSM.
        allometry: the equation for DBH and biomass.
    """

    measured: int
    with_height: int
    up_to_date: int
    height_source: str | None
    allometry: str

    def facts(self) -> dict[str, object]:
        """Field by field, for JSON."""
        return asdict(self)

    def sentence(self) -> str:
        """For a person."""
        if self.measured == 0:
            return f"All {self.up_to_date} crowns are up to date; nothing to measure."
        if self.height_source is None:
            heights = "none with a height because there is no DSM"
        else:
            heights = f"{self.with_height} with a height ({self.height_source})"
        return f"{self.measured} crowns measured, {heights}; {self.up_to_date} were up to date."


def measure_plot(
    plot: Plot,
    project: Project,
    ctx: JobContext,
    *,
    again: bool = False,
    allometry_id: str | None = None,
    preference: Preference | None = None,
    crew: Crew | None = None,
) -> MeasureSummary:
    """Measure the crowns whose outline is new or changed.

    Args:
        plot: gives the heights.
        project: gives the crowns and gets the measures, one block of neighbours per transaction.
        ctx: gets the progress of the stages "ground" and "measure"; its token stops the work between blocks.
        again: measure every crown again.
        allometry_id: equation for DBH and biomass, see `allometry.available`; crowns measured with another one are
            measured again. None for the one that most crowns of the plot have, else the default; neither counts as a
            reason.
        preference: which height a row reports from now on; None as before.
        crew: measures elsewhere (`inference.fleet`), with the same figures; None for this process.

    Raises:
        InputError: no such equation.
        Cancelled: the user stopped it; finished blocks are kept.
        RasterError, ProjectError: a file cannot be read or written.
    """
    rule = height_rule(project)
    if preference is not None:
        rule = replace(rule, preference=preference)
        remember_rule(project, rule)
    asked_for = None if allometry_id is None else Allometry.named(allometry_id).id
    project.refresh()
    visible = [crown for crown in project.table.crowns() if crown.review != "deleted"]
    allometry = Allometry.named(asked_for or _equation_in_use(visible) or DEFAULT_ID)
    wanted = [crown for crown in visible if again or _is_stale(crown, asked_for)]
    elevation = plot.elevation
    source = None if elevation is None else elevation.source
    if elevation is not None and source == "DSM-est" and wanted:
        elevation.prepare_ground(ctx.on_progress, ctx.cancel)
    by_id = {crown.tree_id: crown for crown in wanted}
    done = with_height = 0
    started_s = time.monotonic()
    ctx.on_progress(Progress(_STAGE, 0, len(wanted)))
    rules = RowRules(source, plot.unit_m, allometry, rule)
    if crew is None:
        measured = measure_blocks(wanted, elevation, unit_m=plot.unit_m, allometry=allometry, rule=rule)
    else:
        measured = crew.measure(plot, tuple(height_groups(wanted, elevation, plot.unit_m)), rules, ctx.cancel)
    for block in measured:
        ctx.cancel.check()
        if not block:
            continue
        project.set_measures(_still_true(project, {tree_id: by_id[tree_id] for tree_id in block}, block))
        done += len(block)
        with_height += sum(measures.height_m is not None for measures in block.values())
        left_s = (time.monotonic() - started_s) / done * (len(wanted) - done)
        ctx.on_progress(Progress(_STAGE, done, len(wanted), eta_s=left_s))
    update_rows(project, rules, ctx.cancel)
    return MeasureSummary(done, with_height, len(visible) - len(wanted), source, allometry.id)


def _equation_in_use(crowns: list[Crown]) -> str | None:
    """The equation of most crowns, so that a new crown is not measured by another one than its neighbours."""
    used = Counter(crown.measures.allometry for crown in crowns if crown.measures and crown.measures.allometry)
    known = [name for name, _ in used.most_common() if _is_known(name)]
    return known[0] if known else None


def _is_known(allometry_id: str) -> bool:
    try:
        Allometry.named(allometry_id)
    except InputError:
        return False  # an imported table names its own
    return True


def _is_stale(crown: Crown, allometry_id: str | None) -> bool:
    """`allometry_id` is the full name of the equation asked for; None when any will do."""
    if crown.needs_measuring or crown.measures is None:
        return True
    return allometry_id is not None and crown.measures.allometry not in (None, allometry_id)


def _still_true(project: Project, measured: dict[int, Crown], block: dict[int, Measures]) -> dict[int, Measures | None]:
    """Leave out crowns that another process has reshaped or removed since they were measured."""
    project.refresh()
    table = project.table
    return {
        tree_id: block[tree_id]
        for tree_id, crown in measured.items()
        if tree_id in table and table.get(tree_id).outline == crown.outline
    }
