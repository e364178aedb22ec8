"""A BalSAM checkpoint becomes a model and outlines a real plot: convert, list, segment, stop, go on."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyogrio
import pytest
import shapely
from command_line import Birchtree

Json = Callable[..., dict[str, Any]]

pytestmark = [pytest.mark.shared, pytest.mark.slow]

MODEL = "golden-balsam"


@pytest.fixture
def plot(balsam_home: Path, shared_data: Path, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The words of a segment command for a real plot, in the home that has the model."""
    monkeypatch.setenv("BIRCHTREE_HOME", str(balsam_home))
    stem = shared_data / "teak" / "TEAK_043"
    elevation = ["--dsm", f"{stem}_dsm.tif", "--dtm", f"{stem}_dtm.tif"]
    return ["segment", f"{stem}_rgb.tif", *elevation, "--model", MODEL]


def crowns_of(path: Path) -> list[tuple[int, float, bytes]]:
    """Id, score and outline of every crown, as any GIS reads them."""
    _meta, ids, geometry, columns = pyogrio.raw.read(path, layer="crowns", columns=["score"], return_fids=True)
    assert ids is not None
    outlines = shapely.from_wkb(geometry)
    assert shapely.is_valid(outlines).all()
    return sorted(zip(ids.tolist(), columns[0].tolist(), geometry.tolist(), strict=True))


def test_the_model_is_listed(plot: list[object], birchtree_json: Json) -> None:
    (card,) = [card for card in birchtree_json("models", "list")["models"] if card["id"] == MODEL]
    assert card["task"] == "crowns"
    assert card["needs_dsm"] is True
    assert card["tile_px"] == 256
    reasons = {one["id"]: one["message"] for one in birchtree_json("models", "list")["unavailable"]}
    assert "models download" in reasons["sam-treetops"]


def test_a_real_plot_is_outlined_and_a_stopped_run_goes_on_to_the_same_end(
    plot: list[object], tmp_path: Path, repository: Path, birchtree_json: Json
) -> None:
    whole, stopped = tmp_path / "whole.birch.gpkg", tmp_path / "stopped.birch.gpkg"
    facts = birchtree_json(*plot, "-o", whole)
    assert facts["model"] == MODEL
    assert facts["crowns"] > 10
    assert facts["tiles"] == 16
    expected = crowns_of(whole)
    assert len(expected) == facts["crowns"]

    assert _stop_after_tiles(repository, [*plot, "-o", stopped], tiles=2) == 5
    resumed = birchtree_json(*plot, "-o", stopped, "--resume")
    assert 2 <= resumed["resumed_tiles"] < 16
    assert crowns_of(stopped) == expected


def _stop_after_tiles(repository: Path, words: list[object], *, tiles: int) -> int:
    """Start a run, say "cancel" once so many tiles are done, and give its exit code."""
    command = [sys.executable, str(repository / "main.py"), *map(str, words), "--progress", "json"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        for line in child.stdout:
            event = json.loads(line)
            if event.get("event") == "progress" and event.get("stage") == "segment" and event["done"] >= tiles:
                child.stdin.write("cancel\n")
                child.stdin.flush()
                break
        child.stdout.read()
        return child.wait(60)


def test_a_plot_without_elevation_is_told_what_else_to_use(
    plot: list[object], tmp_path: Path, birchtree: Birchtree
) -> None:
    done = birchtree("segment", plot[1], "--model", MODEL, "-o", tmp_path / "p.birch.gpkg")
    assert done.returncode == 4
    assert "needs a surface model (DSM)" in done.stderr
    assert "--model birch-crowns" in done.stderr
    assert not (tmp_path / "p.birch.gpkg").exists()


def test_other_parameters_do_not_go_on_with_the_run(plot: list[object], tmp_path: Path, birchtree: Birchtree) -> None:
    out = tmp_path / "p.birch.gpkg"
    assert birchtree(*plot, "--set", "score_thr=0.9", "-o", out).returncode == 0
    done = birchtree(*plot, "--set", "no_such=1", "-o", out)
    assert done.returncode == 3
    assert "score_thr" in done.stderr
