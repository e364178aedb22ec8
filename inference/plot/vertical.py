"""Which unit an elevation model is in: metres, feet or US survey feet."""

from dataclasses import dataclass
from typing import Literal

from inference.plot.crs import unit_m, vertical_unit_m
from inference.plot.raster_info import RasterInfo

FOOT_M = 0.3048
US_SURVEY_FOOT_M = 1200.0 / 3937.0

_NAMES = {
    "m": 1.0,
    "metre": 1.0,
    "metres": 1.0,
    "meter": 1.0,
    "meters": 1.0,
    "ft": FOOT_M,
    "foot": FOOT_M,
    "feet": FOOT_M,
    "international foot": FOOT_M,
    "us-ft": US_SURVEY_FOOT_M,
    "ftus": US_SURVEY_FOOT_M,
    "us_survey_foot": US_SURVEY_FOOT_M,
    "us survey foot": US_SURVEY_FOOT_M,
    "us survey feet": US_SURVEY_FOOT_M,
    "foot_us": US_SURVEY_FOOT_M,
    "cm": 0.01,
}


@dataclass(frozen=True, slots=True)
class VerticalUnit:
    """Metres per unit of an elevation model, and how that is known."""

    unit_m: float
    known_from: Literal["vertical CRS", "band unit", "horizontal CRS", "assumed"]


def elevation_unit(info: RasterInfo, plot_crs_wkt: str) -> VerticalUnit:
    """The unit of a DSM or DTM: as its vertical CRS or band says, else feet where the map is in feet, else metres."""
    from_crs = vertical_unit_m(info.source_crs_wkt)
    if from_crs is not None:
        return VerticalUnit(from_crs, "vertical CRS")
    from_band = _NAMES.get(info.unit.strip().lower())
    if from_band is not None:
        return VerticalUnit(from_band, "band unit")
    horizontal = unit_m(info.source_crs_wkt or plot_crs_wkt)
    if 0.3 < horizontal < 0.31:
        return VerticalUnit(horizontal, "horizontal CRS")
    return VerticalUnit(1.0, "assumed")
