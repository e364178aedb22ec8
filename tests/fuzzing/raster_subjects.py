"""Rasters under fuzz: orthomosaics and surface models in several layouts, with their side files, and mosaics (VRT)."""

from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from rasterio.control import GroundControlPoint
from rasterio.shutil import copy as gdal_copy

from inference.plot.grid import Grid
from inference.plot.plot import Plot, PlotSources
from tests.factories_rasters import CRS_WKT, ORIGIN, flat, scatter, write_raster, write_scene_ortho, write_surface
from tests.fuzzing.mutations import any_bytes, text_tokens, tiff_tags
from tests.fuzzing.subjects import Subject

_SIZE_M = 24.0
_LAYOUTS: dict[str, dict[str, object]] = {
    "ortho.tif": {"compress": "deflate", "predictor": 2, "tiled": True, "blockxsize": 64, "blockysize": 64},
    "jpeg.tif": {"compress": "jpeg", "tiled": True, "blockxsize": 64, "blockysize": 64},
    "lzw.tif": {"compress": "lzw"},
    "bigtiff.tif": {"bigtiff": "yes", "interleave": "band"},
}


def _make_orthos(folder: Path) -> None:
    scene = scatter(3, _SIZE_M, 6)
    for name, layout in _LAYOUTS.items():
        write_scene_ortho(folder / name, scene, gsd_m=0.25, size_m=_SIZE_M, **layout)
    picture = scene.picture(*np.meshgrid(np.linspace(0, _SIZE_M, 96), np.linspace(_SIZE_M, 0, 96)))
    corners = ((0, 0), (0, 96), (96, 0), (96, 96))
    points = [
        GroundControlPoint(row=row, col=col, x=ORIGIN[0] + col * 0.25, y=ORIGIN[1] + _SIZE_M - row * 0.25)
        for row, col in corners
    ]
    write_raster(folder / "gcps.tif", picture, gcps=points)
    mask = np.ones((96, 96), bool)
    mask[:20] = False
    write_raster(
        folder / "mask.tif", picture, mask=mask, transform=Affine(0.25, 0, ORIGIN[0], 0, -0.25, ORIGIN[1] + _SIZE_M)
    )
    with rasterio.open(folder / "ortho.tif", "r+") as raster:
        raster.build_overviews([2], rasterio.enums.Resampling.average)
    (folder / "lzw.tif.aux.xml").write_text(
        "<PAMDataset><Metadata><MDI key='A'>b</MDI></Metadata><PAMRasterBand band='1'><NoDataValue>7</NoDataValue>"
        "<UnitType>m</UnitType><Offset>1</Offset><Scale>2</Scale></PAMRasterBand></PAMDataset>"
    )


def _read_ortho(folder: Path, changed: str) -> None:
    _read_plot(PlotSources(folder / changed.removesuffix(".aux.xml")))


def _read_plot(sources: PlotSources) -> None:
    with Plot.open(sources) as plot:
        grid = plot.work_grid(max(plot.gsd_m, 0.25))
        left, _, _, top = grid.bounds_crs
        cell = grid.cell_crs
        window = Grid.covering(plot.crs_wkt, (left, top - 32 * cell, left + 32 * cell, top), cell)
        plot.read_tile(0, window, window.bounds_crs)
        info = plot.ortho.info
        plot.ortho.read_window(0, 0, min(64, info.width_px), min(64, info.height_px), 16, 16)


def _make_dsm(folder: Path) -> None:
    scene = scatter(3, _SIZE_M, 6)
    write_scene_ortho(folder / "ortho.tif", scene, gsd_m=0.25, size_m=_SIZE_M)
    write_surface(
        folder / "dsm.tif", flat(), size_m=_SIZE_M, nodata=-9999.0, compress="deflate", predictor=3, tiled=True
    )
    write_surface(folder / "dtm.tif", flat(90.0), size_m=_SIZE_M, compress="lzw")


def _read_dsm(folder: Path, _changed: str) -> None:
    _read_plot(PlotSources(folder / "ortho.tif", folder / "dsm.tif", folder / "dtm.tif"))


def _make_vrt(folder: Path) -> None:
    scene = scatter(3, _SIZE_M, 6)
    write_scene_ortho(folder / "part.tif", scene, gsd_m=0.25, size_m=_SIZE_M)
    gdal_copy(folder / "part.tif", folder / "mosaic.vrt", driver="VRT")
    asc = "ncols 12\nnrows 12\nxllcorner 500000\nyllcorner 5100000\ncellsize 2\nNODATA_value -9999\n"
    (folder / "dsm.asc").write_text(asc + "\n".join(" ".join("100.5" for _ in range(12)) for _ in range(12)) + "\n")
    (folder / "dsm.prj").write_text(CRS_WKT)


def _read_vrt(folder: Path, _changed: str) -> None:
    _read_plot(PlotSources(folder / "mosaic.vrt", folder / "dsm.asc"))


SUBJECTS = (
    Subject("ortho", _make_orthos, {"*.tif": tiff_tags, "*.aux.xml": text_tokens}, _read_ortho),
    Subject("dsm", _make_dsm, {"dsm.tif": tiff_tags, "dtm.tif": tiff_tags}, _read_dsm),
    Subject("vrt", _make_vrt, {"*.vrt": text_tokens, "dsm.*": text_tokens, "part.tif": any_bytes}, _read_vrt),
)
