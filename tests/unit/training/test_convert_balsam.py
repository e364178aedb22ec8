"""BalSAM and RSPrompter checkpoints become three graphs that answer as torch does, for any number of boxes."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from safetensors.torch import save_file

from inference.errors import ModelError
from inference.models.card import METADATA_KEY, ModelCard, ModelClass
from training.balsam.config import BalsamConfig, Repairs
from training.balsam.model import Balsam, Features
from training.checkpoints import Checkpoint
from training.convert import __main__ as program
from training.convert import balsam
from training.convert.balsam_sizes import config_of, settings_of
from training.convert.options import ConvertOptions
from training.segment_anything_models import SamConfig

SAM = SamConfig(
    tile_px=128, width=24, depth=2, heads=2, mlp_width=40, window=5, global_blocks=(1,), out=16,
    decoder_mlp_width=32, iou_width=16,
)  # fmt: skip
CONFIG = BalsamConfig(
    classes=3, sam=SAM, selected_states=(1, 2), aggregator_width=8, fc_width=24, dsm_first=4, dsm_mid=8
)
RGB_ONLY = replace(CONFIG, uses_dsm=False, dsm_input_modulation=False, channel_order="bgr")


def lively(config: BalsamConfig) -> Balsam:
    torch.manual_seed(5)
    model = Balsam(config).eval()
    with torch.no_grad():
        for name, value in model.named_parameters():
            if any(part in name for part in ("rel_pos", "pos_embed", "bias", "rpn_", "fc_")):
                value.normal_(std=0.2)
    return model


def checkpoint_of(model: Balsam, kind: str = "balsam", **facts: object) -> Checkpoint:
    tensors = {name: value.clone() for name, value in model.state_dict().items()}
    return Checkpoint(tensors, kind, facts, "ab" * 32, Path("best_coco_segm_mAP_epoch_9.pth"))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> tuple[ModelCard, Path, Balsam]:
    folder = tmp_path_factory.mktemp("balsam")
    model = lively(CONFIG)
    told: list[str] = []
    options = ConvertOptions(gsd_m=0.02, settings={"rcnn": {"score_thr": 0.2}, "dsm_norm": "minmax"})
    card = balsam.convert(checkpoint_of(model), options, folder, told.append)
    assert sum("largest difference" in line for line in told) == 16 + 4 + 4
    return card, folder, model


def run(path: Path, feeds: dict[str, Any]) -> dict[str, Any]:
    """Through ONNX Runtime alone."""
    opened = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    names = [output.name for output in opened.get_outputs()]
    wanted = {entry.name for entry in opened.get_inputs()}
    assert wanted == set(feeds)
    arrays = {name: np.asarray(value) for name, value in feeds.items()}
    return dict(zip(names, opened.run(names, arrays), strict=True))


def features_of(model: Balsam) -> Features:
    with torch.no_grad():
        return model.features(*balsam.example_inputs(model).values())


def test_the_card_tells_what_the_weights_cannot(converted: tuple[ModelCard, Path, Balsam]) -> None:
    card, folder, _ = converted
    assert (card.family, card.task, card.tile_px, card.gsd_m) == ("balsam", "crowns", 128, 0.02)
    assert card.uses_dsm
    assert card.needs_dsm
    assert [one.name for one in card.classes] == ["class 1", "class 2", "class 3"]
    assert card.settings["dsm_norm"] == "minmax"
    assert card.settings["dsm_input_modulation"] is True
    assert card.settings["channel_order"] == "rgb"
    assert card.settings["mask_chunk"] == 25
    rcnn, rpn = card.settings["rcnn"], card.settings["rpn"]
    assert isinstance(rcnn, dict)
    assert isinstance(rpn, dict)
    assert (rcnn["score_thr"], rcnn["nms_iou"], rcnn["stds"]) == (0.2, 0.5, [0.1, 0.1, 0.2, 0.2])
    assert (rpn["scales"], rpn["strides"], rpn["nms_pre"]) == ([4, 8], [4, 8, 16, 32, 64], 1000)
    assert ModelCard.from_json((folder / "card.json").read_text(encoding="utf-8"), where="card.json") == card


def test_every_graph_carries_the_card_and_standard_operators(converted: tuple[ModelCard, Path, Balsam]) -> None:
    card, folder, _ = converted
    assert set(card.graphs) == {"encoder", "boxes", "masks"}
    for role, file in card.graphs.items():
        model = onnx.load(str(folder / file.file))
        found = {entry.key: entry.value for entry in model.metadata_props}
        assert ModelCard.from_json(found[METADATA_KEY], where=role) == replace(card, graphs={})
        assert {entry.domain for entry in model.opset_import} == {""}
    pooled = [node.op_type for node in onnx.load(str(folder / "boxes.onnx")).graph.node]
    assert pooled.count("RoiAlign") == 4


def test_the_encoder_answers_as_torch_does(converted: tuple[ModelCard, Path, Balsam]) -> None:
    _, folder, model = converted
    generator = np.random.default_rng(1)
    rgb = generator.integers(0, 256, (1, 3, 128, 128)).astype(np.float32)
    elevation = generator.random((1, 1, 128, 128)).astype(np.float32)
    with torch.no_grad():
        expected = model.features(torch.from_numpy(rgb), torch.from_numpy(elevation))
    found = run(folder / "encoder.onnx", {"rgb": rgb, "elevation": elevation})
    np.testing.assert_allclose(found["embedding"], expected.embedding, atol=5e-5)
    np.testing.assert_allclose(found["dense"], expected.dense, atol=5e-5)
    for index in range(4):
        np.testing.assert_allclose(found[f"level{index}"], expected.roi_levels[index], atol=5e-5)
    for index in range(5):
        np.testing.assert_allclose(found[f"rpn_cls{index}"], expected.rpn_cls[index], atol=2e-4)
        np.testing.assert_allclose(found[f"rpn_reg{index}"], expected.rpn_reg[index], atol=2e-4)


@pytest.mark.parametrize("count", [1, 3, 30, 300])
def test_any_number_of_boxes(converted: tuple[ModelCard, Path, Balsam], count: int) -> None:
    _, folder, model = converted
    found, boxes = features_of(model), balsam.example_boxes(count, 128)
    levels = {f"level{index}": found.roi_levels[index] for index in range(4)}
    with torch.no_grad():
        logits, deltas = model.boxes(found.roi_levels, boxes)
        masks, iou = model.masks(found.embedding, found.dense, found.roi_levels, boxes)
    answers = run(folder / "boxes.onnx", {**levels, "boxes": boxes})
    np.testing.assert_allclose(answers["scores"], logits.softmax(dim=1), atol=2e-5)
    np.testing.assert_allclose(answers["deltas"], deltas, atol=1e-4)
    np.testing.assert_allclose(answers["scores"].sum(axis=1), 1.0, atol=1e-5)
    answers = run(folder / "masks.onnx", {"embedding": found.embedding, "dense": found.dense, **levels, "boxes": boxes})
    assert answers["masks"].shape == (count, 1, 32, 32)
    np.testing.assert_allclose(answers["masks"], masks, atol=2e-4)
    np.testing.assert_allclose(answers["iou"], iou, atol=1e-4)


def test_boxes_in_chunks_are_the_boxes_at_once(converted: tuple[ModelCard, Path, Balsam]) -> None:
    _, folder, model = converted
    found, boxes = features_of(model), balsam.example_boxes(30, 128)
    shared = {f"level{index}": found.roi_levels[index] for index in range(4)}
    shared |= {"embedding": found.embedding, "dense": found.dense}
    whole = run(folder / "masks.onnx", {**shared, "boxes": boxes})["masks"]
    parts = [run(folder / "masks.onnx", {**shared, "boxes": boxes[i : i + 25]})["masks"] for i in (0, 25)]
    np.testing.assert_allclose(np.concatenate(parts), whole, atol=1e-5)


def test_a_model_without_elevation_takes_none_and_swaps_its_channels(tmp_path: Path) -> None:
    model = lively(RGB_ONLY)
    checkpoint = checkpoint_of(model, "rsprompter")
    loaded = balsam.load(checkpoint, ConvertOptions())
    card = balsam._card(checkpoint, ConvertOptions(), loaded.config, lambda _: None)
    balsam.write_encoder(loaded, tmp_path / "encoder.onnx", lambda _: None)
    assert not card.uses_dsm
    assert not card.needs_dsm
    assert card.settings["channel_order"] == "bgr"
    assert "assumed" in card.limits
    rgb = np.random.default_rng(1).integers(0, 256, (1, 3, 128, 128)).astype(np.float32)
    with torch.no_grad():
        expected = model.features(torch.from_numpy(rgb))
    np.testing.assert_allclose(run(tmp_path / "encoder.onnx", {"rgb": rgb})["embedding"], expected.embedding, atol=5e-5)


def test_optional_elevation_is_an_input_of_the_graph(tmp_path: Path) -> None:
    config = replace(CONFIG, dsm_input_modulation=False, dsm_norm="relief", repairs=Repairs(optional_dsm=True))
    model = lively(config)
    settings = {"dsm_input_modulation": False, "dsm_norm": "relief", "score_with_iou": True}
    told: list[str] = []
    loaded = balsam.load(checkpoint_of(model), ConvertOptions(settings=settings))
    assert loaded.config == replace(config, repairs=Repairs(optional_dsm=True, score_with_iou=True))
    balsam.write_encoder(loaded, tmp_path / "encoder.onnx", told.append)
    inputs = balsam.example_inputs(model)
    for has in (0.0, 1.0):
        inputs["has_elevation"] = torch.tensor([has])
        with torch.no_grad():
            expected = model.features(*inputs.values())
        found = run(tmp_path / "encoder.onnx", inputs)
        np.testing.assert_allclose(found["dense"], expected.dense, atol=5e-5)


@pytest.mark.parametrize("config", [CONFIG, RGB_ONLY])
def test_sizes_are_read_off_the_weights(config: BalsamConfig) -> None:
    found = config_of(lively(config).state_dict(), None, {})
    sam = replace(found.sam, decoder_heads=SAM.decoder_heads)
    assert replace(found, sam=sam, dsm_first=config.dsm_first, dsm_mid=config.dsm_mid) == config
    told = settings_of(found, 25)
    assert json.loads(json.dumps(told)) == told


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"dsm_norm": "gradient"}, "convert.balsam_config"),
        ({"channel_order": "grb"}, "convert.balsam_config"),
        ({"rcnn": {"no_such": 1}}, "convert.balsam_config"),
        ({"rcnn": 5}, "convert.setting_value"),
        ({"decoder_heads": "many"}, "convert.setting_value"),
    ],
)
def test_a_senseless_setting_is_a_sentence(settings: dict[str, Any], code: str) -> None:
    with pytest.raises(ModelError) as caught:
        balsam.load(checkpoint_of(lively(CONFIG)), ConvertOptions(settings=settings))
    assert caught.value.code == code


def test_class_names_come_from_mmengine_or_from_the_user() -> None:
    facts = {"meta": {"dataset_meta": {"classes": ["Picea", "Pinus", "dead"]}}}
    checkpoint = checkpoint_of(lively(CONFIG), **facts)
    config = config_of(checkpoint.tensors, None, {})
    card = balsam._card(checkpoint, ConvertOptions(), config, lambda _: None)
    assert [one.name for one in card.classes] == ["Picea", "Pinus", "dead"]
    with pytest.raises(ModelError) as caught:
        balsam._card(checkpoint, ConvertOptions(classes=(ModelClass("Picea"),)), config, lambda _: None)
    assert caught.value.code == "convert.classes"


@pytest.mark.parametrize("change", ["missing", "shape", "surplus"])
def test_weights_that_do_not_fit_are_a_sentence_and_leave_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: str
) -> None:
    tensors = {name: value.clone() for name, value in lively(CONFIG).state_dict().items()}
    if change == "missing":
        del tensors["rpn_head.rpn_cls.bias"]
    elif change == "shape":
        tensors["roi_head.bbox_head.fc_reg.bias"] = torch.zeros(5)
    else:
        tensors["roi_head.extra.weight"] = torch.zeros(5)
    save_file(tensors, tmp_path / "model.safetensors")
    assert program.main([str(tmp_path / "model.safetensors"), "-o", str(tmp_path / "out")]) == 4
    told = capsys.readouterr().err
    assert "does not fit" in told
    assert "Traceback" not in told
    assert not list(tmp_path.glob("out/*"))


@pytest.mark.shared
def test_the_golden_values_come_out_of_the_graphs(tmp_path: Path, shared_fixtures: Path) -> None:
    """The authors' numbers, through the command line and ONNX Runtime."""
    golden = shared_fixtures / "balsam"
    assert program.main([str(golden / "model.safetensors"), "-o", str(tmp_path), "--id", "golden"]) == 0
    folder = tmp_path / "golden"
    inputs, outputs = np.load(golden / "inputs.npz"), np.load(golden / "outputs.npz")
    rgb = inputs["rgb"][:1].transpose(0, 3, 1, 2).astype(np.float32)
    dsm = inputs["dsm"][:1, None]
    found = run(folder / "encoder.onnx", {"rgb": rgb, "elevation": dsm / dsm.max()})
    np.testing.assert_allclose(found["embedding"], outputs["image_embeddings"][:1], atol=1e-4)
    np.testing.assert_allclose(found["dense"], outputs["dsm_embedding"][:1], atol=1e-4)
    for index in range(5):
        np.testing.assert_allclose(found[f"rpn_cls{index}"], outputs[f"rpn_cls_{index}"][:1], atol=5e-4)
        np.testing.assert_allclose(found[f"rpn_reg{index}"], outputs[f"rpn_reg_{index}"][:1], atol=5e-4)
    rois = outputs["proposal_rois"]
    levels = {f"level{index}": found[f"level{index}"] for index in range(4)}
    answers = run(folder / "boxes.onnx", {**levels, "boxes": rois[rois[:, 0] == 0, 1:]})
    logits = outputs["cls_score"][: len(answers["scores"])]
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    np.testing.assert_allclose(answers["scores"], shares / shares.sum(axis=1, keepdims=True), atol=1e-4)
    np.testing.assert_allclose(answers["deltas"], outputs["bbox_pred"][: len(logits)], atol=5e-4)
    rois = outputs["det_rois"]
    own = rois[rois[:, 0] == 0, 1:]
    feeds = {"embedding": found["embedding"], "dense": found["dense"], **levels, "boxes": own}
    masks = run(folder / "masks.onnx", feeds)["masks"]
    wanted = outputs["low_res_masks"].reshape(-1, *masks.shape[1:])
    np.testing.assert_allclose(masks[: len(wanted)], wanted[: len(masks)], atol=5e-3)
