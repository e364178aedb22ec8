"""Scores of the proposed crowns as a histogram, and the one edit that rejects all below a threshold."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from inference.crowns import edits
from inference.crowns.crown import Crown
from inference.crowns.edits import CrownEdit
from inference.crowns.table import CrownTable

BARS = 25


def proposed_scores(table: CrownTable) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """(N,) ids and (N,) scores of the crowns that nobody has decided on; those without a score are left out."""
    scores = np.asarray(table.column("score"), np.float64)
    chosen = table.visible & np.asarray(table.column("review") == "auto", bool) & ~np.isnan(scores)
    return table.ids[chosen], scores[chosen]


def histogram(scores: npt.NDArray[np.float64], bars: int = BARS) -> npt.NDArray[np.intp]:
    """(bars,) how many scores are in each part of 0..1; what lies outside counts for the end."""
    counts, _ = np.histogram(np.clip(scores, 0.0, 1.0), bins=bars, range=(0.0, 1.0))
    return np.asarray(counts, np.intp)


def below(table: CrownTable, threshold: float) -> npt.NDArray[np.int64]:
    """(N,) proposed crowns with a score below the threshold."""
    ids, scores = proposed_scores(table)
    return ids[scores < threshold]


def reject(crowns: Sequence[Crown], name: str, *, by: str, at: str) -> CrownEdit | None:
    """Mark crowns as deleted under a name for the history; None when none is left to reject."""
    there = [crown for crown in crowns if crown.review != "deleted"]
    if not there:
        return None
    return edits.change(name, there, lambda crown: replace(crown, review="deleted", edited_by=by, edited_at=at))


def reject_below(table: CrownTable, threshold: float, *, by: str, at: str) -> CrownEdit | None:
    """One edit: "Reject 214 crowns below 0.35"; None when there is no such crown."""
    crowns = table.crowns(below(table, threshold).tolist())
    what = "crown" if len(crowns) == 1 else f"{len(crowns)} crowns"
    return reject(crowns, f"Reject {what} below {threshold:.2f}", by=by, at=at)
