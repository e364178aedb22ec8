"""DINOvTree checkpoints become graphs that say the same, with a card that tells what they are; wrong files do not."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
import rasterio
import torch
from rasterio.errors import NotGeoreferencedWarning
from torch import nn

from inference.errors import ExitCode, ModelError
from inference.models.card import METADATA_KEY, ModelCard, ModelClass
from training.checkpoints import Checkpoint
from training.convert.__main__ import main
from training.convert.dinovtree import convert, describe, example_crops, load, torch_traits, write_graph
from training.convert.dinovtree_graph import TraitGraph
from training.convert.dinovtree_sites import SITES, recognise
from training.convert.dinovtree_smaller import apply_precision, halve_weights
from training.convert.dinovtree_trial import TraitChange, Trial, compare
from training.convert.options import ConvertOptions
from training.convert.parity import run, session
from training.convert.quantise import quantise
from training.dinovtree.config import BackboneConfig, DinovtreeConfig
from training.dinovtree.loading import released_state
from training.dinovtree.model import Dinovtree

TINY3 = BackboneConfig("dinov3", 64, 2, 4, 4, 256, 16)
TINY2 = BackboneConfig("dinov2", 64, 2, 1, 4, 256, 14, position_grid=5)
TILE_PX = 70  # not a multiple of 16: the rest is ignored
THREE = (ModelClass("Acer rubrum", "ACRU"), ModelClass("Picea"), ModelClass("dead"))


def tiny(config: BackboneConfig, classes: int = 3) -> Dinovtree:
    torch.manual_seed(5)
    model = Dinovtree(DinovtreeConfig(config, classes))
    for parameter in model.parameters():
        if parameter.ndim == 1:
            nn.init.normal_(parameter, 0.4, 0.3)
    with torch.no_grad():
        model.task_heads.regressor[0].bias.fill_(12.0)
    return model.eval()


def checkpoint_of(model: Dinovtree, name: str = "mine.pth") -> Checkpoint:
    return Checkpoint(released_state(model), "dinovtree", {}, "ab" * 32, Path(name))


def quiet(_text: str) -> None:
    pass


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> tuple[ModelCard, Path, list[str]]:
    """A tiny DINOv3 model with three classes of its own, converted."""
    folder, said = tmp_path_factory.mktemp("converted"), list[str]()
    options = ConvertOptions(
        model_id="tiny", footprint_m=7.0, classes=THREE, settings={"tile_px": TILE_PX}, site="a garden"
    )
    card = convert(checkpoint_of(tiny(TINY3)), options, folder, said.append)
    return card, folder, said


def test_the_card_tells_what_the_model_is(converted: tuple[ModelCard, Path, list[str]]) -> None:
    card, folder, _ = converted
    assert (card.id, card.task, card.family, card.tile_px) == ("tiny", "traits", "dinovtree", TILE_PX)
    assert (card.core_m, card.halo_m, card.needs_dsm) == (7.0, 0.0, False)
    assert card.gsd_m == pytest.approx(0.1)
    assert card.classes == THREE
    assert card.site == "a garden"
    assert card.licence == "DINOv3 License"
    assert card.source_sha256 == "ab" * 32
    assert card.settings["backbone"] == "dinov3 64x2"
    assert card.settings["calibrated"] is False
    assert card.accuracy == ""  # nothing was measured
    assert ModelCard.from_json((folder / "card.json").read_text(), where="card.json") == card
    assert "ai.meta.com" in (folder / "licence.txt").read_text()


def test_the_graph_carries_its_card(converted: tuple[ModelCard, Path, list[str]]) -> None:
    card, folder, _ = converted
    properties = {entry.key: entry.value for entry in onnx.load(str(folder / "traits.onnx")).metadata_props}
    inside = ModelCard.from_json(properties[METADATA_KEY], where="traits.onnx")
    assert inside == replace(card, graphs={})
    assert properties["birchtree.role"] == "traits"


def test_parity_is_told_and_kept(converted: tuple[ModelCard, Path, list[str]]) -> None:
    card, _, said = converted
    assert sum("largest difference" in line for line in said) == 10
    parity = card.settings["parity"]
    assert isinstance(parity, dict)
    assert float(str(parity["logits"])) <= 1e-4
    assert float(str(parity["height_m"])) <= 1e-3


def test_graph_inputs_and_outputs_are_as_agreed(converted: tuple[ModelCard, Path, list[str]]) -> None:
    opened = session(converted[1] / "traits.onnx")
    assert [(one.name, one.shape[1:]) for one in opened.get_inputs()] == [("rgb", [3, TILE_PX, TILE_PX])]
    shapes = {one.name: one.shape[1:] for one in opened.get_outputs()}
    assert shapes == {
        "logits": [3], "height_m": [], "embedding": [128], "attention_species": [4, 4], "attention_height": [4, 4],
    }  # fmt: skip


@pytest.mark.parametrize("count", [1, 2, 5])
def test_any_number_of_crops_gives_what_torch_gives(converted: tuple[ModelCard, Path, list[str]], count: int) -> None:
    crops = torch.rand(count, 3, TILE_PX, TILE_PX)
    found = run(converted[1] / "traits.onnx", {"rgb": crops.numpy()})
    for name, wanted in torch_traits(tiny(TINY3), crops).items():
        np.testing.assert_allclose(found[name], wanted.numpy(), rtol=0, atol=2e-5, err_msg=name)
    assert found["height_m"].min() > 0.5  # the rectifier is not what makes them equal
    np.testing.assert_allclose(found["attention_height"].sum(axis=(1, 2)), 1.0, atol=1e-5)


def test_dinov2_is_exported_with_its_positions_resized(tmp_path: Path) -> None:
    model = tiny(TINY2)
    for one in write_graph(model, 84, tmp_path / "traits.onnx", quiet):  # 6 x 6 patches, learned on 5 x 5
        assert one.largest < 2e-5
    names = {node.op_type for node in onnx.load(str(tmp_path / "traits.onnx")).graph.node}
    assert not names & {"Resize", "Sin", "Cos"}


@pytest.mark.parametrize("side_px", [33, 64])
def test_the_lean_graph_computes_what_the_network_does(side_px: int) -> None:
    for config in (TINY3, TINY2, replace(TINY2, registers=0)):
        model, crops = tiny(config), example_crops(2, side_px)
        with torch.inference_mode():
            found = TraitGraph(model, side_px)(crops)
        for wanted, value in zip(torch_traits(model, crops).values(), found, strict=True):
            torch.testing.assert_close(value, wanted, rtol=0, atol=1e-5)


def test_queries_are_compared_in_parts_where_there_are_many() -> None:
    model, crops = tiny(TINY3), example_crops(1, 336)  # 446 tokens, two parts
    with torch.inference_mode():
        logits = TraitGraph(model, 336)(crops)[0]
    torch.testing.assert_close(logits, torch_traits(model, crops)["logits"], rtol=0, atol=1e-5)


def test_the_golden_picture_through_the_graph(shared_fixtures: Path, tmp_path: Path) -> None:
    from training.golden.dinovtree import read_model

    folder = shared_fixtures / "dinovtree"
    case = np.load(folder / "case_full512.npz")
    write_graph(read_model(folder), 512, tmp_path / "traits.onnx", quiet)
    found = run(tmp_path / "traits.onnx", {"rgb": case["image_uint8"].astype(np.float32) / 255})
    np.testing.assert_allclose(found["logits"], case["class_logits"], rtol=0, atol=2e-5)
    np.testing.assert_allclose(found["height_m"], case["height_m"], rtol=0, atol=5e-5)
    np.testing.assert_allclose(found["embedding"], case["cls_fused"][:, 0], rtol=0, atol=2e-5)
    wanted = case["cls_attn"].mean(axis=1).reshape(1, 32, 32)
    np.testing.assert_allclose(found["attention_species"], wanted, rtol=0, atol=1e-6)


@pytest.mark.parametrize(
    ("name", "classes", "title", "named"),
    [
        ("dinovtreeb_quebectrees", 14, "Quebec Trees", True),
        ("DINOvTree-B_Quebec_Plantations", 8, "Quebec Plantations", True),
        ("dinovtreeb_bci", 21, "Barro Colorado Island", True),
        ("epoch_12", 21, "Barro Colorado Island", False),
        ("dinovtreeb_bci", 14, "Quebec Trees", False),
    ],
)
def test_released_checkpoints_are_recognised(name: str, classes: int, title: str, named: bool) -> None:
    site, is_named = recognise(name, classes)
    assert site is not None
    assert (site.title, is_named) == (title, named)


def test_other_numbers_of_classes_are_nobodys() -> None:
    assert recognise("dinovtreeb_bci", 5) == (None, False)


def test_class_lists_of_the_released_checkpoints() -> None:
    quebec, bci, plantations = SITES
    assert [len(site.classes) for site in SITES] == [14, 21, 8]
    assert [quebec.classes[place].code for place in (1, 5, 9, 12)] == ["THOC", "FAGR", "ACRU", "BEPA"]
    assert (quebec.classes[0].name, quebec.classes[13].name) == ("dead", "Picea")
    assert (bci.classes[7].name, bci.classes[20].name) == ("Urticaceae", "Putranjivaceae")
    assert [one.code for one in plantations.classes] == ["PIBA", "PIMA", "PIST", "PIGL", "THOC", "ULAM", "BEAL", "ACSA"]


def refused(options: ConvertOptions, folder: Path, model: Dinovtree | None = None) -> ModelError:
    with pytest.raises(ModelError) as caught:
        convert(checkpoint_of(model or tiny(TINY3)), options, folder, quiet)
    assert list(folder.iterdir()) == []
    return caught.value


def test_a_wrong_number_of_names_is_refused(tmp_path: Path) -> None:
    error = refused(ConvertOptions(footprint_m=5.0, classes=THREE[:2]), tmp_path)
    assert error.code == "convert.classes"
    assert "2 classes" in str(error)
    assert "3" in str(error)


def test_the_ground_that_a_crop_shows_must_be_known(tmp_path: Path) -> None:
    assert refused(ConvertOptions(classes=THREE), tmp_path).code == "convert.footprint"


def test_two_lengths_that_differ_are_refused(tmp_path: Path) -> None:
    assert refused(ConvertOptions(footprint_m=5.0, gsd_m=0.02), tmp_path).code == "convert.footprint_differs"


@pytest.mark.parametrize("asked", [16, 4096, "big", True])
def test_an_impossible_side_of_a_crop_is_refused(tmp_path: Path, asked: str | int) -> None:
    options = ConvertOptions(footprint_m=5.0, settings={"tile_px": asked})
    assert refused(options, tmp_path).code == "convert.crop_px"


def test_a_guess_by_the_number_of_classes_is_told() -> None:
    said: list[str] = []
    checkpoint, options = checkpoint_of(tiny(TINY3, 8), "epoch_3.pth"), ConvertOptions()
    card = describe(checkpoint, options, load(checkpoint, options, said.append))
    assert any("Quebec Plantations" in line and "--classes" in line for line in said)
    assert card.core_m == pytest.approx(2.56)
    assert card.accuracy == ""  # the authors' figures are those of another size of network


def test_dinov2_is_under_the_apache_licence() -> None:
    checkpoint, options = checkpoint_of(tiny(TINY2)), ConvertOptions(footprint_m=5.0)
    card = describe(checkpoint, options, load(checkpoint, options, quiet))
    assert card.licence == "Apache-2.0"
    assert card.tile_px == 70  # the grid that the positions were learned on


def test_a_classes_list_makes_it_a_training_of_its_own() -> None:
    names = tuple(ModelClass(f"species {number}") for number in range(14))
    checkpoint, options = checkpoint_of(tiny(TINY3, 14)), ConvertOptions(classes=names, footprint_m=5.0)
    card = describe(checkpoint, options, load(checkpoint, options, quiet))
    assert (card.classes, card.site) == (names, "")


def test_int8_and_half_weights_are_compared_with_the_graph(
    converted: tuple[ModelCard, Path, list[str]], tmp_path: Path
) -> None:
    source = converted[1] / "traits.onnx"
    small, half = tmp_path / "int8.onnx", tmp_path / "half.onnx"
    quantise(source, small)
    halve_weights(source, half)
    kinds = [node.op_type for node in onnx.load(str(small)).graph.node]
    assert kinds.count("MatMulInteger") >= 2 * 6 + 4  # every layer of both blocks, and the heads' MLPs
    assert half.stat().st_size < 0.6 * source.stat().st_size
    crops = np.random.default_rng(0).integers(0, 256, (6, 3, TILE_PX, TILE_PX), np.uint8)
    trial = Trial("noise", 6, crops.__getitem__)
    same = compare(source, source, trial)
    assert (same.same_species, same.height_shift_m, same.keeps_answers) == (1.0, 0.0, True)
    for path in (small, half):
        change = compare(source, path, trial)
        assert change.crops == 6
        assert change.embedding_cosine > 0.98


@pytest.mark.parametrize(
    ("change", "keeps"),
    [
        (TraitChange("a", 50, 0.98, 0.1, 0.3, 0.9), True),
        (TraitChange("a", 50, 0.97, 0.0, 0.0, 1.0), False),
        (TraitChange("a", 50, 1.0, 0.11, 0.2, 1.0), False),
        (TraitChange("a", 0, 1.0, 0.0, 0.0, 1.0), False),
        (TraitChange("a", 5, 1.0, float("nan"), 0.0, 1.0), False),
        (TraitChange("a", 50, 0.9, 0.5, 0.9, 0.9, 0.80, 0.804, 0.9, 0.9), True),
        (TraitChange("a", 50, 1.0, 0.0, 0.0, 1.0, 0.80, 0.81, 0.9, 0.9), False),
        (TraitChange("a", 50, 1.0, 0.0, 0.0, 1.0, None, None, 0.8, 0.9), False),
    ],
)
def test_a_smaller_version_is_taken_only_where_it_keeps_the_answers(change: TraitChange, keeps: bool) -> None:
    assert change.keeps_answers is keeps


def test_labelled_crops_decide_by_their_metrics(
    converted: tuple[ModelCard, Path, list[str]], tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    card, folder, _ = converted
    crops, rng = tmp_path / "crops", np.random.default_rng(0)
    crops.mkdir()
    rows = ["file,species,height_m"]
    for number in range(4):
        with rasterio.open(
            crops / f"{number}.png", "w", driver="PNG", width=TILE_PX, height=TILE_PX, count=3, dtype="uint8"
        ) as picture:
            picture.write(rng.integers(0, 255, (3, TILE_PX, TILE_PX), np.uint8))
        rows.append(f"{number}.png,{('Picea', '', 'dead', 'Picea')[number]},{12 if number else ''}")
    (crops / "crops.csv").write_text("\n".join(rows))
    copied = tmp_path / "traits.onnx"
    copied.write_bytes((folder / "traits.onnx").read_bytes())
    said: list[str] = []
    options = ConvertOptions(precision="both", imagery=(crops,))
    graphs, told = apply_precision(copied, card, {"weights": "fp16"}, options, said.append)
    assert recwarn.pop(NotGeoreferencedWarning)  # pictures, not maps
    assert graphs["traits"] == copied
    figures = told["int8"]
    assert isinstance(figures, dict)
    assert figures["crops"] == 4
    assert {"macro_f1", "macro_f1_fp32", "delta_125", "delta_125_fp32"} <= set(figures)
    assert told["precision"] == ("both" if "traits_int8" in graphs else "fp32")
    assert "fp16_weights" in told
    assert "weights" not in told
    assert any("macro F1" in line for line in said)


class Bomb:
    """Would leave a file behind if anyone unpickled it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return open, (str(self.path), "w")


