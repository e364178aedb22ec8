"""Mask R-CNN of our own: torchvision's names, shapes and pooling; converted, run on the host, taught a little."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor

from inference.errors import ModelError
from inference.jobs import CancelToken
from inference.models.store import InstalledModel, load
from inference.plot.grid import Grid
from inference.plot.tile import Tile
from inference.segment.detection.boxes import moved
from inference.segment.maskrcnn.segmenter import MaskRcnnSegmenter
from training.balsam.truth import Truth
from training.checkpoints import read_checkpoint
from training.convert.maskrcnn import convert
from training.convert.options import ConvertOptions
from training.maskrcnn.config import MaskRcnnConfig
from training.maskrcnn.graphs import box_outputs, mask_outputs
from training.maskrcnn.losses import Sampling, losses
from training.maskrcnn.model import MaskRcnn, load_mask_rcnn, present_names, widened
from training.maskrcnn.pooling import levels_of, roi_align

TINY = MaskRcnnConfig(classes=3, width=8, blocks=(1, 1, 1, 1), pyramid=16, fc=32)
SIDE = 128
FEW = Sampling(nms_pre=100, proposals=100)


def tiny(**changes: int) -> MaskRcnn:
    torch.manual_seed(3)
    model = MaskRcnn(replace(TINY, **changes))
    with torch.no_grad():
        for name, value in model.named_buffers():
            if name.endswith(("running_var", "bn1.weight", "bn2.weight", "bn3.weight")):
                value.uniform_(0.8, 1.2)
        # Scores and boxes that differ from place to place.
        for part in ("rpn.head.cls_logits", "rpn.head.bbox_pred", "roi_heads.box_predictor.cls_score"):
            model.get_parameter(f"{part}.weight").normal_(std=0.4)
    return model.eval()


def test_the_full_size_has_torchvisions_names_and_parameters() -> None:
    with torch.device("meta"):
        model = MaskRcnn(MaskRcnnConfig())
    names = {name: tuple(value.shape) for name, value in model.state_dict().items()}
    assert len(names) == 307
    # What torchvision states of its COCO weights.
    assert sum(value.numel() for value in model.parameters()) == 44_401_393
    assert names["backbone.body.layer4.0.downsample.0.weight"] == (2048, 1024, 1, 1)
    assert names["backbone.body.layer2.3.bn3.running_var"] == (512,)
    assert names["backbone.fpn.inner_blocks.3.0.weight"] == (256, 2048, 1, 1)
    assert names["rpn.head.conv.0.0.weight"] == (256, 256, 3, 3)
    assert names["roi_heads.mask_head.3.0.bias"] == (256,)
    assert names["roi_heads.mask_predictor.mask_fcn_logits.weight"] == (91, 256, 1, 1)


def older_names(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """As files from before torchvision 0.13 have them; COCO's is one."""
    older = {}
    for name, value in tensors.items():
        for part in ("inner_blocks", "layer_blocks"):
            for level in range(4):
                name = name.replace(f"{part}.{level}.0.", f"{part}.{level}.")
        name = name.replace("rpn.head.conv.0.0.", "rpn.head.conv.")
        for layer in range(4):
            name = name.replace(f"mask_head.{layer}.0.", f"mask_head.mask_fcn{layer + 1}.")
        older[name] = value
    return older


def test_files_of_old_and_new_torchvision_load() -> None:
    tensors = dict(tiny().state_dict())
    assert set(older_names(tensors)) != set(tensors)
    assert set(present_names(older_names(tensors))) == set(tensors)
    for given in (tensors, older_names(tensors)):
        model = load_mask_rcnn(given)
        assert model.config == TINY
        for name, value in model.state_dict().items():
            assert torch.equal(value, tensors[name])


def test_layers_that_count_batches_have_torchs_epsilon() -> None:
    counted = {**tiny().state_dict(), "backbone.body.bn1.num_batches_tracked": torch.tensor(7)}
    assert load_mask_rcnn(counted).config.norm_eps == 1e-5


@pytest.mark.parametrize("missing", ["backbone.body.layer3.0.conv2.weight", "rpn.head.cls_logits.weight"])
def test_a_checkpoint_with_a_hole_is_refused_in_words(missing: str) -> None:
    tensors = dict(tiny().state_dict())
    del tensors[missing]
    with pytest.raises(ModelError, match="is no Mask R-CNN") as raised:
        load_mask_rcnn(tensors)
    assert raised.value.code == "maskrcnn.unfit"


