"""Anchors, proposals and detections: against the authors' golden arrays, and against plain arithmetic."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from inference.segment.detection.boxes import anchor_shapes, anchors_at, moved
from inference.segment.detection.classes import ClassSettings, detect
from inference.segment.detection.proposals import ProposalSettings, propose, sigmoid

FloatArray = npt.NDArray[np.float32]
Golden = dict[str, npt.NDArray[np.float32]]


@pytest.fixture
def golden(shared_fixtures: Path) -> Golden:
    with np.load(shared_fixtures / "balsam" / "outputs.npz") as arrays:
        return {name: arrays[name] for name in arrays.files}


def softmax(logits: FloatArray) -> FloatArray:
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)


@pytest.mark.shared
def test_golden_rpn_maps_give_the_authors_proposals_in_their_order(golden: Golden) -> None:
    cls, reg = ([golden[f"rpn_{kind}_{level}"] for level in range(5)] for kind in ("cls", "reg"))
    boxes, scores = propose(cls, reg, ProposalSettings(), (256, 256))
    theirs = golden["proposal_rois"][:, 1:]
    assert boxes.shape == theirs.shape
    # Five of 1,000 boxes differ in the last bit of a float32, by another rounding of exp.
    np.testing.assert_allclose(boxes, theirs, rtol=0, atol=1e-5)
    assert (boxes == theirs).all(axis=1).mean() > 0.99
    np.testing.assert_allclose(scores, golden["proposal_scores"], rtol=0, atol=2e-7)


@pytest.mark.shared
def test_golden_box_head_gives_the_authors_detections(golden: Golden) -> None:
    found = detect(
        golden["proposal_rois"][:, 1:],
        softmax(golden["cls_score"]),
        golden["bbox_pred"],
        ClassSettings(max_per_img=40),
        (256, 256),
    )
    np.testing.assert_array_equal(found.labels, golden["det_labels_0"])
    np.testing.assert_allclose(found.boxes, golden["det_boxes_0"], rtol=0, atol=1e-4)
    np.testing.assert_allclose(found.scores, golden["det_scores_0"], rtol=0, atol=1e-6)


def test_anchors_are_ratio_by_ratio_then_scale_by_scale() -> None:
    shapes = anchor_shapes(4, (4, 8), (0.5, 1, 2))
    sides = shapes[:, 2:] - shapes[:, :2]
    np.testing.assert_allclose(sides[:, 1] / sides[:, 0], [0.5, 0.5, 1, 1, 2, 2], rtol=1e-6)
    np.testing.assert_allclose(np.sqrt(sides.prod(axis=1)), [16, 32, 16, 32, 16, 32], rtol=1e-6)
    np.testing.assert_allclose(shapes[:, :2], -shapes[:, 2:])


def test_anchors_lie_on_the_lattice_of_their_level() -> None:
    shapes = anchor_shapes(8, (4,), (1, 2))
    # Row 1, column 2 of a level 3 cells wide, second shape.
    (box,) = anchors_at(shapes, np.array([(1 * 3 + 2) * 2 + 1]), 3, 8)
    np.testing.assert_array_equal(box, shapes[1] + np.array([16, 8, 16, 8], dtype=np.float32))


def test_anchors_by_size_and_in_whole_pixels() -> None:
    settings = ProposalSettings(sizes=(32, 64, 128, 256, 512), rounded=True)
    # What torchvision's AnchorGenerator has for its first level.
    assert settings.shapes(0).tolist() == [[-23, -11, 23, 11], [-16, -16, 16, 16], [-11, -23, 11, 23]]
    assert len(ProposalSettings(sizes=tuple(range(1, 11)), ratios=(1,)).shapes(4)) == 2


def test_boxes_move_stretch_and_stay_in_the_tile() -> None:
    box = np.array([[10, 10, 30, 50]], dtype=np.float32)
    still = moved(box, np.zeros((1, 4), dtype=np.float32), (1, 1, 1, 1), (100, 100))
    np.testing.assert_array_equal(still, box)
    aside = moved(box, np.array([[0.5, -0.25, 0, np.log(2)]], dtype=np.float32), (1, 1, 1, 1), (100, 100))
    np.testing.assert_allclose(aside, [[20, 0, 40, 60]], atol=1e-4)
    huge = moved(box, np.full((1, 4), 50, dtype=np.float32), (0.1, 0.1, 0.2, 0.2), (100, 90))
    assert np.isfinite(huge).all()
    assert huge[0, 2] == 90
    assert huge[0, 3] == 100


def test_the_best_anchors_of_a_level_are_taken_and_empty_boxes_go() -> None:
    settings = ProposalSettings(strides=(8,), scales=(1,), ratios=(1,), nms_pre=3, max_per_img=10)
    cls = np.zeros((1, 1, 4, 4), dtype=np.float32)
    cls[0, 0, 1, 1], cls[0, 0, 2, 3], cls[0, 0, 0, 0] = 3, 2, 1
    reg = np.zeros((1, 4, 4, 4), dtype=np.float32)
    reg[0, 0, 2, 3] = 100  # its box lies outside the tile and shrinks to nothing
    boxes, scores = propose([cls], [reg], settings, (32, 32))
    np.testing.assert_allclose(boxes, [[4, 4, 12, 12], [0, 0, 4, 4]])
    np.testing.assert_allclose(scores, [1 / (1 + np.exp(-3)), 1 / (1 + np.exp(-1))], rtol=1e-6)


def test_levels_do_not_suppress_each_other_but_one_level_does() -> None:
    settings = ProposalSettings(strides=(8, 8), scales=(4,), ratios=(1,))
    cls = np.full((1, 1, 2, 2), -3, dtype=np.float32)
    cls[0, 0, 1, 1] = 2
    reg = np.zeros((1, 4, 2, 2), dtype=np.float32)
    one, _ = propose([cls], [reg], ProposalSettings(strides=(8,), scales=(4,), ratios=(1,), nms_iou=0.1), (16, 16))
    two, _ = propose([cls, cls], [reg, reg], ProposalSettings(**{**_fields(settings), "nms_iou": 0.1}), (16, 16))
    assert len(one) == 1
    assert len(two) == 2


def _fields(settings: ProposalSettings) -> dict[str, object]:
    return {name: getattr(settings, name) for name in ProposalSettings.__dataclass_fields__}


def test_a_place_may_be_two_classes_with_a_box_each() -> None:
    rois = np.array([[10, 10, 30, 30], [10, 10, 30, 30], [60, 60, 80, 80]], dtype=np.float32)
    scores = np.array([[0.5, 0.4, 0.1], [0.6, 0.02, 0.38], [0.03, 0.04, 0.93]], dtype=np.float32)
    deltas = np.zeros((3, 8), dtype=np.float32)
    deltas[0, 4] = 5.0  # class 1 moves by half its width (stds 0.1)
    found = detect(rois, scores, deltas, ClassSettings(), (100, 100))
    assert found.labels.tolist() == [0, 1]
    np.testing.assert_allclose(found.boxes, [[10, 10, 30, 30], [20, 10, 40, 30]], atol=1e-4)
    np.testing.assert_allclose(found.probabilities, scores[[1, 0], :-1])


def test_the_sigmoid_does_not_overflow() -> None:
    with np.errstate(all="raise"):
        values = sigmoid(np.array([-1e30, -2.0, 0.0, 2.0, 1e30], dtype=np.float32))
    np.testing.assert_allclose(values[1:4], [0.11920292, 0.5, 0.88079708], rtol=1e-6)
    assert values[0] < 1e-30
    assert values[4] == 1.0
