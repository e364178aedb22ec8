"""`birchtree models`: every verb through the command line's own entry, in this process."""

import json
from pathlib import Path
from typing import Any

import pytest

from inference.cli import program
from inference.errors import ExitCode
from inference.models.store import ModelStore
from tests.unit.models import tiny_models as tiny


def no_window(_files: list[str]) -> int:
    raise AssertionError("no window was asked for")


class Line:
    """The command line and what it wrote."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: object) -> tuple[int, str, str]:
        code = program.run(["models", *map(str, words)], no_window)
        out, err = self._capsys.readouterr()
        return code, out, err

    def facts(self, *words: object) -> dict[str, Any]:
        code, out, err = self(*words, "--json")
        assert code == ExitCode.OK, err
        facts: dict[str, Any] = json.loads(out)
        return facts


@pytest.fixture
def line(capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(capsys)


def test_the_list_of_a_fresh_installation(line: Line) -> None:
    code, out, _err = line("list")
    assert code == ExitCode.OK
    assert out.startswith("watershed ")
    assert "valley" in out
    assert "models download" in out
    facts = line.facts("list")
    places = {card["id"]: card["place"] for card in facts["models"]}
    assert places["watershed"] == "built in"
    offered = {entry["id"]: entry for entry in facts["catalogue"]}
    assert offered["sam-vit-b"]["licence"] == "Apache-2.0"
    assert offered["dinovtree-b-bci"]["sha256"] == ""
    assert facts["problems"] == []


def test_add_list_verify_remove(line: Line, tmp_path: Path) -> None:
    folder = tiny.write_traits(tmp_path / "given").folder
    facts = line.facts("add", tiny.pack(folder, tmp_path / "m.zip"))
    assert facts["id"] == "tiny-traits"
    assert Path(facts["folder"]).is_dir()
    listed = {card["id"]: card for card in line.facts("list")["models"]}
    assert listed["tiny-traits"]["place"] == "installed"
    assert listed["tiny-traits"]["classes"][0] == {"name": "Acer rubrum", "code": "ACRU"}
    code, out, _err = line("verify")
    assert (code, out) == (ExitCode.OK, "ok      birch-crowns\nok      birch-traits\nok      tiny-traits\n")
    assert line("verify", "tiny-traits")[0] == ExitCode.OK
    assert line("remove", "tiny-traits")[0] == ExitCode.OK
    assert all(model.shipped for model in ModelStore().models())


def test_the_licence_is_shown_and_accepted(line: Line, tmp_path: Path) -> None:
    folder = tiny.write_traits(tmp_path / "given", tiny.card(licence="Own Terms 1.0")).folder
    code, _out, err = line("add", folder)
    assert code == ExitCode.MODEL_MISSING
    assert "Own Terms 1.0" in err
    assert "--accept-licence" in err
    code, out, _err = line("add", folder, "--accept-licence")
    assert code == ExitCode.OK
    assert "Own Terms 1.0" in out


def test_a_damaged_model(line: Line, tmp_path: Path) -> None:
    installed = ModelStore().add(tiny.write_traits(tmp_path / "given").folder)
    file = installed.graph("traits")
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    code, out, err = line("verify")
    assert code == ExitCode.MODEL_MISSING
    assert "DAMAGED tiny-traits" in out
    assert "--replace" in err
    file.write_bytes(content[:-1])
    code, out, _err = line("verify", "tiny-traits")
    assert code == ExitCode.MODEL_MISSING
    code, out, _err = line("list")
    assert code == ExitCode.OK
    assert "not usable" in out
    assert line.facts("list")["problems"][0]["id"] == "tiny-traits"


def test_what_ships_is_verified_too(line: Line) -> None:
    code, out, _err = line("verify")
    assert code == ExitCode.OK
    assert out == "ok      birch-crowns\nok      birch-traits\n"


@pytest.mark.parametrize(
    ("words", "code", "word"),
    [
        (("verify", "none"), ExitCode.MODEL_MISSING, "none"),
        (("remove", "none"), ExitCode.MODEL_MISSING, "none"),
        (("remove", "watershed"), ExitCode.MODEL_MISSING, "built-in"),
        (("download", "none"), ExitCode.MODEL_MISSING, "sam-vit-b"),
        (("download", "dinovtree-b-bci"), ExitCode.MODEL_MISSING, "--accept-licence"),
        (("download", "dinovtree-b-bci", "--accept-licence"), ExitCode.MODEL_MISSING, "--sha256"),
        (("download", "sam-vit-b", "--sha256", "1"), ExitCode.BAD_INPUT, "SHA-256"),
        (("add", "none.zip"), ExitCode.BAD_INPUT, "none.zip"),
        (("convert", "none.pth"), ExitCode.BAD_INPUT, "none.pth"),
        (("list", "--catalogue", "none.toml"), ExitCode.BAD_INPUT, "none.toml"),
        (("cook",), ExitCode.USAGE, "cook"),
        ((), ExitCode.USAGE, "VERB"),
    ],
)
def test_refusals(words: tuple[str, ...], code: int, word: str, line: Line) -> None:
    found, _out, err = line(*words)
    assert found == code
    assert word in err
    assert "Traceback" not in err


def test_another_catalogue(line: Line, tmp_path: Path) -> None:
    file = tmp_path / "institute.toml"
    file.write_text(
        """
[models.our-oaks]
title = "Our oaks"
task = "traits"
family = "dinovtree"
kind = "model"
url = "https://example.org/our-oaks.zip"
size_bytes = 1000000
sha256 = ""
licence = "CC-BY-4.0"
source = "our institute"
"""
    )
    assert [entry["id"] for entry in line.facts("list", "--catalogue", file)["catalogue"]] == ["our-oaks"]
    code, _out, err = line("download", "our-oaks", "--catalogue", file)
    assert code == ExitCode.MODEL_MISSING
    assert "--sha256" in err
