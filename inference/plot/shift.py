"""Find out whether a DSM lies beside the orthomosaic's trees, and by how much.

Heights and colours cannot be correlated directly: a crown is bright on its sunny side and dark on the other, so the
best fit of heights to brightness is metres off. Instead the DSM predicts which places are in the sun, for several
positions of the sun, cast shadows included; the prediction is correlated with the picture at all shifts at once (by
FFT). The sun and the shift with the highest correlation win. On real plots this finds the true sun as well.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
BoolArray = npt.NDArray[np.bool_]

_SMOOTH_M = 0.4
_TREND_M = 6.0
_SHADOW_REACH_M = 30.0
_AZIMUTHS_DEG = tuple(range(0, 360, 30))
_ALTITUDES_DEG = (25.0, 45.0, 65.0)
# Two peaks nearer than this are one.
_PEAK_M = 4.0
# What a convincing peak looks like: on unshifted and shifted test plots all true peaks pass, no false one does.
_MIN_CORRELATION = 0.45
_MIN_CORRELATION_TIMES_M = 6.0
_MIN_LEAD = 1.8
# The sun is looked for on at most this many cells a side; only then is the shift found on all of them.
_SUN_SEARCH_PX = 128


@dataclass(frozen=True, slots=True)
class ShiftEstimate:
    """Where the DSM lies, seen from the orthomosaic.

    Attributes:
        east_m, north_m: how far to the east and north of its place in the orthomosaic the DSM shows things.
        correlation: of predicted sunlight with brightness, 0..1.
        side_m: side of the smallest square around what was compared.
        lead: by what factor the peak exceeds the best one elsewhere (near 1 in a plantation on a regular grid).
    """

    east_m: float
    north_m: float
    correlation: float
    side_m: float
    lead: float

    @property
    def distance_m(self) -> float:
        """Length of the shift."""
        return math.hypot(self.east_m, self.north_m)

    @property
    def is_convincing(self) -> bool:
        """Whether the estimate may be shown to people. Few trees correlate by chance: small plots must show more."""
        enough = _MIN_CORRELATION + _MIN_CORRELATION_TIMES_M / self.side_m
        return self.correlation >= enough and self.lead >= _MIN_LEAD


def estimate_shift(
    brightness: FloatArray, dsm_m: FloatArray, valid: BoolArray, cell_m: float, reach_m: float
) -> ShiftEstimate | None:
    """Estimate the shift between two pictures of one place.

    Args:
        brightness: (H, W) of the orthomosaic, any scale; rows run south.
        dsm_m: (H, W) surface on the same cells, NaN where unknown.
        valid: (H, W) where both have data.
        cell_m: side of a cell in metres.
        reach_m: largest shift looked for, in each direction.

    Returns:
        The best shift, or None where there is nothing to compare (flat surface, blank picture, too few cells).
    """
    reach_px = int(reach_m / cell_m)
    if reach_px < 2 or valid.mean() < 0.5 or min(valid.shape) < 4 * reach_px:
        return None
    surface = np.where(np.isnan(dsm_m), np.float32(np.nanmedian(dsm_m)), dsm_m)
    sun = _best_sun(brightness, surface, valid, cell_m, reach_m)
    if sun is None:
        return None
    maps = _correlations(brightness, surface, valid, cell_m, reach_px, _suns_near(*sun))
    if not maps:
        return None
    best = max(maps.values(), key=lambda m: float(m.max()))
    return _best_peak(best, cell_m, min(valid.shape) * cell_m)


def compare_pictures(
    first: FloatArray, second: FloatArray, valid: BoolArray, cell_m: float, reach_m: float
) -> ShiftEstimate | None:
    """Estimate the shift between two pictures of the same kind: two orthomosaics' brightness, or two surfaces.

    Args:
        first, second: (H, W) on the same cells, any scale; rows run south.
        valid: (H, W) where both have data.
        cell_m: side of a cell in metres.
        reach_m: largest shift looked for, in each direction.

    Returns:
        How far to the east and north of its place in `first` the second shows things; None where there is nothing to
        compare. `is_convincing` is made for heights against brightness and too strict here.
    """
    reach_px = int(reach_m / cell_m)
    if reach_px < 2 or valid.mean() < 0.5 or min(valid.shape) < 4 * reach_px:
        return None
    details = [_detail(np.where(valid, picture, np.float32(0.0)), valid, cell_m) for picture in (first, second)]
    if details[0] is None or details[1] is None:
        return None
    found = _Correlator(details[0], valid, reach_px)(details[1])
    return _best_peak(found, cell_m, min(valid.shape) * cell_m)


def _suns_near(azimuth_deg: float, altitude_deg: float) -> list[tuple[float, float]]:
    return [(azimuth_deg + turn, altitude_deg + rise) for turn in (-15.0, 0.0, 15.0) for rise in (-10.0, 0.0, 10.0)]


def _best_sun(
    brightness: FloatArray, surface: FloatArray, valid: BoolArray, cell_m: float, reach_m: float
) -> tuple[float, float] | None:
    """(azimuth, altitude) in degrees of the sun that fits best, looked for on coarse cells."""
    shrink = max(1, -(-min(valid.shape) // _SUN_SEARCH_PX))
    brightness, surface = _shrunk(brightness, shrink), _shrunk(surface, shrink)
    valid = _shrunk(valid.astype(np.float32), shrink) > 0.99
    cell_m *= shrink
    suns = [(float(azimuth), altitude) for altitude in _ALTITUDES_DEG for azimuth in _AZIMUTHS_DEG]
    maps = _correlations(brightness, surface, valid, cell_m, max(2, int(reach_m / cell_m)), suns)
    return max(maps, key=lambda sun: float(maps[sun].max())) if maps else None


def _shrunk(values: FloatArray, factor: int) -> FloatArray:
    """Means of `factor` x `factor` cells; what does not fill a cell at the end is cut off."""
    height, width = values.shape[0] // factor, values.shape[1] // factor
    blocks = values[: height * factor, : width * factor].reshape(height, factor, width, factor)
    return np.asarray(blocks.mean(axis=(1, 3)), np.float32)


def _correlations(
    brightness: FloatArray,
    surface: FloatArray,
    valid: BoolArray,
    cell_m: float,
    reach_px: int,
    suns: Iterable[tuple[float, float]],
) -> dict[tuple[float, float], FloatArray]:
    """Per sun, the (N, N) correlations of predicted light with brightness at all shifts; {} without any detail."""
    picture = _detail(brightness, valid, cell_m)
    if picture is None:
        return {}
    correlate = _Correlator(picture, valid, reach_px)
    details = ((sun, _detail(sunlit(surface, cell_m, *sun), valid, cell_m)) for sun in suns)
    return {sun: correlate(detail) for sun, detail in details if detail is not None}


def _best_peak(best: FloatArray, cell_m: float, side_m: float) -> ShiftEstimate:
    """The highest peak of (N, N) correlations, to a fraction of a cell, and its lead over those elsewhere."""
    row, col = (int(i) for i in np.unravel_index(int(best.argmax()), best.shape))
    middle = best.shape[0] // 2
    rows, cols = np.ogrid[: best.shape[0], : best.shape[1]]
    elsewhere = np.hypot(rows - row, cols - col) * cell_m > _PEAK_M
    second = float(best[elsewhere].max()) if elsewhere.any() else 0.0
    peak = float(best[row, col])
    row_px = row - middle + _vertex(best[:, col], row)
    col_px = col - middle + _vertex(best[row, :], col)
    # Moving the DSM's picture by (col_px, row_px) makes it fit: it lies that far the other way.
    return ShiftEstimate(-col_px * cell_m, row_px * cell_m, peak, side_m, peak / max(second, 1e-6))


def _vertex(values: FloatArray, at: int) -> float:
    """Offset of a parabola's vertex through a maximum and its neighbours, in samples."""
    if at == 0 or at == len(values) - 1:
        return 0.0
    before, here, after = (float(v) for v in values[at - 1 : at + 2])
    bend = before - 2 * here + after
    return 0.0 if bend >= 0 else 0.5 * (before - after) / bend


