"""The work on one tile: read it, let a segmenter see it, keep what is the tile's own. The same here and on a worker."""

from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from inference.jobs import CancelToken
from inference.pipeline import proposals
from inference.pipeline.conclusion import PlotRules
from inference.pipeline.tiling import TilePlan
from inference.plot.plot import Plot
from inference.plot.tile import Tile
from inference.project.store import StagedCrown
from inference.segment.base import Segmenter

# A source window of this size decodes in a third of a second or less, so a cancel is noticed in time.
_READ_AT_ONCE_PX = 32_000_000


def outlined_here(
    plot: Plot, segmenter: Segmenter, rules: PlotRules, left: Sequence[TilePlan], cancel: CancelToken
) -> Generator[tuple[int, list[StagedCrown]], None, None]:
    """The staged crowns of each tile with its index, in the order of `left`, made in this process.

    Raises:
        Cancelled: the user stopped it.
        ModelError: the model does not work here.
        RasterError: a file is damaged.
    """
    # The next tile is read while this one is segmented; one ahead, so that memory does not grow with the plot.
    with ThreadPoolExecutor(1, thread_name_prefix="tile-reader") as reader:
        ahead = [reader.submit(read_tile, plot, planned, cancel) for planned in left[:1]]
        for position, planned in enumerate(left, start=1):
            cancel.check()
            tile = ahead.pop().result()
            ahead += [reader.submit(read_tile, plot, coming, cancel) for coming in left[position : position + 1]]
            cancel.check()
            crowns: list[StagedCrown] = []
            if tile.valid.any():
                seen = segmenter.segment(tile, cancel)
                cancel.check()
                crowns = proposals.stage(
                    seen,
                    tile,
                    planned,
                    min_hole_m2=rules.min_hole_m2,
                    uses_elevation=segmenter.card.needs_dsm,
                )
            yield planned.index, crowns


def read_tile(plot: Plot, planned: TilePlan, cancel: CancelToken) -> Tile:
    """Read a tile, in strips where the orthomosaic is so fine that one read would outlast a cancel."""
    grid = planned.grid
    pixels_per_row = grid.width_px * (grid.cell_crs * plot.unit_m / plot.gsd_m) ** 2
    rows = max(32, int(_READ_AT_ONCE_PX / pixels_per_row))
    if rows >= grid.height_px:
        return plot.read_tile(planned.index, grid, planned.core_crs)
    strips = []
    for row0 in range(0, grid.height_px, rows):
        cancel.check()
        strip = grid.window(row0, 0, min(rows, grid.height_px - row0), grid.width_px)
        strips.append(plot.read_tile(planned.index, strip, planned.core_crs))
    first = strips[0]
    return Tile(
        index=planned.index,
        grid=grid,
        core_crs=planned.core_crs,
        rgb=np.concatenate([strip.rgb for strip in strips], axis=1),
        valid=np.concatenate([strip.valid for strip in strips]),
        inside=np.concatenate([strip.inside for strip in strips]),
        dsm_m=_stacked([strip.dsm_m for strip in strips]),
        chm_m=_stacked([strip.chm_m for strip in strips]),
        height_source=first.height_source,
        unit_m=first.unit_m,
    )


def _stacked(parts: Sequence[npt.NDArray[np.float32] | None]) -> npt.NDArray[np.float32] | None:
    known = [part for part in parts if part is not None]
    return np.concatenate(known) if known else None
