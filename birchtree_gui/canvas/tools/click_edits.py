"""What comes of a click: a new crown, or another outline of one; and the crowns that it must leave alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

from birchtree_gui.canvas.tools.base import tr
from birchtree_gui.document import PlotDocument, now
from inference.crowns import edits
from inference.crowns.crown import Crown
from inference.crowns.edits import CrownEdit

if TYPE_CHECKING:
    from inference.prompt.base import Prompt

_NEAR_M = 30.0
_TAKEN = ("accepted", "edited", "added")


def new_crown(document: PlotDocument, outline: shapely.Polygon, score: float) -> CrownEdit:
    """A crown that was not there; it keeps what the model thought of it."""
    tree_id = int(document.take_ids(1)[0])
    crown = Crown(tree_id, outline, score=score, review="added", edited_by=document.by, edited_at=now())
    return edits.add(tr("Outline crown by click"), [crown])


def refined(crown: Crown, outline: shapely.Polygon, by: str) -> CrownEdit:
    """Another outline for a crown."""
    at = now()
    return edits.change(
        tr("Refine crown {number}").format(number=crown.tree_id),
        [crown],
        lambda old: replace(old.with_outline(outline), review="edited", edited_by=by, edited_at=at),
    )


def taken_near(prompt: Prompt, document: PlotDocument, *, but: int | None) -> tuple[shapely.Polygon, ...]:
    """Outlines near the marks that a person has accepted, edited or drawn, those of the crown `but` left out."""
    if document.table is None or document.plot is None:
        return ()
    left, bottom, right, top = prompt.bounds_crs
    reach = max(right - left, top - bottom, _NEAR_M / document.plot.unit_m)
    near = document.table.within((left - reach, bottom - reach, right + reach, top + reach))
    crowns = [document.table.get(int(tree_id)) for tree_id in near if int(tree_id) != but]
    return tuple(crown.outline for crown in crowns if crown.review in _TAKEN)