def sunlit(surface_m: FloatArray, cell_m: float, azimuth_deg: float, altitude_deg: float) -> FloatArray:
    """(H, W) light on a surface, 0..1: Lambert's law, 0 in cast shadow (looked for 30 m towards the sun)."""
    azimuth, altitude = math.radians(azimuth_deg), math.radians(altitude_deg)
    down, right = np.gradient(surface_m, cell_m)
    light_right, light_up = math.sin(azimuth) * math.cos(altitude), math.cos(azimuth) * math.cos(altitude)
    shade = (-right * light_right + down * light_up + math.sin(altitude)) / np.sqrt(right**2 + down**2 + 1.0)
    lit: FloatArray = np.clip(shade, 0.0, 1.0).astype(np.float32)
    height, width = surface_m.shape
    distance_m = cell_m
    while distance_m <= _SHADOW_REACH_M:
        row_step = round(-math.cos(azimuth) * distance_m / cell_m)
        col_step = round(math.sin(azimuth) * distance_m / cell_m)
        if abs(row_step) >= height or abs(col_step) >= width:
            break
        here = (_overlap(height, -row_step), _overlap(width, -col_step))
        sunward = (_overlap(height, row_step), _overlap(width, col_step))
        hidden = surface_m[sunward] > surface_m[here] + np.float32(distance_m * math.tan(altitude))
        lit[here][hidden] = 0.0
        distance_m += cell_m if distance_m < 10.0 else 2 * cell_m
    return lit


