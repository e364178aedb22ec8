"""The quick filters of the crown table: a tick for each question that is asked often."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication

from birchtree_gui import units
from inference.crowns.table import CrownTable

_HIGH, _LOW = 90, 10  # percentiles


@dataclass(frozen=True, slots=True)
class QuickFilter:
    """A tick.

    Attributes:
        name: stable.
        title: on the button.
        explanation: one sentence.
        condition: the expression; {limit} is a percentile of the plot's crowns.
        of: the column of that percentile; "" without one.
        percentile: which.
        against: the filter that it excludes.
        in_front: whether it has a button of its own; the others are in the menu.
    """

    name: str
    title: str
    explanation: str
    condition: str
    of: str = ""
    percentile: int = 0
    against: str = ""
    in_front: bool = False

    def line(self, table: CrownTable) -> str:
        """The expression for the crowns as they are now."""
        if not self.of:
            return self.condition
        values = np.asarray(table.column(self.of), np.float64)[table.visible]
        known = values[np.isfinite(values)]
        limit = float(np.percentile(known, self.percentile)) if len(known) else 0.0
        return self.condition.format(limit=f"{limit:.2f}")


def _tr(text: str) -> str:
    return QCoreApplication.translate("QuickFilters", text)


def quick_filters() -> tuple[QuickFilter, ...]:
    """All of them, in their order."""
    return (
        QuickFilter("unreviewed", _tr("Proposed"), _tr("Nobody has reviewed it"), "review = auto", in_front=True),
        QuickFilter("unnamed", _tr("No species"), _tr("It has no species"), "species is null", in_front=True),
        QuickFilter(
            "tall", _tr("Tall"), _tr("The tenth of the plot that is tallest"), "height_m >= {limit}", "height_m",
            _HIGH, "low", in_front=True,
        ),
        QuickFilter(
            "low", _tr("Low"), _tr("The tenth of the plot that is lowest"), "height_m <= {limit}", "height_m",
            _LOW, "tall", in_front=True,
        ),
        QuickFilter("edited", _tr("Edited"), _tr("A person drew it or changed its outline"),
                    "review in (edited, added)"),
        QuickFilter("accepted", _tr("Accepted"), _tr("A person accepted it"), "review = accepted"),
        QuickFilter("guessed", _tr("Species from a model"), _tr("Nobody has confirmed its species"),
                    "species is not null and species_score is not null"),
        QuickFilter("twins", _tr("Two peaks"), _tr("The heights show two trees in it"), "two_peaks"),
        QuickFilter("seam", _tr("On a seam"), _tr("A line between two tiles of the run cuts it"), "seam"),
        QuickFilter("edge", _tr("Cut by the edge"), _tr("The mosaic ends inside it"), "edge"),
        QuickFilter("large", _tr("Large"), _tr("The tenth of the plot that is largest"), "area_m2 >= {limit}",
                    "area_m2", _HIGH, "small"),
        QuickFilter("small", _tr("Small"), _tr("The tenth of the plot that is smallest"), "area_m2 <= {limit}",
                    "area_m2", _LOW, "large"),
        QuickFilter("unmeasured", _tr("No height"), _tr("Its height is not known"), "height_m is null"),
        QuickFilter("apart", _tr("Heights apart"), _tr("The model's height is a fifth or more off the CHM's"),
                    "height_gap >= 0.20"),
        QuickFilter("unsure", _tr("Unsure"), _tr("The model was less than half sure of the crown"), "score < 0.50"),
        QuickFilter("noted", _tr("With a note"), _tr("It has a note"), "note is not null"),
    )  # fmt: skip


def told(quick: QuickFilter, table: CrownTable | None) -> str:
    """What a tick means on this plot, for its tooltip."""
    if table is None or not quick.of:
        return quick.explanation
    limit = quick.line(table).rpartition(" ")[2]
    unit = "m²" if quick.of == "area_m2" else "m"
    return f"{quick.explanation} ({units.quantity(float(limit), unit)})"
