"""Mosaics (VRT) over files of this computer open; whatever leads elsewhere, or stands for something else, does not."""

import os
from pathlib import Path

import numpy as np
import pytest
from factories_rasters import write_raster
from rasterio.shutil import copy as gdal_copy

from inference.errors import RasterError, VectorError
from inference.plot import local_files
from inference.plot.crs import wkt_of
from inference.plot.raster import RasterReader

BAND = '<VRTRasterBand dataType="Byte" band="1" {attributes}>{inside}</VRTRasterBand>'
SOURCE = '<SimpleSource><SourceFilename relativeToVRT="{relative}">{name}</SourceFilename></SimpleSource>'


@pytest.fixture
def part(tmp_path: Path) -> Path:
    (tmp_path / "parts").mkdir()
    return write_raster(tmp_path / "parts" / "part.tif", np.full((3, 20, 20), 90, np.uint8))


def vrt(folder: Path, name: str, *, relative: int = 1, attributes: str = "", more: str = "", inside: str = "") -> Path:
    """A mosaic of one file, or of what `inside` says."""
    path = folder / "mosaic.vrt"
    band = BAND.format(attributes=attributes, inside=inside or SOURCE.format(relative=relative, name=name))
    place = "<GeoTransform>500000, 0.1, 0, 5100002, 0, -0.1</GeoTransform>"
    path.write_text(f'<VRTDataset rasterXSize="20" rasterYSize="20">{place}{more}{band}</VRTDataset>')
    return path


def code(path: Path) -> str:
    with pytest.raises(RasterError) as refused:
        RasterReader.open(path)
    assert path.name in str(refused.value)
    return refused.value.code


@pytest.mark.parametrize("relative", [0, 1])
def test_a_mosaic_of_local_files_opens(part: Path, tmp_path: Path, relative: int) -> None:
    path = vrt(tmp_path, "parts/part.tif" if relative else str(part), relative=relative)
    assert RasterReader.open(path).read_window(0, 0, 20, 20, 20, 20).data.mean() == 90


def test_mosaics_of_gdal_open_also_over_other_folders_and_mosaics(part: Path, tmp_path: Path) -> None:
    inner, outer = tmp_path / "inner.vrt", tmp_path / "sub" / "outer.vrt"
    outer.parent.mkdir()
    gdal_copy(part, inner, driver="VRT")
    gdal_copy(inner, outer, driver="VRT")
    assert RasterReader.open(outer).info.width_px == 20


def test_web_pages_in_remarks_and_metadata_do_no_harm(part: Path, tmp_path: Path) -> None:
    more = '<Metadata><MDI key="made by">https://www.qgis.org</MDI></Metadata>'
    assert RasterReader.open(vrt(tmp_path, "parts/part.tif", more=more)).info.width_px == 20


@pytest.mark.parametrize(
    "name",
    ["/vsicurl/http://h/x.tif", "https://h/x.tif", "/vsizip/x.zip/x.tif", "\\\\h\\s\\x.tif", "//h/s/x.tif",
     "&lt;GDAL_WMS/&gt;", "vrt://parts/part.tif?bands=1", "/vsis3/bucket/x.tif", "/vsistdin/"],
)  # fmt: skip
def test_addresses_are_refused(tmp_path: Path, name: str) -> None:
    assert code(vrt(tmp_path, name, relative=0)) == "raster.elsewhere"


def test_what_is_no_raster_or_not_there_is_refused(tmp_path: Path) -> None:
    assert code(vrt(tmp_path, "gone.tif")) == "raster.vrt"
    assert code(vrt(tmp_path, "HDF5:x.h5://band", relative=0)) == "raster.elsewhere"
    secret = tmp_path / "secret.txt"
    secret.write_text("the key under the mat")
    path = vrt(tmp_path, "secret.txt")
    with pytest.raises(RasterError):
        RasterReader.open(path).read_window(0, 0, 20, 20, 20, 20)


def test_raw_bytes_of_any_file_are_refused(tmp_path: Path) -> None:
    raw = '<SourceFilename relativeToVRT="0">/etc/passwd</SourceFilename><ImageOffset>0</ImageOffset>'
    assert code(vrt(tmp_path, "", attributes='subClass="VRTRawRasterBand"', inside=raw)) == "raster.vrt"


def test_programs_are_refused(part: Path, tmp_path: Path) -> None:
    program = "<PixelFunctionLanguage>Python</PixelFunctionLanguage><PixelFunctionCode>import os</PixelFunctionCode>"
    inside = program + SOURCE.format(relative=1, name="parts/part.tif")
    assert code(vrt(tmp_path, "", attributes='subClass="VRTDerivedRasterBand"', inside=inside)) == "raster.vrt"


def test_other_domains_of_metadata_name_no_address(part: Path, tmp_path: Path) -> None:
    more = '<Metadata domain="OVERVIEWS"><MDI key="OVERVIEW_FILE">/vsicurl/http://h/o.tif</MDI></Metadata>'
    assert code(vrt(tmp_path, "parts/part.tif", more=more)) == "raster.elsewhere"


def test_words_of_its_own_and_endless_chains_are_refused(tmp_path: Path) -> None:
    path = vrt(tmp_path, "mosaic.vrt")
    assert code(path) == "raster.vrt"
    path.write_text("<!DOCTYPE a [<!ENTITY b 'c'>]>" + path.read_text())
    assert code(path) == "raster.vrt"
    path.write_text("<VRTDataset")
    assert code(path) == "raster.vrt"
    path.write_bytes(b"<VRTDataset>" + b" " * (local_files.MAX_VRT_BYTES + 1))
    assert code(path) == "raster.vrt"


def test_other_formats_of_gdal_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.tif"
    path.write_text('<GDAL_WMS><Service name="TMS"><ServerUrl>http://h/</ServerUrl></Service></GDAL_WMS>')
    assert code(path) == "raster.not_a_raster"


def test_names_of_virtual_drives_are_no_files() -> None:
    for name in ("/vsicurl/http://h/x.tif", "/vsimem/x.tif", "/vsizip/x.zip"):
        with pytest.raises(RasterError):
            RasterReader.open(Path(name))
        with pytest.raises(VectorError):
            local_files.check_vector(Path(name))


@pytest.mark.parametrize(
    "text", ["EPSG:32619", "epsg:4326", "urn:ogc:def:crs:EPSG::32619", "+proj=utm +zone=19", "OGC:CRS84"]
)
def test_crs_by_name(text: str) -> None:
    assert wkt_of(text)


@pytest.mark.parametrize(
    "text", ["http://h/crs.wkt", "https://epsg.io/4326", "/etc/passwd", "crs.prj", "", None, "x" * 200_000]
)
def test_a_crs_is_never_fetched_nor_read_from_a_file(
    text: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "crs.prj").write_text(wkt_of("EPSG:32619"))
    monkeypatch.chdir(tmp_path)
    assert wkt_of(text) == ""


def test_pipes_and_devices_are_no_vector_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.shp")
    for name in ("/dev/zero", str(tmp_path / "pipe.shp")):
        with pytest.raises(VectorError):
            local_files.check_vector(Path(name))
