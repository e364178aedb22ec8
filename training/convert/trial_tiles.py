"""Tiles of real imagery on which two versions of a model are compared: the user's own, or the sample plot's."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from inference.errors import ModelError
from inference.plot.plot import Plot
from inference.plot.sources import PlotSources, guess_elevation
from inference.sample import ensure_sample_plot

SAMPLE_NAME = "sample plot"
_MAX_TILES = 4
_MIN_VALID_SHARE = 0.3
_Cell = TypeVar("_Cell", bound=np.generic)


@dataclass(frozen=True, slots=True)
class TrialTile:
    """One tile at the model's cell size; cells beyond the plot hold 0 and NaN.

    Attributes:
        name: the file that it comes from.
        rgb: (3, T, T) uint8.
        dsm_m, chm_m: (T, T) float32, NaN where unknown; None without elevation.
    """

    name: str
    rgb: NDArray[np.uint8]
    dsm_m: NDArray[np.float32] | None
    chm_m: NDArray[np.float32] | None


def read_trial_tiles(imagery: Sequence[Path], tile_px: int, gsd_m: float) -> tuple[TrialTile, ...]:
    """Up to four tiles, spread over the files and inside each.

    Args:
        imagery: orthomosaics; elevation beside them is found by its name. Empty: the sample plot is made and used.
        tile_px, gsd_m: the model's side in cells, and its cell size.

    Raises:
        ModelError: no file has a tile with enough picture in it.
        RasterError: a file cannot be read.
    """
    if not imagery:
        with tempfile.TemporaryDirectory(prefix="birchtree-sample-") as folder:
            sample = ensure_sample_plot(Path(folder))
            return _of_plot(PlotSources(sample.ortho, sample.dsm, sample.dtm), SAMPLE_NAME, tile_px, gsd_m, _MAX_TILES)
    share = max(1, _MAX_TILES // len(imagery))
    tiles: list[TrialTile] = []
    for path in imagery[:_MAX_TILES]:
        tiles.extend(_of_plot(PlotSources(path, *guess_elevation(path)), path.name, tile_px, gsd_m, share))
    if not tiles:
        raise ModelError(
            "convert.no_imagery",
            "None of the pictures given for the comparison has a tile of {side} m with data in it. Give an "
            "orthomosaic of a plot.",
            side=round(tile_px * gsd_m, 1),
        )
    return tuple(tiles)


def _of_plot(sources: PlotSources, name: str, tile_px: int, gsd_m: float, count: int) -> tuple[TrialTile, ...]:
    with Plot.open(sources, check=False) as plot:
        grid = plot.work_grid(gsd_m)
        tiles: list[TrialTile] = []
        for row, column in _places(grid.height_px, grid.width_px, tile_px):
            height, width = min(tile_px, grid.height_px - row), min(tile_px, grid.width_px - column)
            window = grid.window(row, column, height, width)
            tile = plot.read_tile(len(tiles), window, window.bounds_crs)
            if np.count_nonzero(tile.valid) < _MIN_VALID_SHARE * tile_px * tile_px and (row or column):
                continue
            tiles.append(
                TrialTile(
                    name,
                    _filled(tile.rgb, tile_px, 0),
                    None if tile.dsm_m is None else _filled(tile.dsm_m, tile_px, np.nan),
                    None if tile.chm_m is None else _filled(tile.chm_m, tile_px, np.nan),
                )
            )
            if len(tiles) == count:
                break
    return tuple(tiles)


def _places(height_px: int, width_px: int, tile_px: int) -> list[tuple[int, int]]:
    """Upper left cells of whole tiles, corners first, so that a few of them lie far apart."""
    rows = list(range(0, max(1, height_px - tile_px + 1), tile_px))
    columns = list(range(0, max(1, width_px - tile_px + 1), tile_px))
    places = [(row, column) for row in rows for column in columns]
    return sorted(places, key=lambda place: (places.index(place) * 7) % len(places))


def _filled(cells: NDArray[_Cell], tile_px: int, value: float) -> NDArray[_Cell]:
    """The array with its last two axes brought to `tile_px` at the right and lower end."""
    room = [(0, 0)] * (cells.ndim - 2) + [(0, tile_px - cells.shape[-2]), (0, tile_px - cells.shape[-1])]
    return np.pad(cells, room, constant_values=value)
