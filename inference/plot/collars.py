"""Find nodata that a file does not declare: black or white collars of mosaics, -9999 or 0 in elevation models."""

import numpy as np
import numpy.typing as npt

from inference.plot.block import RasterBlock
from inference.plot.surface import HIGHEST_M, LOWEST_M
from inference.plot.validity import BoolArray, UndeclaredNodata, ValidityRule, equals_nodata

# A collar covers at least this share of the picture and reaches a corner of it.
_MIN_COLLAR_SHARE = 0.005
# JPEG smears the edge of a black collar by a few counts.
_JPEG_TOLERANCE = 8.0
_MIN_REPEATS = 3


def imagery_collar(sample: RasterBlock) -> UndeclaredNodata | None:
    """The colour of an undeclared collar in a small picture of an orthomosaic: black (0) or white."""
    white = 65535.0 if sample.data.dtype == np.uint16 else 255.0
    for value in (0.0, white):
        exact = _corner_region(sample, UndeclaredNodata(value))
        tolerance = _JPEG_TOLERANCE if sample.data.dtype == np.uint8 else 0.0
        smeared = _corner_region(sample, UndeclaredNodata(value, tolerance))
        if exact >= _MIN_COLLAR_SHARE and exact >= 0.5 * smeared:
            return UndeclaredNodata(value)
        if smeared >= 2 * _MIN_COLLAR_SHARE:
            return UndeclaredNodata(value, tolerance)
    return None


def is_alpha(band: npt.NDArray[np.generic]) -> bool:
    """Whether a sample of an 8-bit band that is no colour is an alpha band: it holds 0 and 255 and nothing else."""
    counts = np.bincount(band.ravel().astype(np.uint8), minlength=256)
    return band.dtype == np.uint8 and int(counts[0] + counts[255]) == band.size and min(counts[0], counts[255]) > 0


def _corner_region(sample: RasterBlock, colour: UndeclaredNodata) -> float:
    """Share of the picture in regions of one colour that hold a corner of it."""
    from scipy import ndimage

    matches = matching(sample, colour)
    if not matches.any():
        return 0.0
    regions, _ = ndimage.label(matches)
    corners = {int(regions[i, j]) for i in (0, -1) for j in (0, -1)} - {0}
    return float(np.isin(regions, list(corners)).mean()) if corners else 0.0


def matching(block: RasterBlock, colour: UndeclaredNodata) -> BoolArray:
    """Valid pixels that have the colour in all bands."""
    matches = block.valid.copy()
    for band in block.data:
        matches &= equals_nodata(band, colour.value, colour.tolerance)
    return matches


def elevation_nodata(sample: RasterBlock, unit_m: float) -> tuple[UndeclaredNodata, ...]:
    """Values in a sample of an elevation model that cannot be elevations.

    Args:
        sample: (1, H, W) values with what the file declares already left out.
        unit_m: metres per unit of the values.
    """
    values = sample.data[0][sample.valid].astype(np.float64)
    if values.size == 0:
        return ()
    impossible = values[(values * unit_m < LOWEST_M) | (values * unit_m > HIGHEST_M)]
    found = [float(v) for v, n in zip(*np.unique(impossible, return_counts=True), strict=True) if n >= _MIN_REPEATS]
    rest = values[(values * unit_m >= LOWEST_M) & (values * unit_m <= HIGHEST_M)]
    if _zero_is_nothing(sample, rest, unit_m):
        found.append(0.0)
    return tuple(UndeclaredNodata(value) for value in found[:4])


def _zero_is_nothing(sample: RasterBlock, values: npt.NDArray[np.float64], unit_m: float) -> bool:
    """Whether exact zeros are a collar: they hold a corner, and all other elevations lie clearly off zero."""
    others = values[values != 0.0]
    if others.size == 0 or others.size == values.size:
        return False
    if _corner_region(sample, UndeclaredNodata(0.0)) < _MIN_COLLAR_SHARE:
        return False
    low, high = np.percentile(others, [0.5, 99.5]) * unit_m
    return bool(low > 5.0 or high < -5.0)


def without_specks(block: RasterBlock, rule: ValidityRule, max_px: float) -> RasterBlock:
    """The block with small holes taken back as data, where a colour stands for "nothing".

    A mosaic with nodata 255 or 0 loses its whitest roofs and blackest shadows; they are no edge of the mosaic and keep
    their colour. Holes of at most `max_px` pixels that do not touch the border of the block count as such. Alpha bands,
    masks and float rasters mean what they say.
    """
    by_colour = bool(rule.extra) or any(value is not None for value in rule.nodata)
    if not by_colour or np.issubdtype(block.data.dtype, np.floating) or block.valid.all():
        return block
    valid = _filled(block.valid, max_px)
    return RasterBlock(block.data, valid)


def _filled(valid: BoolArray, max_px: float) -> BoolArray:
    from scipy import ndimage

    regions, count = ndimage.label(~valid)
    sizes = np.bincount(regions.ravel(), minlength=count + 1)
    border = np.concatenate([regions[0], regions[-1], regions[:, 0], regions[:, -1]])
    small = sizes <= max_px
    small[0] = False
    small[np.unique(border)] = False
    return np.asarray(valid | small[regions])
