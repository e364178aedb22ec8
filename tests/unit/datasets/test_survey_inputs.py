"""Where crowns for a training set come from: projects with their corrections, exported files, files of others."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
import shapely.affinity
from factories_rasters import ORIGIN
from factories_training import OPTIONS, SIZE_M, write_plot, write_project, write_set
from pyogrio.raw import write

from inference.crowns.crown import Crown
from inference.crowns.edits import CrownEdit
from inference.crowns.names import NOT_A_TREE
from inference.datasets.surveys import ALL, read_surveys
from inference.errors import BirchtreeError, InputError
from inference.formats.api import export_crowns
from inference.project.store import Project


def crowns_of(outlines: tuple[shapely.Polygon, ...]) -> list[Crown]:
    reviews = ("auto", "accepted", "edited", "added", "deleted")
    return [
        Crown(number, shapely.orient_polygons(outline), score=0.5, review=reviews[number % 5])  # type: ignore[arg-type]
        for number, outline in enumerate(outlines, 1)
    ]


def project(folder: Path) -> tuple[Path, list[Crown]]:
    sources, outlines = write_plot(folder)
    crowns = crowns_of(outlines)
    return write_project(folder, sources, crowns), crowns


def code_of(paths: list[Path], complete: Path | str | None = ALL, rasters: Path | None = None) -> str:
    with pytest.raises(BirchtreeError) as caught:
        read_surveys(paths, complete=complete, rasters=rasters)
    return caught.value.code


def test_a_project_gives_what_nobody_rejected(tmp_path: Path) -> None:
    path, crowns = project(tmp_path)
    (survey,) = read_surveys([path], complete=ALL)
    assert {crown.tree_id for crown in survey.crowns} == {one.tree_id for one in crowns if one.review != "deleted"}
    assert survey.name == "plot"
    assert survey.project == path
    assert survey.unit_m == 1.0
    assert survey.sources.dsm is not None
    assert survey.complete.area == pytest.approx(SIZE_M**2)


def test_what_is_no_tree_is_background(tmp_path: Path) -> None:
    path, crowns = project(tmp_path)
    first = next(one for one in crowns if one.review != "deleted")
    rock = replace(first, species=NOT_A_TREE, label=NOT_A_TREE)
    with Project.open(path) as opened:
        opened.apply(CrownEdit("Set species", removed=(opened.table.get(first.tree_id),), added=(rock,)))
        export_crowns(opened, tmp_path / "crowns.shp")
    for source in (path, tmp_path / "crowns.shp"):
        (survey,) = read_surveys([source], complete=ALL)
        assert survey.crowns
        assert first.tree_id not in {crown.tree_id for crown in survey.crowns}


def test_the_correction_log_tells_of_every_crown(tmp_path: Path) -> None:
    path, crowns = project(tmp_path)
    with Project.open(path) as opened:
        moved = next(crown for crown in opened.table.crowns() if crown.tree_id == 1)
        outline = shapely.affinity.translate(moved.outline, 0.3, 0.0)
        edited = replace(moved, outline=outline, review="edited", edited_by="Zoë")
        opened.apply(CrownEdit("Move", removed=(moved,), added=(edited,)))
    folder = write_set(tmp_path / "set", read_surveys([path], complete=ALL))
    with (folder / "corrections.csv").open(encoding="utf-8", newline="") as file:
        rows = {int(row["tree_id"]): row for row in csv.DictReader(file)}
    assert set(rows) == {one.tree_id for one in crowns}
    assert rows[1]["review"] == "edited"
    assert rows[1]["edited_by"] == "Zoë"
    assert rows[1]["survey"] == "plot"
    assert rows[4]["review"] == "deleted"


def test_an_exported_shapefile_is_read_with_the_rasters_beside_it(tmp_path: Path) -> None:
    path, crowns = project(tmp_path)
    with Project.open(path) as opened:
        export_crowns(opened, tmp_path / "crowns.shp")
    (survey,) = read_surveys([tmp_path / "crowns.shp"], complete=ALL)
    assert survey.sources.ortho.name == "a_rgb.tif"
    assert survey.project is None
    kept = {one.tree_id: one for one in crowns if one.review != "deleted"}
    assert {crown.tree_id for crown in survey.crowns} == set(kept)
    for crown in survey.crowns:
        assert shapely.intersection(crown.outline, kept[crown.tree_id].outline).area > 0.98 * crown.outline.area


def write_boxes(path: Path, outlines: tuple[shapely.Polygon, ...], **columns: list[str]) -> Path:
    write(
        path,
        geometry=shapely.to_wkb(np.array([shapely.envelope(one) for one in outlines], object)),
        field_data=[np.array(column, object) for column in columns.values()],
        fields=list(columns),
        geometry_type="Polygon",
        crs="EPSG:32619",
        driver="GPKG",
        layer="crowns",
    )
    return path


def test_one_file_for_several_plots_goes_by_place(tmp_path: Path) -> None:
    plots = [write_plot(tmp_path, name, east_m=east, seed=int(east))[1] for name, east in (("a", 0.0), ("b", 300.0))]
    path = write_boxes(tmp_path / "crowns.gpkg", plots[0] + plots[1])
    surveys = read_surveys([path], complete=ALL)
    assert [len(survey.crowns) for survey in surveys] == [len(one) for one in plots]
    assert [survey.name for survey in surveys] == ["a_rgb", "b_rgb"]


def test_or_by_the_name_of_the_picture(tmp_path: Path) -> None:
    _, outlines = write_plot(tmp_path, "a")
    write_plot(tmp_path, "b", seed=1)
    names = ["a_rgb.tif"] * (len(outlines) - 1) + ["elsewhere.tif"]
    surveys = read_surveys([write_boxes(tmp_path / "c.gpkg", outlines, image_path=names)], complete=ALL)
    assert [(survey.name, len(survey.crowns)) for survey in surveys] == [("a_rgb", len(outlines) - 1)]


def test_complete_areas_come_from_a_file_in_any_crs(tmp_path: Path) -> None:
    path, _ = project(tmp_path)
    half = shapely.box(ORIGIN[0] - 50, ORIGIN[1] - 50, ORIGIN[0] + SIZE_M / 2, ORIGIN[1] + 50)
    area = write_boxes(tmp_path / "area.gpkg", (half,))
    (survey,) = read_surveys([path], complete=area)
    assert survey.complete.area == pytest.approx(SIZE_M**2 / 2)


def test_names_are_plain_and_different(tmp_path: Path) -> None:
    paths = []
    for folder in ("one", "two"):
        sources, outlines = write_plot(tmp_path / folder)
        paths.append(write_project(tmp_path / folder, sources, crowns_of(outlines), "Plot é (1)"))
    assert [survey.name for survey in read_surveys(paths, complete=ALL)] == ["Plot_é__1", "Plot_é__1_2"]


def test_what_cannot_be_used(tmp_path: Path) -> None:
    path, _ = project(tmp_path)
    assert code_of([path], complete=None) == "dataset.complete_unknown"
    with Project.open(path) as opened:
        export_crowns(opened, tmp_path / "far" / "crowns.shp")
    assert code_of([tmp_path / "far" / "crowns.shp"]) == "dataset.no_picture"
    assert code_of([tmp_path / "far" / "crowns.shp"], rasters=tmp_path / "nowhere") == "dataset.no_picture"
    assert code_of([tmp_path / "missing.shp"]) == "dataset.no_file"
    assert code_of([tmp_path / "missing.shp"], complete=None) == "dataset.no_file"
    assert code_of([tmp_path / "missing.birch.gpkg"], complete=None) == "dataset.no_file"
    assert code_of([path], complete=tmp_path / "missing.gpkg") == "aoi.unreadable"
    (tmp_path / "a_rgb.tif").unlink()
    assert code_of([path])


def test_a_project_without_crowns(tmp_path: Path) -> None:
    sources, outlines = write_plot(tmp_path)
    path = write_project(tmp_path, sources, [Crown(1, outlines[0], review="deleted")])
    with pytest.raises(InputError) as caught:
        read_surveys([path], complete=ALL)
    assert caught.value.code == "dataset.no_crowns"
    assert OPTIONS.gsd_m == 0.2
