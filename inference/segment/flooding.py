"""The watershed proper: basins of tops on a surface, and the joining of those that hardly a valley parts."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from inference.segment.saddles import find_saddles, join_tops

FloatArray = npt.NDArray[np.float32]
LabelArray = npt.NDArray[np.int32]
IntArray = npt.NDArray[np.int64]


def flood(surface: FloatArray, tops: IntArray, mask: npt.NDArray[np.bool_]) -> LabelArray:
    """Basins of the tops (marker-controlled watershed, Meyer & Beucher 1990, doi 10.1016/1047-3203(90)90014-M).

    Args:
        surface: (H, W) float32; high places are inside.
        tops: (N, 2) rows and columns.
        mask: (H, W) bool, what may be flooded.

    Returns:
        (H, W) int32: place in `tops` + 1, 0 for none.
    """
    from skimage.segmentation import watershed

    markers = np.zeros(surface.shape, dtype=np.int32)
    markers[tops[:, 0], tops[:, 1]] = np.arange(1, len(tops) + 1)
    # Flooding over corners of cells as well: over edges alone, borders on a smooth canopy run along the grid.
    basins = watershed(-surface, markers, mask=mask, connectivity=2)  # type: ignore[no-untyped-call]
    return np.asarray(basins, dtype=np.int32)


def join(
    basins: LabelArray, tops: IntArray, surface: FloatArray, may_join: Callable[[int, int, float], bool]
) -> tuple[LabelArray, IntArray]:
    """Join basins across shallow passes and number them anew.

    Args:
        basins: (H, W) int32 labels, place in `tops` + 1.
        tops: (N, 2) rows and columns.
        surface: (H, W) float32, what was flooded.
        may_join: see `saddles.join_tops`.

    Returns:
        Basins and tops, those of joined crowns under their highest top.
    """
    level = np.zeros(len(tops) + 1)
    level[1:] = surface[tops[:, 0], tops[:, 1]]
    owner = join_tops(find_saddles(basins, surface), level, may_join)
    stays = owner[1:] == np.arange(1, len(owner))
    number = np.zeros(len(owner), dtype=np.int32)
    number[1:][stays] = np.arange(1, stays.sum() + 1)
    return number[owner][basins], tops[stays]
