"""What a run of a trait model is asked for and comes to, and how it begins or goes on after an interruption."""

import uuid
from dataclasses import asdict, dataclass, replace

import inference
from inference.clock import now
from inference.crowns.height_choice import Preference
from inference.pipeline import runs
from inference.plot.plot import Plot
from inference.project.store import Project, RunRecord
from inference.traits.base import TraitModel
from inference.traits.crops import CropSize
from inference.traits.species import TOP

TASK = "measure"
FOREIGN = (
    "Half of the crowns or more are unlike those that {model} was trained on, so it names no species here; teach it "
    "with `birchtree species teach`."
)


@dataclass(frozen=True, slots=True)
class TraitOptions:
    """How a trait model is run.

    Attributes:
        again: read every crown again, not only those whose outline is new or changed.
        resume: go on with an interrupted run; begins a new one when there is none.
        top_k: how many species are listed per crown.
        preference: which height a row reports from now on; None as before.
        allometry_id: equation for the DBH and biomass of crowns that have none yet; None for the default.
    """

    again: bool = False
    resume: bool = False
    top_k: int = TOP
    preference: Preference | None = None
    allometry_id: str | None = None


@dataclass(frozen=True, slots=True)
class TraitSummary:
    """What came of it.

    Attributes:
        run_id, model: which run; "" when there was nothing to do.
        read: crowns read now.
        resumed: crowns of this run that an interrupted session had read.
        up_to_date: crowns left alone because an earlier reading still holds.
        without_picture: crowns where the orthomosaic has no data.
        named: rows whose species was written, as one step of the history.
        foreign: whether the plot as a whole is unlike the model's training crowns, so that no species was written.
    """

    run_id: str
    model: str
    read: int = 0
    resumed: int = 0
    up_to_date: int = 0
    without_picture: int = 0
    named: int = 0
    foreign: bool = False

    def facts(self) -> dict[str, object]:
        """For JSON and the run's record."""
        return asdict(self)

    def sentence(self) -> str:
        """For a person."""
        if not self.read and not self.resumed and not self.named:
            return f"{self.model} has read all {self.up_to_date} crowns before; nothing to do."
        parts = [f"{self.read + self.resumed} crowns read by {self.model}", f"{self.named} got a species"]
        if self.without_picture:
            parts.append(f"{self.without_picture} have no picture")
        text = ", ".join(parts) + f"; {self.up_to_date} were up to date."
        return f"{text} {FOREIGN.format(model=self.model)}" if self.foreign else text


def begin(plot: Plot, project: Project, model: TraitModel, options: TraitOptions) -> tuple[RunRecord, bool]:
    """The run to do or to go on with, and whether it reads every crown again."""
    size = CropSize.of(model.card)
    wanted = RunRecord(
        run_id=uuid.uuid4().hex[:12],
        task=TASK,
        model_id=model.card.id,
        parameters={"model_key": model.model_key, "top_k": options.top_k},
        plan={"footprint_m": size.footprint_m, "side_px": size.side_px, "all": options.again},
        sources_key=plot.content_key(),
        started_at=now(),
        app_version=inference.__version__,
    )
    open_runs = [run for run in project.runs() if run.task == TASK and run.state != "done"]
    if options.resume and open_runs:
        latest = open_runs[-1]
        again = bool(latest.plan.get("all", False))
        changed = runs.difference(latest, replace(wanted, plan={**wanted.plan, "all": again}))
        if changed is not None:
            raise changed
        return latest, again
    return wanted, options.again


def record(project: Project, run: RunRecord) -> None:
    """Put the run on record; others that were left unfinished are over, what they read stays."""
    known = {earlier.run_id: earlier for earlier in project.runs() if earlier.task == TASK}
    for earlier in known.values():
        if earlier.state == "running" and earlier.run_id != run.run_id:
            project.set_run_state(earlier.run_id, "cancelled")
    if run.run_id in known:
        project.set_run_state(run.run_id, "running")
    else:
        project.create_run(run)
