"""Files from strangers that name addresses: nothing asks a server, and each is refused with a sentence or ignored."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from affine import Affine

REPOSITORY = Path(__file__).resolve().parents[2]
_READER = """
import sys
from pathlib import Path
from inference import env, logs
env.scrub()
logs.quiet_libraries()
from inference.errors import BirchtreeError
from inference.formats.reader import read_rows
from inference.plot.aoi import read_aoi
from inference.plot.crs import wkt_of
from inference.plot.raster import RasterReader
for word in sys.argv[1:]:
    path = Path(word)
    for read in (
        lambda: RasterReader.open(path).read_window(0, 0, 512, 512, 64, 64),
        lambda: RasterReader.open(path).info.overview_factors,
        lambda: read_rows(path),
        lambda: read_aoi(path, wkt_of("EPSG:32619")),
    ):
        try:
            read()
            print(path.name, "fine")
        except BirchtreeError as error:
            print(path.name, error.code)
"""


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Address of a server that writes down what it is asked, and its list."""
    log = tmp_path / "asked.txt"
    log.touch()
    server = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("http_trap.py")), str(log)], stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    yield f"http://127.0.0.1:{server.stdout.readline().strip()}", log
    server.terminate()
    server.communicate()


def _read(*files: Path) -> str:
    words = [sys.executable, "-c", _READER, *map(str, files)]
    done = subprocess.run(words, cwd=REPOSITORY, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _vrt(source: str, *, band: str = "") -> str:
    return (
        '<VRTDataset rasterXSize="20" rasterYSize="20"><GeoTransform>0,1,0,20,0,-1</GeoTransform>'
        f'<VRTRasterBand dataType="Byte" band="1" {band}><SimpleSource><SourceFilename relativeToVRT="0">{source}'
        "</SourceFilename><SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>"
    )


def _tms(address: str) -> str:
    return (
        f'<GDAL_WMS><Service name="TMS"><ServerUrl>{address}/${{z}}/${{x}}/${{y}}.png</ServerUrl></Service><DataWindow>'
        "<UpperLeftX>-20037508</UpperLeftX><UpperLeftY>20037508</UpperLeftY><LowerRightX>20037508</LowerRightX>"
        "<LowerRightY>-20037508</LowerRightY><TileLevel>1</TileLevel><TileCountX>1</TileCountX><TileCountY>1"
        "</TileCountY><YOrigin>top</YOrigin></DataWindow><Projection>EPSG:3857</Projection><BlockSizeX>256</BlockSizeX>"
        "<BlockSizeY>256</BlockSizeY><BandsCount>3</BandsCount></GDAL_WMS>"
    )


def _tif_with_overviews_elsewhere(path: Path, address: str) -> None:
    settings = {"driver": "GTiff", "width": 512, "height": 512, "count": 1, "dtype": "uint8"}
    with rasterio.open(path, "w", transform=Affine(1, 0, 5, 0, -1, 600), crs="EPSG:32619", **settings) as target:
        target.write(np.ones((1, 512, 512), np.uint8))
        target.update_tags(ns="OVERVIEWS", OVERVIEW_FILE=f"/vsicurl/{address}/overview.tif")


def _geopackage_with_a_view(path: Path) -> None:
    """A layer that is a view, which calls a function of GDAL's that asks a geocoder."""
    import sqlite3

    outline = shapely.to_wkb(np.array([shapely.box(0, 0, 1, 1)]))
    pyogrio.raw.write(path, outline, [np.array([1])], ["a"], geometry_type="Polygon", crs="EPSG:32619", layer="table")
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE VIEW crowns AS SELECT fid, geom, ogr_geocode('Paris') AS species FROM 'table'")
        connection.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
            "VALUES ('crowns', 'features', 'crowns', 32619)"
        )
        connection.execute("INSERT INTO gpkg_geometry_columns VALUES ('crowns', 'geom', 'POLYGON', 32619, 0, 0)")
    connection.close()


