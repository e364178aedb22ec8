"""Trees that nobody labelled are background, unless hardly any was labelled."""

import numpy as np

from training.shipped.field_sets import labelled_ground

CANOPY = np.zeros((40, 40), np.float32)
CANOPY[:, :20] = 12.0  # half of the plot
CANOPY[30:, 30:] = np.nan


def test_labels_that_cover_the_canopy_make_the_rest_background() -> None:
    boxes = np.array([[0, 0, 10, 21]], np.float32)  # 210 of 800 cells
    assert labelled_ground(boxes, CANOPY, (40, 40)).all()


def test_labels_that_leave_out_the_canopy_tell_nothing_of_the_rest() -> None:
    boxes = np.array([[0.4, 0, 9.5, 12], [30, 5, 35, 8]], np.float32)
    ground = labelled_ground(boxes, CANOPY, (40, 40))
    assert ground.sum() == 10 * 12 + 5 * 3
    assert ground[:12, :10].all()
    assert ground[5:8, 30:35].all()


def test_without_elevation_and_without_trees_everything_is_told() -> None:
    nothing = np.zeros((0, 4), np.float32)
    assert labelled_ground(nothing, None, (40, 40)).all()
    assert labelled_ground(nothing, np.zeros((40, 40), np.float32), (40, 40)).all()
    assert not labelled_ground(nothing, CANOPY, (40, 40)).any()
