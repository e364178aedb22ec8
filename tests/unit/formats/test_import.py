"""Imports of files that other programs wrote, good and bad."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from affine import Affine
from small_projects import LEFT, TOP, UTM, full_crown, new_project, round_crown, some_crowns, with_crowns, write_ortho

from inference.crowns import edits
from inference.crowns.crown import Measures
from inference.errors import VectorError
from inference.formats.api import export_crowns, import_crowns
from inference.formats.reader import read_rows
from inference.project.store import Project


@pytest.fixture
def project(tmp_path: Path):  # type: ignore[no-untyped-def]
    with new_project(tmp_path / "plot") as opened:
        yield opened


def write_vector(
    path: Path,
    geometries: list[shapely.Geometry | None],
    crs: str | None = UTM,
    driver: str | None = None,
    geometry_type: str = "Unknown",
    **columns: Any,
) -> Path:
    array = np.empty(len(geometries), object)
    array[:] = geometries
    if path.suffix == ".shp":
        geometry_type = "Polygon"
    with pytest.MonkeyPatch.context() as patch:
        if crs is None:
            patch.setattr("warnings.warn", lambda *_, **__: None)
        pyogrio.raw.write(
            path,
            shapely.to_wkb(array),
            [np.asarray(values) for values in columns.values()],
            list(columns),
            crs=crs,
            geometry_type=geometry_type,
            driver=driver,
        )
    return path


def box(x_m: float, y_m: float, size_m: float = 4.0) -> shapely.Polygon:
    """A square crown, its upper left corner counted from the plot's."""
    return shapely.box(LEFT + x_m, TOP - y_m - size_m, LEFT + x_m + size_m, TOP - y_m)


@pytest.mark.parametrize("name", ["t.shp", "t.gpkg", "t.geojson", "t.fgb", "t.kml", "t.gml", "t.sqlite"])
def test_any_vector_file(project: Project, tmp_path: Path, name: str) -> None:
    crs = "EPSG:4326" if name == "t.kml" else UTM
    outlines: list[shapely.Geometry | None] = [box(10, 10), box(30, 30)]
    if crs != UTM:
        outlines = [to_degrees(outline) for outline in outlines]
    driver = "LIBKML" if name == "t.kml" else None
    path = write_vector(tmp_path / name, outlines, crs, driver, species=np.array(["Abies", "Picéa"], object))
    summary = import_crowns(project, path, by="me")
    assert summary.added == 2
    crowns = project.table.crowns()
    assert {crown.species for crown in crowns} == {"Abies", "Picéa"}
    for crown in crowns:
        expected = box(10, 10) if crown.species == "Abies" else box(30, 30)
        assert crown.outline.hausdorff_distance(expected) < 1e-3
        assert (crown.review, crown.edited_by, crown.score) == ("added", "me", None)
        assert crown.outline.exterior.is_ccw
        assert not crown.outline.has_z


