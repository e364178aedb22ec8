"""QGIS, as Debian ships it, opens a project as it is, shows it, edits it, and BirchTree takes the edits over."""

import json
import os
import subprocess
from functools import cache
from pathlib import Path

import pytest
import shapely
from random_edits import with_crowns

from inference.crowns.crown import Crown, Measures
from inference.crowns.edits import CrownEdit
from inference.project.store import Project

SYSTEM_PYTHON = Path("/usr/bin/python3")
UTM_11N = (
    'PROJCS["WGS 84 / UTM zone 11N",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
    'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]],'
    'PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",-117],'
    'PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],'
    'UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","32611"]]'
)

# Runs in the system's Python; prints one JSON object. `edit` is "1" to change the layer, too.
SCRIPT = """
import json, sys
from qgis.core import QgsApplication, QgsFeature, QgsGeometry, QgsVectorLayer
path, edit = sys.argv[1:]
QgsApplication.setPrefixPath("/usr", True)
application = QgsApplication([], False)
application.initQgis()
layer = QgsVectorLayer(path + "|layername=crowns", "crowns", "ogr")
crs = layer.crs()
told = {
    "valid": layer.isValid(), "count": layer.featureCount(), "authid": crs.authid(), "crs_valid": crs.isValid(),
    "crs_wkt": crs.toWkt(), "fields": [field.name() for field in layer.fields()],
    "extent": layer.extent().asWktPolygon(), "storage": layer.storageType(), "geometry": layer.wkbType(),
    "renderer": layer.renderer().type(), "key": [layer.fields()[i].name() for i in layer.primaryKeyAttributes()],
    "classes": [c.value() for c in getattr(layer.renderer(), "categories", list)()],
}
told["rows"] = [
    {**{k: (v if isinstance(v, (int, float, str, bool)) else None) for k, v in f.attributeMap().items()},
     "wkt": f.geometry().asWkt(3)} for f in layer.getFeatures()]
if edit == "1":
    told["editing"] = layer.startEditing()
    names = layer.fields()
    first = next(layer.getFeatures("tree_id = 1"))
    layer.changeAttributeValue(first.id(), names.indexOf("species"), "Picea glauca")
    layer.changeGeometry(first.id(), QgsGeometry.fromWkt("POLYGON ((0 0, 6 0, 6 6, 0 6, 0 0))"))
    layer.deleteFeature(next(layer.getFeatures("tree_id = 2")).id())
    drawn = QgsFeature(names)
    drawn.setGeometry(QgsGeometry.fromWkt("POLYGON ((50 50, 50 60, 60 60, 60 50, 50 50))"))
    provider = layer.dataProvider()
    for place in range(len(names)):
        clause = provider.defaultValueClause(place)
        value = provider.defaultValue(place) if not clause else clause
        drawn.setAttribute(place, value)
    layer.addFeature(drawn)
    told["committed"] = layer.commitChanges()
    told["errors"] = layer.commitErrors()
    told["count_after"] = layer.featureCount()
del layer
print("TOLD" + json.dumps(told), flush=True)
application.exitQgis()
"""


@cache
def has_qgis() -> bool:
    if not SYSTEM_PYTHON.exists():
        return False
    done = subprocess.run(
        [SYSTEM_PYTHON, "-c", "import qgis.core"], capture_output=True, check=False, env=_environment()
    )
    return done.returncode == 0


def _environment() -> dict[str, str]:
    mine = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH")
    kept = {name: value for name, value in os.environ.items() if name not in mine}
    return {**kept, "QT_QPA_PLATFORM": "offscreen"}


