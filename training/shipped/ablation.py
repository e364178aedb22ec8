"""`python -m training.shipped.ablation`: short trainings that differ in one thing, and a table of what it is worth."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.balsam2.fit import trained_model
from training.balsam2.model import Balsam2
from training.balsam2.publish import configured
from training.balsam2.validate import validate
from training.data.canvas import Canvas, CanvasMaker, Pool
from training.data.field_plots import DATA
from training.data.labelled import LabelledPlot, magnified
from training.shipped.crowns import real_pools, run_stage, synthetic_pool
from training.shipped.field_sets import field_set
from training.shipped.recipe import Recipe

SITES = ("teak", "idtrees", "harv", "sjer_2018")


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to train, apart from the others in as little as can be.

    Attributes:
        title: for the table.
        changes: of the network's configuration.
        flips_apart: the picture is mirrored without its elevation, as in the authors' code.
        from_synthetic: begins with the synthetic stage.
        real: whether real plots are trained on at all.
        without_elevation: how often elevation is withheld.
        blind: examined without elevation.
    """

    title: str
    changes: tuple[tuple[str, Any], ...] = ()
    flips_apart: bool = False
    from_synthetic: bool = False
    real: bool = True
    without_elevation: float = 0.25
    blind: bool = False


VARIANTS = {
    "plain": Variant("real plots only, height above ground, 3.5 M parameters"),
    "blind": Variant("the same model, examined without elevation", blind=True),
    "no-elevation": Variant("never sees elevation", (("elevation", "none"),)),
    "tile-max": Variant("elevation over the tile's highest, as the authors scale it", (("elevation", "tile-max"),)),
    "flips": Variant("the picture mirrored without its elevation, as in the authors' code", flips_apart=True),
    "always": Variant("elevation never withheld", without_elevation=0.0),
    "small": Variant("half the channels", (("widths", (16, 32, 64, 96)), ("detail", 32))),
    "large": Variant("half as many channels again", (("widths", (48, 96, 192, 288)), ("detail", 96))),
    "synthetic": Variant("synthetic plots only (the common start)", from_synthetic=True, real=False),
    "both": Variant("synthetic, then real", from_synthetic=True),
}


class FlippedApart(CanvasMaker):
    """Canvases of which the picture and its crowns are mirrored and the elevation is not."""

    def draw(self, rng: np.random.Generator) -> Canvas:
        """The next canvas, its elevation as if the picture had been turned alone."""
        canvas = super().draw(rng)
        heights = canvas.elevation_m
        for axis in (0, 1):
            heights = np.flip(heights, axis) if rng.random() < 0.5 else heights
        return replace(canvas, elevation_m=np.ascontiguousarray(heights))


@dataclass(frozen=True, slots=True)
class Bench:
    """What all variants share.

    Attributes:
        recipe: theirs but for what they change.
        real, mixed: pools of real plots, and with synthetic ones among them.
        kept: plots to examine on, from places that nothing was learned from.
        base: checkpoint of the synthetic stage; None where no variant begins with it.
        work: folder of checkpoints; what is finished there is not trained again.
    """

    recipe: Recipe
    real: tuple[Pool, ...]
    mixed: tuple[Pool, ...]
    kept: tuple[LabelledPlot, ...]
    base: Path | None
    work: Path

    def f1(self, name: str, seed: int, fold: int) -> dict[str, float]:
        """Best F1 of boxes at IoU 0.4 by site, of the variant trained with this seed."""
        variant = VARIANTS[name]
        model = self._model("plain" if variant.blind else name, seed, fold)
        plots = [magnified(plot, model.config.gsd_m, 1.0) for plot in self.kept]
        results = validate(model, [replace(plot, chm_m=None) for plot in plots] if variant.blind else plots)
        return {site: round(results[site].best()[0], 4) for site in SITES if site in results}

    def _model(self, name: str, seed: int, fold: int) -> Balsam2:
        variant = VARIANTS[name]
        recipe = replace(self.recipe, seed=seed, config=replace(self.recipe.config, **dict(variant.changes)))
        start = None
        if variant.from_synthetic:
            assert self.base is not None  # the command line sees to it
            start = configured(trained_model(self.base), recipe.config)
            if not variant.real:
                return start
            start = start.train()
        kind = FlippedApart if variant.flips_apart else CanvasMaker
        pools = self.mixed if variant.from_synthetic else self.real
        maker = kind(pools, recipe.canvas_px, recipe.mosaic_share, variant.without_elevation)
        return run_stage(self.work / f"{name}-{fold}-{seed}.pt", recipe, recipe.fit(), maker, start, lambda line: None)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and examine what was asked for; one line of JSON for each variant and seed, or the table of such lines."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if asked.table:
        sys.stdout.write(table([json.loads(line) for line in asked.out.read_text(encoding="utf-8").splitlines()]))
        return 0
    if asked.base is None and any(VARIANTS[name].from_synthetic for name in asked.only):
        parser.error("what begins with the synthetic stage needs --base")
    torch.set_num_threads(asked.threads)
    bench = _bench(asked)
    for seed in asked.seeds:
        for name in asked.only:
            found = bench.f1(name, seed, asked.fold)
            line = {"variant": name, "fold": asked.fold, "seed": seed, "steps": asked.steps, "f1": found}
            with asked.out.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
    return 0


def _bench(asked: argparse.Namespace) -> Bench:
    recipe = Recipe(steps=asked.steps)
    plots, kept = field_set(asked.data).split(asked.fold)
    real = tuple(real_pools(plots, recipe.config.gsd_m))
    mixed = real
    if "both" in asked.only:
        mixed = (*real, synthetic_pool(recipe, recipe.synthetic_weight, (1.0,)))
    return Bench(recipe, real, mixed, kept, asked.base, asked.work)


def table(lines: Sequence[dict[str, Any]]) -> str:
    """Markdown: mean and range over the seeds of each variant, site by site."""
    rows = [f"| training | runs | {' | '.join(SITES)} |", f"|---|---:|{'---:|' * len(SITES)}"]
    for name, variant in VARIANTS.items():
        mine = [line for line in lines if line["variant"] == name]
        if mine:
            cells = [_spread([line["f1"][site] for line in mine if site in line["f1"]]) for site in SITES]
            rows.append(f"| {variant.title} | {len(mine)} | {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def _spread(values: Sequence[float]) -> str:
    if not values:
        return "-"
    mean = f"{np.mean(values):.2f}"
    return mean if len(values) == 1 else f"{mean} ({min(values):.2f}–{max(values):.2f})"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training.shipped.ablation", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="lines of JSON, appended to")
    parser.add_argument("--table", action="store_true", help="print the table of --out, and train nothing")
    parser.add_argument("--work", type=Path, default=Path(), help="folder of checkpoints; a run is resumed from there")
    parser.add_argument("--only", nargs="+", choices=list(VARIANTS), default=list(VARIANTS))
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1])
    parser.add_argument("--fold", type=int, default=0, help="held out (default: %(default)s)")
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--base", type=Path, help="checkpoint of the synthetic stage")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--threads", type=int, default=1)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
