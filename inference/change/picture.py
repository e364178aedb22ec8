"""The other survey's orthomosaic as the map shows it: one picture for what is on the screen."""

import numpy as np
import numpy.typing as npt
from affine import Affine

from inference.plot.frame import AffineFrame, composed
from inference.plot.plot import Plot, PlotSources
from inference.plot.style import to_rgb8


def picture(
    sources: PlotSources,
    crs_wkt: str,
    px_to_crs: tuple[float, float, float, float, float, float],
    *,
    left_px: float,
    top_px: float,
    step_px: float,
    width: int,
    height: int,
) -> npt.NDArray[np.uint8]:
    """(H, W, 4) uint8 RGBA of another orthomosaic on the pixels of this one; alpha 0 where it has no data.

    Args:
        sources: of the other survey; opened and closed here, so any thread may call this.
        crs_wkt: of the map.
        px_to_crs: the six numbers of the affine from the map's level-0 pixels to its CRS, row by row.
        left_px, top_px: upper left corner in those pixels.
        step_px: level-0 pixels to a pixel of the picture.
        width, height: of the picture.

    Raises:
        RasterError: the file is damaged or cannot be brought into this CRS.
    """
    window = composed(Affine(*px_to_crs), Affine(step_px, 0.0, left_px, 0.0, step_px, top_px))
    with Plot.open(sources, check=False) as plot:
        block = plot.ortho.read_grid(AffineFrame(crs_wkt, window, height, width))
        rgba = np.zeros((height, width, 4), np.uint8)
        rgba[..., :3] = np.moveaxis(to_rgb8(block, plot.stretch), 0, 2)
        rgba[..., 3] = np.where(block.valid, 255, 0)
    return rgba
