"""BalSAM reproduces the authors' values, and `python -m training.golden` tells when a network does not."""

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from balsam_sets import TINY, write_golden_set
from safetensors.torch import load_file, save_file

from training.balsam.predict import predict
from training.golden.__main__ import main
from training.golden.balsam_set import read, unpacked


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set of two tiles, computed by our own model."""
    return write_golden_set(tmp_path_factory.mktemp("golden") / "made")


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    """The same, to be spoilt."""
    return Path(shutil.copytree(made, tmp_path / "set"))


def names_out(capsys: pytest.CaptureFixture[str], folder: Path) -> tuple[int, list[str]]:
    """Exit code, and the arrays that are out of tolerance."""
    code = main([str(folder), "--json"])
    found = json.loads(capsys.readouterr().out)
    assert found["within"] is (code == 0)
    return code, [one["name"] for one in found["differences"] if not one["within"]]


# --- the authors' values --------------------------------------------------------------------------------------------


@pytest.mark.shared
def test_every_array_and_loss_of_the_authors_is_reproduced(
    shared_fixtures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shared_fixtures / "balsam"
    assert main([str(folder), "--json"]) == 0
    found = {one["name"]: one for one in json.loads(capsys.readouterr().out)["differences"]}
    with np.load(folder / "outputs.npz") as outputs:
        assert set(outputs.files) <= set(found)
    losses = json.loads((folder / "losses.json").read_text())
    assert set(losses) - {"grad_l2"} <= set(found)
    # Float32's rounding, far below the tolerances: a norm's epsilon that was wrong by 9e-6 showed here as 6e-5.
    assert found["fpn_0"]["max_difference"] < 2e-5
    assert found["low_res_masks"]["max_difference"] < 1e-3
    worst = next(one for name, one in found.items() if name.startswith("grad_l2"))
    assert worst["max_difference"] < 5e-4


@pytest.mark.shared
def test_the_whole_prediction_gives_the_authors_detections(shared_fixtures: Path) -> None:
    golden = read(shared_fixtures / "balsam")
    found = predict(golden.model, golden.rgb(), golden.elevation())
    for tile, one in enumerate(found):
        assert np.abs(one.boxes.numpy() - golden.outputs[f"det_boxes_{tile}"]).max() < 1e-2
        assert np.abs(one.scores.numpy() - golden.outputs[f"det_scores_{tile}"]).max() < 1e-4
        assert one.labels.tolist() == golden.outputs[f"det_labels_{tile}"].tolist()
        masks = unpacked(golden.outputs[f"det_masks_packed_{tile}"], tuple(one.masks.shape[1:]))
        assert (masks != one.masks.numpy()).sum() <= 48


# --- the check itself, on sets of our own making ----------------------------------------------------------------------


def test_a_whole_set_passes(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(made)]) == 0
    table = capsys.readouterr().out
    assert "within tolerance" in table.splitlines()[-1]
    for name in ("hidden_3", "fpn_4", "rpn_reg_0", "det_masks_packed_1", "loss_mask", "grad_l2"):
        assert name in table


OTHER_SIZES = {
    **TINY,
    "img": 160,
    "num_classes": 1,
    "select": [0, 3, 1],
    "agg_hidden": 4,
    "sam_vision": {**TINY["sam_vision"], "heads": 3, "window": 3, "global_layers": [0, 2], "layers": 3},
    "sam_decoder": {**TINY["sam_decoder"], "heads": 4, "layers": 1, "iou_depth": 4, "downsample": 1},
    "rpn": {**TINY["rpn"], "scales": [8], "ratios": [0.5, 1], "max_per_img": 40},
}


@pytest.mark.parametrize(
    ("config", "tiles", "uses_dsm"),
    [(OTHER_SIZES, 1, True), ({**TINY, "img": 80}, 1, True), (TINY, 1, False)],
    ids=["other sizes", "padded tile", "no elevation"],
)
def test_sets_of_other_sizes_pass(
    tmp_path: Path, config: Mapping[str, Any], tiles: int, uses_dsm: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_golden_set(tmp_path / "set", config=config, tiles=tiles, uses_dsm=uses_dsm, seed=5)
    assert names_out(capsys, folder) == (0, [])


def change_config(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    config = json.loads((folder / "config.json").read_text())
    change(config)
    (folder / "config.json").write_text(json.dumps(config))


SWITCHES: Mapping[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "no input modulation": (lambda c: c.update(dsm_input_modulation=False), "encoder_input_first_image"),
    "embedding modulation": (lambda c: c.update(dsm_modulated_image=True), "low_res_masks"),
    "channels swapped": (lambda c: c.update(channel_order="bgr"), "encoder_input_first_image"),
    "another mean": (lambda c: c["mean"].__setitem__(0, 120.0), "encoder_input_first_image"),
    "levels of boxes": (lambda c: c["rcnn"].update(finest_scale=48), "cls_score"),
    "heads of the decoder": (lambda c: c["sam_decoder"].update(heads=4), "low_res_masks"),
    "other states": (lambda c: c.update(select=[0, 3, 2]), "aggregated"),
    "coding of boxes": (lambda c: c["rcnn"].update(stds=[0.1, 0.1, 0.1, 0.1]), "det_rois"),
    "NMS of proposals": (lambda c: c["rpn"].update(nms_iou=0.5), "proposal_rois"),
    "NMS of detections": (lambda c: c["rcnn"].update(nms_iou=0.1), "det_boxes_0"),
    "mask threshold": (lambda c: c["rcnn"].update(mask_thr=0.4), "det_masks_packed_0"),
    "training limits": (lambda c: c["train"].update(proposal_nms_pre=5), "num_neg_rois_per_image"),
}


@pytest.mark.parametrize("switch", sorted(SWITCHES))
def test_a_wrong_switch_fails(copy: Path, switch: str, capsys: pytest.CaptureFixture[str]) -> None:
    change, array = SWITCHES[switch]
    change_config(copy, change)
    code, names = names_out(capsys, copy)
    assert code == 1
    assert array in names


@pytest.mark.parametrize(
    ("weight", "array"),
    [
        ("backbone.vision_encoder.layers.2.mlp.lin2.bias", "hidden_3"),
        ("backbone_dsm.6.bias", "dsm_embedding"),
        ("neck.feature_spliter.fpn_convs.3.conv.weight", "fpn_4"),
        ("rpn_head.rpn_reg.bias", "rpn_reg_2"),
        ("roi_head.bbox_head.fc_cls.bias", "cls_score"),
        ("roi_head.mask_head.mask_decoder.mask_decoder.iou_prediction_head.proj_out.bias", "iou_predictions"),
        ("shared_image_embedding.shared_image_embedding.positional_embedding", "image_pe"),
    ],
)
def test_a_wrong_weight_fails(copy: Path, weight: str, array: str, capsys: pytest.CaptureFixture[str]) -> None:
    weights = load_file(copy / "model.safetensors")
    weights[weight].view(-1)[0] += 0.1
    save_file(weights, copy / "model.safetensors")
    code, names = names_out(capsys, copy)
    assert code == 1
    assert array in names


def test_every_array_counts(made: Path, copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One wrong value in any array is found, and only the arrays are named that it belongs to."""
    with np.load(made / "outputs.npz") as outputs:
        arrays = dict(outputs)
    spoilt = {}
    for name, value in arrays.items():
        bad = value.copy()
        if name.startswith("det_masks"):
            bad[0, : bad.shape[1] // 2] ^= 255
        elif bad.dtype.kind == "i":
            bad[0] += 1
        else:
            bad.reshape(-1)[bad.size // 2] += 1.0
        spoilt[name] = bad
    np.savez(copy / "outputs.npz", **spoilt)
    code, names = names_out(capsys, copy)
    assert code == 1
    assert set(arrays) - set(names) <= {"det_scores_0", "det_scores_1"}


@pytest.mark.parametrize("entry", ["loss_rpn_cls", "loss_bbox", "total", "acc", "num_pos_rois_per_image", "grad_l2"])
def test_every_loss_counts(copy: Path, entry: str, capsys: pytest.CaptureFixture[str]) -> None:
    losses = json.loads((copy / "losses.json").read_text())
    if entry == "grad_l2":
        losses[entry]["backbone.vision_encoder.pos_embed"] *= 1.01
    elif isinstance(losses[entry], list):
        losses[entry][-1] = losses[entry][-1] * 1.01 + 0.001
    else:
        losses[entry] *= 1.001
    (copy / "losses.json").write_text(json.dumps(losses))
    code, names = names_out(capsys, copy)
    assert code == 1
    assert [name.split(" ")[0] for name in names] == [entry]


def test_an_array_that_no_check_is_known_for_is_an_error(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file, name in (("outputs.npz", "new_output"), ("inputs.npz", "new_input")):
        with np.load(copy / file) as found:
            arrays = dict(found)
        np.savez(copy / file, **arrays, **{name: np.zeros(3)})
    losses = json.loads((copy / "losses.json").read_text())
    (copy / "losses.json").write_text(json.dumps({**losses, "loss_new": 0.0}))
    code, names = names_out(capsys, copy)
    assert code == 1
    assert [name.split(" ")[0] for name in names] == ["new_output", "new_input", "loss_new"]
    assert all("no check is known" in name for name in names)


def test_a_gradient_on_one_side_only_is_an_error(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    losses = json.loads((copy / "losses.json").read_text())
    losses["grad_l2"]["a.weight"] = 1.0
    del losses["grad_l2"]["rpn_head.rpn_cls.bias"]
    (copy / "losses.json").write_text(json.dumps(losses))
    code, names = names_out(capsys, copy)
    assert code == 1
    assert len([name for name in names if "on one side only" in name]) == 2


SPOILERS: Mapping[str, Callable[[Path], object]] = {
    "no folder": shutil.rmtree,
    "empty": lambda folder: [path.unlink() for path in folder.iterdir()],
    "no config": lambda folder: (folder / "config.json").unlink(),
    "config is text": lambda folder: (folder / "config.json").write_text("hello"),
    "config is a list": lambda folder: (folder / "config.json").write_text("[]"),
    "config of something else": lambda folder: (folder / "config.json").write_text('{"a": 1}'),
    "config lacks a part": lambda folder: change_config(folder, lambda c: c.pop("rpn")),
    "config of a wrong kind": lambda folder: change_config(folder, lambda c: c.update(rcnn=3)),
    "random samples": lambda folder: change_config(folder, lambda c: c["train"].update(rpn_sampler="random")),
    "another width": lambda folder: change_config(folder, lambda c: c.update(fc=25)),
    "another size": lambda folder: change_config(folder, lambda c: c.update(img=64)),
    "no weights": lambda folder: (folder / "model.safetensors").unlink(),
    "weights are text": lambda folder: (folder / "model.safetensors").write_text("hello"),
    "no outputs": lambda folder: (folder / "outputs.npz").unlink(),
    "outputs cut short": lambda folder: (folder / "outputs.npz").write_bytes(b"PK\x03\x04 no more"),
    "outputs are empty": lambda folder: np.savez(folder / "outputs.npz"),
    "no losses": lambda folder: (folder / "losses.json").unlink(),
    "inputs lack the picture": lambda folder: np.savez(folder / "inputs.npz", a=np.zeros(3)),
    "inputs lack elevation": lambda folder: np.savez(folder / "inputs.npz", rgb=np.zeros((1, 96, 96, 3), np.uint8)),
    "objects for arrays": lambda folder: np.savez(folder / "inputs.npz", rgb=np.array([{}], dtype=object)),
}


@pytest.mark.parametrize("spoiler", sorted(SPOILERS))
def test_a_folder_that_is_no_set_is_refused_in_a_sentence(
    copy: Path, spoiler: str, capsys: pytest.CaptureFixture[str]
) -> None:
    SPOILERS[spoiler](copy)
    assert main([str(copy)]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.strip().endswith(".")
    assert "Traceback" not in captured.err
