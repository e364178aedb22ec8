"""A trait model over a plot: what lands in the rows, what is read again, stopping, going on, and undo."""

import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from leafy_plots import CLASSES, crown_at, expected, install_tiny, new_project, patchwork, write_plot

from inference.crowns import edits
from inference.crowns.crown import Crown, Measures
from inference.crowns.edits import CrownEdit
from inference.crowns.height_choice import HeightRule, Preference
from inference.crowns.topk import parse_topk
from inference.errors import Cancelled, InputError
from inference.jobs import CancelToken, JobContext, Progress
from inference.pipeline.measure_plot import measure_plot
from inference.pipeline.measure_rows import height_rule
from inference.pipeline.measure_runs import TraitOptions, TraitSummary
from inference.pipeline.measure_traits import measure_traits, plot_findings
from inference.plot.plot import Plot, PlotSources
from inference.project.store import Project
from inference.traits.base import CrownCrop, TraitBatch
from inference.traits.dinovtree import DinovtreeModel

GSD_M = 0.25
COLOURS = [(230, 40, 60), (60, 220, 30), (30, 60, 240)]
# One in each stripe of 10 m, far enough from the next for pictures of 4 m; then one between two species.
CROWNS = [crown_at(1, 5, 15), crown_at(2, 15, 15), crown_at(3, 25, 15), crown_at(4, 5, 5, species="Acer saccharum")]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> PlotSources:
    return write_plot(tmp_path_factory.mktemp("plot"), patchwork(30.0, GSD_M, COLOURS), GSD_M)


@pytest.fixture
def path(sources: PlotSources, tmp_path: Path) -> Path:
    path = tmp_path / "t.birch.gpkg"
    new_project(path, sources, CROWNS)
    return path


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> DinovtreeModel:
    return DinovtreeModel(install_tiny(tmp_path_factory.mktemp("models")))


def read(
    sources: PlotSources,
    path: Path,
    model: DinovtreeModel,
    ctx: JobContext | None = None,
    *,
    chm_first: bool = True,
    **how: object,
) -> TraitSummary:
    context = ctx or JobContext()
    with Plot.open(sources) as plot, Project.open(path) as project:
        if chm_first:
            measure_plot(plot, project, context)
        return measure_traits(plot, project, model, context, TraitOptions(**how))  # type: ignore[arg-type]


def crown(path: Path, tree_id: int) -> Crown:
    with Project.open(path) as project:
        return project.table.get(tree_id)


def measures(path: Path, tree_id: int) -> Measures:
    found = crown(path, tree_id).measures
    assert found is not None
    return found


def reshape(path: Path, tree_id: int, by_m: float = -0.4) -> None:
    with Project.open(path) as project:
        before = project.table.get(tree_id)
        smaller = before.outline.buffer(by_m)
        project.apply(edits.change("Reshape", [before], lambda one: one.with_outline(smaller)))


def test_heights_stand_side_by_side_and_species_are_one_step(
    sources: PlotSources, path: Path, model: DinovtreeModel
) -> None:
    summary = read(sources, path, model)
    assert (summary.read, summary.up_to_date, summary.named) == (4, 0, 3)
    for tree_id, rgb in zip((1, 2, 3), COLOURS, strict=True):
        height_m, p = expected(*rgb)
        found = crown(path, tree_id)
        row = found.measures
        assert row is not None
        assert row.height_model_m == pytest.approx(height_m, abs=0.01)
        assert (row.height_chm_m, row.height_m, row.height_source) == (12.0, 12.0, "DSM-DTM")
        assert row.height_p95_m == 12.0
        listed = parse_topk(row.species_topk)
        assert [name for name, _ in listed] == [CLASSES[place].name for place in np.argsort(-p)]
        assert listed[0][1] == pytest.approx(p.max(), abs=0.001)
        assert (found.species, found.species_code) == (CLASSES[p.argmax()].name, CLASSES[p.argmax()].code)
        assert found.species_score == pytest.approx(p.max(), abs=0.001)
        assert found.label == "Tree"
    with Project.open(path) as project:
        assert project.undo_name == "Species by tiny: 3 crowns"
        assert project.runs()[-1].task == "measure"
        assert project.runs()[-1].state == "done"
        assert project.runs()[-1].summary == {"read": 4, "without_picture": 0, "named": 3}
        ids, embeddings = project.embeddings("tiny")
        assert ids.tolist() == [1, 2, 3, 4]
        assert embeddings[:, :3] == pytest.approx(np.array([*COLOURS, COLOURS[0]]) / 255, abs=0.001)
        project.undo()
        assert project.table.get(1).species is None
        assert project.table.get(1).measures == row_of_first(project)


