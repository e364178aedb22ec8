"""A run that was killed goes on where it was and ends with the same crowns, byte for byte."""

import random
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import segment_child
import shapely
from cone_plots import new_project, scattered, write_plot

from inference.crowns import edits
from inference.crowns.crown import Crown
from inference.errors import Cancelled, InputError
from inference.jobs import CancelToken, JobContext, Progress
from inference.pipeline.segment_plot import RunSummary, segment_plot
from inference.plot.plot import Plot, PlotSources
from inference.project.store import Project
from inference.segment.watershed import WatershedSegmenter

SIZE_M = 72.0
TILES = 16
# Lines that a whole run prints: per tile one at the start of its segmentation and one when it is done, and five for
# the merge.
LINES = 1 + 2 * TILES + 5


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> PlotSources:
    return write_plot(tmp_path_factory.mktemp("plot"), scattered(SIZE_M), SIZE_M)


@dataclass(frozen=True, slots=True)
class Fact:
    """What must be the same of a crown."""

    tree_id: int
    wkb: bytes
    score: float | None
    edge: bool


def facts(crowns: list[Crown]) -> list[Fact]:
    return [Fact(crown.tree_id, shapely.to_wkb(crown.outline), crown.score, crown.edge) for crown in crowns]


@pytest.fixture(scope="module")
def uninterrupted(sources: PlotSources, tmp_path_factory: pytest.TempPathFactory) -> list[Fact]:
    path = tmp_path_factory.mktemp("whole") / "t.birch.gpkg"
    new_project(path, sources).close()
    go_on(sources, path, resume=False)
    with Project.open(path) as project:
        found = facts(project.table.crowns())
    assert len(found) == 81
    return found


def go_on(
    sources: PlotSources,
    path: Path,
    *,
    resume: bool = True,
    segmenter: WatershedSegmenter | None = None,
    ctx: JobContext | None = None,
) -> RunSummary:
    with Plot.open(sources) as plot, Project.open(path) as project:
        chosen = segmenter or WatershedSegmenter(segment_child.small_tiles().settings)
        return segment_plot(plot, project, chosen, ctx or JobContext(), resume=resume)


def run_and_kill(sources: PlotSources, path: Path, line: int, *words: str) -> list[str]:
    """Start a run in a process of its own and kill it -9 once it has printed so many lines; returns the lines."""
    assert sources.dsm is not None
    assert sources.dtm is not None
    command = [
        sys.executable,
        segment_child.__file__,
        str(sources.ortho),
        str(sources.dsm),
        str(sources.dtm),
        str(path),
    ]
    repository = Path(__file__).resolve().parents[3]
    with subprocess.Popen(
        [*command, *words], stdout=subprocess.PIPE, text=True, cwd=repository,
        env={"PYTHONPATH": str(repository), "BIRCHTREE_HOME": str(path.parent / "home")},
    ) as child:  # fmt: skip
        assert child.stdout is not None
        printed: list[str] = []
        for text in child.stdout:
            printed.append(text.strip())
            if len(printed) >= line:
                child.kill()
                break
        printed += [text.strip() for text in child.stdout]
    return printed


def done_tiles(printed: list[str]) -> int:
    """How many tiles the child has reported as done."""
    return max((int(text.split()[1]) for text in printed if text.startswith("segment ")), default=0)


@pytest.mark.parametrize("line", [1, 2, 3, 12, 2 * TILES + 1, 2 * TILES + 2, 2 * TILES + 4, LINES - 1, LINES])
def test_killed_anywhere_the_resumed_run_ends_the_same(
    line: int, sources: PlotSources, uninterrupted: list[Fact], tmp_path: Path
) -> None:
    path = tmp_path / "t.birch.gpkg"
    new_project(path, sources).close()
    printed = run_and_kill(sources, path, line)
    with Project.open(path) as project:
        (record,) = project.runs()
        staged = len(project.staged_tiles(record.run_id))
        if record.state == "running":
            # At most the tile in hand is lost.
            assert staged >= done_tiles(printed)
            assert len(project.table) == 0
    summary = go_on(sources, path)
    with Project.open(path) as project:
        assert facts(project.table.crowns()) == uninterrupted
        assert [run.state for run in project.runs()] == ["done"]
        assert len(project.history()) == 1
    assert summary.crowns == 81
    if record.state == "running":
        assert summary.resumed_tiles == staged


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_killed_again_and_again_it_still_ends_the_same(
    seed: int, sources: PlotSources, uninterrupted: list[Fact], tmp_path: Path
) -> None:
    path = tmp_path / "t.birch.gpkg"
    new_project(path, sources).close()
    moments = random.Random(seed)
    run_and_kill(sources, path, moments.randint(1, 8))
    for _ in range(4):
        run_and_kill(sources, path, moments.randint(1, 10), "resume")
    go_on(sources, path)
    with Project.open(path) as project:
        assert facts(project.table.crowns()) == uninterrupted
        assert len(project.history()) == 1


