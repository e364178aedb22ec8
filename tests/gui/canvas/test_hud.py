"""The scale bar's length and text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from birchtree_gui.canvas.hud import length_text, scale_bar_length


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
