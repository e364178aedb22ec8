"""Opening a plot: what is settled, what is found, what a tile holds."""

import math
import time
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from affine import Affine
from factories_rasters import (
    CRS_WKT,
    ORIGIN,
    Scene,
    flat,
    north_up,
    scatter,
    slope,
    write_raster,
    write_scene_ortho,
    write_surface,
)
from hypothesis import given
from hypothesis import strategies as st
from rasterio.crs import CRS

from inference.errors import InputError, RasterError, VectorError
from inference.plot.finding import Finding
from inference.plot.grid import Grid
from inference.plot.plot import Plot, PlotSources

SCENE = scatter(3, 60.0, 40, ground=slope(8.0))


def opened(folder: Path, dsm: Path | None = None, dtm: Path | None = None, **options: object) -> Plot:
    ortho = write_scene_ortho(folder / "ortho.tif", SCENE, **options)
    return Plot.open(PlotSources(ortho, dsm, dtm))


def codes(plot: Plot) -> list[str]:
    return [found.code for found in plot.findings]


def the(plot: Plot, code: str) -> Finding:
    return next(found for found in plot.findings if found.code == code)


def test_a_clean_plot_has_nothing_to_report(tmp_path: Path) -> None:
    dsm = write_surface(tmp_path / "dsm.tif", SCENE.surface)
    dtm = write_surface(tmp_path / "dtm.tif", SCENE.ground)
    with opened(tmp_path, dsm, dtm) as plot:
        assert plot.findings == ()
        assert plot.epsg == 32619
        assert plot.unit_m == 1.0
        assert plot.gsd_m == pytest.approx(0.25)
        assert plot.extent.equals(shapely.box(*plot.bounds_crs))
        assert plot.elevation is not None
        assert plot.elevation.source == "DSM-DTM"
        assert plot.elevation.cell_m == pytest.approx(0.5)


def test_a_tile_holds_picture_and_heights_on_one_grid(tmp_path: Path) -> None:
    dsm = write_surface(tmp_path / "dsm.tif", SCENE.surface, gsd_m=0.25)
    dtm = write_surface(tmp_path / "dtm.tif", SCENE.ground, gsd_m=1.0, margin_m=3)
    with opened(tmp_path, dsm, dtm) as plot:
        grid = plot.work_grid(0.25).window(-20, 40, 120, 100)
        tile = plot.read_tile(7, grid, (1.0, 2.0, 3.0, 4.0))
    assert (tile.index, tile.core_crs, tile.unit_m, tile.height_source) == (7, (1.0, 2.0, 3.0, 4.0), 1.0, "DSM-DTM")
    assert tile.rgb.shape == (3, 120, 100)
    assert tile.rgb.dtype == np.uint8
    assert not tile.valid[:20].any()
    assert tile.valid[20:].all()
    np.testing.assert_array_equal(tile.inside, tile.valid)
    assert tile.chm_m is not None
    assert tile.dsm_m is not None
    assert np.isnan(tile.chm_m[:8]).all()  # the DTM reaches 3 m further than the DSM
    cols, rows = np.meshgrid(np.arange(100) + 0.5, np.arange(120) + 0.5)
    x, y = grid.left_crs + cols * 0.25 - ORIGIN[0], grid.top_crs - rows * 0.25 - ORIGIN[1]
    np.testing.assert_allclose(tile.chm_m[20:], SCENE.canopy(x, y)[20:], atol=0.05)
    np.testing.assert_array_equal(tile.rgb[:, 20:], SCENE.picture(x, y)[:, 20:])


def test_without_a_dsm_there_are_no_heights(tmp_path: Path) -> None:
    with opened(tmp_path) as plot:
        assert plot.elevation is None
        assert codes(plot) == ["dsm.none"]
        tile = plot.read_tile(0, plot.work_grid(0.5), plot.bounds_crs)
        assert tile.dsm_m is None
        assert tile.chm_m is None
        assert tile.height_source is None


