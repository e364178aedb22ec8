"""Colouring: which colour a crown has by the chosen attribute, and the legend that says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QCoreApplication, QLocale

from birchtree_gui import species_names
from birchtree_gui.canvas import colours
from birchtree_gui.canvas.colours import ColourBy
from birchtree_gui.languages.marks import QT_TRANSLATE_NOOP
from inference.crowns.crown import Crown
from inference.traits.palette import Palette, colours_on

if TYPE_CHECKING:
    from inference.crowns.table import CrownTable

_REVIEWS = tuple(colours.REVIEW_COLOURS)
_REVIEW_WORDS = {
    "auto": QT_TRANSLATE_NOOP("Legend", "Proposed"),
    "accepted": QT_TRANSLATE_NOOP("Legend", "Accepted"),
    "edited": QT_TRANSLATE_NOOP("Legend", "Edited"),
    "added": QT_TRANSLATE_NOOP("Legend", "Drawn"),
}
_CLASS_STEPS_M = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
_MOST_CLASSES = 6
_MOST_COLOURS = 200  # places in a palette are bytes
_COLUMN: dict[ColourBy, str] = {"review": "review", "height": "height_m", "score": "score", "species": "species"}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Legend", text)


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of a legend; `kind` is what `Colouring.kinds` gives the crowns that it stands for."""

    kind: int
    colour: str
    text: str


