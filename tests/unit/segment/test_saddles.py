"""Passes between basins, and joining across shallow ones."""

import numpy as np

from inference.segment.saddles import find_saddles, join_tops

# Three peaks in a row: 10, 9.8 and 6, with passes at 9.5 and 3.
SURFACE = np.array([[1, 10, 9.5, 9.8, 3, 6, 1]], dtype=np.float32).repeat(3, axis=0)
BASINS = np.array([[1, 1, 1, 2, 2, 3, 3]], dtype=np.int32).repeat(3, axis=0)
TOPS = np.array([0.0, 10.0, 9.8, 6.0])


def test_the_highest_pass_between_each_pair() -> None:
    saddles = find_saddles(BASINS, SURFACE)
    assert saddles.first.tolist() == [1, 2]
    assert saddles.second.tolist() == [2, 3]
    np.testing.assert_allclose(saddles.level, [9.5, 3.0])


def test_the_highest_pass_out_of_each_basin() -> None:
    highest = find_saddles(BASINS, SURFACE).highest(4)
    np.testing.assert_allclose(highest, [-np.inf, 9.5, 9.5, 3.0, -np.inf])


def test_basins_meet_over_corners() -> None:
    saddles = find_saddles(np.array([[1, 0], [0, 2]], dtype=np.int32), np.ones((2, 2), dtype=np.float32))
    assert (saddles.first.tolist(), saddles.second.tolist()) == ([1], [2])


def test_shallow_passes_join_and_the_higher_top_gives_its_label() -> None:
    owner = join_tops(find_saddles(BASINS, SURFACE), TOPS, lambda _winner, _loser, depth: depth < 1.0)
    assert owner.tolist() == [0, 1, 1, 3]


def test_joining_goes_on_with_the_joined_basin() -> None:
    asked: list[tuple[int, int]] = []

    def any_pass(winner: int, loser: int, _depth: float) -> bool:
        asked.append((winner, loser))
        return True

    assert join_tops(find_saddles(BASINS, SURFACE), TOPS, any_pass).tolist() == [0, 1, 1, 1]
    assert asked == [(1, 2), (1, 3)]


def test_nothing_to_join() -> None:
    nothing = find_saddles(np.zeros((3, 3), dtype=np.int32), np.zeros((3, 3), dtype=np.float32))
    assert join_tops(nothing, np.zeros(1), lambda *_: True).tolist() == [0]
