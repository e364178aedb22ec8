"""A head taught with a few marks names other crowns, says honestly how well, and survives being saved."""

import json
import time

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.errors import InputError, ModelError
from inference.models.card import ModelClass
from inference.traits import npz
from inference.traits.doubt import doubt, doubt_of
from inference.traits.fewshot import SpeciesHead
from inference.traits.folds import grouped_folds, square_places, wilson_interval
from inference.traits.head_check import check_of, facts_of

NAMES = ("Acer rubrum", "Acer saccharum", "Betula papyrifera", "Picea glauca")
CLASSES = tuple(ModelClass(name, name[:2].upper()) for name in NAMES)


def crowns(
    seed: int, per_class: int, size: int = 40, apart: float = 1.6, classes: int = 4
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.intp]]:
    """Embeddings around class centres that lie `apart` from the middle, and their classes."""
    rng = np.random.default_rng(seed)
    centres = np.random.default_rng(99).normal(size=(classes, size)) * apart / np.sqrt(size) * 3
    labels = np.repeat(np.arange(classes), per_class)
    return (centres[labels] + rng.normal(size=(len(labels), size))).astype(np.float32), labels


def named(labels: npt.NDArray[np.intp]) -> list[ModelClass]:
    return [CLASSES[label] for label in labels.tolist()]


def taught(seed: int = 1, per_class: int = 8, **more: object) -> SpeciesHead:
    values, labels = crowns(seed, per_class)
    return SpeciesHead.fit(values, named(labels), **more)  # type: ignore[arg-type]


def test_five_marks_a_species_name_most_other_crowns() -> None:
    head = taught(per_class=5)
    values, labels = crowns(7, 200)
    p = head.probabilities(values)
    assert p.dtype == np.float32
    np.testing.assert_allclose(p.sum(axis=1), 1.0, atol=1e-5)
    assert head.classes == CLASSES
    assert (p.argmax(axis=1) == labels).mean() > 0.85


def test_more_marks_are_better() -> None:
    values, labels = crowns(7, 300, apart=0.7)
    right = []
    for per_class in (3, 10, 60):
        marks, truth = crowns(1, per_class, apart=0.7)
        head = SpeciesHead.fit(marks, named(truth))
        right.append((head.probabilities(values).argmax(axis=1) == labels).mean())
    assert right[0] < right[1] < right[2]


def test_what_is_promised_is_kept() -> None:
    """Cross-validated accuracy and probabilities against 2,000 crowns that were never marked."""
    marks, truth = crowns(1, 25, apart=0.7)
    head = SpeciesHead.fit(marks, named(truth))
    values, labels = crowns(7, 500, apart=0.7)
    p = head.probabilities(values)
    accuracy = (p.argmax(axis=1) == labels).mean()
    check = head.check
    assert check.accuracy is not None
    assert check.low < accuracy < check.high
    assert abs(float(p.max(axis=1).mean()) - accuracy) < 0.08
    assert [one.marks for one in check.classes] == [25] * 4


def test_the_same_marks_give_the_same_head() -> None:
    assert taught().to_bytes() == taught().to_bytes()


def test_the_order_of_marks_does_not_matter_for_the_answer() -> None:
    values, labels = crowns(1, 8)
    order = np.random.default_rng(0).permutation(len(labels))
    one = SpeciesHead.fit(values, named(labels))
    other = SpeciesHead.fit(values[order], named(labels[order]))
    others, _ = crowns(3, 20)
    np.testing.assert_allclose(one.probabilities(others), other.probabilities(others), atol=2e-3)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**16), st.integers(1, 6), st.integers(1, 30), st.floats(1e-3, 1e3))
def test_any_marks_give_probabilities(seed: int, per_class: int, size: int, scale: float) -> None:
    rng = np.random.default_rng(seed)
    labels = np.repeat(np.arange(3), per_class)
    values = (rng.normal(size=(len(labels), size)) * scale).astype(np.float32)
    head = SpeciesHead.fit(values, named(labels), places=rng.integers(0, 4, len(labels)).tolist())
    p = head.probabilities((rng.normal(size=(9, size)) * scale * 100).astype(np.float32))
    assert np.isfinite(p).all()
    np.testing.assert_allclose(p.sum(axis=1), 1.0, atol=1e-5)
    assert head.check.low <= (head.check.accuracy or 0.0) + 1e-9
    assert (head.check.accuracy or 0.0) <= head.check.high + 1e-9


def test_one_mark_of_each_species_works_and_says_that_nothing_was_checked() -> None:
    values, labels = crowns(1, 1)
    head = SpeciesHead.fit(values, named(labels))
    assert head.check.accuracy is None
    assert "too few to check" in head.check.sentence()
    assert head.cloud is None
    assert np.isnan(head.unlikeness(values)).all()
    others, truth = crowns(3, 50)
    assert (head.probabilities(others).argmax(axis=1) == truth).mean() > 0.5