@dataclass(slots=True)
class Colouring:
    """Colours by one attribute. `palette` holds all of them; the last is for crowns without a value.

    Ranges and the order of species are looked up when the colouring is chosen, not with every edit: one changed crown
    must not change the colours of all the others. `species` gives each species its place in `species_colours`, `seen`
    are those that the plot has; `is_fitted` is False while there was no value to fit a range to.
    """

    colour_by: ColourBy = "review"
    low: float = 0.0
    high: float = 1.0
    species: dict[str, int] = field(default_factory=dict)
    species_colours: tuple[str, ...] = colours.SPECIES_COLOURS
    seen: set[str] = field(default_factory=set)
    is_fitted: bool = True

    @classmethod
    def of(cls, colour_by: ColourBy, table: CrownTable | None, palette: Palette | None = None) -> Colouring:
        """A colouring fitted to the crowns of a table; species have the colours of the project's list."""
        made = cls(colour_by)
        if colour_by == "species" and palette is not None:
            made._take_colours({}, palette)
        made.is_fitted = colour_by != "height"
        if table is None or not len(table):
            return made
        if colour_by == "height":
            heights = _reals(table, "height_m")
            known = heights[np.isfinite(heights)]
            if len(known):
                low, high = np.percentile(known, [2.0, 98.0]).tolist()
                made.low, made.high = low, max(high, low + 0.1)
                made.is_fitted = True
        if colour_by == "species":
            made._take_colours(Counter(name for name in table.column("species").tolist() if name), palette)
            made.count(table)
        return made

    def count(self, table: CrownTable) -> None:
        """See which species the visible crowns have: these are in the legend, each in the colour that it has."""
        if self.colour_by == "species":
            self.seen = {name for name in table.column("species")[table.visible].tolist() if name}
            for name in sorted(self.seen):
                self._species_index(name)

    def lacks_range(self, table: CrownTable) -> bool:
        """Whether there are values by now, and none when the range was looked up: all would have one colour."""
        return not self.is_fitted and bool(np.isfinite(_reals(table, "height_m")).any())

    def _take_colours(self, counts: Mapping[str, int], palette: Palette | None) -> None:
        names = sorted(counts, key=lambda name: -counts[name])
        found = dict(list(colours_on(palette, names).items())[:_MOST_COLOURS])
        left = [colour for colour in colours.SPECIES_COLOURS if colour not in found.values()]
        self.species_colours = (*found.values(), *left)
        self.species = {name: place for place, name in enumerate((*found, *(n for n in names if n not in found)))}

    @property
    def palette(self) -> tuple[str, ...]:
        """All colours that `indexes` points into."""
        match self.colour_by:
            case "review":
                return (*colours.REVIEW_COLOURS.values(), colours.UNKNOWN)
            case "species":
                return (*self.species_colours, colours.UNKNOWN)
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

    def legend(self) -> tuple[LegendEntry, ...]:
        """What the colours mean, one line a kind; a ramp is told in classes with round limits."""
        match self.colour_by:
            case "review":
                shown = [name for name in _REVIEWS if name != "deleted"]
                return tuple(
                    LegendEntry(
                        place, colours.REVIEW_COLOURS[name], QCoreApplication.translate("Legend", _REVIEW_WORDS[name])
                    )
                    for place, name in enumerate(shown)
                )
            case "species":
                known = list(self.species)[: len(self.species_colours)]
                entries = [
                    LegendEntry(n, self.species_colours[n], species_names.shown(name))
                    for n, name in enumerate(known)
                    if name in self.seen
                ]
                more = len(self.species) > len(known)
                rest = _tr("Others, not known") if more else _tr("Not known") if entries else _tr("No species yet")
                return (*entries, LegendEntry(len(self.species_colours), colours.UNKNOWN, rest))
            case _:
                return self._classes()

    def kinds(self, table: CrownTable) -> npt.NDArray[np.intp]:
        """(N,) `LegendEntry.kind` of all crowns of a table, in its order."""
        if self.colour_by in ("review", "species"):
            return self.indexes(table).astype(np.intp)
        values = _reals(table, _COLUMN[self.colour_by])
        edges = self.edges()
        return np.where(np.isfinite(values), np.digitize(values, edges), len(edges) + 1)

    def edges(self) -> npt.NDArray[np.float64]:
        """Limits between the classes of a ramp."""
        if self.colour_by == "score":
            return np.array([0.2, 0.4, 0.6, 0.8])
        span = max(self.high - self.low, 0.1)
        step = next(step for step in _CLASS_STEPS_M if span / step <= _MOST_CLASSES)
        first = (np.floor(self.low / step) + 1) * step
        return np.arange(first, max(self.high, first + step / 2), step, dtype=np.float64)

    def expression(self, kinds: frozenset[int]) -> str:
        """The chosen kinds in the words of the crown table's filter; "" for all of them."""
        if not kinds or kinds >= {entry.kind for entry in self.legend()}:
            return ""
        return " or ".join(self._term(kind) for kind in sorted(kinds))

    def _term(self, kind: int) -> str:
        if self.colour_by == "review":
            return f"status = {_REVIEWS[kind]}"
        if self.colour_by == "species":
            names = list(self.species)[: len(self.species_colours)]
            if kind < len(names):
                return f'species = "{names[kind]}"'
            return "(" + " and ".join(f'species != "{name}"' for name in names) + ")" if names else 'species = ""'
        edges = self.edges()
        limits = [f"{self.colour_by} >= {edges[kind - 1]:g}"] if 0 < kind <= len(edges) else []
        limits += [f"{self.colour_by} < {edges[kind]:g}"] if kind < len(edges) else []
        return "(" + " and ".join(limits) + ")" if limits else f"not {self.colour_by} >= -1e9"

    def _classes(self) -> tuple[LegendEntry, ...]:
        edges, locale = self.edges(), QLocale()
        digits, unit = (1, "") if self.colour_by == "score" else (0 if (edges % 1 == 0).all() else 1, " m")
        words = [locale.toString(float(edge), "f", digits) for edge in edges]
        texts = [f"< {words[0]}{unit}"]
        texts += [f"{low} – {high}{unit}" for low, high in pairwise(words)]
        texts.append(f"≥ {words[-1]}{unit}")
        middles = np.concatenate([[self.low], (edges[:-1] + edges[1:]) / 2, [self.high]])
        palette = self.palette
        found = [
            LegendEntry(kind, palette[int(step)], text)
            for kind, (step, text) in enumerate(zip(self._steps(middles), texts, strict=True))
        ]
        return (*found, LegendEntry(len(found), colours.UNKNOWN, _tr("Not known")))

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
        unknown = len(self.species_colours)
        if not isinstance(name, str) or not name:
            return unknown
        return min(self.species.setdefault(name, len(self.species)), unknown)


def _reals(table: CrownTable, name: str) -> npt.NDArray[np.float64]:
    return cast("npt.NDArray[np.float64]", table.column(name))
