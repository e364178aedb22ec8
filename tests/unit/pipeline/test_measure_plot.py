"""Measuring a plot: block by block into the project, only what is new or changed."""

from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from cone_plots import LEFT, TOP, Cone, new_project, scattered, write_plot

from inference.crowns import edits
from inference.crowns.crown import Crown, Measures
from inference.errors import Cancelled, InputError
from inference.jobs import CancelToken, JobContext, Progress
from inference.pipeline import heights
from inference.pipeline.measure_plot import MeasureSummary, measure_plot
from inference.plot.plot import Plot, PlotSources
from inference.project.store import Project

SIZE_M = 48.0
CONES = scattered(SIZE_M)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> PlotSources:
    return write_plot(tmp_path_factory.mktemp("plot"), CONES, SIZE_M)


def outline(cone: Cone) -> shapely.Polygon:
    return shapely.Point(LEFT + cone.east_m, TOP - cone.south_m).buffer(cone.radius_m)


@pytest.fixture
def path(sources: PlotSources, tmp_path: Path) -> Path:
    """A project with a crown on every cone, not measured."""
    path = tmp_path / "t.birch.gpkg"
    with new_project(path, sources) as project:
        ids = project.take_ids(len(CONES))
        crowns = [Crown(tree_id, outline(cone)) for tree_id, cone in zip(ids, CONES, strict=True)]
        project.apply(edits.add("Draw", crowns))
    return path


def measure(sources: PlotSources, path: Path, ctx: JobContext | None = None, **how: object) -> MeasureSummary:
    with Plot.open(sources) as plot, Project.open(path) as project:
        return measure_plot(plot, project, ctx or JobContext(), **how)  # type: ignore[arg-type]


def measures(path: Path) -> list[Measures | None]:
    with Project.open(path) as project:
        return [crown.measures for crown in project.table.crowns()]


def test_every_crown_gets_its_height(sources: PlotSources, path: Path) -> None:
    summary = measure(sources, path)
    assert (summary.measured, summary.with_height, summary.up_to_date) == (36, 36, 0)
    assert "36 crowns measured" in summary.sentence()
    for cone, found in zip(CONES, measures(path), strict=True):
        assert found is not None
        assert found.height_m == pytest.approx(cone.height_m, abs=0.6)
        assert found.height_source == "DSM-DTM"
        assert found.dbh_cm is not None


def test_the_second_time_there_is_nothing_to_do(sources: PlotSources, path: Path) -> None:
    measure(sources, path)
    summary = measure(sources, path)
    assert (summary.measured, summary.up_to_date) == (0, 36)
    assert summary.sentence() == "All 36 crowns are up to date; nothing to measure."


def test_only_changed_crowns_are_measured_again(sources: PlotSources, path: Path) -> None:
    measure(sources, path)
    with Project.open(path) as project:
        first = project.table.get(1)
        smaller = first.outline.buffer(-0.3)
        project.apply(edits.change("Reshape", [first], lambda crown: crown.with_outline(smaller)))
    assert measure(sources, path).measured == 1
    assert measures(path)[0] is not None


def test_all_are_measured_again_when_asked(sources: PlotSources, path: Path) -> None:
    measure(sources, path)
    assert measure(sources, path, again=True).measured == 36


def test_another_equation_is_a_reason_to_measure_again(sources: PlotSources, path: Path) -> None:
    measure(sources, path)
    from inference.crowns.allometry import DEFAULT_ID, available

    other = next(name for name in available() if name.startswith("Jucker2017") and name != DEFAULT_ID)
    assert measure(sources, path, allometry_id=other).measured == 36
    assert {found.allometry for found in measures(path) if found is not None} == {other}
    assert measure(sources, path, allometry_id=other).measured == 0
    assert measure(sources, path).measured == 0


def test_a_new_crown_is_measured_by_the_equation_of_its_neighbours(sources: PlotSources, path: Path) -> None:
    other = "Jucker2017/nearctic-boreal/gymnosperm"
    measure(sources, path, allometry_id=other)
    with Project.open(path) as project:
        project.apply(edits.add("Draw", [Crown(project.take_ids(1)[0], outline(CONES[0]).buffer(-0.5))]))
    summary = measure(sources, path)
    assert (summary.measured, summary.allometry) == (1, other)
    assert {found.allometry for found in measures(path) if found is not None} == {other}


def test_an_unknown_equation_is_refused(sources: PlotSources, path: Path) -> None:
    with pytest.raises(InputError):
        measure(sources, path, allometry_id="nosuch")


def test_deleted_crowns_are_left_alone(sources: PlotSources, path: Path) -> None:
    with Project.open(path) as project:
        project.apply(edits.delete([project.table.get(5)], by="me", at="2026-11-21T00:00:00+00:00"))
    assert measure(sources, path).measured == 35
    assert measures(path)[4] is None


def test_without_dsm_it_says_so(tmp_path: Path) -> None:
    plain = write_plot(tmp_path, (), 20.0, with_dsm=False)
    with new_project(tmp_path / "t.birch.gpkg", plain) as project:
        (tree_id,) = project.take_ids(1)
        project.apply(edits.add("Draw", [Crown(tree_id, shapely.box(LEFT + 5, TOP - 9, LEFT + 9, TOP - 5))]))
    summary = measure(plain, tmp_path / "t.birch.gpkg")
    assert (summary.measured, summary.with_height, summary.height_source) == (1, 0, None)
    assert "no DSM" in summary.sentence()


def test_a_cancel_keeps_finished_blocks(sources: PlotSources, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heights, "_BLOCK_CELLS", 64)
    token = CancelToken()
    seen: list[Progress] = []

    def stop(progress: Progress) -> None:
        seen.append(progress)
        if progress.done:
            token.cancel()

    with pytest.raises(Cancelled):
        measure(sources, path, JobContext(stop, token))
    done = sum(found is not None for found in measures(path))
    assert 0 < done == seen[-1].done < 36
    assert measure(sources, path).measured == 36 - done


def test_progress_counts_crowns(sources: PlotSources, path: Path) -> None:
    seen: list[Progress] = []
    measure(sources, path, JobContext(seen.append))
    assert (seen[0].done, seen[-1].done, seen[-1].total) == (0, 36, 36)
    assert {progress.stage for progress in seen} == {"measure"}


def test_a_crown_reshaped_meanwhile_is_not_given_old_measures(sources: PlotSources, path: Path) -> None:
    def reshape(progress: Progress) -> None:
        # The window edits the file while this process measures.
        if progress.done == 0:
            with Project.open(path) as window:
                first = window.table.get(1)
                smaller = first.outline.buffer(-0.5)
                window.apply(edits.change("Reshape", [first], lambda crown: replace(crown, outline=smaller)))

    measure(sources, path, JobContext(reshape))
    found = measures(path)
    assert found[0] is None
    assert all(one is not None for one in found[1:])