def test_widening_keeps_the_colours_and_takes_elevation() -> None:
    tensors = dict(tiny().state_dict())
    wide = load_mask_rcnn(widened(tensors))
    assert wide.config.uses_dsm
    first = "backbone.body.conv1.weight"
    assert torch.equal(wide.state_dict()[first][:, :3], tensors[first])
    assert wide.state_dict()[first][:, 3].std() > 0
    rgb = torch.rand(1, 3, 64, 64) * 255
    flat, steep = (wide.levels(rgb, torch.full((1, 1, 64, 64), value))[0] for value in (0.0, 1.0))
    plain = load_mask_rcnn(tensors).levels(rgb)[0]
    torch.testing.assert_close(flat, plain)
    assert not torch.allclose(steep, plain)


def test_levels_have_their_strides() -> None:
    levels = tiny().levels(torch.rand(2, 3, SIDE, SIDE) * 255)
    assert [tuple(level.shape) for level in levels] == [
        (2, 16, SIDE // stride, SIDE // stride) for stride in (4, 8, 16, 32, 64)
    ]


def slow_roi_align(features: np.ndarray, box: np.ndarray, out: int) -> np.ndarray:
    """The operator's definition, sample by sample: half_pixel off, two samples a bin and axis."""
    channels, height, width = features.shape
    x1, y1, x2, y2 = box
    bin_w, bin_h = max(x2 - x1, 1.0) / out, max(y2 - y1, 1.0) / out
    result = np.zeros((channels, out, out))
    for row in range(out):
        for col in range(out):
            for sub in range(4):
                y = y1 + (row + (sub // 2 + 0.5) / 2) * bin_h
                x = x1 + (col + (sub % 2 + 0.5) / 2) * bin_w
                if y < -1 or y > height or x < -1 or x > width:
                    continue
                y, x = max(y, 0.0), max(x, 0.0)
                low_y, low_x = min(int(y), height - 1), min(int(x), width - 1)
                high_y, high_x = min(low_y + 1, height - 1), min(low_x + 1, width - 1)
                dy = 0.0 if low_y == height - 1 else y - low_y
                dx = 0.0 if low_x == width - 1 else x - low_x
                above = features[:, low_y, low_x] * (1 - dx) + features[:, low_y, high_x] * dx
                below = features[:, high_y, low_x] * (1 - dx) + features[:, high_y, high_x] * dx
                result[:, row, col] += (above * (1 - dy) + below * dy) / 4
    return result


def test_pooling_is_the_operators_definition() -> None:
    rng = np.random.default_rng(0)
    features = rng.normal(size=(3, 12, 15)).astype(np.float32)
    boxes = np.array([[1.2, 0.7, 9.3, 8.1], [0, 0, 15, 12], [3.4, 3.4, 3.6, 3.5], [10, 8, 18, 14]], dtype=np.float32)
    found = roi_align(torch.from_numpy(features)[None], torch.from_numpy(boxes), 7).numpy()
    for index, box in enumerate(boxes):
        np.testing.assert_allclose(found[index], slow_roi_align(features, box, 7), atol=1e-5)


def test_boxes_are_pooled_from_the_level_of_their_size() -> None:
    sides = torch.tensor([10.0, 111.9, 112.1, 224.1, 448.1, 3000.0])
    boxes = torch.stack([torch.zeros(6), torch.zeros(6), sides, sides], dim=1)
    assert levels_of(boxes).tolist() == [0, 0, 1, 2, 3, 3]


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> tuple[MaskRcnn, InstalledModel]:
    """A model with elevation that went through its file and the converter."""
    folder = tmp_path_factory.mktemp("maskrcnn")
    wide = widened(dict(tiny().state_dict()))
    save_file({name: value.contiguous() for name, value in wide.items()}, folder / "m.safetensors")
    checkpoint = read_checkpoint(folder / "m.safetensors")
    assert checkpoint.kind == "maskrcnn"
    (folder / "mr").mkdir()
    settings = {"tile_px": SIDE, "rcnn": {"score_thr": 0.2}}
    convert(checkpoint, ConvertOptions(model_id="mr", gsd_m=0.1, settings=settings), folder / "mr", lambda _line: None)
    return load_mask_rcnn(checkpoint.tensors), load(folder / "mr", shipped=False)


def scene() -> Tile:
    rng = np.random.default_rng(5)
    rgb = np.kron(rng.integers(0, 255, (3, 8, 8)), np.ones((16, 16))).astype(np.uint8)
    dsm_m = np.kron(rng.uniform(300, 330, (8, 8)), np.ones((16, 16))).astype(np.float32)
    grid = Grid("", 0.0, SIDE * 0.1, 0.1, SIDE, SIDE)
    everywhere = np.ones((SIDE, SIDE), dtype=bool)
    return Tile(0, grid, grid.bounds_crs, rgb, everywhere, everywhere, dsm_m, dsm_m, "DSM-DTM", 1.0)


def test_the_card_says_what_the_model_needs(converted: tuple[MaskRcnn, InstalledModel]) -> None:
    card = converted[1].card
    assert (card.family, card.task, card.tile_px, card.needs_dsm) == ("maskrcnn", "crowns", SIDE, True)
    assert len(card.classes) == 3
    assert card.settings["rcnn"] == {"score_thr": 0.2, "nms_iou": 0.5, "max_per_img": 100, "mask_thr": 0.5}


def test_the_host_finds_what_torch_finds(converted: tuple[MaskRcnn, InstalledModel]) -> None:
    model, installed = converted
    tile = scene()
    crowns = MaskRcnnSegmenter(installed, replace(MaskRcnnSegmenter.defaults(installed.card), min_area_m2=0.0)).segment(
        tile, CancelToken()
    )
    assert crowns
    assert tile.dsm_m is not None
    with torch.no_grad():
        rgb = torch.from_numpy(tile.rgb[None].astype(np.float32))
        levels = model.levels(rgb, torch.from_numpy(tile.dsm_m / tile.dsm_m.max())[None, None])
        best = _best_of_all_anchors(model, levels)
    assert crowns[0].score == pytest.approx(best, abs=1e-4)
    for crown in crowns:
        height, width = crown.mask.shape
        assert crown.row0 >= 0
        assert crown.row0 + height <= SIDE
        assert crown.col0 + width <= SIDE
        assert crown.score > 0.2
        assert set(crown.species_hints) <= {"class 1", "class 2", "class 3"}


def _best_of_all_anchors(model: MaskRcnn, levels: list[Tensor]) -> float:
    """The highest class score over the proposals, every step done again with torch's own sort."""
    from training.maskrcnn import losses as steps

    cls, reg = model.proposals(levels)
    anchors, logits, deltas = steps._flat(model, [one[0] for one in cls], [one[0] for one in reg])
    boxes = steps._proposals(anchors, logits, deltas, (SIDE, SIDE), Sampling(nms_pre=1000, proposals=1000))
    scores, moves = box_outputs(model, levels, boxes)
    kept = scores[:, :-1].max(dim=1).values
    row = int(kept.argmax())
    label = scores[row, :-1].argmax().reshape(1)
    box = moved(
        boxes[row : row + 1].numpy(), moves.reshape(-1, 3, 4)[row, label].numpy(), (0.1, 0.1, 0.2, 0.2), (SIDE, SIDE)
    )
    assert mask_outputs(model, levels, torch.from_numpy(box), label).shape == (1, 1, 28, 28)
    return float(kept[row])


def test_int8_is_refused_in_words(tmp_path: Path) -> None:
    save_file({name: value.contiguous() for name, value in tiny().state_dict().items()}, tmp_path / "m.safetensors")
    with pytest.raises(ModelError, match="--precision fp32"):
        convert(
            read_checkpoint(tmp_path / "m.safetensors"), ConvertOptions(precision="int8"), tmp_path, lambda _line: None
        )


def truth_of(*corners: tuple[int, int]) -> Truth:
    masks = torch.zeros(len(corners), SIDE, SIDE, dtype=torch.bool)
    boxes = torch.zeros(len(corners), 4)
    for index, (row, col) in enumerate(corners):
        masks[index, row : row + 40, col : col + 40] = True
        boxes[index] = torch.tensor([col, row, col + 40, row + 40])
    return Truth(boxes, torch.arange(len(corners)) % 3, masks)


def test_training_lowers_the_losses() -> None:
    torch.manual_seed(0)
    model = tiny().train()
    rgb = torch.full((2, 3, SIDE, SIDE), 40.0)
    rgb[0, :, 20:60, 30:70] = 220.0
    truths = [truth_of((20, 30)), truth_of()]
    optimiser = torch.optim.SGD(model.parameters(), lr=0.02, momentum=0.9)
    totals = []
    for step in range(8):
        found = losses(model, rgb, truths, sampling=FEW, generator=torch.Generator().manual_seed(step))
        assert all(
            torch.isfinite(part) for part in (found.objectness, found.rpn_box, found.classes, found.box, found.mask)
        )
        optimiser.zero_grad()
        found.total.backward()
        optimiser.step()
        totals.append(float(found.total.detach()))
    assert min(totals[-3:]) < 0.8 * totals[0]


def test_every_weight_that_can_learn_gets_a_gradient() -> None:
    model = tiny().train()
    losses(
        model,
        torch.rand(1, 3, SIDE, SIDE) * 255,
        [truth_of((20, 30), (70, 60))],
        sampling=Sampling(None, None, 200, 200),
    ).total.backward()
    without = [name for name, value in model.named_parameters() if value.grad is None or not value.grad.abs().sum() > 0]
    assert without == []
