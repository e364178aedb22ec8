"""Errors carry a code, a sentence and facts, and tell the command line how to exit."""

import pytest

from inference import errors
from inference.errors import (
    BirchtreeError,
    Cancelled,
    EditConflict,
    ExitCode,
    ModelError,
    RasterError,
    VectorError,
)


def test_the_sentence_is_filled_with_the_facts() -> None:
    error = RasterError("raster.unreadable", "{path} cannot be read: {why}.", path="a.tif", why="it is empty")
    assert str(error) == "a.tif cannot be read: it is empty."
    assert error.code == "raster.unreadable"
    assert error.facts == {"path": "a.tif", "why": "it is empty"}
    assert error.template == "{path} cannot be read: {why}."


def test_facts_with_braces_are_left_as_they_are() -> None:
    assert str(BirchtreeError("x", "{path} is missing.", path="odd{name}.tif")) == "odd{name}.tif is missing."


def test_a_fact_without_value_is_a_fault_of_the_programmer() -> None:
    with pytest.raises(KeyError):
        BirchtreeError("x", "{path} is missing.")


@pytest.mark.parametrize("kind", [RasterError, VectorError])
def test_file_errors_are_caught_as_os_errors_too(kind: type[BirchtreeError]) -> None:
    error = kind("x", "{path} is gone.", path="a.tif")
    assert isinstance(error, OSError)
    assert isinstance(error, errors.InputError)
    assert str(error) == "a.tif is gone."  # OSError would print its own arguments


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (BirchtreeError("x", "y"), ExitCode.BAD_INPUT),
        (RasterError("x", "y"), ExitCode.BAD_INPUT),
        (EditConflict("x", "y"), ExitCode.BAD_INPUT),
        (ModelError("x", "y"), ExitCode.MODEL_MISSING),
        (Cancelled(), ExitCode.CANCELLED),
    ],
)
def test_each_kind_has_its_exit_code(error: BirchtreeError, code: ExitCode) -> None:
    assert error.exit_code == code


def test_exit_codes_are_the_documented_ones() -> None:
    assert {code.name: code.value for code in ExitCode} == {
        "OK": 0,
        "USAGE": 2,
        "BAD_INPUT": 3,
        "MODEL_MISSING": 4,
        "CANCELLED": 5,
        "BUG": 70,
    }
