"""Suppression of boxes: the same as a plain loop, for any boxes, and fast."""

import time

import numpy as np
import numpy.typing as npt
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.segment.detection.nms import iou_matrix, nms, nms_within_groups

FloatArray = npt.NDArray[np.float32]


def iou(a: FloatArray, b: FloatArray) -> np.float32:
    width = np.maximum(np.minimum(a[2], b[2]) - np.maximum(a[0], b[0]), np.float32(0))
    height = np.maximum(np.minimum(a[3], b[3]) - np.maximum(a[1], b[1]), np.float32(0))
    common = np.float32(width * height)
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - common
    return np.float32(common / union) if union > 0 else np.float32(0)


def plain_nms(boxes: FloatArray, scores: FloatArray, iou_max: float) -> list[int]:
    kept: list[int] = []
    for index in np.argsort(-scores, kind="stable"):
        if all(iou(boxes[index], boxes[other]) <= np.float32(iou_max) for other in kept):
            kept.append(int(index))
    return kept


@st.composite
def scored_boxes(draw: st.DrawFn, most: int = 60) -> tuple[FloatArray, FloatArray]:
    """Boxes on a coarse lattice: many overlap, some are equal, some are empty; many scores are equal."""
    count = draw(st.integers(0, most))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    corners = rng.integers(0, 24, (count, 2))
    sides = rng.integers(0, 12, (count, 2))
    boxes = np.concatenate([corners, corners + sides], axis=1).astype(np.float32)
    return boxes, rng.integers(0, 8, count).astype(np.float32)


@given(scored_boxes(), st.sampled_from([0.0, 0.3, 0.5, 0.7, 1.0]))
def test_it_keeps_what_a_plain_loop_keeps(given_: tuple[FloatArray, FloatArray], iou_max: float) -> None:
    boxes, scores = given_
    assert nms(boxes, scores, iou_max).tolist() == plain_nms(boxes, scores, iou_max)


@settings(max_examples=20)
@given(scored_boxes(most=700))
def test_blocks_make_no_difference(given_: tuple[FloatArray, FloatArray]) -> None:
    boxes, scores = given_
    kept = nms(boxes, scores, 0.6)
    overlap = iou_matrix(boxes[kept], boxes[kept])
    np.fill_diagonal(overlap, 0)
    assert (overlap <= np.float32(0.6)).all()
    gone = np.setdiff1d(np.arange(len(boxes)), kept)
    better = scores[kept][None] >= scores[gone][:, None]
    assert ((iou_matrix(boxes[gone], boxes[kept]) > np.float32(0.6)) & better).any(axis=1).all()


@given(scored_boxes(), st.integers(1, 4))
def test_groups_do_not_suppress_each_other(given_: tuple[FloatArray, FloatArray], groups: int) -> None:
    boxes, scores = given_
    group = np.arange(len(boxes)) % groups
    kept = nms_within_groups(boxes, scores, group, 0.5)
    alone = [
        np.flatnonzero(group == one)[plain_nms(boxes[group == one], scores[group == one], 0.5)] for one in range(groups)
    ]
    assert sorted(kept.tolist()) == sorted(np.concatenate(alone).tolist())
    assert (np.diff(scores[kept]) <= 0).all()


def test_no_boxes() -> None:
    nothing = np.zeros((0, 4), dtype=np.float32)
    assert len(nms(nothing, np.zeros(0, dtype=np.float32), 0.5)) == 0
    assert len(nms_within_groups(nothing, np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.int64), 0.5)) == 0


def test_thousands_of_boxes_are_a_matter_of_milliseconds() -> None:
    rng = np.random.default_rng(0)
    corners = rng.uniform(0, 1000, (5000, 2))
    boxes = np.concatenate([corners, corners + rng.uniform(5, 80, (5000, 2))], axis=1).astype(np.float32)
    scores = rng.random(5000).astype(np.float32)
    taken_s = []
    for _ in range(3):
        started_s = time.process_time()
        nms(boxes, scores, 0.7)
        taken_s.append(time.process_time() - started_s)
    assert min(taken_s) < 1.0  # 0.11 s when this was written
