"""An uncertain crown gets a coarser answer that is right, or none; thresholds keep the precision that was asked for."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.errors import InputError, ModelError
from inference.models.card import ModelCard, ModelClass
from inference.traits import species
from inference.traits.species import NEVER, call_species, choose_thresholds, model_classes, threshold_for
from inference.traits.taxonomy import standard

CLASSES = model_classes(
    [
        "Acer rubrum",
        "Acer saccharum",
        "Quercus rubra",
        "Fagus grandifolia",
        "Picea",
        "Pinus strobus",
        "dead",
        "my shrub",
    ]
)
COARSENESS = {"class": 0, "species": 0, "genus": 1, "family": 2, "leaf": 3, None: 4}


def row(**shares: float) -> npt.NDArray[np.float64]:
    """One crown's probabilities by the first letters of names; the rest is shared out evenly."""
    p = np.full(len(CLASSES), np.nan)
    for place, one in enumerate(CLASSES):
        key = one.name.replace(" ", "_")
        p[place] = next((share for name, share in shares.items() if key.startswith(name)), np.nan)
    left = np.isnan(p)
    p[left] = (1.0 - np.nansum(p)) / max(left.sum(), 1)
    return p[None]


def probabilities(seed: int, n: int, k: int, sharpness: float = 2.0) -> npt.NDArray[np.float64]:
    logits = np.random.default_rng(seed).normal(size=(n, k)) * sharpness
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(e / e.sum(axis=1, keepdims=True))


def test_a_sure_species_is_named() -> None:
    (call,) = call_species(row(Quercus=0.9), CLASSES)
    assert (call.name, call.code, call.rank, call.abstained) == ("Quercus rubra", "QURU", "species", False)
    assert call.probability == pytest.approx(0.9)
    assert call.top[0] == ("Quercus rubra", pytest.approx(0.9))


def test_two_maples_are_still_a_maple() -> None:
    (call,) = call_species(row(Acer_rubrum=0.4, Acer_saccharum=0.35), CLASSES)
    assert (call.name, call.code, call.rank, call.abstained) == ("Acer", "ACER", "genus", True)
    assert call.probability == pytest.approx(0.75)


def test_oak_or_beech_is_a_fagaceae() -> None:
    (call,) = call_species(row(Quercus=0.45, Fagus=0.4), CLASSES)
    assert (call.name, call.rank) == ("Fagaceae", "family")


def test_maple_or_oak_is_a_broadleaf_and_spruce_or_pine_a_pinaceae() -> None:
    (call,) = call_species(row(Acer_rubrum=0.3, Quercus=0.3, Fagus=0.15), CLASSES)
    assert (call.name, call.rank) == ("broadleaf", "leaf")
    (call,) = call_species(row(Picea=0.4, Pinus=0.4), CLASSES)
    assert (call.name, call.rank) == ("Pinaceae", "family")


def test_dead_and_foreign_classes_are_never_summed() -> None:
    (call,) = call_species(row(dead=0.45, my_shrub=0.45), CLASSES)
    assert (call.name, call.rank, call.code, call.abstained) == (None, None, "", True)
    (call,) = call_species(row(dead=0.8), CLASSES)
    assert (call.name, call.rank) == ("dead", "class")


def test_a_model_of_families_answers_families() -> None:
    classes = model_classes(["Fabaceae", "Arecaceae", "Moraceae"])
    sure, unsure, palm = call_species(np.array([[0.8, 0.1, 0.1], [0.45, 0.1, 0.45], [0.2, 0.7, 0.1]]), classes)
    assert (sure.name, sure.rank, sure.abstained) == ("Fabaceae", "family", False)
    assert (unsure.name, unsure.rank, unsure.abstained) == ("broadleaf", "leaf", True)
    assert palm.name == "Arecaceae"


def test_thresholds_by_rank_and_ranks_that_are_left_out() -> None:
    p = row(Acer_rubrum=0.6, Acer_saccharum=0.3)
    assert call_species(p, CLASSES, abstain_below={"species": 0.7, "genus": 0.8})[0].name == "Acer"
    assert call_species(p, CLASSES, abstain_below={"leaf": 0.5})[0].name == "broadleaf"
    assert call_species(p, CLASSES, abstain_below={})[0].name is None


