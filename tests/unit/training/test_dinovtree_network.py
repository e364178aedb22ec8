"""DINOvTree in torch: sizes, positions, loading of released files, and what is refused."""

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from inference.errors import ModelError
from training.checkpoints import read_checkpoint
from training.dinovtree.backbone import Backbone
from training.dinovtree.config import BACKBONES, BackboneConfig, DinovtreeConfig, backbone_named, name_of
from training.dinovtree.heads import TaskHeads
from training.dinovtree.loading import load_backbone, load_dinovtree, released_state
from training.dinovtree.model import Dinovtree
from training.dinovtree.positions import resized_grid

TINY3 = BackboneConfig("dinov3", 64, 2, 4, 4, 256, 16)
TINY2 = BackboneConfig("dinov2", 64, 2, 1, 0, 256, 14, position_grid=5)
TINY2_REGISTERS = BackboneConfig("dinov2", 64, 2, 1, 4, 256, 14, position_grid=5)
TINY = (TINY3, TINY2, TINY2_REGISTERS)
OUTER = "model.backbone.feature_model.feature_model."


def tiny(config: BackboneConfig = TINY3, classes: int = 5) -> Dinovtree:
    torch.manual_seed(3)
    model = Dinovtree(DinovtreeConfig(config, classes))
    for parameter in model.parameters():
        if parameter.ndim == 1:
            nn.init.normal_(parameter, 0.5, 0.2)
    return model.eval()


def refused(tensors: dict[str, Tensor]) -> ModelError:
    with pytest.raises(ModelError) as caught:
        load_dinovtree(tensors)
    return caught.value


def parameters_of(module: nn.Module) -> int:
    return sum(parameter.numel() for parameter in module.parameters())


@pytest.mark.parametrize(
    ("name", "parameters", "tensors"),
    [
        ("dinov3_vits16", 21_601_152, 188),
        ("dinov3_vitb16", 85_669_632, 188),
        ("dinov3_vitl16", 303_154_176, 368),
        ("dinov2_vits14", 22_056_576, 175),
        ("dinov2_vits14_reg4", 22_058_112, 176),
        ("dinov2_vitb14", 86_580_480, 175),
        ("dinov2_vitb14_reg4", 86_583_552, 176),
        ("dinov2_vitl14", 304_368_640, 343),
        ("dinov2_vitl14_reg4", 304_372_736, 344),
    ],
)
def test_the_published_backbones_have_their_sizes(name: str, parameters: int, tensors: int) -> None:
    with torch.device("meta"):
        backbone = Backbone(backbone_named(name))
    mask_token = backbone.config.dim  # in the files, without influence, and so not in the network
    assert parameters_of(backbone) + mask_token == parameters
    assert len(backbone.state_dict()) + 1 == tensors


def test_every_published_backbone_is_covered_and_knows_its_name() -> None:
    assert len(BACKBONES) == 9
    assert all(name_of(config) == name for name, config in BACKBONES.items())


@pytest.mark.parametrize(("dim", "parameters"), [(384, 3_561_615), (768, 14_201_103), (1024, 25_226_255)])
def test_the_heads_have_the_published_sizes(dim: int, parameters: int) -> None:
    with torch.device("meta"):
        heads = TaskHeads(dim, 14)
    assert parameters_of(heads) == parameters
    assert len(heads.state_dict()) == 38


def test_an_unknown_backbone_is_told_with_the_known_ones() -> None:
    with pytest.raises(ModelError, match="dinov2_vitb14_reg4") as caught:
        backbone_named("dinov3_vith16plus")
    assert caught.value.code == "dinovtree.backbone_unknown"


@pytest.mark.parametrize("config", TINY, ids=lambda config: f"{config.kind}-{config.registers}")
def test_any_size_of_picture_goes_through(config: BackboneConfig) -> None:
    with torch.inference_mode():
        traits = tiny(config)(torch.rand(2, 3, 75, 61))
    rows, cols = 75 // config.patch_px, 61 // config.patch_px
    assert traits.logits.shape == (2, 5)
    assert traits.height_m.shape == (2,)
    assert bool((traits.height_m >= 0).all())
    assert traits.embedding.shape == (2, 128)
    assert traits.attention_species.shape == traits.attention_height.shape == (2, 8, 1, rows * cols)
    torch.testing.assert_close(traits.attention_height.sum(dim=-1), torch.ones(2, 8, 1))


@pytest.mark.parametrize("config", TINY, ids=lambda config: f"{config.kind}-{config.registers}")
def test_weights_come_back_from_the_names_of_the_released_files(config: BackboneConfig, tmp_path: Path) -> None:
    model = tiny(config)
    state = released_state(model)
    assert all(name.startswith((OUTER, "model.task_heads.")) for name in state)
    torch.save({"state_dict": state, "epoch": 3}, tmp_path / "a.ckpt")
    torch.save(state, tmp_path / "a.pth")
    save_file(state, tmp_path / "a.safetensors")
    rgb = torch.rand(1, 3, 64, 64)
    with torch.inference_mode():
        wanted = model(rgb)
        for name in ("a.ckpt", "a.pth", "a.safetensors"):
            checkpoint = read_checkpoint(tmp_path / name)
            assert checkpoint.kind == "dinovtree"
            again = load_dinovtree(checkpoint.tensors)
            assert again.config == model.config
            torch.testing.assert_close(again(rgb).logits, wanted.logits, rtol=0, atol=0)


