"""Coordinates: copied from the map, and typed to go there, as a person who comes from a GIS expects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QGuiApplication

from birchtree_gui import units
from birchtree_gui.actions.needs import Need, PlotNeeds, reason
from birchtree_gui.actions.registry import ActionSpec
from birchtree_gui.canvas.crown_view import around
from birchtree_gui.canvas.view import MapView
from birchtree_gui.widgets.map_strip import LineStrip
from inference.errors import BirchtreeError

if TYPE_CHECKING:
    from birchtree_gui.main_window import MainWindow
    from inference.plot.grid import Bounds
    from inference.plot.places import FoundPlace

_MARKED_MS = 5000
_REACH_M = 4.0  # ground around a place that must be seen
_LONGEST_PASTE = 80
_ROOM = "1000000.0   10000000.0"  # what a place is told in, beside the line


class PlaceActions(QObject):
    """What copies coordinates and goes to them; it remembers where on the map the mouse was last."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._document = window.services.document
        self._map = window.map
        self._here: tuple[float, float] | None = None
        self.line = LineStrip(window.map, take=self.tr("Go there"), room=_ROOM)
        self._unmark = QTimer(self, singleShot=True, interval=_MARKED_MS)
        self._unmark.timeout.connect(window.map.furniture.clear_mark)
        self.line.typed.connect(self._tell_found)
        self.line.taken.connect(self._go_typed)
        self.line.dropped.connect(self._leave)
        for signal in (self._document.opened, self._document.closed):
            signal.connect(self._forget)
        self.follow(window.map)
        window.desk.secondMade.connect(self.follow)

    def specs(self) -> tuple[ActionSpec, ...]:
        """The actions."""
        opened = PlotNeeds(self._document).opened
        on_earth = Need(
            lambda: self._document.plot is not None and bool(self._document.plot.crs_wkt),
            reason("This plot does not say where on Earth it lies: its orthomosaic has no CRS."),
        )
        return (
            ActionSpec(
                "view.go_to",
                self.tr("&Go to coordinates or a crown…"),
                self.ask,
                ("Ctrl+K",),
                "",
                self.tr("Type east and north, latitude and longitude, or the number of a crown"),
                opened,
            ),
            ActionSpec(
                "edit.copy_place",
                self.tr("Copy c&oordinates"),
                self.copy,
                (),
                "",
                self.tr("Copy east and north of the place under the mouse, in the plot's CRS"),
                opened,
            ),
            ActionSpec(
                "edit.copy_degrees",
                self.tr("Copy la&titude and longitude"),
                self.copy_degrees,
                (),
                "",
                self.tr(
                    "Copy the place under the mouse in degrees (WGS 84), as maps on the web and GPS devices take it"
                ),
                (*opened, on_earth),
            ),
        )

    # ---- where the mouse is

    @Slot(object)
    def follow(self, view: MapView) -> None:
        """Remember where the mouse is on a map, too."""
        view.cursorMoved.connect(self._remember)
        view.crownMenuRequested.connect(lambda at, _: self._remember_menu(view, at))

    @Slot(float, float)
    def _remember(self, x_crs: float, y_crs: float) -> None:
        self._here = (x_crs, y_crs)

    def _remember_menu(self, view: MapView, at: QPoint) -> None:
        """The menu is about the place where it was opened, to the pixel."""
        if view.georeference is not None:
            self._here = view.georeference.point_to_crs(*view.view.to_px(view.mapFromGlobal(at).toPointF()))

    @Slot()
    def _forget(self) -> None:
        self._here = None
        self.line.hide()

    def _place(self) -> tuple[float, float] | None:
        """Under the mouse, or where it left the map; the middle of the map before it was ever there."""
        georeference = self._map.georeference
        if self._here is None and georeference is not None:
            return georeference.point_to_crs(*self._map.view.centre_px)
        return self._here

    # ---- copying

    def copy(self) -> None:
        """Put easting and northing on the clipboard."""
        from inference.plot.places import text_in_plot

        place = self._place()
        if place is not None:
            self._put(text_in_plot(*place))

    def copy_degrees(self) -> None:
        """Put latitude and longitude on the clipboard."""
        from inference.plot.places import text_in_degrees

        place, plot = self._place(), self._document.plot
        if place is None or plot is None:
            return
        try:
            self._put(text_in_degrees(plot.crs_wkt, *place))
        except BirchtreeError as error:
            self._document.message.emit("warning", str(error))

    def _put(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._document.message.emit("info", self.tr("{place} copied.").format(place=text))

    # ---- going there

    def ask(self) -> None:
        """Ask where to go; a place on the clipboard is offered."""
        from inference.plot.places import looks_like_place

        self.line.ask(self.tr("Go to"), self.tr("east, north or latitude, longitude or crown"))
        pasted = QGuiApplication.clipboard().text()
        if len(pasted) <= _LONGEST_PASTE and looks_like_place(pasted):
            self.line.line.setText(pasted.strip())
            self.line.line.selectAll()
        self._tell_found(self.line.line.text())

    def go(self, text: str) -> bool:
        """Show the place or the crown that a text names, and mark it; otherwise say why not."""
        number = _crown_number(text)
        if number is not None and self._document.is_visible(number):
            self._document.set_selection((number,))
            self._show(self._document.selected_crowns()[0].outline.bounds)
            return True
        try:
            place = self._find(text)
        except BirchtreeError as error:
            sentence = str(error) if number is None else self._no_crown(number)
            self._document.message.emit("refusal", sentence)
            return False
        # From near, the scale stays; from afar the map comes closer.
        seen_m = min(self._map.view.width, self._map.view.height) * self._map.m_per_screen_px
        reach_m = min(_REACH_M, 0.2 * seen_m)
        reach = reach_m / (1.0 if self._document.plot is None else self._document.plot.unit_m)
        x, y = place.x_crs, place.y_crs
        self._show((x - reach, y - reach, x + reach, y + reach))
        self._map.furniture.set_mark(x, y)
        self._unmark.start()
        return True

    def offer(self, text: str) -> list[QAction]:
        """What the finder of actions may offer for a text that names a place or a crown."""
        from inference.plot.places import looks_like_place

        number = _crown_number(text)
        if not self._document.is_open:
            return []
        if number is not None and self._document.is_visible(number):
            action = QAction(self.tr("Go to crown {number}").format(number=number), self)
        elif looks_like_place(text):
            action = QAction(self.tr("Go to {place}").format(place=text.strip()), self)
        else:
            return []
        action.triggered.connect(lambda: self.go(text))
        return [action]

    def _find(self, text: str) -> FoundPlace:
        from inference.plot.places import find_place

        plot = self._document.plot
        return find_place(text, "" if plot is None else plot.crs_wkt, self._bounds_crs())

    def _bounds_crs(self) -> Bounds:
        georeference, plot = self._map.georeference, self._document.plot
        if georeference is None or plot is None:
            return (0.0, 0.0, 0.0, 0.0)
        info = plot.ortho.info
        return georeference.box_to_crs((0.0, 0.0, float(info.width_px), float(info.height_px)))

    def _show(self, box_crs: Bounds) -> None:
        georeference, plot = self._map.georeference, self._document.plot
        if georeference is not None and plot is not None:
            self._map.set_view(around(self._map.view, georeference.box_to_px(box_crs), plot.gsd_m))

    # ---- the line

    @Slot(str)
    def _tell_found(self, text: str) -> None:
        self.line.found.setText(self._found(text))

    def _found(self, text: str) -> str:
        number = _crown_number(text)
        if not text.strip() or (number is not None and self._document.is_visible(number)):
            return "" if number is None else self.tr("crown {number}").format(number=number)
        if number is not None:
            return self.tr("no crown {number}").format(number=number)
        try:
            place = self._find(text)
        except BirchtreeError as error:
            return self.tr("not understood") if error.code == "place.not_understood" else self.tr("not on the plot")
        return f"{units.coordinate(place.x_crs)}   {units.coordinate(place.y_crs)}"

    def _no_crown(self, number: int) -> str:
        return self.tr("No crown has the number {number}.").format(number=number)

    @Slot()
    def _go_typed(self) -> None:
        if self.go(self.line.line.text()):
            self._leave()

    @Slot()
    def _leave(self) -> None:
        self.line.hide()
        self._map.setFocus(Qt.FocusReason.OtherFocusReason)


def _crown_number(text: str) -> int | None:
    """The number in "42" or "#42"."""
    plain = text.strip().removeprefix("#").strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 10 else None
