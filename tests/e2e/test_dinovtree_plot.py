"""A DINOvTree checkpoint becomes a model and measures a real plot: convert, list, measure; wrong files do not."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely
from command_line import Birchtree

from inference.crowns.crown import Crown
from inference.plot.plot import Plot, PlotSources
from inference.traits.crops import CropSize, read_crops

Json = Callable[..., dict[str, Any]]

pytestmark = [pytest.mark.shared, pytest.mark.slow]

MODEL = "golden-dinovtree"
COLUMNS = ("height_m", "height_model_m", "height_chm_m", "species", "species_code", "species_score", "species_topk")


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden weights, saved as the authors save theirs."""
    torch = pytest.importorskip("torch")
    from safetensors.torch import load_file

    weights = Path(__file__).resolve().parents[3] / "shared" / "fixtures" / "dinovtree" / "state_dict.safetensors"
    if not weights.is_file():
        pytest.skip("golden values (../shared/fixtures) are not beside this checkout")
    path = tmp_path_factory.mktemp("released") / "dinovtreeb_quebectrees.pth"
    torch.save(load_file(weights), path)
    return path


@pytest.fixture(scope="module")
def models_home(checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """BirchTree's folders with the checkpoint converted and installed, as a user would."""
    home = tmp_path_factory.mktemp("home")
    done = subprocess.run(
        [sys.executable, "main.py", "models", "convert", str(checkpoint), "--id", MODEL, "--json"],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
        env={**os.environ, "BIRCHTREE_HOME": str(home)},
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["id"] == MODEL
    assert "logits: largest difference" in done.stderr  # parity is told
    return home


def test_the_checkpoint_is_listed_and_measures_a_real_plot(
    models_home: Path, shared_data: Path, tmp_path: Path, birchtree_json: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BIRCHTREE_HOME", str(models_home))
    (card,) = [one for one in birchtree_json("models", "list")["models"] if one["id"] == MODEL]
    assert (card["task"], card["family"], card["tile_px"], len(card["classes"])) == ("traits", "dinovtree", 512, 14)

    stem, plot = shared_data / "teak" / "TEAK_043", tmp_path / "teak.birch.gpkg"
    elevation = ["--dsm", f"{stem}_dsm.tif", "--dtm", f"{stem}_dtm.tif"]
    count = birchtree_json("segment", f"{stem}_rgb.tif", *elevation, "--model", "watershed", "-o", plot)["crowns"]
    facts = birchtree_json("measure", plot, "--model", MODEL)
    assert facts["traits"]["model"] == MODEL
    assert facts["traits"]["read"] == facts["traits"]["named"] == count > 10

    _meta, ids, outlines, columns = pyogrio.raw.read(plot, layer="crowns", columns=COLUMNS, return_fids=True)
    assert ids is not None
    rows = dict(zip(_meta["fields"], columns, strict=True))
    names = [one["name"] for one in card["classes"]]
    assert all(rows["species"])  # a doubtful crown still gets its genus or leaf type
    assert {_first(topk)[0] for topk in rows["species_topk"]} <= set(names)
    assert (rows["height_m"] == rows["height_chm_m"]).all()  # with a real DTM the CHM wins
    assert np.isfinite(rows["height_model_m"]).all()
    assert ((rows["species_score"] > 1 / 14) & (rows["species_score"] <= 1)).all()
    _compare_with_torch(Path(f"{stem}_rgb.tif"), dict(zip(ids.tolist(), outlines, strict=True)), rows, names)


def _compare_with_torch(ortho: Path, outlines: dict[int, bytes], rows: dict[str, Any], names: list[str]) -> None:
    """What stands in the columns is what the network in torch says to the same crops."""
    import torch

    from training.golden.dinovtree import read_model

    model = read_model(Path(__file__).resolve().parents[3] / "shared" / "fixtures" / "dinovtree")
    place = {tree_id: index for index, tree_id in enumerate(outlines)}
    crowns = [Crown(tree_id, shapely.from_wkb(outlines[tree_id])) for tree_id in list(outlines)[:5]]
    with Plot.open(PlotSources(ortho)) as plot:
        for crop in read_crops(plot, crowns, CropSize(9.73, 512)):
            with torch.inference_mode():
                traits = model(torch.from_numpy(crop.rgb.copy())[None].float() / 255)
            row = place[crop.tree_id]
            probabilities = traits.logits[0].softmax(dim=-1)
            species, share = _first(rows["species_topk"][row])
            assert species == names[int(probabilities.argmax())]
            assert share == pytest.approx(float(probabilities.max()), abs=1e-3)
            assert rows["height_model_m"][row] == pytest.approx(float(traits.height_m), abs=2e-3)


def _first(topk: str) -> tuple[str, float]:
    """Name and probability of the first of "Acer rubrum 0.521; Picea 0.062"."""
    name, _, share = topk.partition(";")[0].rpartition(" ")
    return name, float(share)


def test_wrong_files_get_a_sentence_and_an_exit_code(checkpoint: Path, tmp_path: Path, birchtree: Birchtree) -> None:
    import torch

    class Bomb:
        def __reduce__(self) -> tuple[object, tuple[str, str]]:
            return open, (str(tmp_path / "exploded"), "w")

    (tmp_path / "cut.pth").write_bytes(checkpoint.read_bytes()[:-100_000])
    torch.save({"model.task_heads.query_token_cls": Bomb()}, tmp_path / "code.pth")
    (tmp_path / "names.txt").write_text("Acer rubrum\nPicea glauca\n")
    wrong = {
        "cut short": [tmp_path / "cut.pth"],
        "Nothing of it was run": [tmp_path / "code.pth"],
        "2 classes": [checkpoint, "--classes", tmp_path / "names.txt"],
    }
    for words, arguments in wrong.items():
        done = birchtree("models", "convert", *arguments, "--id", "wrong")
        assert done.returncode == 4, words
        assert words in done.stderr
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "exploded").exists()
    assert "wrong" not in birchtree("models", "list").stdout
