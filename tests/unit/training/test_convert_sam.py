"""SAM and MobileSAM checkpoints become two graphs that answer as torch does, with their card inside."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from torch import Tensor, nn

from inference.errors import ModelError
from inference.models.card import METADATA_KEY, ModelCard
from training.balsam.names import DECODER, ENCODER, to_authors
from training.checkpoints import Checkpoint, read_checkpoint
from training.convert import __main__ as program
from training.convert import parity, sam
from training.convert.export import export_graph
from training.convert.options import ConvertOptions
from training.convert.preprocess import Normalise
from training.convert.quantise import quantise
from training.convert.write import ROLE_KEY, described, finish
from training.segment_anything_models import SamConfig, build_sam
from training.tiny_vit import TinyViT, TinyViTConfig, load_mobile_sam, tiny_vit_config_of

TINY = SamConfig(
    tile_px=80, width=32, depth=2, heads=2, mlp_width=64, window=4, global_blocks=(1,), out=32,
    decoder_mlp_width=64, iou_width=32, mask_in=8,
)  # fmt: skip
SMALL_VIT = TinyViTConfig(widths=(16, 16, 24, 32), depths=(1, 1, 2, 1), heads=(1, 2, 2), windows=(3, 4, 3), out=32)


def lively(model: nn.Module) -> Any:
    """Weights that are zero at the start get values, so that every part matters."""
    with torch.no_grad():
        for name, value in model.named_parameters():
            if any(part in name for part in ("rel_pos", "pos_embed", "attention_biases")):
                value.normal_(std=0.3)
        for name, buffer in model.named_buffers():
            if name.endswith("running_mean"):
                buffer.normal_(std=0.1)
    return model.eval()


def tiny_sam() -> Any:
    torch.manual_seed(11)
    return lively(build_sam(TINY))


def tiny_mobile_sam() -> Any:
    torch.manual_seed(12)
    model = build_sam(TINY)
    model.image_encoder = TinyViT(SMALL_VIT)
    return lively(model)


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> tuple[ModelCard, Path]:
    """A SAM that went through the command line."""
    folder = tmp_path_factory.mktemp("sam")
    torch.save(tiny_sam().state_dict(), folder / "sam_tiny.pth")
    (folder / "terms.txt").write_text("Do as you like.", encoding="utf-8")
    words = [str(folder / "sam_tiny.pth"), "-o", str(folder / "out"), "--licence", "MIT", "--gsd", "0.04"]
    words += ["--licence-file", str(folder / "terms.txt"), "--progress", "json"]
    assert program.main(words) == 0
    target = folder / "out" / "sam_tiny"
    card = ModelCard.from_json((target / "card.json").read_text(encoding="utf-8"), where="card.json")
    return card, target


def run(path: Path, feeds: dict[str, Any]) -> dict[str, Any]:
    """Through ONNX Runtime alone."""
    opened = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    names = [output.name for output in opened.get_outputs()]
    arrays = {name: value.numpy() if isinstance(value, Tensor) else value for name, value in feeds.items()}
    return dict(zip(names, opened.run(names, arrays), strict=True))


def test_the_folder_holds_what_the_card_says(converted: tuple[ModelCard, Path]) -> None:
    card, folder = converted
    assert sorted(path.name for path in folder.iterdir()) == ["card.json", "encoder.onnx", "licence.txt", "prompt.onnx"]
    assert (card.family, card.task, card.tile_px, card.gsd_m, card.licence) == ("sam", "prompt", 80, 0.04, "MIT")
    assert (folder / "licence.txt").read_text(encoding="utf-8") == "Do as you like.\n"
    assert set(card.graphs) == {"encoder", "prompt"}
    for file in card.graphs.values():
        assert described(folder / file.file) == file
    # A tile is core and halo, to the cell.
    assert round(card.core_m / card.gsd_m) + 2 * -(-card.halo_m // card.gsd_m) == card.tile_px


def test_every_graph_carries_the_card_and_its_role(converted: tuple[ModelCard, Path]) -> None:
    card, folder = converted
    for role, file in card.graphs.items():
        model = onnx.load(str(folder / file.file))
        found = {entry.key: entry.value for entry in model.metadata_props}
        assert ModelCard.from_json(found[METADATA_KEY], where=file.file) == replace(card, graphs={})
        assert found[ROLE_KEY] == role
        assert {entry.domain for entry in model.opset_import} == {""}, "no operator of any other domain"
        text = (folder / file.file).read_bytes()
        assert str(Path(__file__).parents[3]).encode() not in text, "no path of this machine"


def test_the_encoder_answers_as_segment_anything_does(converted: tuple[ModelCard, Path]) -> None:
    _, folder = converted
    rgb = np.random.default_rng(0).integers(0, 256, (1, 3, 80, 80)).astype(np.float32)
    model = tiny_sam()
    with torch.inference_mode():
        expected = model.image_encoder(model.preprocess(torch.from_numpy(rgb[0]))[None, :, :80, :80])
    np.testing.assert_allclose(run(folder / "encoder.onnx", {"rgb": rgb})["embedding"], expected, atol=2e-5)


@pytest.mark.parametrize(("prompts", "points"), [(1, 1), (1, 2), (2, 7), (3, 3), (30, 2), (300, 2)])
def test_any_number_of_prompts_and_points(converted: tuple[ModelCard, Path], prompts: int, points: int) -> None:
    _, folder = converted
    model = tiny_sam()
    feeds = sam.prompt_feeds(sam.LoadedSam(model, 80, 5, "tiny"), prompts, points)
    found = run(folder / "prompt.onnx", feeds)
    assert found["masks"].shape == (prompts, 4, 20, 20)
    assert found["iou"].shape == (prompts, 4)
    # Prompt by prompt in torch, so of 300 only some.
    looked_at = sorted({*range(min(prompts, 6)), prompts // 2, prompts - 1})
    some = {name: value if name == "embedding" else value[looked_at] for name, value in feeds.items()}
    for name, value in sam.sam_masks(model, some).items():
        np.testing.assert_allclose(found[name][looked_at], value, atol=2e-5, err_msg=name)


def test_clicks_as_sam_itself_pads_them(converted: tuple[ModelCard, Path]) -> None:
    """The package's own path, its padding point and its forward pass, without any of our functions."""
    _, folder = converted
    model = tiny_sam()
    coords, labels = torch.tensor([[[10.0, 70.0], [33.0, 5.0]]]), torch.tensor([[1.0, 0.0]])
    embedding = torch.randn((1, 32, 5, 5))
    with torch.inference_mode():
        sparse, dense = model.prompt_encoder(points=(coords, labels), boxes=None, masks=None)
        masks, iou = model.mask_decoder.predict_masks(embedding, model.prompt_encoder.get_dense_pe(), sparse, dense)
    found = run(
        folder / "prompt.onnx",
        {
            "embedding": embedding,
            "point_coords": torch.cat([coords, torch.zeros(1, 1, 2)], dim=1),
            "point_labels": torch.tensor([[1.0, 0.0, -1.0]]),
            "mask_input": torch.full((1, 1, 20, 20), 9.0),  # not asked for: must not matter
            "has_mask": torch.zeros(1),
        },
    )
    np.testing.assert_allclose(found["masks"], masks, atol=2e-5)
    np.testing.assert_allclose(found["iou"], iou, atol=2e-5)