@given(st.integers(0, 2**32 - 1), st.integers(1, 20), st.floats(0, 1))
def test_calls_hold_what_they_say(seed: int, n: int, threshold: float) -> None:
    p = probabilities(seed, n, len(CLASSES))
    table = standard()
    for call, one in zip(call_species(p, CLASSES, abstain_below=threshold, top=3), p, strict=True):
        assert 0.0 <= call.entropy <= 1.0
        assert 0.0 <= call.probability <= 1.0
        assert [share for _, share in call.top] == sorted((share for _, share in call.top), reverse=True)
        assert len(call.top) == 3
        if call.name is None:
            continue
        assert call.probability >= threshold
        members = [
            share
            for share, two in zip(one, CLASSES, strict=True)
            if two.name == call.name or (call.rank != "class" and table.resolve(two.name).at(call.rank) == call.name)
        ]
        assert sum(members) == pytest.approx(call.probability)


@given(st.integers(0, 2**32 - 1), st.lists(st.floats(0, 1.01), min_size=2, max_size=6))
def test_a_higher_threshold_never_gives_a_finer_answer(seed: int, thresholds: list[float]) -> None:
    p = probabilities(seed, 8, len(CLASSES))
    steps = [
        [COARSENESS[call.rank] if call.abstained else 0 for call in call_species(p, CLASSES, abstain_below=limit)]
        for limit in sorted(thresholds)
    ]
    assert (np.diff(np.array(steps), axis=0) >= 0).all()


@given(st.integers(0, 2**32 - 1), st.floats(0, 1))
def test_the_order_of_classes_does_not_change_the_answer(seed: int, threshold: float) -> None:
    p = probabilities(seed, 6, len(CLASSES))
    order = np.random.default_rng(seed).permutation(len(CLASSES))
    before = call_species(p, CLASSES, abstain_below=threshold)
    after = call_species(p[:, order], [CLASSES[place] for place in order], abstain_below=threshold)
    for one, other in zip(before, after, strict=True):
        assert (one.name, one.rank, one.abstained) == (other.name, other.rank, other.abstained)
        assert one.probability == pytest.approx(other.probability)
        assert one.entropy == pytest.approx(other.entropy)


def test_entropy_is_zero_when_certain_and_one_when_not() -> None:
    np.testing.assert_allclose(species.entropy(np.array([[1.0, 0.0], [0.5, 0.5]])), [0.0, 1.0])
    np.testing.assert_allclose(species.entropy(np.ones((2, 1))), 0.0)


def test_a_single_class_and_no_class() -> None:
    (call,) = call_species(np.ones((1, 1)), model_classes(["Picea abies"]))
    assert (call.name, call.entropy) == ("Picea abies", 0.0)
    (call,) = call_species(np.zeros((1, 0)), ())
    assert (call.name, call.top) == (None, ())
    assert call_species(np.zeros((0, 2)), CLASSES[:2]) == ()


def test_a_wrong_number_of_columns_is_a_sentence() -> None:
    with pytest.raises(ModelError) as caught:
        call_species(np.zeros((1, 3)), CLASSES)
    assert caught.value.code == "species.class_count"
    assert "3 classes" in str(caught.value)


def test_a_class_named_twice_is_refused() -> None:
    with pytest.raises(InputError):
        model_classes(["Picea", "Picea"])


def test_threshold_by_hand() -> None:
    confidence = np.array([0.9, 0.8, 0.7, 0.6, 0.5])
    right = np.array([True, True, False, True, False])
    assert threshold_for(confidence, right, 1.0) == 0.8
    assert threshold_for(confidence, right, 0.75) == 0.6
    assert threshold_for(confidence, right, 0.0) == 0.5
    assert threshold_for(confidence, ~right, 0.9) == NEVER
    assert threshold_for(np.zeros(0), np.zeros(0, bool), 0.5) == NEVER


def test_crowns_of_equal_confidence_are_answered_together() -> None:
    assert threshold_for(np.array([0.9, 0.9, 0.4]), np.array([True, False, True]), 0.9) == NEVER


