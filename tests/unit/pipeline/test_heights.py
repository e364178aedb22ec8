"""Heights of crowns: by hand, against numpy on a mask per crown, and through real rasters."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
import shapely
from affine import Affine
from rasterio.features import geometry_mask

from inference.crowns.allometry import Allometry
from inference.crowns.crown import Crown, Measures
from inference.pipeline.heights import blocks, chm_grid, heights_of, measure_blocks, measure_crowns
from inference.plot.grid import Grid
from inference.plot.plot import Plot, PlotSources

LEFT, TOP = 500_000.0, 4_000_000.0


class ArrayHeights:
    """A canopy height model in memory, on cells of a grid; NaN beyond."""

    def __init__(self, chm_m: np.ndarray, grid: Grid) -> None:  # type: ignore[type-arg]
        self.chm, self.grid = chm_m.astype(np.float32), grid
        self.reads: list[tuple[int, int]] = []

    def chm_m(self, grid: Grid) -> np.ndarray:  # type: ignore[type-arg]
        self.reads.append(grid.shape)
        row0 = round((self.grid.top_crs - grid.top_crs) / grid.cell_crs)
        col0 = round((grid.left_crs - self.grid.left_crs) / grid.cell_crs)
        block = np.full(grid.shape, np.nan, np.float32)
        rows = np.arange(row0, row0 + grid.height_px)
        cols = np.arange(col0, col0 + grid.width_px)
        rows_in, cols_in = (rows >= 0) & (rows < self.chm.shape[0]), (cols >= 0) & (cols < self.chm.shape[1])
        block[np.ix_(rows_in, cols_in)] = self.chm[np.ix_(rows[rows_in], cols[cols_in])]
        return block


def objects(outlines: list[shapely.Polygon]) -> np.ndarray:  # type: ignore[type-arg]
    array = np.empty(len(outlines), object)
    array[:] = outlines
    return array


def scene(count: int = 300) -> tuple[np.ndarray, ArrayHeights, Grid]:  # type: ignore[type-arg]
    rng = np.random.default_rng(7)
    grid = Grid("", LEFT, TOP, 0.5, 300, 400)
    chm = rng.gamma(3, 4, grid.shape)
    chm[rng.random(grid.shape) < 0.1] = np.nan
    chm[:40, :40] = np.nan
    centres = shapely.points(rng.uniform(LEFT - 2, LEFT + 202, count), rng.uniform(TOP - 152, TOP + 2, count))
    crowns = shapely.buffer(centres, rng.uniform(0.1, 6, count), quad_segs=5)
    return crowns, ArrayHeights(chm, grid), grid


def test_as_numpy_on_a_mask_per_crown() -> None:
    crowns, elevation, grid = scene()
    checked = 0
    for block, places in blocks(crowns, grid):
        heights = heights_of(crowns[places], elevation, block)
        chm = elevation.chm_m(block)
        for number, place in enumerate(places):
            inside = geometry_mask([crowns[place]], block.shape, block.transform, invert=True)
            if not inside.any():
                continue
            values = chm[inside]
            known = values[~np.isnan(values)]
            if len(known) < 0.5 * len(values) or not len(known):
                assert np.isnan(heights.max_m[number])
                assert np.isnan(heights.p95_m[number])
                assert np.isnan(heights.treetop_crs[number]).all()
                continue
            checked += 1
            assert heights.max_m[number] == known.max()
            assert heights.p95_m[number] == pytest.approx(np.percentile(known.astype(float), 95), rel=1e-12)
            row, col = np.argwhere(inside & (chm == known.max()))[0]
            centre = [block.left_crs + (col + 0.5) * block.cell_crs, block.top_crs - (row + 0.5) * block.cell_crs]
            assert heights.treetop_crs[number].tolist() == centre
    assert checked > 200


def test_blocks_hold_each_crown_once_and_cover_it() -> None:
    rng = np.random.default_rng(3)
    centres = shapely.points(rng.uniform(0, 3000, 2000), rng.uniform(0, 3000, 2000))
    crowns = objects([*shapely.buffer(centres, 3), shapely.box(0, 0, 2500, 2500)])
    seen = []
    for grid, places in blocks(crowns, Grid("", 0.0, 0.0, 0.5, 1, 1)):
        left, bottom, right, top = grid.bounds_crs
        bounds = shapely.bounds(crowns[places])
        assert (bounds[:, :2] >= [left, bottom]).all()
        assert (bounds[:, 2:] <= [right, top]).all()
        assert grid.height_px * grid.width_px < 5_000_000
        seen += places.tolist()
    assert sorted(seen) == list(range(2001))
    assert len(list(blocks(crowns, Grid("", 0.0, 0.0, 0.5, 1, 1)))) < 60, "neighbours share reads"
    assert not list(blocks(objects([]), Grid("", 0.0, 0.0, 0.5, 1, 1)))


def test_thousands_of_crowns_at_one_place_are_not_held_at_once() -> None:
    crowns = objects([shapely.Point(100, 100).buffer(50)] * 1000)
    assert (
        max(len(places) * grid.height_px * grid.width_px for grid, places in blocks(crowns, Grid("", 0, 0, 0.25, 1, 1)))
        < 5e6
    )


def write_raster(path: Path, data: np.ndarray, transform: Affine, crs: str = "EPSG:32611") -> Path:  # type: ignore[type-arg]
    count = 1 if data.ndim == 2 else len(data)
    profile = {"driver": "GTiff", "height": data.shape[-2], "width": data.shape[-1], "count": count}
    with rasterio.open(path, "w", dtype=data.dtype, crs=crs, transform=transform, **profile) as dataset:
        dataset.write(data.reshape(count, *data.shape[-2:]))
    return path


@pytest.fixture
def plot(tmp_path: Path):  # type: ignore[no-untyped-def]
    """30 x 30 m, ground at 100 m, a cone of 12 m and a block of 8 m; the DSM's eastern third has no data."""
    cells = Affine(0.25, 0, LEFT, 0, -0.25, TOP)
    ys, xs = np.mgrid[0:120, 0:120] * 0.25 + 0.125
    dsm = np.full((120, 120), 100.0)
    dsm = np.maximum(dsm, 112 - 3 * np.hypot(xs - 8.125, ys - 8.125))
    dsm[(xs > 5) & (xs < 9) & (ys > 18) & (ys < 22)] = 108
    dsm[xs > 20] = -9999
    rng = np.random.default_rng(0)
    ortho = rng.integers(30, 200, (3, 300, 300)).astype(np.uint8)
    sources = PlotSources(
        write_raster(tmp_path / "ortho.tif", ortho, Affine(0.1, 0, LEFT, 0, -0.1, TOP)),
        write_raster(tmp_path / "dsm.tif", dsm.astype(np.float32), cells),
        write_raster(tmp_path / "dtm.tif", np.full((120, 120), 100.0, np.float32), cells),
    )
    with Plot.open(sources, check=False) as opened:
        yield opened


