"""How well species can be taught: IDTReeS, places held out, 5 and 20 marks a species and all; and the height floor.

`python -m benchmarks.accuracy_species [--model ID] [--seeds N] [--site MLBS] [--peers] [--json]`. It needs
`../shared/data/idtrees`. Crowns nearer than 30 m, also through neighbours, are one place; a fifth of the places is held
out at a time, five times, and again for each seed. The tables of docs/models/species.md are its output.
"""

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks import idtrees
from benchmarks.peer_heads import logistic, nearest_mean
from inference import env
from inference.evaluation.traits import species_scores
from inference.models.card import ModelClass
from inference.traits.calibration import expected_calibration_error
from inference.traits.fewshot import SpeciesHead
from inference.traits.registry import PLAIN, make_trait_model
from inference.traits.species import ABSTAIN_BELOW, SpeciesCall, call_species
from inference.traits.taxonomy import Rank, standard

MARKS: tuple[int | None, ...] = (5, 20, None)
_PRECISION = 0.8
_LIMITS = (f"probability {ABSTAIN_BELOW:g}", f"precision {_PRECISION:g} on marks")
_RANKS: tuple[Rank, ...] = ("species", "genus", "family", "leaf")


@dataclass(frozen=True, slots=True)
class Task:
    """Crowns of the species that can be taught and tested; (N,) each."""

    values: npt.NDArray[np.float32]
    labels: npt.NDArray[np.intp]
    places: npt.NDArray[np.intp]
    classes: tuple[ModelClass, ...]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default=PLAIN, help="trait model whose embedding is used (plain)")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--site", choices=("MLBS", "OSBS"), help="crowns of one site alone")
    parser.add_argument("--peers", action="store_true", help="also heads that the product does not use")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    env.scrub()
    crowns = idtrees.read()
    model = make_trait_model(asked.model)
    started_s = time.perf_counter()
    values = idtrees.embed(crowns, model)
    embed_ms = 1e3 * (time.perf_counter() - started_s) / len(values)
    model.close()
    task = _task(crowns, values, asked.site)
    rows = {_title(n): _few_shot(task, n, asked.seeds) for n in MARKS}
    if asked.peers:
        rows |= _peers(task, asked.seeds)
    heights = idtrees.chm_against_field(crowns)
    facts = {
        "model": asked.model,
        "embedding": int(values.shape[1]),
        "embed_ms_per_crown": round(embed_ms, 2),
        "crowns": len(task.labels),
        "species": len(task.classes),
        "places": len(np.unique(task.places)),
        "majority": round(float(np.bincount(task.labels).max() / len(task.labels)), 3),
        "marks": rows,
        "height_floor": {
            "crowns": heights.count,
            "rmse_m": round(heights.rmse_m, 2),
            "mae_m": round(heights.mae_m, 2),
            "bias_m": round(heights.bias_m, 2),
        },
    }
    print(json.dumps(facts, indent=1) if asked.json else _text(facts))


def _task(crowns: idtrees.TrueCrowns, values: npt.NDArray[np.float32], site: str | None) -> Task:
    chosen = np.isfinite(values).all(axis=1)
    if site is not None:
        chosen &= np.array([str(plot).startswith(site) for plot in crowns.plots])
    part = idtrees.TrueCrowns(
        crowns.outlines[chosen],
        crowns.plots[chosen],
        tuple(one for one, keep in zip(crowns.classes, chosen, strict=True) if keep),
        crowns.height_m[chosen],
        crowns.places[chosen],
    )
    classes = idtrees.common_classes(part)
    known = np.array([one in classes for one in part.classes])
    labels = np.array([classes.index(one) for one in part.classes if one in classes], np.intp)
    return Task(values[chosen][known], labels, part.places[known], classes)


def _title(n: int | None) -> str:
    return "all marks" if n is None else f"{n} marks a species"


