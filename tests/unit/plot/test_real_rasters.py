"""Real files beside the project: each opens and is what it is."""

from pathlib import Path

import numpy as np
import pytest

from inference.plot.finding import Finding
from inference.plot.grid import Grid
from inference.plot.plot import Plot, PlotSources, guess_elevation
from inference.plot.raster import RasterReader

pytestmark = pytest.mark.shared


def look(path: Path, **more: Path) -> tuple[Plot, list[str]]:
    plot = Plot.open(PlotSources(path, **more))
    return plot, [found.code for found in plot.findings]


def severe(findings: tuple[Finding, ...]) -> list[str]:
    return [found.sentence for found in findings if found.severity != "info"]


@pytest.mark.logs_warnings("GDAL remarks on a missing TIFF tag of field_no_trees.tif")
@pytest.mark.parametrize(
    ("name", "epsg", "gsd_m", "codes"),
    [
        ("2018_SJER_3_252000_4107000_image_477.tif", 32611, 0.1, {"dsm.none"}),
        ("OSBS_029.tif", 32617, 0.1, {"dsm.none"}),
        ("5b90f92da0d7280005fab355_4310.tif", 3395, 0.097, {"crs.stretched", "ortho.undeclared_nodata", "dsm.none"}),
        ("5dded5bc0140b80006d2e565_23.tif", 3395, 0.096, {"crs.stretched", "dsm.none"}),
        ("australia.tif", 32753, 0.018, {"dsm.none"}),
        ("field_no_trees.tif", 32633, 0.02, {"dsm.none"}),
        ("history_hd_output_4b.tif", 32617, 0.0085, {"crs.geographic", "dsm.none"}),
        ("pix4d_alpha_collar.tif", 32750, 0.353, {"dsm.none"}),
        ("test_tiled.tif", 28992, 0.25, {"dsm.none"}),
    ],
)
def test_samples(shared_data: Path, name: str, epsg: int, gsd_m: float, codes: set[str]) -> None:
    plot, found = look(shared_data / "samples" / name)
    with plot:
        assert plot.epsg == epsg
        assert plot.gsd_m == pytest.approx(gsd_m, rel=0.02)
        assert set(found) == codes
        grid = plot.work_grid(max(0.25, plot.gsd_m))
        tile = plot.read_tile(0, grid, plot.bounds_crs)
        assert tile.valid.mean() > 0.6
        assert 10 < tile.rgb[:, tile.valid].mean() < 245
        assert tile.rgb[:, tile.valid].std() > 8


def test_a_satellite_scene_placed_by_control_points_opens(shared_data: Path) -> None:
    plot, found = look(shared_data / "samples" / "gcps_only.tif")
    with plot:
        assert plot.epsg is not None
        assert plot.ortho.info.is_warped
        assert {"ortho.gcps", "dsm.none"} <= set(found)
        assert plot.ortho.info.dtype == "uint16"
        assert not plot.stretch.is_identity


def test_the_collar_of_a_pix4d_mosaic_is_no_data(shared_data: Path) -> None:
    plot, _ = look(shared_data / "samples" / "pix4d_alpha_collar.tif")
    with plot:
        block = plot.ortho.read_window(0, 0, 686, 758, 686, 758)
        assert block.valid.mean() == pytest.approx(0.876, abs=0.01)
        assert not block.valid[0, 0]
        assert plot.extent.area < 0.97 * 686 * 758 * plot.gsd_m**2


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_local_crs_without_code_opens_and_says_so(shared_data: Path, number: int) -> None:
    plot, found = look(shared_data / "crs_trap" / f"tile0{number}.tif")
    with plot:
        assert plot.epsg is None
        assert "POSGAR" in plot.crs_wkt
        assert (plot.unit_m, plot.gsd_m) == (1.0, 0.25)
        # The third tile has a black frame, one pixel wide.
        assert set(found) == {"crs.local", "dsm.none"} | ({"ortho.undeclared_nodata"} if number == 3 else set())
        assert plot.read_tile(0, plot.work_grid(0.5), plot.bounds_crs).valid.mean() > 0.98


def test_every_idtrees_plot_opens_without_complaint(shared_data: Path) -> None:
    for path in sorted((shared_data / "idtrees").glob("*_rgb.tif")):
        dsm, dtm = guess_elevation(path)
        assert dsm is not None
        assert dtm is not None
        with Plot.open(PlotSources(path, dsm, dtm)) as plot:
            assert severe(plot.findings) == [], path.name
            assert plot.stretch.is_identity  # float32 in 0..255
            tile = plot.read_tile(0, plot.work_grid(0.5), plot.bounds_crs)
            assert tile.valid.all()
            assert tile.chm_m is not None
            assert 1.0 < float(np.nanmax(tile.chm_m)) < 45.0


def test_every_teak_plot_opens_without_complaint_and_its_ground_is_found(shared_data: Path) -> None:
    biases, errors = [], []
    for path in sorted((shared_data / "teak").glob("*_rgb.tif")):
        dsm, dtm = guess_elevation(path)
        with Plot.open(PlotSources(path, dsm, dtm)) as known, Plot.open(PlotSources(path, dsm)) as estimated:
            assert severe(known.findings) == [], path.name
            assert severe(estimated.findings) == [], path.name
            grid = known.work_grid(0.5)
            assert known.elevation is not None
            assert estimated.elevation is not None
            difference = estimated.elevation.ground_m(grid) - known.elevation.ground_m(grid)
            biases.append(float(np.nanmean(difference)))
            errors.append(float(np.sqrt(np.nanmean(difference**2))))
            print(f"{path.name}: ground bias {biases[-1]:+.2f} m, RMSE {errors[-1]:.2f} m")
    assert abs(np.mean(biases)) < 0.15
    assert np.mean(errors) < 0.25
    assert max(errors) < 0.6


def test_other_folders_open(shared_data: Path) -> None:
    for folder in ("harv", "osbs", "sjer_2017", "sjer_2018"):
        for path in sorted((shared_data / folder).glob("*_rgb.tif")):
            with Plot.open(PlotSources(path)) as plot:
                assert plot.unit_m == 1.0
                assert severe(plot.findings) == []


def test_lidar_elevation_of_2_m(shared_data: Path) -> None:
    folder = shared_data / "samples" / "elevation_2m"
    dsm = RasterReader.open(folder / "dsm.tif")
    left, bottom, right, top = dsm.bounds_crs
    block = dsm.read_grid(Grid.covering(dsm.crs_wkt, (left, bottom, right, top), 2.0), resampling="nearest")
    assert block.valid.mean() > 0.9
    assert block.data[0][block.valid].min() > 0
