"""Cells inside crowns, against GDAL's own mask of each crown."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.features import geometry_mask

from inference.pipeline.crown_cells import cells_inside
from inference.plot.grid import Grid

GRID = Grid("", 1000.0, 2000.0, 0.5, 60, 80)


def as_array(*outlines: shapely.Polygon) -> np.ndarray:  # type: ignore[type-arg]
    array = np.empty(len(outlines), object)
    array[:] = outlines
    return array


def mask_of(outline: shapely.Polygon, grid: Grid = GRID) -> np.ndarray:  # type: ignore[type-arg]
    cells = cells_inside(as_array(outline), grid)
    mask = np.zeros(grid.shape, bool)
    mask[cells.row, cells.col] = True
    assert mask.sum() == len(cells.row), "a cell came twice"
    return mask


def test_a_box_holds_the_cells_whose_centre_is_inside() -> None:
    # From x 1001.3 to 1003.2 the centres 1001.75, 1002.25, 1002.75; from y 1997.9 to 1999.2 the same way 3.
    mask = mask_of(shapely.box(1001.3, 1997.6, 1003.2, 1999.2))
    assert np.argwhere(mask).tolist() == [[r, c] for r in (2, 3, 4) for c in (3, 4, 5)]


def test_a_hole_is_left_out() -> None:
    ring = shapely.box(1000, 1990, 1010, 2000).difference(shapely.box(1002, 1992, 1004, 1994))
    assert mask_of(ring).sum() == 20 * 20 - 4 * 4


def test_neighbours_share_a_border_and_no_cell() -> None:
    # The common border runs exactly through centres.
    left, right = shapely.box(1000, 1990, 1005.25, 2000), shapely.box(1005.25, 1990, 1010, 2000)
    upper, lower = shapely.box(1000, 1995.25, 1010, 2000), shapely.box(1000, 1990, 1010, 1995.25)
    for one, two in ((left, right), (upper, lower)):
        assert not (mask_of(one) & mask_of(two)).any()
        assert (mask_of(one) | mask_of(two)).sum() == 20 * 20


def test_a_crown_between_centres_gets_the_cell_under_it() -> None:
    assert np.argwhere(mask_of(shapely.box(1010.02, 1989.9, 1010.05, 1989.98))).tolist() == [[20, 20]]


def test_crowns_come_in_order_also_when_some_are_tiny_and_some_outside() -> None:
    tiny, large, outside = (
        shapely.box(1010.02, 1989.9, 1010.05, 1989.98),
        shapely.box(1001, 1990, 1003, 1992),
        shapely.box(900, 1990, 901, 1991),
    )
    cells = cells_inside(as_array(large, tiny, outside, large), GRID)
    assert cells.crown.tolist() == [0] * 16 + [1] + [2] * 4 + [3] * 16
    assert (cells.col[cells.crown == 2] < 0).all()


def test_no_crowns() -> None:
    assert len(cells_inside(as_array(), GRID).crown) == 0


@st.composite
def outlines(draw) -> shapely.Polygon:  # type: ignore[no-untyped-def]
    """Star shapes with sharp inlets, some with a hole; coordinates that never hit a centre exactly."""
    count = draw(st.integers(3, 14))
    radii = draw(st.lists(st.floats(0.3, 9.0), min_size=count, max_size=count))
    x, y = draw(st.floats(1010, 1030)), draw(st.floats(1980, 1990))
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False) + 0.1234567
    points = np.column_stack([x + np.cos(angles) * radii, y + np.sin(angles) * radii])
    outline = shapely.make_valid(shapely.Polygon(points))
    if draw(st.booleans()):
        outline = outline.difference(shapely.Point(x, y).buffer(min(radii) * 0.5))
    parts = [part for part in shapely.get_parts(outline) if part.geom_type == "Polygon"]
    return max(parts, key=lambda part: part.area) if parts else shapely.box(x, y, x + 1, y + 1)


@settings(max_examples=200)
@given(outlines())
def test_as_gdal_masks_each_crown(outline: shapely.Polygon) -> None:
    expected = geometry_mask([outline], GRID.shape, GRID.transform, invert=True)
    mask = mask_of(outline)
    if not expected.any():
        assert mask.sum() == 1
        return
    # GDAL rounds crossings to 1e-10 of a column in its own way; only a centre on the border itself may differ.
    for row, col in np.argwhere(mask != expected):
        centre = shapely.Point(GRID.left_crs + (col + 0.5) * 0.5, GRID.top_crs - (row + 0.5) * 0.5)
        assert outline.boundary.distance(centre) < 1e-6


@pytest.mark.parametrize("count", [1, 500])
def test_many_crowns_at_once_are_as_each_alone(count: int) -> None:
    rng = np.random.default_rng(1)
    crowns = shapely.buffer(
        shapely.points(rng.uniform(1002, 1038, count), rng.uniform(1972, 1998, count)), rng.uniform(0.1, 3, count)
    )
    cells = cells_inside(crowns, GRID)
    for place in range(count):
        alone = cells_inside(crowns[place : place + 1], GRID)
        mine = cells.crown == place
        assert cells.row[mine].tolist() == alone.row.tolist()
        assert cells.col[mine].tolist() == alone.col.tolist()