def _written(folder: Path, address: str) -> list[Path]:
    """One file for every way that GDAL knows of asking a server."""
    texts = {
        "curl.vrt": _vrt(f"/vsicurl/{address}/x.tif"),
        "stream.vrt": _vrt(f"/vsicurl_streaming/{address}/x.tif"),
        "plain.vrt": _vrt(f"{address}/x.tif"),
        "wms.vrt": _vrt(_tms(address).replace("<", "&lt;")),
        "share.vrt": _vrt("\\\\127.0.0.1\\share\\x.tif"),
        "inner.vrt": _vrt(f"vrt://{address}/x.tif"),
        "hidden.tif": _vrt(f"/vsicurl/{address}/x.tif"),
        "over.vrt": _vrt(str(folder / "curl.vrt")),
        "service.xml": _tms(address),
        "service.tif": _tms(address),
        "layers.vrt": f'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/vsicurl/{address}/x.geojson'
        "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
        "layers.shp": f'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>{address}/x.geojson'
        "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
        "wfs.gml": f"<OGRWFSDataSource><URL>{address}/wfs?</URL></OGRWFSDataSource>",
        "schema.gml": '<?xml version="1.0"?><wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" '
        'xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xmlns:x="{address}/ns" xsi:schemaLocation="{address}/ns {address}/schema.xsd"><wfs:member>'
        '<x:thing gml:id="a">'
        "<x:geom><gml:Point><gml:pos>1 2</gml:pos></gml:Point></x:geom></x:thing></wfs:member></wfs:FeatureCollection>",
        "link.kml": '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><NetworkLink><Link><href>'
        f"{address}/a.kml</href></Link></NetworkLink></Document></kml>",
        "address.geojson": f"{address}/x.geojson",
        "crs.geojson": '{"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "'
        f'{address}/crs.wkt"' '}}, "features": [{"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", '
        '"coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}}]}',
        "crs.csv": f'WKT,crs\n"POLYGON ((0 0, 1 0, 1 1, 0 0))",{address}/crs.wkt\n',
        "pipeline.gdalg.json": '{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read '
        f'/vsicurl/{address}/x.geojson ! write streamed_dataset"' "}",
    }  # fmt: skip
    for name, text in texts.items():
        (folder / name).write_text(text)
    _tif_with_overviews_elsewhere(folder / "overviews.tif", address)
    side = '<PAMDataset><Metadata domain="OVERVIEWS"><MDI key="OVERVIEW_FILE">/vsicurl/{}/o.tif</MDI></Metadata>'
    settings = {"driver": "GTiff", "width": 512, "height": 512, "count": 1, "dtype": "uint8"}
    with rasterio.open(
        folder / "side.tif", "w", transform=Affine(1, 0, 5, 0, -1, 9), crs="EPSG:32619", **settings
    ) as tif:
        tif.write(np.ones((1, 512, 512), np.uint8))
    (folder / "side.tif.aux.xml").write_text(side.format(address) + "</PAMDataset>")
    _geopackage_with_a_view(folder / "view.gpkg")
    return [*(folder / name for name in texts), folder / "overviews.tif", folder / "side.tif", folder / "view.gpkg"]


def test_no_file_makes_the_program_ask_a_server(
    trap: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, log = trap
    folder = tmp_path / "files"
    folder.mkdir()
    # What a user of GDAL may have set for other programs must not open the door again.
    for name in ("GDAL_VRT_ENABLE_PYTHON", "GDAL_VRT_ENABLE_RAWRASTERBAND", "OGR_SQLITE_ALLOW_EXTERNAL_ACCESS"):
        monkeypatch.setenv(name, "YES")
    monkeypatch.setenv("PROJ_NETWORK", "ON")
    monkeypatch.setenv("OGR_GEOCODE_QUERY_TEMPLATE", f"{address}/geocode?q=%s")
    told = _read(*_written(folder, address))
    assert log.read_text() == ""
    assert "curl.vrt raster.elsewhere" in told
    assert "wms.vrt raster.elsewhere" in told
    assert "over.vrt raster.elsewhere" in told
    assert "share.vrt raster.elsewhere" in told
    assert "layers.shp vector.stand_in" in told
    assert "overviews.tif fine" in told


def test_the_trap_catches(trap: tuple[str, Path], tmp_path: Path) -> None:
    """Without the program's own doors the same file does ask: the test above means something."""
    address, log = trap
    path = tmp_path / "curl.vrt"
    path.write_text(_vrt(f"/vsicurl/{address}/x.tif"))
    program = f"import rasterio\ntry:\n rasterio.open({str(path)!r}).read()\nexcept rasterio.errors.RasterioError: pass"
    subprocess.run([sys.executable, "-c", program], timeout=100, check=True, capture_output=True)
    assert "x.tif" in log.read_text()


def test_addresses_on_the_command_line_are_no_files(trap: tuple[str, Path], tmp_path: Path) -> None:
    address, log = trap
    told = _read(Path(f"/vsicurl/{address}/x.tif"), Path(f"{address}/x.geojson"), Path(f"zip+{address}/x.zip"))
    assert log.read_text() == ""
    assert "fine" not in told
