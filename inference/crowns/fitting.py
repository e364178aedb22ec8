"""Whether an edit still fits the crowns as they are now, and what it then really does."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from inference.crowns.crown import Crown
from inference.crowns.edits import CrownEdit
from inference.errors import EditConflict


def fit(edit: CrownEdit, find: Callable[[int], Crown | None]) -> CrownEdit:
    """The edit as it will really happen on the crowns that `find` gives.

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
    removed = {crown.tree_id: _as_it_is(edit, crown, find(crown.tree_id)) for crown in edit.removed}
    for tree_id in added.keys() - removed.keys():
        _refuse_used(edit, tree_id, find(tree_id))
    kept = (_keep_measures(crown, recorded, removed) for crown in edit.added)
    return CrownEdit(edit.name, tuple(removed.values()), tuple(kept), edit.records)


def _as_it_is(edit: CrownEdit, crown: Crown, now: Crown | None) -> Crown:
    if now is None:
        raise EditConflict(
            "edit.gone",
            "“{name}” cannot be done: crown {tree_id} is no longer there. Look at the map again and repeat it.",
            name=edit.name,
            tree_id=crown.tree_id,
        )
    if now is not crown and not now.same_decisions(crown):
        raise EditConflict(
            "edit.changed",
            "“{name}” cannot be done: crown {tree_id} was changed meanwhile. Look at it again and repeat the step.",
            name=edit.name,
            tree_id=crown.tree_id,
        )
    return now


def _refuse_used(edit: CrownEdit, tree_id: int, now: Crown | None) -> None:
    if tree_id <= 0:
        raise ValueError(f"{edit.name}: tree_id {tree_id} is not positive")
    if now is not None:
        raise EditConflict(
            "edit.exists",
            "“{name}” cannot be done: there is already a crown {tree_id}. Take a fresh id and try again.",
            name=edit.name,
            tree_id=tree_id,
        )


def _keep_measures(crown: Crown, recorded: Mapping[int, Crown], removed: Mapping[int, Crown]) -> Crown:
    """Measures hold as long as the outline does: an edit that did not set them must not bring back older ones."""
    if crown.tree_id not in removed:
        return crown
    now = removed[crown.tree_id]
    if crown.measures is now.measures or crown.measures != recorded[crown.tree_id].measures:
        return crown
    return replace(crown, measures=now.measures) if crown.outline == now.outline else crown
