"""Editing beyond the tools: copy and paste, nudging, help from heights, selecting by attribute, strips on the map."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import shapely
from PySide6.QtCore import QObject, Qt, Slot

from birchtree_gui import units
from birchtree_gui.actions.adjusting import Adjusting
from birchtree_gui.actions.crown_clipboard import CrownClipboard
from birchtree_gui.actions.needs import PlotNeeds
from birchtree_gui.actions.registry import ActionSpec
from birchtree_gui.canvas.peak_marks import PeakMarks
from birchtree_gui.canvas.view import MapView
from birchtree_gui.docks import crown_filter
from birchtree_gui.document import PlotDocument, now
from birchtree_gui.jobs.crown_relief import CrownRelief, Parts
from birchtree_gui.settings import SettingsStore
from birchtree_gui.widgets.map_strip import LineStrip
from inference.crowns.crown import Crown
from inference.crowns.editing import authored, topology
from inference.crowns.editing.authored import Author
from inference.crowns.editing.limits import Limits
from inference.crowns.edits import CrownEdit
from inference.crowns.geometry import fill_holes
from inference.errors import InputError

_NUDGES = {"left": (-1, 0), "right": (1, 0), "up": (0, 1), "down": (0, -1)}
_STEP_M, _LARGE_STEP_M = 0.1, 1.0
# More crowns than this would make the heights' thread busy for seconds.
_MOST_FOR_HEIGHTS = 100


class EditingActions(QObject):
    """What the menus “Change outline” and “Move” do."""

    def __init__(self, document: PlotDocument, map_view: MapView, settings: SettingsStore, parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._map, self._settings = document, map_view, settings
        self._needs = PlotNeeds(document)
        self.relief = CrownRelief(document, self)
        self.amounts = Adjusting(document, map_view, self).strip
        self.lines = LineStrip(map_view)
        self._clipboard = CrownClipboard(document, map_view)
        map_view.edit_options.keeps_apart = settings.value.crowns_apart
        map_view.marks.append(PeakMarks(map_view, self.relief.twins).paint)
        self.relief.twinsChanged.connect(map_view.update)
        document.closed.connect(self.lines.hide)
        self.lines.typed.connect(self._count)
        self.lines.taken.connect(self._select_typed)
        self.lines.dropped.connect(self._leave_line)

    def specs(self) -> tuple[ActionSpec, ...]:
        """The actions, in the order of the menu."""
        needs, tr = self._needs, self.tr
        high = (*needs.editable, needs.dsm, needs.crown)
        return (
            ActionSpec("crowns.snap", tr("Snap border to the height &valley"), self.snap, ("G",), "valley",
                       tr("Move the border of the selected crowns to the valley of the heights around it"), high,
                       on_map_only=True),
            ActionSpec("crowns.split_peaks", tr("Split at the &peaks"), self.split, ("T",), "peaks",
                       tr("Cut the selected crowns along the valleys between their peaks"), high, on_map_only=True),
            ActionSpec("crowns.fill_holes", tr("&Fill all holes"), self.fill_holes, (), "", "",
                       needs.changeable),
            ActionSpec("crowns.keep_apart", tr("&Keep crowns apart"), self.keep_apart, (), "",
                       tr("New ground ends where another crown begins, and shared borders move together"),
                       checked=self._settings.value.crowns_apart),
            ActionSpec("edit.copy", tr("&Copy crowns"), self._clipboard.copy, ("Ctrl+C",), "copy", "",
                       needs.selected, on_map_only=True),
            ActionSpec("edit.copy_geojson", tr("Copy crowns as &GeoJSON"), self._clipboard.copy_geojson, (), "", "",
                       needs.selected),
            ActionSpec("edit.paste", tr("&Paste crowns"), self._clipboard.paste, ("Ctrl+V",), "", tr(
                "Paste crowns that were copied here, or WKT or GeoJSON from another program"), needs.editable,
                       on_map_only=True),
            ActionSpec("edit.select_where", tr("Select by &attribute…"), self.select_where, ("Ctrl+Shift+F",), "", "",
                       needs.opened),
            ActionSpec("edit.select_alike", tr("Select the &same species"), self.select_alike, (), "", "",
                       needs.selected),
            *self._nudges(),
        )  # fmt: skip

    def _nudges(self) -> tuple[ActionSpec, ...]:
        names = {
            "left": self.tr("{step} to the left"),
            "right": self.tr("{step} to the right"),
            "up": self.tr("{step} up"),
            "down": self.tr("{step} down"),
        }
        made = []
        for size, keys, step_m in (("", "Ctrl", _STEP_M), ("_far", "Ctrl+Shift", _LARGE_STEP_M)):
            for way, (dx, dy) in _NUDGES.items():
                text = names[way].format(step=units.trimmed(step_m, "m"))
                run = partial(self.nudge, dx * step_m, dy * step_m)
                key = f"{keys}+{way.capitalize()}"
                name = f"crowns.nudge_{way}{size}"
                made.append(ActionSpec(name, text, run, (key,), "", "", self._needs.changeable, on_map_only=True))
        return tuple(made)

    def share(self, view: MapView) -> None:
        """Let a second map edit by the same options, and show the same marks."""
        view.edit_options = self._map.edit_options
        view.marks.append(PeakMarks(view, self.relief.twins).paint)
        self.relief.twinsChanged.connect(view.update)

    def shut_down(self) -> None:
        """End the thread."""
        self.relief.shut_down()

    # ---- crowns

    def _author(self) -> Author:
        return Author(self._document.by, now(), self._document.take_ids)

    def _do(self, make: Callable[[], CrownEdit]) -> CrownEdit | None:
        try:
            edit = make()
        except InputError as error:
            self._document.message.emit("info", str(error))
            return None
        return edit if self._document.do(edit) else None

    def _few(self) -> list[Crown]:
        crowns = self._document.selected_crowns()
        if len(crowns) > _MOST_FOR_HEIGHTS:
            text = self.tr("Select {count} crowns at most for this.").format(count=_MOST_FOR_HEIGHTS)
            self._document.message.emit("info", text)
            return []
        return crowns

    def snap(self) -> None:
        """Move the borders of the selected crowns to the height valley."""
        crowns = self._few()
        self.relief.snap(crowns, lambda outcome: self._snapped(crowns, outcome))

    def _snapped(self, crowns: list[Crown], outcome: dict[int, Parts]) -> None:
        name = _named("Snap crown {number} to the valley", "Snap {count} crowns to the valley", crowns)
        kept = {crown.tree_id: (self._apart(crown, outcome),) for crown in crowns if crown.tree_id in outcome}
        self._do(lambda: authored.reshaped(name, crowns, kept, self._author()))

    def _apart(self, crown: Crown, outcome: dict[int, Parts]) -> shapely.Polygon:
        outline, table = outcome[crown.tree_id][0], self._document.table
        if table is None or not self._map.edit_options.keeps_apart:
            return outline
        near = [table.get(i).outline for i in table.within(outline.bounds).tolist() if i != crown.tree_id]
        try:
            return topology.trimmed(outline, near, Limits.of(table.unit_m), before=crown.outline)
        except InputError:
            return crown.outline

    def split(self) -> None:
        """Cut the selected crowns along the valleys between their peaks."""
        crowns = self._few()
        self.relief.split(crowns, lambda outcome: self._parted(crowns, outcome))

    def _parted(self, crowns: list[Crown], outcome: dict[int, Parts]) -> None:
        done = self._do(lambda: authored.cut(crowns, outcome, self._author()))
        if done is not None:
            self._document.set_selection(crown.tree_id for crown in done.added)

    def fill_holes(self) -> None:
        """Fill every hole of the selected crowns."""
        crowns = self._document.selected_crowns()
        name = _named("Fill the holes of crown {number}", "Fill the holes of {count} crowns", crowns)
        outcome = {crown.tree_id: (fill_holes(crown.outline),) for crown in crowns}
        self._do(lambda: authored.reshaped(name, crowns, outcome, self._author()))

    def nudge(self, dx_m: float, dy_m: float) -> None:
        """Move the selected crowns by so many metres to the right and up."""
        plot = self._document.plot
        if plot is None:
            return
        crowns = self._document.selected_crowns()
        name = _named("Move crown {number}", "Move {count} crowns", crowns)
        shift = (dx_m / plot.unit_m, dy_m / plot.unit_m)
        self._do(lambda: authored.moved(crowns, shift, self._author(), name=name))

    def keep_apart(self, on: bool) -> None:
        """Let crowns overlap, or not."""
        self._map.edit_options.keeps_apart = on
        self._settings.change(lambda settings: settings.with_crowns_apart(on))

    # ---- selecting

    def select_where(self) -> None:
        """Ask for a condition."""
        self.lines.ask(self.tr("Select where"), self.tr("height > 20 and species ~ picea"))
        self._count(self.lines.line.text())

    @Slot(str)
    def _count(self, text: str) -> None:
        ids = self._matching(text)
        self.lines.found.setText(
            self.tr("not understood") if ids is None else self.tr("{count} crowns").format(count=len(ids))
        )

    def _matching(self, text: str) -> list[int] | None:
        table = self._document.table
        if table is None or not text.strip():
            return []
        try:
            found = crown_filter.parse(text, crown_filter.names_of(self._document, marks=False))(table)
        except crown_filter.FilterError:
            return None
        return [int(tree_id) for tree_id in table.ids[found & table.visible]]

    @Slot()
    def _select_typed(self) -> None:
        ids = self._matching(self.lines.line.text())
        if ids is not None:
            self._document.set_selection(ids)
            self._leave_line()

    @Slot()
    def _leave_line(self) -> None:
        self.lines.hide()
        self._map.setFocus(Qt.FocusReason.OtherFocusReason)

    def select_alike(self) -> None:
        """Select every crown of the species that the selected ones have."""
        table = self._document.table
        if table is None:
            return
        wanted = {crown.species for crown in self._document.selected_crowns()}
        species = table.column("species").tolist()
        ids = [
            int(i) for i, name, shown in zip(table.ids, species, table.visible, strict=True) if shown and name in wanted
        ]
        self._document.set_selection(ids)


def _named(one: str, many: str, crowns: list[Crown]) -> str:
    return one.format(number=crowns[0].tree_id) if len(crowns) == 1 else many.format(count=len(crowns))
