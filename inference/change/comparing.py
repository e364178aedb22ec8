"""What has become of each crown between two surveys: survived, died, gone, new, or not outlined at one of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import shapely

from inference.change.coregister import CoRegistration
from inference.change.matching import assign
from inference.change.survey import Survey
from inference.crowns.crown import Crown
from inference.evaluation.matching import overlaps
from inference.pipeline.heights import measure_crowns
from inference.plot.elevation import Elevation

Fate = Literal["survived", "died", "gone", "new", "unclear_now", "unclear_then", "outside"]
FATES: tuple[Fate, ...] = get_args(Fate)
MIN_IOU = 0.3
"""Two outlines of one tree, drawn apart and a year apart, share at least so much."""

# A crown without a partner is gone, or new, when less than this share of its height stands there on the other date ...
_STANDS = 0.6
# ... and what is lower is no tree.
_TREE_M = 2.0
# A crown with less of it inside the other survey cannot be looked for there.
_INSIDE = 0.9


@dataclass(frozen=True, slots=True)
class Change:
    """One tree over two dates.

    Attributes:
        fate: "survived"; "died" (there, dead now); "gone"; "new"; "unclear_now" and "unclear_then" (not outlined on one
            date, although something of its height stands there, or nobody knows what does); "outside" (of the other
            survey, or cut by the edge of one).
        earlier_id, later_id: tree ids, None where it has no crown.
        iou: of the pair, None without one.
        earlier_height_m, later_height_m: None where unknown; of a crown without a partner the other height is that of
            the CHM inside its outline.
        earlier_area_m2, later_area_m2: of the crowns.
        species: of the later crown, else of the earlier.
        outline: of the later crown, else of the earlier one where it lies on the later survey; in the later CRS.
    """

    fate: Fate
    earlier_id: int | None
    later_id: int | None
    iou: float | None
    earlier_height_m: float | None
    later_height_m: float | None
    earlier_area_m2: float | None
    later_area_m2: float | None
    species: str | None
    outline: shapely.Polygon

    @property
    def growth_m(self) -> float | None:
        """How much higher a tree with both crowns is now."""
        return self._more(self.earlier_height_m, self.later_height_m)

    @property
    def area_growth_m2(self) -> float | None:
        """How much larger its crown is."""
        return self._more(self.earlier_area_m2, self.later_area_m2)

    def _more(self, before: float | None, after: float | None) -> float | None:
        is_pair = self.earlier_id is not None and self.later_id is not None
        return after - before if is_pair and before is not None and after is not None else None


def compare(
    earlier: Survey,
    later: Survey,
    *,
    min_iou: float = MIN_IOU,
    elevations: tuple[Elevation | None, Elevation | None] = (None, None),
    extents: tuple[shapely.Geometry | None, shapely.Geometry | None] = (None, None),
) -> tuple[Change, ...]:
    """Match the crowns of two dates and say what became of each.

    Args:
        earlier, later: in one CRS, the earlier already moved onto the later.
        min_iou: what a pair must share.
        elevations: of both surveys, in the CRS of `later`; they tell felled from overlooked trees.
        extents: what both surveys show, in that CRS; None for everywhere.

    Returns:
        Pairs and new crowns by later id, then crowns without a later one by earlier id.
    """
    found = assign(overlaps(earlier.outlines, later.outlines), min_iou)
    columns = (found.true.tolist(), found.predicted.tolist(), found.iou.tolist())
    partner = {j: (i, iou) for j, i, iou in zip(*columns, strict=True)}
    alone_later = np.setdiff1d(np.arange(len(later)), found.true)
    alone_earlier = np.setdiff1d(np.arange(len(earlier)), found.predicted)
    then_m = standing_m(later.outlines[alone_later], elevations[0], later.unit_m)
    now_m = standing_m(earlier.outlines[alone_earlier], elevations[1], later.unit_m)
    then = dict(zip(alone_later.tolist(), then_m.tolist(), strict=True))
    seen_then = _inside(later.outlines, extents[0])
    seen_now = _inside(earlier.outlines, extents[1])
    changes: list[Change] = []
    for j in range(len(later)):
        if j in partner:
            i, iou = partner[j]
            changes.append(_pair(earlier, i, later, j, iou))
        else:
            fate = _fate(later, j, then[j], bool(seen_then[j]), "new")
            changes.append(replace(_single(later, j, fate, is_later=True), earlier_height_m=_known(then[j])))
    for i, height_m in zip(alone_earlier.tolist(), now_m.tolist(), strict=True):
        fate = _fate(earlier, i, height_m, bool(seen_now[i]), "gone")
        changes.append(replace(_single(earlier, i, fate, is_later=False), later_height_m=_known(height_m)))
    return tuple(changes)


def moved_onto(
    earlier: Survey, later: Survey, shift: CoRegistration, *, min_iou: float = MIN_IOU
) -> tuple[Survey, bool]:
    """The earlier crowns moved by a shift that matters, unless they fit those of the later survey better as they are.

    Light and leaves change between two flights, and shadows move the pictures' best fit by up to a metre; crowns that
    were outlined on both dates know better. Without any of these the shift decides.
    """
    if not shift.matters:
        return earlier, False
    moved = earlier.moved(shift.east_m, shift.north_m)
    sums = [float(assign(overlaps(one.outlines, later.outlines), min_iou).iou.sum()) for one in (earlier, moved)]
    return (moved, True) if sums[1] >= sums[0] else (earlier, False)


def standing_m(
    outlines: npt.NDArray[np.object_], elevation: Elevation | None, unit_m: float
) -> npt.NDArray[np.float64]:
    """(N,) the highest cell of a CHM inside each outline, NaN where unknown."""
    if elevation is None or not len(outlines):
        return np.full(len(outlines), np.nan)
    crowns = [Crown(number, outline) for number, outline in enumerate(outlines.tolist(), start=1)]
    measured = measure_crowns(crowns, elevation, unit_m=unit_m)
    heights = [measured[crown.tree_id].height_chm_m if crown.tree_id in measured else None for crown in crowns]
    return np.array([np.nan if height is None else height for height in heights], np.float64)


def _pair(earlier: Survey, i: int, later: Survey, j: int, iou: float) -> Change:
    fate: Fate = "died" if later.dead[j] and not earlier.dead[i] else "survived"
    return Change(
        fate,
        int(earlier.ids[i]),
        int(later.ids[j]),
        iou,
        _known(earlier.height_m[i]),
        _known(later.height_m[j]),
        float(earlier.area_m2[i]),
        float(later.area_m2[j]),
        later.species[j] or earlier.species[i],
        later.outlines[j],
    )


def _single(survey: Survey, place: int, fate: Fate, *, is_later: bool) -> Change:
    number, height, area = int(survey.ids[place]), _known(survey.height_m[place]), float(survey.area_m2[place])
    return Change(
        fate,
        None if is_later else number,
        number if is_later else None,
        None,
        None if is_later else height,
        height if is_later else None,
        None if is_later else area,
        area if is_later else None,
        survey.species[place],
        survey.outlines[place],
    )


def _fate(survey: Survey, place: int, other_m: float, seen: bool, certain: Literal["new", "gone"]) -> Fate:
    """Of a crown without a partner, by the height that stands there on the other date."""
    if not seen or survey.edge[place]:
        return "outside"
    height_m = survey.height_m[place]
    unclear: Fate = "unclear_then" if certain == "new" else "unclear_now"
    if np.isnan(other_m) or np.isnan(height_m):
        return unclear if not np.isnan(other_m) and other_m >= _TREE_M else certain
    return certain if other_m < max(_TREE_M, _STANDS * height_m) else unclear


def _inside(outlines: npt.NDArray[np.object_], extent: shapely.Geometry | None) -> npt.NDArray[np.bool_]:
    if extent is None or not len(outlines):
        return np.ones(len(outlines), bool)
    shares = shapely.area(shapely.intersection(outlines, extent)) / shapely.area(outlines)
    return np.asarray(shares >= _INSIDE, bool)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def counts(changes: Sequence[Change]) -> dict[Fate, int]:
    """How many trees met each fate."""
    return {fate: sum(change.fate == fate for change in changes) for fate in FATES}
