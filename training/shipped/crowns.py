"""`python -m training.shipped.crowns`: trains the crowns model that ships, or one of its cross-validation."""

import argparse
import json
import logging
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.balsam2.calibrate import mask_threshold
from training.balsam2.fit import Fit, FitOptions, trained_model
from training.balsam2.model import Balsam2
from training.balsam2.publish import configured
from training.balsam2.validate import best_common_threshold, validate
from training.data.canvas import CanvasMaker, Pool, make_pool
from training.data.field_plots import DATA
from training.data.labelled import LabelledPlot, magnified
from training.data.nothing import empty_plots
from training.data.synthetic import synthetic_plot
from training.devices import device_named
from training.shipped.crowns_card import publish_shipped
from training.shipped.field_sets import FieldSet, field_set
from training.shipped.recipe import SITE_WEIGHTS, SYNTHETIC_KINDS, Recipe

_SAVE_EVERY = 100
_TELL_EVERY = 50
_SYNTHETIC_SCALES = (0.85, 1.2)
_EMPTY_PLOTS = 80
_SERIES = 5  # of scenes; the seed is added
_ANY_KIND = 8  # one scene of so many is of any kind
_THRESHOLD_SITES = ("teak", "idtrees", "harv")

Told = Callable[[dict[str, Any]], None]


def synthetic_pool(recipe: Recipe, weight: float, scales: Sequence[float]) -> Pool:
    """Scenes of the synthetic forest; the same for the same seed."""
    made = [
        synthetic_plot(
            recipe.seed + _SERIES,
            number,
            recipe.config.gsd_m,
            recipe.scene_m,
            kind=SYNTHETIC_KINDS[number % len(SYNTHETIC_KINDS)] if number % _ANY_KIND else None,
        )
        for number in range(recipe.scenes)
    ]
    return make_pool(made, weight, recipe.config.gsd_m, scales)


def real_pools(plots: Sequence[LabelledPlot], gsd_m: float) -> list[Pool]:
    """One pool for each site."""
    pools = []
    for site, weight in SITE_WEIGHTS.items():
        mine = [plot for plot in plots if plot.site == site]
        if mine:
            pools.append(make_pool(mine, weight, gsd_m))
    return pools


def run_stage(
    path: Path,
    recipe: Recipe,
    options: FitOptions,
    maker: CanvasMaker,
    start: Balsam2 | None,
    tell: Told,
    device: torch.device | None = None,
) -> Balsam2:
    """Train one stage to its end, from its checkpoint where there is one; the model stays on the device."""
    is_begun = path.is_file()
    fit = Fit.resumed(path, maker, device) if is_begun else Fit(recipe.config, options, maker, start, device)
    began_s = time.monotonic()
    lately: list[dict[str, float]] = []

    def report(step: Any) -> None:
        lately.append(step.losses)
        if step.step % _TELL_EVERY == 0:
            means = {name: round(float(np.mean([one[name] for one in lately])), 4) for name in lately[0]}
            lately.clear()
            tell({"stage": path.stem, "step": step.step, **means, "seconds": round(time.monotonic() - began_s)})

    while fit.step < fit.options.steps:
        fit.run(min(fit.step + _SAVE_EVERY, fit.options.steps), report)
        fit.save(path)
    return fit.average


def examined(model: Balsam2, plots: Sequence[LabelledPlot]) -> dict[str, Any]:
    """F1 of boxes at IoU 0.4 by site on plots that the model never saw, at the best threshold and at a common one."""
    if not plots:
        return {}
    results = validate(model, [magnified(plot, model.config.gsd_m, 1.0) for plot in plots])
    sites = [site for site in _THRESHOLD_SITES if site in results] or list(results)
    threshold = best_common_threshold(results, sites)
    found = {}
    for site, result in results.items():
        best, at = result.best()
        found[site] = {"f1": round(result.f1(threshold), 4), "best": round(best, 4), "at": at, "crowns": result.crowns}
    return {"threshold": threshold, "sites": found}


