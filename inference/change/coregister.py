"""Whether two surveys lie on each other: the shift between them, how sure it is, and whether it matters."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import shapely

from inference.errors import InputError
from inference.plot.crs import shares_crs, transform_xy
from inference.plot.grid import Grid
from inference.plot.plot import Plot
from inference.plot.shift import ShiftEstimate, compare_pictures
from inference.plot.style import to_rgb8

FloatArray = npt.NDArray[np.float32]
Compared = Literal["surfaces", "orthomosaics"]

_REACH_M = 8.0
_MOST_CELLS = 1000
_FINEST_M = 0.1
# Between the 20 plots of SJER in 2017 and 2018 true peaks have a correlation of 0.56 to 0.91 and lead by 2.3 to 7.2;
# pictures of different places reach 0.18.
_MIN_CORRELATION = 0.35
_MIN_LEAD = 1.5
# A shift below this share of a crown's diameter lowers the IoU of two equal circles by less than 0.13.
_HARMLESS_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class CoRegistration:
    """How the later survey lies on the earlier one.

    Attributes:
        east_m, north_m: how far to the east and north of the earlier survey the later one shows things.
        correlation, lead: of the best fit, and over the next best elsewhere.
        compared: what was compared; None where nothing could be.
        crown_m: median diameter of the crowns, by which the shift is judged.
    """

    east_m: float = 0.0
    north_m: float = 0.0
    correlation: float = 0.0
    lead: float = 0.0
    compared: Compared | None = None
    crown_m: float = 0.0

    @property
    def distance_m(self) -> float:
        """Length of the shift."""
        return float(np.hypot(self.east_m, self.north_m))

    @property
    def is_known(self) -> bool:
        """Whether the two surveys resemble each other enough to tell the shift."""
        return self.compared is not None and self.correlation >= _MIN_CORRELATION and self.lead >= _MIN_LEAD

    @property
    def matters(self) -> bool:
        """Whether the shift is large enough to spoil the comparison of crowns."""
        return self.is_known and self.distance_m > _HARMLESS_SHARE * self.crown_m

    def sentence(self) -> str:
        """For people: how many centimetres, and whether it matters."""
        if not self.is_known:
            return (
                "The shift between the two surveys could not be told: they show too little in common. Compare them on "
                "the map before you trust the table."
            )
        where = (
            f"{abs(self.east_m) * 100:.0f} cm {'east' if self.east_m >= 0 else 'west'} and "
            f"{abs(self.north_m) * 100:.0f} cm {'north' if self.north_m >= 0 else 'south'}"
        )
        head = f"The later survey lies {self.distance_m * 100:.0f} cm off ({where})"
        if self.matters:
            share = self.distance_m / self.crown_m if self.crown_m else 1.0
            return f"{head}: {share:.0%} of a crown's width, which matters."
        return f"{head}: too little to matter for crowns {self.crown_m:.1f} m wide."

    def facts(self) -> dict[str, object]:
        """For JSON."""
        return {
            "known": self.is_known,
            "east_m": round(self.east_m, 3),
            "north_m": round(self.north_m, 3),
            "distance_m": round(self.distance_m, 3),
            "matters": self.matters,
            "compared": self.compared,
            "correlation": round(self.correlation, 3),
        }


def coregister(earlier: Plot, later: Plot, *, crown_m: float) -> CoRegistration:
    """Measure the shift between two surveys of one place.

    Surfaces are compared where both have a DSM, else the brightness of the orthomosaics; the better fit counts.

    Args:
        earlier, later: open plots; read on cells of at least 10 cm, at most 1000 a side.
        crown_m: median crown diameter in metres, by which the shift is judged.

    Raises:
        InputError: the two do not show the same place.
    """
    grid = common_grid(earlier, later)
    cell_m = grid.cell_crs * later.unit_m
    reach_m = min(_REACH_M, min(grid.shape) * cell_m / 5)
    found: list[tuple[ShiftEstimate, Compared]] = []
    surfaces = _surfaces(earlier, later, grid)
    for pictures, compared in ((surfaces, "surfaces"), (_brightness(earlier, later, grid), "orthomosaics")):
        if pictures is not None:
            estimate = compare_pictures(*pictures, cell_m, reach_m)
            if estimate is not None:
                found.append((estimate, "surfaces" if compared == "surfaces" else "orthomosaics"))
    if not found:
        return CoRegistration(crown_m=crown_m)
    best, compared_best = max(found, key=lambda one: one[0].correlation)
    return CoRegistration(best.east_m, best.north_m, best.correlation, best.lead, compared_best, crown_m)


def common_grid(earlier: Plot, later: Plot) -> Grid:
    """Cells over what both surveys show, in the later one's CRS.

    Raises:
        InputError: nothing, or they have no CRS in common.
    """
    mine, theirs = later.extent, in_crs(earlier.extent, earlier.crs_wkt, later.crs_wkt)
    both = shapely.intersection(mine, theirs)
    if both.is_empty or both.area <= 0:
        raise InputError(
            "change.elsewhere",
            "The two surveys do not show the same place: {earlier} and {later} have no ground in common.",
            earlier=earlier.sources.ortho.name,
            later=later.sources.ortho.name,
        )
    left, bottom, right, top = both.bounds
    finest = max(_FINEST_M, earlier.gsd_m, later.gsd_m) / later.unit_m
    return Grid.covering(later.crs_wkt, both.bounds, max(finest, max(right - left, top - bottom) / _MOST_CELLS))


def in_crs(shape: shapely.Geometry, source_wkt: str, target_wkt: str) -> shapely.Geometry:
    """A geometry in another CRS.

    Raises:
        RasterError: there is no way from one to the other.
    """
    if shares_crs(source_wkt, target_wkt):
        return shape
    return shapely.transform(shape, lambda xy: transform_xy(source_wkt, target_wkt, xy))


def _brightness(earlier: Plot, later: Plot, grid: Grid) -> tuple[FloatArray, FloatArray, npt.NDArray[np.bool_]] | None:
    blocks = [plot.ortho.read_grid(grid) for plot in (earlier, later)]
    pictures = [
        to_rgb8(block, plot.stretch).mean(axis=0, dtype=np.float32)
        for block, plot in zip(blocks, (earlier, later), strict=True)
    ]
    return pictures[0], pictures[1], blocks[0].valid & blocks[1].valid


def _surfaces(earlier: Plot, later: Plot, grid: Grid) -> tuple[FloatArray, FloatArray, npt.NDArray[np.bool_]] | None:
    if earlier.elevation is None or later.elevation is None:
        return None
    first, second = earlier.elevation.dsm_m(grid), later.elevation.dsm_m(grid)
    return first, second, np.isfinite(first) & np.isfinite(second)
