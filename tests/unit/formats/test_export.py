"""Exports as other programs see them, and exports that fail."""

import csv
import json
import os
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from affine import Affine
from small_projects import (
    LEFT,
    TOP,
    full_crown,
    new_project,
    round_crown,
    some_crowns,
    with_crowns,
    without_more_fields,
    write_ortho,
)

from inference.errors import InputError, VectorError
from inference.formats.api import export_crowns
from inference.project.store import Project

# shared/specs/forestry.md, section 2, in its order.
SCHEMA = {
    "tree_id": "OFTInteger",
    "label": "OFTString",
    "image_path": "OFTString",
    "status": "OFTString",
    "species": "OFTString",
    "sp_code": "OFTString",
    "sp_score": "OFTReal",
    "score": "OFTReal",
    "height_m": "OFTReal",
    "h_p95": "OFTReal",
    "h_src": "OFTString",
    "area_m2": "OFTReal",
    "diam_m": "OFTReal",
    "perim_m": "OFTReal",
    "top_x": "OFTReal",
    "top_y": "OFTReal",
    "dbh_cm": "OFTReal",
    "agb_kg": "OFTReal",
    "allom": "OFTString",
    "edge": "OFTInteger",
    "review": "OFTString",
    "edited_by": "OFTString",
    "edited_at": "OFTString",
}


@pytest.fixture
def project(tmp_path: Path):  # type: ignore[no-untyped-def]
    with with_crowns(new_project(tmp_path / "Forêt 黒"), some_crowns()) as opened:
        yield opened


def table_of(path: Path) -> dict[str, list[object]]:
    meta, _, _, fields = pyogrio.raw.read(path)
    return dict(zip(meta["fields"].tolist(), (values.tolist() for values in fields), strict=True))