def exit_of(arguments: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path) -> tuple[int, str]:
    code = main([*arguments, "-o", str(tmp_path / "out"), "--progress", "none"])
    assert not (tmp_path / "out" / "x").exists()
    return code, capsys.readouterr().err


def test_wrong_files_get_a_sentence_and_an_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    state = released_state(tiny(TINY3))
    whole = tmp_path / "whole.pth"
    torch.save(state, whole)
    (tmp_path / "cut.pth").write_bytes(whole.read_bytes()[:-20_000])
    (tmp_path / "text.pth").write_text("404 Not Found")
    torch.save({**state, "extra": Bomb(tmp_path / "exploded")}, tmp_path / "code.pth")
    torch.save({"cls_token": torch.zeros(1, 1, 8), "head.weight": torch.zeros(3, 8)}, tmp_path / "other.pth")
    less = {name: tensor for name, tensor in state.items() if "norm_height" not in name}
    torch.save(less, tmp_path / "less.pth")
    bad = {**state, "model.task_heads.classifier.bias": torch.full((3,), float("nan"))}
    torch.save(bad, tmp_path / "nan.pth")
    (tmp_path / "two.txt").write_text("Acer rubrum\nPicea\n")
    for name, words in {
        "cut.pth": "cut short",
        "text.pth": "neither",
        "code.pth": "Nothing of it was run",
        "other.pth": "no model that BirchTree can run",
        "less.pth": "norm_height.weight",
        "nan.pth": "not numbers",
        "gone.pth": "gone.pth",
    }.items():
        code, said = exit_of([str(tmp_path / name), "--id", "x", "--footprint", "5"], capsys, tmp_path)
        assert code == ExitCode.MODEL_MISSING, name
        assert words in said, name
        assert "Traceback" not in said
    code, said = exit_of(
        [str(whole), "--id", "x", "--footprint", "5", "--classes", str(tmp_path / "two.txt")], capsys, tmp_path
    )
    assert code == ExitCode.MODEL_MISSING
    assert "The list has 2 classes, but the checkpoint tells 3 apart" in said
    assert not (tmp_path / "exploded").exists()


def test_the_program_converts_a_released_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    torch.save(released_state(tiny(TINY3, 14)), tmp_path / "dinovtreeb_quebectrees.pth")
    said = ["--tile-px", "48", "-o", str(tmp_path), "--progress", "json"]
    assert main([str(tmp_path / "dinovtreeb_quebectrees.pth"), *said]) == 0
    result = json.loads(capsys.readouterr().out.splitlines()[-1])
    card = json.loads((tmp_path / "dinovtreeb_quebectrees" / "card.json").read_text())
    assert "dinovtreeb_quebectrees" in json.dumps(result)
    assert card["core_m"] == 9.73
    assert [one["code"] for one in card["classes"]][8:10] == ["ACSA", "ACRU"]
