"""The allometric baseline on a plot: what crown radii say of heights, against the heights that the crowns have."""

import math
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt

from inference.crowns.table import CrownTable
from inference.evaluation.traits import HeightScores, height_scores
from inference.traits.height_from_crown import HeightEquations, Measure, crown_radius_m

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CrownHeights:
    """Heights of N crowns from their radii.

    Attributes:
        source: the table of equations.
        tree_id: (N,) of the crowns that are not deleted.
        height_m: (N,) by the equation of the crown's species; NaN where the table has none.
        known_m: (N,) the heights that the rows report; NaN where there is none.
    """

    source: str
    tree_id: npt.NDArray[np.int64]
    height_m: Floats
    known_m: Floats

    @property
    def scores(self) -> HeightScores:
        """Errors of the baseline, the rows' heights taken for true."""
        return height_scores(self.height_m, self.known_m)

    def facts(self) -> dict[str, object]:
        """For JSON: errors, and the height of each crown by its id."""
        scores = {name: None if _is_nan(value) else value for name, value in asdict(self.scores).items()}
        pairs = zip(self.tree_id.tolist(), self.height_m.tolist(), strict=True)
        heights = {str(tree_id): round(height_m, 3) for tree_id, height_m in pairs if not _is_nan(height_m)}
        return {"table": self.source, "against_rows": scores, "height_m": heights}

    def sentence(self) -> str:
        """For a person."""
        scores, told = self.scores, int(np.isfinite(self.height_m).sum())
        text = f"heights from crown radii by {self.source}: {told} of {len(self.tree_id)} crowns"
        if not scores.count:
            return f"{text}; none of them has another height to compare with"
        return (
            f"{text}; against the heights in the table {scores.mae_m:.2f} m off on average ({scores.bias_m:+.2f} m), "
            f"{scores.delta_125:.0%} within a factor of 1.25"
        )


def heights_from_crowns(
    table: CrownTable, equations: HeightEquations, *, measure: Measure = "rectangle"
) -> CrownHeights:
    """Estimate the heights of all crowns that are not deleted; nothing is written."""
    crowns = [crown for crown in table.crowns() if crown.review != "deleted"]
    radii_m = crown_radius_m([crown.outline for crown in crowns], measure, table.unit_m)
    known = [None if crown.measures is None else crown.measures.height_m for crown in crowns]
    return CrownHeights(
        equations.source,
        np.array([crown.tree_id for crown in crowns], np.int64),
        equations.heights_m(radii_m, [crown.species for crown in crowns]),
        np.array([math.nan if height_m is None else height_m for height_m in known], np.float64),
    )


def _is_nan(value: float) -> bool:
    return math.isnan(value)
