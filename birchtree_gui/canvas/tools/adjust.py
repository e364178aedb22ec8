"""AdjustTool: simplifies, smooths or grows the selected crowns by an amount that is seen before it is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import shapely
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter

from birchtree_gui import units
from birchtree_gui.canvas.stroke_paint import paint_former, paint_future
from birchtree_gui.canvas.tools.base import MapSurface, Pointer, tr
from birchtree_gui.canvas.tools.shaping import ShapingTool
from inference.crowns import geometry
from inference.crowns.crown import Crown
from inference.crowns.editing import authored, contours
from inference.crowns.editing.limits import Limits
from inference.crowns.edits import CrownEdit
from inference.errors import InputError

Parts = tuple[shapely.Polygon, ...]

_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LESS, _MORE = Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight
MOST_CROWNS = 200
"""More would make the slider stutter."""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One thing that can be done to whole outlines.

    Attributes:
        verb: English, begins the name of the edit and is translated in the strip.
        least_m, largest_m, first_m: of the amount, metres.
        steps: places of the slider.
        key_m: what one press of a bracket adds or takes, metres.
        counts: whether the effect is told in corners; else in area.
        change: (outline, amount in CRS units, limits) -> parts, the largest first; may raise `InputError`.
    """

    verb: str
    least_m: float
    largest_m: float
    first_m: float
    steps: int
    key_m: float
    counts: bool
    change: Callable[[shapely.Polygon, float, Limits], Parts]


SIMPLIFY = Adjustment(
    "Simplify", 0.0, 1.0, 0.15, 100, 0.05, True, lambda outline, by, _: (geometry.simplify(outline, by),)
)
SMOOTH = Adjustment("Smooth", 0.0, 3.0, 0.6, 120, 0.1, True, lambda outline, by, _: (contours.smooth(outline, by),))
GROW = Adjustment("Grow", -2.0, 2.0, 0.2, 160, 0.05, False, contours.grow)