def test_a_mobile_sam_answers_as_its_torch_model_does(tmp_path: Path) -> None:
    model = tiny_mobile_sam()
    tensors = dict(model.state_dict())
    # What the published file also holds.
    tensors["image_encoder.norm_head.weight"] = torch.ones(32)
    tensors["image_encoder.head.weight"] = torch.ones(10, 32)
    options = ConvertOptions(model_id="mobile", settings={"tile_px": 96})
    told: list[str] = []
    loaded = sam.load(Checkpoint(tensors, "sam", {}, "00"), options)
    assert (loaded.tile_px, loaded.grid, loaded.encoder_name) == (96, 6, "TinyViT")
    sam.write_encoder(loaded, Normalise(), tmp_path / "encoder.onnx", told.append)
    rgb = np.random.default_rng(0).integers(0, 256, (1, 3, 96, 96)).astype(np.float32)
    with torch.inference_mode():
        expected = model.image_encoder((torch.from_numpy(rgb) - model.pixel_mean) / model.pixel_std)
    np.testing.assert_allclose(run(tmp_path / "encoder.onnx", {"rgb": rgb})["embedding"], expected, atol=5e-5)
    assert any("encoder embedding: largest difference" in line for line in told)


def mobile_sam_shapes() -> dict[str, tuple[int, ...]]:
    """Names and shapes of MobileSAM's image encoder, written down from its published description."""
    shapes: dict[str, tuple[int, ...]] = {}

    def conv(name: str, out: int, inside: int, side: int) -> None:
        shapes[f"{name}.c.weight"] = (out, inside, side, side)
        for part in ("weight", "bias", "running_mean", "running_var"):
            shapes[f"{name}.bn.{part}"] = (out,)
        shapes[f"{name}.bn.num_batches_tracked"] = ()

    def dense(name: str, out: int, inside: int) -> None:
        shapes[f"{name}.weight"], shapes[f"{name}.bias"] = (out, inside), (out,)

    def norm(name: str, width: int) -> None:
        shapes[f"{name}.weight"] = shapes[f"{name}.bias"] = (width,)

    widths, depths, heads, windows = (64, 128, 160, 320), (2, 2, 6, 2), (2, 4, 5, 10), (7, 7, 14, 7)
    conv("patch_embed.seq.0", 32, 3, 3)
    conv("patch_embed.seq.2", 64, 32, 3)
    for stage in range(4):
        width = widths[stage]
        for block in range(depths[stage]):
            name = f"layers.{stage}.blocks.{block}"
            if stage == 0:
                conv(f"{name}.conv1", 256, 64, 1)
                conv(f"{name}.conv2", 256, 1, 3)
                conv(f"{name}.conv3", 64, 256, 1)
                continue
            shapes[f"{name}.attn.attention_biases"] = (heads[stage], windows[stage] ** 2)
            norm(f"{name}.attn.norm", width)
            dense(f"{name}.attn.qkv", 3 * width, width)
            dense(f"{name}.attn.proj", width, width)
            norm(f"{name}.mlp.norm", width)
            dense(f"{name}.mlp.fc1", 4 * width, width)
            dense(f"{name}.mlp.fc2", width, 4 * width)
            conv(f"{name}.local_conv", width, 1, 3)
        if stage < 3:
            after = widths[stage + 1]
            conv(f"layers.{stage}.downsample.conv1", after, width, 1)
            conv(f"layers.{stage}.downsample.conv2", after, 1, 3)
            conv(f"layers.{stage}.downsample.conv3", after, after, 1)
    shapes["neck.0.weight"], shapes["neck.2.weight"] = (256, 320, 1, 1), (256, 256, 3, 3)
    norm("neck.1", 256)
    norm("neck.3", 256)
    return {f"image_encoder.{name}": shape for name, shape in shapes.items()}


