"""Outlines as a whole: smoothed, grown and shrunk."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

from inference.crowns import geometry
from inference.crowns.editing.limits import Limits, nothing_left, parts_of
from inference.errors import InputError

Ring = npt.NDArray[np.float64]

_TRIES = 5
_FEWEST, _MOST = 16, 512
# A mitred corner may reach so many times the distance out; sharper ones are cut off.
_MITRE = 2.0


def smooth(outline: shapely.Polygon, reach: float) -> shapely.Polygon:
    """The crown with bends shorter than about `reach` smoothed away; it hardly shrinks.

    Each ring is a Gaussian mean along itself (standard deviation `reach` / 2), applied twice with the sign turned for
    what the first pass took away, so that wide bends stay where they are.

    Args:
        outline: a valid polygon.
        reach: length along the border, in CRS units; 0 changes nothing.
    """
    for attempt in range(_TRIES):
        sigma = reach / 2 / 2**attempt
        if sigma <= outline.length / _MOST:  # finer than the places that a ring is made of
            return outline
        try:
            smoothed = geometry.from_rings([_smoothed(ring, sigma) for ring in geometry.rings(outline)])
        except InputError:  # a narrow neck closed: less of it then
            continue
        return geometry.simplify(smoothed, sigma / 16)
    return outline


def _smoothed(ring: Ring, sigma: float) -> Ring:
    closed = np.concatenate([ring, ring[:1]])
    at = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(closed, axis=0).T))])
    length = float(at[-1])
    count = int(np.clip(np.ceil(3 * length / sigma), _FEWEST, _MOST))
    steps = np.arange(count) * (length / count)
    even = np.stack([np.interp(steps, at, closed[:, axis]) for axis in (0, 1)], axis=1)
    middle = even.mean(axis=0)  # far from the origin an FFT would lose millimetres
    kept = np.exp(-0.5 * (2 * np.pi * sigma * np.fft.rfftfreq(count, length / count)) ** 2)
    spectrum = np.fft.rfft(even - middle, axis=0) * (1 - (1 - kept) ** 2)[:, None]
    return np.asarray(np.fft.irfft(spectrum, count, axis=0) + middle, np.float64)


def grow(outline: shapely.Polygon, by: float, limits: Limits) -> tuple[shapely.Polygon, ...]:
    """The crown with its border moved outwards, or inwards where `by` is negative; largest part first.

    Corners stay corners, so that their number does not grow with every step.

    Args:
        outline: a valid polygon.
        by: distance in CRS units.
        limits: what is too small to be a part.

    Raises:
        InputError: nothing is left.
    """
    if by == 0:
        return (outline,)
    parts = parts_of(shapely.buffer(outline, by, join_style="mitre", mitre_limit=_MITRE), limits)
    if not parts:
        raise nothing_left()
    return parts
