"""A whole plot: every crown once and whole wherever tiles meet, people's decisions kept, stoppable."""

import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from cone_plots import LEFT, TOP, Cone, new_project, scattered, write_plot

from inference.crowns import edits
from inference.crowns.crown import Crown
from inference.errors import Cancelled, InputError, ModelError
from inference.jobs import CancelToken, JobContext, Progress
from inference.pipeline.segment_plot import RunSummary, segment_plot
from inference.plot.plot import Plot, PlotSources
from inference.plot.tile import Tile
from inference.project.store import Project
from inference.segment import registry
from inference.segment.base import Proposal
from inference.segment.watershed import WatershedParameters, WatershedSegmenter

SIZE_M = 72.0


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> PlotSources:
    """Eighty-one trees that do not touch; none is spared by the tile borders below."""
    return write_plot(tmp_path_factory.mktemp("plot"), scattered(SIZE_M), SIZE_M)


def watershed(core_m: float = 500.0, **changes: float) -> WatershedSegmenter:
    return WatershedSegmenter(replace(WatershedParameters(), core_m=core_m, halo_m=12.0, **changes))


def run(
    sources: PlotSources, path: Path, segmenter: WatershedSegmenter | None = None, ctx: JobContext | None = None
) -> tuple[RunSummary, list[Crown]]:
    """Segment into a project (made when it is not there) and read the crowns back."""
    project = Project.open(path) if path.exists() else new_project(path, sources)
    with project, Plot.open(sources) as plot:
        summary = segment_plot(plot, project, segmenter or watershed(), ctx or JobContext())
        return summary, project.table.crowns()


def shares(cones: Sequence[Cone], crowns: Sequence[Crown]) -> list[int]:
    """How many crowns hold each cone's middle."""
    outlines = [crown.outline for crown in crowns]
    return [int(shapely.contains_xy(outlines, LEFT + cone.east_m, TOP - cone.south_m).sum()) for cone in cones]


@pytest.mark.parametrize("core_m", [16.0, 23.0, 24.0, 31.0, 40.0])
def test_crowns_across_seams_come_out_once_and_whole(core_m: float, sources: PlotSources, tmp_path: Path) -> None:
    one, expected = run(sources, tmp_path / "one.birch.gpkg")
    many, crowns = run(sources, tmp_path / "many.birch.gpkg", watershed(core_m))
    assert one.tiles == 1
    assert many.tiles == int(np.ceil(SIZE_M / core_m)) ** 2
    assert shares(scattered(SIZE_M), crowns) == [1] * 81
    assert len(crowns) == len(expected) == 81
    for crown in crowns:
        rivals = [crown.outline.intersection(other.outline).area for other in expected]
        twin = expected[int(np.argmax(rivals))].outline
        assert crown.outline.intersection(twin).area / crown.outline.union(twin).area > 0.95


def test_crowns_on_corners_and_borders_of_tiles(tmp_path: Path) -> None:
    # Tile borders every 20 m: trees in the middle of a border, and on the corner of four tiles.
    cones = (
        Cone(20.0, 20.0, 3.0, 15.0),
        Cone(20.0, 30.0, 2.5, 13.0),
        Cone(50.0, 40.1, 3.5, 17.0),
        Cone(39.9, 9.0, 2, 9),
    )
    plot = write_plot(tmp_path, cones, 60.0)
    _, crowns = run(plot, tmp_path / "t.birch.gpkg", watershed(20.0))
    assert shares(cones, crowns) == [1, 1, 1, 1]
    assert len(crowns) == 4
    for cone, crown in zip(
        sorted(cones, key=lambda c: c.radius_m), sorted(crowns, key=lambda c: c.outline.area), strict=True
    ):
        assert crown.outline.area == pytest.approx(np.pi * cone.radius_m**2, rel=0.3)
        assert not crown.edge


def test_crowns_do_not_overlap_and_are_valid(sources: PlotSources, tmp_path: Path) -> None:
    _, crowns = run(sources, tmp_path / "t.birch.gpkg", watershed(23.0))
    outlines = np.array([crown.outline for crown in crowns], dtype=object)
    assert shapely.is_valid(outlines).all()
    assert shapely.area(outlines).sum() == pytest.approx(shapely.union_all(outlines).area, rel=1e-9)
    assert all(crown.outline.exterior.is_ccw and not crown.outline.has_z for crown in crowns)