def train(
    folder: Path,
    recipe: Recipe,
    real: FieldSet | None,
    held_out: int | str | None,
    base: Path | None,
    tell: Told,
    *,
    centres_only: bool = False,
    device: torch.device | None = None,
    measured: dict[str, Any] | None = None,
) -> None:
    """All stages for one model; whatever is finished in `folder` is not done again.

    Args:
        folder: checkpoints, log and `model/`.
        recipe: how.
        real: real plots; None trains on synthetic ones alone.
        held_out: fold or site that the model must not see; None for the model that ships.
        base: checkpoint of the synthetic stage, when another model has made it already.
        tell: gets the log's lines.
        centres_only: leave the masks for another call.
        device: where to train; checkpoints of one are gone on with on any other.
        measured: figures of the folds for the card of the model that ships, which has no plots held out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    base = base or folder / "base.pt"
    is_done = base.is_file() and torch.load(base, map_location="cpu", weights_only=True)["step"] >= recipe.base_steps
    if recipe.base_steps and not is_done:
        pool = synthetic_pool(recipe, 1.0, _SYNTHETIC_SCALES)
        maker = CanvasMaker((pool,), recipe.canvas_px, recipe.base_mosaic_share, recipe.without_elevation)
        run_stage(base, recipe, recipe.base_fit(), maker, None, tell, device)
    start = trained_model(base) if recipe.base_steps else None
    if start is not None:
        start = configured(start, recipe.config).train()
    if real is None:
        return
    learned, kept = real.split(held_out)
    pools = tuple(real_pools(learned, recipe.config.gsd_m))
    synthetic = synthetic_pool(recipe, 1.0, (1.0,))
    mixed = [*pools, replace(synthetic, weight=recipe.synthetic_weight)] if recipe.synthetic_weight else [*pools]
    if recipe.empty_weight:
        empty = empty_plots(_EMPTY_PLOTS, recipe.seed, recipe.config.gsd_m, recipe.canvas_px + 32)
        mixed.append(make_pool(empty, recipe.empty_weight, recipe.config.gsd_m, (1.0,)))
    maker = CanvasMaker(tuple(mixed), recipe.canvas_px, recipe.mosaic_share, recipe.without_elevation)
    model = run_stage(folder / "centres.pt", recipe, recipe.fit(), maker, start, tell, device)
    figures = examined(model, kept)
    tell({"stage": "examined", **figures})
    if centres_only:
        return
    with_outlines = (*pools, replace(synthetic, weight=recipe.mask_synthetic_weight))
    maker = CanvasMaker(with_outlines, recipe.mask_canvas_px, recipe.mask_mosaic_share, recipe.without_elevation)
    model = run_stage(folder / "masks.pt", recipe, recipe.mask_fit(), maker, model, tell, device)
    learned_from = CanvasMaker(pools, recipe.config.tile_px, recipe.mosaic_share, 0.0)
    mask_thr = mask_threshold(model, learned_from, recipe.seed)
    tell({"stage": "masks end", "mask_thr": mask_thr})
    publish_shipped(model.cpu(), replace(recipe, mask_thr=mask_thr), measured or figures, held_out, folder)


def main(arguments: Sequence[str] | None = None) -> int:
    """One training from the command line."""
    asked = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING)
    torch.set_num_threads(asked.threads)
    recipe = _recipe(asked)
    asked.out.mkdir(parents=True, exist_ok=True)
    log = asked.out / "log.jsonl"

    def tell(line: dict[str, Any]) -> None:
        text = json.dumps(line)
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{text}\n")

    tell({"recipe": recipe.as_json(), "held_out": asked.held_out, "threads": asked.threads})
    real = None if asked.synthetic_only else field_set(asked.data)
    device = device_named(asked.device)
    held_out = _held_out(asked.held_out)
    measured = _measured(asked.measured)
    train(
        asked.out, recipe, real, held_out, asked.base, tell,
        centres_only=asked.centres_only, device=device, measured=measured,
    )  # fmt: skip
    return 0


def _measured(words: Sequence[str]) -> dict[str, Any]:
    """Figures for the card from "teak=0.60" and the like; none of none."""
    sites = {site: {"f1": float(f1)} for site, _, f1 in (word.partition("=") for word in words)}
    return {"sites": sites} if sites else {}


def _held_out(text: str) -> int | str | None:
    if text == "none":
        return None
    return int(text) if text.isdigit() else text


def _recipe(asked: argparse.Namespace) -> Recipe:
    """The recipe with the numbers that were given."""
    given = {part.name: getattr(asked, part.name) for part in fields(Recipe) if part.name != "config"}
    recipe = Recipe(**{name: value for name, value in given.items() if value is not None})
    return replace(recipe, config=replace(recipe.config, elevation=asked.elevation))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training.shipped.crowns", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder of checkpoints, log and model; resumed if used")
    parser.add_argument("--data", type=Path, default=DATA, help="real plots (default: %(default)s)")
    parser.add_argument("--held-out", default="none", help="fold 0..3, a site, or none (default)")
    parser.add_argument("--base", type=Path, help="checkpoint of the synthetic stage, made if it is missing")
    parser.add_argument("--synthetic-only", action="store_true", help="stop after the synthetic stage")
    parser.add_argument("--centres-only", action="store_true", help="stop before the masks")
    parser.add_argument("--elevation", choices=("canopy", "tile-max", "none"), default="canopy")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="cpu", help="default: %(default)s")
    parser.add_argument(
        "--measured", nargs="+", default=(), metavar="SITE=F1", help="figures of the folds, for the card of what ships"
    )
    for part in fields(Recipe):
        if part.name != "config":
            kind = int if isinstance(part.default, int) else float
            parser.add_argument(f"--{part.name.replace('_', '-')}", type=kind, help=f"default {part.default}")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
