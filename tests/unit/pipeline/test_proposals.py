"""Which of a tile's proposals the plot keeps."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from inference.pipeline.proposals import stage
from inference.pipeline.tiling import TilePlan
from inference.plot.grid import Grid
from inference.plot.tile import Tile
from inference.segment.base import Proposal

CELL_M = 0.5
SIDE = 40
GRID = Grid("", 100.0, 200.0, CELL_M, SIDE, SIDE)
# The core is the middle 10 x 10 m; the halo 5 m wide.
CORE = (105.0, 185.0, 115.0, 195.0)
GOES_ON = TilePlan(3, CORE, GRID, (True, True, True, True))
ENDS = TilePlan(3, CORE, GRID, (False, False, False, False))


def tile(valid: npt.NDArray[np.bool_] | None = None, inside: npt.NDArray[np.bool_] | None = None) -> Tile:
    everywhere = np.ones((SIDE, SIDE), dtype=bool)
    rgb = np.zeros((3, SIDE, SIDE), dtype=np.uint8)
    valid, inside = (everywhere if mask is None else mask for mask in (valid, inside))
    return Tile(3, GRID, CORE, rgb, valid, inside, None, None, None, 1.0)


def square(row0: int, col0: int, size: int = 4, anchor: tuple[float, float] | None = None) -> Proposal:
    middle = (row0 + size // 2, col0 + size // 2)
    return Proposal(row0, col0, np.ones((size, size), dtype=bool), 0.7, anchor or middle)


def test_what_is_anchored_in_the_core_is_kept_as_it_is() -> None:
    (crown,) = stage([square(18, 20)], tile(), GOES_ON, min_hole_m2=1.0)
    assert crown.tile_index == 3
    assert crown.outline.bounds == (110.0, 189.0, 112.0, 191.0)
    assert crown.anchor == (111.25, 189.75)
    assert (crown.score, crown.edge) == (0.7, False)


def test_what_is_anchored_in_the_halo_is_the_neighbours() -> None:
    assert stage([square(2, 20)], tile(), GOES_ON, min_hole_m2=1.0) == []
    assert stage([square(18, 34)], tile(), GOES_ON, min_hole_m2=1.0) == []


@pytest.mark.parametrize(("row", "kept"), [(10, True), (9, True), (8, True), (7, False)])
def test_a_narrow_band_around_the_core_counts_for_both(row: int, kept: bool) -> None:
    assert bool(stage([square(9, 20, anchor=(row, 20))], tile(), GOES_ON, min_hole_m2=1.0)) is kept


@pytest.mark.parametrize(
    ("row0", "col0", "height", "width"), [(0, 18, 16, 4), (18, 0, 4, 16), (26, 18, 14, 4), (18, 26, 4, 14)]
)
def test_a_crown_that_the_tile_cuts_is_left_to_the_neighbour(row0: int, col0: int, height: int, width: int) -> None:
    long = Proposal(row0, col0, np.ones((height, width), dtype=bool), 0.7, (20, 20))
    assert stage([long], tile(), GOES_ON, min_hole_m2=1.0) == []
    # Where the mosaic ends there is no neighbour.
    (crown,) = stage([long], tile(), ENDS, min_hole_m2=1.0)
    assert crown.edge


def test_a_crown_beside_the_nodata_collar_is_flagged() -> None:
    inside = np.ones((SIDE, SIDE), dtype=bool)
    inside[:, 24:] = False
    touching, apart = stage([square(12, 20), square(20, 19)], tile(inside=inside), GOES_ON, min_hole_m2=1.0)
    assert (touching.edge, apart.edge) == (True, False)


def test_a_corner_is_no_border() -> None:
    inside = np.ones((SIDE, SIDE), dtype=bool)
    inside[16, 24] = False
    (crown,) = stage([square(12, 20)], tile(inside=inside), GOES_ON, min_hole_m2=1.0)
    assert not crown.edge


def test_an_anchor_outside_the_area_of_interest_is_dropped() -> None:
    valid = np.ones((SIDE, SIDE), dtype=bool)
    valid[:, 22:] = False
    inside_area, outside_area = square(18, 19), square(18, 22)
    (crown,) = stage([inside_area, outside_area], tile(valid=valid), GOES_ON, min_hole_m2=1.0)
    # The crown reaches over the area's border and is not cut there.
    assert crown.outline.bounds[2] == 111.5


def test_species_hints_and_small_holes() -> None:
    mask = np.ones((6, 6), dtype=bool)
    mask[2, 2] = False
    proposal = replace(square(18, 18, 6), mask=mask, species_hints={"Betula": 0.8})
    (filled,) = stage([proposal], tile(), GOES_ON, min_hole_m2=1.0)
    (kept,) = stage([proposal], tile(), GOES_ON, min_hole_m2=0.1)
    assert (len(filled.outline.interiors), len(kept.outline.interiors)) == (0, 1)
    assert filled.species_hints == {"Betula": 0.8}


def test_the_end_of_the_dsm_cuts_crowns_that_were_outlined_from_it() -> None:
    chm_m = np.full((SIDE, SIDE), 10.0, dtype=np.float32)
    chm_m[:, 24:] = np.nan
    inside = np.ones((SIDE, SIDE), dtype=bool)
    inside[:, 30:] = False
    seen = replace(tile(inside=inside), chm_m=chm_m)
    crowns = [square(12, 20), square(20, 19)]
    flags = [crown.edge for crown in stage(crowns, seen, GOES_ON, min_hole_m2=1.0, uses_elevation=True)]
    assert flags == [True, False]
    assert not any(crown.edge for crown in stage(crowns, seen, GOES_ON, min_hole_m2=1.0))


@pytest.mark.parametrize(("hole_cells", "cut"), [(4, False), (12, True)])
def test_only_a_large_hole_in_the_dsm_cuts_a_crown(hole_cells: int, cut: bool) -> None:
    chm_m = np.full((SIDE, SIDE), 10.0, dtype=np.float32)
    chm_m[18 : 18 + hole_cells, 24 : 24 + hole_cells] = np.nan
    seen = replace(tile(), chm_m=chm_m)
    (crown,) = stage([square(18, 20)], seen, GOES_ON, min_hole_m2=1.0, uses_elevation=True)
    assert crown.edge is cut
