"""Where a plot ends for a crown: beyond the mosaic, and where the elevation that it was outlined from runs out."""

import numpy as np
import numpy.typing as npt

from inference.plot.tile import Tile

BoolArray = npt.NDArray[np.bool_]

# Photogrammetry leaves small holes between crowns, which cut nothing; a larger one hides part of a tree.
_HOLE_THAT_CUTS_M2 = 25.0


def end_of_plot(tile: Tile, *, uses_elevation: bool) -> BoolArray:
    """Cells at which a crown is cut by the end of the data.

    Args:
        tile: what the segmenter saw.
        uses_elevation: whether crowns were outlined from the canopy height. Then the end of the DSM, which often
            lies some metres within the mosaic's, counts as well, and so does a large hole in it.

    Returns:
        (H, W) bool.
    """
    outside: BoolArray = ~tile.inside
    if not uses_elevation or tile.chm_m is None:
        return outside
    from scipy import ndimage

    parts, count = ndimage.label(~np.isfinite(tile.chm_m) | outside)
    cells = np.bincount(parts.ravel(), minlength=count + 1)
    cuts = cells * tile.gsd_m**2 >= _HOLE_THAT_CUTS_M2
    cuts[np.unique(parts[outside])] = True
    cuts[0] = False
    return np.asarray(cuts[parts], dtype=np.bool_)
