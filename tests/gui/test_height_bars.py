"""The histogram of the plot's facts."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from birchtree_gui.widgets.height_bars import HeightBars, bin_heights


@pytest.mark.parametrize(("top_m", "step_m"), [(3.0, 1), (23.9, 1), (24.0, 2), (53.8, 5), (119.0, 5), (120.0, 10)])
def test_classes_are_whole_metres_and_few(top_m: float, step_m: int) -> None:
    step, counts = bin_heights(np.array([0.5, top_m, np.nan]))
    assert step == step_m
    assert counts.sum() == 2
    assert counts[0] >= 1
    assert counts[-1] >= 1
    assert (len(counts) - 1) * step <= top_m < len(counts) * step


def test_without_heights_there_are_no_bars(qtbot: QtBot) -> None:
    bars = HeightBars()
    qtbot.addWidget(bars)
    bars.show()
    bars.show_heights(np.array([12.0, 14.0]))
    assert bars.isVisible()
    bars.show_heights(np.full(3, np.nan))
    assert not bars.isVisible()
