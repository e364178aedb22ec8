"""Vector files under fuzz: every format in which crowns and areas of interest come, as an import reads them."""

import json
import zipfile
from pathlib import Path

import numpy as np
import shapely

from inference.formats.clipboard import crowns_in
from inference.formats.exporting import export_crowns
from inference.formats.importing import import_crowns
from inference.plot.aoi import read_aoi
from inference.project.store import Project
from tests.fuzzing.mutations import Mutate, any_bytes, archive_members, json_values, text_tokens
from tests.fuzzing.subjects import Subject
from tests.unit.formats.small_projects import LEFT, TOP, crs_wkt, full_crown, new_project, round_crown, with_crowns

_UTM_WKT = crs_wkt("EPSG:32611")


def _make(folder: Path, *names: str) -> None:
    """An empty project that crowns are imported into, and its twin's crowns in the given files."""
    new_project(folder, "into").close()
    project = with_crowns(new_project(folder, "from"), [full_crown(), round_crown(9, 20, 20), round_crown(11, 40, 60)])
    for name in names:
        export_crowns(project, folder / name)
    project.close()
    for file in (folder / "from.birch.gpkg", folder / "from_rgb.tif"):
        file.unlink()


def _import(folder: Path, name: str) -> None:
    with Project.open(folder / "into.birch.gpkg") as project:
        import_crowns(project, folder / name, by="fuzz")


def _shapefile(folder: Path) -> None:
    _make(folder, "crowns.shp")
    (folder / "crowns.gpkg").unlink()


def _geopackage(folder: Path) -> None:
    _make(folder, "crowns.gpkg")


def _geojson(folder: Path) -> None:
    _make(folder, "crowns.geojson")


def _tables(folder: Path) -> None:
    _make(folder, "crowns.csv")
    boxes = ("image_path,xmin,ymin,xmax,ymax,label", "into_rgb.tif,10,10,40,40,Tree", "into_rgb.tif,60,10,90,40,Tree")
    (folder / "boxes.csv").write_text("\n".join(boxes) + "\n")


def _coco(folder: Path) -> None:
    _make(folder, "coco.json")
    document = json.loads((folder / "coco.json").read_text())
    for image in document["images"]:
        image["file_name"] = "into_rgb.tif"
    (folder / "coco.json").write_text(json.dumps(document))


def _others(folder: Path) -> None:
    from inference.formats import ogr

    _make(folder, "crowns.shp")
    outlines = np.array([shapely.Point(LEFT + 20, TOP - 20).buffer(4), shapely.Point(LEFT + 50, TOP - 40).buffer(3)])
    columns = {"species": np.array(["Acer", None], object), "height_m": np.array([7.5, np.nan])}
    ogr.write(folder / "crowns.fgb", outlines, columns, crs_wkt=_UTM_WKT, driver="FlatGeobuf")
    ogr.write(folder / "crowns.gml", outlines, columns, crs_wkt=_UTM_WKT, driver="GML")
    degrees = shapely.transform(outlines, lambda xy: (xy - [LEFT, TOP]) / 111_000.0 + [-118.1, 45.2])
    ogr.write(folder / "crowns.kml", degrees, columns, crs_wkt=crs_wkt("EPSG:4326"), driver="KML")
    with zipfile.ZipFile(folder / "crowns.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for file in folder.glob("crowns.*"):
            if file.suffix in (".shp", ".shx", ".dbf", ".prj"):
                archive.write(file, file.name)
    for file in folder.glob("crowns.*"):
        if file.suffix not in (".fgb", ".gml", ".kml", ".zip"):
            file.unlink()


def _area(folder: Path, name: str) -> None:
    read_aoi(folder / name, _UTM_WKT)


def _clipboard(folder: Path, name: str) -> None:
    crowns_in((folder / name).read_text("utf-8", "replace"), _UTM_WKT)


def _make_clipboard(folder: Path) -> None:
    outline = shapely.Point(LEFT, TOP).buffer(3, quad_segs=2)
    table = f"wkt_geom\tspecies\tnote\n{outline.wkt}\tAcer\tab\n{outline.wkt}\t\t\n"
    (folder / "table.txt").write_text(table)
    feature = {"type": "Feature", "properties": {"species": "x"}, "geometry": json.loads(shapely.to_geojson(outline))}
    (folder / "geo.json").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))


def _of(name: str) -> "object":
    def read(folder: Path, _changed: str) -> None:
        _import(folder, name)

    return read


def _beside(folder: Path, changed: str) -> None:
    """Side files belong to the one main file in the folder."""
    names = ("crowns.shp", "crowns.gpkg", "crowns.geojson", "coco.json")
    name = next((one for one in names if (folder / one).exists()), changed)
    _import(folder, name)
    if name != "coco.json":
        _area(folder, name)


_JSON: Mutate = json_values
SUBJECTS = (
    Subject(
        "shapefile",
        _shapefile,
        {
            "crowns.shp": any_bytes,
            "crowns.shx": any_bytes,
            "crowns.dbf": any_bytes,
            "crowns.prj": text_tokens,
            "crowns.cpg": text_tokens,
            "*.shp.json": json_values,
        },
        _beside,
    ),
    Subject("geopackage", _geopackage, {"*.gpkg.json": json_values}, _beside, rows=("crowns.gpkg",)),
    Subject("geojson", _geojson, {"crowns.geojson": json_values, "*.geojson.json": json_values}, _beside),
    Subject("csv", _tables, {"crowns.csv": text_tokens, "boxes.csv": text_tokens}, _import),
    Subject("coco", _coco, {"coco.json": json_values}, _beside),
    Subject(
        "gis",
        _others,
        {"*.fgb": any_bytes, "*.kml": text_tokens, "*.gml": text_tokens, "*.zip": archive_members(any_bytes)},
        _import,
    ),
    Subject("clipboard", _make_clipboard, {"table.txt": text_tokens, "geo.json": json_values}, _clipboard),
)
