"""Tiles cover their block, and show what they should of it."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.datasets.places import Block
from inference.datasets.tiles import TileShape, windows_of
from inference.plot.grid import Grid

WHOLE = Grid("", 500_000.0, 5_100_000.0, 0.1, 3000, 4000)


def block(left_m: float, top_m: float, width_m: float, height_m: float) -> Block:
    left, top = WHOLE.left_crs + left_m, WHOLE.top_crs - top_m
    return Block(0, 0, 0, shapely.box(left, top - height_m, left + width_m, top), 1)


@settings(max_examples=80, deadline=None)
@given(
    st.floats(0.0, 100.0),
    st.floats(0.0, 100.0),
    st.floats(1.0, 150.0),
    st.floats(1.0, 150.0),
    st.sampled_from([64, 200, 512]),
    st.floats(0.0, 0.9),
)
def test_windows_cover_the_block(
    left_m: float, top_m: float, width_m: float, height_m: float, tile_px: int, overlap: float
) -> None:
    ground = block(left_m, top_m, width_m, height_m)
    shape = TileShape(0.1, tile_px, overlap, 0.2)
    places = list(windows_of(ground, WHOLE, shape))
    assert len(set(places)) == len(places)
    columns, rows = sorted({place[0] for place in places}), sorted({place[1] for place in places})
    tiles = [shapely.box(*WHOLE.window(row, column, tile_px, tile_px).bounds_crs) for column, row in places]
    assert len(columns) * len(rows) == len(places)
    # Along each axis: no gap, and no less overlap than asked for.
    for starts in (columns, rows):
        assert all(np.diff(starts) <= max(1, round(tile_px * (1 - overlap))))
    left, bottom, right, top = shapely.union_all(tiles).bounds
    assert left <= ground.area.bounds[0] + 1e-5
    assert bottom <= ground.area.bounds[1] + 1e-5
    assert right >= ground.area.bounds[2] - 1e-5
    assert top >= ground.area.bounds[3] - 1e-5


@pytest.mark.parametrize("cells", [512, 300])
def test_a_block_of_one_tile_is_one_tile(cells: int) -> None:
    """Rounding must not make a second one that shows the same again."""
    shape = TileShape(0.1, 512, 0.25, 0.2)
    assert len(list(windows_of(block(3.3, 7.7, cells / 10, cells / 10), WHOLE, shape))) == 1


def test_the_last_tile_ends_with_the_block() -> None:
    shape = TileShape(0.1, 200, 0.0, 0.2)
    assert [place[0] for place in windows_of(block(0, 0, 50, 10), WHOLE, shape)] == [0, 150, 300]
