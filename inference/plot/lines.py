"""Lengths of lines on a plot."""

import numpy as np
import numpy.typing as npt


def line_length_m(line_crs: npt.NDArray[np.float64], unit_m: float) -> float:
    """Length of an (N, 2) line in the plot CRS, metres; `unit_m` metres per unit. 0 for fewer than two points."""
    return float(np.hypot(*np.diff(line_crs, axis=0).T).sum()) * unit_m if len(line_crs) > 1 else 0.0