def test_tensors_without_influence_may_be_there_or_not() -> None:
    state = released_state(tiny())
    more = {
        OUTER + "mask_token": torch.full((1, 64), 9.0),
        "model.criterion.losses.cls.weights": torch.ones(5),
        "model.criterion.log_vars.cls": torch.zeros(()),
    }
    rgb = torch.rand(1, 3, 32, 32)
    with torch.inference_mode():
        torch.testing.assert_close(load_dinovtree({**state, **more})(rgb), load_dinovtree(state)(rgb), rtol=0, atol=0)


def test_names_without_the_outer_model_are_read_too() -> None:
    state = {name.removeprefix("model."): tensor for name, tensor in released_state(tiny()).items()}
    assert load_dinovtree(state).config.classes == 5


def test_a_missing_tensor_is_named() -> None:
    state = released_state(tiny())
    del state["model.task_heads.norm2.bias"]
    error = refused(state)
    assert error.code == "dinovtree.keys_missing"
    assert "model.task_heads.norm2.bias" in str(error)


def test_the_mask_of_the_key_bias_must_be_there() -> None:
    state = released_state(tiny())
    del state[OUTER + "blocks.1.attn.qkv.bias_mask"]
    assert OUTER + "blocks.1.attn.qkv.bias_mask" in str(refused(state))


def test_an_unknown_tensor_is_named() -> None:
    error = refused({**released_state(tiny()), "model.task_heads.mlp_shared.fc1.weight": torch.zeros(2)})
    assert error.code == "dinovtree.keys_unknown"
    assert "model.task_heads.mlp_shared.fc1.weight" in str(error)


def test_many_names_are_cut_short() -> None:
    state = released_state(tiny())
    kept = {name: one for name, one in state.items() if ".blocks.0." not in name or "fc1.weight" in name}
    assert len(state) - len(kept) == 14
    assert "and 9 more" in str(refused(kept))


def test_another_part_beside_the_network_is_unknown() -> None:
    assert refused({**released_state(tiny()), "model.decoder.weight": torch.zeros(2)}).code == "dinovtree.keys_unknown"
    assert refused({**released_state(tiny()), "decoder.weight": torch.zeros(2)}).code == "dinovtree.keys_unknown"


def test_weights_of_something_else_are_no_dinovtree() -> None:
    assert refused({"image_encoder.pos_embed": torch.zeros(1, 4, 4, 8)}).code == "dinovtree.keys_missing"


def test_a_tensor_of_another_shape_is_named_with_both_shapes() -> None:
    state = released_state(tiny())
    state["model.task_heads.norm_cls.weight"] = torch.zeros(64)
    error = refused(state)
    assert error.code == "dinovtree.shape_differs"
    assert "64 where" in str(error)
    assert "needs 128" in str(error)


@pytest.mark.parametrize("value", [float("nan"), 0.0, 0.5])
def test_a_wrong_mask_of_the_key_bias_is_refused(value: float) -> None:
    state = released_state(tiny())
    state[OUTER + "blocks.0.attn.qkv.bias_mask"][0] = value
    assert refused(state).code == "dinovtree.bias_mask"


def test_other_rotary_periods_are_refused_and_rounded_ones_kept() -> None:
    state = released_state(tiny())
    periods = state[OUTER + "rope_embed.periods"]
    rounded = periods.to(torch.bfloat16).float()
    kept = load_dinovtree({**state, OUTER + "rope_embed.periods": rounded})
    torch.testing.assert_close(kept.backbone.rope_embed.periods, rounded, rtol=0, atol=0)
    assert refused({**state, OUTER + "rope_embed.periods": periods * 1.2}).code == "dinovtree.periods"


def test_a_backbone_with_swiglu_is_refused_with_a_reason() -> None:
    state = released_state(tiny())
    state[OUTER + "blocks.0.mlp.w1.weight"] = torch.zeros(8, 8)
    assert refused(state).code == "dinovtree.swiglu"


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("patch_embed.proj.weight", (64, 4, 16, 16)),
        ("patch_embed.proj.weight", (64,)),
        ("rope_embed.periods", (5,)),
        ("rope_embed.periods", (0,)),
    ],
)
def test_impossible_shapes_are_told(name: str, shape: tuple[int, ...]) -> None:
    assert refused({**released_state(tiny()), OUTER + name: torch.zeros(shape)}).code == "dinovtree.shape"


def test_a_learned_grid_that_is_no_square_is_told() -> None:
    state = released_state(tiny(TINY2))
    assert refused({**state, OUTER + "pos_embed": torch.zeros(1, 25, 64)}).code == "dinovtree.shape"


