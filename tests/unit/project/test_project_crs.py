"""Every CRS that a plot may have is in the file as GDAL understands it, and comes back as it went in."""

import warnings
from pathlib import Path

import pyogrio
import pytest
from random_edits import with_crowns
from rasterio.crs import CRS

from inference.project import srs
from inference.project.store import Project

LOCAL = 'LOCAL_CS["Stand 7 grid",LOCAL_DATUM["Peg in the oak",32767],UNIT["metre",1],AXIS["X",EAST],AXIS["Y",NORTH]]'
FEET = CRS.from_epsg(2227).to_wkt()
CUSTOM = (
    'PROJCS["Own TM",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],'
    'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
    'PARAMETER["latitude_of_origin",10.5],PARAMETER["central_meridian",-70.25],PARAMETER["scale_factor",1],'
    'PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1]]'
)
UTM_WKT2 = CRS.from_epsg(32618).to_wkt(version="WKT2_2019")


def read_crs(path: Path) -> str | None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        crs: str | None = pyogrio.read_info(path, layer="crowns")["crs"]
    return crs


@pytest.mark.parametrize("epsg", [32611, 2949, 2154, 3857, 2227, 3347])
@pytest.mark.parametrize("version", ["WKT1_GDAL", "WKT2_2019"])
def test_epsg_codes_are_written_as_such(tmp_path: Path, epsg: int, version: str) -> None:
    wkt = CRS.from_epsg(epsg).to_wkt(version=version)
    assert srs.epsg_of(wkt) == epsg
    with with_crowns(tmp_path / "a.birch.gpkg", crs_wkt=wkt) as project:
        assert project.crs_wkt == wkt
    assert read_crs(tmp_path / "a.birch.gpkg") == f"EPSG:{epsg}"


@pytest.mark.parametrize("wkt", [LOCAL, CUSTOM], ids=["local", "custom projection"])
def test_systems_without_a_code_keep_their_definition(tmp_path: Path, wkt: str) -> None:
    path = tmp_path / "a.birch.gpkg"
    with_crowns(path, crs_wkt=wkt).close()
    back = read_crs(path)
    assert back is not None
    assert CRS.from_wkt(back).to_wkt() == CRS.from_wkt(wkt).to_wkt()
    with Project.open(path) as project:
        assert project.crs_wkt == wkt


def test_no_crs_is_undefined_and_stays_so(tmp_path: Path) -> None:
    path = tmp_path / "a.birch.gpkg"
    with_crowns(path).close()
    back = read_crs(path)
    assert back is None or "Undefined" in back
    with Project.open(path) as project:
        assert project.crs_wkt == ""


@pytest.mark.parametrize(
    ("wkt", "code"),
    [
        ("", None),
        (LOCAL, None),
        (CUSTOM, None),
        (UTM_WKT2, 32618),
        (FEET, 2227),
        ('GEOGCS["x",DATUM["d",SPHEROID["s",1,2,AUTHORITY["EPSG","7030"]]],AUTHORITY["ESRI","102100"]]', None),
        ('PROJCS["AUTHORITY[""EPSG"",""1""]",AUTHORITY["EPSG","32611"]]', 32611),
        ('PROJCRS["x",ID["EPSG",32611]]', 32611),
        ("no WKT at all", None),
    ],
)
def test_only_the_code_of_the_whole_system_counts(wkt: str, code: int | None) -> None:
    assert srs.epsg_of(wkt) == code
