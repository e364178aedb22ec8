"""docs/extending.md is true: its segmenter, trait model and format are entered as it says, and work."""

import json
import re
import sys
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent / "pipeline"))

from cone_plots import scattered, write_plot

from inference.cli import program
from inference.formats import exporting
from inference.segment import registry as segmenters
from inference.traits import registry as trait_models

PAGE = Path(__file__).resolve().parents[2] / "docs" / "extending.md"


def code_of(file: str) -> dict[str, Any]:
    """The names that a block of the page defines."""
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    block = next(text for text in blocks if text.startswith(f"# {file}\n"))
    names: dict[str, Any] = {"__name__": "added_by_a_test"}
    # Dataclasses look their module up.
    sys.modules["added_by_a_test"] = type(sys)("added_by_a_test")
    exec(compile(block, file, "exec"), names)
    return names


def run(*words: object) -> int:
    return program.run([str(word) for word in words], lambda _: 70)


def test_an_added_segmenter_trait_model_and_format(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    discs = code_of("inference/segment/discs.py")["DiscSegmenter"]
    greenness = code_of("inference/traits/greenness.py")["GreennessModel"]
    points = code_of("inference/formats/points.py")["write"]
    monkeypatch.setattr(segmenters, "BUILT_IN", MappingProxyType({**segmenters.BUILT_IN, "discs": discs}))
    monkeypatch.setattr(trait_models, "BUILT_IN", MappingProxyType({**trait_models.BUILT_IN, "greenness": greenness}))
    monkeypatch.setitem(exporting.SUFFIXES, ".tsv", "Points")
    monkeypatch.setitem(exporting.WRITERS, ".tsv", points)

    sources = write_plot(tmp_path, scattered(32.0), 32.0)
    path = tmp_path / "p.birch.gpkg"
    rasters = (sources.ortho, "--dsm", sources.dsm, "--dtm", sources.dtm)
    quiet = ("--json", "--progress", "none")
    assert run("segment", *rasters, "-o", path, "--model", "discs", "--set", "radius_m=1.75", *quiet) == 0
    assert json.loads(capsys.readouterr().out)["crowns"] == 16
    assert run("measure", path, "--model", "greenness", *quiet) == 0
    assert json.loads(capsys.readouterr().out)["traits"]["read"] == 16
    assert run("export", path, "-o", tmp_path / "tops.tsv") == 0
    rows = (tmp_path / "tops.tsv").read_text().splitlines()
    assert (len(rows), rows[0].split("\t")) == (17, ["tree_id", "x", "y", "height_m"])
    assert (tmp_path / "tops.tsv.json").exists()
    assert run("models", "list") == 0
    assert "Discs on treetops" in capsys.readouterr().out