def test_tiny_vit_has_the_names_and_shapes_of_mobile_sam() -> None:
    wanted = mobile_sam_shapes()
    with torch.device("meta"):
        encoder = TinyViT(TinyViTConfig())
    found = {f"image_encoder.{name}": tuple(value.shape) for name, value in encoder.state_dict().items()}
    assert found == wanted
    tensors = {name: torch.empty(shape, device="meta") for name, shape in wanted.items()}
    assert tiny_vit_config_of(tensors) == TinyViTConfig()


def test_tiny_vit_has_stride_16_and_sees_its_whole_picture() -> None:
    encoder = tiny_mobile_sam().image_encoder
    picture = torch.randn(1, 3, 80, 112, requires_grad=True)
    found = encoder(picture)
    assert found.shape == (1, 32, 5, 7)
    found.sum().backward()
    assert picture.grad is not None
    assert bool((picture.grad.abs().amax(dim=1) > 0).all())


def test_a_mobile_sam_with_a_wrong_shape_is_told_apart() -> None:
    tensors = dict(tiny_mobile_sam().state_dict())
    tensors["image_encoder.layers.2.blocks.1.mlp.fc2.bias"] = torch.zeros(7)
    with pytest.raises(ModelError, match=r"mlp\.fc2\.bias") as caught:
        load_mobile_sam(tensors, 96)
    assert caught.value.code == "checkpoint.does_not_fit"


