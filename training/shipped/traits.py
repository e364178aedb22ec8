"""`python -m training.shipped.traits --out DIR`: trains the traits model that ships, and measures it place by place."""

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch

from inference import env
from inference.errors import InputError
from inference.traits.species import model_classes
from training.convert.write import new_folder
from training.data.field_plots import DATA
from training.shipped.trait_crowns import FOREIGN_SITES, LEARNED_SITES, FieldCrowns, field_crowns
from training.shipped.traits_ablation import ablation
from training.shipped.traits_card import publish
from training.shipped.traits_exam import (
    HeldOut,
    answers_by_rank,
    calls_of,
    few_shot,
    leaf_figures,
    species_figures,
    strange_plots,
    strangers,
)
from training.shipped.traits_heights import height_figures
from training.shipped.traits_lessons import Lesson, Recipe, chosen_settings, cross_fitted, held_out, learned
from training.shipped.traits_outlined import outlined

_SEEDS = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the crowns, examine, train, publish; some minutes on one core."""
    asked = _parser().parse_args(arguments)
    env.scrub()
    torch.set_num_threads(asked.threads)
    recipe = Recipe(asked.decay, asked.evenness, asked.precision, seed=asked.seed)
    asked.out.mkdir(parents=True, exist_ok=True)
    tell = _Log(asked.out / "log.txt")
    crowns = lesson_crowns(asked.out, asked.data, asked.seed, asked.held_out)
    strange = _gathered(asked.out, FOREIGN_SITES, asked.data, asked.seed)
    tell(f"{len(crowns)} crowns to learn from, {len(strange)} of other flights; {json.dumps(asdict(recipe))}")
    whole = learned(crowns, crowns.classes(), recipe)
    figures = examined(crowns, strange, whole, recipe)
    if asked.ablation:
        figures["ablation"] = ablation(crowns, recipe)
    if asked.outlined:
        figures["outlined"] = outlined(crowns, recipe, asked.data)
    tell(json.dumps(figures, indent=1))
    settings = chosen_settings(held_out(crowns, whole.classes, recipe), recipe, whole.classes)
    with new_folder(asked.out / "model", replace_older=True) as folder:
        publish(whole, settings, figures, folder, tell)
        _keep(folder / "training", asked.out, recipe, crowns, figures)
    return 0


def examined(crowns: FieldCrowns, strange: FieldCrowns, whole: Lesson, recipe: Recipe) -> dict[str, Any]:
    """Figures on places held out, on forests held out, and on flights that were never learned."""
    names = whole.classes
    species = len(names) - 2
    held = held_out(crowns, names, recipe)
    classes = model_classes(names)
    settings = chosen_settings(held, recipe, names)
    cross, region = cross_fitted(held, crowns.fold, recipe, names), crowns.region
    by_plain = held_out(crowns, names, recipe, crowns.plain[None])
    label = np.where(held.label < species, held.label, -1)
    found: dict[str, Any] = {
        "species": species_figures(held, species),
        "species_plain": species_figures(by_plain, species),
        "leaf": leaf_figures(held, classes),
        "leaf_plain": leaf_figures(by_plain, classes),
        **{f"species_{one}": species_figures(held.chosen(region == one), species) for one in ("MLBS", "OSBS")},
        **{f"leaf_{one}": leaf_figures(held.chosen(region == one), classes) for one in np.unique(region).tolist()},
        "answers": answers_by_rank(calls_of(held, classes, settings), held, classes),
        "answers_cross_fitted": answers_by_rank(cross, held, classes),
        "crowns_on_strange_plots": float(strange_plots(held, settings).mean()),
        "few_shot": {
            "this_model": few_shot(crowns.numbers[label >= 0], label[label >= 0], crowns.fold[label >= 0], _SEEDS),
            "plain": few_shot(crowns.plain[label >= 0], label[label >= 0], crowns.fold[label >= 0], _SEEDS),
        },
    }
    without = {one: _without(crowns, region == one, recipe) for one in np.unique(region).tolist()}
    foreign = {}
    for site in FOREIGN_SITES:
        mine = strange.chosen(strange.site == site)
        foreign[site] = strangers(whole.asked(mine, mine.allowed(names)), classes, settings)
    heights = height_figures(crowns, recipe)
    return {"cross_validation": found, "heights": heights, "forest_held_out": without, "foreign": foreign}


def _without(crowns: FieldCrowns, here: np.ndarray, recipe: Recipe) -> dict[str, float]:
    """A whole forest held out, settings included: what the model of the others says of it."""
    rest, forest = crowns.chosen(~here), crowns.chosen(here)
    names = rest.classes()
    settings = chosen_settings(held_out(rest, names, recipe), recipe, names)
    asked: HeldOut = learned(rest, names, recipe).asked(forest, forest.allowed(names))
    return strangers(asked, model_classes(names), settings)


def lesson_crowns(out: Path, data: Path, seed: int, fold: int | None) -> FieldCrowns:
    """The crowns to learn from, all but those of a fold that is held out; pictures are read once for all folds.

    Args:
        out: folder of the training, where what was read is kept.
        data: the shared data.
        seed: of the outlines and lights in which the crowns are shown.
        fold: held out; None learns from all.

    Raises:
        InputError: a site is absent, or there is no such fold.
    """
    crowns = _gathered(out, LEARNED_SITES, data, seed)
    if fold is None:
        return crowns
    if fold not in crowns.fold:
        raise InputError(
            "train.fold",
            "There is no fold {fold} to hold out: the plots are in {folds}.",
            fold=fold,
            folds=", ".join(str(one) for one in np.unique(crowns.fold).tolist()),
        )
    return crowns.chosen(crowns.fold != fold)


def _gathered(out: Path, sites: Sequence[str], data: Path, seed: int) -> FieldCrowns:
    """Crowns of some sites, from the training's folder where they were read before."""
    path = out / f"{'_'.join(sites)}_{seed}.npz"
    if not path.is_file():
        partial = out / "partial.npz"
        found = field_crowns(sites, data, seed)
        np.savez(partial, allow_pickle=False, **{name: getattr(found, name) for name in FieldCrowns.__slots__})
        partial.replace(path)
    with np.load(path, allow_pickle=False) as file:
        return FieldCrowns(**{name: file[name] for name in FieldCrowns.__slots__})


