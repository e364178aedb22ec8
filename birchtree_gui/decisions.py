"""What a person decides about crowns, as edits: accept, delete, name a species, write a note."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from inference.crowns import edits
from inference.crowns.crown import Crown, Review
from inference.crowns.edits import CrownEdit
from inference.crowns.names import label_of
from inference.traits import palette_lists


def _named(one: str, many: str, crowns: Sequence[Crown]) -> str:
    return one if len(crowns) == 1 else many.format(count=len(crowns))


def _touched(by: str, at: str, how: Callable[[Crown], Crown]) -> Callable[[Crown], Crown]:
    return lambda crown: replace(how(crown), edited_by=by, edited_at=at)


def accept(crowns: Sequence[Crown], *, by: str, at: str) -> CrownEdit | None:
    """Accept the proposed ones among `crowns`; None when there is none."""
    proposed = [crown for crown in crowns if crown.review == "auto"]
    if not proposed:
        return None
    name = _named("Accept crown", "Accept {count} crowns", proposed)
    return edits.change(name, proposed, _touched(by, at, lambda crown: replace(crown, review="accepted")))


def delete(crowns: Sequence[Crown], *, by: str, at: str) -> CrownEdit | None:
    """Delete crowns (undo brings them back); None when there is none."""
    there = [crown for crown in crowns if crown.review != "deleted"]
    return edits.delete(there, by=by, at=at) if there else None


def _reviewed(crown: Crown) -> Review:
    """A person who fills in an attribute has looked at the crown."""
    return "accepted" if crown.review == "auto" else crown.review


def name_species(crowns: Sequence[Crown], species: str, *, by: str, at: str, code: str = "") -> CrownEdit | None:
    """Give crowns a species (or none, with ""), confirmed by a person; None when nothing would change.

    Without a code it is looked up in the species lists.
    """
    wanted = species.strip() or None
    known = None if code or wanted is None else palette_lists.find_known(wanted)
    found = known.code if known is not None and known.name == wanted else code
    others = [crown for crown in crowns if crown.species != wanted or crown.species_score is not None]
    if not others:
        return None
    name = _named("Set species", "Set species of {count} crowns", others)
    return edits.change(
        name,
        others,
        _touched(
            by,
            at,
            lambda crown: replace(
                crown,
                species=wanted,
                species_code=found or None,
                species_score=None,
                label=label_of(wanted),
                review=_reviewed(crown),
            ),
        ),
    )


def write_note(crowns: Sequence[Crown], note: str, *, by: str, at: str) -> CrownEdit | None:
    """Write a note; None when nothing would change."""
    others = [crown for crown in crowns if crown.note != note.strip()]
    if not others:
        return None
    name = _named("Write note", "Write note on {count} crowns", others)
    return edits.change(name, others, _touched(by, at, lambda crown: replace(crown, note=note.strip())))
