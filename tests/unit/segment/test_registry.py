"""Segmenters by id, and parameters by name."""

from pathlib import Path

import pytest

from inference.errors import ExitCode, InputError, ModelError
from inference.models.store import ModelStore
from inference.segment import registry
from inference.segment.balsam2 import Balsam2Segmenter
from inference.segment.valley import ValleySegmenter
from inference.segment.watershed import WatershedSegmenter


def test_every_card_makes_its_segmenter() -> None:
    for card in registry.cards():
        segmenter = registry.make_segmenter(card.id)
        assert segmenter.card == card
        assert segmenter.card.task == "crowns"
        assert segmenter.parameters["gsd_m"] == card.gsd_m


def test_what_is_used_when_no_model_is_named() -> None:
    for has_dsm in (True, False):
        assert isinstance(registry.make_segmenter(registry.default_id(has_dsm=has_dsm)), Balsam2Segmenter)


def test_what_is_used_where_no_model_ships(tmp_path: Path) -> None:
    store = ModelStore([tmp_path])
    assert isinstance(registry.make_segmenter(registry.default_id(has_dsm=True, store=store)), WatershedSegmenter)
    assert isinstance(registry.make_segmenter(registry.default_id(has_dsm=False, store=store)), ValleySegmenter)


def test_parameters_are_changed_by_name_and_read_from_text() -> None:
    segmenter = registry.make_segmenter("watershed", {"min_height_m": "3.5", "gsd_m": 0.5})
    assert segmenter.parameters["min_height_m"] == 3.5
    assert segmenter.card.gsd_m == 0.5
    assert registry.make_segmenter("valley", {"crown_floor": "-1"}).parameters["crown_floor"] == -1.0


def test_an_unknown_model_says_which_there_are() -> None:
    with pytest.raises(ModelError, match="watershed, valley") as raised:
        registry.make_segmenter("nosuch")
    assert raised.value.exit_code == ExitCode.MODEL_MISSING


def test_an_unknown_parameter_says_which_there_are() -> None:
    with pytest.raises(InputError, match=r"no parameter min_hight_m.*min_height_m"):
        registry.make_segmenter("watershed", {"min_hight_m": 3})


@pytest.mark.parametrize("value", ["tall", "nan", "inf", "-1", ""])
def test_a_value_that_is_no_length_is_refused(value: str) -> None:
    with pytest.raises(InputError, match="must be a number of at least 0"):
        registry.make_segmenter("watershed", {"min_height_m": value})


@pytest.mark.parametrize("name", ["gsd_m", "core_m"])
def test_a_grid_needs_cells(name: str) -> None:
    with pytest.raises(InputError, match="above 0"):
        registry.make_segmenter("watershed", {name: 0})


def test_requirements_are_checked_before_a_run() -> None:
    watershed, valley = (registry.make_segmenter(name).card for name in ("watershed", "valley"))
    registry.check_requirements(watershed, has_dsm=True)
    registry.check_requirements(valley, has_dsm=False)
    with pytest.raises(ModelError, match="--model birch-crowns"):
        registry.check_requirements(watershed, has_dsm=False)
