"""Colouring: which colour a crown has by the chosen attribute, and the legend that says so."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLocale

from birchtree_gui.canvas import colours
from birchtree_gui.canvas.colours import ColourBy
from inference.crowns.crown import Crown

if TYPE_CHECKING:
    from inference.crowns.table import CrownTable

_REVIEWS = tuple(colours.REVIEW_COLOURS)
_COLUMN: dict[ColourBy, str] = {"review": "review", "height": "height_m", "score": "score", "species": "species"}


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of a legend."""

    colour: str
    text: str


@dataclass(slots=True)
class Colouring:
    """Colours by one attribute. `palette` holds all of them; the last is for crowns without a value.

    Ranges and the order of species are looked up when the colouring is chosen, not with every edit: one changed crown
    must not change the colours of all the others.
    """

    colour_by: ColourBy = "review"
    low: float = 0.0
    high: float = 1.0
    species: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, colour_by: ColourBy, table: CrownTable | None) -> Colouring:
        """A colouring fitted to the crowns of a table."""
        made = cls(colour_by)
        if table is None or not len(table):
            return made
        if colour_by == "height":
            heights = _reals(table, "height_m")
            known = heights[np.isfinite(heights)]
            if len(known):
                low, high = np.percentile(known, [2.0, 98.0]).tolist()
                made.low, made.high = low, max(high, low + 0.1)
        if colour_by == "species":
            counts = Counter(name for name in table.column("species").tolist() if name)
            made.species = {name: place for place, (name, _) in enumerate(counts.most_common())}
        return made

    @property
    def palette(self) -> tuple[str, ...]:
        """All colours that `indexes` points into."""
        match self.colour_by:
            case "review":
                return (*colours.REVIEW_COLOURS.values(), colours.UNKNOWN)
            case "species":
                return (*colours.SPECIES_COLOURS, colours.UNKNOWN)
            case _:
                return (*colours.ramp(self.colour_by), colours.UNKNOWN)

    def indexes(self, table: CrownTable) -> npt.NDArray[np.uint8]:
        """(N,) places in `palette` for all crowns of a table, in its order."""
        unknown = len(self.palette) - 1
        if self.colour_by == "review":
            review = table.column("review")
            found = np.full(len(review), unknown, np.uint8)
            for index, name in enumerate(_REVIEWS):
                found[review == name] = index
            return found
        if self.colour_by == "species":
            return np.array([self._species_index(name) for name in table.column("species").tolist()], np.uint8)
        steps = self._steps(_reals(table, _COLUMN[self.colour_by]))
        return np.where(np.isfinite(steps), steps, unknown).astype(np.uint8)

    def index_of(self, crown: Crown) -> int:
        """Place in `palette` for one crown."""
        if self.colour_by == "review":
            return _REVIEWS.index(crown.review)
        if self.colour_by == "species":
            return self._species_index(crown.species)
        value = self._value(crown)
        return len(self.palette) - 1 if value is None else int(self._steps(np.array([value]))[0])

    def label(self, crown: Crown) -> str:
        """What stands in a large crown: its value, or its number."""
        if self.colour_by == "review":
            return str(crown.tree_id)
        if self.colour_by == "species":
            return crown.species or ""
        value = self._value(crown)
        if value is None:
            return ""
        text = QLocale().toString(value, "f", 1 if self.colour_by == "height" else 2)
        return f"{text} m" if self.colour_by == "height" else text

    def legend(self) -> tuple[LegendEntry, ...]:
        """What the colours mean, for attributes that come in kinds; ramps are told by `low` and `high`."""
        if self.colour_by != "species":
            return ()
        shown = list(self.species)[: len(colours.SPECIES_COLOURS)]
        entries = [LegendEntry(colours.SPECIES_COLOURS[place], name) for place, name in enumerate(shown)]
        return (*entries, LegendEntry(colours.UNKNOWN, "Not known" if entries else "No species yet"))

    def _value(self, crown: Crown) -> float | None:
        if self.colour_by == "score":
            return crown.score
        return None if crown.measures is None else crown.measures.height_m

    def _steps(self, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Steps of the ramp, NaN where there is no value."""
        steps = (values - self.low) / (self.high - self.low) * (colours.RAMP_STEPS - 1)
        clipped: npt.NDArray[np.float64] = np.clip(steps, 0, colours.RAMP_STEPS - 1).round()
        return clipped

    def _species_index(self, name: object) -> int:
        unknown = len(colours.SPECIES_COLOURS)
        if not isinstance(name, str) or not name:
            return unknown
        return min(self.species.setdefault(name, len(self.species)), unknown)


def _reals(table: CrownTable, name: str) -> npt.NDArray[np.float64]:
    return cast("npt.NDArray[np.float64]", table.column(name))
