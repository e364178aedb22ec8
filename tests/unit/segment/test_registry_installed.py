"""Installed models beside the model-free segmenters: listed, made, refused in words."""

from dataclasses import replace
from pathlib import Path

import pytest
from toy_graphs import detector_store, sam_store

from inference.errors import InputError, ModelError
from inference.models.store import ModelStore
from inference.segment import installed, registry
from inference.segment.balsam.segmenter import BalsamSegmenter


def empty(folder: Path) -> ModelStore:
    return ModelStore([folder / "empty"])


def test_an_installed_model_appears_and_works(tmp_path: Path) -> None:
    store = detector_store(tmp_path)
    assert [card.id for card in registry.cards(store)] == ["watershed", "valley", "squares"]
    segmenter = registry.make_segmenter("squares", {"score_thr": "0.4", "max_per_img": "7"}, store=store)
    assert isinstance(segmenter, BalsamSegmenter)
    assert segmenter.parameters["score_thr"] == 0.4
    assert segmenter.parameters["max_per_img"] == 7


def test_cards_make_their_segmenters(tmp_path: Path) -> None:
    detector_store(tmp_path)
    store = sam_store(tmp_path)
    ids = ["watershed", "valley", "squares", "sam-automatic:discs", "sam-treetops:discs"]
    assert [card.id for card in registry.cards(store)] == ids
    for card in registry.cards(store):
        assert registry.make_segmenter(card.id, store=store).card == card


def test_a_method_takes_the_first_promptable_model(tmp_path: Path) -> None:
    sam_store(tmp_path, "b-discs")
    store = sam_store(tmp_path, "a-discs")
    assert registry.make_segmenter("sam-treetops", store=store).card.id == "sam-treetops:a-discs"
    chosen = registry.make_segmenter("sam-treetops:b-discs", {"min_distance_m": "2"}, store=store)
    assert chosen.card.id == "sam-treetops:b-discs"
    with pytest.raises(ModelError, match="no model sam-treetops:c-discs") as raised:
        registry.make_segmenter("sam-treetops:c-discs", store=store)
    assert raised.value.code == "model.unknown"


def test_methods_without_a_promptable_model_are_listed_with_the_reason(tmp_path: Path) -> None:
    store = empty(tmp_path)
    missing = [choice for choice in registry.choices(store) if choice.reason]
    assert [choice.card.id for choice in missing] == ["sam-automatic", "sam-treetops"]
    assert all("birchtree models download" in choice.reason for choice in missing)
    with pytest.raises(ModelError, match="needs a Segment Anything model") as raised:
        registry.make_segmenter("sam-automatic", store=store)
    assert raised.value.code == "model.sam_missing"


def test_what_a_plot_without_elevation_can_use(tmp_path: Path) -> None:
    detector_store(tmp_path, "with-dsm", elevation="needed")
    detector_store(tmp_path, "either", elevation="optional")
    store = sam_store(tmp_path)
    usable = {choice.card.id for choice in registry.choices(store, has_dsm=False) if not choice.reason}
    assert usable == {"valley", "either", "sam-automatic:discs"}
    (refused,) = [choice for choice in registry.choices(store, has_dsm=False) if choice.card.id == "with-dsm"]
    assert "--model valley" in refused.reason
    assert all(not choice.reason for choice in registry.choices(store, has_dsm=True))


def test_a_model_of_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    card = replace(detector_store(tmp_path).get("squares").card, family="crystal-ball")
    with pytest.raises(ModelError, match="of the kind crystal-ball") as raised:
        installed.segmenter_class(card)
    assert raised.value.code == "model.family"
    assert not installed.is_known(card)
    store = detector_store(tmp_path, "new", family="crystal-ball")
    with pytest.raises(ModelError, match="crystal-ball"):
        registry.make_segmenter("new", store=store)


def test_a_model_for_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="its task is prompt") as raised:
        registry.make_segmenter("discs", store=sam_store(tmp_path))
    assert raised.value.code == "model.wrong_task"


def test_a_damaged_model_says_so(tmp_path: Path) -> None:
    store = detector_store(tmp_path)
    graph = tmp_path / "squares" / "encoder.onnx"
    graph.write_bytes(graph.read_bytes()[:-10])
    with pytest.raises(ModelError, match=r"encoder\.onnx"):
        registry.make_segmenter("squares", store=store)


def test_the_shipped_model_is_the_default_where_it_fits(tmp_path: Path) -> None:
    user, shipped = tmp_path / "user", tmp_path / "shipped"
    store = ModelStore([user, shipped])
    detector_store(user, "mine")
    assert registry.default_id(has_dsm=True, store=store) == "watershed"
    detector_store(shipped, "ours", elevation="needed")
    assert registry.default_id(has_dsm=True, store=store) == "ours"
    assert registry.default_id(has_dsm=False, store=store) == "valley"
    detector_store(shipped, "a-new-kind", family="crystal-ball")
    assert registry.default_id(has_dsm=True, store=store) == "ours"


@pytest.mark.parametrize(
    ("name", "value"),
    [("max_per_img", "2.5"), ("max_per_img", 0), ("score_with_iou", "perhaps"), ("score_thr", "x"), ("gsd_m", 0)],
)
def test_values_that_do_not_fit_are_refused(tmp_path: Path, name: str, value: str | int) -> None:
    with pytest.raises(InputError, match=name):
        registry.make_segmenter("squares", {name: value}, store=detector_store(tmp_path))


def test_flags_are_read_from_words(tmp_path: Path) -> None:
    store = detector_store(tmp_path)
    for word, value in (("yes", True), ("TRUE", True), ("off", False), ("0", False)):
        segmenter = registry.make_segmenter("squares", {"score_with_iou": word}, store=store)
        assert segmenter.parameters["score_with_iou"] is value


def test_a_card_without_a_cell_size_is_refused_before_a_run(tmp_path: Path) -> None:
    store = detector_store(tmp_path)
    model = store.get("squares")
    broken = replace(model.card, gsd_m=0.0)
    (model.folder / "card.json").write_text(broken.to_json(), encoding="utf-8")
    (choice,) = [choice for choice in registry.choices(store) if choice.card.id == "squares"]
    assert "size of a cell" in choice.reason