def _overlap(length: int, step: int) -> slice:
    """Rows of an array that remain when it is moved by `step`, in the moved copy's numbering."""
    return slice(max(0, step), length + min(0, step))


def _detail(values: FloatArray, valid: BoolArray, cell_m: float) -> FloatArray | None:
    """Smoothed, without its trend, mean 0 and variance 1 over the valid cells; None when there is no detail."""
    from scipy.ndimage import gaussian_filter

    filled = np.where(valid, values, np.float32(values[valid].mean())).astype(np.float32)
    fine = gaussian_filter(filled, max(0.5, _SMOOTH_M / cell_m)) - gaussian_filter(filled, _TREND_M / cell_m)
    fine = np.where(valid, fine, 0.0)
    fine = np.where(valid, fine - fine.sum() / valid.sum(), 0.0)
    deviation = math.sqrt(float((fine**2).sum()) / float(valid.sum()))
    return np.asarray(fine / deviation, np.float32) if deviation > 1e-6 else None


class _Correlator:
    """Correlates pictures with one fixed picture at all shifts up to a reach."""

    def __init__(self, picture: FloatArray, valid: BoolArray, reach_px: int) -> None:
        from scipy import fft

        self._fft = fft
        self._reach = reach_px
        self._shape = tuple(fft.next_fast_len(n + 2 * reach_px, real=True) for n in picture.shape)
        self._picture = fft.rfft2(picture, self._shape)
        mask = fft.rfft2(valid.astype(np.float32), self._shape)
        self._count = np.maximum(self._shifts(mask * np.conj(mask)), 0.25 * float(valid.sum()))

    def _shifts(self, spectrum: npt.NDArray[np.complex64]) -> FloatArray:
        full = self._fft.irfft2(spectrum, self._shape)
        side = 2 * self._reach + 1
        return np.asarray(np.roll(full, (self._reach, self._reach), (0, 1))[:side, :side], np.float32)

    def __call__(self, other: FloatArray) -> FloatArray:
        """(2 reach + 1, 2 reach + 1): mean of picture(place + shift) * other(place)."""
        spectrum = self._fft.rfft2(other, self._shape)
        return np.asarray(self._shifts(self._picture * np.conj(spectrum)) / self._count, np.float32)
