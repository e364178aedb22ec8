"""The small BalSAM as a network: shapes, elevation that is there, missing or broken, and other sides of tiles."""

import math
from dataclasses import replace
from typing import Any

import pytest
import torch
from made_plots import TINY
from torch import Tensor

from inference.errors import InputError
from training.balsam2.config import MIDDLE_DIAMETER_M, Balsam2Config
from training.balsam2.detect import reach_unview, unview, view
from training.balsam2.encoder import ElevationInput
from training.balsam2.model import Balsam2, boxes_of
from training.balsam2.publish import configured

FINE = replace(TINY, stem_stride=4, tile_px=64)


def model_of(config: Balsam2Config = TINY, seed: int = 0) -> Balsam2:
    """In eval mode; residual branches begin as nothing, so that chance is given some say."""
    torch.manual_seed(seed)
    model = Balsam2(config)
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(module.weight, 0.5, 1.5)
    return model.eval()


def tile(side: int = 64, seed: int = 0) -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(seed)
    return torch.rand((2, 3, side, side), generator=generator) * 255, torch.rand(
        (2, 1, side, side), generator=generator
    ) * 20


@pytest.mark.parametrize("config", [TINY, FINE, replace(TINY, elevation="none"), replace(TINY, elevation="tile-max")])
def test_shapes(config: Balsam2Config) -> None:
    model = model_of(config)
    with torch.inference_mode():
        encoded = model.encode(*tile())
        heat, half = 64 // config.heat_stride, 64 // config.embedding_stride
        assert encoded.heat.shape == (2, 1, heat, heat)
        assert encoded.reach.shape == (2, 4, heat, heat)
        assert encoded.embedding.shape == encoded.dense.shape == (2, config.embedding, half, half)
        assert boxes_of(encoded.reach, config.heat_stride).shape == (2, 4, heat, heat)
        assert model.sparse(torch.rand(5, 3, 2), torch.ones(5, 3)).shape == (5, 3, config.embedding)
    assert (encoded.reach > 0).all()
    assert 4 * half * config.mask_stride == 64


def test_elevation_is_used_and_need_not_be_there() -> None:
    model = model_of()
    rgb, elevation_m = tile()
    with torch.inference_mode():
        seen, other, without = (
            model.encode(rgb, planes).heat for planes in (elevation_m, elevation_m.flip(-1), elevation_m * 0 - 1)
        )
    assert not torch.allclose(seen, other)
    assert not torch.allclose(seen, without)
    assert torch.isfinite(without).all()


def test_a_model_without_elevation_never_reads_it() -> None:
    model = model_of(replace(TINY, elevation="none"))
    rgb, elevation_m = tile()
    with torch.inference_mode():
        first, second = model.encode(rgb, elevation_m), model.encode(rgb, elevation_m * float("nan"))
    assert torch.equal(first.heat, second.heat)
    assert not first.dense.any()


def test_what_is_hardly_known_counts_as_missing() -> None:
    """A learned constant stands in, and so does not depend on the few cells."""
    model = model_of()
    torch.nn.init.normal_(model.encoder.no_elevation)
    rgb, elevation_m = tile()
    scarce = torch.full_like(elevation_m, -1.0)
    scarce[..., :8, :8] = elevation_m[..., :8, :8]
    with torch.inference_mode():
        few, none = model.encode(rgb, scarce).heat, model.encode(rgb, torch.full_like(elevation_m, -1.0)).heat
    assert torch.equal(few, none)


@pytest.mark.parametrize("config", [TINY, FINE])
def test_nan_goes_no_further(config: Balsam2Config) -> None:
    model = model_of(config)
    rgb, elevation_m = tile()
    broken, unknown = elevation_m.clone(), elevation_m.clone()
    broken[..., 10:30, 10:30], unknown[..., 10:30, 10:30] = float("nan"), -1.0
    with torch.inference_mode():
        first, second = model.encode(rgb, broken), model.encode(rgb, unknown)
    for name in ("heat", "reach", "embedding", "dense"):
        assert torch.isfinite(getattr(first, name)).all()
        assert torch.equal(getattr(first, name), getattr(second, name))