class OnStrangeCrowns:
    """The model, told how strange the crowns are, with a card that tells strangers no heights."""

    def __init__(self, model: DinovtreeModel, ood: float) -> None:
        settings = {"strangers_have_heights": False, "abstain_beyond": 0.95, "abstain_plot_beyond": 0.8}
        self._model, self._ood = model, ood
        self.card = replace(model.card, settings={**model.card.settings, **settings})
        self.model_key = f"{model.model_key}-{ood}"

    def predict(self, crops: Sequence[CrownCrop], cancel: CancelToken) -> TraitBatch:
        """As the model."""
        found = self._model.predict(crops, cancel)
        return replace(found, ood=np.full(len(crops), self._ood, np.float32))


@pytest.mark.parametrize(
    ("ood", "count", "told"), [(0.5, 5, 5), (0.97, 5, 0), (0.85, 5, 0), (0.85, 4, 4), (0.97, 4, 0)]
)
def test_strangers_get_no_heights_where_the_card_denies_them(
    ood: float, count: int, told: int, sources: PlotSources, tmp_path: Path, model: DinovtreeModel
) -> None:
    """Neither single crowns that are strange, nor any on a plot that is strange as a whole; few crowns are no plot."""
    path = tmp_path / "s.birch.gpkg"
    new_project(path, sources, [*CROWNS, crown_at(5, 15, 5)][:count])
    with Plot.open(sources) as plot, Project.open(path) as project:
        measure_plot(plot, project, JobContext())
        measure_traits(plot, project, OnStrangeCrowns(model, ood), JobContext())
        measure_plot(plot, project, JobContext())  # brings the rows in line with the readings once more
        rows = [one.measures for one in project.table.crowns()]
    assert sum(row is not None and row.height_model_m is not None for row in rows) == told
    assert all(row is not None and row.height_chm_m == 12.0 for row in rows)


def row_of_first(project: Project) -> Measures | None:
    """Undo of the species leaves what was measured alone."""
    found = project.table.get(1).measures
    assert found is not None
    assert found.height_model_m == pytest.approx(expected(*COLOURS[0])[0], abs=0.01)
    return found


def test_what_a_person_named_stays(sources: PlotSources, path: Path, model: DinovtreeModel) -> None:
    read(sources, path, model)
    kept = crown(path, 4)
    assert (kept.species, kept.species_score) == ("Acer saccharum", None)
    assert kept.measures is not None
    assert parse_topk(kept.measures.species_topk)[0][0] == "Acer rubrum"


def test_only_changed_crowns_are_read_again(sources: PlotSources, path: Path, model: DinovtreeModel) -> None:
    read(sources, path, model)
    before = measures(path, 2)
    reshape(path, 2)
    assert crown(path, 2).measures is None
    summary = read(sources, path, model)
    assert (summary.read, summary.up_to_date, summary.named) == (1, 3, 0)
    assert measures(path, 2).height_model_m == before.height_model_m
    summary = read(sources, path, model)
    assert (summary.read, summary.up_to_date) == (0, 4)
    assert "nothing to do" in summary.sentence()


def test_undo_of_a_new_outline_brings_the_reading_back(sources: PlotSources, path: Path, model: DinovtreeModel) -> None:
    read(sources, path, model)
    before = measures(path, 2)
    reshape(path, 2)
    with Plot.open(sources) as plot, Project.open(path) as project:
        measure_plot(plot, project, JobContext())
        assert project.table.get(2).measures is not None
        assert project.table.get(2).measures.height_model_m is None
        assert project.embeddings("tiny")[0].tolist() == [1, 3, 4]
        project.undo()
        assert project.embeddings("tiny")[0].tolist() == [1, 2, 3, 4]
        project.set_measures({2: None})
        measure_plot(plot, project, JobContext())
    assert measures(path, 2) == before


