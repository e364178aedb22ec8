"""Treetops are the highest cells of windows that grow with height."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.segment.treetops import TopWindow, find_treetops

CELL_M = 0.5
WINDOW = TopWindow(base_m=1.0, slope=0.1, max_m=4.0)


def tops_of(height: npt.NDArray[np.float32], window: TopWindow = WINDOW) -> list[list[int]]:
    return find_treetops(height, height, CELL_M, min_height_m=2.0, window=window).tolist()


def hill(
    shape: tuple[int, int], row: float, col: float, height_m: float, slope: float = 1.0
) -> npt.NDArray[np.float32]:
    rows, cols = np.mgrid[: shape[0], : shape[1]]
    return np.maximum(height_m - slope * np.hypot(rows - row, cols - col) * CELL_M, 0.0).astype(np.float32)


def test_two_hills_have_two_tops() -> None:
    height = np.maximum(hill((40, 40), 10, 10, 8.0), hill((40, 40), 25, 30, 12.0))
    assert tops_of(height) == [[10, 10], [25, 30]]


def test_a_branch_within_the_window_of_a_tall_tree_is_no_top() -> None:
    height = np.maximum(hill((40, 40), 20, 20, 20.0), hill((40, 40), 20, 25, 18.5, slope=4.0))
    assert tops_of(height) == [[20, 20]]
    assert tops_of(height, TopWindow(1.0, 0.0, 4.0)) == [[20, 20], [20, 25]]


def test_nothing_below_the_minimum_height() -> None:
    assert tops_of(hill((20, 20), 10, 10, 1.9)) == []


def test_a_flat_top_counts_once_at_its_middle() -> None:
    height = np.zeros((21, 21), dtype=np.float32)
    height[6:15, 6:15] = 5.0
    assert tops_of(height) == [[10, 10]]


def test_of_two_equal_tops_the_north_western_stays() -> None:
    height = np.zeros((21, 21), dtype=np.float32)
    height[10, 9] = height[10, 11] = height[9, 12] = 5.0
    assert tops_of(height) == [[9, 12]]


def test_tops_on_the_border_of_the_array_are_found() -> None:
    assert tops_of(hill((20, 20), 0, 19, 6.0)) == [[0, 19]]


def test_an_empty_or_flat_ground_has_none() -> None:
    assert tops_of(np.zeros((10, 10), dtype=np.float32)) == []


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 100_000))
def test_no_cell_within_its_window_overtops_a_top(seed: int) -> None:
    height = np.random.default_rng(seed).random((25, 25)).astype(np.float32) * 20
    rows, cols = np.mgrid[:25, :25]
    for row, col in tops_of(height):
        near = np.hypot(rows - row, cols - col) * CELL_M <= WINDOW.radius_m(height[row, col])
        assert height[near].max() == height[row, col]


def test_the_window_grows_with_height_up_to_its_limit() -> None:
    assert WINDOW.radius_m(np.array([0.0, 10.0, 60.0], dtype=np.float32)).tolist() == pytest.approx([1.0, 2.0, 4.0])