def test_weights_beyond_two_gigabytes_lie_in_a_file_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.convert.export._MAX_FILE_BYTES", 1000)
    model = tiny_sam()
    told: list[str] = []
    sam.write_encoder(sam.LoadedSam(model, 80, 5, "tiny"), Normalise(), tmp_path / "encoder.onnx", told.append)
    assert len(told) == 1
    card = ModelCard(
        id="t", task="prompt", title="T", gsd_m=0.1, core_m=1.0, halo_m=0.0, needs_dsm=False, source="", licence=""
    )
    whole = finish(tmp_path, card, {"encoder": tmp_path / "encoder.onnx"}, "")
    assert {role: file.file for role, file in whole.graphs.items()} == {
        "encoder": "encoder.onnx",
        "encoder.weights": "encoder.onnx.data",
    }
    assert whole.graphs["encoder.weights"].size_bytes > whole.graphs["encoder"].size_bytes / 2
    quantise(tmp_path / "encoder.onnx", tmp_path / "int8.onnx")
    rgb = np.random.default_rng(0).integers(0, 256, (1, 3, 80, 80)).astype(np.float32)
    before, after = (run(tmp_path / name, {"rgb": rgb})["embedding"] for name in ("encoder.onnx", "int8.onnx"))
    assert np.abs(before - after).max() < 0.2 * np.abs(before).max()


def test_a_difference_between_torch_and_onnx_stops_the_conversion(tmp_path: Path) -> None:
    path = tmp_path / "twice.onnx"

    class Twice(nn.Module):
        def forward(self, rgb: Tensor) -> Tensor:
            return rgb * 2.0

    rgb = torch.rand(1, 3, 4, 4)
    export_graph(Twice(), {"rgb": rgb}, ["embedding"], path)
    told: list[str] = []
    parity.demand("encoder", path, {"rgb": rgb.numpy()}, {"embedding": rgb * 2.0}, 1e-6, told.append)
    assert told[0].startswith("encoder embedding: largest difference 0.0e+00")
    for wrong in (rgb * 2.0 + 1e-3, rgb * float("nan"), rgb[:, :2] * 2.0):
        with pytest.raises(ModelError) as caught:
            parity.demand("encoder", path, {"rgb": rgb.numpy()}, {"embedding": wrong}, 1e-6, told.append)
        assert caught.value.code == "convert.parity"


def bad_checkpoints(folder: Path) -> dict[str, Path]:
    good = tiny_sam().state_dict()
    paths = {name: folder / f"{name}.pth" for name in ("truncated", "nan", "missing", "shape", "other", "text")}
    torch.save(good, paths["truncated"])
    paths["truncated"].write_bytes(paths["truncated"].read_bytes()[:-2000])
    broken = {name: value.clone() for name, value in good.items()}
    broken["image_encoder.blocks.0.mlp.lin1.bias"][3] = float("nan")
    torch.save(broken, paths["nan"])
    torch.save({name: value for name, value in good.items() if "blocks.1.norm2" not in name}, paths["missing"])
    torch.save({**good, "image_encoder.neck.1.bias": torch.zeros(5)}, paths["shape"])
    torch.save({"layer.weight": torch.zeros(3)}, paths["other"])
    paths["text"].write_text("not a checkpoint", encoding="utf-8")
    return paths


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("truncated", "checkpoint.unreadable"),
        ("nan", "checkpoint.nan"),
        ("missing", "checkpoint.does_not_fit"),
        ("shape", "checkpoint.does_not_fit"),
        ("other", "convert.unknown"),
        ("text", "checkpoint.unreadable"),
        ("absent", "checkpoint.unreadable"),
    ],
)
def test_a_bad_checkpoint_is_a_sentence_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, code: str
) -> None:
    path = bad_checkpoints(tmp_path).get(name, tmp_path / "absent.pth")
    assert program.main([str(path), "-o", str(tmp_path / "out"), "--progress", "json"]) == 4
    out, err = capsys.readouterr()
    last = json.loads(out.splitlines()[-1])
    assert (last["event"], last["code"], last["exit_code"]) == ("error", code, 4)
    assert last["message"] in err
    assert "Traceback" not in err
    assert not list(tmp_path.glob("out/*")), "no folder, not even a hidden one"