def test_killed_between_taking_ids_and_writing_the_ids_are_the_same(
    sources: PlotSources, uninterrupted: list[Fact], tmp_path: Path
) -> None:
    path = tmp_path / "t.birch.gpkg"
    new_project(path, sources).close()
    printed = run_and_kill(sources, path, 10 * LINES, "die-before-writing")
    assert printed[-1].startswith("writing")
    go_on(sources, path)
    with Project.open(path) as project:
        assert facts(project.table.crowns()) == uninterrupted


def cancel_after(sources: PlotSources, path: Path, tiles: int) -> None:
    """Leave an interrupted run behind."""
    token = CancelToken()

    def stop(progress: Progress) -> None:
        if (progress.stage, progress.done) == ("segment", tiles):
            token.cancel()

    with pytest.raises(Cancelled):
        go_on(sources, path, resume=False, ctx=JobContext(stop, token))


@pytest.fixture
def interrupted(sources: PlotSources, tmp_path: Path) -> Path:
    path = tmp_path / "t.birch.gpkg"
    new_project(path, sources).close()
    cancel_after(sources, path, 5)
    return path


def test_a_cancelled_run_resumes_the_same(interrupted: Path, sources: PlotSources, uninterrupted: list[Fact]) -> None:
    seen: list[Progress] = []
    summary = go_on(sources, interrupted, ctx=JobContext(seen.append))
    assert (summary.resumed_tiles, summary.tiles) == (5, TILES)
    assert [progress.done for progress in seen if progress.stage == "segment"] == list(range(5, TILES + 1))
    with Project.open(interrupted) as project:
        assert facts(project.table.crowns()) == uninterrupted


def test_resume_of_a_finished_run_does_nothing(interrupted: Path, sources: PlotSources) -> None:
    first = go_on(sources, interrupted)
    seen: list[Progress] = []
    second = go_on(sources, interrupted, ctx=JobContext(seen.append))
    assert second.outcome == first.outcome
    assert seen == []
    with Project.open(interrupted) as project:
        assert len(project.history()) == 1


def test_resume_without_an_earlier_run_begins_one(sources: PlotSources, tmp_path: Path) -> None:
    path = tmp_path / "t.birch.gpkg"
    new_project(path, sources).close()
    summary = go_on(sources, path)
    assert (summary.crowns, summary.resumed_tiles) == (81, 0)


def test_without_resume_a_new_run_begins_and_the_old_tiles_go(interrupted: Path, sources: PlotSources) -> None:
    summary = go_on(sources, interrupted, resume=False)
    assert summary.resumed_tiles == 0
    with Project.open(interrupted) as project:
        old, new = project.runs()
        assert (old.state, new.state) == ("cancelled", "done")
        assert project.staged(old.run_id) == []


def test_other_parameters_are_refused(interrupted: Path, sources: PlotSources) -> None:
    other = WatershedSegmenter(replace(segment_child.small_tiles().settings, min_height_m=3.0))
    with pytest.raises(InputError, match=r"min_height_m 2\.0 → 3\.0") as raised:
        go_on(sources, interrupted, segmenter=other)
    assert raised.value.code == "run.parameters_changed"


def test_another_model_is_refused(interrupted: Path, sources: PlotSources) -> None:
    class Other(WatershedSegmenter):
        @property
        def card(self):  # type: ignore[no-untyped-def]
            return replace(super().card, id="other")

    with pytest.raises(InputError, match="model watershed, not other"):
        go_on(sources, interrupted, segmenter=Other(segment_child.small_tiles().settings))


def test_changed_rasters_are_refused(tmp_path: Path) -> None:
    plot = write_plot(tmp_path, scattered(SIZE_M), SIZE_M)
    path = tmp_path / "t.birch.gpkg"
    new_project(path, plot).close()
    cancel_after(plot, path, 3)
    changed = write_plot(tmp_path, scattered(SIZE_M, seed=4), SIZE_M)
    with pytest.raises(InputError, match="has changed since") as raised:
        go_on(changed, path)
    assert raised.value.code == "run.sources_changed"


def test_crowns_drawn_between_kill_and_resume_stay(interrupted: Path, sources: PlotSources) -> None:
    with Project.open(interrupted) as project:
        (record,) = project.runs()
        first = project.staged(record.run_id)[0]
        (tree_id,) = project.take_ids(1)
        drawn = Crown(tree_id, first.outline.buffer(0.3), review="added")
        project.apply(edits.add("Draw", [drawn]))
    summary = go_on(sources, interrupted)
    assert (summary.crowns, summary.outcome.already_known, summary.outcome.kept) == (80, 1, 1)
    with Project.open(interrupted) as project:
        assert project.table.get(tree_id) == drawn
