"""The ablation: its one bug on purpose, and its table."""

import json
from pathlib import Path

import numpy as np
import pytest
from made_plots import made_plot

from training.data.canvas import CanvasMaker, make_pool
from training.shipped.ablation import VARIANTS, FlippedApart, main, table


def test_the_authors_bug_turns_the_picture_without_its_elevation() -> None:
    pool = make_pool([made_plot(1, side=96)], 1.0, 0.2, (1.0,))
    right, wrong = CanvasMaker((pool,), 64, 0.0, 0.0), FlippedApart((pool,), 64, 0.0, 0.0)
    seen = set()
    for number in range(12):
        one, other = (maker.draw(np.random.default_rng(number)) for maker in (right, wrong))
        assert np.array_equal(one.rgb, other.rgb)
        assert np.array_equal(one.boxes, other.boxes)
        turned = [one.elevation_m[::rows, ::columns] for rows in (1, -1) for columns in (1, -1)]
        seen.add(next(n for n, heights in enumerate(turned) if np.array_equal(heights, other.elevation_m)))
    assert seen == {0, 1, 2, 3}


def test_the_table_tells_mean_and_range_of_the_seeds() -> None:
    lines = [{"variant": "flips", "f1": {"teak": 0.4, "harv": 0.2}}, {"variant": "flips", "f1": {"teak": 0.5}}]
    rows = table(lines).splitlines()
    assert len(rows) == 3
    assert rows[2] == f"| {VARIANTS['flips'].title} | 2 | 0.45 (0.40–0.50) | - | 0.20 | - |"


def test_the_command_prints_the_table_of_what_has_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = tmp_path / "lines.jsonl"
    lines.write_text(json.dumps({"variant": "plain", "f1": {"teak": 0.54}}) + "\n", encoding="utf-8")
    assert main(["--out", str(lines), "--table"]) == 0
    assert "| 1 | 0.54 | - | - | - |" in capsys.readouterr().out


def test_a_training_that_needs_the_synthetic_stage_asks_for_it(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--out", str(tmp_path / "lines.jsonl"), "--only", "both"])
    assert stop.value.code == 2
