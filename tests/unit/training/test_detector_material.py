"""What detectors learn from: tiles that turn as one, classes, guessed outlines, ignored ground, and first weights."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from balsam_sets import lively_model, made_tile, tiny_config
from factories_training import some_surveys, write_set
from hypothesis import given, settings
from hypothesis import strategies as st
from made_plots import made_plot
from tiny_detectors import GSD_M, NETWORKS, TILE_PX, earlier

from inference.errors import InputError, ModelError
from inference.models.presets import CROWN_PRESETS
from training.balsam.aids import EncoderAids
from training.balsam.assign import BACKGROUND, IGNORED
from training.balsam.config import TrainConfig
from training.balsam.losses import losses
from training.balsam.model import Balsam
from training.balsam.prior import oval_logits
from training.balsam.tiles import batch_of, flipped
from training.balsam.truth import Truth
from training.data.labelled import LabelledPlot
from training.data.sets import TrainingSet, read_sets
from training.detectors.balsam_network import BalsamNetwork
from training.detectors.examine import crowns_of
from training.detectors.material import WANTED, Material, classes_of, material_of, tile_side
from training.detectors.outlines import with_outlines
from training.detectors.prepare import first_model, prepared
from training.detectors.presets import PRESETS
from training.detectors.start import Start, is_detector, start_of
from training.detectors.tiles import TileMaker
from training.detectors.weights import read_weights
from training.segment_anything_models import build_sam

OURS = NETWORKS["balsam-repaired"]


def told(plot: LabelledPlot) -> LabelledPlot:
    """Elevation says which cell of the picture it belongs to."""
    colour = plot.rgb.astype(np.float32)
    return replace(plot, dsm_m=colour[0] + 256.0 * colour[1])


def ground_of(*plots: LabelledPlot, network: Any = OURS, photometric: bool = False) -> Material:
    classes = classes_of(plots, ())
    return material_of(TrainingSet(plots, (), ()), network, classes, plots[0].gsd_m, photometric=photometric)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([40, 64, 90]))
def test_picture_elevation_and_crowns_turn_as_one(seed: int, side: int) -> None:
    material = ground_of(told(made_plot(seed % 5)))
    maker = TileMaker(material.train, OURS, side, 0.2, photometric=False)
    tile = maker.draw(0, np.random.default_rng(seed))
    assert tile.rgb.shape == (3, side, side)
    assert tile.height_m is not None
    seen = (tile.rgb != 0).any(axis=0)
    colour = tile.rgb.astype(np.float32)
    np.testing.assert_array_equal(tile.height_m[seen], (colour[0] + 256.0 * colour[1])[seen])
    assert np.isnan(tile.height_m[~seen]).all()
    truth = tile.truth
    masks = truth.masks_of(torch.arange(len(truth.boxes))).numpy()
    assert len(truth.boxes) == len(truth.labels) == len(masks)
    for box, mask in zip(truth.boxes.numpy(), masks, strict=True):
        rows, columns = np.nonzero(mask)
        assert box[0] - 1 <= columns.min() <= columns.max() <= box[2] + 1
        assert box[1] - 1 <= rows.min() <= rows.max() <= box[3] + 1
        assert (tile.rgb[1, rows, columns] > tile.rgb[0, rows, columns]).mean() > 0.9  # trees are green
    assert truth.labelled is not None
    assert not masks[:, ~truth.labelled.numpy()].any()


def test_all_eight_directions_are_drawn() -> None:
    maker = TileMaker(ground_of(told(made_plot(1))).train, OURS, 64, 0.2, photometric=False)
    drawn = {maker.draw(0, np.random.default_rng(seed)).rgb.tobytes() for seed in range(80)}
    assert len(drawn) == 8


def test_light_and_scale_change_but_black_stays_black() -> None:
    plot = told(made_plot(2))
    plot.rgb[:, :20], plot.complete[:20] = 0, False
    maker = TileMaker(ground_of(plot, photometric=True).train, OURS, 64, 0.2, photometric=True)
    tiles = [maker.draw(0, np.random.default_rng(seed)) for seed in range(6)]
    assert len({len(tile.truth.boxes) for tile in tiles} | {float(tile.rgb.mean()) for tile in tiles}) > 6
    for tile in tiles:
        black = (tile.rgb == 0).all(axis=0)
        assert black.mean() > 0.1
        assert tile.truth.labelled is not None
        assert bool(tile.truth.labelled[torch.from_numpy(black)].all())  # nothing is there, and that may be learned


def test_boxes_get_outlines_from_height_else_ovals() -> None:
    plot = made_plot(4, crowns=1)
    assert plot.owner is not None
    for bare, least in ((replace(plot, owner=None), 0.85), (replace(plot, owner=None, chm_m=None), 0.7)):
        guessed = with_outlines(bare).owner
        assert guessed is not None
        both, either = ((guessed == 1) & (plot.owner == 1)).sum(), ((guessed == 1) | (plot.owner == 1)).sum()
        assert both / either > least
    material = ground_of(told(replace(plot, owner=None)))
    assert any("boxes only" in note for note in material.notes)
    truth = TileMaker(material.train, OURS, 64, 0.2, photometric=False).draw(0, np.random.default_rng(0)).truth
    assert truth.outlined is not None
    assert not truth.outlined.any()


def test_guessed_outlines_do_not_teach_how_good_a_mask_is() -> None:
    config = replace(tiny_config(train=TrainConfig(rpn_samples=None, roi_samples=None)), classes=2)
    config = replace(config, repairs=replace(config.repairs, iou_loss_weight=1.0))
    model, tile = lively_model(config).train(), made_tile()
    batch = batch_of([tile], config)
    drawn = losses(model, batch.rgb, batch.truths, batch.elevation)
    guesses = replace(batch.truths[0], outlined=torch.zeros(len(batch.truths[0].boxes), dtype=torch.bool))
    guessed = losses(lively_model(config).train(), batch.rgb, [guesses], batch.elevation)
    assert drawn.iou > 0
    assert guessed.iou == 0
    assert guessed.mask == drawn.mask


def test_owners_say_what_masks_say() -> None:
    tile = made_tile()
    truth = tile.truth
    apart = truth.masks & (truth.masks.cumsum(0) == 1)  # made crowns may overlap, those of a set do not
    owner = (apart * torch.arange(1, len(apart) + 1)[:, None, None]).sum(0).to(torch.int32)
    some = torch.tensor([2, 0])
    assert torch.equal(Truth(truth.boxes, truth.labels, apart, owner=owner).masks_of(some), apart[some])
    over = flipped(
        replace(tile, truth=replace(truth, masks=apart, owner=owner)), across=True, down=True, flip_elevation=True
    )
    assert torch.equal(over.truth.masks_of(some), over.truth.masks[some])


def test_unlabelled_ground_is_no_background() -> None:
    labelled = torch.ones(40, 40, dtype=torch.bool)
    labelled[:, 20:] = False
    truth = Truth(torch.zeros(0, 4), torch.zeros(0, dtype=torch.int64), torch.zeros(0, 40, 40), None, labelled)
    boxes = torch.tensor([[0.0, 0, 10, 10], [24, 0, 34, 10], [24, 20, 34, 30], [90, 90, 99, 99]])
    assigned = torch.tensor([BACKGROUND, BACKGROUND, 0, BACKGROUND])
    assert truth.spared(assigned, boxes).tolist() == [BACKGROUND, IGNORED, 0, IGNORED]
    assert replace(truth, labelled=None).spared(assigned, boxes).tolist() == assigned.tolist()


def named(*labels: str, known: tuple[str, ...] = ()) -> tuple[str, ...]:
    plot = made_plot(0, crowns=len(labels))
    return classes_of([replace(plot, labels=labels)], known)


def test_classes() -> None:
    assert classes_of([made_plot(0)], ()) == ("Tree",)
    assert named("Acer", "Acer", known=("Betula", "Acer")) == ("Acer",)
    assert named("Picea", "Acer") == ("Acer", "Picea")
    assert named("Picea", "Acer", known=("Tree", "Picea", "Abies")) == ("Picea", "Abies", "Acer")
    assert named("Picea", "Tree", known=("Tree",)) == ("Tree", "Picea")


def test_labels_and_surfaces_of_a_set(tmp_path: Path) -> None:
    surveys = some_surveys(tmp_path / "plots", 5)
    mixed = [
        replace(one, crowns=tuple(replace(c, label="Acer" if i % 2 else "Picea") for i, c in enumerate(one.crowns)))
        for one in surveys
    ]
    folder = write_set(tmp_path / "set", mixed, classes="label")
    found = read_sets([folder], WANTED)
    assert classes_of(found.train, ()) == ("Acer", "Picea")
    plot = found.train[0]
    assert plot.dsm_m is not None
    assert plot.chm_m is not None
    assert np.nanmax(plot.dsm_m) > np.nanmax(plot.chm_m)
    assert read_sets([folder]).train[0].dsm_m is None
    material = material_of(found, OURS, ("Acer", "Picea"), GSD_M, photometric=False)
    assert {int(label) for ground in material.train for label in ground.labels} == {0, 1}
    document = json.loads((folder / "train.json").read_text())
    document["annotations"][0]["category_id"] = 77
    (folder / "train.json").write_text(json.dumps(document))
    with pytest.raises(InputError, match="77"):
        read_sets([folder], WANTED)


def test_tiles_are_no_larger_than_they_need_to_be() -> None:
    plots = [made_plot(0, side=130), made_plot(1, side=64)]
    assert tile_side(plots, 1024, 0.2) == 192
    assert tile_side(plots, 128, 0.2) == 128
    assert tile_side(plots[1:], 1024, 0.4) == 64


def test_a_plot_larger_than_a_tile_is_seen_once() -> None:
    """Windows overlap, and each crown belongs to one of them."""
    network = NETWORKS["rsprompter-sbl"]
    torch.manual_seed(0)
    model = network.build()
    small, large = made_plot(3, side=64), made_plot(3, side=150)
    crowns = crowns_of(network, model, small, gsd_m=0.2)
    assert (np.diff(crowns.scores) <= 0).all()
    found = crowns_of(network, model, large, gsd_m=0.2, masks_from=0.0)
    assert len(found.boxes) == len(found.masks) == len(found.labels)
    assert found.boxes.max() <= 150 + TILE_PX
    middles = (found.boxes[:, :2] + found.boxes[:, 2:]) / 2.0
    assert middles.max() > 100


def test_presets_are_those_that_the_command_lists() -> None:
    assert tuple(PRESETS) == tuple(CROWN_PRESETS)
    for name, preset in PRESETS.items():
        with torch.device("meta"):
            model = preset.network.sized(3, 128, 0.05).build()
        count = sum(value.numel() for value in model.parameters())
        assert (count < 10e6) is name.endswith("small"), name
        fit = preset.fit(40, steps=None, batch=None, seed=1)
        assert fit.steps == preset.epochs * (40 // preset.batch)
        assert 1 <= fit.warm_up <= 40 // preset.batch
    authors = PRESETS["balsam-sbl"].fit(15_742, steps=None, batch=None, seed=0)
    assert (authors.warm_up, authors.rate, authors.weight_decay, authors.batch) == (7871, 1e-5, 0.05, 2)
    assert PRESETS["rsprompter-bci"].fit(8, steps=5, batch=4, seed=0).weight_decay == 0.1
    assert PRESETS["maskrcnn"].fit(8, steps=None, batch=None, seed=0).optimiser == "sgd"


def test_it_begins_with_a_sam(tmp_path: Path) -> None:
    config = replace(tiny_config(), classes=1).sam
    torch.manual_seed(5)
    sam = build_sam(replace(config, decoder_heads=8, mask_in=16))
    torch.save(sam.state_dict(), tmp_path / "sam_tiny.pth")
    assert is_detector(str(tmp_path / "sam_tiny.pth"))
    start = start_of(str(tmp_path / "sam_tiny.pth"), 0.2)
    assert start.sam is not None
    plots = [told(made_plot(0))]
    with pytest.raises(InputError) as unsaid:
        prepared(None, start, plots)
    assert unsaid.value.code == "train.which_preset"
    with pytest.raises(InputError) as unlike:
        prepared("maskrcnn", start, plots)
    assert unlike.value.code == "train.preset_start"
    with pytest.raises(InputError) as small:
        prepared("balsam-small", start, plots)
    assert small.value.code == "train.preset_start"
    ready = prepared("balsam-sbl", start, plots)
    assert isinstance(ready.network, BalsamNetwork)
    assert (ready.network.config.sam.width, ready.network.config.selected_states) == (24, (1, 3))
    model = first_model(ready, start, 0)
    name = "blocks.0.attn.qkv.weight"
    assert torch.equal(model.get_parameter(f"backbone.vision_encoder.{name}"), sam.image_encoder.get_parameter(name))
    torch.save({**sam.state_dict(), "image_encoder.pos_embed": torch.zeros(3)}, tmp_path / "odd.pth")
    with pytest.raises(ModelError, match="does not fit"):
        prepared("balsam-sbl", start_of(str(tmp_path / "odd.pth"), 0.2), plots)


def test_published_checkpoints_are_starts(tmp_path: Path) -> None:
    """BalSAM and RSPrompter in the authors' names, Mask R-CNN in torchvision's; their classes are not in the file."""
    plot = replace(told(made_plot(0, crowns=2)), labels=("Acer", "Picea"))
    for name, model, family in (
        ("balsam", lively_model(tiny_config()), "balsam-repaired"),
        ("rsprompter", lively_model(tiny_config(uses_dsm=False)), "balsam-repaired"),
        ("rcnn", NETWORKS["maskrcnn"].sized(5, 64, 0.2).build(), "maskrcnn"),
    ):
        path = tmp_path / f"{name}.pth"
        torch.save({"state_dict": model.state_dict()}, path)
        assert is_detector(str(path))
        start = start_of(str(path), 0.2)
        assert start.trained is not None
        assert start.trained.gsd_m == 0.2
        assert len(start.trained.classes) == start.trained.network.classes > 3
        ready = prepared(None, start, [plot])
        assert ready.name == family
        assert ready.classes == ("Acer", "Picea")
        begun = first_model(ready, start, 0).state_dict()
        old = model.state_dict()
        heads = {head.name for head in ready.network.heads}
        assert heads < set(old)
        assert all(torch.equal(value, begun[name]) for name, value in old.items() if name not in heads)


def test_weights_and_classes_are_carried_over(tmp_path: Path) -> None:
    for kind in NETWORKS:
        start = start_of(str(earlier(tmp_path / kind, kind, ("Acer", "Picea"))), 0.2)
        assert start.trained is not None
        plot = replace(told(made_plot(0, crowns=3)), labels=("Picea", "Abies", "Acer"))
        ready = prepared(kind, start, [plot])
        assert ready.classes == ("Acer", "Picea", "Abies")
        assert (ready.gsd_m, ready.network.tile_px) == (GSD_M, TILE_PX)
        old, new = start.trained.model.state_dict(), first_model(ready, start, 3).state_dict()
        heads = {head.name: head for head in ready.network.heads}
        for name, value in old.items():
            if name not in heads:
                assert torch.equal(value, new[name]), name
                continue
            first, end = heads[name].first, heads[name].first + 2 * heads[name].rows
            assert torch.equal(value[:end], new[name][:end]), name
            assert first or heads[name].rows > 1 or torch.equal(value[-1], new[name][-1])


def test_three_channels_become_four(tmp_path: Path) -> None:
    start = start_of(str(earlier(tmp_path / "rgb", "maskrcnn")), 0.2)
    assert start.trained is not None
    ready = prepared("maskrcnn-dsm", start, [told(made_plot(0))])
    assert ready.network.needs_dsm
    first = "backbone.body.conv1.weight"
    old, new = start.trained.model.state_dict()[first], first_model(ready, start, 0).state_dict()[first]
    assert torch.equal(new[:, :3], old)


def test_what_is_no_start(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError) as nothing:
        start_of(str(tmp_path / "empty"), 0.2)
    assert nothing.value.code == "train.no_weights"
    assert not is_detector(str(tmp_path / "empty"))
    damaged = earlier(tmp_path / "damaged", "maskrcnn") / "training.npz"
    damaged.write_bytes(damaged.read_bytes()[:300])
    with pytest.raises(InputError) as broken:
        read_weights(damaged)
    assert broken.value.code == "train.weights_damaged"
    assert Start("x").threshold == 0.3


def test_aids_change_memory_not_numbers() -> None:
    torch.manual_seed(0)
    config = tiny_config(uses_dsm=False, train=TrainConfig(batch_norm_frozen=True))
    model, rgb = Balsam(config).train(), torch.rand(1, 3, 96, 96) * 255
    weight, gradients = torch.randn(1, 16, 6, 6), []
    for aids in (None, EncoderAids(spare_memory=True), EncoderAids(frozen=True), EncoderAids(mixed=True)):
        model.aids = aids
        model.zero_grad()
        total = (model.features(rgb).embedding * weight).sum()
        if total.requires_grad:
            total.backward()
        gradients.append(model.backbone.vision_encoder.patch_embed.proj.weight.grad)
    plain, spared, frozen, mixed = gradients
    assert torch.equal(plain, spared)
    assert frozen is None
    assert mixed.dtype == torch.float32
    assert torch.allclose(mixed, plain, atol=0.1 * float(plain.abs().max()))


def test_the_oval_fills_its_box() -> None:
    boxes = torch.tensor([[8.0, 16, 40, 32], [0, 0, 4, 4]])
    masks = oval_logits(boxes, 32, 64)[:, 0] > 0
    rows, columns = masks[0].nonzero().unbind(1)
    assert (int(rows.min()), int(rows.max()), int(columns.min()), int(columns.max())) == (8, 15, 4, 19)
    assert 0.7 < masks[0].sum() / (16 * 8) < 0.85
    assert masks[1].any()
