"""Compares the predicted crowns of one plot with the true ones."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from inference.evaluation.area import Area, inside
from inference.evaluation.matching import Matches, Overlaps, greedy, mutual_best, overlaps
from inference.evaluation.pairs import MatchedPairs
from inference.evaluation.scores import SIZE_CLASSES_M2, THRESHOLDS, Counts, ThresholdScores, threshold_scores
from inference.evaluation.subjects import Crowns

# Where area, height, species, size classes and layers look at pairs.
REFERENCE_IOU = 0.5


@dataclass(frozen=True, slots=True)
class PlotEvaluation:
    """How well the crowns of one plot were found.

    Attributes:
        name: the plot.
        predicted_count, true_count: crowns inside the area.
        scores: greedy matching by score (RF1 protocol).
        mutual: `Counts` by IoU threshold with mutual best matching.
        by_size: `Counts` at IoU 0.5 by crown area class; predictions and truths of the class only.
        pairs: crowns matched at IoU 0.5.
        predicted, true: the crowns inside the area, whole.
        matches: which of them match at IoU 0.5.
        best_iou, true_best_iou: highest overlap of each crown with any crown of the other side.
    """

    name: str
    predicted_count: int
    true_count: int
    scores: ThresholdScores
    mutual: Mapping[float, Counts]
    by_size: Mapping[str, Counts]
    pairs: MatchedPairs
    predicted: Crowns
    true: Crowns
    matches: Matches
    best_iou: npt.NDArray[np.float64]
    true_best_iou: npt.NDArray[np.float64]

    @property
    def count_error_percent(self) -> float | None:
        """By how much there are too many crowns, in percent of the true number."""
        return count_error_percent(self.predicted_count, self.true_count)

    def facts(self) -> dict[str, object]:
        """For JSON."""
        return {
            "plot": self.name,
            "predicted": self.predicted_count,
            "true": self.true_count,
            "count_error_percent": self.count_error_percent,
            **self.scores.to_json(),
            "mutual": {f"{threshold:.2f}": counts.to_json() for threshold, counts in self.mutual.items()},
            "by_size": {name: counts.to_json() for name, counts in self.by_size.items()},
            "matched": self.pairs.facts(),
        }


def count_error_percent(predicted: int, true: int) -> float | None:
    """By how much there are too many crowns, in percent; None without a true one."""
    return 100.0 * (predicted - true) / true if true else None


def compare(predicted: Crowns, true: Crowns, area_crs: Area | None, *, boxes: bool, name: str) -> PlotEvaluation:
    """Match and score one plot.

    Args:
        predicted, true: in the same CRS.
        area_crs: where to look: crowns with less than 40 % inside are left out, the others clipped; None for
            everywhere.
        boxes: compare envelopes instead of outlines, as is right when the truth was drawn as boxes.
        name: of the plot.
    """
    kept, shapes = inside(_shapes(predicted, boxes), area_crs)
    true_kept, true_shapes = inside(_shapes(true, boxes), area_crs)
    predicted, true = predicted.chosen(kept), true.chosen(true_kept)
    found, scores = overlaps(shapes, true_shapes), predicted.scores
    matches = greedy(found, scores, REFERENCE_IOU)
    areas = shapely.area(shapes) * predicted.unit_m**2
    true_areas = shapely.area(true_shapes) * predicted.unit_m**2
    return PlotEvaluation(
        name=name,
        predicted_count=len(predicted),
        true_count=len(true),
        scores=threshold_scores(lambda iou: greedy(found, scores, iou), len(predicted), len(true)),
        mutual={iou: Counts.of(mutual_best(found, iou), len(predicted), len(true)) for iou in THRESHOLDS},
        by_size=_by_size(found, scores, areas, true_areas),
        pairs=_pairs(predicted, true, matches, areas, true_areas),
        predicted=predicted,
        true=true,
        matches=matches,
        best_iou=_best(found.predicted, found.iou, len(predicted)),
        true_best_iou=_best(found.true, found.iou, len(true)),
    )


def _shapes(crowns: Crowns, boxes: bool) -> npt.NDArray[np.object_]:
    outlines = crowns.rows.outlines
    return np.asarray(shapely.envelope(outlines), object) if boxes else outlines


def _by_size(
    found: Overlaps,
    scores: npt.NDArray[np.float64],
    areas: npt.NDArray[np.float64],
    true_areas: npt.NDArray[np.float64],
) -> dict[str, Counts]:
    result = {}
    for name, low, high in SIZE_CLASSES_M2:
        mine, theirs = (areas >= low) & (areas < high), (true_areas >= low) & (true_areas < high)
        both = mine[found.predicted] & theirs[found.true]
        part = Overlaps(found.predicted[both], found.true[both], found.iou[both], len(areas), len(true_areas))
        result[name] = Counts.of(greedy(part, scores, REFERENCE_IOU), int(mine.sum()), int(theirs.sum()))
    return result


def _pairs(
    predicted: Crowns,
    true: Crowns,
    matches: Matches,
    areas: npt.NDArray[np.float64],
    true_areas: npt.NDArray[np.float64],
) -> MatchedPairs:
    i, j = matches.predicted, matches.true
    species, true_species = predicted.texts("species")[i], true.texts("species")[j]
    codes, true_codes = predicted.texts("species_code")[i], true.texts("species_code")[j]
    # Names where both sides have one, else codes where both have one.
    by_code = np.array([a is None or b is None for a, b in zip(species, true_species, strict=True)], bool)
    return MatchedPairs(
        iou=matches.iou,
        area_m2=areas[i],
        true_area_m2=true_areas[j],
        height_m=predicted.reals("height_m")[i],
        true_height_m=_plausible(true.reals("height_m")[j]),
        species=np.where(by_code, codes, species),
        true_species=np.where(by_code, true_codes, true_species),
    )


def _plausible(height_m: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Other programs write 0 or -9999 for a height that nobody measured."""
    return np.where(height_m > 0, height_m, np.nan)


def _best(owner: npt.NDArray[np.intp], iou: npt.NDArray[np.float64], count: int) -> npt.NDArray[np.float64]:
    best = np.zeros(count)
    np.maximum.at(best, owner, iou)
    return best