def test_without_a_dtm_the_ground_is_estimated_and_said_to_be(tmp_path: Path) -> None:
    with opened(tmp_path, write_surface(tmp_path / "dsm.tif", SCENE.surface)) as plot:
        assert codes(plot) == ["dtm.none"]
        tile = plot.read_tile(0, plot.work_grid(0.5), plot.bounds_crs)
    assert tile.height_source == "DSM-est"
    assert tile.chm_m is not None
    assert float(np.nanmax(tile.chm_m)) == pytest.approx(max(t.height_m for t in SCENE.trees), abs=1.5)


def test_rasters_that_do_not_meet_are_refused(tmp_path: Path) -> None:
    far = write_surface(tmp_path / "far.tif", SCENE.surface, shift_m=(0, 0), margin_m=0)
    with rasterio.open(far, "r+") as target:
        target.transform = Affine(0.5, 0, ORIGIN[0] + 5000, 0, -0.5, ORIGIN[1])
    with pytest.raises(InputError, match=r"far\.tif .* does not cover any part of the orthomosaic") as caught:
        opened(tmp_path, far)
    assert caught.value.code == "dsm.no_overlap"
    other_zone = write_surface(tmp_path / "zone.tif", SCENE.surface)
    with rasterio.open(other_zone, "r+") as target:
        target.crs = "EPSG:32632"
    with pytest.raises(InputError, match="Choose the DSM of the same survey"):
        opened(tmp_path, other_zone)


def test_part_of_the_plot_without_dsm_is_told_in_percent(tmp_path: Path) -> None:
    half = write_surface(tmp_path / "half.tif", SCENE.surface, size_m=30.0)
    with opened(tmp_path, half) as plot:
        found = the(plot, "dsm.partial_overlap")
        assert found.severity == "warning"
        assert "25 %" in found.sentence


def test_a_dsm_in_another_crs_is_no_trouble(tmp_path: Path) -> None:
    nad83 = str(CRS.from_epsg(2950).to_wkt())
    dsm = write_surface(tmp_path / "dsm.tif", SCENE.surface, crs=nad83, margin_m=8.0)
    with opened(tmp_path, dsm) as plot:
        assert codes(plot) == ["dtm.none"]
        grid = plot.work_grid(0.5)
        tile = plot.read_tile(0, grid, plot.bounds_crs)
    cols, rows = np.meshgrid(np.arange(grid.width_px) + 0.5, np.arange(grid.height_px) + 0.5)
    truth = SCENE.surface(grid.left_crs + cols * 0.5 - ORIGIN[0], grid.top_crs - rows * 0.5 - ORIGIN[1])
    assert tile.dsm_m is not None
    assert np.median(np.abs(tile.dsm_m - truth)) < 0.2


def test_a_dsm_without_crs_is_taken_to_be_in_that_of_the_plot(tmp_path: Path) -> None:
    with opened(tmp_path, write_surface(tmp_path / "dsm.tif", SCENE.surface, crs=None)) as plot:
        assert "dsm.crs_missing" in codes(plot)
        assert plot.read_tile(0, plot.work_grid(0.5), plot.bounds_crs).chm_m is not None


def test_a_local_orthomosaic_takes_a_dsm_with_the_same_numbers(tmp_path: Path) -> None:
    local = 'LOCAL_CS["grid",UNIT["metre",1]]'
    with opened(tmp_path, write_surface(tmp_path / "dsm.tif", SCENE.surface), crs=local) as plot:
        assert {"crs.local", "dsm.crs_unrelated"} <= set(codes(plot))


