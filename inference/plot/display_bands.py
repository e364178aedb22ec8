"""Which bands of an orthomosaic are shown as red, green and blue, and which values become black and white."""

from dataclasses import dataclass

import numpy as np

from inference.plot.display_style import BandStyle
from inference.plot.raster import RasterReader
from inference.plot.sampling import sample_raster
from inference.plot.style import RasterStretch


@dataclass(frozen=True, slots=True)
class ShownBands:
    """What a style means for one raster: bands to read, without repetition, where each goes, and their stretch.

    Attributes:
        bands: 1-based numbers to read.
        order: places in `bands` of grey, or of red, green and blue.
        stretch: one pair of values for each of `order`.
    """

    bands: tuple[int, ...]
    order: tuple[int, ...]
    stretch: RasterStretch


def shown_bands(reader: RasterReader, style: BandStyle, usual: RasterStretch) -> ShownBands:
    """Work a style out on a raster, from a sample of its pixels; `usual` is the plot's own stretch.

    Raises:
        InputError: the raster has no such band.
        RasterError: the file is damaged.
    """
    wanted = style.bands_of(reader.info)
    bands = tuple(dict.fromkeys(wanted))
    order = tuple(bands.index(band) for band in wanted)
    if style.mode == "auto" and bands == reader.info.distinct_bands and wanted == bands:
        return ShownBands(bands, order, usual)
    block = sample_raster(reader, bands).block
    if style.mode == "auto":
        automatic = RasterStretch.from_sample(block)
        return ShownBands(bands, order, _picked(automatic, order))
    cut = 0.0 if style.mode == "min_max" else min(max(style.cut_percent, 0.0), 49.0)
    values = block.data[:, block.valid].astype(np.float64)
    values = values[:, np.isfinite(values).all(axis=0)]
    if values.size == 0:
        return ShownBands(bands, order, RasterStretch.identity(len(order)))
    parts = [values[number] for number in range(len(bands))] if style.per_band else [values] * len(bands)
    pairs = [np.percentile(part, [cut, 100.0 - cut]).tolist() for part in parts]
    low = tuple(float(pair[0]) for pair in pairs)
    high = tuple(float(top) if top - base > 1e-5 * max(1.0, abs(base)) else base + 1.0 for base, top in pairs)
    return ShownBands(bands, order, _picked(RasterStretch(low, high), order))


def _picked(stretch: RasterStretch, order: tuple[int, ...]) -> RasterStretch:
    return RasterStretch(tuple(stretch.low[place] for place in order), tuple(stretch.high[place] for place in order))
