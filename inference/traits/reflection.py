"""Fills cells without data by the mirror image of the data beside them, so that a crop never ends in black."""

import numpy as np
import numpy.typing as npt

BoolArray = npt.NDArray[np.bool_]


def reflect(rgb: npt.NDArray[np.uint8], valid: BoolArray) -> npt.NDArray[np.uint8]:
    """A picture whose cells without data show what lies as far on the other side of the nearest cell with data.

    At a straight border this is the mirror image without repeating the border itself (numpy's "reflect"); along the
    ragged edge of a mosaic it follows the edge. Where the mirrored place has no data either, the nearest cell with
    data is taken.

    Args:
        rgb: (C, H, W) uint8.
        valid: (H, W) bool.

    Returns:
        (C, H, W) uint8, `rgb` itself where there is nothing to fill, or nothing to fill it from.
    """
    if valid.all() or not valid.any():
        return rgb
    from scipy import ndimage

    holes = ~valid
    nearest = ndimage.distance_transform_edt(holes, return_distances=False, return_indices=True)
    rows, cols = np.nonzero(holes)
    near_rows, near_cols = nearest[0][holes], nearest[1][holes]
    far_rows, far_cols = 2 * near_rows - rows, 2 * near_cols - cols
    height, width = valid.shape
    usable = (far_rows >= 0) & (far_rows < height) & (far_cols >= 0) & (far_cols < width)
    usable[usable] = valid[far_rows[usable], far_cols[usable]]
    from_rows, from_cols = np.where(usable, far_rows, near_rows), np.where(usable, far_cols, near_cols)
    filled = rgb.copy()
    filled[:, rows, cols] = rgb[:, from_rows, from_cols]
    return filled
