"""The one truth on which pixels hold data: alpha, internal mask, nodata, NaN and undeclared nodata."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

BoolArray = npt.NDArray[np.bool_]

# Drone programs write -3.4e38, -3.40282e38 or FLT_MAX for "nothing", not always the value that they declare.
_ABSURD = 1e37
# Alpha below half is no data: JPEG-compressed alpha bands carry noise of a few counts in the collar. 16-bit files often
# hold 0/255 alpha, so the limit does not grow with the type.
_ALPHA_LIMIT = 128
_ALPHA_LIMIT_FLOAT = 0.5


@dataclass(frozen=True, slots=True)
class UndeclaredNodata:
    """A nodata value that the file does not declare, found by looking at its pixels (`collars.py`, `checks.py`)."""

    value: float
    tolerance: float = 0.0


@dataclass(frozen=True, slots=True)
class ValidityRule:
    """How to tell data from nothing in one raster.

    Attributes:
        nodata: declared value per colour band, None where a band declares none.
        has_alpha: an alpha band decides, together with nodata.
        has_mask: an internal mask or .msk file decides, together with nodata.
        extra: undeclared nodata values; they hold for all bands.
    """

    nodata: tuple[float | None, ...]
    has_alpha: bool = False
    has_mask: bool = False
    extra: tuple[UndeclaredNodata, ...] = ()

    @property
    def is_trivial(self) -> bool:
        """Whether every pixel of an integer raster is valid."""
        return not (self.has_alpha or self.has_mask or self.extra or any(v is not None for v in self.nodata))


def equals_nodata(band: npt.NDArray[Any], value: float, tolerance: float = 0.0) -> BoolArray:
    """Where a band holds a nodata value. Float values match within 1e-6 relative: they went through text and float32.

    A value that the dtype cannot hold (-9999 in uint8) matches nothing.
    """
    if np.issubdtype(band.dtype, np.floating):
        if np.isnan(value):
            return np.asarray(np.isnan(band))
        return np.asarray(np.abs(band - band.dtype.type(value)) <= max(tolerance, abs(value) * 1e-6))
    if not np.isfinite(value):
        return np.zeros(band.shape, np.bool_)
    info = np.iinfo(band.dtype)
    low = max(float(np.ceil(value - tolerance)), float(info.min))
    high = min(float(np.floor(value + tolerance)), float(info.max))
    if low > high:
        return np.zeros(band.shape, np.bool_)
    if low == high:
        return np.asarray(band == band.dtype.type(int(low)))
    return np.asarray((band >= int(low)) & (band <= int(high)))


def valid_pixels(
    colours: npt.NDArray[Any],
    rule: ValidityRule,
    *,
    alpha: npt.NDArray[Any] | None = None,
    mask: npt.NDArray[Any] | None = None,
) -> BoolArray:
    """Which pixels hold data.

    Args:
        colours: (C, H, W) the colour bands, native dtype; C matches `rule.nodata`.
        rule: what the raster declares, and what was found.
        alpha: (H, W) alpha band where the rule has one.
        mask: (H, W) internal mask, 0 = nothing, where the rule has one.

    Returns:
        (H, W) bool. A pixel is nothing when alpha or mask say so, when *all* colour bands are nodata (a white roof on
        nodata 255 has one or two such bands and stays), or when any float band is NaN, infinite or absurd.
    """
    valid = np.ones(colours.shape[1:], np.bool_)
    if np.issubdtype(colours.dtype, np.floating):
        for band in colours:
            valid &= np.abs(band) < _ABSURD  # False for NaN and infinity as well
    if any(value is not None for value in rule.nodata):
        nothing = np.ones(colours.shape[1:], np.bool_)
        for band, value in zip(colours, rule.nodata, strict=True):
            nothing &= equals_nodata(band, value) if value is not None else False
        valid &= ~nothing
    for found in rule.extra:
        nothing = np.ones(colours.shape[1:], np.bool_)
        for band in colours:
            nothing &= equals_nodata(band, found.value, found.tolerance)
        valid &= ~nothing
    if alpha is not None:
        limit = _ALPHA_LIMIT_FLOAT if np.issubdtype(alpha.dtype, np.floating) else _ALPHA_LIMIT
        valid &= alpha >= limit
    if mask is not None:
        valid &= mask != 0
    return valid
