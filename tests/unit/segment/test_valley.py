"""The segmenter for plots without elevation."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from inference.jobs import CancelToken
from inference.plot.grid import Grid
from inference.plot.plot import Plot, PlotSources
from inference.plot.tile import Tile
from inference.segment.valley import ValleyParameters, ValleySegmenter

CELL_M = 0.25
SHADE, SUN = np.array([45.0, 60.0, 62.0]), np.array([120.0, 150.0, 90.0])


def tile_of(rgb: npt.NDArray[np.uint8]) -> Tile:
    shape = (rgb.shape[1], rgb.shape[2])
    grid = Grid("", 0.0, shape[0] * CELL_M, CELL_M, *shape)
    everywhere = np.ones(shape, dtype=bool)
    return Tile(0, grid, grid.bounds_crs, rgb, everywhere, everywhere, None, None, None, 1.0)


def sunlit(shape: tuple[int, int], crowns: list[tuple[int, int, float]], noise: float = 4.0) -> npt.NDArray[np.uint8]:
    """Sunlit discs of (row, column, radius m), brightest in the middle, on bluish shade."""
    rows, cols = np.mgrid[: shape[0], : shape[1]]
    light = np.zeros(shape)
    for row, col, radius_m in crowns:
        away = np.hypot(rows - row, cols - col) * CELL_M / radius_m
        light = np.maximum(light, np.clip(1.0 - 0.4 * away**2, 0.0, 1.0) * (away < 1.0))
    colour = SHADE[:, None, None] + (SUN - SHADE)[:, None, None] * light
    return np.clip(colour + np.random.default_rng(0).normal(0, noise, colour.shape), 0, 255).astype(np.uint8)


def segment(rgb: npt.NDArray[np.uint8], settings: ValleyParameters | None = None) -> list[tuple[float, float]]:
    return [crown.anchor_rc for crown in ValleySegmenter(settings).segment(tile_of(rgb), CancelToken())]


def test_bright_crowns_parted_by_shade_come_out_one_by_one() -> None:
    crowns = [(30, 30, 2.5), (30, 60, 3.0), (70, 40, 3.5), (72, 80, 2.5)]
    found = ValleySegmenter().segment(tile_of(sunlit((110, 110), crowns)), CancelToken())
    assert len(found) == 4
    for row, col, radius_m in crowns:
        (crown,) = [crown for crown in found if np.hypot(crown.anchor_rc[0] - row, crown.anchor_rc[1] - col) < 8]
        assert crown.mask.sum() * CELL_M**2 == pytest.approx(np.pi * radius_m**2, rel=0.35)


def test_even_ground_and_noise_give_nothing() -> None:
    ground = np.full((3, 100, 100), 120, dtype=np.uint8)
    ground[1] += 12
    assert segment(ground) == []
    noisy = np.clip(ground + np.random.default_rng(0).normal(0, 20, ground.shape), 0, 255).astype(np.uint8)
    assert segment(noisy) == []


def test_grey_stones_with_shadows_are_no_crowns() -> None:
    rgb = sunlit((90, 90), [(45, 45, 3.0)])
    grey = np.broadcast_to(rgb.mean(axis=0).astype(np.uint8), rgb.shape).copy()
    grey[0] += 5
    assert segment(grey) == []


def test_brown_soil_in_the_shade_is_no_sky_lit_shade() -> None:
    rgb = sunlit((90, 90), [(45, 45, 3.0)]).astype(float)
    rgb[2] *= 0.6
    dark = rgb.mean(axis=0) < 60
    rgb[0][dark] *= 2.0
    assert segment(rgb.clip(0, 255).astype(np.uint8)) == []


def test_same_tile_same_proposals() -> None:
    rgb = sunlit((110, 110), [(30, 30, 2.5), (30, 60, 3.0)])
    assert segment(rgb) == segment(rgb)


def test_where_there_is_no_data_there_are_no_crowns() -> None:
    tile = tile_of(sunlit((110, 110), [(30, 30, 2.5), (30, 80, 3.0)]))
    valid = tile.valid.copy()
    valid[:, 55:] = False
    found = ValleySegmenter().segment(replace(tile, valid=valid), CancelToken())
    assert len(found) == 1
    assert found[0].anchor_rc[1] < 55


@pytest.mark.shared
@pytest.mark.logs_warnings("GDAL notes that the file does not say how its strips are cut")
@pytest.mark.parametrize("gsd_m", [0.25, 0.35, 0.5])
def test_a_maize_field_has_no_crowns(gsd_m: float, shared_data: Path) -> None:
    with Plot.open(PlotSources(shared_data / "samples" / "field_no_trees.tif")) as plot:
        grid = plot.work_grid(gsd_m)
        tile = plot.read_tile(0, grid, grid.bounds_crs)
    assert ValleySegmenter(ValleyParameters(gsd_m=gsd_m)).segment(tile, CancelToken()) == []
