"""Decides for each row of a file whether it is a crown that is there, changed or not, or a new one."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import shapely

from inference.crowns.crown import Crown, Measures
from inference.crowns.custom_values import Pairs, pairs_of
from inference.crowns.table import CrownTable

Outlines = npt.NDArray[np.object_]

# Two outlines of the same crown, before and after someone corrected it.
_SAME_PLACE_IOU = 0.5
# In a file that a person corrected: it is the crown of that id as long as the two touch on more than a sliver.
_CORRECTED_IOU = 0.01
# A micrometre: what survives a change of format or of CRS there and back.
_SAME_OUTLINE_CRS = 1e-6
# A dBase number keeps 15 decimals.
_SAME_NUMBER = 1e-12
_DECISIONS = (
    "label",
    "species",
    "species_code",
    "species_score",
    "score",
    "review",
    "edge",
    "note",
    "edited_by",
    "edited_at",
    "custom",
)
_SIGNED = frozenset({"review", "edited_by", "edited_at"})


@dataclass(slots=True)
class ImportPlan:
    """What becomes of the rows.

    Attributes:
        added: new crowns, still with the ids of the file.
        before, after: crowns that change.
        unchanged: how many rows say nothing new.
        there: ids of the crowns that rows stand for, changed or not.
    """

    added: list[Crown] = field(default_factory=list)
    before: list[Crown] = field(default_factory=list)
    after: list[Crown] = field(default_factory=list)
    unchanged: int = 0
    there: set[int] = field(default_factory=set)


def reconcile(
    table: CrownTable,
    rows: Sequence[Crown],
    columns: frozenset[str],
    *,
    by: str | None,
    at: str,
    keys: frozenset[str] = frozenset(),
    corrected: bool = False,
) -> ImportPlan:
    """Compare rows with the crowns of a plot.

    A row with the id of a crown at the same place (IoU of at least 0.5) is that crown; of several with one id, as a GIS
    makes them of a crown that it splits, the one that fits best. Of the columns that the file has it takes the
    decisions; heights only where the crown has none or the file's come from the field. A crown that was changed this
    way without its `review` saying so counts as edited by whoever imports; a row that nobody had decided on takes back
    no decision made here. A crown deleted here stays deleted unless the row was edited later. A row whose outline is
    there already under another id says nothing new.

    Args:
        table: the plot's crowns.
        rows: N crowns as the file has them; `tree_id` 0 for none.
        columns: our names of the columns that the file has.
        by, at: who imports, and when.
        keys: of the custom fields that the file has.
        corrected: the file is this plot's own, so an id says more than the place: overlapping is enough.
    """
    plan = ImportPlan()
    outlines = _objects([row.outline for row in rows])
    same_crown = _same_crown(table, rows, outlines, _CORRECTED_IOU if corrected else _SAME_PLACE_IOU)
    there_already = _there_already(table, outlines)
    for row, is_same, there_id in zip(rows, same_crown.tolist(), there_already.tolist(), strict=True):
        if is_same:
            plan.there.add(row.tree_id)
            before = table.get(row.tree_id)
            told = replace(row, custom=_custom(before, row, keys))
            after = _updated(before, told, columns | {"custom"}, by=by, at=at)
            if after == before:
                plan.unchanged += 1
            else:
                plan.before.append(before)
                plan.after.append(after)
        elif there_id:
            plan.there.add(there_id)
            plan.unchanged += 1
        else:
            plan.added.append(row)
    return plan


def _updated(before: Crown, row: Crown, columns: frozenset[str], *, by: str | None, at: str) -> Crown:
    if before.review == "deleted" and not _is_later(row, before, columns):
        return before
    told = {name: getattr(row, name) for name in _DECISIONS if name in columns}
    if row.review == "auto":
        # The file was written before somebody decided here: it says nothing of that decision.
        told = {name: value for name, value in told.items() if name not in _SIGNED}
    for name in ("score", "species_score"):
        if name in told and _is_close(told[name], getattr(before, name)):
            told[name] = getattr(before, name)
    is_moved = not before.outline.equals_exact(row.outline, tolerance=_SAME_OUTLINE_CRS)
    after = replace(before, **told)
    if is_moved:
        after = after.with_outline(row.outline)
    after = replace(after, measures=_measures(before, row, is_moved=is_moved))
    is_unsigned = (after.review, after.edited_by, after.edited_at) == (
        before.review,
        before.edited_by,
        before.edited_at,
    )
    if is_unsigned and not after.same_decisions(before):
        # Someone changed it in a GIS, which cannot know that this makes it an edited crown.
        after = replace(after, review="edited", edited_by=by, edited_at=at)
    return after


def _custom(before: Crown, row: Crown, keys: frozenset[str]) -> Pairs:
    """Values of the custom fields that the file has, and of the others those that the crown has."""
    return pairs_of({**{k: v for k, v in before.custom if k not in keys}, **dict(row.custom)})


def _is_later(row: Crown, before: Crown, columns: frozenset[str]) -> bool:
    """Whether someone decided on the row after the crown was deleted here; an older export must not bring it back."""
    return "edited_at" in columns and (row.edited_at or "") > (before.edited_at or "")


def _measures(before: Crown, row: Crown, *, is_moved: bool) -> Measures | None:
    """Heights from the field win; others hold only as long as the outline does."""
    told = row.measures
    if told is not None and told.height_source == "field":
        is_known = before.measures is not None and before.measures.height_source == "field"
        same = before.measures is not None and _is_close(told.height_m, before.measures.height_m)
        return before.measures if is_known and same and not is_moved else told
    if is_moved:
        return None
    return told if before.measures is None else before.measures


def _is_close(one: float | None, two: float | None) -> bool:
    if one is None or two is None:
        return one is two
    return abs(one - two) <= _SAME_NUMBER


def _same_crown(
    table: CrownTable, rows: Sequence[Crown], outlines: Outlines, least_iou: float
) -> npt.NDArray[np.bool_]:
    """Rows with the id of a crown that lies at the same place; of those with one id only the one that fits best."""
    known = np.flatnonzero(np.array([row.tree_id in table for row in rows], bool))
    ids = np.array([rows[place].tree_id for place in known.tolist()], np.int64)
    theirs = _objects([table.get(tree_id).outline for tree_id in ids.tolist()])
    shared = shapely.area(shapely.intersection(outlines[known], theirs))
    iou = shared / (shapely.area(outlines[known]) + shapely.area(theirs) - shared)
    best_first = np.lexsort((-iou, ids))
    _, first = np.unique(ids[best_first], return_index=True)
    chosen = best_first[first]
    same = np.zeros(len(rows), bool)
    same[known[chosen]] = iou[chosen] >= least_iou
    return same


def _there_already(table: CrownTable, outlines: Outlines) -> npt.NDArray[np.int64]:
    """(N,) id of the visible crown that has a row's outline, as when a file is imported once more; 0 for none."""
    existing = table.outlines[table.visible]
    found = np.zeros(len(outlines), np.int64)
    if not len(existing) or not len(outlines):
        return found
    rows, crowns = shapely.STRtree(existing).query(outlines)
    one, two = shapely.normalize(outlines[rows]), shapely.normalize(existing[crowns])
    alike = shapely.equals_exact(one, two, tolerance=_SAME_OUTLINE_CRS)
    found[rows[alike]] = np.asarray(table.ids)[table.visible][crowns[alike]]
    return found


def _objects(outlines: Sequence[shapely.Polygon]) -> Outlines:
    array = np.empty(len(outlines), object)
    array[:] = outlines
    return array
