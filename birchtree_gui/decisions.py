"""What a person decides about crowns, as edits: accept, delete, name a species, write a note."""

from __future__ import annotations

from collections.abc import Sequence

from inference.crowns import edits
from inference.crowns.crown import Crown
from inference.crowns.edits import CrownEdit
from inference.crowns.in_columns import same_for_all
from inference.crowns.names import label_of
from inference.traits import palette_lists


def _named(one: str, many: str, crowns: Sequence[Crown]) -> str:
    return one if len(crowns) == 1 else many.format(count=len(crowns))


def accept(crowns: Sequence[Crown], *, by: str, at: str) -> CrownEdit | None:
    """Accept the proposed ones among `crowns`; None when there is none."""
    proposed = [crown for crown in crowns if crown.review == "auto"]
    if not proposed:
        return None
    name = _named("Accept crown", "Accept {count} crowns", proposed)
    return edits.set_fields(name, proposed, same_for_all(review="accepted", edited_by=by, edited_at=at))


def delete(crowns: Sequence[Crown], *, by: str, at: str) -> CrownEdit | None:
    """Delete crowns (undo brings them back); None when there is none."""
    there = [crown for crown in crowns if crown.review != "deleted"]
    return edits.delete(there, by=by, at=at) if there else None


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
    told = {"species": wanted, "species_code": found or None, "species_score": None, "label": label_of(wanted)}
    # A person who fills in an attribute has looked at the crown.
    reviews = ["accepted" if crown.review == "auto" else crown.review for crown in others]
    return edits.set_fields(name, others, {**same_for_all(**told, edited_by=by, edited_at=at), "review": reviews})


def write_note(crowns: Sequence[Crown], note: str, *, by: str, at: str) -> CrownEdit | None:
    """Write a note; None when nothing would change."""
    others = [crown for crown in crowns if crown.note != note.strip()]
    if not others:
        return None
    name = _named("Write note", "Write note on {count} crowns", others)
    return edits.set_fields(name, others, same_for_all(note=note.strip(), edited_by=by, edited_at=at))
