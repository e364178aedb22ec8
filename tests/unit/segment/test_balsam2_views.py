"""Looking at a tile in several views gives back what one look gives, when the model sees the same in all of them."""

import numpy as np
import pytest
from numpy.typing import NDArray

from inference.segment.balsam2_views import FILL, UNKNOWN_M, Views, averaged

SIDE, STRIDE = 64, 2
Float32 = NDArray[np.float32]


def _discs(rgb: Float32, _elevation: Float32) -> tuple[Float32, Float32, Float32]:
    """A model for one bright disc: centres is the brightness, reach the disc's radius from its area."""
    bright = rgb[0, 0] / 255.0
    cells = bright.reshape(SIDE // STRIDE, STRIDE, SIDE // STRIDE, STRIDE).mean((1, 3))
    radius = np.sqrt((bright > 0.9).sum() / np.pi) / STRIDE
    reach = np.full((1, 4, *cells.shape), radius, np.float32)
    return np.zeros((1, 1, 16, 16), np.float32), cells[None, None].astype(np.float32), reach


def _tile(row: float, column: float, radius: float) -> tuple[Float32, Float32]:
    rows, columns = np.mgrid[:SIDE, :SIDE] + 0.5
    disc = np.hypot(rows - row, columns - column) < radius
    rgb = np.where(disc, np.float32(255.0), np.float32(0.0))[None, None].repeat(3, 1)
    return rgb.astype(np.float32), np.full((1, 1, SIDE, SIDE), UNKNOWN_M, np.float32)


@pytest.mark.parametrize("place", [(32.0, 32.0), (22.0, 40.0)])
def test_a_disc_is_found_at_its_place_and_size_in_all_views(place: tuple[float, float]) -> None:
    rgb, elevation = _tile(*place, 9.0)
    one = averaged(_discs, rgb, elevation, (32.0, 32.0), Views())
    many = averaged(_discs, rgb, elevation, (32.0, 32.0), Views(8, 1.25))
    cell = tuple(int(p / STRIDE) for p in place)
    assert many.centres[cell] == pytest.approx(1.0, abs=0.02)
    assert many.reach[:, cell[0], cell[1]] == pytest.approx(one.reach[:, cell[0], cell[1]], rel=0.06)
    rows, columns = np.indices(many.centres.shape) + 0.5
    for found in (one, many):
        disc = np.where(found.centres > 0.55, found.centres, 0.0)  # what lies outside a smaller view is grey
        mass = disc / disc.sum()
        assert float((mass * rows).sum()) == pytest.approx(place[0] / STRIDE, abs=0.25)
        assert float((mass * columns).sum()) == pytest.approx(place[1] / STRIDE, abs=0.25)


def test_reach_keeps_its_directions_in_turned_views() -> None:
    rgb, elevation = _tile(32.0, 32.0, 9.0)

    def lopsided(picture: Float32, heights: Float32) -> tuple[Float32, Float32, Float32]:
        embedding, centres, reach = _discs(picture, heights)
        # What is to the left of the brightest column in the plain view follows the turns of the picture.
        marker = picture[0, 1]
        left = marker[SIDE // 2, : SIDE // 2].mean()
        right = marker[SIDE // 2, SIDE // 2 :].mean()
        above = marker[: SIDE // 2, SIDE // 2].mean()
        below = marker[SIDE // 2 :, SIDE // 2].mean()
        reach[0] = np.array([left, above, right, below], np.float32)[:, None, None]
        return embedding, centres, reach

    rgb[0, 1] = np.linspace(0.0, 200.0, SIDE, dtype=np.float32)[None] + np.linspace(0.0, 31.0, SIDE)[:, None]
    one = averaged(lopsided, rgb, elevation, (32.0, 32.0), Views())
    eight = averaged(lopsided, rgb, elevation, (32.0, 32.0), Views(8))
    assert eight.reach[:, 16, 16] == pytest.approx(one.reach[:, 16, 16], rel=0.03)


def test_a_smaller_view_has_nothing_around_it() -> None:
    rgb, elevation = _tile(32.0, 32.0, 9.0)
    elevation[:] = 5.0
    shown: list[tuple[Float32, Float32]] = []

    def keep(picture: Float32, heights: Float32) -> tuple[Float32, Float32, Float32]:
        shown.append((picture.copy(), heights.copy()))
        return _discs(picture, heights)

    averaged(keep, rgb, elevation, (32.0, 32.0), Views(1, 1.25))
    plain, smaller, larger = shown
    assert (plain[0] == rgb).all()
    assert (smaller[0][..., 52:, :] == FILL).all()
    assert (smaller[1][..., 52:] == UNKNOWN_M).all()
    assert (smaller[1][..., :51, :51] == 5.0).all()
    assert (larger[1] == 5.0).all()
    assert (larger[0] > 200).sum() > (rgb > 200).sum() * 1.3
