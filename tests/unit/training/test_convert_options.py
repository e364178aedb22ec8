"""What a user may say of a checkpoint: ids, lengths, class names, settings on top of settings."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.errors import ModelError
from inference.models.card import ModelClass
from training.convert.options import ConvertOptions, read_classes, read_config, read_text


@pytest.mark.parametrize("model_id", ["", "Ä", "a/b", "..", ".a", "A", "con", "nul.x", "a" * 65, "a b", "a\n"])
def test_an_id_that_is_no_folder_name_is_refused(model_id: str) -> None:
    with pytest.raises(ModelError) as caught:
        ConvertOptions(model_id=model_id)
    assert caught.value.code == "convert.id"


@given(st.text(max_size=90))
def test_any_file_name_becomes_a_valid_id(stem: str) -> None:
    made = ConvertOptions().id_or(stem)
    assert ConvertOptions(model_id=made).id_or("other") == made


@pytest.mark.parametrize("length_m", [0.0, -1.0, float("nan"), float("inf"), 5000.0])
def test_a_senseless_length_is_refused(length_m: float) -> None:
    for given_lengths in ({"gsd_m": length_m}, {"footprint_m": length_m}):
        with pytest.raises(ModelError) as caught:
            ConvertOptions(**given_lengths)
        assert caught.value.code == "convert.length"


def test_class_names_are_read_with_codes_and_comments(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("\ufeff# from the paper\nAcer rubrum, ACRU\n\nPicea  # genus only\ndead\n", encoding="utf-8")
    assert read_classes(path) == (ModelClass("Acer rubrum", "ACRU"), ModelClass("Picea"), ModelClass("dead"))


@pytest.mark.parametrize("text", ["", "# nothing\n", "Picea\nPicea, PI\n"])
def test_useless_class_names_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "names.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        read_classes(path)
    assert caught.value.code == "convert.class_names"


def test_the_number_of_names_must_be_that_of_the_head() -> None:
    options = ConvertOptions(classes=(ModelClass("Picea"), ModelClass("Pinus")))
    assert options.classes_for(2) == options.classes
    with pytest.raises(ModelError, match="has 2 classes, but the checkpoint tells 3 apart"):
        options.classes_for(3)
    assert [one.name for one in ConvertOptions().classes_for(2)] == ["class 1", "class 2"]
    known = (ModelClass("Abies"), ModelClass("Larix"))
    assert ConvertOptions().classes_for(2, default=known) == known
    assert ConvertOptions().classes_for(1, default=known) == (ModelClass("class 1"),)


def test_settings_are_merged_name_by_name() -> None:
    options = ConvertOptions(settings={"rcnn": {"score_thr": 0.3}, "dsm_norm": "relief"})
    merged = options.merged_settings({"rcnn": {"score_thr": 0.05, "nms_iou": 0.5}, "dsm_norm": "max", "n": 1})
    assert merged == {"rcnn": {"score_thr": 0.3, "nms_iou": 0.5}, "dsm_norm": "relief", "n": 1}


def test_texts_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    latin, huge, listing = tmp_path / "latin.txt", tmp_path / "huge.txt", tmp_path / "list.json"
    latin.write_bytes("Bäume".encode("latin-1"))
    huge.write_bytes(b"a" * (1 << 20) + b"b")
    listing.write_text("[1]", encoding="utf-8")
    for path, code in ((latin, "convert.text_encoding"), (huge, "convert.text_too_large")):
        with pytest.raises(ModelError) as caught:
            read_text(path)
        assert caught.value.code == code
    with pytest.raises(ModelError) as caught:
        read_text(tmp_path / "absent.txt")
    assert caught.value.code == "convert.text_unreadable"
    for path in (listing, huge.with_name("huge2.txt")):
        path.write_text("{" if path is not listing else "[1]", encoding="utf-8")
        with pytest.raises(ModelError) as caught:
            read_config(path)
        assert caught.value.code == "convert.config"
