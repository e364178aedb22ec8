"""Units, kinds and transformations of the CRS that drone files carry."""

import numpy as np
import pytest
from rasterio.crs import CRS

from inference.errors import RasterError
from inference.plot.crs import (
    WGS84_WKT,
    crs_name,
    epsg_code,
    ground_scale,
    horizontal_wkt,
    is_geographic,
    is_local,
    lon_lat,
    same_crs,
    shares_crs,
    transform_xy,
    unit_m,
    utm_wkt,
    vertical_unit_m,
)

LOCAL = 'LOCAL_CS["POSGAR 2007 / Argentina 6",UNIT["metre",1],AXIS["Easting",EAST],AXIS["Northing",NORTH]]'


def wkt(code: str) -> str:
    return str(CRS.from_string(code).to_wkt())


@pytest.mark.parametrize(
    ("code", "metres"),
    [
        ("EPSG:32619", 1.0),
        ("EPSG:2263", 1200 / 3937),
        ("EPSG:2222", 0.3048),
        ("EPSG:4326", 1.0),
        ("EPSG:6342+5703", 1.0),
        ("EPSG:2263+5703", 1200 / 3937),
    ],
)
def test_unit_of_the_map(code: str, metres: float) -> None:
    assert unit_m(wkt(code)) == pytest.approx(metres, rel=1e-9)


def test_unit_of_local_and_missing_crs_is_the_metre() -> None:
    assert unit_m(LOCAL) == 1.0
    assert unit_m("") == 1.0
    assert unit_m(LOCAL.replace('UNIT["metre",1]', 'UNIT["foot",0.3048]')) == 0.3048


def test_vertical_unit_comes_from_the_vertical_crs_alone() -> None:
    assert vertical_unit_m(wkt("EPSG:2263+6360")) == pytest.approx(1200 / 3937)
    assert vertical_unit_m(wkt("EPSG:2263+5703")) == 1.0
    assert vertical_unit_m(wkt("EPSG:2263")) is None


def test_compound_crs_is_its_horizontal_part() -> None:
    assert same_crs(wkt("EPSG:6342+5703"), wkt("EPSG:6342"))
    assert epsg_code(wkt("EPSG:6342+5703")) == 6342
    assert horizontal_wkt(wkt("EPSG:6342")) == wkt("EPSG:6342")
    assert crs_name(wkt("EPSG:6342+5703")) == "NAD83(2011) / UTM zone 13N"


def test_kinds() -> None:
    assert is_geographic(WGS84_WKT)
    assert not is_geographic(wkt("EPSG:32619"))
    assert is_local(LOCAL)
    assert is_local("")
    assert not is_local(WGS84_WKT)
    assert shares_crs(LOCAL, wkt("EPSG:32619"))
    assert shares_crs("", "")
    assert not shares_crs(wkt("EPSG:32618"), wkt("EPSG:32619"))
    assert epsg_code(LOCAL) is None


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        (-71.2, 46.8, 32619),
        (147.1, -9.4, 32755),
        (-180.0, 10.0, 32601),
        (179.9, 10.0, 32660),
        (0, 85, 32661),
        (0, -85, 32761),
    ],
)
def test_utm_zone_of_a_place(lon: float, lat: float, code: int) -> None:
    assert epsg_code(utm_wkt(lon, lat)) == code


def test_there_and_back_is_exact() -> None:
    xy = np.column_stack([np.linspace(3e5, 7e5, 50), np.linspace(4e6, 6e6, 50)])
    source, target = wkt("EPSG:32619"), wkt("EPSG:3857")
    np.testing.assert_allclose(transform_xy(target, source, transform_xy(source, target, xy)), xy, atol=1e-5)
    lon, lat = lon_lat(source, 500_000, 5_100_000)
    assert lon == pytest.approx(-69.0)
    assert 46 < lat < 47


def test_no_way_between_crs_is_a_sentence() -> None:
    with pytest.raises(RasterError, match="cannot be carried"):
        transform_xy(WGS84_WKT, wkt("EPSG:3857"), np.array([[0.0, np.inf], [1e30, 95.0]]))


def test_web_mercator_stretches_and_utm_does_not() -> None:
    x, y = transform_xy(WGS84_WKT, wkt("EPSG:3857"), np.array([[-71.0, 46.8]]))[0]
    assert ground_scale(wkt("EPSG:3857"), float(x), float(y)) == pytest.approx(1 / np.cos(np.radians(46.8)), rel=5e-3)
    assert ground_scale(wkt("EPSG:32619"), 500_000, 5e6) == pytest.approx(1.0, abs=1e-3)
    assert ground_scale(wkt("EPSG:2263"), 1e6, 2e5) == pytest.approx(1.0, abs=1e-3)
    assert ground_scale(LOCAL, 0, 0) == 1.0
