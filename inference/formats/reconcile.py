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


@dataclass(slots=True)
class ImportPlan:
    """What becomes of the rows.

    Attributes:
        added: new crowns, still with the ids of the file.
        before, after: crowns that change.
        unchanged: how many rows say nothing new.
    """

    added: list[Crown] = field(default_factory=list)
    before: list[Crown] = field(default_factory=list)
    after: list[Crown] = field(default_factory=list)
    unchanged: int = 0


def reconcile(
    table: CrownTable,
    rows: Sequence[Crown],
    columns: frozenset[str],
    *,
    by: str | None,
    at: str,
    keys: frozenset[str] = frozenset(),
) -> ImportPlan:
    """Compare rows with the crowns of a plot.

    A row with the id of a crown at the same place (IoU of at least 0.5) is that crown. Of the columns that the file has
    it takes the decisions; heights only where the crown has none or the file's come from the field. A crown that was
    changed this way without its `review` saying so counts as edited by whoever imports. A crown deleted here stays
    deleted unless the row was edited later. A row whose outline is there already under another id says nothing new.

    Args:
        table: the plot's crowns.
        rows: N crowns as the file has them; `tree_id` 0 for none.
        columns: our names of the columns that the file has.
        by, at: who imports, and when.
        keys: of the custom fields that the file has.
    """
    plan = ImportPlan()
    outlines = _objects([row.outline for row in rows])
    same_crown = _same_crown(table, rows, outlines)
    there_already = _there_already(table, outlines)
    seen: set[int] = set()
    for row, is_same, is_there in zip(rows, same_crown.tolist(), there_already.tolist(), strict=True):
        if is_same and row.tree_id not in seen:
            seen.add(row.tree_id)
            before = table.get(row.tree_id)
            told = replace(row, custom=_custom(before, row, keys))
            after = _updated(before, told, columns | {"custom"}, by=by, at=at)
            if after == before:
                plan.unchanged += 1
            else:
                plan.before.append(before)
                plan.after.append(after)
        elif is_there:
            plan.unchanged += 1
        else:
            plan.added.append(row)
    return plan


def _updated(before: Crown, row: Crown, columns: frozenset[str], *, by: str | None, at: str) -> Crown:
    if before.review == "deleted" and not _is_later(row, before, columns):
        return before
    told = {name: getattr(row, name) for name in _DECISIONS if name in columns}
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


def _same_crown(table: CrownTable, rows: Sequence[Crown], outlines: Outlines) -> npt.NDArray[np.bool_]:
    """Rows with the id of a crown that lies at the same place."""
    same = np.array([row.tree_id in table for row in rows], bool)
    known = np.flatnonzero(same)
    theirs = _objects([table.get(rows[place].tree_id).outline for place in known.tolist()])
    shared = shapely.area(shapely.intersection(outlines[known], theirs))
    union = shapely.area(outlines[known]) + shapely.area(theirs) - shared
    same[known] = shared >= _SAME_PLACE_IOU * union
    return same


def _there_already(table: CrownTable, outlines: Outlines) -> npt.NDArray[np.bool_]:
    """Rows whose outline is that of a visible crown: the same file imported once more."""
    existing = table.outlines[table.visible]
    found = np.zeros(len(outlines), bool)
    if not len(existing) or not len(outlines):
        return found
    rows, crowns = shapely.STRtree(existing).query(outlines)
    one, two = shapely.normalize(outlines[rows]), shapely.normalize(existing[crowns])
    found[rows[shapely.equals_exact(one, two, tolerance=_SAME_OUTLINE_CRS)]] = True
    return found


def _objects(outlines: Sequence[shapely.Polygon]) -> Outlines:
    array = np.empty(len(outlines), object)
    array[:] = outlines
    return array
