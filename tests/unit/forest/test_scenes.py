"""Training scenes: every kind renders, truth and picture come from one seed, sizes are those of their kind."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.forest.plot import VERSION, ForestSpec, make_plot
from resources.forest.scene_kinds import KINDS
from resources.forest.scene_plot import ScenePlot, make_scene
from resources.forest.scenes import scene

NAMES = tuple(kind.name for kind in KINDS)
EMPTY = ("field", "park")


@cache
def made(kind: str, seed: int = 1) -> ScenePlot:
    return make_scene(scene(seed, gsd_m=0.2, extent_m=50.0, kind=kind))


def sides_m(plot: ScenePlot) -> np.ndarray:
    boxes = np.array([crown.box_px for crown in plot.crowns], float).reshape(-1, 4) * plot.spec.gsd_m
    return np.sqrt((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]))


@pytest.mark.parametrize("kind", NAMES)
def test_every_kind_renders(kind: str) -> None:
    plot = made(kind)
    assert plot.rgb.shape == (3, 250, 250)
    assert plot.rgb.dtype == np.uint8
    assert plot.chm_m.shape == plot.height_m.shape == plot.owner.shape == plot.complete.shape == (250, 250)
    assert plot.chm_m.dtype == plot.height_m.dtype == np.dtype(np.float32)
    assert plot.owner.dtype == np.dtype(np.int32)
    assert plot.rgb.std() > 8.0
    assert kind in EMPTY or len(plot.crowns) >= 3


@pytest.mark.parametrize("kind", NAMES)
def test_boxes_are_those_of_the_owner_map(kind: str) -> None:
    plot = made(kind)
    assert [crown.tree_id for crown in plot.crowns] == list(range(1, len(plot.crowns) + 1))
    assert plot.owner.min() >= 0
    assert plot.owner.max(initial=0) == len(plot.crowns)
    for crown in plot.crowns:
        rows, cols = np.nonzero(plot.owner == crown.tree_id)
        assert crown.box_px == (cols.min(), rows.min(), cols.max() + 1, rows.max() + 1)


@pytest.mark.parametrize("kind", ["broadleaf", "sierra conifer", "oak savanna"])
def test_every_crown_is_one_piece_of_some_size(kind: str) -> None:
    from scipy.ndimage import label

    plot = made(kind)
    for crown in plot.crowns:
        mine = plot.owner == crown.tree_id
        assert label(mine)[1] == 1
        assert mine.sum() * plot.spec.gsd_m**2 >= 0.5 * plot.spec.min_crown_m2 - 1e-9


@pytest.mark.parametrize("kind", NAMES)
def test_heights_are_plausible(kind: str) -> None:
    plot = made(kind)
    assert plot.height_m.min() >= 0.0
    assert plot.height_m.max() < 70.0
    for crown in plot.crowns:
        assert plot.spec.min_tree_m <= crown.height_m <= 62.0
        # Specks of taller neighbours belong to the crown around them, so not quite all cells are as low as the tree.
        seen = np.quantile(plot.height_m[plot.owner == crown.tree_id], 0.8)
        assert seen < crown.height_m + 2.0


@pytest.mark.parametrize("kind", ["broadleaf", "open pine", "boreal"])
def test_surveyed_heights_follow_the_true_ones(kind: str) -> None:
    for seed in range(1, 5):
        plot = made(kind, seed)
        known = np.isfinite(plot.chm_m)
        assert known.mean() > 0.9
        assert plot.chm_m[known].min() >= 0.0
        off = plot.chm_m[known] - plot.height_m[known]
        assert abs(np.median(off)) < 2.0
        assert np.corrcoef(plot.chm_m[known], plot.height_m[known])[0, 1] > 0.5


def test_lidar_and_matching_both_occur() -> None:
    surveys = [scene(seed, gsd_m=0.1, extent_m=30.0).survey for seed in range(40)]
    assert 8 < sum(survey.lidar for survey in surveys) < 32
    assert {survey.cell_m for survey in surveys if survey.lidar} == {0.5}


# Median side of the boxes in metres over four scenes; the real plots have 3.2 (teak), 4.1 (idtrees), 5.8 (harv),
# 4.7 (osbs) and 6.6 (sjer).
SIDES_M = {
    "broadleaf": (3.8, 6.2), "hardwood hemlock": (5.0, 7.6), "open pine": (3.4, 5.8), "oak savanna": (4.5, 9.5),
    "sierra conifer": (2.5, 4.4), "young plantation": (1.3, 3.2), "old plantation": (2.6, 5.2), "boreal": (1.8, 3.4),
    "mixed wood": (3.2, 5.6), "regrowth": (1.6, 3.6), "tropical": (5.0, 10.5), "eucalypt": (4.5, 9.5),
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(SIDES_M))
def test_crown_sizes_are_those_of_the_kind(kind: str) -> None:
    sides = np.concatenate([sides_m(made(kind, seed)) for seed in range(1, 5)])
    low, high = SIDES_M[kind]
    assert low < np.median(sides) < high
    assert sides.max() < 24.0


def test_closed_stands_are_closed_and_open_ones_open() -> None:
    cover = {kind: np.mean([(made(kind, seed).owner > 0).mean() for seed in range(1, 5)]) for kind in NAMES}
    assert cover["broadleaf"] > 0.75
    assert cover["hardwood hemlock"] > 0.75
    assert 0.05 < cover["open pine"] < 0.6
    assert cover["oak savanna"] < 0.6
    assert cover["field"] < 0.1


@settings(max_examples=12, deadline=None)
@given(
    seed=st.integers(0, 2**62),
    gsd_m=st.sampled_from([0.15, 0.2, 0.3, 0.5]),
    sides=st.tuples(*[st.integers(12, 22)] * 2),
)
def test_any_seed_and_grid_gives_a_consistent_scene(seed: int, gsd_m: float, sides: tuple[int, int]) -> None:
    plot = make_scene(scene(seed, gsd_m=gsd_m, extent_m=(float(sides[0]), float(sides[1]))))
    shape = round(sides[1] / gsd_m), round(sides[0] / gsd_m)
    assert plot.rgb.shape == (3, *shape)
    assert plot.chm_m.shape == plot.owner.shape == shape
    assert np.unique(plot.owner[plot.owner > 0]).size == len(plot.crowns)
    assert np.isfinite(plot.height_m).all()
    assert plot.complete[plot.owner > 0].all()


def test_same_seed_same_bytes_other_seed_other_scene() -> None:
    one, two, other = (make_scene(scene(seed, gsd_m=0.2, extent_m=20.0, kind="mixed wood")) for seed in (8, 8, 9))
    for name in ("rgb", "chm_m", "height_m", "owner", "complete"):
        assert getattr(one, name).tobytes() == getattr(two, name).tobytes(), name
    assert one.crowns == two.crowns
    assert (one.rgb != other.rgb).mean() > 0.5


def test_seeds_draw_all_kinds() -> None:
    assert {scene(seed, gsd_m=0.2, extent_m=20.0).kind.name for seed in range(300)} == set(NAMES)


def test_trees_keep_their_size_when_cells_change() -> None:
    fine, coarse = (make_scene(scene(3, gsd_m=gsd, extent_m=30.0, kind="open pine")) for gsd in (0.1, 0.25))
    assert np.median(sides_m(fine)) == pytest.approx(np.median(sides_m(coarse)), rel=0.35)
    assert (fine.owner > 0).mean() == pytest.approx((coarse.owner > 0).mean(), abs=0.15)


def test_unknown_kinds_and_tiny_extents_are_refused() -> None:
    with pytest.raises(KeyError, match="there are broadleaf"):
        scene(1, gsd_m=0.1, extent_m=20.0, kind="mangrove")
    with pytest.raises(ValueError, match="16 cells"):
        scene(1, gsd_m=0.5, extent_m=4.0)


def test_the_sample_forest_is_unchanged() -> None:
    """The sample plot's bytes must not move while the scenes grow; who changes them on purpose raises VERSION."""
    plot = make_plot(ForestSpec(seed=7, width_m=20.0, height_m=20.0))
    assert VERSION == 1
    # Processors may differ in the last digits, a change of the program differs by more.
    assert len(plot.crowns) == 21
    assert (plot.owner > 0).mean() == pytest.approx(0.404806, abs=1e-3)
    assert plot.surface_m.mean(dtype=float) == pytest.approx(382.091914, abs=1e-3)
    assert plot.rgb.mean() == pytest.approx(104.115590, abs=0.02)
