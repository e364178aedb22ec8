"""`python -m training.shipped.mask_ablation`: what outlines are worth to the mask decoder over boxes alone."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.balsam2.fit import trained_model
from training.balsam2.mask_validate import mean_mask_iou
from training.balsam2.publish import configured
from training.data.canvas import CanvasMaker, make_pool
from training.data.labelled import LabelledPlot, magnified
from training.data.synthetic import synthetic_plot
from training.shipped.crowns import run_stage
from training.shipped.recipe import SYNTHETIC_KINDS, Recipe

# Of how many plots one keeps its outlines; the others have boxes alone.
OUTLINED = {"untrained": 0, "boxes": 0, "eighth": 8, "outlines": 1}
TITLES = {
    "untrained": "the oval in the box, before any training",
    "boxes": "boxes alone",
    "eighth": "outlines of one plot in eight, boxes of the others",
    "outlines": "outlines of all",
}
_SERIES, _KEPT_SERIES = 305, 405  # of scenes; the seed is added to the first


def labelled(plots: Sequence[LabelledPlot], one_in: int) -> list[LabelledPlot]:
    """The plots, of which one in so many keeps its outlines; 0 for none."""
    return [plot if one_in and number % one_in == 0 else replace(plot, owner=None) for number, plot in enumerate(plots)]


def scenes(series: int, count: int, recipe: Recipe) -> list[LabelledPlot]:
    """Scenes of the synthetic forest with exact outlines; none of one series is in another."""
    kinds = SYNTHETIC_KINDS
    return [
        synthetic_plot(series, number, recipe.config.gsd_m, recipe.scene_m, kind=kinds[number % len(kinds)])
        for number in range(count)
    ]


def mask_iou(name: str, seed: int, recipe: Recipe, base: Path, work: Path, kept: Sequence[LabelledPlot]) -> float:
    """Mean IoU with the outlines of plots that nothing was learned from, each crown asked for by its true box."""
    recipe = replace(recipe, seed=seed)
    start = configured(trained_model(base), recipe.config)
    if name != "untrained":
        plots = labelled(scenes(seed + _SERIES, recipe.scenes, recipe), OUTLINED[name])
        pool = make_pool(plots, 1.0, recipe.config.gsd_m, (1.0,))
        maker = CanvasMaker((pool,), recipe.config.tile_px, recipe.mosaic_share, recipe.without_elevation)
        start = run_stage(
            work / f"masks-{name}-{seed}.pt", recipe, recipe.mask_fit(), maker, start.train(), lambda line: None
        )
    found = mean_mask_iou(start, kept)
    assert found is not None  # synthetic plots have outlines
    return round(found, 4)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and examine what was asked for; one line of JSON for each, or the table of such lines."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if asked.table:
        sys.stdout.write(table([json.loads(line) for line in asked.out.read_text(encoding="utf-8").splitlines()]))
        return 0
    if asked.base is None:
        parser.error("all of them begin with the synthetic stage: --base")
    torch.set_num_threads(asked.threads)
    asked.work.mkdir(parents=True, exist_ok=True)
    recipe = Recipe(mask_steps=asked.steps, scenes=asked.scenes)
    kept = [magnified(plot, recipe.config.gsd_m, 1.0) for plot in scenes(_KEPT_SERIES, asked.kept, recipe)]
    for seed in asked.seeds:
        for name in asked.only:
            found = mask_iou(name, seed, recipe, asked.base, asked.work, kept)
            line = {"variant": name, "seed": seed, "steps": asked.steps, "mask_iou": found}
            with asked.out.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
    return 0


def table(lines: Sequence[dict[str, Any]]) -> str:
    """Markdown: mean and range over the seeds of each."""
    rows = ["| labels | runs | mask IoU |", "|---|---:|---:|"]
    for name, title in TITLES.items():
        values = [line["mask_iou"] for line in lines if line["variant"] == name]
        if values:
            spread = f" ({min(values):.3f}–{max(values):.3f})" if len(values) > 1 else ""
            rows.append(f"| {title} | {len(values)} | {np.mean(values):.3f}{spread} |")
    return "\n".join(rows) + "\n"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training.shipped.mask_ablation", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="lines of JSON, appended to")
    parser.add_argument("--table", action="store_true", help="print the table of --out, and train nothing")
    parser.add_argument("--base", type=Path, help="checkpoint of the synthetic stage")
    parser.add_argument("--work", type=Path, default=Path(), help="folder of checkpoints; a run is resumed from there")
    parser.add_argument("--only", nargs="+", choices=list(OUTLINED), default=list(OUTLINED))
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1])
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--scenes", type=int, default=160, help="to learn from (default: %(default)s)")
    parser.add_argument("--kept", type=int, default=18, help="scenes to examine on (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=1)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