def test_crowns_at_the_mosaic_border_are_kept_and_flagged(tmp_path: Path) -> None:
    cones = (Cone(0.5, 20.0, 3.0, 15.0), Cone(39.0, 39.5, 3.0, 15.0), Cone(20.0, 20.0, 3.0, 15.0))
    plot = write_plot(tmp_path, cones, 40.0)
    summary, crowns = run(plot, tmp_path / "t.birch.gpkg", watershed(20.0))
    assert summary.outcome.edge_crowns == 2
    assert {crown.edge: shares(cones, [crown]) for crown in crowns if not crown.edge} == {False: [0, 0, 1]}
    assert shares(cones, crowns) == [1, 1, 1]


def test_the_run_is_one_step_that_can_be_undone(sources: PlotSources, tmp_path: Path) -> None:
    path = tmp_path / "t.birch.gpkg"
    summary, crowns = run(sources, path)
    with Project.open(path) as project:
        (entry,) = project.history()
        assert entry.name == f"Segment plot with watershed: {len(crowns)} crowns"
        (record,) = project.runs()
        assert (record.run_id, record.state, record.model_id) == (summary.run_id, "done", "watershed")
        assert record.parameters["min_height_m"] == 2.0
        assert project.staged(summary.run_id) == []
        project.undo()
        assert len(project.table) == 0
        project.redo()
        assert project.table.crowns() == crowns


