"""Pixels of one read and where they hold data."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Resampling = Literal["average", "nearest", "bilinear"]


@dataclass(frozen=True, slots=True)
class RasterBlock:
    """Pixels of one read.

    Attributes:
        data: (C, H, W) in the raster's dtype; 0 outside the raster.
        valid: (H, W) bool, True where there is data.
    """

    data: npt.NDArray[Any]
    valid: npt.NDArray[np.bool_]
