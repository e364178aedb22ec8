"""How fast this computer learns: kept, read, and never believed when it cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference import paths
from inference.models.pace import LEARNING_SHARE, MASK_SHARE, Pace, measured, pace_of, read_pace, write_pace


def test_kept_for_the_model_that_it_was_measured_with() -> None:
    assert read_pace("crowns") is None
    pace = measured(0.5, 1.0, "crowns")
    write_pace(pace)
    assert read_pace("crowns") == pace
    assert read_pace("") is None
    assert pace_of(pace.facts()) == pace


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"centres_s": 0, "masks_s": 1}', '{"centres_s": 1e9, "masks_s": 1}'])
def test_damage_is_no_pace(text: str) -> None:
    (paths.cache_dir() / "training_pace.json").write_text(text)
    assert read_pace("") is None


@given(st.floats(0.01, 60.0), st.floats(0.01, 60.0), st.floats(0.1, 600.0))
def test_so_many_steps_take_the_time(centres_s: float, masks_s: float, minutes: float) -> None:
    steps = Pace(centres_s, masks_s, "", "").steps_in(minutes)
    both_s, learning_s = centres_s + MASK_SHARE * masks_s, 60.0 * LEARNING_SHARE * minutes
    assert steps >= 1
    assert steps == 1 or steps * both_s <= learning_s * (1.0 + 1e-9)
    assert (steps + 1) * both_s > learning_s * (1.0 - 1e-9)
