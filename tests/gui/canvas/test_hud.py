"""The scale bar's length and text, and the north arrow."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage, QPainter

from birchtree_gui.canvas.colours import DARK_CANVAS
from birchtree_gui.canvas.hud import Hud, length_text, scale_bar_length


@given(st.floats(1e-4, 1e3))
def test_the_bar_is_round_and_fills_at_least_two_fifths_of_its_room(m_per_px: float) -> None:
    length_m = scale_bar_length(m_per_px, longest=160.0)
    assert 160.0 * 0.399 <= length_m / m_per_px <= 160.0 * 1.0001
    digits = f"{length_m:.6e}"
    assert digits[0] in "125"
    assert set(digits[2:8]) == {"0"}


@pytest.mark.parametrize(
    ("length_m", "text"), [(0.002, "2 mm"), (0.2, "20 cm"), (1.0, "1 m"), (50.0, "50 m"), (2000.0, "2 km")]
)
def test_lengths_are_written_in_the_unit_that_fits(length_m: float, text: str) -> None:
    assert length_text(length_m) == text


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("turn_deg", [0, 90, 180, 270])
def test_the_arrow_points_north(turn_deg: int) -> None:
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(QColor(DARK_CANVAS.panel))
    painter = QPainter(image)
    painter.translate(0, -3)  # the panel is 30 px high, 12 px from the lower left corner of a map of 60
    Hud(DARK_CANVAS).paint_north(painter, 63, math.radians(turn_deg))
    painter.end()
    pixels = np.asarray(image.constBits()).reshape(60, 60, 4)[..., :3].mean(axis=2)
    inside = pixels[20:46, 14:40] > 150  # the arrow is brighter than its panel; the letter lies on its other side
    rows, cols = np.nonzero(inside)
    middle = np.array([rows.mean(), cols.mean()])
    assert inside.any()
    assert np.abs(middle - 12.5).max() < 6
    tip = {0: rows.min() <= 3, 90: cols.max() >= 22, 180: rows.max() >= 22, 270: cols.min() <= 3}
    assert tip[turn_deg]
