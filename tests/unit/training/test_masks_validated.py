"""The small BalSAM's masks are examined on plots that they do not learn from, and the best are kept."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from made_plots import TINY, made_plot

from inference.jobs import CancelToken
from training.balsam2.mask_validate import mean_mask_iou
from training.balsam2.model import Balsam2
from training.balsam2.weights import read_weights
from training.crowns.course import Course, Told
from training.crowns.curves import read_curves
from training.crowns.material import Material, material_of
from training.crowns.options import CourseOptions
from training.data.sets import TrainingSet

OPTIONS = CourseOptions(steps=8, batch=1, every=1, config=TINY)


def model() -> Balsam2:
    torch.manual_seed(0)
    return Balsam2(TINY)


def material(*valid: int) -> Material:
    return material_of(TrainingSet((made_plot(0),), tuple(made_plot(seed) for seed in valid), ()), TINY)


def test_a_mask_that_begins_with_its_oval_is_about_the_crown() -> None:
    """An untrained decoder adds little to the oval, and the crowns of these plots are discs."""
    iou = mean_mask_iou(model(), [made_plot(1)])
    assert iou is not None
    assert 0.3 < iou < 1.0
    assert mean_mask_iou(model(), [made_plot(1), made_plot(1)]) == pytest.approx(iou)


def test_every_whole_crown_of_a_large_plot_counts_once() -> None:
    plot = made_plot(2, side=150, crowns=12)
    alone = [
        mean_mask_iou(model(), [replace(plot, visible=np.where(np.arange(12) == crown, 1.0, 0.0).astype(np.float32))])
        for crown in range(12)
    ]
    told = [iou for iou in alone if iou is not None]
    assert len(told) == 12
    assert mean_mask_iou(model(), [plot]) == pytest.approx(np.mean(told), abs=1e-6)


def test_without_outlines_nobody_knows() -> None:
    assert mean_mask_iou(model(), []) is None
    assert mean_mask_iou(model(), [replace(made_plot(1), owner=None)]) is None
    cut = np.full(6, 0.5, np.float32)
    assert mean_mask_iou(model(), [replace(made_plot(1), visible=cut)]) is None


def trained(folder: Path, ground: Material, options: CourseOptions) -> Balsam2:
    folder.mkdir()

    def ignore(_: Told) -> None:
        """Nobody wants to know."""

    return Course(folder, options, ground, ignore, CancelToken()).run(None)


def test_the_best_masks_are_what_remains(tmp_path: Path) -> None:
    found = trained(tmp_path / "out", material(1, 2), OPTIONS)
    points = [point for point in read_curves(tmp_path / "out" / "curves.csv") if point.stage == "masks"]
    scores = [point.valid_mask_iou for point in points]
    assert len(scores) == 4
    assert all(score is not None and 0.0 < score < 1.0 for score in scores)
    assert all(point.valid_f1 is None for point in points)
    assert mean_mask_iou(found, material(1, 2).valid) == pytest.approx(max(score or 0.0 for score in scores), abs=1e-4)
    assert read_weights(tmp_path / "out" / "best_masks.npz").config == TINY
    assert "IoU of masks on validation" in (tmp_path / "out" / "curves.svg").read_text()


def test_masks_end_early_too(tmp_path: Path) -> None:
    options = replace(OPTIONS, steps=40, patience=1)
    trained(tmp_path / "out", material(1), options)
    points = [point for point in read_curves(tmp_path / "out" / "curves.csv") if point.stage == "masks"]
    scores = [point.valid_mask_iou or 0.0 for point in points]
    assert len(scores) == 20 or scores[-1] <= max(scores[:-1])


def test_boxes_alone_go_on_to_the_end(tmp_path: Path) -> None:
    ground = material(1)
    bare = replace(ground, valid=tuple(replace(plot, owner=None) for plot in ground.valid))
    trained(tmp_path / "out", bare, replace(OPTIONS, steps=4, patience=1))
    points = [point for point in read_curves(tmp_path / "out" / "curves.csv") if point.stage == "masks"]
    assert [point.step for point in points] == [1, 2]
    assert all(point.valid_mask_iou is None for point in points)
    assert not (tmp_path / "out" / "best_masks.npz").exists()
