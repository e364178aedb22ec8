"""What is known of every crown that could tell a wrong one, in arrays: the input of the signals."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.crowns.table import CrownTable
from inference.crowns.topk import parse_topk

Floats = npt.NDArray[np.float64]
Texts = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Facts about N crowns; NaN or None where one is not known.

    Attributes:
        ids: (N,) int64, ascending.
        outlines: (N,) polygons in the plot CRS.
        review: (N,) text.
        score: (N,) 0..1, the segmenter's confidence.
        edge: (N,) bool, cut by the mosaic's border.
        diameter_m, height_chm_m, height_model_m: (N,) metres.
        species: (N,) name or None; species_told: (N,) bool, whether a model gave it (a person's word is not doubted).
        spread, margin: (N,) entropy 0..1 and lead 0..1 of the first over the second of the model's likeliest species.
        unlike: (N,) 0..1, percentile of the distance from the model's training crowns.
        unit_m: metres per unit of the plot CRS.
        seam_m: (N,) metres from the nearest line between two tiles of the run, 0 when the line cuts the crown.
        peak_depth_m, peak_height_m: (N,) how deep the valley between the crown's two tops is, and the lower top's
            height; depth 0 for a crown with one top.
    """

    ids: npt.NDArray[np.int64]
    outlines: npt.NDArray[np.object_]
    review: Texts
    score: Floats
    edge: npt.NDArray[np.bool_]
    diameter_m: Floats
    height_chm_m: Floats
    height_model_m: Floats
    species: Texts
    species_told: npt.NDArray[np.bool_]
    spread: Floats
    margin: Floats
    unlike: Floats
    unit_m: float
    seam_m: Floats
    peak_depth_m: Floats
    peak_height_m: Floats

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def standing(self) -> npt.NDArray[np.bool_]:
        """(N,) whether the crown is on the map, not rejected."""
        found: npt.NDArray[np.bool_] = np.asarray(self.review != "deleted", bool)
        return found

    @property
    def proposed(self) -> npt.NDArray[np.bool_]:
        """(N,) whether nobody has decided on the crown."""
        found: npt.NDArray[np.bool_] = np.asarray(self.review == "auto", bool)
        return found


@dataclass(frozen=True, slots=True)
class Measured:
    """One number a crown for some crowns, measured apart from the table.

    Attributes:
        ids: (K,) ascending.
        values: (K, C) float64.
    """

    ids: npt.NDArray[np.int64]
    values: Floats

    def of(self, ids: npt.NDArray[np.int64]) -> Floats:
        """(N, C) values of these crowns, NaN for those that were not measured."""
        found = np.full((len(ids), self.values.shape[1]), np.nan)
        if len(self.ids):
            places = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
            known = self.ids[places] == ids
            found[known] = self.values[places[known]]
        return found


def gather(
    table: CrownTable,
    *,
    seams: Measured | None = None,
    peaks: Measured | None = None,
    also: frozenset[int] = frozenset(),
) -> Evidence:
    """What a table tells of its visible crowns.

    Args:
        table: the crowns; give a thread its own `CrownTable.frozen`.
        seams: one column, metres to the nearest seam (`seams.distances`).
        peaks: two columns, depth and height in metres (`peaks.second_peaks`).
        also: rejected crowns to gather as well, to learn from them.
    """
    here = np.flatnonzero(table.visible | np.isin(table.ids, np.array(sorted(also), np.int64)))
    ids = table.ids[here]
    unknown = Measured(np.zeros(0, np.int64), np.zeros((0, 2)))
    spread, margin = _species_doubt(table.column("species_topk")[here])
    species = np.asarray(table.column("species")[here], object)
    nameless = np.array([name is None for name in species.tolist()], bool)
    told = ~np.isnan(_reals(table, "species_score", here)) | nameless
    second = (peaks or unknown).of(ids)
    return Evidence(
        ids=ids,
        outlines=table.outlines[here],
        review=np.asarray(table.column("review")[here], object),
        score=_reals(table, "score", here),
        edge=np.asarray(table.column("edge")[here], bool),
        diameter_m=_reals(table, "diameter_m", here),
        height_chm_m=_reals(table, "height_chm_m", here),
        height_model_m=_reals(table, "height_model_m", here),
        species=species,
        species_told=np.asarray(told, bool),
        spread=spread,
        margin=margin,
        unlike=_reals(table, "species_ood", here),
        unit_m=table.unit_m,
        seam_m=(seams or unknown).of(ids)[:, 0],
        peak_depth_m=second[:, 0],
        peak_height_m=second[:, 1],
    )


def _reals(table: CrownTable, name: str, here: npt.NDArray[np.intp]) -> Floats:
    return np.asarray(table.column(name)[here], np.float64)


def _species_doubt(lines: npt.NDArray[np.generic]) -> tuple[Floats, Floats]:
    """Spread and margin from the rows' own list of likely species; what is not listed counts as one more class."""
    spread, margin = np.full(len(lines), np.nan), np.full(len(lines), np.nan)
    for place, line in enumerate(lines.tolist()):
        p = [share for _, share in parse_topk(line)] if line else []
        if p:
            rest = max(0.0, 1.0 - sum(p))
            margin[place] = p[0] - p[1] if len(p) > 1 else 1.0
            spread[place] = -sum(share * math.log(share) for share in (*p, rest) if share > 0) / math.log(len(p) + 1)
    return np.clip(spread, 0.0, 1.0), np.clip(margin, 0.0, 1.0)
