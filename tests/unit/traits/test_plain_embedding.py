"""The embedding without a model: finite, deterministic, blind to what lies outside of the crown, and of some use."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.errors import Cancelled
from inference.jobs import CancelToken
from inference.models.card import ModelClass
from inference.traits import plain_embedding
from inference.traits.base import CrownCrop
from inference.traits.fewshot import SpeciesHead
from inference.traits.plain_embedding import PlainEmbedding, describe, names
from inference.traits.registry import make_trait_model

SIDE = 64


def disc(side: int = SIDE, radius: float = 18.0) -> npt.NDArray[np.bool_]:
    rows, cols = np.mgrid[:side, :side] - (side - 1) / 2
    return np.hypot(rows, cols) <= radius


def crop(seed: int = 0, colour: tuple[int, int, int] = (70, 100, 50), grain: int = 1, chm: bool = True) -> CrownCrop:
    """A round crown of one colour with grains of so many cells, over grey ground."""
    rng = np.random.default_rng(seed)
    noise = np.kron(rng.normal(size=(SIDE // grain, SIDE // grain)), np.ones((grain, grain)))
    crown = disc()
    rgb = np.full((3, SIDE, SIDE), 120.0)
    rgb[:, crown] = np.array(colour)[:, None] * (1.0 + 0.15 * noise[crown])
    rows, cols = np.mgrid[:SIDE, :SIDE] - (SIDE - 1) / 2
    height = np.where(crown, 14.0 - 0.1 * np.hypot(rows, cols), 0.2).astype(np.float32)
    return CrownCrop(
        1, np.clip(rgb, 0, 255).astype(np.uint8), np.ones((SIDE, SIDE), bool), height if chm else None, crown, 0.1
    )


def embedded(*crops: CrownCrop) -> npt.NDArray[np.float32]:
    found = PlainEmbedding().predict(crops, CancelToken())
    assert found.embedding is not None
    return found.embedding


def test_it_is_a_trait_model_that_tells_nothing_but_the_embedding() -> None:
    model = make_trait_model("plain")
    found = model.predict([crop(1), crop(2)], CancelToken())
    assert model.card.id == "plain"
    assert model.card.uses_dsm
    assert model.model_key == plain_embedding.VERSION
    assert np.isnan(found.height_m).all()
    assert found.logits.shape == (2, 0)
    assert found.embedding is not None
    assert found.embedding.shape == (2, len(names()))
    assert found.embedding.dtype == np.float32
    model.close()


def test_the_numbers_have_names_that_never_change_places() -> None:
    assert list(describe(crop())) == list(names())
    assert list(describe(crop(chm=False))) == list(names())
    assert len(set(names())) == len(names())


def test_no_crowns_and_a_stopped_run() -> None:
    assert embedded().shape == (0, len(names()))
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        PlainEmbedding().predict([crop()], token)


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 2**16),
    st.integers(3, 70),
    st.integers(3, 70),
    st.sampled_from(["noise", "black", "white", "flat"]),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_any_crop_gives_finite_numbers(seed: int, h: int, w: int, kind: str, crown: float, valid: float) -> None:
    rng = np.random.default_rng(seed)
    pictures = {
        "noise": rng.integers(0, 256, (3, h, w)),
        "black": np.zeros((3, h, w)),
        "white": np.full((3, h, w), 255),
        "flat": np.broadcast_to(np.array([10, 200, 30])[:, None, None], (3, h, w)),
    }
    chm = np.where(rng.random((h, w)) < 0.3, np.nan, rng.random((h, w)) * 40).astype(np.float32)
    one = CrownCrop(
        1, pictures[kind].astype(np.uint8), rng.random((h, w)) < valid, chm, rng.random((h, w)) < crown, 0.1
    )
    first, again = embedded(one), embedded(one)
    assert np.isfinite(first).all()
    assert np.abs(first).max() < 1e4
    np.testing.assert_array_equal(first, again)


def test_what_lies_outside_of_the_crown_touches_only_the_surroundings() -> None:
    one = crop()
    rgb = one.rgb.copy()
    rgb[:, ~disc(radius=27.0)] = 7
    before, after = describe(one), describe(replace(one, rgb=rgb))
    assert {name for name in before if abs(before[name] - after[name]) > 1e-6} <= {
        "around_light",
        "around_grvi",
        "around_sd",
    }


def test_invalid_cells_of_the_crown_are_left_out() -> None:
    one = crop()
    valid = np.ones((SIDE, SIDE), bool)
    valid[:, SIDE // 2 :] = False
    spoilt = one.rgb.copy()
    spoilt[:, :, SIDE // 2 :] = 255
    lit = describe(replace(one, rgb=spoilt, valid=valid))["all_light_mean"]
    assert lit == pytest.approx(describe(replace(one, valid=valid))["all_light_mean"], abs=1e-6)


def test_colour_height_size_and_texture_are_seen() -> None:
    base = describe(crop())
    assert describe(crop(colour=(120, 60, 40)))["all_grvi_mean"] < base["all_grvi_mean"]
    assert describe(crop(grain=4))["likeness_2"] > base["likeness_2"] + 0.2
    assert describe(crop(grain=4))["band0_energy"] < base["band0_energy"]
    one = crop()
    assert one.chm_m is not None
    assert describe(replace(one, chm_m=one.chm_m / 2))["height_max"] < base["height_max"]
    assert describe(replace(one, crown=disc(radius=9.0)))["size_area"] < base["size_area"]
    without = describe(crop(chm=False))
    assert (without["height_max"], without["height_known"], base["height_known"]) == (0.0, 0.0, 1.0)


def test_brightness_of_the_day_hardly_touches_colour_and_texture() -> None:
    one = crop()
    darker = replace(one, rgb=(one.rgb * 0.8).astype(np.uint8))
    before, after = describe(one), describe(darker)
    for name in ("all_g_mean", "all_grvi_mean", "likeness_2", "edge1_spread"):
        assert after[name] == pytest.approx(before[name], abs=0.03)


def test_species_that_look_different_are_told_apart_from_five_marks_each() -> None:
    kinds = ((70, 100, 50), (90, 110, 40), (60, 80, 60))
    made = [crop(seed, kinds[seed % 3], grain=2 ** (seed % 3)) for seed in range(60)]
    values = embedded(*made)
    labels = [ModelClass(f"kind {seed % 3}") for seed in range(60)]
    head = SpeciesHead.fit(values[:15], labels[:15])
    told = head.probabilities(values[15:]).argmax(axis=1)
    assert (told == np.arange(15, 60) % 3).mean() > 0.9


@pytest.mark.shared
def test_on_real_crowns_pines_and_hardwoods_are_told_apart(shared_data: Path) -> None:
    """IDTReeS, three places to learn from, others to test: longleaf pine against the mixed hardwoods of MLBS."""
    from inference.crowns.crown import Crown
    from inference.formats.reader import read_rows
    from inference.plot.plot import Plot, PlotSources
    from inference.traits.crops import CropSize, read_crops

    folder = shared_data / "idtrees"
    rows = read_rows(folder / "crowns.gpkg")
    values, labels, taught = [], [], []
    for number, name in enumerate(("OSBS_18", "MLBS_25", "OSBS_21", "MLBS_16", "OSBS_24", "MLBS_26")):
        places = np.flatnonzero(rows.columns["plot"] == name)[:12]
        crowns = [Crown(int(place) + 1, rows.outlines[place]) for place in places]
        with Plot.open(PlotSources(folder / f"{name}_rgb.tif"), check=False) as plot:
            crops = list(read_crops(plot, crowns, CropSize.of(plain_embedding.CARD)))
        values.append(embedded(*crops))
        labels += [ModelClass("Pinus palustris" if name.startswith("OSBS") else "hardwood")] * len(crops)
        taught += [number < 2] * len(crops)
    x, train = np.concatenate(values), np.array(taught)
    head = SpeciesHead.fit(x[train], [one for one, use in zip(labels, taught, strict=True) if use])
    told = [head.classes[place].name for place in head.probabilities(x[~train]).argmax(axis=1).tolist()]
    true = [one.name for one, use in zip(labels, taught, strict=True) if not use]
    assert np.mean([one == other for one, other in zip(told, true, strict=True)]) > 0.85
