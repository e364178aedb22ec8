"""The queue as a whole: filters, control crowns, seams of a real run, second tops of a real DSM."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely

from inference.crowns.crown import Crown, Measures
from inference.crowns.records import Control
from inference.crowns.table import CrownTable
from inference.jobs import CancelToken
from inference.plot.plot import Plot
from inference.plot.sources import PlotSources
from inference.project.runs import RunRecord
from inference.review.marks import peaks_by_crown, with_two_peaks
from inference.review.queue import make_queue, peaks_in, peaks_of, seams_of
from inference.review.standing import SAMPLE
from inference.review.state import Filters, ReviewState
from inference.sample import SamplePlot, ensure_sample_plot


@pytest.fixture(scope="module")
def plot_files(tmp_path_factory: pytest.TempPathFactory) -> SamplePlot:
    return ensure_sample_plot(tmp_path_factory.mktemp("review_plot"), "tiny")


@pytest.fixture(scope="module")
def crowns(plot_files: SamplePlot, tmp_path_factory: pytest.TempPathFactory) -> list[Crown]:
    """The true crowns of the small plot, as a run would have proposed them."""
    from inference.formats.api import import_crowns
    from inference.project.store import Project

    path: Path = tmp_path_factory.mktemp("review_project") / "p.birch.gpkg"
    with (
        Plot.open(PlotSources(plot_files.ortho, plot_files.dsm, plot_files.dtm)) as plot,
        Project.create(path, plot.sources, crs_wkt=plot.crs_wkt, unit_m=plot.unit_m) as project,
    ):
        import_crowns(project, plot_files.truth, by="tester")
        found = project.table.crowns()
    torn = Measures(species_topk="Acer rubrum 0.500; Picea glauca 0.490")
    sure = Measures(species_topk="Acer rubrum 1.000")
    return [
        replace(
            crown,
            score=(7 * number % 100) / 100,
            review="auto",
            run_id="r1",
            species="Acer rubrum",
            species_score=0.5,
            measures=torn if number % 4 == 0 else sure,
        )
        for number, crown in enumerate(found)
    ]


def test_every_proposed_crown_is_there_once_and_every_tenth_is_a_control(crowns: list[Crown]) -> None:
    queue = make_queue(CrownTable(crowns), ReviewState(seed=3))
    ids = [entry.tree_id for entry in queue.entries]
    assert sorted(ids) == sorted(crown.tree_id for crown in crowns)
    assert [place for place, entry in enumerate(queue.entries) if entry.is_control] == list(range(9, len(ids), 10))
    ranked = [queue.expected(entry) for entry in queue.entries if not entry.is_control]
    assert ranked == sorted(ranked, reverse=True)
    assert queue.reasons(queue.entries[0])


def test_the_same_seed_draws_the_same_controls(crowns: list[Crown]) -> None:
    table = CrownTable(crowns)
    assert make_queue(table, ReviewState(seed=3)).entries == make_queue(table, ReviewState(seed=3)).entries
    drawn = [{e.tree_id for e in make_queue(table, ReviewState(seed=s)).entries if e.is_control} for s in (3, 4)]
    assert drawn[0] != drawn[1]


def test_what_was_drawn_or_looked_at_is_not_drawn_again(crowns: list[Crown]) -> None:
    table = CrownTable(crowns)
    before = [entry.tree_id for entry in make_queue(table, ReviewState(seed=3)).entries if entry.is_control]
    judged = [Control(before[0], SAMPLE, "2026-05-01T00:00:00+00:00", "right")]
    queue = make_queue(table, ReviewState(seed=3, looked=frozenset(before[1:2])), judged)
    assert not set(before[:2]) & {entry.tree_id for entry in queue.entries if entry.is_control}


def test_filters(crowns: list[Crown]) -> None:
    decided = [replace(crowns[0], review="accepted"), *crowns[1:]]
    table = CrownTable(decided)
    first = decided[0].tree_id
    usual = make_queue(table, ReviewState(), every=10_000)
    assert first not in [entry.tree_id for entry in usual.entries]
    everything = make_queue(table, ReviewState(filters=Filters(only_proposed=False)), every=10_000)
    assert first in [entry.tree_id for entry in everything.entries]
    unsure = make_queue(table, ReviewState(filters=Filters(only_unsure_species=True)))
    assert {entry.tree_id for entry in unsure.entries} == {crown.tree_id for crown in crowns[4::4]}
    some = tuple(crown.tree_id for crown in crowns[3:9])
    part = make_queue(table, ReviewState(filters=Filters(where="view", ids=some)))
    assert {entry.tree_id for entry in part.entries} == set(some)
    assert not any(entry.is_control for entry in part.entries)


def test_an_empty_plot_has_an_empty_queue() -> None:
    assert len(make_queue(CrownTable(), ReviewState())) == 0


def test_seams_and_second_tops_of_a_real_plot(crowns: list[Crown], plot_files: SamplePlot) -> None:
    table = CrownTable(crowns)
    with Plot.open(PlotSources(plot_files.ortho, plot_files.dsm, plot_files.dtm)) as plot:
        peaks = peaks_of(table, plot, CancelToken())
        seams = seams_of(table, plot, [RunRecord("r1", "segment", "watershed")])
        assert seams_of(table, plot, [RunRecord("r1", "segment", "no-such-model")]) is None
    assert peaks is not None
    assert len(peaks.ids) > 0.8 * len(crowns)
    assert (peaks.values >= 0).all()
    assert seams is not None  # one tile: a run without seams
    assert len(seams.ids) == 0


def test_a_crown_has_two_peaks_whether_one_asks_for_it_or_for_all(crowns: list[Crown], plot_files: SamplePlot) -> None:
    table = CrownTable([_with_neighbour(crown, crowns) for crown in crowns[:24]])
    with Plot.open(PlotSources(plot_files.ortho, plot_files.dsm, plot_files.dtm)) as plot:
        all_at_once = peaks_by_crown(table.ids, table.outlines, plot, CancelToken())
        alone = {
            tree_id: peaks_by_crown(np.array([tree_id]), table.outlines[[place]], plot, CancelToken())
            for place, tree_id in enumerate(table.ids.tolist())
        }
        assert with_two_peaks(table, plot, CancelToken()).tolist() == sorted(all_at_once)
    assert 0 < len(all_at_once) < len(table.ids)
    assert all_at_once == {tree_id: tops for found in alone.values() for tree_id, tops in found.items()}
    assert all(shapely.contains_xy(table.get(tree_id).outline, tops).all() for tree_id, tops in all_at_once.items())


def _with_neighbour(crown: Crown, crowns: list[Crown]) -> Crown:
    """One outline around two crowns, where there is another beside it."""
    beside = [other for other in crowns if 0 < other.outline.distance(crown.outline) < 0.5]
    if not beside:
        return crown
    both = crown.outline.union(max(beside, key=lambda other: other.outline.area).outline).buffer(0.6).buffer(-0.6)
    return crown.with_outline(both) if isinstance(both, shapely.Polygon) else crown


def test_the_quick_look_does_not_hang_on_the_other_crowns(crowns: list[Crown], plot_files: SamplePlot) -> None:
    table = CrownTable(crowns)
    with Plot.open(PlotSources(plot_files.ortho, plot_files.dsm, plot_files.dtm)) as plot:
        together = peaks_of(table, plot, CancelToken())
        assert together is not None
        for place, tree_id in enumerate(table.ids.tolist()):
            alone = peaks_in(np.array([tree_id]), table.outlines[[place]], plot, CancelToken())
            assert alone is not None
            np.testing.assert_allclose(alone.values, together.of(alone.ids), atol=1e-4)


def test_a_column_reads_as_the_rows_do(crowns: list[Crown]) -> None:
    """Reading one attribute is a short cut around the whole row; and a frozen table does not follow edits."""
    from inference.crowns import columns, edits

    measured = replace(crowns[0], edge=True, note="x", measures=Measures(height_m=3.0, treetop_crs=(1.0, 2.0)))
    for crown in (measured, crowns[1], replace(crowns[2], measures=None)):
        row = columns.row_of(crown)
        assert [columns.reader(name)(crown) for name in columns.STORED] == list(row)
    table = CrownTable(crowns)
    frozen = table.frozen()
    table.apply(edits.change("Accept", crowns[:1], lambda crown: replace(crown, review="accepted")))
    assert frozen.get(crowns[0].tree_id).review == "auto"
    assert frozen.column("review")[0] == "auto"
    assert table.column("review")[0] == "accepted"
