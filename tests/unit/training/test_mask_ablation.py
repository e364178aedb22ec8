"""The ablation of labels: who keeps outlines, a real run of it, its table."""

import json
from pathlib import Path

import pytest
import torch
from made_plots import TINY, made_plot

from training.balsam2.fit import Fit, FitOptions
from training.data.canvas import CanvasMaker, make_pool
from training.shipped.mask_ablation import TITLES, labelled, main, mask_iou, scenes, table
from training.shipped.recipe import Recipe

RECIPE = Recipe(config=TINY, mask_steps=2, batch=2, scenes=2, scene_m=20.0)


@pytest.mark.parametrize(("one_in", "outlined"), [(0, []), (1, [0, 1, 2, 3, 4]), (3, [0, 3])])
def test_as_many_plots_as_said_keep_their_outlines(one_in: int, outlined: list[int]) -> None:
    plots = labelled([made_plot(seed) for seed in range(5)], one_in)
    assert [number for number, plot in enumerate(plots) if plot.owner is not None] == outlined


def test_scenes_of_one_series_are_in_no_other() -> None:
    one, again, other = (scenes(series, 1, RECIPE)[0] for series in (7, 7, 8))
    assert (one.rgb == again.rgb).all()
    assert one.rgb.shape != other.rgb.shape or (one.rgb != other.rgb).any()


def test_a_real_run_of_it(tmp_path: Path) -> None:
    base, kept = tmp_path / "base.pt", [made_plot(9)]
    pool = make_pool([made_plot(1)], 1.0, TINY.gsd_m, (1.0,))
    torch.manual_seed(0)
    Fit(TINY, FitOptions(steps=1, batch=1), CanvasMaker((pool,), TINY.tile_px), None).save(base)
    found = {name: mask_iou(name, 0, RECIPE, base, tmp_path, kept) for name in ("untrained", "boxes", "outlines")}
    assert all(0.0 <= iou <= 1.0 for iou in found.values())
    assert found["untrained"] > 0.3  # crowns of these plots are discs
    assert (tmp_path / "masks-boxes-0.pt").is_file()
    assert (tmp_path / "masks-outlines-0.pt").is_file()


def test_the_command_prints_the_table_of_what_has_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [{"variant": "boxes", "mask_iou": 0.7}, {"variant": "boxes", "mask_iou": 0.6}]
    path = tmp_path / "lines.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert main(["--out", str(path), "--table"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"| {TITLES['boxes']} | 2 | 0.650 (0.600–0.700) |"
    assert table([]).count("\n") == 2


def test_it_asks_for_the_synthetic_stage(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--out", str(tmp_path / "lines.jsonl")])
    assert stop.value.code == 2
