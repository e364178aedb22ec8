"""What a person decides about the crown under review, as one edit that also judges a control crown."""

from __future__ import annotations

from dataclasses import replace

from birchtree_gui import decisions
from inference.crowns import edits
from inference.crowns.crown import Crown
from inference.crowns.edits import CrownEdit
from inference.crowns.records import Control, RecordChange
from inference.review.standing import SAMPLE, Verdict, verdict_of
from inference.review.threshold import reject


def accept(crown: Crown, *, by: str, at: str) -> CrownEdit | None:
    """Accept a proposal; None when it is decided already."""
    return decisions.accept([crown], by=by, at=at)


def turn_down(crown: Crown, *, by: str, at: str) -> CrownEdit | None:
    """Reject a crown; None when it is rejected already."""
    return reject([crown], "Reject crown", by=by, at=at)


def name_species(crown: Crown, species: str, *, by: str, at: str, code: str = "") -> CrownEdit | None:
    """Name the species, which accepts the crown; only accept it when it is named so already."""
    return decisions.name_species([crown], species, by=by, at=at, code=code) or accept(crown, by=by, at=at)


def judged(edit: CrownEdit | None, crown: Crown, known: Control | None, *, by: str, at: str) -> CrownEdit | None:
    """The edit, with the verdict on a control crown in the same step, so that undo takes back both.

    Args:
        edit: the decision; None when nothing changes, which is an approval, too.
        crown: as it was before.
        known: the control crown as it is recorded; None when it was not drawn before.
    """
    after = crown if edit is None else next((c for c in edit.added if c.tree_id == crown.tree_id), crown)
    verdict: Verdict = verdict_of(after.review) or "right"
    told = Control(crown.tree_id, SAMPLE, known.drawn_at if known else at, verdict, "", by, at)
    change = RecordChange(known, told)
    if edit is None:
        return edits.record("Check control crown", change)
    return replace(edit, records=(*edit.records, change))