@pytest.mark.parametrize(
    ("nodata", "share"), [(-9999.0, 0.2), (-32767.0, 0.2), (np.nan, 0.2), (0.0, 0.2), (-10000.0, 0.01)]
)
def test_undeclared_nodata_of_a_dsm_is_found_and_left_out(tmp_path: Path, nodata: float, share: float) -> None:
    dsm = write_surface(tmp_path / "dsm.tif", SCENE.surface)
    with rasterio.open(dsm, "r+") as target:
        values = target.read(1)
        rows = max(2, int(share * len(values)))
        values[:rows] = nodata
        target.write(values, 1)
    with opened(tmp_path, dsm) as plot:
        assert ("dsm.undeclared_nodata" in codes(plot)) == (not math.isnan(nodata))
        if not math.isnan(nodata):
            assert f"{nodata:g}" in the(plot, "dsm.undeclared_nodata").sentence
        tile = plot.read_tile(0, plot.work_grid(0.5), plot.bounds_crs)
    assert tile.dsm_m is not None
    assert np.isnan(tile.dsm_m[:rows]).all()
    assert float(np.nanmin(tile.dsm_m)) > 90


def test_zero_is_an_elevation_where_the_land_is_low(tmp_path: Path) -> None:
    coast = Scene(SCENE.trees, lambda x, y: np.maximum(0.0, (y - 30) * 0.1))
    with opened(tmp_path, write_surface(tmp_path / "dsm.tif", coast.surface)) as plot:
        assert "dsm.undeclared_nodata" not in codes(plot)


@pytest.mark.parametrize("colour", [0, 255])
def test_a_collar_that_is_not_declared_is_left_out(tmp_path: Path, colour: int) -> None:
    transform, side = north_up(0.25, 60.0)
    rows, cols = np.mgrid[0:side, 0:side]
    picture = np.full((3, side, side), 90, np.uint8)
    picture[:, rows + cols < 100] = colour
    picture[:, 150:153, 150:153] = colour  # a black shadow or a white roof is no edge
    with Plot.open(PlotSources(write_raster(tmp_path / "o.tif", picture, transform=transform))) as plot:
        assert "ortho.undeclared_nodata" in codes(plot)
        tile = plot.read_tile(0, plot.work_grid(0.25), plot.bounds_crs)
        assert plot.extent.area < 0.99 * shapely.box(*plot.bounds_crs).area
        assert plot.extent.buffer(1.0).covers(shapely.Point(ORIGIN[0] + 20, ORIGIN[1] + 50))
    np.testing.assert_array_equal(tile.inside, rows + cols >= 100)
    assert (tile.rgb[:, 151, 151] == colour).all()


