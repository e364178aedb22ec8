"""Outlines run along cell edges: their area is that of the mask's largest part."""

import numpy as np
import numpy.typing as npt
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from inference.plot.grid import Grid
from inference.segment.base import Proposal
from inference.segment.polygonise import outlines

GRID = Grid("", 321_642.0, 4_096_890.75, 0.25, 400, 400)
MASKS = arrays.arrays(bool, st.tuples(st.integers(1, 12), st.integers(1, 12)))


def proposal(mask: npt.ArrayLike, row0: int = 0, col0: int = 0) -> Proposal:
    return Proposal(row0, col0, np.asarray(mask, dtype=bool), 1.0, (row0, col0))


def largest_part(mask: npt.NDArray[np.bool_]) -> int:
    """Cells of the largest part, parts being joined over edges."""
    from scipy import ndimage

    labels, count = ndimage.label(mask)
    return int(np.bincount(labels.ravel())[1:].max()) if count else 0


def outline_of(mask: npt.ArrayLike, *, min_hole_cells: float = 0.0) -> shapely.Polygon:
    (found,) = outlines([proposal(mask)], GRID, min_hole_cells=min_hole_cells)
    assert found is not None
    return found


@settings(deadline=None)
@given(st.lists(MASKS, min_size=1, max_size=5), st.integers(0, 300), st.integers(0, 300))
def test_area_is_that_of_the_largest_part(masks: list[npt.NDArray[np.bool_]], row0: int, col0: int) -> None:
    found = outlines([proposal(mask, row0, col0) for mask in masks], GRID, min_hole_cells=0)
    for mask, outline in zip(masks, found, strict=True):
        if not mask.any():
            assert outline is None
            continue
        assert outline is not None
        assert outline.is_valid
        assert outline.exterior.is_ccw
        assert outline.area == pytest.approx(largest_part(mask) * 0.25**2, rel=1e-9)


def test_one_cell_is_the_square_of_that_cell() -> None:
    (found,) = outlines([proposal([[True]], row0=4, col0=8)], GRID, min_hole_cells=0)
    assert found is not None
    assert found.bounds == (321_644.0, 4_096_889.5, 321_644.25, 4_096_889.75)


def test_small_holes_are_filled_and_large_ones_kept() -> None:
    mask = np.ones((10, 10), dtype=bool)
    mask[2, 2] = False
    mask[5:7, 5:8] = False
    outline = outline_of(mask, min_hole_cells=4)
    assert len(outline.interiors) == 1
    assert outline.area == pytest.approx(94 * 0.25**2)


def test_straight_borders_have_no_needless_vertices() -> None:
    assert shapely.get_num_coordinates(outline_of(np.ones((20, 30)))) == 5


def test_the_largest_part_is_taken_wherever_it_lies() -> None:
    mask = np.zeros((5, 9), dtype=bool)
    mask[0, 0] = True
    mask[1:4, 4:8] = True
    assert outline_of(mask).area == pytest.approx(12 * 0.25**2)


def test_neighbours_from_two_tiles_share_their_border_exactly() -> None:
    left_tile, right_tile = GRID.window(0, 0, 50, 50), GRID.window(13, 37, 50, 50)
    (west,) = outlines([proposal(np.ones((6, 6)), 20, 40)], left_tile, min_hole_cells=0)
    (east,) = outlines([proposal(np.ones((6, 6)), 7, 9)], right_tile, min_hole_cells=0)
    assert west is not None
    assert east is not None
    assert west.intersection(east).area == 0.0
    assert west.intersection(east).length == pytest.approx(1.5)


def test_thousands_of_masks_need_several_sheets() -> None:
    rng = np.random.default_rng(2)
    masks = [rng.random((40, 40)) < 0.7 for _ in range(2000)]
    found = outlines([proposal(mask) for mask in masks], GRID, min_hole_cells=0)
    areas = [outline.area / 0.25**2 for outline in found if outline is not None]
    assert areas == pytest.approx([largest_part(mask) for mask in masks])


def test_no_proposal_gives_no_outline() -> None:
    assert outlines([], GRID, min_hole_cells=0) == []
