"""Two surveys of one place, from real rasters: shift, fate of every tree, the table, carrying over."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely

from inference.change import coregister as coregistering
from inference.change.carry import carry_files
from inference.change.comparing import counts
from inference.change.coregister import coregister
from inference.change.report import compare_files
from inference.change.survey import day, years_between
from inference.change.writing import write_changes
from inference.cli.program import run
from inference.crowns import edits
from inference.crowns.crown import Crown, Measures
from inference.errors import InputError, VectorError
from inference.formats.importing import import_crowns
from inference.plot.frame import composed
from inference.plot.plot import Plot, PlotSources
from inference.project.store import Project
from inference.sample import SamplePlot, ensure_sample_plot

SHIFT_M = (0.8, -0.5)


@pytest.fixture(scope="module")
def forest(tmp_path_factory: pytest.TempPathFactory) -> SamplePlot:
    return ensure_sample_plot(tmp_path_factory.mktemp("forest"), "tiny")


def moved_raster(source: Path, target: Path, shift_m: tuple[float, float], *, add: float = 0.0) -> Path:
    with rasterio.open(source) as dataset:
        profile = dataset.profile
        data = dataset.read()
        profile["transform"] = composed(rasterio.Affine.translation(*shift_m), dataset.transform)
        with rasterio.open(target, "w", **profile) as out:
            out.write(data if not add else np.where(data == dataset.nodata, data, data + add).astype(data.dtype))
    return target


def a_project(path: Path, plot: SamplePlot, shift_m: tuple[float, float] = (0.0, 0.0)) -> Project:
    """A project of the forest, its rasters moved."""
    path.parent.mkdir(parents=True)
    names = (plot.ortho, plot.dsm, plot.dtm)
    files = [moved_raster(name, path.parent / name.name, shift_m) for name in names if name is not None]
    with Plot.open(PlotSources(*files), check=False) as opened:
        return Project.create(path, opened.sources, crs_wkt=opened.crs_wkt, unit_m=opened.unit_m)


@pytest.fixture
def two(tmp_path: Path, forest: SamplePlot) -> tuple[Path, Path]:
    """The forest twice, the second time 0.94 m off: one tree felled, one dead, one new, all others a bit higher."""
    old, new = tmp_path / "a" / "y1.birch.gpkg", tmp_path / "b" / "y2.birch.gpkg"
    with a_project(old, forest) as first, a_project(new, forest, SHIFT_M) as second:
        import_crowns(first, forest.truth, by="ann")
        crowns = first.table.crowns()
        measured = {c.tree_id: Measures(height_m=10.0, height_source="field") for c in crowns}
        first.set_measures(measured)
        first.set_meta("survey_date", "2024-07-01")
        second.set_meta("survey_date", "2026-07-01")
        grown = [
            Crown(
                crown.tree_id,
                shapely.affinity.scale(shapely.affinity.translate(crown.outline, *SHIFT_M), 1.05, 1.05),
                review="accepted",
                measures=Measures(height_m=11.0, height_source="field"),
            )
            for crown in crowns[2:]
        ]
        grown[0] = replace(grown[0], species="dead", label="dead")
        second.take_ids(max(c.tree_id for c in crowns))
        second.apply(edits.add("Add", grown))
        gone = first.table.get(crowns[1].tree_id)
        first.apply(edits.delete([gone], by="ann", at="t"))
    return old, new


def test_the_shift_is_measured_to_a_few_centimetres_and_matters(two: tuple[Path, Path]) -> None:
    report = compare_files(*two)
    assert report.shift is not None
    assert report.shift.is_known
    assert report.shift.matters
    assert (report.shift.east_m, report.shift.north_m) == pytest.approx(SHIFT_M, abs=0.1)
    assert "94 cm off" in report.shift.sentence() or "cm off" in report.shift.sentence()
    found = counts(report.changes)
    assert found["died"] == 1
    # The tree without a later crown still stands in the later surface, so nobody may call it gone.
    assert found["gone"] == 0
    assert found["unclear_now"] + found["outside"] == 1
    pairs = [change for change in report.changes if change.fate == "survived"]
    assert all(change.earlier_id == change.later_id for change in pairs)
    assert report.years == pytest.approx(2.0, abs=0.01)
    assert report.median_growth_m() == pytest.approx(1.0)
    assert min(change.area_growth_m2 or 0 for change in pairs) > 0


def test_without_moving_fewer_crowns_match(two: tuple[Path, Path]) -> None:
    moved, left = compare_files(*two, min_iou=0.6), compare_files(*two, min_iou=0.6, move=False)
    assert counts(left.changes)["survived"] < counts(moved.changes)["survived"]


def test_felled_and_new_trees_are_told_by_the_heights(tmp_path: Path, forest: SamplePlot) -> None:
    old, new = tmp_path / "a" / "y1.birch.gpkg", tmp_path / "b" / "y2.birch.gpkg"
    with a_project(old, forest) as first, a_project(new, forest) as second:
        import_crowns(first, forest.truth, by="ann")
        with Plot.open(first.locate_rasters()) as plot:
            inner = shapely.box(*plot.bounds_crs).buffer(-3)
        inside = [c for c in first.table.crowns() if inner.covers(c.outline)]
        felled = max(inside, key=lambda crown: crown.outline.area)
        first.set_measures({c.tree_id: Measures(height_m=12.0, height_source="field") for c in first.table.crowns()})
        second.take_ids(1000)
        left = [crown for crown in first.table.crowns() if crown.tree_id != felled.tree_id]
        second.apply(edits.add("Add", [replace(crown, measures=None) for crown in left]))
        with rasterio.open(new.parent / forest.dsm.name, "r+") as dsm, rasterio.open(forest.dtm) as dtm:  # type: ignore[arg-type, union-attr]
            surface = dsm.read(1)
            cut = [felled.outline.buffer(1.0)]
            hole = rasterio.features.geometry_mask(cut, surface.shape, dsm.transform, invert=True)
            ground = dtm.read(1, out_shape=surface.shape)
            surface[hole] = ground[hole]
            dsm.write(surface, 1)
    report = compare_files(old, new)
    assert [c.earlier_id for c in report.changes if c.fate == "gone"] == [felled.tree_id]
    assert report.mortality is not None
    assert report.mortality > 0
    back = compare_files(new, old)
    assert [c.later_id for c in back.changes if c.fate == "new"] == [felled.tree_id]
    with Project.open(new) as project:
        before = len(project.table)
    carried = carry_files(old, new)
    assert (len(carried.crowns), carried.gone) == (0, 1)
    with Project.open(new) as project:
        assert len(project.table) == before


def test_earlier_crowns_become_proposals_and_undo_takes_them_away(tmp_path: Path, forest: SamplePlot) -> None:
    old, new = tmp_path / "a" / "y1.birch.gpkg", tmp_path / "b" / "y2.birch.gpkg"
    with a_project(old, forest) as first, a_project(new, forest, SHIFT_M):
        import_crowns(first, forest.truth, by="ann")
        count = len(first.table)
    carried = carry_files(old, new)
    assert len(carried.crowns) > 0.8 * count
    assert carried.shift.matters
    assert carried.shaped > 0
    with Project.open(new) as project:
        assert len(project.table) == len(carried.crowns)
        assert {crown.review for crown in project.table.crowns()} == {"auto"}
        assert project.table.get(1).note == "y1.birch.gpkg: 1"
        assert all(crown.outline.is_valid for crown in project.table.crowns())
        project.undo()
        assert len(project.table) == 0
        project.redo()
    again = carry_files(old, new)
    assert len(again.crowns) <= 0.1 * count


def test_the_command_writes_tables(two: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "c.csv"
    code = run(["change", str(two[0]), str(two[1]), "-o", str(table), "--json"], lambda _: 0)
    assert code == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["trees"]["died"] == 1
    assert facts["shift"]["matters"] is True
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == sum(facts["trees"].values())
    assert {"growth_m_per_year", "WKT", "fate"} <= set(rows[0])
    code = run(["change", str(two[0]), str(two[1]), "-o", str(tmp_path / "c.gpkg")], lambda _: 0)
    assert code == 0
    assert "Mortality" in capsys.readouterr().out
    info = pyogrio.read_info(tmp_path / "c.gpkg", layer="changes")
    assert info["features"] == len(rows)
    assert info["crs"] == "EPSG:32611" or info["crs"]


@pytest.mark.parametrize(
    "more", [["--dates", "2024-07-01", "soon"], ["--dates", "2026-01-01", "2024-01-01"], ["--iou", "0"]]
)
def test_bad_wishes_are_refused(two: tuple[Path, Path], more: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["change", str(two[0]), str(two[1]), *more], lambda _: 0) == 3
    assert capsys.readouterr().err


def test_other_mistakes(two: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="same file"):
        compare_files(two[0], two[0])
    report = compare_files(*two)
    with pytest.raises(VectorError, match=r"\.csv or \.gpkg"):
        write_changes(report, tmp_path / "c.shp")
    with pytest.raises(VectorError):
        write_changes(report, two[1])


def test_without_rasters_crowns_are_compared_all_the_same(two: tuple[Path, Path]) -> None:
    for raster in two[0].parent.glob("*.tif"):
        raster.unlink()
    report = compare_files(*two)
    assert report.shift is None
    assert len(report.notes) == 2
    assert counts(report.changes)["survived"] > 0


def test_other_places_are_refused(tmp_path: Path, forest: SamplePlot) -> None:
    far = moved_raster(forest.ortho, tmp_path / "far.tif", (500.0, 0.0))
    with Plot.open(PlotSources(forest.ortho), check=False) as one, Plot.open(PlotSources(far), check=False) as other:
        with pytest.raises(InputError) as caught:
            coregister(one, other, crown_m=3.0)
        assert caught.value.code == "change.elsewhere"
        assert coregistering.CoRegistration().sentence().startswith("The shift between")


def test_days() -> None:
    assert day("2024-02-30") is None
    assert day(None) is None
    assert years_between(day("2024-01-01"), day("2025-01-01")) == pytest.approx(1.0, abs=0.01)
    assert years_between(day("2025-01-01"), day("2024-01-01")) is None


# ---- a real place in two years


@pytest.mark.shared
def test_sjer_a_year_apart(shared_data: Path, tmp_path: Path) -> None:
    known = wrong = 0
    names = ("SJER_002", "SJER_004", "SJER_005", "SJER_010")
    plots = {(name, year): shared_data / f"sjer_{year}" / f"{name}_rgb.tif" for name in names for year in (2017, 2018)}
    for number, name in enumerate(names):
        with Plot.open(PlotSources(plots[name, 2017])) as old, Plot.open(PlotSources(plots[name, 2018])) as new:
            shift = coregister(old, new, crown_m=8.0)
            known += shift.is_known and shift.distance_m < 1.5
            other = names[number - 1]
            moved = moved_raster(plots[other, 2017], tmp_path / f"{other}.tif", (0.0, 0.0))
            with rasterio.open(moved, "r+") as dataset:
                dataset.transform = old.ortho.transform
            with Plot.open(PlotSources(moved), check=False) as elsewhere:
                wrong += coregister(elsewhere, new, crown_m=8.0).is_known
    assert (known, wrong) == (len(names), 0)


@pytest.mark.shared
def test_crowns_of_sjer_find_each_other(shared_data: Path, tmp_path: Path) -> None:
    paths = []
    for year in (2017, 2018):
        folder = shared_data / f"sjer_{year}"
        with Plot.open(PlotSources(folder / "SJER_055_rgb.tif")) as plot:
            path = tmp_path / f"sjer_{year}.birch.gpkg"
            with Project.create(path, plot.sources, crs_wkt=plot.crs_wkt, unit_m=plot.unit_m) as project:
                import_crowns(project, folder / "crowns.gpkg", by="neon")
        paths.append(path)
    report = compare_files(*paths)
    found = counts(report.changes)
    assert found["survived"] >= 12
    assert all(change.iou is not None and change.iou >= 0.3 for change in report.changes if change.fate == "survived")