def to_degrees(outline: shapely.Geometry | None) -> shapely.Geometry:
    def carry(xy: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
        return np.column_stack(rasterio.warp.transform(UTM, "EPSG:4326", xy[:, 0], xy[:, 1]))

    return shapely.transform(outline, carry)


def test_odd_geometries_are_counted(project: Project, tmp_path: Path) -> None:
    bow_tie = shapely.Polygon([(LEFT + x, TOP - y) for x, y in ((50, 50), (56, 56), (56, 50), (50, 58))])
    path = write_vector(
        tmp_path / "odd.gpkg",
        [
            shapely.MultiPolygon([box(10, 10, 2), box(20, 20, 5)]),
            shapely.MultiPolygon([box(30, 10, 3)]),
            shapely.force_3d(box(40, 40), 12.0),
            None,
            shapely.Polygon(),
            bow_tie,
            shapely.Point(LEFT + 5, TOP - 5),
            box(500, 500),
            box(98, 98),
            shapely.GeometryCollection([shapely.Point(LEFT + 1, TOP - 1), box(80, 10, 3)]),
        ],
    )
    summary = import_crowns(project, path, by=None)
    assert summary.added == 6
    assert summary.tally.rows == 10
    assert (summary.tally.null, summary.tally.not_polygons, summary.tally.outside) == (2, 1, 1)
    assert summary.tally.multipart == 2
    assert summary.tally.repaired == 1
    outlines = project.table.outlines
    assert shapely.is_valid(outlines).all()
    assert not shapely.has_z(outlines).any()
    assert sorted(np.round(shapely.area(outlines), 6).tolist())[-2:] == [16.0, 25.0]
    facts = summary.facts()
    assert (facts["without_outline"], facts["outside_plot"], facts["largest_part_kept"]) == (2, 1, 2)
    assert "1 row wholly outside the plot left out." in summary.sentence()
    json.dumps(facts)


def test_species_height_and_score_under_the_names_that_others_use(project: Project, tmp_path: Path) -> None:
    names = ("scientificName", "taxonID", "height", "Confidence", "classifier_score", "treeID", "remarks", "foo")
    values = (["Quercus rubra L.", None], ["QURU", None], [11.8, -9999.0], [0.7, 3.0], [np.nan, np.nan], [5, 9],
              ["big", None], [1, 2])  # fmt: skip
    columns = {
        name: np.array(column, object) if isinstance(column[0], str) else np.array(column)
        for name, column in zip(names, values, strict=True)
    }
    path = write_vector(tmp_path / "field.gpkg", [box(10, 10), box(20, 20)], **columns)
    summary = import_crowns(project, path, by="me")
    assert "foo" in summary.notes[-1]
    oak, bare = project.table.crowns([5, 9])
    assert (oak.species, oak.species_code, oak.label) == ("Quercus rubra L.", "QURU", "Quercus rubra L.")
    assert oak.measures == Measures(height_m=11.8, height_source="field")
    assert (oak.score, oak.note) == (0.7, "big")
    assert (bare.species, bare.label, bare.measures, bare.score) == (None, "Tree", None, None)


def test_ids_are_kept_where_nobody_has_had_them(project: Project, tmp_path: Path) -> None:
    with_crowns(project, [round_crown(3, 10, 10), round_crown(4, 20, 20)])
    project.apply(edits.CrownEdit("Remove", removed=(project.table.get(4),)))
    outlines = [box(60, 60), box(70, 60), box(80, 60), box(60, 70), box(70, 70), box(80, 70)]
    # Taken elsewhere; given out before; free; twice; none; absurd.
    path = write_vector(tmp_path / "ids.gpkg", outlines, tree_id=np.array([3, 4, 50, 50, 0, 2**40]))
    assert import_crowns(project, path, by=None).added == 6
    ids = project.table.ids.tolist()
    assert {3, 50} <= set(ids)
    assert len(ids) == 7
    assert 4 not in ids
    assert max(ids) < 100
    assert project.take_ids(1).start > max(ids)


def test_a_row_with_the_id_of_a_crown_at_its_place_changes_it(project: Project, tmp_path: Path) -> None:
    with_crowns(project, [full_crown(7), round_crown(12, 60, 20, score=0.25, run_id="run 1")])
    export_crowns(project, tmp_path / "crowns.shp")
    meta, _, wkb, fields = pyogrio.raw.read(tmp_path / "crowns.shp")
    columns = dict(zip(meta["fields"].tolist(), fields, strict=True))
    geometries = shapely.from_wkb(wkb)
    geometries[0] = shapely.transform(geometries[0], lambda xy: xy + np.array([0.5, 0]))
    columns["species"][1] = "Pinus contorta"
    edited = write_vector(tmp_path / "edited.gpkg", list(geometries), **columns)
    summary = import_crowns(project, edited, by="Ana")
    assert (summary.added, summary.changed, summary.unchanged) == (0, 2, 0)
    moved, renamed = project.table.crowns([7, 12])
    assert moved.outline.equals_exact(shapely.orient_polygons(geometries[0]), 1e-9)
    assert moved.measures is None, "its height was measured inside the older outline"
    assert (moved.review, moved.edited_by) == ("edited", "Ana")
    assert moved.note == full_crown().note, "a shapefile has no field for notes"
    assert (renamed.species, renamed.review, renamed.edited_by) == ("Pinus contorta", "edited", "Ana")
    assert renamed.run_id == "run 1"
    assert renamed.score == 0.25
    project.undo()
    assert project.table.get(7) == full_crown(7)


def test_a_file_with_few_columns_changes_only_those(project: Project, tmp_path: Path) -> None:
    crown = full_crown(7)
    with_crowns(project, [crown])
    path = write_vector(tmp_path / "few.gpkg", [crown.outline], tree_id=np.array([7]), score=np.array([0.5]))
    assert import_crowns(project, path, by="Ana").changed == 1
    after = project.table.get(7)
    assert (after.score, after.species, after.label, after.note) == (0.5, crown.species, crown.label, crown.note)
    assert after.measures == crown.measures


def test_heights_from_the_field_come_in_and_others_do_not_overwrite(project: Project, tmp_path: Path) -> None:
    with_crowns(project, [full_crown(7)])
    for source, expected in (("DSM-DTM", 18.253), ("field", 21.0)):
        path = write_vector(
            tmp_path / f"{source}.gpkg",
            [full_crown().outline],
            tree_id=np.array([7]),
            height_m=np.array([21.0]),
            h_src=np.array([source], object),
        )
        import_crowns(project, path, by=None)
        measures = project.table.get(7).measures
        assert measures is not None
        assert measures.height_m == expected


def test_measures_of_an_outline_that_was_changed_elsewhere_are_dropped(project: Project, tmp_path: Path) -> None:
    with with_crowns(new_project(tmp_path / "first"), [full_crown(7)]) as first:
        export_crowns(first, tmp_path / "crowns.gpkg")
    meta, _, wkb, fields = pyogrio.raw.read(tmp_path / "crowns.gpkg")
    columns = dict(zip(meta["fields"].tolist(), fields, strict=True))
    larger = [geometry.buffer(0.5) for geometry in shapely.from_wkb(wkb)]
    summary = import_crowns(project, write_vector(tmp_path / "larger.gpkg", larger, **columns), by=None)
    assert project.table.get(7).measures is None
    assert "measure them again" in " ".join(summary.notes)


def test_another_crs_is_carried_over(project: Project, tmp_path: Path) -> None:
    with with_crowns(new_project(tmp_path / "first"), some_crowns()) as first:
        export_crowns(first, tmp_path / "utm.gpkg")
    rows = read_rows(tmp_path / "utm.gpkg")
    degrees = [to_degrees(outline) for outline in rows.outlines]
    path = write_vector(tmp_path / "degrees.geojson", degrees, "EPSG:4326", tree_id=rows.columns["tree_id"])
    summary = import_crowns(project, path, by=None)
    assert summary.added == 5
    assert "carried from" in summary.notes[0]
    for crown, expected in zip(project.table.crowns(), rows.outlines, strict=True):
        assert crown.outline.hausdorff_distance(expected) < 1e-3


def test_a_file_without_crs_that_fits_is_taken_and_one_that_does_not_is_refused(
    project: Project, tmp_path: Path
) -> None:
    fitting = write_vector(tmp_path / "fits.shp", [box(10, 10)], None)
    summary = import_crowns(project, fitting, by=None)
    assert summary.added == 1
    assert "does not name its CRS" in summary.notes[0]
    elsewhere = write_vector(tmp_path / "else.shp", [shapely.box(900_000, 10, 900_005, 15)], None)
    with pytest.raises(VectorError, match="does not say in which CRS"):
        import_crowns(project, elsewhere, by=None)
    assert len(project.table) == 1


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("name", ["px.shp", "px.geojson"])
def test_pixel_coordinates_are_refused_with_a_sentence(project: Project, tmp_path: Path, name: str, sign: int) -> None:
    outline = shapely.box(101, sign * 30, 150, sign * 190)
    path = write_vector(tmp_path / name, [outline], None)
    with pytest.raises(VectorError, match="count pixels of an image") as caught:
        import_crowns(project, path, by=None)
    assert caught.value.code == "vector.pixels_unsaid"
    assert len(project.table) == 0


def test_deepforest_boxes_of_this_orthomosaic_come_in_and_those_of_another_do_not(
    project: Project, tmp_path: Path
) -> None:
    table = "image_path,xmin,ymin,xmax,ymax,label\nplot_rgb.tif,10,20,30,44,Pine\nother.tif,1,1,5,5,Tree\n"
    (tmp_path / "boxes.csv").write_text(table)
    summary = import_crowns(project, tmp_path / "boxes.csv", by="me")
    assert summary.added == 1
    assert "other images" in summary.notes[0]
    crown = project.table.crowns()[0]
    assert crown.outline.equals(shapely.box(LEFT + 5, TOP - 22, LEFT + 15, TOP - 10))
    assert crown.label == "Pine"
    (tmp_path / "foreign.csv").write_text(table.replace("plot_rgb.tif", "OSBS_029.tif"))
    with pytest.raises(VectorError, match=r"pixels of OSBS_029\.tif, other\.tif"):
        import_crowns(project, tmp_path / "foreign.csv", by="me")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_from_a_spreadsheet(project: Project, tmp_path: Path, separator: str) -> None:
    outline = box(10, 10).wkt
    rows = [["wkt", "Espèce", "Hauteur"], [f'"{outline}"', "Épinette", '"12,5"'], ['""', "x", "1"]]
    (tmp_path / "t.csv").write_text("\n".join(separator.join(row) for row in rows), encoding="utf-8")
    summary = import_crowns(project, tmp_path / "t.csv", by=None)
    assert (summary.added, summary.tally.null) == (1, 1)
    crown = project.table.crowns()[0]
    assert crown.species == "Épinette"
    assert crown.measures is not None
    assert crown.measures.height_m == 12.5


def test_coco_of_other_programs(project: Project, tmp_path: Path) -> None:
    document = {
        "images": [{"id": 4, "file_name": "tiles\\plot_rgb.tif", "width": 200, "height": 200}],
        "categories": [{"id": 2, "name": "birch"}],
        "annotations": [
            {
                "id": 1,
                "image_id": 4,
                "category_id": 2,
                "segmentation": [[10, 10, 20, 10, 20, 20, 10, 20]],
                "score": 0.4,
            },
            {"id": 2, "image_id": 4, "category_id": 2, "bbox": [40, 40, 10, 10]},
            {"id": 3, "image_id": 4, "category_id": 2, "segmentation": {"counts": "x", "size": [200, 200]}},
            {"id": 4, "image_id": 4, "category_id": 2, "segmentation": [[90, 90, 99, 90, 99, 99], [1, 1, 3, 1, 3, 3]]},
        ],
    }
    path = tmp_path / "other.json"
    path.write_text(json.dumps(document))
    summary = import_crowns(project, path, by=None)
    assert (summary.added, summary.tally.null, summary.tally.multipart) == (3, 1, 1)
    first = project.table.crowns()[0]
    assert first.outline.equals(shapely.box(LEFT + 5, TOP - 10, LEFT + 10, TOP - 5))
    assert (first.label, first.score) == ("birch", 0.4)
    document["images"][0]["width"] = 400  # type: ignore[index]
    path.write_text(json.dumps(document))
    with pytest.raises(VectorError, match="400 x 200 version"):
        import_crowns(project, path, by=None)


def test_our_coco_edited_elsewhere_counts_as_edited_there(project: Project, tmp_path: Path) -> None:
    with with_crowns(new_project(tmp_path / "first"), some_crowns()) as first:
        export_crowns(first, tmp_path / "coco.json")
    document = json.loads((tmp_path / "coco.json").read_text())
    document["annotations"][0]["segmentation"] = [[10, 10, 20, 10, 20, 20, 10, 20]]
    (tmp_path / "coco.json").write_text(json.dumps(document))
    import_crowns(project, tmp_path / "coco.json", by=None)
    assert project.table.get(1).outline.equals(shapely.box(LEFT + 5, TOP - 10, LEFT + 10, TOP - 5))
    assert project.table.get(7).outline.equals_exact(full_crown().outline, 0)


def test_our_coco_comes_in_on_a_renamed_orthomosaic(tmp_path: Path) -> None:
    with with_crowns(new_project(tmp_path / "first"), some_crowns()) as first:
        export_crowns(first, tmp_path / "coco.json")
    with new_project(tmp_path / "second", ortho=write_ortho(tmp_path / "renamed.tif")) as second:
        assert import_crowns(second, tmp_path / "coco.json", by=None).added == 5
        assert second.table.get(7).outline.equals_exact(full_crown().outline, 0)


def test_another_project_is_a_vector_file_too(project: Project, tmp_path: Path) -> None:
    with with_crowns(new_project(tmp_path / "first"), some_crowns()) as first:
        path = first.path
        assert import_crowns(project, path, by=None).added == 5
    assert project.table.get(7) == full_crown(7)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("missing.gpkg", None, "no file"),
        ("missing.json", None, "no file"),
        ("empty.shp", b"", "cannot be read|without its .shx"),
        ("noise.gpkg", b"noise" * 100, "cannot be read"),
        ("broken.json", b"{", "cannot be read as JSON"),
        ("bad.json", b'{"images": [{}], "annotations": [{}]}', "does not follow it"),
        ("table.csv", b"a,b\n1,2\n", "neither a column WKT"),
        ("points.geojson", b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},'
         b'"geometry":{"type":"Point","coordinates":[1,2]}}]}', "no polygons"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_a_sentence(
    project: Project, tmp_path: Path, name: str, content: bytes | None, expected: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(VectorError, match=expected):
        import_crowns(project, tmp_path / name, by=None)
    assert len(project.table) == 0
    assert project.history() == ()


def test_a_shapefile_without_its_index_says_what_is_missing(project: Project, tmp_path: Path) -> None:
    path = write_vector(tmp_path / "half.shp", [box(1, 1)], UTM)
    path.with_suffix(".shx").unlink()
    with pytest.raises(VectorError, match=r"without its \.shx"):
        import_crowns(project, path, by=None)


def test_a_plot_whose_orthomosaic_is_gone_still_takes_crowns(project: Project, tmp_path: Path) -> None:
    path = write_vector(tmp_path / "t.gpkg", [box(10, 10), box(900, 900)])
    (project.path.parent / "plot_rgb.tif").unlink()
    assert import_crowns(project, path, by=None).added == 2


def test_a_plot_in_a_rotated_frame_knows_what_is_outside(tmp_path: Path) -> None:
    transform = Affine.translation(LEFT, TOP) @ Affine.rotation(45) @ Affine.scale(0.5, -0.5)
    ortho = write_ortho(tmp_path / "r.tif", transform)
    with new_project(tmp_path, ortho=ortho) as project:
        path = write_vector(tmp_path / "t.gpkg", [box(10, 0), box(-900, 0)])
        summary = import_crowns(project, path, by=None)
    assert (summary.added, summary.tally.outside) == (1, 1)


@pytest.mark.shared
def test_the_crs_trap(shared_data: Path, tmp_path: Path) -> None:
    """Boxes in EPSG:5348, one of them null, on tiles in a local CRS without a code."""
    trap = shared_data / "crs_trap"
    with rasterio.open(trap / "tile01.tif") as dataset:
        wkt = dataset.crs.to_wkt() if dataset.crs else ""
    from inference.plot.plot import PlotSources

    sources = PlotSources(trap / "tile01.tif")
    with Project.create(tmp_path / "trap.birch.gpkg", sources, crs_wkt=wkt) as project:
        summary = import_crowns(project, trap / "BOXES.shp", by=None)
        assert summary.tally.rows == 305
        assert summary.tally.null == 1
        assert summary.added > 50
        assert summary.added + summary.tally.outside + summary.tally.null == 305


@pytest.mark.shared
def test_pixel_tables_of_deepforest(shared_data: Path, tmp_path: Path) -> None:
    samples = shared_data / "samples"
    with new_project(tmp_path, ortho=samples / "OSBS_029.tif", crs="EPSG:32617") as project:
        assert import_crowns(project, samples / "OSBS_029.csv", by=None).added == 61
    with new_project(tmp_path / "other", crs="EPSG:32617") as other:
        with pytest.raises(VectorError, match="pixels of"):
            import_crowns(other, samples / "OSBS_029.csv", by=None)
        with pytest.raises(VectorError, match="pixels of"):
            import_crowns(other, samples / "coco_sample_file.json", by=None)


@pytest.mark.shared
def test_openaerialmap_coco(shared_data: Path, tmp_path: Path) -> None:
    samples = shared_data / "samples"
    name = "5b90f92da0d7280005fab355_4310.tif"
    with rasterio.open(samples / name) as dataset:
        crs = dataset.crs
    from inference.plot.plot import Plot, PlotSources

    with Plot.open(PlotSources(samples / name), check=False) as plot:
        wkt = plot.crs_wkt
    assert crs
    with Project.create(tmp_path / "oam.birch.gpkg", PlotSources(samples / name), crs_wkt=wkt) as project:
        summary = import_crowns(project, samples / "coco_sample_file.json", by=None)
        assert summary.added == 5
        assert "other images" in summary.notes[0]


@pytest.mark.shared
def test_field_data_with_species_and_heights(shared_data: Path, tmp_path: Path) -> None:
    plots = shared_data / "idtrees"
    with new_project(tmp_path, ortho=plots / "MLBS_1_rgb.tif", crs="EPSG:32617") as project:
        import_crowns(project, plots / "crowns.gpkg", by=None)
        crowns = project.table.crowns()
        assert len(crowns) >= 23
        assert all((crown.species is None) == (crown.species_code is None) for crown in crowns)
        assert sum(crown.species is not None for crown in crowns) > 10
        assert sum(crown.measures is not None for crown in crowns) > 10
