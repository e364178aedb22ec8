"""Whether an edit still fits the crowns as they are now, and what it then really does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import repeat

from inference.crowns.crown import Crown
from inference.crowns.edits import CrownEdit
from inference.errors import EditConflict


def fit(edit: CrownEdit, look_up: Callable[[Sequence[int]], Sequence[Crown | None]]) -> CrownEdit:
    """The edit as it will really happen on the crowns that `look_up` gives, None for an id without one.

    `removed` becomes the crowns as they are now (their measures may have arrived since the edit was made), and a crown
    whose outline stays keeps its measures unless the edit sets others.

    Raises:
        EditConflict: a removed crown is absent or was changed, or an added id exists already.
        ValueError: a crown occurs twice, or a new id is not positive.
    """
    recorded = {crown.tree_id: crown for crown in edit.removed}
    added = {crown.tree_id: crown for crown in edit.added}
    if len(recorded) != len(edit.removed) or len(added) != len(edit.added):
        raise ValueError(f"{edit.name}: a crown occurs twice")
    found = look_up(list(recorded))
    removed = tuple(map(_as_it_is, repeat(edit.name), edit.removed, found))
    fresh = [tree_id for tree_id in added if tree_id not in recorded]
    for tree_id, now in zip(fresh, look_up(fresh), strict=True):
        _refuse_used(edit.name, tree_id, now)
    now_by_id = dict(zip(recorded, removed, strict=True))
    kept = (_keep_measures(crown, recorded, now_by_id) for crown in edit.added)
    return CrownEdit(edit.name, removed, tuple(kept), edit.records)


def _as_it_is(name: str, crown: Crown, now: Crown | None) -> Crown:
    if now is crown:
        return crown
    if now is None:
        raise EditConflict(
            "edit.gone",
            "“{name}” cannot be done: crown {tree_id} is no longer there. Look at the map again and repeat it.",
            name=name,
            tree_id=crown.tree_id,
        )
    if not now.same_decisions(crown):
        raise EditConflict(
            "edit.changed",
            "“{name}” cannot be done: crown {tree_id} was changed meanwhile. Look at it again and repeat the step.",
            name=name,
            tree_id=crown.tree_id,
        )
    return now


def _refuse_used(name: str, tree_id: int, now: Crown | None) -> None:
    if tree_id <= 0:
        raise ValueError(f"{name}: tree_id {tree_id} is not positive")
    if now is not None:
        raise EditConflict(
            "edit.exists",
            "“{name}” cannot be done: there is already a crown {tree_id}. Take a fresh id and try again.",
            name=name,
            tree_id=tree_id,
        )


def _keep_measures(crown: Crown, recorded: Mapping[int, Crown], removed: Mapping[int, Crown]) -> Crown:
    """Measures hold as long as the outline does: an edit that did not set them must not bring back older ones."""
    now = removed.get(crown.tree_id)
    if now is None:
        return crown
    if crown.measures is now.measures or crown.measures != recorded[crown.tree_id].measures:
        return crown
    return replace(crown, measures=now.measures) if crown.outline == now.outline else crown