class _Log:
    """Writes lines to a file and to the terminal."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.write_text("", encoding="utf-8")

    def __call__(self, text: str) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(text + "\n")
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


def _keep(folder: Path, out: Path, recipe: Recipe, crowns: FieldCrowns, figures: dict[str, Any]) -> None:
    """The log, the folds and the figures, beside the model."""
    folder.mkdir()
    (folder / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    (folder / "recipe.json").write_text(json.dumps(asdict(recipe), indent=1) + "\n", encoding="utf-8")
    (folder / "log.txt").write_text((out / "log.txt").read_text(encoding="utf-8"), encoding="utf-8")
    keys = dict.fromkeys(zip(crowns.site.tolist(), crowns.plot.tolist(), crowns.fold.tolist(), strict=True))
    with (folder / "folds.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("site", "plot", "fold", "crowns"))
        for site, plot, fold in keys:
            writer.writerow((site, plot, fold, int(((crowns.plot == plot) & (crowns.site == site)).sum())))


def _parser() -> argparse.ArgumentParser:
    default = Recipe()
    parser = argparse.ArgumentParser(prog="python -m training.shipped.traits", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder of the training; crowns are read once")
    parser.add_argument("--data", type=Path, default=DATA, help="the shared data")
    parser.add_argument("--decay", type=float, default=default.decay, help="of the weights")
    parser.add_argument("--evenness", type=float, default=default.evenness, help="0 counts crowns alike, 1 species")
    parser.add_argument("--precision", type=float, default=default.precision, help="wanted share of right answers")
    parser.add_argument("--seed", type=int, default=default.seed)
    parser.add_argument("--held-out", type=int, metavar="FOLD", help="fold that it must not see")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--ablation", action="store_true", help="also examine it with some of its numbers left out")
    parser.add_argument("--outlined", action="store_true", help="also examine it on outlines of the crowns model")
    return parser


if __name__ == "__main__":
    sys.exit(main())
