"""Precision, recall and F1 of boxes on labelled plots, by site and threshold, while training."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.balsam2.detect import SYMMETRIES, Found, detect, overlaps
from training.balsam2.model import Balsam2
from training.data.labelled import LabelledPlot

Float32 = NDArray[np.float32]
THRESHOLDS = tuple(round(0.1 + 0.02 * step, 2) for step in range(31))
_LEAST_VISIBLE = 0.5


@dataclass(frozen=True, slots=True)
class SiteResult:
    """Scores of all proposals of a site and whether each matched a labelled crown; `crowns` is how many there are."""

    scores: Float32
    matched: NDArray[np.bool_]
    crowns: int

    def f1(self, threshold: float) -> float:
        """Harmonic mean of precision and recall of the proposals that score at least `threshold`."""
        shown = self.scores >= threshold
        return 2.0 * float(self.matched[shown].sum()) / max(int(shown.sum()) + self.crowns, 1)

    def best(self) -> tuple[float, float]:
        """The best F1 and its threshold."""
        return max((self.f1(threshold), threshold) for threshold in THRESHOLDS)

    def steady_threshold(self) -> float:
        """The middle of all thresholds that are not worse than the best by more than chance.

        On a few crowns the very best one is a matter of luck: with 25 crowns the one chosen lost a third of the F1 on
        223 others.
        """
        best = self.best()[0]
        good = [threshold for threshold in THRESHOLDS if self.f1(threshold) >= best - chance(best, self.crowns)]
        return round(float(np.mean(good)), 2)


def chance(f1: float, crowns: int) -> float:
    """About how far an F1 on so many crowns is off: the standard error of a share."""
    return math.sqrt(f1 * (1.0 - f1) / max(crowns, 1))


def validate(
    model: Balsam2, plots: Sequence[LabelledPlot], *, iou: float = 0.4, symmetries: int = SYMMETRIES
) -> dict[str, SiteResult]:
    """Match proposals with labelled boxes, best score first, each label once; plots are on the model's cells.

    What is proposed on unlabelled ground, or on a crown of which the plot shows too little, counts neither way.
    """
    model.eval()
    found: dict[str, list[SiteResult]] = {}
    for plot in plots:
        crowns = detect(model, plot.rgb, plot.chm_m, symmetries=symmetries)
        found.setdefault(plot.site, []).append(result_of(crowns, plot, iou))
    return {site: pooled(parts) for site, parts in found.items()}


def pooled(parts: Iterable[SiteResult]) -> SiteResult:
    """Several results as one."""
    parts = tuple(parts)
    return SiteResult(
        np.concatenate([np.zeros(0, np.float32), *(one.scores for one in parts)]),
        np.concatenate([np.zeros(0, bool), *(one.matched for one in parts)]),
        sum(one.crowns for one in parts),
    )


def result_of(found: Found, plot: LabelledPlot, iou: float) -> SiteResult:
    """Match what was found on one plot, best score first; see `validate`."""
    wanted = np.ones(len(plot.boxes), bool) if plot.visible is None else plot.visible >= _LEAST_VISIBLE
    matched = _matched(found.boxes, plot.boxes[wanted], iou)
    counts = matched | _on_labelled(found.boxes, plot)
    if not wanted.all():
        counts &= matched | (overlaps(found.boxes, plot.boxes[~wanted]).max(1) < iou)
    return SiteResult(found.scores[counts], matched[counts], int(wanted.sum()))


def _on_labelled(boxes: Float32, plot: LabelledPlot) -> NDArray[np.bool_]:
    """Whether the middles of boxes lie where every crown is labelled."""
    rows, columns = plot.complete.shape
    x = np.clip((boxes[:, 0] + boxes[:, 2]) / 2.0, 0, columns - 1).astype(int)
    y = np.clip((boxes[:, 1] + boxes[:, 3]) / 2.0, 0, rows - 1).astype(int)
    return plot.complete[y, x]


def _matched(boxes: Float32, labels: Float32, iou: float) -> NDArray[np.bool_]:
    matched = np.zeros(len(boxes), bool)
    if not len(labels):
        return matched
    shared = overlaps(boxes, labels)
    for row in range(len(boxes)):
        column = int(shared[row].argmax())
        if shared[row, column] >= iou:
            matched[row] = True
            shared[:, column] = -1.0
    return matched


def best_common_threshold(results: Mapping[str, SiteResult], sites: Sequence[str]) -> float:
    """The threshold with the best mean F1 over `sites`."""
    return max(THRESHOLDS, key=lambda threshold: float(np.mean([results[site].f1(threshold) for site in sites])))