@pytest.mark.parametrize("config", [TINY, FINE])
def test_relief_does_not_depend_on_the_ground(config: Balsam2Config) -> None:
    planes = ElevationInput(config)(torch.full((1, 1, 64, 64), 12.0))
    assert planes.shape == (1, 3, 128 // config.stem_stride, 128 // config.stem_stride)
    assert planes[:, 1].abs().max() < 1e-5
    assert (planes[:, 2] == 1.0).all()


def test_another_side_of_tiles_keeps_what_the_model_sees() -> None:
    """A crown in the middle looks the same from a larger tile, whose border is further away."""
    model = model_of()
    larger = configured(model, replace(TINY, tile_px=128))
    assert larger.config.tile_px == 128
    rgb, elevation_m = tile()
    with torch.inference_mode():
        same = configured(model, replace(TINY, tile_px=64)).encode(rgb, elevation_m)
        again = model.encode(rgb, elevation_m)
        assert torch.equal(same.heat, again.heat)
        assert larger.encode(*tile(128)).heat.shape == (2, 1, 64, 64)
        assert torch.equal(larger.encode(rgb, elevation_m).heat, again.heat)


def test_a_larger_crown_that_looks_as_likely_scores_higher() -> None:
    """Half a unit more in the logit for each e-fold of the diameter; boxes grow about their place."""
    model = model_of(replace(TINY, size_weight=0.5, reach_scale=1.1))
    cell_m = model.config.heat_stride * model.config.gsd_m
    middle = MIDDLE_DIAMETER_M / cell_m / 1.1 / 2.0  # reach of a crown that keeps its score
    reach = torch.tensor([middle, middle * math.e, middle / math.e]).reshape(1, 1, 1, 3).expand(1, 4, 1, 3)
    likely, wider = model.crowns_at(torch.full((1, 1, 1, 3), 0.2), reach)
    assert torch.logit(likely).flatten().tolist() == pytest.approx([0.2, 0.7, -0.3], abs=1e-5)
    assert torch.allclose(wider, 1.1 * reach)


def test_size_weighs_nothing_unless_asked_for() -> None:
    heat, reach = torch.randn(1, 1, 4, 4), torch.rand(1, 4, 4, 4) * 9
    likely, same = model_of().crowns_at(heat, reach)
    assert torch.equal(likely, torch.sigmoid(heat))
    assert torch.equal(same, reach)


@pytest.mark.parametrize("number", range(8))
def test_views_are_taken_back(number: int) -> None:
    x = torch.arange(60.0).reshape(1, 3, 4, 5)
    assert torch.equal(unview(view(x, number), number), x)
    # A box, seen in a view and brought back, is the box: its sides change places with the axes.
    reach = torch.zeros(1, 4, 9, 9)
    reach[0, :, 2, 3] = torch.tensor([1.0, 2.0, 3.0, 4.0])
    order = {0: [0, 1, 2, 3], 1: [2, 1, 0, 3], 2: [0, 3, 2, 1]}
    seen = view(reach, number)
    for bit in (1, 2):
        if number & bit:
            seen = seen[:, order[bit]]
    if number & 4:
        seen = seen[:, [1, 0, 3, 2]]
    assert torch.equal(reach_unview(seen, number), reach)


@pytest.mark.parametrize(
    "changes", [{"tile_px": 60}, {"tile_px": 0}, {"stem_stride": 3}, {"elevation": "other"}], ids=str
)
def test_sizes_that_do_not_fit(changes: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        replace(TINY, **changes)


def test_the_configuration_survives_json() -> None:
    assert Balsam2Config.from_json({**TINY.as_json(), "widths": list(TINY.widths)}) == TINY
    with pytest.raises(InputError, match="colour"):
        Balsam2Config.from_json({"colour": 1})
