"""Review mode: the queue in place of the panels on the right, its keys on the map, its actions by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely
from PySide6.QtCore import QByteArray, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDockWidget, QWidget

from birchtree_gui import decisions
from birchtree_gui.actions.needs import Need, PlotNeeds, reason
from birchtree_gui.actions.registry import ActionSpec
from birchtree_gui.canvas.crown_view import around
from birchtree_gui.canvas.dimmed_crowns import DimmedCrowns
from birchtree_gui.docks.review import ReviewPanel
from birchtree_gui.docks.review_chips import ReviewChips
from birchtree_gui.docks.review_keys import ReviewKeys
from birchtree_gui.docks.review_scores import ReviewScores
from birchtree_gui.docks.review_session import ReviewSession
from birchtree_gui.document import now
from inference.crowns.crown import Crown

if TYPE_CHECKING:
    from birchtree_gui.main_window import MainWindow

_RIGHT = Qt.DockWidgetArea.RightDockWidgetArea


class ReviewActions(QObject):
    """Begins and ends the review, and does what its keys and buttons ask for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._document = document = window.services.document
        self._map = window.map
        self.session = ReviewSession(document, self)
        self.chips = ReviewChips(document, self)
        self.scores = ReviewScores(document, self.session)
        self.panel = ReviewPanel(self.session, self.chips, self.scores, window.services.icons, window)
        self.panel.hide()  # in no layout of the window's until a review begins
        self.dimmed = DimmedCrowns(window.map)
        self.dock: QDockWidget | None = None
        self._layout: QByteArray | None = None
        self._edited: Crown | None = None
        self._shown: int | None = None
        actions = window.actions_by_name
        self._keys = ReviewKeys(
            window.map, self, lambda event: actions.heard(event, "review"), QGuiApplication.platformName(), self
        )
        actions.keysChanged.connect(self._show_keys)
        self._connect()

    def _connect(self) -> None:
        session, panel = self.session, self.panel
        session.currentChanged.connect(self._show_on_map)
        session.queueChanged.connect(panel.filters.show_filters)
        session.finished.connect(self._tell_finished)
        self.scores.dimmed.connect(self.dimmed.dim)
        self.scores.rejected.connect(session.go_on)
        panel.asked.connect(lambda name: getattr(self, name)())
        panel.noted.connect(self._write_note)
        panel.left.connect(self._map.setFocus)
        panel.species.chosen.connect(self._name)
        panel.filters.viewAsked.connect(self._tell_view)
        panel.filters.areaAsked.connect(self._tell_area)
        self._document.recordsChanged.connect(self._offer_areas)
        self._document.closing.connect(self.leave)
        self._map.hintChanged.connect(self._show_hint)

    def specs(self) -> tuple[ActionSpec, ...]:
        """The actions of this menu; their keys work on the map while crowns are reviewed."""
        tip = self.tr("Go through the crowns, the most doubtful first, by keyboard")
        opened = PlotNeeds(self._document).opened
        over = Need(lambda: not self.session.is_active, reason("The review is going on."))
        crowns = Need(self._has_crowns, reason("This plot has no crowns yet."))
        active = Need(lambda: self.session.is_active, reason("Only in the review of crowns."))
        startable = (*opened, over, crowns)
        start = ActionSpec(
            "review.start", self.tr("&Review crowns"), self.start, ("Ctrl+Shift+R",), "review", tip, startable
        )
        rest = (
            ("accept", self.tr("&Accept and go on"), ("Return", "Enter")),
            ("reject", self.tr("&Reject and go on"), ("Del",)),
            ("edit", self.tr("&Edit the outline"), ("E",)),
            ("note", self.tr("Write a &note"), ("N",)),
            ("skip", self.tr("&Skip: put it off"), ("K",)),
            ("next", self.tr("Ne&xt crown"), ("Tab",)),
            ("previous", self.tr("&Previous crown"), ("Shift+Tab",)),
            ("leave", self.tr("&Leave the review"), ("Esc",)),
        )
        return (
            start,
            *(
                ActionSpec(
                    f"review.{name}", text, getattr(self, name), keys, needs=(*opened, active), heard_in="review"
                )
                for name, text, keys in rest
            ),
        )

    def _has_crowns(self) -> bool:
        table = self._document.table
        return table is not None and bool(table.visible.any())

    # ---- begin and end

    def start(self) -> None:
        """Put the queue in the place of the panels on the right."""
        if self.session.is_active or not self._has_crowns():
            return
        window = self._window
        window.state.show_docks()
        self._layout = window.saveState()
        width = window.docks["inspector"].width() if window.docks["inspector"].isVisible() else 0
        for dock in window.docks.values():
            if window.dockWidgetArea(dock) == _RIGHT:
                dock.hide()
        self.dock = self._make_dock()
        window.addDockWidget(_RIGHT, self.dock)
        self.dock.show()
        if width:
            window.resizeDocks([self.dock], [width], Qt.Orientation.Horizontal)
        self._keys.listen()
        self._map.set_tool("select")
        self._refresh_own()
        self.session.start()
        self._offer_areas()
        self.scores.start()
        self._show_hint(self._map.hint)
        self._map.setFocus()
        window.actions_by_name.refresh()

    def leave(self) -> None:
        """Put everything back as it was."""
        if not self.session.is_active:
            return
        self.session.stop()
        self._keys.rest()
        self._edited = None
        self.dimmed.dim(self.dimmed.ids[:0])
        window = self._window
        if self.dock is not None:
            window.removeDockWidget(self.dock)
            self.panel.setParent(self._window)  # so that it ends with the window
            self.panel.hide()
            self.dock.deleteLater()
            self.dock = None
        if self._layout is not None:
            window.restoreState(self._layout)
        self._map.set_tool("select")
        self._show_hint(self._map.hint)
        self._map.setFocus()
        window.actions_by_name.refresh()

    def shut_down(self) -> None:
        """End the threads, before the program ends."""
        self.leave()
        self.session.ranker.shut_down()
        self.chips.shut_down()

    def _make_dock(self) -> QDockWidget:
        dock = QDockWidget(self.tr("Review"), self._window)
        dock.setObjectName("dock.review")
        dock.setWidget(self.panel)
        self.panel.show()
        dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        dock.setTitleBarWidget(QWidget(dock))
        return dock

    # ---- what keys and buttons do

    def next(self) -> None:
        """Go on without a decision."""
        self.session.go_next()

    def previous(self) -> None:
        """Go back."""
        self.session.go_previous()

    def accept(self) -> None:
        """Accept and go on."""
        self.session.accept()

    def reject(self) -> None:
        """Reject and go on."""
        self.session.reject()

    def skip(self) -> None:
        """Put off and go on."""
        self.session.skip()

    def edit(self) -> None:
        """Take the vertex tool in hand; Enter or Esc comes back."""
        self._edited = self.session.current
        if self._edited is not None:
            self._map.set_tool("vertex")
            self._map.setFocus()

    def finish_edit(self) -> None:
        """Put the tool down; a crown that was reshaped is decided."""
        self._map.set_tool("select")
        before, self._edited = self._edited, None
        if before is not None:
            self.session.finish_edit(before)

    def note(self) -> None:
        """Type a note; Enter comes back."""
        if self.session.current is not None:
            self.panel.write_note()

    def focus_panel(self) -> None:
        """Give the keys to the panel."""
        self.panel.focus_first()

    def name_likely(self, number: int) -> None:
        """Name the model's species of this rank."""
        likely = self.session.species()
        if number <= len(likely):
            self._name(likely[number - 1][0])
        elif self.session.current is not None:
            self._window.species.desk.tell_no_likely(number, len(likely), 1)

    def name_own(self, number: int) -> None:
        """Name a species of the plot's list."""
        self._window.species.desk.name_by_key(number)

    def _name(self, species: str) -> None:
        self._window.species.desk.name(self._window.species.desk.look_up(species))

    def _write_note(self, text: str) -> None:
        crown = self.session.current
        if crown is not None:
            edit = decisions.write_note([crown], text, by=self._document.by, at=now())
            if edit is not None:
                self._document.do(edit)

    # ---- inside

    def _show_keys(self) -> None:
        self.panel.show_keys(lambda name: self._window.actions_by_name.key_text(f"review.{name}"))
        self._show_hint(self._map.hint)

    def _show_hint(self, hint: str) -> None:
        """In the review the keys are the review's; with a tool in hand it says how to come back."""
        if self.session.is_active:
            keys = self.tr(
                "{accept}: accept    {reject}: reject    1-9: species    {edit}: edit    {note}: note    {skip}: skip"
                "    {next}: next    {previous}: back    F6: panel    Esc: leave"
            )
            names = ("accept", "reject", "edit", "note", "skip", "next", "previous")
            keys = keys.format(**{name: self._window.actions_by_name.key_text(f"review.{name}") for name in names})
            back = self.tr("Esc: back to the review")
            if self._map.current_tool == "vertex":
                back = self.tr("Enter: done, next crown    Esc: back to the review")
            hint = keys if self._map.current_tool == "select" else f"{hint}    {back}"
        self._window.area.hints.show_hint(hint)

    def _show_on_map(self) -> None:
        crown, plot, georeference = self.session.current, self._document.plot, self._map.georeference
        if crown is None or plot is None or georeference is None or self._map.current_tool != "select":
            self._shown = None if crown is None else self._shown
            return
        if crown.tree_id == self._shown:
            return  # it was changed, not chosen: the map stays where the person has moved it
        self._shown = crown.tree_id
        box_px = georeference.box_to_px(crown.outline.bounds)
        self._map.set_view(around(self._map.view, box_px, plot.gsd_m))

    def _tell_view(self) -> None:
        table, georeference = self._document.table, self._map.georeference
        if table is None or georeference is None:
            return
        left, top, right, bottom = self._map.view.bounds_px
        corners = [georeference.point_to_crs(x, y) for x in (left, right) for y in (top, bottom)]
        across, up = [x for x, _ in corners], [y for _, y in corners]
        ids = table.within((min(across), min(up), max(across), max(up)))
        self.panel.filters.take_view(frozenset(ids.tolist()))

    def _tell_area(self, area_id: int) -> None:
        """Crowns whose middle is in an area: every crown is in one of areas that lie side by side."""
        table, project = self._document.table, self._document.project
        outline = next((area.outline for area in project.areas() if area.area_id == area_id), None)
        if table is None or outline is None:
            return
        near = table.within(outline.bounds)
        middles = shapely.centroid([table.get(tree_id).outline for tree_id in near.tolist()])
        inside = shapely.contains_properly(outline, middles)
        self.panel.filters.take_area(area_id, frozenset(near[inside].tolist()))

    def _offer_areas(self) -> None:
        if self.session.is_active:
            self.panel.filters.show_areas(self._document.project.areas())

    def _tell_finished(self) -> None:
        self._document.message.emit("success", self.tr("Every crown of the queue is decided."))

    def _refresh_own(self) -> None:
        self.panel.species.show_own(self._window.species.own_names())
