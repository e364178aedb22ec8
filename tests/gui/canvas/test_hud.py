"""The scale bar's length and text, and room around the legend's words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage, QPainter

from birchtree_gui.canvas.colours import DARK_CANVAS, ColourBy
from birchtree_gui.canvas.crown_colouring import Colouring
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


def legend(colouring: Colouring, dpr: float) -> np.ndarray:
    """(H, W, 3) pixels of the legend alone, on black."""
    image = QImage(round(300 * dpr), round(200 * dpr), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(dpr)
    image.fill(QColor("black"))
    painter = QPainter(image)
    Hud(DARK_CANVAS).paint_legend(painter, 300, 200, colouring)
    painter.end()
    pixels = np.asarray(image.constBits()).reshape(image.height(), image.bytesPerLine() // 4, 4)[..., :3]
    drawn = pixels.max(axis=2) > 0
    rows, cols = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
    return pixels[rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("dpr", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("colour_by", ["height", "score", "species"])
def test_words_of_the_legend_keep_away_from_its_border(colour_by: ColourBy, dpr: float) -> None:
    colouring = Colouring(colour_by, low=5.0, high=125.1, species={"Picea gypjq": 0, "Abies gypjq": 1})
    box = legend(colouring, dpr).astype(int)
    border = round(2 * dpr)  # the line, and its blurred edge where pixels are not whole
    inside = box[border:-border, border:-border]
    written = (np.abs(inside - inside[0, 0]) > 40).any(axis=2)
    rows, cols = np.flatnonzero(written.any(axis=1)), np.flatnonzero(written.any(axis=0))
    room = [rows[0], inside.shape[0] - 1 - rows[-1], cols[0], inside.shape[1] - 1 - cols[-1]]
    assert min(room) >= 3 * dpr
