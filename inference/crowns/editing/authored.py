"""Crown edits of the drawing tools: who keeps id, species and notes when crowns are cut, joined, painted or pasted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import shapely

from inference.crowns import geometry
from inference.crowns.crown import Crown, Review
from inference.crowns.custom_values import CustomValue, pairs_of
from inference.crowns.edits import CrownEdit
from inference.errors import InputError


@dataclass(frozen=True, slots=True)
class Author:
    """Who edits, when, and where new ids come from.

    Attributes:
        by: name.
        at: ISO 8601, UTC.
        take_ids: gives so many fresh ids (`Project.take_ids`).
    """

    by: str
    at: str
    take_ids: Callable[[int], Sequence[int]]

    def reshaped(self, crown: Crown, outline: shapely.Polygon) -> Crown:
        """A crown with another outline; a drawn one stays a drawn one, since no model proposed it."""
        review: Review = "added" if crown.review == "added" else "edited"
        return replace(crown.with_outline(outline), review=review, edited_by=self.by, edited_at=self.at)

    def split_off(self, crown: Crown, outline: shapely.Polygon, tree_id: int) -> Crown:
        """A new crown out of part of another: of the same species, but without what was noted of that one tree."""
        return replace(self.reshaped(crown, outline), tree_id=tree_id, note="", custom=(), measures=None)

    def rejected(self, crown: Crown) -> Crown:
        """A crown that became part of another: kept as deleted, as every rejected crown."""
        return replace(crown, review="deleted", edited_by=self.by, edited_at=self.at)

    def new(self, outlines: Sequence[shapely.Polygon]) -> tuple[Crown, ...]:
        """New crowns that a person drew."""
        ids = self.take_ids(len(outlines)) if outlines else ()
        return tuple(
            Crown(int(tree_id), outline, review="added", edited_by=self.by, edited_at=self.at)
            for tree_id, outline in zip(ids, outlines, strict=True)
        )


Outcome = Mapping[int, Sequence[shapely.Polygon]]


def reshaped(name: str, crowns: Iterable[Crown], outcome: Outcome, author: Author) -> CrownEdit:
    """Give crowns other outlines; the first part of each keeps id and attributes, the others are new crowns.

    Args:
        name: what the history shows.
        crowns: as they are.
        outcome: by `tree_id` what each becomes, largest part first; crowns that are not in it, or whose outline is
            the same, stay as they are.
        author: who does it.

    Raises:
        InputError: nothing would change.
    """
    removed: list[Crown] = []
    added: list[Crown] = []
    for crown in crowns:
        parts = outcome.get(crown.tree_id, (crown.outline,))
        if len(parts) == 1 and parts[0] == crown.outline:
            continue
        removed.append(crown)
        added.append(author.reshaped(crown, parts[0]))
        if len(parts) > 1:
            ids = author.take_ids(len(parts) - 1)
            added.extend(
                author.split_off(crown, part, int(tree_id)) for part, tree_id in zip(parts[1:], ids, strict=True)
            )
    if not removed:
        raise InputError("edit.nothing", "Nothing would change.")
    return CrownEdit(name, tuple(removed), tuple(added))


def cut(crowns: Sequence[Crown], outcome: Outcome, author: Author) -> CrownEdit:
    """Cut crowns into parts, named by how many there are."""
    changed = [crown for crown in crowns if len(outcome.get(crown.tree_id, ())) > 1]
    count = sum(len(outcome[crown.tree_id]) for crown in changed)
    if len(changed) == 1:
        name = f"Cut crown {changed[0].tree_id} into {count}"
    else:
        name = f"Cut {len(changed)} crowns into {count}"
    return reshaped(name, changed, outcome, author)


def merged(crowns: Sequence[Crown], author: Author, *, gap: float = 0.0) -> CrownEdit:
    """Make several crowns one: the largest keeps its id and gains what only the others know; the others are deleted.

    Args:
        crowns: at least two.
        author: who does it.
        gap: parts that lie at most so far apart (CRS units) are joined over the gap.

    Raises:
        InputError: fewer than two crowns, or they are further apart.
    """
    if len(crowns) < 2:
        raise InputError("edit.merge_two", "Select at least two crowns to merge.")
    ordered = sorted(crowns, key=lambda crown: (-crown.outline.area, crown.tree_id))
    kept = author.reshaped(ordered[0], geometry.merge([crown.outline for crown in crowns], gap=gap))
    notes = [crown.note for crown in ordered if crown.note]
    custom: dict[str, CustomValue] = {}
    for crown in reversed(ordered):
        custom.update(crown.custom)
    kept = replace(
        kept,
        note="; ".join(dict.fromkeys(notes)),
        custom=pairs_of(custom),
        edge=any(crown.edge for crown in crowns),
    )
    named = next((crown for crown in ordered if crown.species is not None), None)
    if kept.species is None and named is not None:
        kept = replace(
            kept,
            species=named.species,
            species_code=named.species_code,
            species_score=named.species_score,
            label=named.label,
        )
    rest = [author.rejected(crown) for crown in ordered[1:]]
    name = f"Merge {len(crowns)} crowns into crown {kept.tree_id}"
    return CrownEdit(name, tuple(ordered), (kept, *rest))


def moved(crowns: Sequence[Crown], shift: tuple[float, float], author: Author, *, name: str) -> CrownEdit:
    """Move crowns by (dx, dy) in CRS units."""
    outcome = {crown.tree_id: (geometry.translate(crown.outline, *shift),) for crown in crowns}
    return reshaped(name, crowns, outcome, author)
