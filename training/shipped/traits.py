"""`python -m training.shipped.traits --out DIR`: trains the traits model that ships, and measures it place by place."""

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import torch

from inference import env
from inference.models.card import ModelClass, Setting
from inference.traits.species import model_classes
from training.convert.write import new_folder
from training.data.field_plots import DATA, field_plots
from training.dinovtree.model import Dinovtree
from training.shipped import trait_plots, traits_exam
from training.shipped.traits_card import facts_of
from training.shipped.traits_exam import HeldOut
from training.shipped.traits_recipe import Crowns, Named, Recipe, gathered, pretrained, tuned
from training.traits.crowns import joined, pool_of
from training.traits.examine import Answers, answers
from training.traits.publish import publish
from training.traits.trust import cloud_of, trusted

_SEEDS = 5
_BETTER = 0.9  # of the error of a guess


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, examine, publish; what is finished already is taken from the folder."""
    asked = _parser().parse_args(arguments)
    env.scrub()
    torch.set_num_threads(asked.threads)
    recipe = Recipe(**{name: getattr(asked, name) for name in ("plots", "pretraining", "steps", "examined", "seed")})
    out: Path = asked.out
    out.mkdir(parents=True, exist_ok=True)
    tell = _Log(out / "log.txt")
    crowns = gathered(recipe, asked.data)
    tell(f"{len(crowns.real)} real crowns, {len(crowns.made)} synthetic ones; {json.dumps(recipe.facts())}")
    start = pretrained(crowns, recipe, out / "pretrained.pt", tell) if recipe.pretraining else None
    whole = tuned(crowns, recipe, None, start, out / "all.pt", tell)
    models = [tuned(crowns, recipe, fold, start, out / f"fold{fold}.pt", tell) for fold in range(recipe.examined)]
    figures, settings, cloud = _examined(crowns, recipe, models, whole, asked.data)
    if asked.ablation:
        figures["ablation"] = _ablation(crowns, recipe, start, out, tell)
    tell(json.dumps(figures))
    classes = model_classes(crowns.classes)
    with new_folder(out / "model", replace_older=True) as folder:
        publish(whole, classes, recipe.rules, facts_of(figures), settings, cloud, folder, tell)
        _keep(folder / "training", out, recipe, crowns, figures)
    return 0


class _Log:
    """Writes lines to a file and to the terminal."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, text: str) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(text + "\n")
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


def _examined(
    crowns: Crowns, recipe: Recipe, models: Sequence[Dinovtree], whole: Dinovtree, data: Path
) -> tuple[dict[str, Any], dict[str, Setting], Any]:
    """Figures of the cross-validation and of foreign forests, settings for the card, and the cloud."""
    classes = model_classes(crowns.classes)
    parts = [_fold(crowns, recipe, fold, model) for fold, model in enumerate(models)]
    held = HeldOut(
        joined([part.pool for part, _, _ in parts]),
        _stacked([part.told for part, _, _ in parts]),
        np.concatenate([part.ood for part, _, _ in parts]),
    )
    settings = {**trusted(held.told, held.pool, classes), "heights": "last"}
    cloud = cloud_of(
        answers(whole, crowns.real, recipe.rules), crowns.real, [(one, part.told) for part, one, _ in parts]
    )
    assert cloud is not None
    # What is usual is only known now, from the distances of all folds together.
    usual = np.sort(np.concatenate([one.distance(part.told.embedding) for part, one, _ in parts]))
    held = HeldOut(held.pool, held.told, _share_below(usual, parts))
    figures: dict[str, Any] = {"cross_validation": _figures(held, crowns, classes, settings, data)}
    figures["cross_validation"]["few_shot"] = _few_shot(crowns, [every for _, _, every in parts], data)
    settings["height_is_metres"] = _tells_heights(figures["cross_validation"])
    figures["foreign"] = {}
    for site in trait_plots.FOREIGN_SITES:
        pool = pool_of(trait_plots.real_plots([site], data), lambda _: (), len(classes))
        told = answers(whole, pool, recipe.rules)
        stranger = HeldOut(pool, told, cloud.percentile(told.embedding))
        calls = traits_exam.calls_of(stranger, classes, settings)
        figures["foreign"][site] = traits_exam.strangers(calls, stranger.ood, float(str(settings["abstain_beyond"])))
    return figures, settings, cloud


