"""The detector's arithmetic: pooling against ONNX Runtime's operator, suppression, coding, assignment, schedule."""

import numpy as np
import onnxruntime
import pytest
import torch
from balsam_sets import lively_model, tiny_config
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper
from torch import Tensor

from training.balsam.assign import BACKGROUND, IGNORED, assign, sample
from training.balsam.boxes import base_anchors, decode, encode, grid_anchors, overlaps
from training.balsam.fit import FitOptions, rate_factor
from training.balsam.model import encode as encoder_states
from training.balsam.nms import grouped_nms, nms
from training.balsam.roi_align import levels_of, pool, roi_align


def onnx_roi_align(features: Tensor, boxes: Tensor, out: int, scale: float) -> Tensor:
    """ONNX Runtime's own operator."""
    node = helper.make_node(
        "RoiAlign", ["x", "rois", "batch"], ["y"], mode="avg", output_height=out, output_width=out, sampling_ratio=0,
        spatial_scale=scale, coordinate_transformation_mode="half_pixel",
    )  # fmt: skip
    inputs = [
        helper.make_tensor_value_info("x", TensorProto.FLOAT, None),
        helper.make_tensor_value_info("rois", TensorProto.FLOAT, [None, 4]),
        helper.make_tensor_value_info("batch", TensorProto.INT64, [None]),
    ]
    graph = helper.make_graph([node], "g", inputs, [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 16)], ir_version=9)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    feeds = {"x": features.numpy(), "rois": boxes.numpy(), "batch": np.zeros(len(boxes), np.int64)}
    return torch.from_numpy(session.run(None, feeds)[0])


def random_boxes(count: int, seed: int, side: float = 128.0) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    corner = torch.rand((count, 2), generator=generator) * side
    size = side * 2.0 ** (-7 * torch.rand((count, 2), generator=generator))
    return torch.cat([corner, corner + size], dim=1)


@pytest.mark.parametrize(("out", "scale"), [(7, 0.25), (14, 0.125), (3, 1 / 32)])
def test_pooling_is_that_of_the_onnx_operator(out: int, scale: float) -> None:
    torch.manual_seed(0)
    features = torch.randn(1, 5, round(128 * scale), round(128 * scale) + 3)
    # Boxes of all sizes, some over the edge; the last ones have no area, lie outside, or cover everything.
    special = torch.tensor([[10.0, 10, 10, 10], [200, 200, 260, 260], [-50, -50, 400, 400], [0, 0, 128, 0.5]])
    boxes = torch.cat([random_boxes(90, 3), special])
    found = roi_align(features, boxes, out, scale)
    assert found.shape == (94, 5, out, out)
    assert torch.allclose(found, onnx_roi_align(features, boxes, out, scale), atol=2e-6)


def test_pooling_has_the_right_gradient() -> None:
    features = torch.rand(1, 2, 6, 7, dtype=torch.float64, requires_grad=True)
    boxes = random_boxes(4, 1, side=24.0).double()
    assert torch.autograd.gradcheck(lambda x: roi_align(x, boxes, 3, 0.25), (features,))


def test_no_boxes_pool_to_nothing() -> None:
    assert roi_align(torch.rand(1, 2, 6, 7), torch.zeros(0, 4), 7, 0.25).shape == (0, 2, 7, 7)
    levels = [torch.rand(1, 2, 8, 8), torch.rand(1, 2, 4, 4)]
    assert pool(levels, torch.zeros(0, 4), 7, (4, 8), 56).shape == (0, 2, 7, 7)


