"""The main job on the real plots beside the project: accuracy floor and odd files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command_line import Birchtree

Json = Callable[..., dict[str, Any]]

pytestmark = pytest.mark.shared

# The floor: what a plain CHM watershed reaches (0.28, 0.39) and a little more.
_LEAST_F1 = {"teak": 0.30, "idtrees": 0.42}


@pytest.mark.slow
@pytest.mark.parametrize("site", ["teak", "idtrees"])
def test_watershed_meets_the_floor(
    site: str, shared_data: Path, tmp_path: Path, birchtree: Birchtree, birchtree_json: Json
) -> None:
    stems = [str(path).removesuffix("_rgb.tif") for path in sorted((shared_data / site).glob("*_rgb.tif"))]
    files = [tmp_path / f"{Path(stem).name}.birch.gpkg" for stem in stems]
    rows = [f"{stem}_rgb.tif,{stem}_dsm.tif,{stem}_dtm.tif,{file}" for stem, file in zip(stems, files, strict=True)]
    table = tmp_path / "plots.csv"
    table.write_text("\n".join(["ortho,dsm,dtm,output", *rows]), encoding="utf-8")
    done = birchtree("segment", table, "--model", "watershed")
    assert done.returncode == 0, done.stderr
    facts = birchtree_json("evaluate", *files, "--truth", shared_data / site / "crowns.gpkg", "--boxes")
    assert facts["total"]["pooled"]["iou"]["0.40"]["f1"] >= _LEAST_F1[site]


def test_a_field_without_trees_gives_no_crown(shared_data: Path, tmp_path: Path, birchtree_json: Json) -> None:
    facts = birchtree_json("segment", shared_data / "samples" / "field_no_trees.tif", "-o", tmp_path / "f.birch.gpkg")
    assert facts["crowns"] == 0


@pytest.mark.parametrize(
    "name",
    [
        "samples/history_hd_output_4b.tif",
        "samples/pix4d_alpha_collar.tif",
        "samples/test_tiled.tif",
        "samples/australia.tif",
        "crs_trap/tile01.tif",
    ],
)
def test_odd_files_open(name: str, shared_data: Path, tmp_path: Path, birchtree: Birchtree) -> None:
    out = tmp_path / "p.birch.gpkg"
    # What opens does not depend on the model; this one takes a second a hectare.
    done = birchtree("segment", shared_data / name, "--model", "valley", "-o", out)
    assert done.returncode == 0, done.stderr
    assert birchtree("overview", out, "-o", tmp_path / "p.png").returncode == 0


def test_a_satellite_picture_explains_itself(shared_data: Path, tmp_path: Path, birchtree: Birchtree) -> None:
    """`gcps_only.tif` opens by its control points, but its pixels of 200 m show no crown."""
    out = tmp_path / "p.birch.gpkg"
    done = birchtree("segment", shared_data / "samples" / "gcps_only.tif", "-o", out)
    assert done.returncode == 3
    assert "control points" in done.stdout
    assert "201" in done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists()
