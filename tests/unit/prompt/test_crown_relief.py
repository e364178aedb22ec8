"""Heights help with a crown that is there: its border goes to the valley, two peaks are seen and cut apart."""

import numpy as np
import pytest
import shapely
from factories_outlines import is_crown

from inference.crowns.editing.limits import Limits
from inference.errors import InputError
from inference.plot.grid import Grid
from inference.prompt.relief import Relief, relief_of, snapped_to_valley, split_at_peaks

LEFT, TOP, CELL = 500_000.0, 5_100_030.0, 0.25
GRID = Grid("", LEFT, TOP, CELL, 120, 120)
ONE, TWO = (LEFT + 12.0, TOP - 15.0), (LEFT + 19.0, TOP - 15.0)


def domes(*tops: tuple[float, float], radius: float = 4.5, height: float = 18.0, noise: float = 0.0) -> Relief:
    """Half-round crowns on flat ground."""
    rows, cols = np.indices(GRID.shape)
    x, y = LEFT + (cols + 0.5) * CELL, TOP - (rows + 0.5) * CELL
    heights = np.zeros(GRID.shape)
    for top_x, top_y in tops:
        away = np.hypot(x - top_x, y - top_y) / radius
        heights = np.maximum(heights, np.where(away < 1, height * np.sqrt(np.clip(1 - 0.8 * away**2, 0, 1)), 0))
    heights += np.random.default_rng(3).normal(0, noise, GRID.shape) if noise else 0
    return relief_of(np.maximum(heights, 0).astype(np.float32), GRID, 1.0)


def disc(place: tuple[float, float], radius: float) -> shapely.Polygon:
    return shapely.orient_polygons(shapely.Point(place).buffer(radius, quad_segs=12))


def test_two_crowns_in_one_outline_are_seen_and_one_crown_is_one() -> None:
    relief = domes(ONE, TWO, noise=0.1)
    both = shapely.union(disc(ONE, 4.5), disc(TWO, 4.5))
    peaks = relief.peaks(both)
    assert len(peaks) == 2
    assert min(np.hypot(peaks[0][0] - x, peaks[0][1] - y) for x, y in (ONE, TWO)) < 0.8
    assert len(relief.peaks(disc(ONE, 3.4))) == 1
    assert relief.peaks(disc((LEFT + 3, TOP - 3), 2.0)) == ()


def test_a_crown_with_two_peaks_is_cut_along_the_valley() -> None:
    relief = domes(ONE, TWO, noise=0.1)
    both = shapely.union(disc(ONE, 4.5), disc(TWO, 4.5))
    parts = split_at_peaks(both, relief, Limits.of(1.0))
    assert len(parts) == 2
    assert all(map(is_crown, parts))
    assert sum(part.area for part in parts) == pytest.approx(both.area)
    seam = parts[0].intersection(parts[1])
    assert abs(seam.centroid.x - (ONE[0] + TWO[0]) / 2) < 0.4
    assert abs(parts[0].area - parts[1].area) < 0.1 * both.area


def test_a_crown_with_one_peak_is_not_split() -> None:
    with pytest.raises(InputError) as refused:
        split_at_peaks(disc(ONE, 4.5), domes(ONE), Limits.of(1.0))
    assert refused.value.code == "relief.one_peak"
    with pytest.raises(InputError):  # open ground
        split_at_peaks(disc((LEFT + 4, TOP - 4), 2.0), domes(ONE), Limits.of(1.0))


@pytest.mark.parametrize("radius", [3.4, 5.5])
def test_a_border_on_open_ground_goes_to_the_foot_of_the_crown(radius: float) -> None:
    relief, truth = domes(ONE, noise=0.05), disc(ONE, 4.5)
    drawn = disc(ONE, radius)
    snapped = snapped_to_valley(drawn, relief)
    assert is_crown(snapped)
    assert snapped.symmetric_difference(truth).area < 0.35 * drawn.symmetric_difference(truth).area
    assert len(snapped.exterior.coords) < 150


def test_a_border_between_two_crowns_goes_to_the_valley() -> None:
    relief = domes(ONE, TWO, noise=0.05)
    half = shapely.box(0, 0, (ONE[0] + TWO[0]) / 2, 1e7)
    truth = disc(ONE, 4.5).intersection(half)
    drawn = disc(ONE, 4.5).intersection(shapely.box(0, 0, (ONE[0] + TWO[0]) / 2 + 1.0, 1e7))
    snapped = snapped_to_valley(drawn, relief)
    assert snapped.symmetric_difference(truth).area < 0.6 * drawn.symmetric_difference(truth).area


def test_where_no_height_is_known_the_border_stays() -> None:
    unknown = relief_of(np.full(GRID.shape, np.nan, np.float32), GRID, 1.0)
    outline = disc(ONE, 4.0)
    assert snapped_to_valley(outline, unknown) is outline


def test_holes_stay_where_they_are() -> None:
    outline = disc(ONE, 4.2).difference(disc(ONE, 0.6))
    snapped = snapped_to_valley(outline, domes(ONE))
    assert len(snapped.interiors) == 1
    assert shapely.Polygon(snapped.interiors[0]).equals(disc(ONE, 0.6))


def test_a_shallow_pass_is_no_mark_but_is_cut_when_asked() -> None:
    tops = ((LEFT + 12.5, TOP - 15.0), (LEFT + 17.0, TOP - 15.0))
    rows, cols = np.indices(GRID.shape)
    x, y = LEFT + (cols + 0.5) * CELL, TOP - (rows + 0.5) * CELL
    heights = np.max([20 - 0.045 * ((x - a) ** 2 + (y - b) ** 2) for a, b in tops], axis=0)
    outline = shapely.union(disc(tops[0], 4.0), disc(tops[1], 4.0))
    relief = relief_of(heights.astype(np.float32), GRID, 1.0)
    assert len(relief.peaks(outline)) == 1
    parts = split_at_peaks(outline, relief, Limits.of(1.0))
    assert len(parts) == 2
    assert abs(parts[0].area - parts[1].area) < 0.1 * outline.area
