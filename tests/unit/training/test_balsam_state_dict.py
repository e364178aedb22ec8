"""BalSAM's weights have the authors' names and shapes, and come from and go to files under these names."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from balsam_sets import lively_model, tiny_config
from safetensors.torch import load_file

from inference.errors import InputError, ModelError
from training.balsam.config import PRESETS, BalsamConfig, Repairs, repaired
from training.balsam.loading import load_balsam, save_balsam, start_from_sam
from training.balsam.model import Balsam
from training.balsam.names import from_authors, from_sam, to_authors
from training.checkpoints import read_checkpoint
from training.segment_anything_models import SamConfig, build_sam, load_sam, sam_config_of


def shapes(config: BalsamConfig) -> dict[str, tuple[tuple[int, ...], str]]:
    with torch.device("meta"):
        model = Balsam(config)
    return {name: (tuple(value.shape), str(value.dtype)) for name, value in model.state_dict().items()}


@pytest.mark.shared
@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_the_full_size_model_has_the_authors_weights_name_by_name(shared_fixtures: Path, preset: str) -> None:
    every = json.loads((shared_fixtures.parent / "specs" / "balsam_state_dict.json").read_text())
    assert sorted(every) == sorted(PRESETS)
    wanted = {name: (tuple(one["shape"]), one["dtype"]) for name, one in every[preset].items()}
    assert shapes(PRESETS[preset]) == wanted


@pytest.mark.parametrize(
    ("preset", "count"), [("balsam-plantations", 126_722_160), ("rsprompter-plantations", 117_084_464)]
)
def test_the_full_size_model_has_as_many_parameters_as_the_paper_says(preset: str, count: int) -> None:
    with torch.device("meta"):
        model = Balsam(PRESETS[preset])
    assert sum(one.numel() for one in model.parameters()) == count


@pytest.mark.parametrize("iou_depth", [2, 3, 4])
def test_names_go_both_ways(iou_depth: int) -> None:
    config = tiny_config(sam=replace(tiny_config().sam, iou_depth=iou_depth))
    model = Balsam(config)
    inner = [name for name, _ in model.named_parameters()]
    outer = [to_authors(name, iou_depth=iou_depth) for name in inner]
    assert len(set(outer)) == len(inner)
    assert [from_authors(name, iou_depth=iou_depth) for name in outer] == inner
    assert set(outer) <= set(model.state_dict())


def test_a_model_is_written_and_read_back_under_the_authors_names(tmp_path: Path) -> None:
    model = lively_model(tiny_config())
    save_balsam(model, tmp_path / "a.safetensors")
    written = load_file(tmp_path / "a.safetensors")
    assert "backbone.vision_encoder.layers.0.layer_norm1.weight" in written
    checkpoint = read_checkpoint(tmp_path / "a.safetensors")
    assert checkpoint.kind == "balsam"
    back = load_balsam(checkpoint.tensors, tiny_config())
    rgb, elevation = torch.rand(1, 3, 96, 96) * 255, torch.rand(1, 1, 96, 96)
    with torch.no_grad():
        assert torch.equal(back.features(rgb, elevation).dense, model.features(rgb, elevation).dense)
        assert torch.equal(back.features(rgb, elevation).embedding, model.features(rgb, elevation).embedding)


def test_weights_of_another_model_are_refused_in_a_sentence() -> None:
    weights = lively_model(tiny_config()).state_dict()
    with pytest.raises(ModelError, match="no place for") as caught:
        load_balsam(weights, tiny_config(uses_dsm=False))
    assert caught.value.code == "checkpoint.does_not_fit"
    with pytest.raises(ModelError, match=r"4 weights .* first roi_head\.bbox_head\.fc_cls\.bias \(5 instead of 7\)"):
        load_balsam(weights, tiny_config(classes=6))
    with pytest.raises(ModelError, match=r"lacks backbone_dsm\.0\.bias"):
        load_balsam({k: v for k, v in weights.items() if not k.startswith("backbone_dsm")}, tiny_config())


def test_the_repairs_add_one_weight_and_no_other(tmp_path: Path) -> None:
    plain = set(shapes(tiny_config()))
    assert set(shapes(repaired(tiny_config()))) == plain | {"no_dsm_embed.weight"}
    others = Repairs(score_with_iou=True, iou_loss_weight=1.0, flip_elevation=True)
    assert set(shapes(tiny_config(repairs=others))) == plain


def sam_like(config: BalsamConfig, **changes: object) -> SamConfig:
    return replace(config.sam, **changes)  # type: ignore[arg-type]


def test_sam_initialises_encoder_decoder_and_positions() -> None:
    config = tiny_config()
    torch.manual_seed(0)
    sam = build_sam(sam_like(config))
    model = Balsam(config)
    before = model.neck.feature_spliter.fpn2[0].weight.clone()
    start_from_sam(model, sam.state_dict())
    model.eval()
    rgb = torch.rand(1, 3, 96, 96) * 255
    with torch.no_grad():
        image = model.prepare(rgb)
        assert torch.equal(sam.image_encoder(image), model.features(rgb, torch.ones(1, 1, 96, 96)).embedding)
        assert torch.allclose(sam.prompt_encoder.get_dense_pe(), model.image_positions(), atol=1e-6)
        # And SAM's own decoder gives what ours gives of the same tokens.
        tokens, dense = torch.randn(3, 5, config.width), torch.randn(1, config.width, 6, 6)
        embedding = torch.randn(1, config.width, 6, 6)
        theirs = sam.mask_decoder(embedding, model.image_positions(), tokens, dense, multimask_output=False)
        ours = model.roi_head.mask_head.decode(embedding, model.image_positions(), tokens, dense)
    for a, b in zip(ours, theirs, strict=True):
        assert torch.allclose(a, b, atol=1e-5)
    assert torch.equal(model.neck.feature_spliter.fpn2[0].weight, before)
    assert (
        len(from_sam(sam.state_dict())) == sum(not name.startswith("prompt_encoder") for name in sam.state_dict()) + 2
    )


def test_a_sam_of_another_tile_size_is_resized_and_another_width_refused() -> None:
    config = tiny_config()
    model = Balsam(config)
    start_from_sam(model, build_sam(sam_like(config, tile_px=160)).state_dict())
    assert model.backbone.vision_encoder.pos_embed.shape == (1, 6, 6, config.sam.width)
    with pytest.raises(ModelError, match="blocks of width 48"):
        start_from_sam(model, build_sam(sam_like(config, width=48)).state_dict())
    with pytest.raises(ModelError, match="missing or odd"):
        start_from_sam(model, {"a": torch.ones(1)})


def test_a_sam_tells_its_sizes_by_its_weights() -> None:
    config = SamConfig(
        tile_px=128, width=48, depth=3, heads=4, mlp_width=100, window=3, global_blocks=(1,), out=32,
        decoder_mlp_width=64, iou_width=24, mask_in=8,
    )  # fmt: skip
    sam = build_sam(config)
    assert sam_config_of(sam.state_dict()) == config
    again = load_sam(sam.state_dict())
    image = torch.rand(1, 3, 128, 128)
    with torch.no_grad():
        assert torch.equal(again.image_encoder(image), sam.image_encoder(image))
    with pytest.raises(ModelError, match=r"lacks mask_decoder\.iou_token\.weight") as caught:
        load_sam({k: v for k, v in sam.state_dict().items() if k != "mask_decoder.iou_token.weight"}, config)
    assert caught.value.code == "checkpoint.does_not_fit"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"dsm_norm": "gradient"}, "gradient"),
        ({"channel_order": "grb"}, "grb"),
        ({"selected_states": (1, 9)}, "hidden state 9"),
        ({"repairs": Repairs(anchor_sizes_m=(1.0, 2.0), gsd_m=0.1)}, "10 ascending"),
        ({"repairs": Repairs(anchor_sizes_m=tuple(range(1, 11)))}, "gsd_m"),
        ({"uses_dsm": False, "repairs": Repairs(optional_dsm=True)}, "optional"),
    ],
)
def test_a_configuration_that_cannot_be_is_refused(changes: dict[str, object], why: str) -> None:
    with pytest.raises(InputError, match=why):
        tiny_config(**changes)  # type: ignore[arg-type]