def _tells_heights(found: dict[str, Any]) -> bool:
    """Whether heights are better than guessing the mean of the site, at every site; else the model tells none."""
    told, guessed = found["height_against_chm"], found["mean_height_against_chm"]
    return all(told[site]["rmse_m"] < _BETTER * guessed[site]["rmse_m"] for site in told)


def _fold(crowns: Crowns, recipe: Recipe, fold: int, model: Dinovtree) -> tuple[HeldOut, Any, Answers]:
    """What the model of a fold says of that fold, the cloud of the others, and its answers for all crowns."""
    every = answers(model, crowns.real, recipe.rules)
    here = crowns.fold == fold
    learned, told = _some(every, ~here), _some(every, here)
    cloud = cloud_of(learned, crowns.real.chosen(~here))
    assert cloud is not None
    return HeldOut(crowns.real.chosen(here), told, cloud.percentile(told.embedding)), cloud, every


def _share_below(usual: np.ndarray, parts: Sequence[tuple[HeldOut, Any, Answers]]) -> np.ndarray:
    distances = np.concatenate([cloud.distance(part.told.embedding) for part, cloud, _ in parts])
    return np.asarray(np.searchsorted(usual, distances) / max(len(usual) - 1, 1), np.float32)


def _figures(
    held: HeldOut, crowns: Crowns, classes: Sequence[ModelClass], settings: dict[str, Setting], data: Path
) -> dict[str, Any]:
    species = range(len(classes) - len(trait_plots.GENERAL))
    field = trait_plots.field_heights_m(data=data)
    pool = held.pool
    names = [pool.plots[one].name for one in pool.plot.tolist()]
    field_m = np.array([field[name][crown] for name, crown in zip(names, pool.crown.tolist(), strict=True)])
    calls = traits_exam.calls_of(held, classes, settings)
    sites = np.array([pool.plots[one].site for one in pool.plot.tolist()])
    region = np.array([name.partition("_")[0] for name in names])
    return {
        "species": traits_exam.species_figures(held, species),
        "species_MLBS": traits_exam.species_figures(_part(held, region == "MLBS"), species),
        "species_OSBS": traits_exam.species_figures(_part(held, region == "OSBS"), species),
        "leaf": traits_exam.leaf_figures(held, classes),
        "height_against_chm": {
            site: traits_exam.height_figures(held.told.height_m[sites == site], pool.height_m[sites == site])
            for site in trait_plots.LEARNED_SITES
        },
        "height_against_field": traits_exam.height_figures(held.told.height_m, field_m),
        "chm_against_field": traits_exam.height_figures(pool.height_m, field_m),
        "mean_height_against_chm": {
            site: traits_exam.height_figures(
                np.full(int((sites == site).sum()), np.nanmean(pool.height_m[sites == site])),
                pool.height_m[sites == site],
            )
            for site in trait_plots.LEARNED_SITES
        },
        "answers": traits_exam.answers_by_rank(calls, pool, classes),
        "calibration_error": traits_exam.calibration_error(held, float(str(settings["temperature"]))),
    }


def _few_shot(crowns: Crowns, every: Sequence[Answers], data: Path) -> dict[str, Any]:
    """Heads taught on a few marks: on the embedding of each fold's model, and on `plain` for the same marks."""
    pool = crowns.real
    idtrees = np.array([pool.plots[one].site == "idtrees" for one in pool.plot.tolist()])
    species = len(crowns.classes) - len(trait_plots.GENERAL)
    label = np.where(idtrees & (pool.label < species), pool.label, -1)
    plain = traits_exam.plain_embeddings(field_plots(["idtrees"], data))
    width = next(iter(plain.values())).shape[1]
    table = np.full((len(pool), width), np.nan, np.float32)
    for row in np.flatnonzero(idtrees).tolist():
        table[row] = plain[pool.plots[pool.plot[row]].name][pool.crown[row]]
    usable = idtrees & np.isfinite(table).all(axis=1)
    label, fold, table = label[usable], crowns.fold[usable], table[usable]
    return {
        "this_model": traits_exam.few_shot([one.embedding[usable] for one in every], label, fold, _SEEDS),
        "plain": traits_exam.few_shot([table] * len(every), label, fold, _SEEDS),
        "crowns": int((label >= 0).sum()),
    }