def test_a_jpeg_collar_with_noise_is_left_out_too(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    picture = rng.integers(60, 200, (3, 240, 240)).astype(np.uint8)
    picture[:, :83] = 0
    transform, _ = north_up(0.25, 60.0)
    path = write_raster(tmp_path / "o.tif", picture, transform=transform, compress="jpeg")
    with Plot.open(PlotSources(path)) as plot:
        assert "ortho.undeclared_nodata" in codes(plot)
        grid = Grid.covering(plot.crs_wkt, plot.bounds_crs, 0.25)
        tile = plot.read_tile(0, grid, plot.bounds_crs)
        assert plot.work_grid(0.25).height_px < 170  # the collar is no part of the plot
    assert tile.inside[:70].mean() < 0.02
    assert tile.inside[90:].mean() > 0.98


def test_feet_are_found_in_the_vertical_crs_the_band_and_the_map(tmp_path: Path) -> None:
    feet = 1 / 0.3048
    by_crs = write_surface(
        tmp_path / "a.tif", SCENE.surface, factor=feet, crs=str(CRS.from_string("EPSG:32619+8228").to_wkt())
    )
    by_band = write_surface(tmp_path / "b.tif", SCENE.surface, factor=feet, unit="ft")
    for dsm in (by_crs, by_band):
        with opened(tmp_path, dsm) as plot:
            assert "dsm.feet" in codes(plot)
            tile = plot.read_tile(0, plot.work_grid(0.5), plot.bounds_crs)
        assert tile.dsm_m is not None
        assert 95 < float(np.nanmedian(tile.dsm_m)) < 125


def test_a_map_in_feet_has_its_gsd_in_metres_and_its_heights_taken_as_feet(tmp_path: Path) -> None:
    foot = 1200 / 3937
    wkt = str(CRS.from_epsg(2263).to_wkt())
    transform = Affine(1.0, 0, 1_000_000, 0, -1.0, 200_200)
    ortho = write_raster(tmp_path / "o.tif", np.full((3, 200, 200), 99, np.uint8), transform=transform, crs=wkt)
    dsm = write_raster(tmp_path / "d.tif", np.full((200, 200), 300.0, np.float32), transform=transform, crs=wkt)
    with Plot.open(PlotSources(ortho, dsm)) as plot:
        assert plot.unit_m == pytest.approx(foot)
        assert plot.gsd_m == pytest.approx(foot)
        assert the(plot, "dsm.feet").severity == "warning"
        grid = plot.work_grid(0.5)
        assert grid.cell_crs == pytest.approx(0.5 / foot)
        tile = plot.read_tile(0, grid, plot.bounds_crs)
    assert tile.gsd_m == pytest.approx(0.5)
    assert tile.dsm_m is not None
    assert float(np.nanmedian(tile.dsm_m)) == pytest.approx(300 * foot)


def test_feet_that_nothing_declares_are_suspected_from_the_heights(tmp_path: Path) -> None:
    tall = scatter(5, 60.0, 60, radius_m=(6.0, 8.0), ground=flat(50.0))
    dsm = write_surface(tmp_path / "dsm.tif", tall.surface, factor=1 / 0.3048)
    dtm = write_surface(tmp_path / "dtm.tif", tall.ground, factor=1 / 0.3048)
    with opened(tmp_path, dsm, dtm) as plot:
        assert "dsm.too_tall" in codes(plot)


@pytest.mark.parametrize(("unit", "says"), [(None, True), ("m", False)])
def test_tall_forest_in_files_without_a_unit_is_remarked_on(tmp_path: Path, unit: str | None, says: bool) -> None:
    low = scatter(5, 60.0, 60, radius_m=(3.5, 4.5), ground=flat(50.0))
    factor = 1 / 0.3048 if says else 3.5
    dsm = write_surface(tmp_path / "dsm.tif", low.surface, factor=factor, unit=unit)
    dtm = write_surface(tmp_path / "dtm.tif", low.ground, factor=factor, unit=unit)
    with opened(tmp_path, dsm, dtm) as plot:
        assert ("dsm.unit_assumed" in codes(plot)) == says
        if says:
            found = the(plot, "dsm.unit_assumed")
            assert found.severity == "info"
            assert 45 < float(found.facts["high"]) < 90


def test_models_in_different_height_systems_are_told_apart(tmp_path: Path) -> None:
    dsm = write_surface(tmp_path / "dsm.tif", SCENE.surface)
    dtm = write_surface(tmp_path / "dtm.tif", lambda x, y: SCENE.ground(x, y) + 28.0)
    with opened(tmp_path, dsm, dtm) as plot:
        found = the(plot, "dtm.offset")
        assert "28 m below" in found.sentence


@pytest.mark.parametrize(
    ("east", "north", "direction"), [(6.0, 0.0, "east"), (-4.0, 3.0, "west"), (0.0, -5.0, "south")]
)
def test_a_shifted_dsm_is_found_and_measured(tmp_path: Path, east: float, north: float, direction: str) -> None:
    scene = scatter(11, 100.0, 110, ground=slope(5.0))
    ortho = write_scene_ortho(tmp_path / "o.tif", scene, size_m=100.0)
    dsm = write_surface(tmp_path / "d.tif", scene.surface, size_m=100.0, margin_m=10, shift_m=(east, north))
    with Plot.open(PlotSources(ortho, dsm)) as plot:
        found = the(plot, "dsm.shifted")
    assert found.facts["east_m"] == pytest.approx(east, abs=0.6)
    assert found.facts["north_m"] == pytest.approx(north, abs=0.6)
    assert direction in found.sentence


def test_a_dsm_in_its_place_raises_no_alarm(tmp_path: Path) -> None:
    for seed in (0, 2):
        scene = scatter(seed, 100.0, 90 + 20 * seed, ground=slope(4.0 * seed))
        ortho = write_scene_ortho(tmp_path / "o.tif", scene, size_m=100.0)
        dsm = write_surface(tmp_path / "d.tif", scene.surface, size_m=100.0)
        with Plot.open(PlotSources(ortho, dsm)) as plot:
            assert "dsm.shifted" not in codes(plot)


def test_checks_of_pixels_can_be_left_out(tmp_path: Path) -> None:
    scene = scatter(11, 100.0, 110)
    ortho = write_scene_ortho(tmp_path / "o.tif", scene, size_m=100.0)
    dsm = write_surface(tmp_path / "d.tif", scene.surface, size_m=100.0, shift_m=(6.0, 0.0), margin_m=10)
    with Plot.open(PlotSources(ortho, dsm), check=False) as plot:
        assert codes(plot) == ["dtm.none"]


def test_a_stretched_projection_is_corrected_in_the_unit(tmp_path: Path) -> None:
    transform = Affine(0.2, 0, -7_900_000, 0, -0.2, 5_900_000)
    path = write_raster(tmp_path / "o.tif", np.full((3, 50, 50), 80, np.uint8), transform=transform, crs="EPSG:3857")
    with Plot.open(PlotSources(path)) as plot:
        assert plot.unit_m == pytest.approx(0.686, abs=0.01)
        assert plot.gsd_m == pytest.approx(0.137, abs=0.002)
        assert "crs.stretched" in codes(plot)


def write_aoi(path: Path, *shapes: shapely.Geometry, crs: str = "EPSG:32619") -> Path:
    kind = "Point" if isinstance(shapes[0], shapely.Point) else "Unknown"
    pyogrio.raw.write(
        path,
        geometry=np.array([shapely.to_wkb(s) for s in shapes], object),
        field_data=[],
        fields=[],
        geometry_type=kind,
        crs=crs,
    )
    return path


def test_the_area_of_interest_limits_valid_but_not_inside(tmp_path: Path) -> None:
    left, bottom = ORIGIN
    area = shapely.box(left + 10, bottom + 10, left + 30, bottom + 20)
    ortho = write_scene_ortho(tmp_path / "o.tif", SCENE)
    aoi = write_aoi(tmp_path / "aoi.gpkg", area)
    with Plot.open(PlotSources(ortho, aoi=aoi)) as plot:
        assert plot.extent.bounds == area.bounds
        grid = plot.work_grid(0.5)
        assert grid.shape == (20, 40)
        tile = plot.read_tile(0, grid.window(-4, -4, 28, 48), plot.bounds_crs)
        empty = plot.read_tile(0, grid.window(60, 60, 4, 4), plot.bounds_crs)
    assert tile.inside.all()
    assert tile.valid.sum() == 800
    assert not tile.rgb[:, ~tile.valid].any()
    assert not empty.valid.any()


def test_an_area_of_interest_in_degrees_is_carried_over(tmp_path: Path) -> None:
    from inference.plot.crs import WGS84_WKT, transform_xy

    corners = np.array(shapely.box(ORIGIN[0] + 10, ORIGIN[1] + 10, ORIGIN[0] + 30, ORIGIN[1] + 20).exterior.coords)
    area = shapely.Polygon(transform_xy(CRS_WKT, WGS84_WKT, corners))
    ortho = write_scene_ortho(tmp_path / "o.tif", SCENE)
    with Plot.open(PlotSources(ortho, aoi=write_aoi(tmp_path / "aoi.geojson", area, crs="EPSG:4326"))) as plot:
        np.testing.assert_allclose(plot.extent.bounds[:2], (ORIGIN[0] + 10, ORIGIN[1] + 10), atol=0.05)


def test_an_unfit_area_of_interest_explains_itself(tmp_path: Path) -> None:
    ortho = write_scene_ortho(tmp_path / "o.tif", SCENE)
    (tmp_path / "bad.shp").write_text("x")
    points = write_aoi(tmp_path / "points.gpkg", shapely.Point(*ORIGIN))
    far = write_aoi(tmp_path / "far.gpkg", shapely.box(0, 0, 10, 10))
    for path, code, error in (
        (tmp_path / "bad.shp", "aoi.unreadable", VectorError),
        (tmp_path / "absent.gpkg", "aoi.unreadable", VectorError),
        (points, "aoi.no_polygon", VectorError),
        (far, "aoi.no_overlap", InputError),
    ):
        with pytest.raises(error) as caught:
            Plot.open(PlotSources(ortho, aoi=path))
        assert caught.value.code == code


def test_an_area_of_interest_is_found_among_other_layers_and_broken_rows(tmp_path: Path) -> None:
    area = shapely.box(ORIGIN[0] + 10, ORIGIN[1] + 10, ORIGIN[0] + 30, ORIGIN[1] + 20)
    ortho = write_scene_ortho(tmp_path / "o.tif", SCENE)
    broken = shapely.transform(area, lambda xy: np.where(np.arange(len(xy))[:, None] == 1, np.nan, xy))
    path = tmp_path / "aoi.gpkg"
    for layer, kind, shapes in (("path", "LineString", [area.exterior]), ("area", "Polygon", [area, broken])):
        wkb = np.array([shapely.to_wkb(s) for s in shapes], object)
        pyogrio.raw.write(path, wkb, [], [], layer=layer, geometry_type=kind, crs="EPSG:32619", driver="GPKG")
    with Plot.open(PlotSources(ortho, aoi=path)) as plot:
        assert plot.extent.bounds == area.bounds


def test_a_picture_is_no_elevation_model(tmp_path: Path) -> None:
    ortho = write_scene_ortho(tmp_path / "o.tif", SCENE)
    for sources in (PlotSources(ortho, dsm=ortho), PlotSources(ortho, dtm=ortho)):
        with pytest.raises(RasterError) as caught:
            Plot.open(sources)
        assert caught.value.code == "elevation.picture"


@given(st.lists(st.tuples(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4)), min_size=1, max_size=20), st.floats(0, 359))
def test_pixels_and_coordinates_there_and_back(offsets: list[tuple[float, float]], turn_deg: float) -> None:
    from inference.plot.frame import apply_affine, composed

    transform = composed(Affine.translation(*ORIGIN), Affine.rotation(turn_deg), Affine.scale(0.02, -0.02))
    xy = np.array(offsets) + ORIGIN
    np.testing.assert_allclose(apply_affine(transform, apply_affine(~transform, xy)), xy, atol=1e-6)


