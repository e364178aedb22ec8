"""BandStyle: how a person wants to see an orthomosaic; without rasterio, so the window may know it at its start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from inference.errors import InputError

if TYPE_CHECKING:
    from inference.plot.raster_info import RasterInfo

StretchMode = Literal["auto", "min_max", "percentile"]


@dataclass(frozen=True, slots=True)
class BandStyle:
    """Bands and stretch; the default is what the program chose at opening.

    Attributes:
        bands: 1-based numbers, one (grey) or three (red, green, blue); () for the raster's own colours.
        mode: "auto" leaves 8-bit data as they are and stretches others; "min_max" from the lowest to the highest
            value; "percentile" leaves `cut_percent` out at either end.
        cut_percent: 0..49, of the values.
        per_band: whether each band has black and white of its own. That balances colours, and changes them.
    """

    bands: tuple[int, ...] = ()
    mode: StretchMode = "auto"
    cut_percent: float = 2.0
    per_band: bool = False

    def bands_of(self, info: RasterInfo) -> tuple[int, ...]:
        """1-based numbers to read from a raster, one or three of them.

        Raises:
            InputError: the raster has no such band.
        """
        wanted = self.bands or info.distinct_bands
        if any(not 1 <= band <= info.band_count for band in wanted) or len(wanted) not in (1, 3):
            raise InputError(
                "bands.unknown",
                "{name} has {count} bands; bands {wanted} cannot be shown. Choose one band, or three for red, green "
                "and blue, each between 1 and {count}.",
                name=info.path.name,
                count=info.band_count,
                wanted=", ".join(map(str, wanted)),
            )
        return wanted