def _ablation(crowns: Crowns, recipe: Recipe, start: Named | None, out: Path, tell: _Log) -> dict[str, Any]:
    """The same without pretraining, and without synthetic crowns beside the real ones: the first fold alone."""
    variants: dict[str, tuple[float, Named | None]] = {
        "as shipped": (recipe.real_share, start),
        "no pretraining": (recipe.real_share, None),
        "pretraining alone": (1.0, start),
        "real crowns alone": (1.0, None),
    }
    rows = {}
    here = crowns.real.chosen(crowns.fold == 0)
    species = range(len(crowns.classes) - len(trait_plots.GENERAL))
    for name, (share, begin) in variants.items():
        path = out / ("fold0.pt" if name == "as shipped" else f"fold0_{name.replace(' ', '_')}.pt")
        changed = Recipe(**{**{f.name: getattr(recipe, f.name) for f in fields(recipe)}, "real_share": share})
        told = answers(tuned(crowns, changed, 0, begin, path, tell), here, recipe.rules)
        held = HeldOut(here, told, np.zeros(len(here), np.float32))
        rows[name] = {
            "species": traits_exam.species_figures(held, species),
            "leaf": traits_exam.leaf_figures(held, model_classes(crowns.classes)),
            "height": traits_exam.height_figures(told.height_m, here.height_m),
        }
    return rows


def _keep(folder: Path, out: Path, recipe: Recipe, crowns: Crowns, figures: dict[str, Any]) -> None:
    """The log, the folds and the figures, beside the model."""
    folder.mkdir()
    (folder / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    (folder / "recipe.json").write_text(json.dumps(recipe.facts(), indent=1) + "\n", encoding="utf-8")
    (folder / "log.txt").write_text((out / "log.txt").read_text(encoding="utf-8"), encoding="utf-8")
    plots = crowns.real.plots
    with (folder / "folds.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("site", "plot", "fold", "crowns"))
        for number, plot in enumerate(plots):
            mine = crowns.real.plot == number
            if mine.any():
                writer.writerow((plot.site, plot.name, int(crowns.fold[mine][0]), int(mine.sum())))


def _some(told: Answers, which: np.ndarray) -> Answers:
    return Answers(told.logits[which], told.height_m[which], told.embedding[which])


def _part(held: HeldOut, which: np.ndarray) -> HeldOut:
    return HeldOut(held.pool.chosen(which), _some(held.told, which), held.ood[which])


def _stacked(parts: Sequence[Answers]) -> Answers:
    return Answers(
        np.concatenate([one.logits for one in parts]),
        np.concatenate([one.height_m for one in parts]),
        np.concatenate([one.embedding for one in parts]),
    )


def _parser() -> argparse.ArgumentParser:
    default = Recipe()
    parser = argparse.ArgumentParser(prog="python -m training.shipped.traits", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder of the training; it goes on where it stopped")
    parser.add_argument("--data", type=Path, default=DATA, help="the shared data")
    parser.add_argument("--plots", type=int, default=default.plots, help="synthetic plots of 40 m")
    parser.add_argument("--pretraining", type=int, default=default.pretraining, help="steps; 0 for none")
    parser.add_argument("--steps", type=int, default=default.steps, help="of every fold, and of the model that ships")
    parser.add_argument("--examined", type=int, default=default.examined, help="folds that are held out")
    parser.add_argument("--seed", type=int, default=default.seed)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--ablation", action="store_true", help="also train the first fold in other ways")
    return parser


if __name__ == "__main__":
    sys.exit(main())