def test_all_are_read_again_when_asked(sources: PlotSources, path: Path, model: DinovtreeModel) -> None:
    read(sources, path, model)
    assert read(sources, path, model, again=True).read == 4


def test_deleted_crowns_are_left_alone(sources: PlotSources, path: Path, model: DinovtreeModel) -> None:
    with Project.open(path) as project:
        project.apply(edits.delete([project.table.get(3)], by="me", at="2026-11-21T00:00:00+00:00"))
    assert read(sources, path, model).read == 3


def test_crowns_without_a_picture(sources: PlotSources, path: Path, model: DinovtreeModel) -> None:
    with Project.open(path) as project:
        (tree_id,) = project.take_ids(1)
        project.apply(edits.add("Draw", [crown_at(tree_id, 300, 300)]))
    summary = read(sources, path, model)
    assert (summary.read, summary.without_picture) == (4, 1)
    assert "1 have no picture" in summary.sentence()
    assert crown(path, tree_id).species is None


def test_top_k(sources: PlotSources, path: Path, model: DinovtreeModel) -> None:
    read(sources, path, model, top_k=2)
    assert len(parse_topk(measures(path, 1).species_topk)) == 2


# ---- which height a row reports


@pytest.mark.parametrize(
    ("height_m", "with_dtm", "preference", "source"),
    [
        (12.0, True, "auto", "DSM-DTM"),
        (12.0, True, "model", "model"),
        (12.0, False, "auto", "model"),
        (12.0, False, "chm", "DSM-est"),
        (None, False, "auto", "model"),
        (None, False, "chm", None),
    ],
)
def test_the_reported_height(
    tmp_path: Path,
    model: DinovtreeModel,
    height_m: float | None,
    with_dtm: bool,
    preference: Preference,
    source: str | None,
) -> None:
    rgb = patchwork(30.0, GSD_M, COLOURS)
    sources = write_plot(tmp_path, rgb, GSD_M, height_m=height_m, with_dtm=with_dtm)
    new_project(tmp_path / "t.birch.gpkg", sources, CROWNS)
    read(sources, tmp_path / "t.birch.gpkg", model, preference=preference)
    row = measures(tmp_path / "t.birch.gpkg", 1)
    assert row.height_source == source
    model_m = expected(*COLOURS[0])[0]
    assert row.height_model_m == pytest.approx(model_m, abs=0.01)
    assert row.height_m == (row.height_model_m if source == "model" else row.height_chm_m)
    # Nothing tells the ground under a closed flat canopy: it is taken for the ground, and no tree has a stem.
    assert (row.dbh_cm is None) == (not row.height_m)
    assert (row.allometry is None) == (not row.height_m)


def test_a_field_height_always_wins(sources: PlotSources, path: Path, model: DinovtreeModel) -> None:
    with Project.open(path) as project:
        project.set_measures({1: Measures(height_m=17.5, height_source="field")})
    read(sources, path, model, preference="model")
    row = measures(path, 1)
    assert (row.height_m, row.height_source, row.height_chm_m) == (17.5, "field", 12.0)
    assert row.height_model_m == pytest.approx(expected(*COLOURS[0])[0], abs=0.01)


def test_the_preference_can_be_changed_without_reading_again(
    sources: PlotSources, path: Path, model: DinovtreeModel
) -> None:
    read(sources, path, model)
    before = measures(path, 1)
    with Plot.open(sources) as plot, Project.open(path) as project:
        assert measure_plot(plot, project, JobContext(), preference="model").measured == 0
        assert height_rule(project) == HeightRule("model", model_fits=True)
    row = measures(path, 1)
    assert (row.height_m, row.height_source) == (row.height_model_m, "model")
    assert row.dbh_cm is not None
    assert before.dbh_cm is not None
    assert row.dbh_cm > before.dbh_cm
    with Plot.open(sources) as plot, Project.open(path) as project:
        measure_plot(plot, project, JobContext(), preference="auto")
    assert measures(path, 1) == before


