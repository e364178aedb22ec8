"""Tiles as values: levels, neighbours, and images in the fastest format."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QImage

from birchtree_gui.canvas.tiles import TILE_PX, TileKey, TilePyramid, to_image


@pytest.mark.parametrize(
    ("scale", "level"), [(4.0, 0), (1.0, 0), (0.75, 0), (0.7, 1), (0.5, 1), (0.36, 1), (0.35, 2), (1e-6, 7)]
)
def test_the_level_is_the_nearest_power_of_two(scale: float, level: int) -> None:
    assert TilePyramid(60_000, 40_000).level_for(scale) == level


@pytest.mark.parametrize(("side", "level"), [(1, 0), (512, 0), (513, 1), (1024, 1), (60_000, 7)])
def test_the_coarsest_level_is_one_tile(side: int, level: int) -> None:
    pyramid = TilePyramid(side, 1)
    assert pyramid.top_level == level
    assert list(pyramid.keys("ortho", level, (0, 0, side, 1))) == [TileKey("ortho", level, 0, 0)]


@given(st.integers(0, 7), st.integers(0, 200), st.integers(0, 200), st.floats(0.001, 64.0))
def test_neighbours_share_their_edges(level: int, col: int, row: int, scale: float) -> None:
    rect = TileKey("ortho", level, col, row).rect_dev(scale)
    assert TileKey("ortho", level, col + 1, row).rect_dev(scale).x() == rect.x() + rect.width()
    assert TileKey("ortho", level, col, row + 1).rect_dev(scale).y() == rect.y() + rect.height()


@given(st.integers(0, 6), st.tuples(st.floats(-5e3, 7e4), st.floats(-5e3, 7e4)), st.floats(1, 3e4), st.floats(1, 3e4))
def test_the_tiles_of_a_view_cover_what_the_raster_has_of_it(
    level: int, corner: tuple[float, float], across: float, down: float
) -> None:
    pyramid = TilePyramid(60_000, 50_000)
    left, top = corner
    keys = set(pyramid.keys("ortho", level, (left, top, left + across, top + down)))
    span = TILE_PX << level
    for x in (left, left + across / 2, left + across - 1e-6):
        for y in (top, top + down / 2, top + down - 1e-6):
            inside = 0 <= x < 60_000 and 0 <= y < 50_000
            assert not inside or TileKey("ortho", level, int(x // span), int(y // span)) in keys


def test_the_middle_of_a_view_comes_first() -> None:
    wanted = TilePyramid(10_000, 10_000).wanted("ortho", 0, (1024, 1024, 4096, 4096), ring=1)
    assert wanted[0] in {TileKey("ortho", 0, col, row) for col in (4, 5) for row in (4, 5)}
    assert wanted[-1] in {TileKey("ortho", 0, col, row) for col in (1, 8) for row in (1, 8)}
    assert len(wanted) == 64


def test_ancestors_and_children_agree() -> None:
    key = TileKey("dsm", 3, 5, 9)
    assert all(child.ancestor(1) == key for child in key.children())
    assert key.ancestor(2) == TileKey("dsm", 5, 1, 2)


def _rgba(alpha: int) -> np.ndarray:
    pixels = np.zeros((TILE_PX, TILE_PX, 4), np.uint8)
    pixels[..., :3] = (200, 100, 50)
    pixels[..., 3] = alpha
    return pixels


def test_opaque_tiles_need_no_blending() -> None:
    image = to_image(_rgba(255))
    assert image is not None
    assert image.format() == QImage.Format.Format_RGB32
    assert image.pixelColor(7, 7).getRgb() == (200, 100, 50, 255)


def test_tiles_with_a_collar_are_premultiplied() -> None:
    pixels = _rgba(255)
    pixels[:100, :, 3] = 0
    image = to_image(pixels)
    assert image is not None
    assert image.format() == QImage.Format.Format_ARGB32_Premultiplied
    assert image.pixelColor(7, 7).alpha() == 0
    assert image.pixelColor(7, 200).getRgb() == (200, 100, 50, 255)


def test_empty_tiles_are_none() -> None:
    assert to_image(_rgba(0)) is None