def test_the_content_key_follows_the_files(tmp_path: Path) -> None:
    dsm = write_surface(tmp_path / "dsm.tif", SCENE.surface)
    with opened(tmp_path, dsm) as plot:
        first, again = plot.content_key(), plot.content_key()
        without = Plot.open(PlotSources(plot.sources.ortho)).content_key()
    assert first == again
    assert first != without
    with rasterio.open(dsm, "r+") as target:
        target.write(target.read() + 1)
    with Plot.open(PlotSources(tmp_path / "ortho.tif", dsm)) as plot:
        assert plot.content_key() != first


@pytest.mark.parametrize(
    "options",
    [{}, {"tiled": True, "blockxsize": 512, "blockysize": 512}, {"blockysize": 1}],
    ids=["strips", "tiles", "rows"],
)
def test_a_plot_of_60000_px_without_overviews_opens_at_once(tmp_path: Path, options: dict[str, object]) -> None:
    """Real content in every block, so that decoding is not free: one block's bytes serve for all."""
    side = 60_000
    settings = {"driver": "GTiff", "width": side, "height": side, "count": 3, "dtype": "uint8", "crs": CRS_WKT}
    settings |= {"transform": Affine(0.02, 0, ORIGIN[0], 0, -0.02, ORIGIN[1]), "sparse_ok": True, "compress": "deflate"}
    path = tmp_path / "huge.tif"
    with rasterio.open(path, "w", bigtiff="yes", photometric="rgb", **(settings | options)):
        pass
    started = time.perf_counter()
    with Plot.open(PlotSources(path)) as plot:
        assert time.perf_counter() - started < 1.0
        assert plot.extent.area == pytest.approx(1200**2)