def test_a_model_for_finer_pixels_warns_and_reports_no_heights(tmp_path: Path) -> None:
    fine = DinovtreeModel(install_tiny(tmp_path / "models", side_px=32, site="Quebec"))
    sources = write_plot(tmp_path, patchwork(30.0, GSD_M, COLOURS), GSD_M, height_m=None)
    path = tmp_path / "t.birch.gpkg"
    new_project(path, sources, CROWNS)
    with Plot.open(sources) as plot, Project.open(path) as project:
        codes = {found.code: found.severity for found in plot_findings(plot, project, fine.card)}
    assert codes == {"model.gsd_coarse": "warning", "model.site": "info", "model.classes_missing": "warning"}
    read(sources, path, fine)
    row = measures(path, 1)
    assert row.height_model_m is not None
    assert (row.height_m, row.height_source) == (None, None)
    read(sources, path, fine, preference="model")
    assert measures(path, 1).height_source == "model"


# ---- abstaining, other models


def test_an_uncertain_crown_gets_a_coarser_name_or_none(tmp_path: Path, sources: PlotSources, path: Path) -> None:
    spruces = DinovtreeModel(install_tiny(tmp_path / "a", settings={"abstain_below": 0.9, "temperature": 1.0}))
    gray = write_plot(tmp_path, patchwork(30.0, GSD_M, [(40, 180, 170), (120, 125, 124), (5, 5, 250)]), GSD_M)
    path = tmp_path / "g.birch.gpkg"
    new_project(path, gray, CROWNS)
    read(gray, path, spruces)
    # Two spruces alike: certain of the genus. All three alike: certain of nothing.
    assert (crown(path, 1).species, crown(path, 2).species, crown(path, 3).species) == ("Picea", None, "Picea mariana")
    assert measures(path, 2).species_topk is not None
    # Another model that is certain names it; when the first is asked again, that name is taken back.
    bold = DinovtreeModel(install_tiny(tmp_path / "b", "bold", settings={"abstain_below": 0.0}))
    read(gray, path, bold)
    assert crown(path, 2).species is not None
    read(gray, path, spruces, again=True)
    assert crown(path, 2).species is None
    with Project.open(path) as project:
        assert [one.model_id for one in project.readings.models()] == ["tiny", "bold"]


def test_other_weights_under_the_same_name_read_everything_again(
    sources: PlotSources, path: Path, model: DinovtreeModel, tmp_path: Path
) -> None:
    read(sources, path, model)
    other = DinovtreeModel(install_tiny(tmp_path / "other", side_px=8))
    assert other.model_key != model.model_key
    assert read(sources, path, other).read == 4
    with Project.open(path) as project:
        (known,) = project.readings.models()
    assert known.model_key == other.model_key


# ---- stopping and going on


class Stopper(JobContext):
    """Asks to stop after some crowns were read."""

    def __init__(self, after: int) -> None:
        super().__init__(self.look)
        self.after = after

    def look(self, progress: Progress) -> None:
        if progress.stage == "read crowns" and progress.done >= self.after:
            self.cancel.cancel()


@pytest.fixture
def many(sources: PlotSources, tmp_path: Path) -> Path:
    path = tmp_path / "many.birch.gpkg"
    places = [(x + 0.5, y + 0.5) for y in range(2, 28, 3) for x in range(2, 28, 3)]
    new_project(path, sources, [crown_at(n + 1, *place, 1.2) for n, place in enumerate(places)])
    return path


def rows(path: Path) -> list[Crown]:
    with Project.open(path) as project:
        return [replace(one, measures=one.measures) for one in project.table.crowns()]


