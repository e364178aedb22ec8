"""From what a segmenter saw in one tile to crowns on the map: whose they are, whether they are whole, their outline."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from inference.pipeline.plot_end import end_of_plot
from inference.pipeline.tiling import TilePlan
from inference.plot.tile import Tile
from inference.project.store import StagedCrown
from inference.segment.base import Proposal
from inference.segment.polygonise import outlines

BoolArray = npt.NDArray[np.bool_]

# A crown whose anchor lies on a core's border may be seen a cell further by the neighbour; both then propose it, and
# the merge keeps one.
OVERLAP_BAND_M = 1.0


@dataclass(frozen=True, slots=True)
class _Touches:
    """What a mask touches: the place where the plot ends, or a side of the tile beyond which it goes on."""

    end_of_plot: bool
    open_side: bool


def stage(
    proposals: Sequence[Proposal],
    tile: Tile,
    planned: TilePlan,
    *,
    min_hole_m2: float,
    uses_elevation: bool = False,
) -> list[StagedCrown]:
    """The crowns of a tile that the plot should keep.

    A proposal stays when its anchor lies in the tile's core or a narrow band around it and inside the area of
    interest, and when it is seen whole: one that reaches the tile's border although the plot goes on there is left
    to the neighbour that sees all of it. One that reaches the end of the plot stays, flagged `edge`.

    Args:
        proposals: in the cells of `tile`.
        tile: what the segmenter saw.
        planned: the tile's plan.
        min_hole_m2: smaller holes are filled.
        uses_elevation: whether the segmenter outlined crowns from the canopy height, see `end_of_plot`.

    Returns:
        Crowns in the order of the proposals.
    """
    band_crs = OVERLAP_BAND_M / tile.unit_m
    outside = end_of_plot(tile, uses_elevation=uses_elevation)
    kept: list[tuple[Proposal, tuple[float, float], bool]] = []
    for proposal in proposals:
        anchor = _anchor_crs(proposal, tile)
        if not (planned.owns(*anchor, band_crs) and _is_valid_at(proposal, tile)):
            continue
        touches = _touches(proposal, outside, planned)
        if not touches.open_side:
            kept.append((proposal, anchor, touches.end_of_plot))
    traced = outlines([proposal for proposal, _, _ in kept], tile.grid, min_hole_cells=min_hole_m2 / tile.gsd_m**2)
    return [
        StagedCrown(planned.index, outline, float(proposal.score), edge, anchor, proposal.species_hints)
        for (proposal, anchor, edge), outline in zip(kept, traced, strict=True)
        if isinstance(outline, shapely.Polygon)
    ]


def _anchor_crs(proposal: Proposal, tile: Tile) -> tuple[float, float]:
    """The anchor on the map; whole numbers of a proposal mean the middle of a cell."""
    row, col = proposal.anchor_rc
    return (
        tile.grid.left_crs + (col + 0.5) * tile.grid.cell_crs,
        tile.grid.top_crs - (row + 0.5) * tile.grid.cell_crs,
    )


def _is_valid_at(proposal: Proposal, tile: Tile) -> bool:
    """Whether the cell of the anchor has data and lies inside the area of interest."""
    row, col = (round(place) for place in proposal.anchor_rc)
    height_px, width_px = tile.valid.shape
    return bool(tile.valid[min(max(row, 0), height_px - 1), min(max(col, 0), width_px - 1)])


def _touches(proposal: Proposal, plot_end: BoolArray, planned: TilePlan) -> _Touches:
    """Look at the cells around a mask."""
    height_px, width_px = plot_end.shape
    rows, cols = proposal.mask.shape
    row0, col0, row1, col1 = proposal.row0, proposal.col0, proposal.row0 + rows, proposal.col0 + cols
    open_left, open_bottom, open_right, open_top = planned.open_sides
    sides = (
        (col0 == 0 and bool(proposal.mask[:, 0].any()), open_left),
        (row1 == height_px and bool(proposal.mask[-1].any()), open_bottom),
        (col1 == width_px and bool(proposal.mask[:, -1].any()), open_right),
        (row0 == 0 and bool(proposal.mask[0].any()), open_top),
    )
    open_side = any(touched and goes_on for touched, goes_on in sides)
    closed_side = any(touched and not goes_on for touched, goes_on in sides)
    window = (slice(max(row0 - 1, 0), row1 + 1), slice(max(col0 - 1, 0), col1 + 1))
    outside = plot_end[window]
    if closed_side or not outside.any():
        return _Touches(closed_side, open_side)
    mask = np.zeros(outside.shape, dtype=bool)
    top, left = row0 - window[0].start, col0 - window[1].start
    mask[top : top + rows, left : left + cols] = proposal.mask
    return _Touches(bool((_grown(mask) & outside).any()), open_side)


def _grown(mask: BoolArray) -> BoolArray:
    """The mask and the cells that share an edge with it."""
    grown = mask.copy()
    grown[1:] |= mask[:-1]
    grown[:-1] |= mask[1:]
    grown[:, 1:] |= mask[:, :-1]
    grown[:, :-1] |= mask[:, 1:]
    return grown
