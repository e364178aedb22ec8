"""How good the crowns of a plot are now: what people looked at, and what control crowns tell of the rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from inference.crowns.records import Control
from inference.crowns.table import CrownTable
from inference.review.accuracy import Estimate, Stratum, overall, precision, strata_of

Verdict = Literal["right", "outline", "wrong"]
SAMPLE = "review"
"""Name of the draw in the project's control crowns."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How good the crowns are.

    Attributes:
        unseen, seen: crowns on the map that nobody looked at, and those that a person decided on.
        right: share of the unseen whose outline is right as it is; None before the first control crown.
        trees: share of them that are trees, however outlined.
        all_right: share of right ones among all crowns on the map.
    """

    unseen: int
    seen: int
    right: Estimate | None
    trees: Estimate | None
    all_right: Estimate | None


def standing(table: CrownTable, looked: frozenset[int], controls: Iterable[Control]) -> Standing:
    """Judge a table.

    Proposals (crowns of a run, or with a score) count as unseen until a person decides on them in the review; crowns
    accepted many at once are unseen, edited and drawn ones are seen.

    Args:
        table: the crowns.
        looked: what a person decided on in the review.
        controls: the verdicts so far.
    """
    review = table.column("review")
    seen = np.isin(table.ids, np.fromiter(looked, np.int64, len(looked))) & np.asarray(review != "auto", bool)
    seen |= np.asarray((review == "edited") | (review == "added"), bool)
    by_model = proposals(table)
    strata = np.full(len(table), -1, np.intp)
    strata[by_model] = strata_of(np.asarray(table.column("score"), np.float64)[by_model])
    unseen = table.visible & ~seen
    sizes = np.bincount(strata[unseen & by_model], minlength=5)
    judged, right, trees = (np.zeros(len(sizes)) for _ in range(3))
    for control in controls:
        if control.sample != SAMPLE or control.verdict is None or control.tree_id not in table:
            continue
        stratum = int(strata[int(np.searchsorted(table.ids, control.tree_id))])
        if stratum >= 0:
            judged[stratum] += 1
            right[stratum] += control.verdict == "right"
            trees[stratum] += control.verdict in ("right", "outline")
    as_outlined = precision(_strata(sizes, judged, right))
    count, known = int(unseen.sum()), int((table.visible & seen).sum())
    return Standing(
        count, known, as_outlined, precision(_strata(sizes, judged, trees)), overall(as_outlined, count, known)
    )


def proposals(table: CrownTable) -> npt.NDArray[np.bool_]:
    """(N,) which crowns a model proposed, whatever became of them."""
    told = ~np.isnan(np.asarray(table.column("score"), np.float64))
    ran = np.array([run is not None for run in table.column("run_id").tolist()], bool)
    found: npt.NDArray[np.bool_] = np.asarray(told | ran, bool)
    return found


def verdict_of(review: str) -> Verdict | None:
    """What a decision says of a control crown; None while nothing is decided."""
    verdicts: dict[str, Verdict] = {"accepted": "right", "edited": "outline", "added": "outline", "deleted": "wrong"}
    return verdicts.get(review)


def _strata(
    sizes: npt.NDArray[np.intp], judged: npt.NDArray[np.float64], right: npt.NDArray[np.float64]
) -> list[Stratum]:
    return [
        Stratum(int(size), int(count), float(good))
        for size, count, good in zip(sizes.tolist(), judged.tolist(), right.tolist(), strict=True)
    ]
