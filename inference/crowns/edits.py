"""Edits are values; applying one to a `CrownTable` returns its inverse."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from inference.crowns import in_columns
from inference.crowns.crown import Crown
from inference.crowns.records import RecordChange


@dataclass(frozen=True, slots=True)
class CrownEdit:
    """Replace some crowns and records of a plot by others: the one shape that every change takes.

    Attributes:
        name: what the history shows, in a forester's words ("Merge 2 crowns").
        removed: crowns as they were when the edit was prepared; they must still be so when it is applied.
        added: crowns after the edit. A crown in both with the same `tree_id` was changed.
        records: areas, custom fields and control crowns before and after; each occurs at most once.
    """

    name: str
    removed: tuple[Crown, ...] = ()
    added: tuple[Crown, ...] = ()
    records: tuple[RecordChange, ...] = ()

    @property
    def touched_ids(self) -> frozenset[int]:
        """Every `tree_id` that the edit removes, adds or changes."""
        return frozenset(crown.tree_id for crown in (*self.removed, *self.added))

    def inverse(self) -> "CrownEdit":
        """The edit that takes this one back."""
        records = tuple(change.inverse() for change in self.records)
        return CrownEdit(self.name, removed=self.added, added=self.removed, records=records)


def add(name: str, crowns: Iterable[Crown]) -> CrownEdit:
    """Add new crowns; their ids must be fresh (`Project.take_ids`)."""
    return CrownEdit(name, added=tuple(crowns))


def change(name: str, crowns: Iterable[Crown], how: Callable[[Crown], Crown]) -> CrownEdit:
    """Change each crown by `how`, which must keep `tree_id`."""
    before = tuple(crowns)
    return CrownEdit(name, removed=before, added=tuple(how(crown) for crown in before))


def set_fields(name: str, crowns: Iterable[Crown], values: Mapping[str, Iterable[object]]) -> CrownEdit:
    """Give crowns other values of some fields: (N,) of each for N crowns, see `in_columns.changed`; quick for many."""
    before = tuple(crowns)
    return CrownEdit(name, removed=before, added=tuple(in_columns.changed(before, values)))


def delete(crowns: Iterable[Crown], *, by: str, at: str) -> CrownEdit:
    """Mark crowns as deleted; they stay in the file for the correction log and can be brought back."""
    before = tuple(crowns)
    name = "Delete crown" if len(before) == 1 else f"Delete {len(before)} crowns"
    return set_fields(name, before, in_columns.same_for_all(review="deleted", edited_by=by, edited_at=at))


def record(name: str, *changes: RecordChange) -> CrownEdit:
    """Change areas, custom fields or control crowns, and no crown."""
    return CrownEdit(name, records=changes)
