"""The figures of one way of outlining on one site."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean

import numpy as np
import numpy.typing as npt
import rasterio
import rasterio.features
import shapely

from benchmarks.accuracy.subjects import Exam
from inference.crowns.topk import parse_topk
from inference.evaluation.area import inside
from inference.evaluation.compare import PlotEvaluation
from inference.evaluation.matching import greedy, overlaps
from inference.evaluation.pairs import Confusion, confusion
from inference.evaluation.report import Evaluation
from inference.evaluation.scores import THRESHOLDS, ThresholdScores, pooled
from inference.evaluation.traits import HeightScores, height_scores
from inference.traits.taxonomy import standard
from training.data.field_plots import FieldPlot
from training.shipped.field_sets import is_told

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spread:
    """F1 by fold: the mean of the folds, and the worst and the best of them."""

    mean: float
    least: float
    most: float
    folds: int


@dataclass(frozen=True, slots=True)
class Cut:
    """What F1 would be if crowns less sure than `score` were dropped; of all such cuts the one that suits best."""

    score: float
    f1: float


@dataclass(frozen=True, slots=True)
class Told:
    """The figures of some plots of a site."""

    plots: int
    crowns: ThresholdScores


@dataclass(frozen=True, slots=True)
class SiteScore:
    """One row of the crown table.

    Attributes:
        models, site: who was examined, and where.
        exam: what the score proves.
        complete: whether every crown of the site is labelled; if not, precision is a lower bound.
        plots: plots scored, of `plots_of_site`: those of a fold without a model are left out.
        predicted, true: crowns of these plots.
        crowns: counts by IoU threshold, the crowns of all plots thrown together.
        by_fold: the same for each fold.
        best_cut: by IoU threshold, what a stricter threshold than the model's own could still gain: chosen on the very
            crowns that it is scored on, so never a result, only a hint that the default is wrong.
        field, model_field: heights of matched crowns against the field: the row's, and what a trait model read.
        chm: the row's heights against the highest cell of the published CHM in the true box.
        species: matched crowns with a field species, by the names of the standard taxonomy: the likeliest class, also
            where the row says less because the model is not sure enough.
        named: how many of these crowns the row names.
        told: crowns of the plots whose labels do not leave out nearly the whole canopy, where that is not all plots.
    """

    models: str
    site: str
    exam: Exam
    complete: bool
    plots: int
    plots_of_site: int
    predicted: int
    true: int
    crowns: ThresholdScores
    by_fold: Mapping[int, ThresholdScores]
    best_cut: Mapping[float, Cut]
    field: HeightScores
    model_field: HeightScores
    chm: HeightScores
    species: Confusion
    named: int
    told: Told | None = None

    def spread(self, iou: float) -> Spread | None:
        """How F1 varies over the folds; None with fewer than two."""
        values = [scores.at[iou].f1 for scores in self.by_fold.values()]
        known = [value for value in values if value is not None]
        return Spread(fmean(known), min(known), max(known), len(known)) if len(known) > 1 else None

    def facts(self) -> dict[str, object]:
        """For JSON."""
        return {
            "models": self.models,
            "site": self.site,
            "exam": self.exam,
            "complete": self.complete,
            "plots": self.plots,
            "plots_of_site": self.plots_of_site,
            "predicted": self.predicted,
            "true": self.true,
            **self.crowns.to_json(),
            "folds": {str(fold): scores.to_json() for fold, scores in self.by_fold.items()},
            "best_cut": {f"{iou:.2f}": asdict(cut) for iou, cut in self.best_cut.items()},
            "heights": {
                "field": plain(self.field),
                "model_against_field": plain(self.model_field),
                "chm": plain(self.chm),
            },
            "species": {**self.species.facts(), "named": self.named},
            "told": None if self.told is None else {"plots": self.told.plots, **self.told.crowns.to_json()},
        }


@dataclass(frozen=True, slots=True)
class NoScore:
    """Why there is no row: a sentence, as the program says it."""

    models: str
    site: str
    reason: str


def plain(scores: HeightScores) -> dict[str, float | None]:
    """JSON knows no NaN."""
    return {name: None if value != value else value for name, value in asdict(scores).items()}


def site_score(
    models: str, exam: Exam, evaluation: Evaluation, plots: Sequence[FieldPlot], folds: Sequence[int], of_site: int
) -> SiteScore:
    """Sum up the plots of one site.

    Args:
        models, exam: as in `SiteScore`.
        evaluation: one entry for each of `plots`, in that order.
        plots: the plots that were scored, with the fold of each in `folds`.
        of_site: how many plots the site has.
    """
    shares: dict[int, list[ThresholdScores]] = {}
    for one, fold in zip(evaluation.plots, folds, strict=True):
        shares.setdefault(fold, []).append(one.scores)
    pairs = evaluation.pairs
    read_m = [one.predicted.reals("height_model_m")[one.matches.predicted] for one in evaluation.plots]
    chm_m = [chm_of(plot.chm, _true_boxes(one)) for one, plot in zip(evaluation.plots, plots, strict=True)]
    species, named = _species(evaluation.plots)
    return SiteScore(
        models=models,
        site=plots[0].site,
        exam=exam,
        complete=plots[0].is_complete,
        plots=len(plots),
        plots_of_site=of_site,
        predicted=sum(one.predicted_count for one in evaluation.plots),
        true=sum(one.true_count for one in evaluation.plots),
        crowns=evaluation.pooled,
        by_fold={fold: pooled(found) for fold, found in sorted(shares.items())},
        best_cut={iou: cut for iou in THRESHOLDS if (cut := best_cut(evaluation.plots, iou)) is not None},
        field=height_scores(pairs.height_m, pairs.true_height_m),
        model_field=height_scores(np.concatenate(read_m), pairs.true_height_m),
        chm=height_scores(pairs.height_m, np.concatenate(chm_m)),
        species=species,
        named=named,
        told=_told(evaluation, plots),
    )


def _told(evaluation: Evaluation, plots: Sequence[FieldPlot]) -> Told | None:
    kept = [one.scores for one, plot in zip(evaluation.plots, plots, strict=True) if is_told(plot)]
    return Told(len(kept), pooled(kept)) if 0 < len(kept) < len(plots) else None


def best_cut(plots: Sequence[PlotEvaluation], iou: float) -> Cut | None:
    """The cut with the highest F1 over all plots, compared as envelopes; None when nothing was found or is true.

    Matching goes from the surest crown to the least sure, so what is dropped at the end changes no match before it.
    """
    scores, hits = np.zeros(0), np.zeros(0)
    for one in plots:
        (_, mine), (_, theirs) = (
            inside(np.asarray(shapely.envelope(side.rows.outlines), object), one.predicted.extent_crs)
            for side in (one.predicted, one.true)
        )
        hit = np.zeros(len(mine))
        hit[greedy(overlaps(mine, theirs), one.predicted.scores, iou).predicted] = 1.0
        scores, hits = np.concatenate([scores, one.predicted.scores]), np.concatenate([hits, hit])
    true = sum(one.true_count for one in plots)
    if not (len(scores) and true):
        return None
    order = np.argsort(-scores, kind="stable")
    f1 = 2.0 * np.cumsum(hits[order]) / (np.arange(1, len(order) + 1) + true)
    last_of_a_score = np.append(np.diff(scores[order]) != 0.0, True)
    best = int(np.argmax(np.where(last_of_a_score, f1, -1.0)))
    return Cut(float(scores[order][best]), float(f1[best]))


def chm_of(path: Path | None, boxes: npt.NDArray[np.object_]) -> Floats:
    """Highest cell of a canopy height model in each of (N,) polygons, metres; NaN outside of it or without one."""
    found = np.full(len(boxes), np.nan)
    if path is None:
        return found
    with rasterio.open(path) as raster:
        heights_m = raster.read(1, masked=True).filled(np.nan).astype(np.float64)
        transform = raster.transform
    heights_m[(heights_m < 0.0) | (heights_m > 130.0)] = np.nan
    for place, box in enumerate(boxes):
        cells = rasterio.features.geometry_mask([box], heights_m.shape, transform, all_touched=True, invert=True)
        known = heights_m[cells & np.isfinite(heights_m)]
        if len(known):
            found[place] = known.max()
    return found


def _true_boxes(one: PlotEvaluation) -> npt.NDArray[np.object_]:
    return np.asarray(shapely.envelope(one.true.rows.outlines[one.matches.true]), object)


def _species(plots: Sequence[PlotEvaluation]) -> tuple[Confusion, int]:
    """Species of matched crowns that a trait model read, and how many of them their rows name.

    Both sides go through the taxonomy, so that authors behind a name make no difference.
    """
    table = standard()
    called: list[str] = []
    true: list[str] = []
    named = 0
    for one in plots:
        rows, likeliest = one.predicted.texts("species"), one.predicted.texts("species_topk")
        names, codes = one.true.texts("species"), one.true.texts("species_code")
        for i, j in zip(one.matches.predicted.tolist(), one.matches.true.tolist(), strict=True):
            taxon, first = table.find(codes[j]) or table.find(names[j]), parse_topk(likeliest[i])
            if taxon is not None and first:
                called.append(table.resolve(first[0][0]).name)
                true.append(taxon.name)
                named += bool(rows[i])
    return confusion(np.array(called, object), np.array(true, object)), named
