"""The allometric baseline on a plot's crowns, and on the command line."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
import shapely

from inference.cli import program
from inference.crowns.crown import Crown, Measures
from inference.crowns.table import CrownTable
from inference.evaluation.crown_heights import heights_from_crowns
from inference.sample import ensure_sample_plot
from inference.traits.height_from_crown import RELATIONSHIP, read_equations


def run(words: list[str]) -> int:
    return program.run(words, lambda *_arguments: 0)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Heights of twice the radius for maples and of its threefold for all others."""
    path = tmp_path / "heights.csv"
    rows = [f"Acer,{RELATIONSHIP},1,{math.log(2)}", f"all,{RELATIONSHIP},1,{math.log(3)}"]
    path.write_text("category,relationship,slope,intercept\n" + "\n".join(rows))
    return path


def test_crowns_get_heights_by_their_species(table: Path) -> None:
    square = shapely.box(0, 0, 4, 4)  # radius 2
    crowns = CrownTable(
        [
            Crown(1, square, species="Acer rubrum", measures=Measures(height_m=5.0)),
            Crown(2, square, species="Picea", measures=Measures()),
            Crown(3, square),
            Crown(4, square, review="deleted"),
        ]
    )
    found = heights_from_crowns(crowns, read_equations(table))
    assert found.tree_id.tolist() == [1, 2, 3]
    np.testing.assert_allclose(found.height_m, [4.0, 6.0, 6.0])
    assert found.scores.count == 1
    assert found.scores.bias_m == pytest.approx(-1.0)
    facts = json.loads(json.dumps(found.facts()))
    assert facts["height_m"] == {"1": 4.0, "2": 6.0, "3": 6.0}
    assert facts["against_rows"]["mae_m"] == pytest.approx(1.0)
    assert "1.00 m off" in found.sentence()


def test_a_plot_without_heights_says_so(table: Path) -> None:
    found = heights_from_crowns(CrownTable([Crown(1, shapely.box(0, 0, 1, 1))]), read_equations(table))
    assert found.facts()["against_rows"]["mae_m"] is None  # type: ignore[index]
    assert "none of them has another height" in found.sentence()
    assert heights_from_crowns(CrownTable(), read_equations(table)).facts()["height_m"] == {}


def test_measure_tells_the_baseline(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sample, plot = ensure_sample_plot(tmp_path, "tiny"), str(tmp_path / "p.birch.gpkg")
    assert run(["segment", str(sample.ortho), "--dsm", str(sample.dsm), "-o", plot]) == 0
    capsys.readouterr()
    assert run(["measure", plot, "--height-table", str(table), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["heights_from_crowns"]["table"] == "heights.csv"
    assert facts["heights_from_crowns"]["against_rows"]["count"] > 0
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n")
    assert run(["measure", plot, "--height-table", str(tmp_path / "bad.csv")]) == 3
    assert "no column" in capsys.readouterr().err
