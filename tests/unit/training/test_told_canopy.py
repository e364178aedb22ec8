"""Whether labels tell of the trees of a plot, or of a few among many."""

import numpy as np

from training.shipped.field_sets import tells_of_canopy

CANOPY = np.zeros((40, 40), np.float32)
CANOPY[:, :20] = 12.0  # half of the plot
CANOPY[30:, 30:] = np.nan


def test_labels_on_a_quarter_of_the_canopy_tell_of_it() -> None:
    assert tells_of_canopy(np.array([[0, 0, 10, 20]], np.float32), CANOPY)
    assert not tells_of_canopy(np.array([[0, 0, 10, 19], [25, 0, 40, 30]], np.float32), CANOPY)


def test_boxes_that_overlap_count_once() -> None:
    assert not tells_of_canopy(np.array([[0, 0, 10, 10], [0.4, 0.2, 9.6, 9.9]], np.float32), CANOPY)


def test_without_elevation_and_without_trees_nothing_is_left_out() -> None:
    nothing = np.zeros((0, 4), np.float32)
    assert tells_of_canopy(nothing, None)
    assert tells_of_canopy(nothing, np.zeros((40, 40), np.float32))
    assert not tells_of_canopy(nothing, CANOPY)
