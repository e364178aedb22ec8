"""Each repair of BalSAM changes what it should and nothing else; with all off the model is the authors'."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from balsam_sets import lively_model, made_tile, tiny_config
from torch import Tensor

from inference.errors import InputError
from training.balsam.boxes import overlaps
from training.balsam.config import BalsamConfig, DsmNorm, Repairs, TrainConfig, repaired
from training.balsam.fit import FitOptions, fit
from training.balsam.graphs import BoxGraph, EncoderGraph, MaskGraph, encoder_inputs, encoder_outputs
from training.balsam.losses import losses
from training.balsam.model import Balsam
from training.balsam.predict import anchors_of, predict
from training.balsam.tiles import batch_of, flipped, network_elevation, randomly_flipped
from training.balsam.truth import Truth

NORMS: tuple[DsmNorm, ...] = ("max", "minmax", "percentile", "canopy", "relief")


def twin(config: BalsamConfig, of: Balsam) -> Balsam:
    """A model of another configuration with the same weights, as far as it has them."""
    model = lively_model(config, seed=7)
    model.load_state_dict({**model.state_dict(), **of.state_dict()}, strict=False)
    return model


def inputs(seed: int = 0) -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(seed)
    rgb = torch.rand((1, 3, 96, 96), generator=generator) * 255
    return rgb, torch.rand((1, 1, 96, 96), generator=generator)


# --- the authors' switches ------------------------------------------------------------------------------------------


def test_input_modulation_multiplies_the_picture_only_when_on() -> None:
    on = lively_model(tiny_config())
    off = twin(tiny_config(dsm_input_modulation=False), on)
    rgb, elevation = inputs()
    with torch.no_grad():
        a, b = on.features(rgb, elevation), off.features(rgb, elevation)
    assert torch.allclose(a.encoder_input, b.encoder_input * elevation)
    assert torch.equal(b.encoder_input, off.prepare(rgb))
    assert torch.equal(a.dense, b.dense)
    assert not torch.allclose(a.levels[0], b.levels[0])


def test_embedding_modulation_multiplies_what_the_decoder_sees_and_nothing_else() -> None:
    off = lively_model(tiny_config())
    on = twin(tiny_config(dsm_embedding_modulation=True), off)
    rgb, elevation = inputs()
    with torch.no_grad():
        a, b = off.features(rgb, elevation), on.features(rgb, elevation)
    assert torch.equal(b.embedding, a.embedding * a.dense)
    assert torch.equal(a.image_embedding, b.image_embedding)
    assert torch.equal(a.rpn_cls[0], b.rpn_cls[0])


def test_the_authors_channel_order_swaps_the_picture_but_not_the_means() -> None:
    rgb, _ = inputs()
    ours = lively_model(tiny_config(uses_dsm=False, channel_order="bgr"))
    expected = (rgb.flip(1) - ours.mean) / ours.std
    assert torch.equal(ours.prepare(rgb), expected)


def test_without_elevation_the_dense_prompt_is_sams_empty_one() -> None:
    model = lively_model(tiny_config(uses_dsm=False))
    with torch.no_grad():
        found = model.features(inputs()[0])
    empty = model.roi_head.mask_head.no_mask_embed.weight
    assert torch.equal(found.dense[0, :, 3, 2], empty[0])
    assert torch.equal(found.encoder_input, model.prepare(inputs()[0]))


def test_a_model_with_elevation_demands_it() -> None:
    with pytest.raises(ValueError, match="needs elevation"):
        lively_model(tiny_config()).features(inputs()[0])


# --- elevation --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("norm", NORMS)
def test_only_the_authors_scaling_depends_on_the_datum(norm: DsmNorm) -> None:
    config = tiny_config(dsm_norm=norm)
    low, high = (network_elevation(made_tile(datum_m=datum), config) for datum in (0.0, 300.0))
    assert low is not None
    assert high is not None
    if norm == "max":
        assert np.ptp(high) < 0.1 < np.ptp(low)
    elif norm == "canopy":
        # Canopy heights have no datum: 300 m of canopy are cut at the limit.
        assert high.max() <= 2.0
    else:
        assert np.abs(low - high).max() < 2e-3


@pytest.mark.parametrize("norm", NORMS)
def test_nan_never_reaches_the_network(norm: DsmNorm) -> None:
    tile = made_tile(datum_m=300.0)
    assert tile.height_m is not None
    holes = tile.height_m.copy()
    holes[10:30, 40:60] = np.nan
    holes[0, 0], holes[1, 1] = -32767.0, 3.4e38
    config = tiny_config(dsm_norm=norm)
    found = network_elevation(replace(tile, height_m=holes), config)
    whole = network_elevation(tile, config)
    assert found is not None
    assert whole is not None
    assert np.isfinite(found).all()
    assert not found[10:30, 40:60].any()
    assert found[0, 0] == found[1, 1] == 0.0
    assert np.abs(found - whole)[60:].max() < 0.05
    batch = batch_of([replace(tile, height_m=holes)], config)
    with torch.no_grad():
        features = lively_model(config).features(batch.rgb, batch.elevation)
    assert all(torch.isfinite(one).all() for one in (features.embedding, features.dense, *features.rpn_cls))


def test_elevation_with_holes_is_refused_at_the_door() -> None:
    model = lively_model(tiny_config())
    rgb, elevation = inputs()
    elevation[0, 0, 3, 3] = float("nan")
    with pytest.raises(ValueError, match="filled"):
        predict(model, rgb, elevation)
    with pytest.raises(ValueError, match="filled"):
        losses(
            model,
            rgb,
            [Truth(torch.zeros(0, 4), torch.zeros(0, dtype=torch.int64), torch.zeros(0, 96, 96).bool())],
            elevation,
        )


@pytest.mark.parametrize("height", [None, np.full((96, 96), np.nan, np.float32), np.full((96, 96), -2.0, np.float32)])
def test_a_tile_without_usable_elevation_needs_the_repair(height: np.ndarray | None) -> None:
    tile = replace(made_tile(), height_m=height)
    with pytest.raises(InputError, match="cannot do without"):
        batch_of([tile], tiny_config())
    batch = batch_of([tile, made_tile()], tiny_config(repairs=Repairs(optional_dsm=True)))
    assert batch.has_elevation is not None
    assert batch.has_elevation.tolist() == [0.0, 1.0]
    assert batch.elevation is not None
    assert torch.isfinite(batch.elevation).all()
    assert batch_of([tile], tiny_config(uses_dsm=False)).elevation is None


def test_optional_elevation_changes_nothing_where_there_is_some() -> None:
    plain = lively_model(tiny_config(dsm_embedding_modulation=True))
    optional = twin(tiny_config(dsm_embedding_modulation=True, repairs=Repairs(optional_dsm=True)), plain)
    rgb, elevation = inputs()
    with torch.no_grad():
        a = plain.features(rgb, elevation)
        for has in (None, torch.ones(1)):
            b = optional.features(rgb, elevation, has)
            assert torch.equal(a.encoder_input, b.encoder_input)
            assert torch.allclose(a.embedding, b.embedding)
            assert torch.allclose(a.dense, b.dense)


def test_without_elevation_its_values_do_not_matter_and_the_embedding_stands_in() -> None:
    model = lively_model(tiny_config(dsm_embedding_modulation=True, repairs=Repairs(optional_dsm=True)))
    rgb, elevation = inputs()
    with torch.no_grad():
        a = model.features(rgb, elevation, torch.zeros(1))
        b = model.features(rgb, torch.zeros_like(elevation), torch.zeros(1))
        mixed = model.features(rgb.repeat(2, 1, 1, 1), elevation.repeat(2, 1, 1, 1), torch.tensor([1.0, 0.0]))
        known = model.features(rgb, elevation, torch.ones(1))
    assert torch.equal(a.encoder_input, model.prepare(rgb))
    assert torch.equal(a.dense, b.dense)
    assert torch.equal(a.embedding, a.image_embedding)
    assert torch.equal(a.dense[0, :, 2, 5], model.no_dsm_embed.weight[0])
    assert torch.allclose(mixed.dense[1], a.dense[0])
    assert torch.allclose(mixed.dense[0], known.dense[0], atol=1e-5)


# --- flips --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("across", "down"), [(True, False), (False, True), (True, True), (False, False)])
def test_elevation_is_flipped_with_the_picture_unless_the_authors_fault_is_wanted(across: bool, down: bool) -> None:
    tile = made_tile()
    assert tile.height_m is not None
    axes = [axis for axis, wanted in ((1, across), (0, down)) if wanted]
    right = flipped(tile, across=across, down=down, flip_elevation=True)
    wrong = flipped(tile, across=across, down=down, flip_elevation=False)
    assert right.height_m is not None
    assert wrong.height_m is not None
    assert np.array_equal(right.height_m, np.flip(tile.height_m, axes))
    assert np.array_equal(wrong.height_m, tile.height_m)
    for one in (right, wrong):
        assert np.array_equal(one.rgb[1], np.flip(tile.rgb[1], axes))
        for box, mask in zip(one.truth.boxes.tolist(), one.truth.masks, strict=True):
            rows, columns = mask.nonzero(as_tuple=True)
            assert box == [columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]
    again = flipped(right, across=across, down=down, flip_elevation=True)
    assert np.array_equal(again.rgb, tile.rgb)
    assert torch.equal(again.truth.boxes, tile.truth.boxes)


@pytest.mark.parametrize("flip_elevation", [True, False])
def test_training_flips_elevation_as_configured(flip_elevation: bool) -> None:
    tile = made_tile()
    config = tiny_config(repairs=Repairs(flip_elevation=flip_elevation))
    generator = torch.Generator().manual_seed(1)
    seen = [randomly_flipped(tile, config, generator) for _ in range(12)]
    assert tile.height_m is not None
    moved = [not np.array_equal(one.rgb, tile.rgb) for one in seen]
    elevation_moved = [not np.array_equal(one.height_m, tile.height_m) for one in seen]
    assert 3 < sum(moved) < 12
    assert elevation_moved == (moved if flip_elevation else [False] * 12)


# --- score, anchors ---------------------------------------------------------------------------------------------------


def test_the_score_is_multiplied_with_the_predicted_iou_when_wanted() -> None:
    plain = lively_model(tiny_config())
    with_iou = twin(tiny_config(repairs=Repairs(score_with_iou=True)), plain)
    rgb, elevation = inputs()
    a, b = predict(plain, rgb, elevation)[0], predict(with_iou, rgb, elevation)[0]
    assert len(a.scores) == len(b.scores) > 3
    expected = a.scores * a.iou.clamp(0, 1)
    order = expected.argsort(descending=True, stable=True)
    assert torch.allclose(b.scores, expected[order])
    assert torch.equal(b.boxes, a.boxes[order])
    assert torch.equal(b.masks, a.masks[order])
    assert torch.equal(b.labels, a.labels[order])


def test_the_iou_loss_teaches_only_when_weighted() -> None:
    tile = made_tile()
    plain = lively_model(tiny_config())
    results = {}
    for weight in (0.0, 1.0, 2.0):
        model = twin(tiny_config(repairs=Repairs(iou_loss_weight=weight)), plain).train()
        batch = batch_of([tile], model.config)
        found = losses(model, batch.rgb, batch.truths, batch.elevation)
        found.total.backward()
        head = model.roi_head.mask_head.mask_decoder.mask_decoder.iou_prediction_head.layers[2]
        results[weight] = found.iou.item(), head.weight.grad is not None
    assert results[0.0] == (0.0, False)
    assert results[1.0][0] > 0
    assert results[1.0][1]
    assert results[2.0][0] == pytest.approx(2 * results[1.0][0])


def test_anchors_in_metres_fit_crowns_and_do_not_depend_on_the_tile() -> None:
    sizes_m = (1.0, 1.5, 2.0, 3.0, 4.0, 5.5, 7.5, 10.0, 14.0, 20.0)
    crowns_m = torch.tensor([1.2, 2.5, 4.0, 6.0, 9.0])
    for gsd_m in (0.02, 0.05, 0.1):
        config = tiny_config(repairs=Repairs(anchor_sizes_m=sizes_m, gsd_m=gsd_m))
        assert config.anchor_sizes_px(0) == pytest.approx((1.0 / gsd_m, 1.5 / gsd_m))
        side_px = crowns_m / gsd_m
        crowns = torch.stack([512 - side_px / 2, 512 - side_px / 2, 512 + side_px / 2, 512 + side_px / 2], dim=1)
        best = {}
        for name, one in (("metres", config), ("authors", tiny_config())):
            anchors = torch.cat(
                [anchors_of(one, level, 1024 // s, 1024 // s) for level, s in enumerate(one.rpn.strides)]
            )
            near = anchors[((anchors[:, :2] + anchors[:, 2:]) / 2 - 512).abs().amax(dim=1) < 65]
            best[name] = overlaps(crowns, near).amax(dim=1)
        assert (best["metres"] > 0.6).all()
        assert best["metres"].min() >= best["authors"].min() - 0.02
    # At 10 cm a crown of 1.2 m is 12 cells wide: smaller than the authors' smallest anchor.
    assert best["authors"][0] < 0.6 < best["metres"][0]


def test_all_repairs_off_is_the_authors_model() -> None:
    config = tiny_config()
    assert config.repairs == Repairs()
    assert (config.dsm_norm, config.dsm_input_modulation, config.dsm_embedding_modulation) == ("max", True, False)
    assert not hasattr(lively_model(config), "no_dsm_embed")
    changed = repaired(config, anchor_sizes_m=tuple(range(1, 11)), gsd_m=0.1)
    assert changed.dsm_norm == "relief"
    assert not changed.dsm_input_modulation
    assert changed.repairs == Repairs(True, 1.0, True, tuple(range(1, 11)), 0.1, True)
    assert repaired(tiny_config(uses_dsm=False)).repairs.optional_dsm is False


# --- graphs and training ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("config", "names"),
    [
        (tiny_config(), ("rgb", "elevation")),
        (tiny_config(uses_dsm=False), ("rgb",)),
        (repaired(tiny_config()), ("rgb", "elevation", "has_elevation")),
    ],
    ids=["authors", "no elevation", "repaired"],
)
def test_the_graphs_compute_what_the_model_does(config: BalsamConfig, names: tuple[str, ...]) -> None:
    model = lively_model(config)
    rgb, elevation = inputs()
    arguments = [{"rgb": rgb, "elevation": elevation, "has_elevation": torch.ones(1)}[name] for name in names]
    assert encoder_inputs(model) == names
    with torch.no_grad():
        found = dict(zip(encoder_outputs(model), EncoderGraph(model)(*arguments), strict=True))
        levels = [found[f"level{index}"] for index in range(4)]
        boxes = torch.tensor([[3.0, 4, 40, 50], [10, 10, 90, 90]])
        scores, deltas = BoxGraph(model)(*levels, boxes)
        masks, iou = MaskGraph(model)(found["embedding"], found["dense"], *levels, boxes)
    assert found["embedding"].shape == found["dense"].shape == (1, 16, 6, 6)
    assert found["rpn_reg0"].shape == (1, 24, 24, 24)
    assert torch.allclose(scores.sum(dim=1), torch.ones(2))
    assert (tuple(deltas.shape), tuple(masks.shape), tuple(iou.shape)) == ((2, 16), (2, 1, 24, 24), (2, 1))


# As in real training: random samples, statistics of the batch.
SAMPLED = TrainConfig(rpn_samples=64, roi_samples=32)


@pytest.mark.parametrize(
    "config", [tiny_config(train=SAMPLED), repaired(tiny_config(train=SAMPLED))], ids=["authors", "repaired"]
)
def test_a_tiny_model_learns(config: BalsamConfig) -> None:
    torch.manual_seed(3)
    model = Balsam(config)
    tiles = [made_tile(seed=1), made_tile(seed=2, datum_m=300.0)]
    told: list[int] = []
    options = FitOptions(steps=12, batch=2, rate=3e-3, without_elevation=0.3, seed=4)
    history = fit(model, tiles, options, lambda step, _loss: told.append(step))
    assert told == list(range(12))
    assert all(np.isfinite(history))
    assert np.mean(history[-4:]) < 0.85 * np.mean(history[:4])


def test_training_repeats_with_its_seed() -> None:
    runs = []
    for seed in (0, 0, 1):
        torch.manual_seed(3)
        model = Balsam(tiny_config(train=SAMPLED))
        tiles = [made_tile(seed=1), made_tile(seed=2)]
        runs.append(fit(model, tiles, FitOptions(steps=2, batch=1, seed=seed)))
    assert runs[0] == runs[1]
    assert runs[0] != runs[2]


def test_a_tile_without_crowns_can_be_learnt_from() -> None:
    empty = Truth(torch.zeros(0, 4), torch.zeros(0, dtype=torch.int64), torch.zeros(0, 96, 96, dtype=torch.bool))
    model = lively_model(tiny_config()).train()
    batch = batch_of([replace(made_tile(), truth=empty)], model.config)
    found = losses(model, batch.rgb, batch.truths, batch.elevation)
    found.total.backward()
    assert found.positive == [0]
    assert found.mask.item() == found.bbox.item() == 0.0
    assert np.isfinite(found.total.item())