def test_a_species_with_one_mark_is_not_checked_but_known() -> None:
    values, labels = crowns(1, 6)
    keep = np.r_[0:18, 18:19]
    head = SpeciesHead.fit(values[keep], named(labels[keep]))
    assert [one.recall is None for one in head.check.classes] == [False, False, False, True]


def test_marks_of_one_place_that_fail_together_widen_the_interval() -> None:
    rng = np.random.default_rng(5)
    places = np.repeat(np.arange(12), 10)
    labels = np.tile(np.arange(2), 60)
    values = (rng.normal(size=(12, 20))[places] * 2 + rng.normal(size=(120, 20)) + labels[:, None] * 0.8).astype(
        np.float32
    )
    alone = SpeciesHead.fit(values, named(labels)).check
    together = SpeciesHead.fit(values, named(labels), places=places.tolist()).check
    assert (together.places, alone.places) == (12, 120)
    assert together.high - together.low > alone.high - alone.low


def test_priors_move_doubtful_crowns_only() -> None:
    values, labels = crowns(1, 8)
    common = SpeciesHead.fit(
        values, named(labels), priors={NAMES[0]: 0.97, NAMES[1]: 0.01, NAMES[2]: 0.01, NAMES[3]: 0.01}
    )
    flat = SpeciesHead.fit(values, named(labels))
    others, _ = crowns(3, 60)
    before, after = flat.probabilities(others), common.probabilities(others)
    assert (after[:, 0] >= before[:, 0] - 0.02).mean() > 0.95
    assert (after.argmax(axis=1) == before.argmax(axis=1)).mean() > 0.6


def test_thresholds_for_a_precision_are_chosen_on_unseen_marks() -> None:
    marks, truth = crowns(1, 25, apart=0.6)
    head = SpeciesHead.fit(marks, named(truth), precision=0.9)
    assert head.thresholds is not None
    assert 0.3 < head.thresholds["species"] <= 1.01
    assert SpeciesHead.fit(marks, named(truth)).thresholds is None
    assert SpeciesHead.from_bytes(head.to_bytes()).thresholds == head.thresholds


def test_crowns_unlike_all_marks_are_told() -> None:
    head = taught(per_class=30)
    values, _ = crowns(3, 50)
    assert float(np.median(head.unlikeness(values))) < 0.8
    assert (head.unlikeness(values + 8.0) > 0.99).all()


@pytest.mark.parametrize("per_class", [1, 3, 12])
def test_bytes_there_and_back(per_class: int) -> None:
    head = taught(per_class=per_class, model_id="plain", model_key="plain-1", precision=0.8)
    again = SpeciesHead.from_bytes(head.to_bytes())
    others, _ = crowns(3, 20)
    np.testing.assert_array_equal(again.probabilities(others), head.probabilities(others))
    assert (again.classes, again.model_id, again.model_key) == (head.classes, "plain", "plain-1")
    assert again.check == head.check
    assert again.to_bytes() == head.to_bytes()


def test_a_damaged_head_is_a_sentence_and_nothing_is_run(tmp_path: object) -> None:
    payload = taught().to_bytes()
    foreign = npz.pack({"format": "something else"}, {"weights": np.zeros((2, 2))})
    wrong = npz.pack({"format": "birchtree-species-head"}, {"weights": np.zeros((2, 2))})
    facts, arrays = npz.unpack(payload, what="x", format_name="birchtree-species-head", shapes={})
    lame = npz.pack(facts, {**arrays, "bias": np.zeros(1, np.float32)})
    nothing = npz.pack({**facts, "classes": None}, arrays)
    nan = npz.pack(facts, {**arrays, "weights": np.full_like(arrays["weights"], np.nan)})
    for bad in (b"", b"zip?", payload[:100], payload[:-20], foreign, wrong, lame, nothing, nan):
        with pytest.raises(ModelError) as caught:
            SpeciesHead.from_bytes(bad)
        assert caught.value.code == "model.data_damaged"


def test_a_head_that_would_fill_the_memory_is_refused() -> None:
    """A zip entry may claim any size; nothing is unpacked that claims more than a model can have."""
    body = bytearray(npz.pack({"format": "birchtree-species-head"}, {"weights": np.zeros((2, 2))}))
    place = body.index(b"PK\x01\x02")  # the first entry of the list at the end; its unpacked size is 24 bytes on
    body[place + 24 : place + 28] = (0xF0000000).to_bytes(4, "little")
    with pytest.raises(ModelError) as caught:
        SpeciesHead.from_bytes(bytes(body))
    assert "more numbers" in str(caught.value)