def test_a_stopped_run_goes_on_where_it_was(
    sources: PlotSources, many: Path, model: DinovtreeModel, tmp_path: Path
) -> None:
    whole = tmp_path / "whole.birch.gpkg"
    whole.write_bytes(many.read_bytes())
    read(sources, whole, model)
    with pytest.raises(Cancelled):
        read(sources, many, model, Stopper(20))
    with Project.open(many) as project:
        (run,) = project.runs()
        assert run.state == "cancelled"
        held = len(project.embeddings("tiny")[0])
        assert 20 <= held < 81
        assert project.undo_name == "Draw"
    summary = read(sources, many, model, resume=True)
    assert (summary.run_id, summary.resumed, summary.read) == (run.run_id, held, 81 - held)
    assert rows(many) == rows(whole)
    with Project.open(many) as project:
        assert project.undo_name == "Species by tiny: 81 crowns"
        assert [one.state for one in project.runs()] == ["done"]


def test_without_resume_nothing_is_read_twice_either_and_all_get_their_species(
    sources: PlotSources, many: Path, model: DinovtreeModel
) -> None:
    with pytest.raises(Cancelled):
        read(sources, many, model, Stopper(20))
    summary = read(sources, many, model)
    assert summary.read + summary.up_to_date == 81
    assert summary.named == 81
    with Project.open(many) as project:
        assert [one.state for one in project.runs()] == ["cancelled", "done"]


def test_an_interrupted_run_over_all_crowns_goes_on_over_all(
    sources: PlotSources, many: Path, model: DinovtreeModel
) -> None:
    read(sources, many, model)
    with pytest.raises(Cancelled):
        read(sources, many, model, Stopper(20), again=True)
    summary = read(sources, many, model, resume=True)
    assert summary.resumed >= 20
    assert summary.read + summary.resumed == 81


def test_resume_asks_for_the_same_run(sources: PlotSources, many: Path, model: DinovtreeModel, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        read(sources, many, model, Stopper(8))
    with pytest.raises(InputError, match="top_k 5 → 3"):
        read(sources, many, model, resume=True, top_k=3)
    other = DinovtreeModel(install_tiny(tmp_path / "b", "bold"))
    with pytest.raises(InputError, match="Resume it with --model tiny"):
        read(sources, many, other, resume=True)


def test_stopping_takes_less_than_a_second(sources: PlotSources, many: Path, tmp_path: Path) -> None:
    slow = DinovtreeModel(install_tiny(tmp_path / "slow", "slow", slow=400))
    token = CancelToken()
    stopped_s: list[float] = []

    def stop() -> None:
        stopped_s.append(time.process_time())  # work, not waiting for others on a busy machine
        token.cancel()

    begun = threading.Event()

    def look(progress: Progress) -> None:
        if progress.stage == "read crowns" and not begun.is_set():
            begun.set()
            threading.Timer(0.4, stop).start()

    with pytest.raises(Cancelled):
        read(sources, many, slow, JobContext(look, token))
    assert time.process_time() - stopped_s[0] < 1.0
    slow.close()


def test_progress_tells_the_time_left(sources: PlotSources, many: Path, model: DinovtreeModel) -> None:
    told: list[Progress] = []
    read(sources, many, model, JobContext(told.append))
    told = [one for one in told if one.stage == "read crowns"]
    assert (told[0].done, told[-1].done) == (0, 81)
    assert {one.total for one in told} == {81}
    assert told[-1].eta_s == 0
    assert all(one.eta_s is not None for one in told[1:])


def test_edits_during_the_run_are_kept(sources: PlotSources, many: Path, model: DinovtreeModel) -> None:
    """A person reshapes one crown and names another while the worker reads."""
    done = threading.Event()

    def look(progress: Progress) -> None:
        if progress.stage == "read crowns" and progress.done >= 8 and not done.is_set():
            done.set()
            with Project.open(many) as other:
                first, second = other.table.get(1), other.table.get(2)
                smaller = first.outline.buffer(-0.3)
                named = replace(second, species="Tsuga canadensis", species_score=None)
                other.apply(edits.change("Reshape", [first], lambda one: one.with_outline(smaller)))
                other.apply(CrownEdit("Name", (second,), (named,)))

    summary = read(sources, many, model, JobContext(look))
    assert summary.named == 79
    assert crown(many, 2).species == "Tsuga canadensis"
    assert crown(many, 1).measures is None
    assert crown(many, 1).species is None
