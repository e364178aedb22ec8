"""Pictures of crowns for trait models: centred, at the model's footprint in metres, read along the raster's blocks.

A model learned from crops of a certain size on the ground, so that size is what counts, not pixels: the orthomosaic is
resampled to the model's cells (mean of the covered pixels when shrinking, bilinear when enlarging), and each crop is
the window of that picture around its crown's centroid. Whatever the raster's rotation or CRS, crops are north-up in
the plot CRS.
"""

import math
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import shapely

from inference.crowns.crown import Crown
from inference.jobs import CancelToken
from inference.models.card import ModelCard
from inference.plot.block import RasterBlock
from inference.plot.collars import without_specks
from inference.plot.crs import shares_crs
from inference.plot.grid import Grid
from inference.plot.plot import Plot
from inference.traits.base import CrownCrop, footprint_m, side_px
from inference.traits.crop_rows import CropRows, Layout, layout
from inference.traits.reflection import reflect

Ints = npt.NDArray[np.int64]
T = TypeVar("T")

# As in a segmenter's tiles: a hole no larger than this is a shadow or a roof, not the mosaic's edge.
_SPECK_M2 = 4.0
# Cells this close to the raster's own are its own, and need no resampling at all.
_SAME_CELL = 1e-6


@dataclass(frozen=True, slots=True)
class CropSize:
    """What a model wants: side of a crop on the ground and in cells, and whether heights are shown to it."""

    footprint_m: float
    side_px: int
    with_chm: bool = False

    @classmethod
    def of(cls, card: ModelCard) -> "CropSize":
        """What a card asks for."""
        return cls(footprint_m(card), side_px(card), card.uses_dsm or card.needs_dsm)

    @property
    def cell_m(self) -> float:
        """Side of a cell."""
        return self.footprint_m / self.side_px


def read_crops(
    plot: Plot, crowns: Sequence[Crown], size: CropSize, cancel: CancelToken | None = None
) -> Iterator[CrownCrop]:
    """Crops of crowns, in the order of the raster and not of `crowns`.

    Memory depends on neither the number of crowns nor the size of the plot. Plots wider than some kilometres are worked
    through in panels; only blocks where two panels meet are read for both.

    Args:
        plot: read from.
        crowns: any crowns of the plot; where one reaches outside of the data, see `CrownCrop.valid`.
        size: of the crops.
        cancel: looked at between reads of the raster.

    Raises:
        Cancelled: the user stopped it.
        RasterError: a file is damaged.
    """
    if not crowns:
        return
    token = cancel or CancelToken()
    grid = crop_grid(plot, size)
    with_chm = size.with_chm and plot.elevation is not None
    plan = layout(plot, size.cell_m, size.side_px, with_chm=with_chm)
    tops, lefts = corners(crowns, grid, size.side_px)
    for places in _panels(tops, lefts, plan):
        rows = CropRows(
            plot, grid, tops[places], lefts[places], size.side_px, tile_rows=plan.tile_rows, with_chm=with_chm
        )
        for place in places.tolist():
            token.check()
            top, left = int(tops[place]), int(lefts[place])
            rgb, valid, chm_m = rows.window(top, left, token)
            window = grid.window(top, left, size.side_px, size.side_px)
            yield _crop(plot, crowns[place], rgb, valid, chm_m, window, size.cell_m)


def crop_order(plot: Plot, crowns: Sequence[Crown], size: CropSize) -> npt.NDArray[np.intp]:
    """(N,) positions of N crowns in the order in which `read_crops` gives their pictures."""
    if not crowns:
        return np.empty(0, np.intp)
    tops, lefts = corners(crowns, crop_grid(plot, size), size.side_px)
    plan = layout(plot, size.cell_m, size.side_px, with_chm=size.with_chm and plot.elevation is not None)
    return np.concatenate(list(_panels(tops, lefts, plan)))


def batches_ahead(crops: Iterable[T], count: int) -> Generator[tuple[T, ...], None, None]:
    """Batches of `count`, each made by a thread while the one before is worked on; the last may be smaller."""
    left = iter(crops)

    def read() -> tuple[T, ...]:
        return tuple(islice(left, count))

    with ThreadPoolExecutor(1, thread_name_prefix="crop-reader") as reader:
        coming = reader.submit(read)
        while batch := coming.result():
            coming = reader.submit(read)
            yield batch


def crop_grid(plot: Plot, size: CropSize) -> Grid:
    """One cell of the picture that crops are windows of: the raster's own cells where they have the model's size."""
    cell_crs = size.cell_m / plot.unit_m
    info, transform = plot.ortho.info, plot.ortho.transform
    is_own = (
        shares_crs(info.crs_wkt, plot.crs_wkt)
        and transform.is_rectilinear
        and math.isclose(transform.a, cell_crs, rel_tol=_SAME_CELL)
        and math.isclose(-transform.e, cell_crs, rel_tol=_SAME_CELL)
    )
    if is_own:
        return Grid(plot.crs_wkt, transform.c, transform.f, transform.a, 1, 1)
    left, _, _, top = plot.bounds_crs
    # The raster's edge runs through the middle of cells: on a line of cells rounding would decide which ones it meets.
    return Grid(plot.crs_wkt, left - cell_crs / 2, top + cell_crs / 2, cell_crs, 1, 1)


def corners(crowns: Sequence[Crown], grid: Grid, side: int) -> tuple[Ints, Ints]:
    """(N,) first row and (N,) first column of crops of `side` cells around the centroids of N crowns."""
    outlines = np.empty(len(crowns), object)
    outlines[:] = [crown.outline for crown in crowns]
    centres = shapely.get_coordinates(shapely.centroid(outlines))
    rows = (grid.top_crs - centres[:, 1]) / grid.cell_crs - side / 2
    cols = (centres[:, 0] - grid.left_crs) / grid.cell_crs - side / 2
    return np.rint(rows).astype(np.int64), np.rint(cols).astype(np.int64)


def share_with_data(crop: CrownCrop) -> float:
    """Share of the crown's cells where the orthomosaic has data, 0..1; of the whole crop for a crown without a cell."""
    inside = crop.valid[crop.crown]
    return float((inside if inside.size else crop.valid).mean())


def _panels(tops: Ints, lefts: Ints, plan: Layout) -> Iterator[npt.NDArray[np.intp]]:
    """Positions of crops panel by panel, within each by row of tiles and then column."""
    panel = (lefts - lefts.min()) // plan.panel_cols
    order = np.lexsort((lefts, tops // plan.tile_rows, panel))
    cuts = np.flatnonzero(np.diff(panel[order])) + 1
    for start, end in pairwise([0, *cuts.tolist(), len(order)]):
        yield order[start:end]


def _crop(
    plot: Plot,
    crown: Crown,
    rgb: npt.NDArray[np.uint8],
    valid: npt.NDArray[np.bool_],
    chm_m: npt.NDArray[np.float32] | None,
    window: Grid,
    cell_m: float,
) -> CrownCrop:
    from rasterio.features import geometry_mask

    info = plot.ortho.info
    if not valid.all() and not np.issubdtype(np.dtype(info.dtype), np.floating):
        valid = without_specks(RasterBlock(rgb, valid), info.rule, _SPECK_M2 / cell_m**2).valid
    inside = geometry_mask([crown.outline], window.shape, window.transform, invert=True).astype(np.bool_)
    return CrownCrop(crown.tree_id, reflect(rgb, valid), valid, chm_m, inside, cell_m)