def test_a_block_that_is_missing_altogether_is_named() -> None:
    kept = {name: tensor for name, tensor in released_state(tiny()).items() if ".blocks.0." not in name}
    error = refused(kept)
    assert error.code == "dinovtree.keys_missing"
    assert "blocks.0" in str(error)


def test_a_number_of_blocks_that_no_file_has_costs_no_memory() -> None:
    state = released_state(tiny())
    assert refused({**state, OUTER + "blocks.99999999.ls1.gamma": torch.zeros(64)}).code == "dinovtree.keys_missing"


def test_half_precision_files_load_as_float32() -> None:
    state = {name: tensor.half() for name, tensor in released_state(tiny()).items()}
    assert {parameter.dtype for parameter in load_dinovtree(state).parameters()} == {torch.float32}


@pytest.mark.parametrize("config", TINY, ids=lambda config: f"{config.kind}-{config.registers}")
def test_a_hub_file_starts_a_backbone(config: BackboneConfig) -> None:
    source, target = tiny(config).backbone, Backbone(config)
    load_backbone(target, {**source.state_dict(), "mask_token": torch.zeros(1, 64)})
    for name, tensor in source.state_dict().items():
        torch.testing.assert_close(target.state_dict()[name], tensor, rtol=0, atol=0)


def test_a_hub_file_of_another_network_is_refused() -> None:
    with pytest.raises(ModelError) as caught:
        load_backbone(Backbone(TINY2), tiny(TINY2_REGISTERS).backbone.state_dict())
    assert caught.value.code == "dinovtree.other_backbone"


def test_registers_decide_how_learned_positions_are_resized() -> None:
    grid = torch.randn(1, 25, 8)
    assert resized_grid(grid, 5, 5, with_registers=False) is grid
    plain = resized_grid(grid, 3, 4, with_registers=False)
    filtered = resized_grid(grid, 3, 4, with_registers=True)
    assert plain.shape == filtered.shape == (1, 12, 8)
    assert float((plain - filtered).abs().max()) > 0.05


@pytest.mark.parametrize("rows", [3, 7])
def test_positions_without_registers_follow_the_offset_rule(rows: int) -> None:
    """Bicubic weights with a = -0.75 at (i + 0.5) · side / (rows + 0.1) - 0.5, borders repeated, by hand."""
    side, a = 5, -0.75
    values = torch.randn(side, dtype=torch.float64)
    grid = values[:, None].expand(side, side).reshape(1, -1, 1).float()
    found = resized_grid(grid, rows, side, with_registers=False).reshape(rows, side)[:, 0]

    def weight(distance: float) -> float:
        x = abs(distance)
        if x < 1:
            return (a + 2) * x**3 - (a + 3) * x**2 + 1
        return a * x**3 - 5 * a * x**2 + 8 * a * x - 4 * a if x < 2 else 0.0

    for row in range(rows):
        place = (row + 0.5) * side / (rows + 0.1) - 0.5
        first = int(torch.floor(torch.tensor(place))) - 1
        wanted = sum(
            weight(place - near) * float(values[min(max(near, 0), side - 1)]) for near in range(first, first + 4)
        )
        assert float(found[row]) == pytest.approx(wanted, abs=1e-5)


def test_scales_vary_in_training_only_and_from_block_to_block() -> None:
    backbone = tiny().backbone
    calm = backbone.turns(4, 4)
    assert calm is not None
    torch.testing.assert_close(backbone.turns(4, 4), calm, rtol=0, atol=0)
    backbone.train()
    torch.manual_seed(0)
    one, other = backbone.turns(4, 4), backbone.turns(4, 4)
    assert one is not None
    assert other is not None
    assert not torch.equal(one[0], other[0])
    torch.testing.assert_close(one[0][:5], torch.zeros(5, 16))  # cls and registers stay
    torch.testing.assert_close(one[1][:5], torch.ones(5, 16))


def test_the_random_scale_stays_between_a_half_and_two() -> None:
    rope = tiny().backbone.rope_embed.train()
    longest = rope.periods[0]  # 1: the sine of the first patch is that of 2π times its place
    torch.manual_seed(1)
    places = torch.stack([rope(1, 1000)[0][500, 4] for _ in range(200)])  # sin(2π · 0.001 · scale)
    scales = torch.asin(places) * longest / (2 * torch.pi) / 0.001
    assert 0.49 < float(scales.min()) < 0.6
    assert 1.7 < float(scales.max()) < 2.01


def test_training_reaches_every_parameter() -> None:
    model = tiny().train()
    traits = model(torch.rand(2, 3, 32, 32))
    (traits.logits.square().sum() + (traits.height_m + 1).square().sum()).backward()
    without = [name for name, parameter in model.named_parameters() if parameter.grad is None]
    assert without == []


def test_golden_weights_tell_their_sizes(shared_fixtures: Path) -> None:
    model = load_dinovtree(load_file(shared_fixtures / "dinovtree" / "state_dict.safetensors"))
    assert (model.config.classes, model.config.backbone.depth, model.config.backbone.heads) == (14, 3, 4)