def test_the_shapefile_has_the_documented_schema(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "é crowns.shp"
    export_crowns(project, out)
    info = pyogrio.read_info(out)
    assert dict(zip(info["fields"].tolist(), info["ogr_types"], strict=True)) == SCHEMA
    assert list(info["fields"]) == list(SCHEMA)
    assert all(len(name) <= 10 for name in info["fields"])
    assert info["geometry_type"] == "Polygon"
    assert info["crs"] == "EPSG:32611"
    assert info["features"] == 5
    assert (tmp_path / "é crowns.cpg").read_text() == "UTF-8"
    assert {path.suffix for path in tmp_path.iterdir() if path.is_file()} == {
        ".shp", ".shx", ".dbf", ".prj", ".cpg", ".gpkg", ".json",
    }  # fmt: skip


def test_the_shapefile_s_rows(project: Project, tmp_path: Path) -> None:
    export_crowns(project, tmp_path / "crowns.shp")
    rows = table_of(tmp_path / "crowns.shp")
    crown = full_crown()
    assert rows["tree_id"] == [1, 7, 12, 40, 41], "deleted crowns stay at home"
    assert rows["label"] == rows["status"] == ["Tree", "Épinette noire", "Pinus", "Tree", "Tree"]
    assert set(rows["image_path"]) == {"plot_rgb.tif"}
    assert rows["species"][1] == crown.species
    assert rows["species"][0] is None
    assert np.isnan(rows["height_m"][0])  # type: ignore[call-overload]
    assert rows["height_m"][1] == 18.253
    assert rows["score"][:2] == [0.5, pytest.approx(0.8312345678912345, abs=1e-15)]
    assert rows["edge"] == [0, 1, 0, 0, 1]
    assert rows["edited_at"][1] == "2026-11-21T07:12:33+00:00"
    assert rows["area_m2"][1] == pytest.approx(crown.outline.area, abs=1e-4)
    assert rows["allom"][1] == "Jucker2017/global"
    geometries = shapely.from_wkb(pyogrio.raw.read(tmp_path / "crowns.shp")[2])
    assert (shapely.get_type_id(geometries) == shapely.GeometryType.POLYGON).all()
    assert shapely.is_valid(geometries).all()
    assert len(geometries[1].interiors) == 1


def test_the_twin_has_the_long_names(project: Project, tmp_path: Path) -> None:
    export_crowns(project, tmp_path / "crowns.shp")
    info = pyogrio.read_info(tmp_path / "crowns.gpkg")
    assert info["layer_name"] == "crowns"
    assert {
        "species_code",
        "height_p95_m",
        "height_source",
        "diameter_m",
        "treetop_x",
        "allometry",
        "note",
        "species_topk",
    } <= set(info["fields"])
    assert info["crs"] == "EPSG:32611"
    assert {"height_chm_m", "height_model_m", "species_topk", "species_ood"} <= set(info["fields"])
    assert table_of(tmp_path / "crowns.gpkg")["note"][1] == full_crown().note


def test_reviewed_only(project: Project, tmp_path: Path) -> None:
    summary = export_crowns(project, tmp_path / "crowns.gpkg", reviewed_only=True)
    assert summary.crowns == 3
    assert table_of(tmp_path / "crowns.gpkg")["tree_id"] == [7, 12, 40]
    assert summary.sentence() == f"3 crowns written to {tmp_path / 'crowns.gpkg'}."
    with with_crowns(new_project(tmp_path / "raw"), [round_crown(1, 5, 5)]) as raw:
        assert "reviewed" in export_crowns(raw, tmp_path / "none.shp", reviewed_only=True).notes[0]


def test_the_sidecar_says_where_the_crowns_come_from(project: Project, tmp_path: Path) -> None:
    export_crowns(project, tmp_path / "crowns.shp")
    sidecar = json.loads((tmp_path / "crowns.shp.json").read_text(encoding="utf-8"))
    assert sidecar["crowns"] == 5
    assert sidecar["crs"]["epsg"] == 32611
    assert sidecar["rasters"][0]["name"] == "plot_rgb.tif"
    assert sidecar["crowns_by_review"] == {"accepted": 1, "added": 1, "auto": 2, "edited": 1}
    assert sidecar["allometry"] == ["Jucker2017/global"]
    names = {field["shapefile"]: field["name"] for field in sidecar["fields"]}
    assert names["h_p95"] == "height_p95_m"
    assert list(names)[:-1] == list(SCHEMA)


def test_geojson_in_the_plot_crs_with_a_crs_member(project: Project, tmp_path: Path) -> None:
    export_crowns(project, tmp_path / "crowns.geojson")
    document = json.loads((tmp_path / "crowns.geojson").read_text(encoding="utf-8"))
    assert document["crs"]["properties"]["name"] == "urn:ogc:def:crs:EPSG::32611"
    assert pyogrio.read_info(tmp_path / "crowns.geojson")["crs"] == "EPSG:32611"
    assert document["features"][0]["properties"]["height_m"] is None
    assert document["features"][1]["properties"]["edge"] == 1
    assert shapely.from_geojson(json.dumps(document["features"][1]["geometry"])).exterior.is_ccw


def test_csv_for_spreadsheets_and_deepforest(project: Project, tmp_path: Path) -> None:
    export_crowns(project, tmp_path / "crowns.csv")
    assert (tmp_path / "crowns.csv").read_bytes().startswith(b"\xef\xbb\xbf"), "Excel needs the mark"
    with (tmp_path / "crowns.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["tree_id"] for row in rows] == ["1", "7", "12", "40", "41"]
    first, last = rows[0], rows[-1]
    # Crown 1: radius 3 m around (10, 10) m, pixels of 0.5 m.
    assert [int(first[name]) for name in ("xmin", "ymin", "xmax", "ymax")] == [14, 14, 26, 26]
    # Crown 41 reaches over the image's right border: boxes must not.
    assert [int(last[name]) for name in ("xmin", "ymin", "xmax", "ymax")] == [192, 94, 200, 106]
    assert (first["image_path"], first["label"]) == ("plot_rgb.tif", "Tree")
    assert float(first["center_x"]) == pytest.approx(LEFT + 10)
    assert shapely.from_wkt(first["WKT"]).is_valid
    assert first["crs"] == "EPSG:32611"
    assert first["height_m"] == ""


def test_csv_without_the_orthomosaic_has_no_boxes_and_says_so(project: Project, tmp_path: Path) -> None:
    (project.path.parent / "plot_rgb.tif").unlink()
    summary = export_crowns(project, tmp_path / "crowns.csv")
    assert "boxes in pixels" in summary.notes[0]
    with (tmp_path / "crowns.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(iter(csv.DictReader(file)))["xmin"] == ""
    with pytest.raises(InputError, match="orthomosaic"):
        export_crowns(project, tmp_path / "coco.json")
    assert not (tmp_path / "coco.json").exists()


def test_coco(project: Project, tmp_path: Path) -> None:
    export_crowns(project, tmp_path / "coco.json")
    document = json.loads((tmp_path / "coco.json").read_text(encoding="utf-8"))
    assert document["images"] == [{"id": 1, "file_name": "plot_rgb.tif", "width": 200, "height": 200}]
    names = {category["id"]: category["name"] for category in document["categories"]}
    assert set(names.values()) == {"Tree", "Pinus", "Épinette noire"}
    annotations = {annotation["id"]: annotation for annotation in document["annotations"]}
    assert list(annotations) == [1, 7, 12, 40, 41]
    first = annotations[1]
    assert first["bbox"] == [14.0, 14.0, 12.0, 12.0]
    assert first["area"] == pytest.approx(round_crown(1, 10, 10).outline.area * 4, abs=1e-3)
    assert names[annotations[7]["category_id"]] == "Épinette noire"
    assert annotations[7]["attributes"]["species"] == full_crown().species
    ring = np.array(first["segmentation"][0]).reshape(-1, 2)
    assert len(ring) == 16
    assert shapely.Polygon(ring).area == pytest.approx(first["area"], abs=0.01)


@pytest.mark.parametrize("rotation", [0.0, 41.0])
def test_pixels_are_those_of_the_file(tmp_path: Path, rotation: float) -> None:
    transform = Affine.translation(LEFT, TOP) @ Affine.rotation(rotation) @ Affine.scale(0.2, -0.2)
    ortho = write_ortho(tmp_path / "r.tif", transform)
    crown = round_crown(1, 10, 10)
    with with_crowns(new_project(tmp_path, ortho=ortho), [crown]) as project:
        export_crowns(project, tmp_path / "coco.json")
    ring = json.loads((tmp_path / "coco.json").read_text())["annotations"][0]["segmentation"][0]
    with rasterio.open(ortho) as dataset:
        inverse = ~dataset.transform
    x, y = crown.outline.exterior.coords[0]
    expected = (inverse.a * x + inverse.b * y + inverse.c, inverse.d * x + inverse.e * y + inverse.f)
    assert ring[:2] == pytest.approx(expected, abs=6e-4)


def test_a_degree_orthomosaic_has_boxes_in_its_own_pixels(tmp_path: Path) -> None:
    """The plot is in UTM; the file that DeepForest opens is in degrees."""
    transform = Affine(1e-5, 0, -117.0, 0, -1e-5, 45.0)
    ortho = write_ortho(tmp_path / "degrees.tif", transform, crs="EPSG:4326")
    lon_lat = shapely.Point(-117.0 + 100.5e-5, 45.0 - 50.5e-5)
    xs, ys = rasterio.warp.transform("EPSG:4326", "EPSG:32611", [lon_lat.x], [lon_lat.y])
    crown = round_crown(1, xs[0] - LEFT, TOP - ys[0], 2)
    with with_crowns(new_project(tmp_path, ortho=ortho), [crown]) as project:
        export_crowns(project, tmp_path / "coco.json")
    annotation = json.loads((tmp_path / "coco.json").read_text())["annotations"][0]
    left, top, width, height = annotation["bbox"]
    assert (left + width / 2, top + height / 2) == pytest.approx((100.5, 50.5), abs=0.01)


def test_a_failed_export_leaves_the_older_file_whole(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_crowns(project, tmp_path / "crowns.shp")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    project.apply(_moved(project))
    replaced = []

    def breaking(self: Path, target: Path) -> Path:
        replaced.append(target)
        if len(replaced) == 4:
            raise PermissionError(13, "the file is open in another program")
        os.replace(self, target)  # noqa: PTH105
        return target

    monkeypatch.setattr(Path, "replace", breaking)
    with pytest.raises(VectorError, match="open in another program"):
        export_crowns(project, tmp_path / "crowns.shp")
    after = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    assert after == before
    monkeypatch.undo()
    export_crowns(project, tmp_path / "crowns.shp")
    assert not list(tmp_path.glob(".*")), "no leftovers"


def _moved(project: Project):  # type: ignore[no-untyped-def]
    from inference.crowns import edits

    crown = project.table.get(1)
    return edits.change("Move", [crown], lambda c: c.with_outline(shapely.transform(c.outline, lambda xy: xy + 1)))


def test_a_new_export_takes_stale_indexes_away(project: Project, tmp_path: Path) -> None:
    for suffix in (".qix", ".sbn", ".sbx"):
        (tmp_path / f"crowns{suffix}").write_bytes(b"old")
    export_crowns(project, tmp_path / "crowns.shp")
    assert not [path for path in tmp_path.iterdir() if path.suffix in (".qix", ".sbn", ".sbx")]


def test_someone_else_s_geopackage_is_not_replaced_by_the_twin(project: Project, tmp_path: Path) -> None:
    pyogrio.raw.write(
        tmp_path / "crowns.gpkg",
        shapely.to_wkb([shapely.box(0, 0, 1, 1)]),
        [np.array(["truth"], object)],
        ["what"],
        crs="EPSG:32611",
        geometry_type="Polygon",
        driver="GPKG",
    )
    summary = export_crowns(project, tmp_path / "crowns.shp")
    assert "crowns.gpkg is there already" in summary.notes[0]
    assert table_of(tmp_path / "crowns.gpkg") == {"what": ["truth"]}
    # Our own is.
    export_crowns(project, tmp_path / "other.shp")
    assert export_crowns(project, tmp_path / "other.shp").notes == ()


def test_a_project_is_never_overwritten(project: Project, tmp_path: Path) -> None:
    with pytest.raises(VectorError, match="BirchTree project"):
        export_crowns(project, project.path)
    copy = tmp_path / "renamed.gpkg"
    copy.write_bytes(project.path.read_bytes())
    with pytest.raises(VectorError, match="BirchTree project"):
        export_crowns(project, copy)
    assert "was not written" in export_crowns(project, tmp_path / "renamed.shp").notes[0]
    Project.open(copy).close()


@pytest.mark.parametrize("name", ["crowns.kml", "crowns", "crowns.txt"])
def test_an_unknown_format_lists_the_known(project: Project, tmp_path: Path, name: str) -> None:
    with pytest.raises(VectorError, match=r"\.shp.*\.gpkg.*\.geojson.*\.csv.*\.json"):
        export_crowns(project, tmp_path / name)


def test_a_folder_that_cannot_be_made(project: Project, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(VectorError, match="cannot be written"):
        export_crowns(project, tmp_path / "file" / "crowns.shp")
    assert export_crowns(project, tmp_path / "new" / "folder" / "crowns.shp").crowns == 5


def test_texts_too_long_for_a_shapefile_are_cut_between_letters(tmp_path: Path) -> None:
    crown = round_crown(1, 10, 10, species="黒" * 100)
    with with_crowns(new_project(tmp_path), [crown]) as project:
        summary = export_crowns(project, tmp_path / "crowns.shp")
    assert "1 texts" in summary.notes[0]
    assert table_of(tmp_path / "crowns.shp")["species"] == ["黒" * 84]
    assert table_of(tmp_path / "crowns.gpkg")["species"] == ["黒" * 100]


@pytest.mark.parametrize("name", ["crowns.shp", "crowns.gpkg", "crowns.geojson", "crowns.csv", "coco.json"])
@pytest.mark.parametrize("crs", [None, 'LOCAL_CS["Parcelle 12",UNIT["metre",1]]', "EPSG:2225"])
def test_plots_without_crs_with_a_local_one_and_in_feet(tmp_path: Path, name: str, crs: str | None) -> None:
    unit_m = 1200 / 3937 if crs == "EPSG:2225" else 1.0
    with with_crowns(new_project(tmp_path, crs=crs, unit_m=unit_m), some_crowns()) as project:
        assert export_crowns(project, tmp_path / name).crowns == 5
        from inference.formats.api import import_crowns

        ortho = tmp_path / "plot_rgb.tif"
        with new_project(tmp_path / "again", crs=crs, unit_m=unit_m, ortho=ortho) as again:
            summary = import_crowns(again, tmp_path / name, by=None)
            assert summary.added == 5
            assert [c.tree_id for c in again.table.crowns()] == [1, 7, 12, 40, 41]
            assert again.table.get(7).outline.equals(project.table.get(7).outline)
            measures = project.table.get(7).measures
            assert measures is not None
            if name.endswith(".shp"):
                measures = without_more_fields(measures)
            assert again.table.get(7).measures == measures