@pytest.mark.logs_warnings("a fault of ours is logged")
@pytest.mark.parametrize(
    ("error", "exit_code", "code"),
    [
        (MemoryError(), 4, "convert.memory"),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to"), 4, "convert.memory"),
        (ZeroDivisionError("ours"), 70, "bug"),
    ],
)
def test_no_failure_is_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, error: Exception,
    exit_code: int, code: str,
) -> None:  # fmt: skip
    def fail(*_: object) -> None:
        raise error

    torch.save(tiny_sam().state_dict(), tmp_path / "sam.pth")
    monkeypatch.setattr(sam, "write_encoder", fail)
    words = [str(tmp_path / "sam.pth"), "-o", str(tmp_path / "out"), "--progress", "json"]
    assert program.main(words) == exit_code
    out, err = capsys.readouterr()
    assert json.loads(out.splitlines()[-1])["code"] == code
    assert "Traceback" not in err
    assert not list((tmp_path / "out").iterdir())


def test_an_existing_folder_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    torch.save(tiny_sam().state_dict(), tmp_path / "sam.pth")
    older = tmp_path / "out" / "mine"
    older.mkdir(parents=True)
    (older / "card.json").write_text("{}", encoding="utf-8")
    words = [str(tmp_path / "sam.pth"), "-o", str(tmp_path / "out"), "--id", "mine"]
    assert program.main(words) == 3
    assert "--replace" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine"]
    assert (older / "card.json").read_text(encoding="utf-8") == "{}"


def test_words_that_make_no_sense_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    torch.save(tiny_sam().state_dict(), tmp_path / "sam.pth")
    start = [str(tmp_path / "sam.pth"), "-o", str(tmp_path / "out")]
    for words, code in (
        (["--precision", "int4"], 2),
        ([], 2),
        (["--setting", "nothing"], 4),
        (["--gsd", "-1"], 4),
        (["--id", "a/b"], 4),
        (["--classes", str(tmp_path / "none.txt")], 4),
    ):
        assert program.main(([] if not words else start) + words) == code, words
    assert "Traceback" not in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_names_of_hugging_face_are_understood(tmp_path: Path) -> None:
    model = tiny_sam()
    theirs: dict[str, Tensor] = {}
    for name, value in model.state_dict().items():
        part, _, rest = name.partition(".")
        if part == "image_encoder":
            theirs["vision_encoder." + to_authors(ENCODER + rest).removeprefix(ENCODER)] = value
        elif part == "mask_decoder":
            theirs["mask_decoder." + to_authors(DECODER + rest).removeprefix(DECODER)] = value
        elif rest.startswith("pe_layer"):
            theirs["shared_image_embedding.positional_embedding"] = value
            theirs["prompt_encoder.shared_embedding.positional_embedding"] = value.clone()
        else:
            rest = rest.replace("point_embeddings.", "point_embed.")
            for number, their in ((0, "conv1"), (1, "layer_norm1"), (3, "conv2"), (4, "layer_norm2"), (6, "conv3")):
                rest = rest.replace(f"mask_downscaling.{number}.", f"mask_embed.{their}.")
            theirs[f"prompt_encoder.{rest}"] = value
    assert {
        "vision_encoder.layers.1.layer_norm2.weight",
        "vision_encoder.neck.layer_norm2.bias",
        "mask_decoder.upscale_conv2.weight",
        "mask_decoder.iou_prediction_head.proj_out.weight",
        "mask_decoder.output_hypernetworks_mlps.3.layers.0.bias",
        "prompt_encoder.mask_embed.conv3.weight",
        "prompt_encoder.point_embed.3.weight",
    } <= set(theirs)
    torch.save(theirs, tmp_path / "hf.pth")
    found = read_checkpoint(tmp_path / "hf.pth")
    assert found.kind == "sam"
    loaded = sam.load(found, ConvertOptions())
    for name, value in loaded.model.state_dict().items():
        assert torch.equal(value, model.state_dict()[name]), name
    theirs["prompt_encoder.shared_embedding.positional_embedding"] += 1.0
    with pytest.raises(ModelError) as caught:
        sam.load(Checkpoint(theirs, "sam", {}, "00"), ConvertOptions())
    assert caught.value.code == "checkpoint.does_not_fit"


def test_the_checkpoint_is_known_by_its_names(tmp_path: Path) -> None:
    torch.save({"model": tiny_mobile_sam().state_dict()}, tmp_path / "mobile.pt")
    assert read_checkpoint(tmp_path / "mobile.pt").kind == "sam"