def crown(tree_id: int, x_m: float, y_m: float, radius_m: float, measures: Measures | None = None) -> Crown:
    """A round crown, placed from the plot's upper left corner."""
    return Crown(tree_id, shapely.Point(LEFT + x_m, TOP - y_m).buffer(radius_m), measures=measures)


def test_through_real_rasters(plot: Plot) -> None:
    crowns = [crown(5, 8.125, 8.125, 2), crown(2, 7, 20, 1), crown(9, 25, 10, 2), crown(11, -50, 10, 2)]
    measured = measure_crowns(crowns, plot.elevation, unit_m=plot.unit_m)
    assert set(measured) == {5, 2, 9, 11}
    cone = measured[5]
    assert cone.height_m == 12.0
    assert cone.treetop_crs == (LEFT + 8.125, TOP - 8.125)
    assert cone.height_source == "DSM-DTM"
    assert cone.height_p95_m is not None
    assert 10.0 < cone.height_p95_m < 12.0
    assert cone.allometry == "Jucker2017/global"
    diameter = 2 * np.sqrt(crowns[0].outline.area / np.pi)
    assert cone.dbh_cm == pytest.approx(float(Allometry.named().dbh_cm(12, diameter)), abs=0.005)
    assert (measured[2].height_m, measured[2].height_p95_m) == (8.0, 8.0)
    # No data, and off the raster: measured, and found not measurable.
    assert measured[9] == Measures()
    assert measured[11] == Measures()