def test_each_box_is_pooled_from_the_level_of_its_size() -> None:
    boxes = torch.tensor([[0, 0, 10, 10], [0, 0, 56, 56], [0, 0, 111, 112], [0, 0, 112, 112], [0, 0, 900, 900]]).float()
    assert levels_of(boxes, 56, 4).tolist() == [0, 0, 0, 1, 3]
    levels = [torch.full((1, 1, 1024 // stride, 1024 // stride), float(stride)) for stride in (4, 8, 16, 32)]
    pooled = pool(levels, boxes + 20, 7, (4, 8, 16, 32), 56)
    assert pooled.amin(dim=(1, 2, 3)).tolist() == pytest.approx([4, 4, 4, 8, 32])


@settings(max_examples=40, deadline=None)
@given(count=st.integers(0, 40), seed=st.integers(0, 10_000), iou=st.floats(0.05, 0.95))
def test_suppression_keeps_the_best_and_nothing_that_overlaps_it(count: int, seed: int, iou: float) -> None:
    boxes = random_boxes(count, seed, side=20.0)
    scores = torch.rand(count, generator=torch.Generator().manual_seed(seed))
    wanted: list[int] = []
    for index in scores.argsort(descending=True).tolist():
        if all(overlaps(boxes[[index]], boxes[[other]])[0, 0] <= iou for other in wanted):
            wanted.append(index)
    assert nms(boxes, scores, iou).tolist() == wanted


def test_suppression_works_across_blocks_and_within_groups() -> None:
    boxes = random_boxes(2500, 4, side=60.0)
    scores = torch.rand(2500, generator=torch.Generator().manual_seed(4))
    groups = torch.arange(2500) % 3
    kept = grouped_nms(boxes, scores, groups, 0.3)
    assert (scores[kept].diff() <= 0).all()
    for group in range(3):
        inside = groups == group
        own = inside.nonzero().squeeze(1)[nms(boxes[inside], scores[inside], 0.3)]
        assert sorted(own.tolist()) == sorted(kept[groups[kept] == group].tolist())
    assert len(grouped_nms(torch.zeros(0, 4), torch.zeros(0), torch.zeros(0, dtype=torch.int64), 0.5)) == 0


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_coding_a_box_and_decoding_it_gives_it_back(seed: int) -> None:
    boxes, wanted = random_boxes(9, seed), random_boxes(9, seed + 1)
    inside = wanted.clamp(0, 128)
    real = ((inside[:, 2:] - inside[:, :2]) > 0.1).all(dim=1)
    stds = (0.1, 0.1, 0.2, 0.2)
    back = decode(boxes, encode(boxes, inside, stds), stds, (128, 128))
    # A box may not grow or shrink by more than 62.5 at once.
    ratio = (inside[:, 2:] - inside[:, :2]) / (boxes[:, 2:] - boxes[:, :2])
    near = real & (ratio < 62).all(dim=1) & (ratio > 1 / 62).all(dim=1)
    assert torch.allclose(back[near], inside[near], atol=1e-2)


def test_decoded_boxes_are_cut_to_the_tile_and_grow_within_limits() -> None:
    box = torch.tensor([[10.0, 10, 20, 20]])
    grown = decode(box, torch.tensor([[0.0, 0, 50, 50]]), (1, 1, 1, 1), (10_000, 10_000))
    assert grown[0, 2].item() == pytest.approx(15 + 5 * 62.5)
    assert decode(box, torch.tensor([[9.0, -9, 0, 0]]), (1, 1, 1, 1), (64, 32)).tolist() == [[32, 0, 32, 0]]


def test_anchors_are_ratio_major_and_have_no_half_pixel() -> None:
    base = base_anchors((16.0, 32.0), (0.5, 1, 2))
    assert base[2].tolist() == [-8, -8, 8, 8]
    assert base[3].tolist() == [-16, -16, 16, 16]
    assert base[0, 2].item() == pytest.approx(8 * 2**0.5)
    assert base[0, 3].item() == pytest.approx(8 / 2**0.5)
    grid = grid_anchors(base, 2, 3, 4)
    assert grid.shape == (36, 4)
    assert grid[6 * 4 + 2].tolist() == [-8 + 4, -8 + 4, 8 + 4, 8 + 4]


def test_assignment_follows_the_thresholds() -> None:
    truth = torch.tensor([[0.0, 0, 10, 10], [50, 50, 60, 60]])
    boxes = torch.tensor([[0.0, 0, 10, 10], [0, 0, 10, 5], [0, 0, 10, 2], [52, 52, 62, 62], [80, 80, 90, 90]])
    found = assign(boxes, truth, positive_iou=0.7, negative_iou=0.3, low_quality_iou=0.3)
    # 0.5 is neither; 0.47 is the best that the second crown has.
    assert found.tolist() == [0, IGNORED, BACKGROUND, 1, BACKGROUND]
    found = assign(boxes, truth, positive_iou=0.5, negative_iou=0.5, low_quality_iou=0.5)
    assert found.tolist() == [0, 0, BACKGROUND, BACKGROUND, BACKGROUND]
    assert (
        assign(boxes, truth[:0], positive_iou=0.5, negative_iou=0.5, low_quality_iou=0.5).tolist() == [BACKGROUND] * 5
    )


def test_samples_are_limited_and_repeat_with_the_seed() -> None:
    assigned = torch.tensor([0] * 40 + [BACKGROUND] * 300 + [IGNORED] * 10)
    everything = sample(assigned, count=None, positive_share=0.5)
    assert (len(everything.positive), len(everything.negative), everything.divisor) == (40, 300, 340)
    some = [
        sample(assigned, count=64, positive_share=0.25, generator=torch.Generator().manual_seed(seed))
        for seed in (1, 1, 2)
    ]
    assert [(len(one.positive), len(one.negative)) for one in some] == [(16, 48)] * 3
    assert torch.equal(some[0].negative, some[1].negative)
    assert not torch.equal(some[0].negative, some[2].negative)
    few = sample(assigned[:8], count=64, positive_share=0.5)
    assert (len(few.positive), len(few.negative), few.divisor) == (8, 0, 9)


def test_the_learning_rate_rises_and_falls() -> None:
    options = FitOptions(steps=1000, warmup_steps=100)
    assert rate_factor(0, options) == pytest.approx(0.001)
    assert rate_factor(100, options) > 0.95
    assert rate_factor(500, options) == pytest.approx(0.5, abs=0.01)
    assert rate_factor(1000, options) == pytest.approx(0.001)
    values = [rate_factor(step, options) for step in range(100, 1001)]
    assert values == sorted(values, reverse=True)


def test_the_encoder_taken_apart_is_the_encoder() -> None:
    model = lively_model(tiny_config())
    image = torch.rand(2, 3, 96, 96)
    with torch.no_grad():
        embedding, states = encoder_states(model.backbone.vision_encoder, image)
        assert torch.equal(embedding, model.backbone.vision_encoder(image))
    assert [tuple(one.shape) for one in states] == [(2, 6, 6, 24)] * 4
