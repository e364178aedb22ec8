"""Which of GDAL's drivers may look at a file: local ones alone, in both libraries that bring a GDAL of their own.

GDAL opens far more than files: web services described in a few lines of XML, programs it starts, files that stand for
other files. A survey or a crown file may come from a stranger, so whatever leads out of the file is left unregistered,
and every request over HTTP goes to a place where nothing listens. See docs/security.md.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from types import MappingProxyType

RASTER_DRIVERS = (
    "GTiff",
    "VRT",
    "HFA",
    "JP2OpenJPEG",
    "JPEG",
    "PNG",
    "WEBP",
    "BMP",
    "GPKG",
    "MBTiles",
    "AAIGrid",
    "AIG",
    "EHdr",
    "ENVI",
    "ERS",
    "GSBG",
    "GS7BG",
    "GSAG",
    "RST",
    "SAGA",
    "SRTMHGT",
    "USGSDEM",
    "DTED",
    "PCIDSK",
    "RMF",
    "XYZ",
    "ISIS3",
    "BAG",
)
"""Formats in which surveys and elevation come; a file of any other is refused."""

# Whatever asks a server, starts a program, or is a file that stands for others; and formats of radar, weather and
# documents, whose readers are large and of no use here.
_RASTER_SKIPPED = (
    "WMS,WCS,WMTS,HTTP,EEDA,EEDAI,PLMOSAIC,DAAS,STACIT,STACTA,DERIVED,GTI,KMLSUPEROVERLAY,ESRIC,Zarr,PDF,"
    "Rasterlite,GNMFile,GNMDatabase,OSM,HDF5,HDF5Image,netCDF,GRIB,NITF,SENTINEL2,SAFE,TIL,ECRGTOC,RPFTOC,DIMAP,CALS,"
    "GIF,BIGGIF,S102,S104,S111,L1B,MSGN,PDS,PDS4,VICAR,MVT,SQLite,CEOS,SAR_CEOS,JAXAPALSAR,COSAR,TSX,RS2,MRF,BLX,R"
)
_VECTOR_SKIPPED = (
    "HTTP,WFS,OAPIF,OGCAPI,CSW,Carto,AmigoCloud,PLSCENES,Elasticsearch,NGW,EEDA,OGR_VRT,GDALG,ADBC,GPSBabel,PDF,"
    "LVBAG,GTFS,PMTiles,MVT,MBTiles,OSM"
)

OFFLINE = MappingProxyType(
    {
        # Nothing listens there: whatever still gets as far as asking a server is told no within this computer.
        "GDAL_HTTP_PROXY": "http://127.0.0.1:1",
        "GDAL_HTTPS_PROXY": "http://127.0.0.1:1",
        "GDAL_HTTP_CONNECTTIMEOUT": "1",
        "GDAL_HTTP_TIMEOUT": "1",
        "CPL_VSIL_CURL_ALLOWED_FILENAME": "none",
        "GDAL_VRT_ENABLE_PYTHON": "NO",
        "GDAL_VRT_ENABLE_RAWRASTERBAND": "NO",
        "OGR_SQLITE_ALLOW_EXTERNAL_ACCESS": "NO",
        "OGR_SQLITE_LOAD_EXTENSIONS": "NO",
    }
)
"""Options of GDAL for everything that is read here."""


@contextmanager
def _skipping(names: str) -> Iterator[None]:
    """GDAL looks at this variable once, when a library registers its drivers."""
    before = os.environ.get("GDAL_SKIP")
    os.environ["GDAL_SKIP"] = names
    try:
        yield
    finally:
        if before is None:
            del os.environ["GDAL_SKIP"]
        else:
            os.environ["GDAL_SKIP"] = before


def register_raster_drivers() -> None:
    """Let rasterio register its drivers, without those that lead out of a file; later calls change nothing."""
    import rasterio

    with _skipping(_RASTER_SKIPPED), rasterio.Env():
        pass


def register_vector_drivers() -> None:
    """The same for pyogrio, which registers them when it is first imported."""
    with _skipping(_VECTOR_SKIPPED):
        import pyogrio

    pyogrio.set_gdal_config_options(dict(OFFLINE))