def test_half_a_crown_with_data_is_enough_and_less_is_not(plot: Plot) -> None:
    enough, too_little = shapely.box(18, 0, 21.9, 3), shapely.box(18.2, 0, 22.3, 3)
    shift = [LEFT, TOP - 30.0]
    crowns = [
        Crown(number, shapely.transform(outline, lambda xy: xy + shift))
        for number, outline in enumerate((enough, too_little), 1)
    ]
    measured = measure_crowns(crowns, plot.elevation)
    assert measured[1].height_m == 0.0
    assert measured[2].height_m is None


def test_a_tiny_crown_takes_the_cell_under_it(plot: Plot) -> None:
    assert measure_crowns([crown(1, 8.2, 8.2, 0.02)], plot.elevation)[1].height_m == 12.0


def test_a_height_from_the_field_is_kept_and_drives_dbh(plot: Plot) -> None:
    field = Measures(height_m=14.2, height_source="field")
    measured = measure_crowns([crown(1, 8.125, 8.125, 2, field)], plot.elevation)[1]
    assert (measured.height_m, measured.height_source) == (14.2, "field")
    assert measured.height_p95_m is not None
    assert measured.treetop_crs is not None
    diameter = 2 * np.sqrt(crown(1, 8.125, 8.125, 2).outline.area / np.pi)
    assert measured.dbh_cm == pytest.approx(float(Allometry.named().dbh_cm(14.2, diameter)), abs=0.005)


def test_a_plot_without_dsm_measures_field_heights_only() -> None:
    crowns = [crown(1, 5, 5, 2), crown(2, 9, 9, 2, Measures(height_m=10.0, height_source="field"))]
    measured = measure_crowns(crowns, None)
    assert measured[1] == Measures()
    assert measured[2].height_m == 10.0
    assert measured[2].dbh_cm is not None


def test_another_allometry_is_named(plot: Plot) -> None:
    spruce = Allometry.named("LambertUng/black-spruce")
    measured = measure_crowns([crown(1, 8.125, 8.125, 2)], plot.elevation, allometry=spruce)[1]
    assert measured.allometry == "Jucker2017/nearctic-boreal/gymnosperm+LambertUng/black-spruce"


def test_an_estimated_ground_is_said(plot: Plot) -> None:
    with Plot.open(PlotSources(plot.sources.ortho, plot.sources.dsm), check=False) as without_dtm:
        measured = measure_crowns([crown(1, 8.125, 8.125, 2)], without_dtm.elevation)[1]
    assert measured.height_source == "DSM-est"
    assert measured.height_m == pytest.approx(12.0, abs=0.5)


def test_cells_are_the_dsm_s_own_or_a_multiple(plot: Plot, tmp_path: Path) -> None:
    assert plot.elevation is not None
    grid = chm_grid(plot.elevation, 1.0)
    assert (grid.left_crs, grid.top_crs, grid.cell_crs) == (LEFT, TOP, 0.25)
    fine = write_raster(
        tmp_path / "fine.tif", np.full((400, 400), 1.0, np.float32), Affine(0.03, 0, LEFT, 0, -0.03, TOP)
    )
    with Plot.open(PlotSources(plot.sources.ortho, fine), check=False) as finer:
        assert finer.elevation is not None
        assert chm_grid(finer.elevation, 1.0).cell_crs == pytest.approx(0.12)


def test_nothing_to_measure(plot: Plot) -> None:
    assert measure_crowns([], plot.elevation) == {}
    assert measure_crowns([], None) == {}
    assert list(measure_blocks([], plot.elevation)) == []