def test_ids_follow_the_tiles_and_scores_are_recorded(sources: PlotSources, tmp_path: Path) -> None:
    _, crowns = run(sources, tmp_path / "t.birch.gpkg", watershed(24.0))
    assert [crown.tree_id for crown in crowns] == list(range(1, 82))
    tiles = [
        (int((TOP - crown.outline.centroid.y) // 24), int((crown.outline.centroid.x - LEFT) // 24)) for crown in crowns
    ]
    assert tiles == sorted(tiles)
    assert all(crown.score is not None and 0.0 < crown.score < 1.0 for crown in crowns)
    assert {crown.review for crown in crowns} == {"auto"}
    assert len({crown.run_id for crown in crowns}) == 1


def test_a_second_run_replaces_untouched_crowns_and_keeps_decisions(sources: PlotSources, tmp_path: Path) -> None:
    path = tmp_path / "t.birch.gpkg"
    _, first = run(sources, path)
    accepted, edited, deleted = first[10], first[20], first[30]
    larger = edited.outline.buffer(0.4)
    drawn = shapely.box(LEFT + 1000, TOP - 1010, LEFT + 1010, TOP - 1000)
    with Project.open(path) as project:
        project.apply(edits.change("Accept", [accepted], lambda crown: replace(crown, review="accepted")))
        project.apply(edits.change("Reshape", [edited], lambda c: replace(c.with_outline(larger), review="edited")))
        project.apply(edits.delete([deleted], by="me", at="2026-11-21T00:00:00+00:00"))
        (new_id,) = project.take_ids(1)
        project.apply(edits.add("Draw", [Crown(new_id, drawn, review="added")]))
    summary, second = run(sources, path, watershed(24.0))
    by_id = {crown.tree_id: crown for crown in second}
    assert by_id[accepted.tree_id].outline == accepted.outline
    assert by_id[edited.tree_id].outline == larger
    assert by_id[deleted.tree_id].review == "deleted"
    assert by_id[new_id].outline == drawn
    assert summary.outcome.replaced == 78
    assert summary.outcome.already_known == 3
    assert summary.crowns == 78
    assert len(second) == 82
    visible = [crown for crown in second if crown.review != "deleted"]
    assert shares(scattered(SIZE_M), visible) == [0 if index == 30 else 1 for index in range(81)]
    # Ids are never given again.
    assert min(crown.tree_id for crown in second if crown.review == "auto") > new_id


def test_a_deleted_crown_takes_nothing_from_the_trees_in_it_and_beside_it(sources: PlotSources, tmp_path: Path) -> None:
    path = tmp_path / "t.birch.gpkg"
    _, first = run(sources, path)
    wrong = shapely.union(first[40].outline, first[41].outline).convex_hull.buffer(-0.8)
    with Project.open(path) as project:
        (tree_id,) = project.take_ids(1)
        drawn = Crown(tree_id, wrong, review="added")
        project.apply(edits.add("Draw", [drawn]))
        project.apply(edits.delete([drawn], by="me", at="2026-11-21T00:00:00+00:00"))
    _, second = run(sources, path)
    again = [crown.outline for crown in second if crown.review == "auto"]
    assert [outline.area for outline in again] == pytest.approx([crown.outline.area for crown in first])


def test_a_crown_accepted_while_the_run_goes_on_stays(sources: PlotSources, tmp_path: Path) -> None:
    path = tmp_path / "t.birch.gpkg"
    _, first = run(sources, path)
    chosen = first[7]

    def accept(progress: Progress) -> None:
        # The window has the same file open and the user goes on working.
        if (progress.stage, progress.done) == ("segment", 1):
            with Project.open(path) as window:
                window.apply(edits.change("Accept", [chosen], lambda crown: replace(crown, review="accepted")))

    summary, second = run(sources, path, watershed(24.0), JobContext(accept))
    assert (summary.outcome.kept, summary.outcome.already_known) == (1, 1)
    (kept,) = [crown for crown in second if crown.tree_id == chosen.tree_id]
    assert (kept.review, kept.outline) == ("accepted", chosen.outline)


def test_undo_of_a_second_run_brings_the_first_back(sources: PlotSources, tmp_path: Path) -> None:
    path = tmp_path / "t.birch.gpkg"
    _, first = run(sources, path)
    run(sources, path, watershed(24.0))
    with Project.open(path) as project:
        project.undo()
        assert project.table.crowns() == first


def test_an_area_of_interest_bounds_anchors_not_outlines(sources: PlotSources, tmp_path: Path) -> None:
    from test_tiling import write_area

    cones = scattered(SIZE_M)
    inside = shapely.box(LEFT + 20.0, TOP - 52.0, LEFT + 52.0, TOP - 20.0)
    area = write_area(tmp_path / "area.gpkg", inside)
    path = tmp_path / "t.birch.gpkg"
    _, whole = run(sources, path)
    limited = PlotSources(sources.ortho, sources.dsm, sources.dtm, area)
    summary, crowns = run(limited, path, watershed(18.0))
    assert shares(cones, crowns) == [1] * 81
    new = [crown for crown in crowns if crown.run_id == summary.run_id]
    assert 9 <= len(new) <= 25
    assert summary.outcome.kept == 81 - summary.outcome.replaced
    reaches_out = [crown for crown in new if not inside.covers(crown.outline)]
    assert reaches_out
    for crown in reaches_out:
        twin = max(whole, key=lambda other: other.outline.intersection(crown.outline).area).outline
        assert crown.outline.intersection(twin).area / twin.area > 0.9


def test_an_area_of_interest_beside_the_data_is_refused(tmp_path: Path) -> None:
    from test_tiling import write_area

    plain = write_plot(tmp_path, (), 20.0)
    area = write_area(tmp_path / "area.gpkg", shapely.box(LEFT + 500, TOP - 600, LEFT + 600, TOP - 500))
    with pytest.raises(InputError):
        run(PlotSources(plain.ortho, plain.dsm, plain.dtm, area), tmp_path / "t.birch.gpkg")


def test_without_dsm_the_watershed_is_refused_before_it_starts(tmp_path: Path) -> None:
    plain = write_plot(tmp_path, scattered(30.0), 30.0, with_dsm=False)
    with pytest.raises(ModelError, match="needs a surface model"):
        run(plain, tmp_path / "t.birch.gpkg")
    with Project.open(tmp_path / "t.birch.gpkg") as project:
        assert project.runs() == ()


def test_a_plot_without_trees_gives_no_crowns_and_says_so(tmp_path: Path) -> None:
    summary, crowns = run(write_plot(tmp_path, (), 40.0), tmp_path / "t.birch.gpkg")
    assert (summary.crowns, crowns) == (0, [])
    assert summary.facts()["crowns"] == 0


def test_progress_tells_stage_share_and_time_left(sources: PlotSources, tmp_path: Path) -> None:
    seen: list[Progress] = []
    run(sources, tmp_path / "t.birch.gpkg", watershed(24.0), JobContext(seen.append))
    tiles = [progress for progress in seen if progress.stage == "segment"]
    assert [(progress.done, progress.total) for progress in tiles] == [(done, 9) for done in range(10)]
    assert all(progress.eta_s is not None for progress in tiles[1:])
    assert tiles[-1].eta_s == 0.0
    assert [progress.done for progress in seen if progress.stage == "merge"] == [0, 1, 2, 3, 4]


def test_crowns_of_finished_tiles_are_in_the_file_during_the_run(sources: PlotSources, tmp_path: Path) -> None:
    path = tmp_path / "t.birch.gpkg"
    counts: list[int] = []

    def look(progress: Progress) -> None:
        if progress.stage == "segment":
            with Project.open(path, read_only=True) as watcher:
                (record,) = watcher.runs()
                counts.append(len(watcher.staged(record.run_id)))

    run(sources, path, watershed(24.0), JobContext(look))
    assert counts == sorted(counts)
    assert (counts[0], counts[-1] >= 81) == (0, True)


class CancelsAfter(WatershedSegmenter):
    """Cancels its own run while it works on the n-th tile."""

    def __init__(self, tiles: int, token: CancelToken, settings: WatershedParameters) -> None:
        super().__init__(settings)
        self._left = tiles
        self._token = token

    def segment(self, tile: Tile, cancel: CancelToken) -> Sequence[Proposal]:
        self._left -= 1
        if self._left == 0:
            self._token.cancel()
        return super().segment(tile, cancel)


def test_a_cancelled_run_keeps_finished_tiles_and_changes_no_crown(sources: PlotSources, tmp_path: Path) -> None:
    path = tmp_path / "t.birch.gpkg"
    token = CancelToken()
    with pytest.raises(Cancelled):
        run(sources, path, CancelsAfter(4, token, watershed(24.0).settings), JobContext(cancel=token))
    with Project.open(path) as project:
        (record,) = project.runs()
        assert record.state == "cancelled"
        assert project.staged_tiles(record.run_id) == {0, 1, 2}
        assert len(project.table) == 0


@pytest.mark.parametrize("after_s", [0.2, 0.6, 1.2])
def test_a_cancel_is_noticed_within_a_second_on_a_large_tile(after_s: float, tmp_path: Path) -> None:
    # One tile of 150 m a side at 6 cm, as a drone delivers it.
    sources = write_plot(tmp_path, scattered(150.0), 150.0, gsd_m=0.0625)
    token = CancelToken()
    cancelled_at: list[float] = []

    def cancel() -> None:
        cancelled_at.append(time.process_time())  # work, not waiting for others on a busy machine
        token.cancel()

    with Plot.open(sources) as plot, new_project(tmp_path / "t.birch.gpkg", sources) as project:
        timer = threading.Timer(after_s, cancel)
        timer.start()
        try:
            segment_plot(plot, project, watershed(200.0), JobContext(cancel=token))
        except Cancelled:
            assert time.process_time() - cancelled_at[0] < 1.0
        finally:
            timer.cancel()
            timer.join()


def test_tiles_read_in_strips_are_those_read_at_once(sources: PlotSources, monkeypatch: pytest.MonkeyPatch) -> None:
    from inference.pipeline import tile_work as module
    from inference.pipeline.tiling import plan_tiles

    with Plot.open(sources) as plot:
        planned = plan_tiles(plot, watershed(30.0).card)[4]
        whole = module.read_tile(plot, planned, CancelToken())
        monkeypatch.setattr(module, "_READ_AT_ONCE_PX", 10_000)
        strips = module.read_tile(plot, planned, CancelToken())
    assert strips.grid == whole.grid
    for name in ("rgb", "valid", "inside", "dsm_m", "chm_m"):
        np.testing.assert_array_equal(getattr(strips, name), getattr(whole, name), err_msg=name)


def test_a_satellite_scene_is_refused_at_once(tmp_path: Path) -> None:
    scene = write_plot(tmp_path, (), 4000.0, gsd_m=10.0)
    with pytest.raises(InputError, match="covers 10 m on the ground") as raised:
        run(scene, tmp_path / "t.birch.gpkg")
    assert raised.value.code == "run.too_coarse"


def test_a_plot_without_dsm_is_outlined_by_its_brightness(tmp_path: Path) -> None:
    sources = write_plot(tmp_path, scattered(30.0), 30.0, with_dsm=False)
    with Plot.open(sources) as plot, new_project(tmp_path / "t.birch.gpkg", sources) as project:
        summary = segment_plot(plot, project, registry.make_segmenter("valley"), JobContext())
    assert summary.model_id == "valley"