def test_one_species_or_none_is_a_sentence() -> None:
    values, _ = crowns(1, 2)
    for labels in ([CLASSES[0]] * len(values), []):
        with pytest.raises(InputError) as caught:
            SpeciesHead.fit(values[: len(labels)], labels)
        assert caught.value.code == "species.one_class"


def test_embeddings_that_are_no_numbers_or_of_another_model_are_a_sentence() -> None:
    values, labels = crowns(1, 4)
    values[3, 2] = np.nan
    with pytest.raises(InputError) as caught:
        SpeciesHead.fit(values, named(labels))
    assert caught.value.code == "species.embeddings"
    with pytest.raises(ModelError) as refused:
        taught().probabilities(np.zeros((2, 7), np.float32))
    assert refused.value.code == "species.other_embedding"


def test_a_head_for_ten_thousand_crowns_is_quick() -> None:
    """The promise is under a second; a busy machine gets room, by processor time of one thread (see conftest.py)."""
    rng = np.random.default_rng(0)
    labels = np.arange(400) % 20
    values = rng.normal(size=(10_000, 1536)).astype(np.float32)
    values[:400, :20] += 3 * np.eye(20, dtype=np.float32)[labels]
    classes = [ModelClass(f"species {label:02d}") for label in labels.tolist()]
    started_s = time.process_time()
    head = SpeciesHead.fit(values[:400], classes, places=(np.arange(400) // 7).tolist())
    p = head.probabilities(values)
    assert time.process_time() - started_s < 3.0
    assert p.shape == (10_000, 20)


def test_the_check_there_and_back_through_json() -> None:
    check = taught(per_class=3).check
    assert check_of(json.loads(json.dumps(facts_of(check)))) == check


# ---- folds and intervals


@settings(deadline=None)
@given(st.integers(0, 2**16), st.integers(2, 60), st.integers(1, 5), st.integers(1, 12), st.integers(2, 10))
def test_every_class_with_two_groups_is_known_outside_of_each_fold(
    seed: int, n: int, classes: int, groups: int, folds: int
) -> None:
    rng = np.random.default_rng(seed)
    labels, group = rng.integers(0, classes, n), rng.integers(0, groups, n)
    found = grouped_folds(labels, group, folds)
    assert found.shape == (n,)
    assert ((found >= 0) & (found < folds)).all()
    lonely = [label for label in range(classes) if len(set(group[labels == label].tolist())) == 1]
    for one in range(groups):
        marks = (group == one) & ~np.isin(labels, lonely)
        assert len(set(found[marks].tolist())) <= 1
    np.testing.assert_array_equal(found, grouped_folds(labels, group, folds))
    for label in lonely:
        if (labels == label).sum() > 1:
            assert len(set(found[labels == label].tolist())) > 1


def test_points_of_one_square_are_one_place() -> None:
    places = square_places(np.array([[1.0, 1.0], [24.0, 24.0], [26.0, 1.0], [-1.0, 1.0]]), 25.0)
    assert places[0] == places[1]
    assert len(set(places.tolist())) == 3


@given(st.floats(0, 1), st.floats(0.5, 1e6))
def test_wilsons_interval_holds_the_share(share: float, count: float) -> None:
    low, high = wilson_interval(share, count)
    assert 0.0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1.0


def test_wilsons_interval_by_hand() -> None:
    low, high = wilson_interval(0.5, 100)
    assert (low, high) == (pytest.approx(0.404, abs=1e-3), pytest.approx(0.596, abs=1e-3))
    assert wilson_interval(1.0, 0) == (0.0, 1.0)


# ---- doubt


@given(st.integers(0, 2**16), st.integers(2, 9))
def test_doubt_lies_between_0_and_1_and_strangeness_only_adds(seed: int, k: int) -> None:
    rng = np.random.default_rng(seed)
    p = rng.dirichlet(np.ones(k), 12)
    plain, strange = doubt(p), doubt(p, rng.random(12))
    assert ((plain >= 0) & (strange <= 1)).all()
    assert (strange >= plain - 1e-12).all()
    np.testing.assert_allclose(doubt(p[:, rng.permutation(k)]), plain)


def test_sure_crowns_come_last_and_strangers_first() -> None:
    p = np.array([[0.98, 0.01, 0.01], [0.5, 0.49, 0.01], [0.98, 0.01, 0.01]])
    worth = doubt(p, np.array([0.2, 0.2, 0.999]))
    assert worth[1] > worth[0]
    assert worth[2] > 0.6
    np.testing.assert_allclose(doubt(p, np.array([np.nan] * 3)), doubt(p))
    assert doubt(np.ones((2, 1))).tolist() == [0.0, 0.0]
    assert doubt_of(np.array([1.0]), np.array([0.0])).tolist() == [1.0]