class AdjustTool(ShapingTool):
    """Shows the selected crowns as they will be; a strip with a slider sets the amount, Enter takes it."""

    kind = SIMPLIFY

    def __init__(self, surface: MapSurface) -> None:
        super().__init__(surface)
        self.amount_m = self.kind.first_m
        self._future: dict[int, Parts] = {}
        self._made_of: tuple[Crown, ...] = ()
        self.looked: Callable[[], None] = lambda: None
        """Called when what is shown is something else."""

    @property
    def paints_selection(self) -> bool:
        """The chosen crowns are drawn as they were and as they will be."""
        return bool(self._made_of)

    @property
    def future(self) -> dict[int, Parts]:
        """What each selected crown would become."""
        return self._future

    def start(self) -> None:
        """Show what the amount used last would do."""
        self._look()

    def stop(self) -> None:
        """Show nothing."""
        self._future, self._made_of = {}, ()

    def set_amount(self, amount_m: float) -> None:
        """Another amount, in metres."""
        self.amount_m = amount_m
        self._look()

    def effect(self) -> str:
        """What comes of the amount: corners before and after, or square metres."""
        if len(self._future) < len(self._made_of):
            lost = len(self._made_of) - len(self._future)
            return tr("too much") if lost == len(self._made_of) else tr("{count} stay").format(count=lost)
        before = [crown.outline for crown in self._made_of]
        after = [part for parts in self._future.values() for part in parts]
        if self.kind.counts:
            return tr("{before} → {after} corners").format(before=_corners(before), after=_corners(after))
        areas = (sum(one.area for one in shapes) * self.unit_m**2 for shapes in (before, after))
        first, then = (units.number(area_m2, 1) for area_m2 in areas)
        return tr("{before} → {after} m²").format(before=first, after=then)

    def begin(self, pointer: Pointer) -> None:
        """A click chooses another crown; Shift adds it, Ctrl toggles it."""
        found = self.crown_under(pointer)
        if pointer.button is not Qt.MouseButton.LeftButton or found is None:
            return
        document = self.surface.document
        chosen = frozenset((found.tree_id,))
        if pointer.ctrl:
            chosen = document.selection ^ chosen
        elif pointer.shift:
            chosen = document.selection | chosen
        document.set_selection(chosen)

    def take(self) -> bool:
        """Make what is shown the outlines; True when it was done."""
        crowns = list(self._made_of)
        if not crowns:
            self.surface.refuse(tr("Select the crowns first."))
            return False
        return self.perform(lambda: self._edit(crowns)) is not None

    def _edit(self, crowns: list[Crown]) -> CrownEdit:
        verb, amount = self.kind.verb, abs(self.amount_m)
        if self.amount_m < 0:
            verb = "Shrink"
        what = f"crown {crowns[0].tree_id}" if len(crowns) == 1 else f"{len(crowns)} crowns"
        outcome = {crown.tree_id: self._apart(crown) for crown in crowns if crown.tree_id in self._future}
        return authored.reshaped(f"{verb} {what} by {amount:.2f} m", crowns, outcome, self.author())

    def _apart(self, crown: Crown) -> Parts:
        parts = self._future[crown.tree_id]
        if len(parts) != 1:
            return parts
        return (self.kept_apart(parts[0], before=crown.outline, but=(crown.tree_id,)),)

    def crowns_changed(self) -> None:
        """Others are selected, or an edit changed them."""
        self._look()

    def wants_key(self, event: QKeyEvent) -> bool:
        """Enter takes what is shown, the brackets change how much."""
        return event.key() in (*_TAKES, _LESS, _MORE) and bool(self._made_of)

    def key(self, event: QKeyEvent) -> bool:
        """Take it, or change it by a little."""
        if not self.wants_key(event):
            return False
        kind = self.kind
        if event.key() in _TAKES:
            self.take()
        else:
            step_m = kind.key_m if event.key() == _MORE else -kind.key_m
            self.set_amount(min(max(round(self.amount_m + step_m, 3), kind.least_m), kind.largest_m))
        return True

    def hint(self) -> str:
        """What to do next."""
        first, shown = self.lines()
        return shown if self._made_of else first

    def lines(self) -> tuple[str, ...]:
        """Everything that `hint` may say."""
        return (
            tr("Click the crown to change; Shift+click adds more    Esc: back to Select"),
            tr("Enter: take what is shown    [ ]: how much    Click: another crown    Esc: let go"),
        )

    def paint(self, painter: QPainter) -> None:
        """The crowns as they were, dashed, and as they will be."""
        if not self.surface.shows_crowns:
            return
        for crown in self._made_of:
            rings = [self.surface.to_screen(ring) for ring in geometry.rings(crown.outline)]
            paint_former(painter, rings)
            for part in self._future.get(crown.tree_id, ()):
                paint_future(
                    painter, [self.surface.to_screen(ring) for ring in geometry.rings(part)], self.surface.colours
                )

    def _look(self) -> None:
        chosen = self.selected() if self.surface.georeference is not None else []
        if len(chosen) > MOST_CROWNS:
            self.surface.refuse(
                tr("Select {count} crowns at most: they are shown as they change.").format(count=MOST_CROWNS)
            )
            chosen = []
        self._made_of, self._future = tuple(chosen), {}
        for crown in chosen:
            try:
                self._future[crown.tree_id] = self.kind.change(crown.outline, self.amount_m / self.unit_m, self.limits)
            except InputError:  # nothing would be left: the crown stays as it is, which is what is seen
                continue
        self.changed()
        self.looked()


def _corners(outlines: Iterable[shapely.Polygon]) -> int:
    """Corners of all rings; each ring repeats its first one."""
    return sum(len(ring) - 1 for outline in outlines for ring in geometry.rings(outline))


class SimplifyTool(AdjustTool):
    """Fewer corners."""

    kind = SIMPLIFY


class SmoothTool(AdjustTool):
    """Softer bends."""

    kind = SMOOTH


class GrowTool(AdjustTool):
    """A border further out or in."""

    kind = GROW
