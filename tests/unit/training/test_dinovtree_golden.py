"""DINOvTree's golden values are reproduced, mistakes are found, and nothing in a folder is passed over."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from inference.errors import InputError
from training.dinovtree import backbone, heads, losses, positions
from training.dinovtree.model import Dinovtree
from training.golden.__main__ import main
from training.golden.dinovtree import case_differences, check, read_model
from training.golden.dinovtree_rules import training_differences

pytestmark = pytest.mark.shared

CASES = ("case_sq64.npz", "case_rect48x80.npz")  # the two that are quick, one of them not square


@pytest.fixture
def golden(shared_fixtures: Path) -> Path:
    return shared_fixtures / "dinovtree"


@pytest.fixture
def copied(golden: Path, tmp_path: Path) -> Path:
    """A folder of its own with all but the large case."""
    for file in golden.iterdir():
        if file.is_file() and file.name != "case_full512.npz":
            (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


def largest(model: Dinovtree, golden: Path, case: str, array: str) -> float:
    found = {one.name: one.max_difference for one in case_differences(model, golden / case)}
    return found[f"{Path(case).stem}/{array}"]


def beyond(model: Dinovtree, golden: Path) -> bool:
    return any(not one.within for case in CASES for one in case_differences(model, golden / case))


def test_every_array_is_within_its_tolerance(golden: Path) -> None:
    found = check(golden)
    assert [one for one in found if not one.within] == []
    inputs = {"image_uint8", "class_pred", "class_true", "height_pred", "height_true", "batch_sizes", "masks"}
    inputs |= {"class_index", "resolution_m", "lr_config", "in_logits", "in_height_pred", "in_cls", "in_height"}
    arrays = {f"{path.stem}/{name}" for path in golden.glob("*.npz") for name in np.load(path).files}
    assert {one.name for one in found} == {name for name in arrays if name.partition("/")[2] not in inputs}


def test_logits_and_heights_are_closer_than_an_independent_implementation_was(golden: Path) -> None:
    model = read_model(golden)
    assert largest(model, golden, "case_sq64.npz", "class_logits") < 3e-6
    assert largest(model, golden, "case_sq64.npz", "height_preact") < 8e-6


def wrong_epsilon(model: Dinovtree) -> None:
    for part in model.backbone.modules():
        if isinstance(part, nn.LayerNorm):
            part.eps = 1e-6


def open_key_bias(model: Dinovtree) -> None:
    for block in model.backbone.blocks:
        block.attn.qkv.bias_mask = None


def four_heads(model: Dinovtree) -> None:
    model.task_heads.cross_attn_cls.heads = model.task_heads.cross_attn_height.heads = 4


def no_layer_scale(model: Dinovtree) -> None:
    for block in model.backbone.blocks:
        nn.init.ones_(block.ls1.gamma)


def swapped_registers(model: Dinovtree) -> None:
    tokens = model.backbone.storage_tokens
    with torch.no_grad():
        tokens.copy_(tokens.flip(1))


def channels_swapped(model: Dinovtree) -> None:
    with torch.no_grad():
        model.backbone.patch_embed.proj.weight.copy_(model.backbone.patch_embed.proj.weight.flip(1))


@pytest.mark.parametrize(
    "mistake",
    [wrong_epsilon, open_key_bias, four_heads, no_layer_scale, channels_swapped],
    ids=lambda one: one.__name__,
)
def test_a_mistake_in_the_network_is_found(golden: Path, mistake: Callable[[Dinovtree], None]) -> None:
    model = read_model(golden)
    assert not beyond(model, golden)
    mistake(model)
    assert beyond(model, golden)


def test_the_order_of_registers_shows_in_the_tokens(golden: Path) -> None:
    model = read_model(golden)
    swapped_registers(model)
    assert largest(model, golden, "case_sq64.npz", "tokens_in") > 1e-3


def test_an_approximate_gelu_is_found(golden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = functional.gelu
    monkeypatch.setattr(backbone.functional, "gelu", lambda values: exact(values, approximate="tanh"))
    assert beyond(read_model(golden), golden)


def test_other_coordinates_of_the_rotation_are_found_where_the_picture_is_no_square(
    golden: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = read_model(golden)
    own = positions.RopeEmbedding.forward

    def by_the_longer_side(self: positions.RopeEmbedding, rows: int, cols: int) -> tuple[torch.Tensor, torch.Tensor]:
        side = max(rows, cols)
        sin, cos = own(self, side, side)
        keep = torch.arange(side * side).reshape(side, side)[:rows, :cols].flatten()
        return sin[keep], cos[keep]

    monkeypatch.setattr(positions.RopeEmbedding, "forward", by_the_longer_side)
    assert largest(model, golden, "case_sq64.npz", "class_logits") < 3e-6
    assert largest(model, golden, "case_rect48x80.npz", "class_logits") > 1e-3


def test_interleaved_rotation_is_found(golden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interleaved(tokens: torch.Tensor, sin: torch.Tensor, cos: torch.Tensor) -> torch.Tensor:
        pairs = torch.stack((-tokens[..., 1::2], tokens[..., 0::2]), dim=-1).flatten(-2)
        return tokens * cos + pairs * sin

    monkeypatch.setattr(backbone, "rotate", interleaved)
    assert beyond(read_model(golden), golden)


def test_a_residual_from_the_normed_tokens_is_found(golden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = heads.TaskHeads._look

    def from_normed(self: heads.TaskHeads, tokens: torch.Tensor, *rest: object) -> object:
        return own(self, self.norm1(tokens), *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(heads.TaskHeads, "_look", from_normed)
    assert beyond(read_model(golden), golden)


def test_another_balance_of_the_tasks_is_found(golden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(losses.DynamicWeights, "total", lambda self, both: both[0] + both[1])
    assert any(not one.within for one in training_differences(golden / "training.npz"))


@pytest.mark.parametrize("name", ["case_sq64.npz", "metrics.npz", "allometric.npz", "training.npz"])
def test_an_array_that_no_check_knows_is_an_error(copied: Path, name: str) -> None:
    arrays = dict(np.load(copied / name)) | {"out_new": np.zeros(3)}
    np.savez(copied / name, **arrays)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="out_new") as caught:
        check(copied)
    assert caught.value.code == "golden.unknown_array"


def test_a_file_that_no_check_knows_is_an_error(copied: Path) -> None:
    np.savez(copied / "more.npz", a=np.zeros(3))
    with pytest.raises(InputError, match=r"more\.npz"):
        check(copied)


def test_changed_values_are_told(copied: Path) -> None:
    for name, array in (("case_sq64.npz", "mlp_cls_out"), ("metrics.npz", "out_f1"), ("allometric.npz", "slope")):
        arrays = dict(np.load(copied / name))
        arrays[array] = arrays[array] + 1e-3
        np.savez(copied / name, **arrays)
    bad = {one.name for one in check(copied) if not one.within}
    assert bad == {"case_sq64/mlp_cls_out", "metrics/out_f1", "allometric/slope"}


def test_another_shape_is_no_small_difference(copied: Path) -> None:
    arrays = dict(np.load(copied / "case_sq64.npz"))
    arrays["class_logits"] = arrays["class_logits"][:, :-1]
    np.savez(copied / "case_sq64.npz", **arrays)  # type: ignore[arg-type]
    assert {one.name: one.max_difference for one in check(copied)}["case_sq64/class_logits"] == float("inf")


@pytest.mark.parametrize("kept", ["metrics.npz", "allometric.npz", "training.npz"])
def test_a_part_of_a_folder_is_enough(copied: Path, kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    for file in copied.iterdir():
        if file.name != kept:
            file.unlink()
    found = check(copied)
    assert found
    assert all(one.within for one in found)
    assert main([str(copied), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["family"] == "dinovtree"


def test_cases_need_no_configuration(copied: Path) -> None:
    (copied / "config.json").unlink()
    assert all(one.within for one in check(copied))


def test_an_empty_folder_has_nothing_to_check(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        check(tmp_path)
    assert caught.value.code == "golden.empty"


def test_cases_without_weights_cannot_be_computed(copied: Path) -> None:
    (copied / "state_dict.safetensors").unlink()
    with pytest.raises(InputError) as caught:
        check(copied)
    assert caught.value.code == "golden.no_weights"


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [("heads", "use_sigmoid_for_height", True), ("vit", "ffn_layer", "swiglu"), ("vit", "depth", 4)],
)
def test_another_architecture_is_refused(copied: Path, part: str, name: str, value: object) -> None:
    config = json.loads((copied / "config.json").read_text())
    config[part][name] = value
    (copied / "config.json").write_text(json.dumps(config))
    with pytest.raises(InputError, match=name):
        check(copied)


def test_a_damaged_file_is_told(copied: Path) -> None:
    shutil.copy(copied / "config.json", copied / "metrics.npz")
    with pytest.raises(InputError) as caught:
        check(copied)
    assert caught.value.code == "golden.unreadable"


def test_pickled_arrays_are_refused(copied: Path) -> None:
    np.savez(copied / "metrics.npz", class_pred=np.array([{}], dtype=object), allow_pickle=True)
    with pytest.raises(InputError) as caught:
        check(copied)
    assert caught.value.code == "golden.unreadable"
