"""Parts of training scenes on their own: shadows under crowns, smear, surveyed heights, crowns."""

import math
from dataclasses import replace

import numpy as np
import pytest

from resources.forest import tree_looks as looks
from resources.forest.light import Sun
from resources.forest.scene_camera import delivered, smear
from resources.forest.scene_crowns import carpets, draw_crown
from resources.forest.scene_elevation import surveyed_height
from resources.forest.scene_light import ground_light
from resources.forest.scene_stand import SceneTree
from resources.forest.scenes import Survey, scene
from resources.forest.tree_looks import TreeLook

LOOKS = tuple(value for value in vars(looks).values() if isinstance(value, TreeLook))
SURVEY = Survey(lidar=True, cell_m=0.5, points_m2=12.0, smooth_m=0.2, noise_m=0.02, ground_error_m=0.05, holes=0.5)


def tree(look: TreeLook) -> SceneTree:
    return SceneTree(10.0, 10.0, 15.0, 2.5, 6.0, look, (1.0, 1.0, 1.0), 1.0, 0.8)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.species or 'dead'} {look.form}")
def test_crowns_lie_around_their_stem(look: TreeLook) -> None:
    patch = draw_crown(tree(look), carpets(0.1), (200, 200), np.random.default_rng(3))
    assert patch is not None
    rows, cols = np.nonzero(np.isfinite(patch.roof_m))
    away = np.hypot((rows + patch.row + 0.5) * 0.1 - 10.0, (cols + patch.col + 0.5) * 0.1 - 10.0)
    assert away.max() < 2.5 * 1.3 * math.sqrt(2) + 0.2
    assert 0.25 < rows.size * 0.01 / (math.pi * 2.5**2) < 1.7
    assert patch.roof_m.max() < 15.0 + 2.0
    assert not (patch.leaf & ~np.isfinite(patch.roof_m)).any()
    assert patch.leaf.sum() > 0.1 * rows.size
    assert patch.tone[patch.leaf].min() > 0.0


def test_a_crown_outside_is_nothing() -> None:
    away = replace(tree(looks.OAK), x_m=-9.0)
    assert draw_crown(away, carpets(0.1), (200, 200), np.random.default_rng(3)) is None


def test_light_passes_under_a_crown_and_its_shadow_lies_apart() -> None:
    top, base = np.zeros((100, 100), np.float32), np.zeros((100, 100), np.float32)
    top[40:60, 70:90], base[40:60, 70:90] = 12.0, 8.0
    light = ground_light(top, base, np.zeros((0, 2)), 0.2, Sun(90.0, 45.0))  # sun in the east: shadows fall westwards
    assert light[50, 80] > 0.95
    assert light[50, 80 - round(10.0 / 0.2)] < 0.05
    assert light[20, 30] == pytest.approx(1.0)
    stem = ground_light(top, base, np.array([[16.0, 10.0]]), 0.2, Sun(90.0, 45.0))
    assert stem[50, 60] < light[50, 60] - 0.1


def test_smear_puts_back_what_a_true_model_knows() -> None:
    height = np.zeros((120, 120), np.float32)
    height[40:80, 40:80] = 10.0
    moved = smear(height, height, 0.1, (0.2, 0.0), 4.0)
    assert moved is not None
    shown = height.ravel()[moved].reshape(120, 120)
    assert (shown[45:75, 45:75] == 10.0).all()
    assert (shown[:, :20] == 0.0).all()
    beside = shown[45:75, 80:98]  # hidden behind the block in the photograph: the block is shown twice
    assert (beside == 10.0).mean() > 0.8


def test_no_smear_without_lean_or_height() -> None:
    height = np.full((40, 40), 10.0, np.float32)
    assert smear(height, height, 0.1, (0.0, 0.0), 4.0) is None
    assert smear(height, height * 0.0, 0.1, (0.001, 0.0), 4.0) is None


def test_matching_cuts_narrow_tops_and_lidar_keeps_them() -> None:
    height = np.zeros((200, 200), np.float32)
    height[50:150, 50:150] = 10.0
    height[100:103, 100:103] = 16.0
    rng = np.random.default_rng(1)
    lidar = surveyed_height(height, 0.1, replace(SURVEY, points_m2=100.0), rng)
    matched = surveyed_height(height, 0.1, replace(SURVEY, lidar=False, cell_m=0.1), rng)
    assert lidar.shape == matched.shape == height.shape
    assert lidar.max() > 15.0
    assert np.nanmax(matched) < 11.0
    assert np.nanmedian(np.abs(matched - height)) < 0.5


def test_the_picture_keeps_its_mean_whatever_the_camera() -> None:
    camera = scene(1, gsd_m=0.1, extent_m=20.0).camera
    for blur in (-0.4, 0.6, 1.1):
        grey = np.full((3, 64, 72), 100.0, np.float32)
        grey[:, 20:40] = 140.0
        mean = grey.mean()
        made = delivered(grey, replace(camera, blur_px=blur, noise=2.0, jpeg=12.0), np.random.default_rng(2))
        assert made.dtype == np.uint8
        assert made.mean() == pytest.approx(mean, abs=1.5)
