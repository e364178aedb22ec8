"""Crumbs of crowns go to their surroundings; every tree ends as one piece."""

import numpy as np

from resources.forest.ownership import settle


def _free(owner: np.ndarray) -> np.ndarray:
    return np.zeros(owner.shape, bool)


def test_a_crumb_goes_to_the_neighbour_around_it() -> None:
    owner = np.ones((8, 8), np.int32)
    owner[:, 4:] = 2
    owner[3, 6] = 1
    settled = settle(owner, _free(owner), 1, 0)
    assert settled[3, 6] == 2
    assert (settled == 1).sum() == 32


def test_a_crumb_on_open_ground_vanishes() -> None:
    owner = np.zeros((8, 8), np.int32)
    owner[:3, :3] = 1
    owner[6, 6] = 1
    assert settle(owner, _free(owner), 1, 0)[6, 6] == 0


def test_a_tree_of_which_too_little_shows_is_dropped() -> None:
    owner = np.ones((8, 8), np.int32)
    owner[2, 2:4] = 2
    settled = settle(owner, _free(owner), 3, 0)
    assert (settled == 1).all()


def test_a_small_pocket_belongs_to_the_crowns_a_big_one_stays() -> None:
    owner = np.ones((12, 12), np.int32)
    owner[1, 1] = 0
    owner[5:9, 5:9] = 0
    settled = settle(owner, _free(owner), 1, 4)
    assert settled[1, 1] == 1
    assert (settled[5:9, 5:9] == 0).all()


def test_outside_the_mosaic_nothing_changes() -> None:
    owner = np.ones((6, 6), np.int32)
    owner[:2] = 0
    fixed = np.zeros(owner.shape, bool)
    fixed[:2] = True
    settled = settle(owner, fixed, 1, 100)
    assert (settled[:2] == 0).all()
    assert (settled[2:] == 1).all()


def test_a_map_without_any_tree() -> None:
    owner = np.zeros((5, 5), np.int32)
    assert (settle(owner, _free(owner), 1, 3) == 0).all()


def test_the_argument_is_left_alone() -> None:
    owner = np.ones((5, 5), np.int32)
    owner[2, 2] = 2
    before = owner.copy()
    settle(owner, _free(owner), 4, 0)
    assert np.array_equal(owner, before)