def ask_qgis(path: Path, *, edit: bool = False) -> dict[str, object]:
    if not has_qgis():
        print("QGIS is not installed for /usr/bin/python3 (apt-get install python3-qgis)")
        pytest.skip("QGIS is not installed for /usr/bin/python3 (apt-get install python3-qgis)")
    command = [str(SYSTEM_PYTHON), "-c", SCRIPT, str(path), "1" if edit else "0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=_environment(), timeout=120)
    lines = [line for line in done.stdout.splitlines() if line.startswith("TOLD")]
    assert lines, done.stderr
    told: dict[str, object] = json.loads(lines[0].removeprefix("TOLD"))
    return told


@pytest.fixture
def project_path(tmp_path: Path) -> Path:
    path = tmp_path / "plot é.birch.gpkg"
    measures = Measures(12.5, 11.25, "DSM-DTM", (1.5, 2.5), 22.2, 173.4, "Jucker2017")
    crown = Crown(9, shapely.box(0, 0, 4, 4), species="Épinette", edge=True, review="deleted", measures=measures)
    with with_crowns(path, 3, crs_wkt=UTM_11N) as project:
        project.apply(CrownEdit("Add", added=(crown,)))
    return path


def test_qgis_shows_the_crowns_with_their_crs_style_and_values(project_path: Path) -> None:
    told = ask_qgis(project_path)
    assert told["valid"]
    assert told["count"] == 4
    assert told["authid"] == "EPSG:32611"
    assert told["storage"] == "GPKG"
    assert told["geometry"] == 3
    assert told["key"] == ["tree_id"]
    assert told["renderer"] == "categorizedSymbol"
    assert told["classes"] == ["auto", "accepted", "edited", "added", "deleted"]
    rows = told["rows"]
    assert isinstance(rows, list)
    assert [row["tree_id"] for row in rows] == [1, 2, 3, 9]
    last = rows[-1]
    assert last["wkt"] == "Polygon ((4 0, 4 4, 0 4, 0 0, 4 0))"
    assert (last["species"], last["label"], last["review"], last["edge"]) == ("Épinette", "Tree", "deleted", True)
    assert (last["height_m"], last["area_m2"], last["treetop_y"], last["allometry"]) == (12.5, 16, 2.5, "Jucker2017")
    assert told["extent"] == "POLYGON((0 0, 34 0, 34 4, 0 4, 0 0))"
    assert "geom" not in told["fields"]  # type: ignore[operator]


@pytest.mark.parametrize("opened", [True, False], ids=["while open", "while closed"])
def test_edits_made_in_qgis_are_taken_over(project_path: Path, opened: bool) -> None:
    project = Project.open(project_path)
    if not opened:
        project.close()
    told = ask_qgis(project_path, edit=True)
    assert (told["editing"], told["committed"]) == (True, True), told["errors"]
    assert told["count_after"] == 4
    if opened:
        assert project.refresh() == {1, 2, 10}
    else:
        project = Project.open(project_path)
    table = project.table
    assert table.ids.tolist() == [1, 3, 9, 10]
    assert table.get(1).species == "Picea glauca"
    assert table.get(1).outline.area == 36
    drawn = table.get(10)
    assert (drawn.review, drawn.label, drawn.outline.area) == ("added", "Tree", 100)
    assert drawn.outline.exterior.is_ccw
    project.apply(CrownEdit("Remove", removed=(drawn,)))
    project.close()
    assert ask_qgis(project_path)["count"] == 3
    with Project.open(project_path) as project:
        assert project.undo() is not None
        assert project.table.get(10) == drawn


def test_qgis_reads_while_birchtree_edits(project_path: Path) -> None:
    with Project.open(project_path) as project:
        project.undo()
        assert ask_qgis(project_path)["count"] == 3
        project.redo()
        assert ask_qgis(project_path)["count"] == 4


def test_a_local_crs_and_none_at_all(tmp_path: Path) -> None:
    local = 'LOCAL_CS["Stand 7 grid",LOCAL_DATUM["Peg",32767],UNIT["metre",1],AXIS["X",EAST],AXIS["Y",NORTH]]'
    with_crowns(tmp_path / "local.birch.gpkg", crs_wkt=local).close()
    with_crowns(tmp_path / "none.birch.gpkg").close()
    for name in ("local", "none"):
        told = ask_qgis(tmp_path / f"{name}.birch.gpkg")
        assert told["valid"]
        assert told["count"] == 3
        assert told["authid"] in ("", "USER:100000") or not str(told["authid"]).startswith("EPSG")
