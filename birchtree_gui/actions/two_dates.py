"""Two dates in the menus: open the second survey, toggle its picture, carry crowns over, export the table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from birchtree_gui.actions.needs import Need, PlotNeeds, reason
from birchtree_gui.actions.registry import ActionSpec
from birchtree_gui.canvas.change_layer import ChangeLayer, fate_entries, fate_of, kind_of
from birchtree_gui.canvas.earlier_picture import EarlierPicture
from birchtree_gui.dialogs.places import plot_filter
from birchtree_gui.docks.two_dates import TwoDatesPanel
from birchtree_gui.jobs.second_survey import SecondSurvey
from inference.errors import BirchtreeError

if TYPE_CHECKING:
    from birchtree_gui.main_window import MainWindow
    from inference.change.carry import Carried
    from inference.change.comparing import Change
    from inference.change.report import ChangeReport


_HEIGHT = 250
_AROUND = 0.3  # the ground around a tree that is shown, as a share of the map's size


class TwoDatesActions(QObject):
    """Connects the second survey, map, panel and menus."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._document = window.services.document
        self.second = SecondSurvey(self._document, self)
        self.picture = EarlierPicture(window.map)
        self.layer = ChangeLayer(window.map)
        self.panel: TwoDatesPanel | None = None
        self.second.opened.connect(self._show_second)
        self.second.closed.connect(self._forget_second)
        self.second.busyChanged.connect(self._refresh)
        self.second.carried.connect(self._add_proposals)
        self.second.failed.connect(lambda text: self._document.message.emit("error", text))
        self._document.historyChanged.connect(self._compare_later)

    def specs(self) -> tuple[ActionSpec, ...]:
        """The actions."""
        second, needs = self.second, PlotNeeds(self._document)
        idle = Need(lambda: not second.is_busy, reason("The two surveys are being compared."))
        has_second = (
            *needs.opened,
            idle,
            Need(lambda: second.second is not None, reason("Open a second survey first.")),
        )
        has_crowns = Need(self._has_earlier_crowns, reason("The second survey has no crowns."))
        compared = Need(lambda: second.report is not None, reason("The two surveys were not compared yet."))
        return (
            ActionSpec(
                "dates.open",
                self.tr("Open a &second survey…"),
                self.ask_second,
                ("Ctrl+Shift+O",),
                "open",
                self.tr("Compare with last year's plot or orthomosaic of the same place"),
                (*needs.opened, idle),
            ),
            ActionSpec(
                "dates.toggle",
                self.tr("Show the &other date"),
                self.toggle_picture,
                ("\\",),
                "",
                self.tr("Show the orthomosaic of the second survey instead, and back"),
                has_second,
                on_map_only=True,
            ),
            ActionSpec(
                "dates.carry",
                self.tr("&Carry crowns over"),
                self.carry,
                (),
                "",
                self.tr("Put earlier crowns that have no partner here as proposals"),
                (*has_second, has_crowns, *needs.editable),
            ),
            ActionSpec(
                "dates.compare",
                self.tr("Compare a&gain"),
                self.compare,
                (),
                "",
                self.tr("Match the crowns as they are now with those of the second survey"),
                has_second,
            ),
            ActionSpec(
                "dates.export",
                self.tr("Export &table…"),
                self.ask_export,
                (),
                "",
                self.tr("Write growth, losses and new trees as CSV or GeoPackage"),
                (*has_second, compared),
            ),
            ActionSpec("dates.close", self.tr("C&lose the second survey"), self.second.close, (), "", "", has_second),
        )

    def make_panel(self) -> TwoDatesPanel:
        """The panel with the table."""
        actions = self._window.actions_by_name
        buttons = {name: actions[f"dates.{name}"] for name in ("open", "carry", "compare", "export")}
        panel = TwoDatesPanel(self._document, self.second, buttons, self._window)
        panel.chosen.connect(self._choose)
        panel.zoomAsked.connect(self._zoom_to)
        panel.reportShown.connect(self._colour)
        self._window.map.furniture.otherChosen.connect(lambda kind: panel.choose_fate(fate_of(kind)))
        self.panel = panel
        return panel

    def shut_down(self) -> None:
        """End the threads."""
        self.second.shut_down()
        self.picture.shut_down()

    def _has_earlier_crowns(self) -> bool:
        return self.second.second is not None and len(self.second.second.survey) > 0

    def _refresh(self) -> None:
        self._window.actions_by_name.refresh()

    # ---- what is done

    def ask_second(self) -> None:
        """Ask which survey, and compare with it."""
        folder = str(self._document.project.path.parent)
        title = self.tr("Open a second survey of this place")
        name, _ = QFileDialog.getOpenFileName(self._window, title, folder, plot_filter())
        if name:
            self.open_second(Path(name))

    def open_second(self, path: Path) -> None:
        """Compare with this survey."""
        dock = self._window.docks["dates"]
        dock.show()
        dock.raise_()
        self._window.resizeDocks([dock], [_HEIGHT], Qt.Orientation.Vertical)
        self.second.open(path)

    def toggle_picture(self) -> None:
        """Show the other date instead of this one, or back."""
        self.picture.setVisible(not self.picture.isVisible())
        self.layer.stackUnder(self._window.map.furniture.legend)

    def compare(self) -> None:
        """Match the crowns as they are now."""
        self.second.compare()

    def carry(self) -> None:
        """Put earlier crowns here as proposals, outlined by the click model when one is ready."""
        clicks = self._window.services.clicks
        models = clicks.models()
        chosen = self._window.services.settings.value.click_model
        self.second.carry(chosen if chosen in models else next(iter(models), ""))

    def ask_export(self) -> None:
        """Ask where the table goes."""
        report = self.second.report
        if report is None:
            return
        start = self._document.project.path.with_name("changes.csv")
        kinds = {self.tr("CSV table (*.csv)"): ".csv", self.tr("GeoPackage (*.gpkg)"): ".gpkg"}
        name, kind = QFileDialog.getSaveFileName(self._window, self.tr("Export table"), str(start), ";;".join(kinds))
        if name:
            path = Path(name)
            self.export_to(path if path.suffix else path.with_suffix(kinds.get(kind, ".csv")))

    def export_to(self, path: Path) -> None:
        """Write the table."""
        from inference.change.writing import write_changes

        report = self.second.report
        if report is None:
            return
        try:
            write_changes(report, path)
        except BirchtreeError as error:
            self._document.message.emit("error", str(error))
            return
        text = self.tr("{count} trees written to {path}.").format(count=len(report.changes), path=path)
        self._document.message.emit("success", text)

    # ---- inside

    def _show_second(self) -> None:
        second = self.second.second
        if second is not None:
            self.picture.set_sources(second.sources, second.name)

    def _forget_second(self) -> None:
        self.picture.set_sources(None, "")
        self.layer.show_trees([], [])
        self._window.map.furniture.explain("", ())

    def _add_proposals(self, carried: Carried) -> None:
        from inference.change.carry import as_edit

        second = self.second.second
        if second is None:
            return
        ids = self._document.take_ids(len(carried.crowns)) if carried.crowns else ()
        edit = as_edit(carried, ids, second.name)
        if edit is None or self._document.do(edit):
            self._document.message.emit("success", carried.sentence())
            self.second.compare()

    def _compare_later(self) -> None:
        """A comparison of other crowns than those that are there now must not look like one of these."""
        if self.panel is not None and self.second.report is not None:
            self.panel.show_state()

    def _colour(self, report: ChangeReport | None, fate: str) -> None:
        changes = () if report is None else report.changes
        self.layer.show_trees([change.outline for change in changes], [change.fate for change in changes], fate)
        names = {} if self.panel is None else self.panel.model.fate_names
        there = fate_entries(names, {change.fate for change in changes})
        self._window.map.furniture.explain(self.tr("Two dates"), there, kind_of(fate))

    def _choose(self, place: int | None) -> None:
        self.layer.choose(place)
        report = self.second.report
        if report is not None and place is not None:
            later = report.changes[place].later_id
            if later is not None and self._document.is_visible(later):
                self._document.set_selection({later})

    def _zoom_to(self, change: Change) -> None:
        map_view = self._window.map
        if map_view.georeference is not None:
            map_view.camera.fit(map_view.georeference.box_to_px(change.outline.bounds), margin=_AROUND)