def _few_shot(task: Task, n: int | None, seeds: int) -> dict[str, object]:
    """The product's head: mean and standard deviation over seeds."""
    f1, balanced, accuracy, error, promised, fit_s = [], [], [], [], [], []
    answers = {limit: {rank: [0, 0] for rank in _RANKS} for limit in _LIMITS}
    for seed in range(seeds):
        p = np.zeros((len(task.labels), len(task.classes)))
        for fold, train, test in _splits(task, seed):
            marks = idtrees.pick_marks(task.labels, task.places, train, n, 100 * seed + fold)
            started_s = time.perf_counter()
            named = [task.classes[label] for label in task.labels[marks].tolist()]
            head = SpeciesHead.fit(task.values[marks], named, places=task.places[marks].tolist(), precision=_PRECISION)
            fit_s.append(time.perf_counter() - started_s)
            promised.append(head.check.accuracy or 0.0)
            columns = [task.classes.index(one) for one in head.classes]
            p[np.ix_(test, columns)] = told = head.probabilities(task.values[test])
            true = [task.classes[label] for label in task.labels[test].tolist()]
            for limit, thresholds in zip(_LIMITS, (ABSTAIN_BELOW, head.thresholds or ABSTAIN_BELOW), strict=True):
                _count(answers[limit], call_species(told, head.classes, abstain_below=thresholds), true)
        scores = species_scores(p.argmax(axis=1), task.labels, len(task.classes))
        f1.append(scores.macro_f1)
        balanced.append(scores.balanced_accuracy)
        accuracy.append(scores.accuracy)
        error.append(expected_calibration_error(p, task.labels))
    shown = {
        limit: {
            rank: {"share": round(n / (seeds * len(task.labels)), 3), "right": round(right / n, 3) if n else None}
            for rank, (n, right) in counts.items()
        }
        for limit, counts in answers.items()
    }
    return {
        "macro_f1": _spread(f1),
        "balanced_accuracy": _spread(balanced),
        "accuracy": _spread(accuracy),
        "accuracy_promised_by_cross_validation": _spread(promised),
        "calibration_error": _spread(error),
        "fit_s": round(float(np.median(fit_s)), 3),
        "answers_by_rank": shown,
    }


def _peers(task: Task, seeds: int) -> dict[str, dict[str, object]]:
    heads = {"nearest mean": nearest_mean, **{f"logistic, L2 {one:g}": logistic(one) for one in (0.03, 0.1)}}
    rows: dict[str, dict[str, object]] = {}
    for n in MARKS:
        for name, fit in heads.items():
            f1, balanced = [], []
            for seed in range(seeds):
                called = np.zeros(len(task.labels), np.intp)
                for fold, train, test in _splits(task, seed):
                    marks = idtrees.pick_marks(task.labels, task.places, train, n, 100 * seed + fold)
                    head = fit(task.values[marks], task.labels[marks], len(task.classes))
                    called[test] = head(task.values[test]).argmax(axis=1)
                scores = species_scores(called, task.labels, len(task.classes))
                f1.append(scores.macro_f1)
                balanced.append(scores.balanced_accuracy)
            rows[f"{_title(n)}, {name}"] = {"macro_f1": _spread(f1), "balanced_accuracy": _spread(balanced)}
    return rows


def _splits(task: Task, seed: int) -> list[tuple[int, npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    part = idtrees.folds(task.labels.tolist(), task.places, seed)
    return [(fold, np.flatnonzero(part != fold), np.flatnonzero(part == fold)) for fold in np.unique(part).tolist()]


def _count(answers: dict[Rank, list[int]], calls: Sequence[SpeciesCall], true: Sequence[ModelClass]) -> None:
    """How many crowns get an answer at each rank, and how many of these are right."""
    table = standard()
    for call, species in zip(calls, true, strict=True):
        if call.name is None:
            continue
        rank: Rank = "species" if not call.abstained else (call.rank or "leaf")
        answers[rank][0] += 1
        answers[rank][1] += call.name == (species.name if rank == "species" else table.resolve(species.name).at(rank))


def _spread(values: Sequence[float]) -> list[float]:
    return [round(float(np.mean(values)), 3), round(float(np.std(values)), 3)]


def _text(facts: dict[str, object]) -> str:
    return json.dumps(facts, indent=1)


if __name__ == "__main__":
    main()