@given(st.integers(0, 2**32 - 1), st.floats(0.3, 1.0))
def test_the_precision_asked_for_is_kept_on_the_validation_crowns(seed: int, precision: float) -> None:
    p = probabilities(seed, 120, len(CLASSES), sharpness=3.0)
    labels = np.array([np.random.default_rng(seed + i).choice(len(CLASSES), p=one) for i, one in enumerate(p)])
    limits = choose_thresholds(p, labels, CLASSES, precision=precision)
    table = standard()
    right: dict[int, list[bool]] = {}
    for call, label in zip(call_species(p, CLASSES, abstain_below=limits), labels.tolist(), strict=True):
        if call.name is not None:
            true = table.resolve(CLASSES[label].name)
            hit = call.name == CLASSES[label].name or (call.abstained and true.at(call.rank or "leaf") == call.name)
            right.setdefault(COARSENESS[call.rank] if call.abstained else 0, []).append(hit)
    for hits in right.values():
        assert np.mean(hits) >= precision - 1e-9


def card(**settings: object) -> ModelCard:
    return ModelCard("m", "traits", "", 0.1, 8.0, 0.0, False, "", "MIT", settings=settings)  # type: ignore[arg-type]


def test_thresholds_of_a_card() -> None:
    assert species.thresholds_of(card()) == 0.5
    assert species.thresholds_of(card(abstain_below=0.7)) == 0.7
    assert species.thresholds_of(card(abstain_below_by_rank={"species": 0.8, "leaf": 1})) == {
        "species": 0.8,
        "leaf": 1.0,
    }
    with pytest.raises(ModelError):
        species.thresholds_of(card(abstain_below_by_rank=0.5))


def test_the_settings_of_a_trained_model_make_it_honest() -> None:
    """Logits three times too sure: the temperature takes it back, and thresholds keep their precision elsewhere too."""
    rng = np.random.default_rng(0)
    honest = rng.normal(size=(6000, len(CLASSES))) * 1.5
    p = np.exp(honest) / np.exp(honest).sum(axis=1, keepdims=True)
    labels = (p.cumsum(axis=1) < rng.random((6000, 1))).sum(axis=1).clip(max=len(CLASSES) - 1)
    made = species.honest_settings(honest[:3000] * 3, labels[:3000], CLASSES, precision=0.8)
    assert made["temperature"] == pytest.approx(3.0, rel=0.1)
    calibration = made["calibration"]
    assert isinstance(calibration, dict)
    assert float(str(calibration["error_after"])) < 0.03 < 0.1 < float(str(calibration["error_before"]))
    again = ModelCard.from_json(card(**made).to_json(), where="")
    told = species.softmax(honest[3000:] * 3, float(str(again.settings["temperature"])))
    calls = call_species(told, CLASSES, abstain_below=species.thresholds_of(again))
    hits = [
        call.name == CLASSES[label].name
        for call, label in zip(calls, labels[3000:].tolist(), strict=True)
        if not call.abstained
    ]
    assert len(hits) > 100
    assert np.mean(hits) == pytest.approx(0.8, abs=0.06)


def test_classes_get_the_codes_of_the_table() -> None:
    assert model_classes(["Quercus alba", "dead"]) == (ModelClass("Quercus alba", "QUAL"), ModelClass("dead", ""))


def test_a_stranger_gets_no_species_however_sure_the_model_is() -> None:
    p = np.concatenate([row(Quercus=0.97), row(Quercus=0.97), row(dead=0.97)])
    calls = call_species(p, CLASSES, unlike=np.array([False, True, True]))
    assert [call.rank for call in calls] == ["species", "leaf", None]
    assert [call.name for call in calls] == ["Quercus rubra", "broadleaf", None]
    assert calls[1].abstained


def test_a_stranger_may_get_no_leaf_type_either() -> None:
    p = np.concatenate([row(Quercus=0.97), row(Quercus=0.97)])
    calls = call_species(p, CLASSES, unlike=np.array([False, True]), unlike_have_leaves=False)
    assert [call.name for call in calls] == ["Quercus rubra", None]
    assert calls[1].abstained


def test_who_is_a_stranger_is_the_cards_to_say() -> None:
    bare = ModelCard("m", "traits", "M", 0.1, 10.0, 0.0, needs_dsm=False, source="us", licence="CC0-1.0")
    card = replace(bare, settings={"abstain_beyond": 0.99})
    ood = np.array([0.5, 0.99, 1.0, np.nan], np.float32)
    found = species.unlike_all(card, ood)
    assert found is not None
    assert found.tolist() == [False, True, True, False]
    assert species.unlike_all(card, None) is None
    assert species.unlike_all(bare, ood) is None
