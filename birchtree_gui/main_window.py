"""The window: puts map, panels, menus and status bar together. No logic of its own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QPushButton, QToolBar, QWidget

from birchtree_gui.actions.clicks import ClickActions
from birchtree_gui.actions.crowns import CrownActions
from birchtree_gui.actions.display import DisplayActions
from birchtree_gui.actions.edit import EditActions
from birchtree_gui.actions.editing import EditingActions
from birchtree_gui.actions.file import FileActions
from birchtree_gui.actions.help import HelpActions
from birchtree_gui.actions.improve import ImproveActions
from birchtree_gui.actions.menus import build_menus, menu_table
from birchtree_gui.actions.models import ModelActions
from birchtree_gui.actions.plot import PlotActions
from birchtree_gui.actions.plot_work import PlotWorkActions
from birchtree_gui.actions.registry import ActionRegistry, ActionSpec
from birchtree_gui.actions.report import ReportActions
from birchtree_gui.actions.review import ReviewActions
from birchtree_gui.actions.species import SpeciesActions
from birchtree_gui.actions.table import TableActions
from birchtree_gui.actions.two_dates import TwoDatesActions
from birchtree_gui.actions.view import ViewActions
from birchtree_gui.app_parts import AppParts
from birchtree_gui.canvas.second_view import MapDesk
from birchtree_gui.canvas.view import MapView
from birchtree_gui.docks.crowns_table import CrownsTable
from birchtree_gui.docks.history import HistoryPanel
from birchtree_gui.docks.inspector import Inspector
from birchtree_gui.docks.layers import LayersPanel
from birchtree_gui.docks.runs import RunsPanel
from birchtree_gui.dropping import DropTarget
from birchtree_gui.services import Services
from birchtree_gui.status_link import StatusLink
from birchtree_gui.widgets.dock_title import DockTitle
from birchtree_gui.widgets.empty_state import EmptyState
from birchtree_gui.widgets.map_area import MapArea
from birchtree_gui.widgets.message_bar import MessageBar
from birchtree_gui.widgets.recent_menu import RecentMenu
from birchtree_gui.widgets.status_bar import StatusBar
from birchtree_gui.widgets.welcome import Welcome
from birchtree_gui.window_link import WindowLink
from birchtree_gui.window_state import WindowState

_RIGHT_WIDTH = 392
_RIGHT_HEIGHTS = (344, 356)
_BOTTOM_HEIGHT = 190
_TOOL_ICON = QSize(22, 22)


class MainWindow(QMainWindow):
    """The one window of the program; everything it works with comes from `Services`."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self.setWindowTitle("BirchTree")
        self.setDockNestingEnabled(True)
        self.actions_by_name = ActionRegistry(services.icons, self)
        self._make_parts()
        self._make_actions()
        self._make_centre()
        self._make_docks()
        self._make_tool_bar()
        self._make_menus()
        self.state.restore()
        self._connect()
        self.actions_by_name.refresh()

    # ---- parts

    def _make_parts(self) -> None:
        services = self.services
        self.map = MapView(services.document, self)
        self.map.clicks = services.clicks
        self.desk = MapDesk(self.map)
        self.messages = MessageBar(services.theme, services.icons, self)
        self.layers = LayersPanel(services.document, self)
        self.table = CrownsTable(services.document, services.settings, services.icons, self)
        self.bar = StatusBar(services.icons, self)
        self.setStatusBar(self.bar)

    def _make_actions(self) -> None:
        services, actions = self.services, self.actions_by_name
        document = services.document
        self.files = FileActions(document, services.settings, services.runs, services.sample, self.messages, self)
        self.edits = EditActions(document, self.map, self)
        self.view = ViewActions(document, self.map, self.layers, services.theme, services.settings, self)
        self.display = DisplayActions(document, self.desk, self.layers, self)
        self.crowns = CrownActions(document, self.map, self)
        self.clicks = ClickActions(services.clicks, services.settings, self)
        self.models = ModelActions(document, services.jobs, services.runs, self.messages, self)
        self.improve = ImproveActions(document, services.jobs, self.messages, self)
        actions.add(self.improve.specs())
        self.plot = PlotActions(document, services.runs, self.messages, self)
        self.help = HelpActions(actions, self)
        self.report = ReportActions(self)
        actions.add(self.report.specs())
        self.areas = PlotWorkActions(self)
        self.dates = TwoDatesActions(self)
        actions.add((*self.areas.specs(), *self.dates.specs()))
        self.review = ReviewActions(self)
        self.species = SpeciesActions(self)
        self.editing = EditingActions(document, self.map, services.settings, self)
        actions.add((*self.review.specs(), *self.species.specs()))
        actions.add(self.editing.specs())
        actions.add(self.display.specs())
        for menu in (self.files, self.edits, self.view, self.crowns, self.clicks, self.models, self.plot, self.help):
            actions.add(menu.specs())
        actions.add(
            (
                ActionSpec(
                    "view.toggle_docks",
                    self.tr("&Hide all panels"),
                    self._toggle_docks,
                    ("Tab",),
                    "panels",
                    self.tr("Hide or show all panels"),
                    on_map_only=True,
                ),
                ActionSpec("view.reset_layout", self.tr("&Reset layout"), self._reset_layout),
            )
        )
        self.rows = TableActions(self)
        actions.add(self.rows.specs())
        self.app = AppParts(self)
        actions.add(self.app.specs())
        self.crowns.group_tools(actions)
        self.view.group_themes(actions)
        self.display.watch(actions)
        # Keys that only the map knows are dead unless it owns the action; the others work in the whole window.
        for action in actions.all():
            owner = self.map if action.shortcutContext() == Qt.ShortcutContext.WidgetWithChildrenShortcut else self
            owner.addAction(action)
        self.table.view.addActions([actions["crowns.accept"], actions["crowns.delete"], actions["crowns.next"]])

    def _make_centre(self) -> None:
        actions = self.actions_by_name
        self.welcome = Welcome(actions["file.open"], actions["file.sample"], self.services.theme)
        self.welcome.offer_languages([actions[f"view.language.{name}"] for name in ("en", "fr", "es")])
        self.area = MapArea(self.desk, self.welcome)
        self.messages.setParent(self.area)
        self.empty = EmptyState(actions["models.segment"], actions["tool.draw"], self.area)
        self.area.float_above(self.messages, self.empty)
        self.setCentralWidget(self.area)

    def _make_docks(self) -> None:
        services, actions = self.services, self.actions_by_name
        self.inspector = Inspector(
            services.document, services.chips, actions["crowns.accept"], actions["crowns.delete"], self
        )
        self.runs = RunsPanel(
            services.document, services.jobs, services.runs, actions["models.segment"], actions["models.resume"], self
        )
        self.history = HistoryPanel(services.document, services.theme, self)
        self.crowns.inspector = self.inspector
        right, bottom = Qt.DockWidgetArea.RightDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea
        self.docks = {
            "inspector": self._dock("inspector", self.tr("Inspector"), self.inspector, right),
            "crowns": self._dock("crowns", self.tr("Crowns"), self.table, right),
            "layers": self._dock("layers", self.tr("Layers"), self.layers, right),
            "species": self._dock("species", self.tr("Species"), self.species.make_panel(), right),
            "runs": self._dock("runs", self.tr("Runs"), self.runs, bottom),
            "history": self._dock("history", self.tr("History"), self.history, bottom),
            "statistics": self._dock("statistics", self.tr("Statistics"), self.report.make_panel(), bottom),
            "areas": self._dock("areas", self.tr("Areas"), self.areas.make_panel(), bottom),
            "dates": self._dock("dates", self.tr("Two dates"), self.dates.make_panel(), bottom),
            "gallery": self._dock("gallery", self.tr("Gallery"), self.species.make_gallery(), bottom),
        }
        docks = self.docks
        self.setTabPosition(right, self.tabPosition(right).North)
        self.setCorner(Qt.Corner.BottomRightCorner, right)
        self.splitDockWidget(docks["inspector"], docks["crowns"], Qt.Orientation.Vertical)
        self.tabifyDockWidget(docks["crowns"], docks["layers"])
        self.tabifyDockWidget(docks["layers"], docks["species"])
        self.splitDockWidget(docks["runs"], docks["history"], Qt.Orientation.Horizontal)
        for name in ("statistics", "areas", "dates", "gallery"):
            docks[name].hide()  # before it takes room beside the others, which would widen the window
            self.tabifyDockWidget(docks["runs"], docks[name])
        docks["crowns"].raise_()
        docks["runs"].hide()
        docks["history"].hide()

    def _arrange_docks(self) -> None:
        """The sizes that the panels have on a new computer."""
        inspector, crowns, runs = self.docks["inspector"], self.docks["crowns"], self.docks["runs"]
        self.resizeDocks([inspector, crowns], [_RIGHT_WIDTH, _RIGHT_WIDTH], Qt.Orientation.Horizontal)
        self.resizeDocks([inspector, crowns], list(_RIGHT_HEIGHTS), Qt.Orientation.Vertical)
        self.resizeDocks([runs], [_BOTTOM_HEIGHT], Qt.Orientation.Vertical)

    def _dock(self, name: str, title: str, content: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(f"dock.{name}")
        dock.setWidget(content)
        if area == Qt.DockWidgetArea.BottomDockWidgetArea:
            dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
            dock.setTitleBarWidget(DockTitle(dock, self.services.icons))
        else:
            # The tabs and the inspector's own heading say what these are; a title bar would only take height.
            dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
            dock.setTitleBarWidget(QWidget(dock))
        self.addDockWidget(area, dock)
        return dock

    def _make_tool_bar(self) -> None:
        bar = QToolBar(self.tr("Tools"), self, movable=False, floatable=False)
        bar.setObjectName("tools")
        bar.setIconSize(_TOOL_ICON)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        actions = self.actions_by_name
        names: list[str | None] = [
            *self.crowns.column_names, None, "crowns.accept", "crowns.delete", None, "edit.undo", "edit.redo", None,
            "view.zoom_plot", "crowns.zoom", None, "models.segment", "review.start",
        ]  # fmt: skip
        for name in names:
            if name is None:
                bar.addSeparator()
                continue
            bar.addAction(actions[name])
            bar.widgetForAction(actions[name]).setAccessibleName(actions[name].text().replace("&", ""))
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, bar)
        self.state = WindowState(self, tuple(self.docks.values()), (bar,), self._arrange_docks)

    def _make_menus(self) -> None:
        self.recent = RecentMenu(self.services.settings, self)
        more: dict[str, QMenu | QAction] = {"file.recent": self.recent, "clicks.model": self.clicks.models}
        panels = {f"panel.{name}": dock.toggleViewAction() for name, dock in self.docks.items()}
        more.update(panels)
        self.help.panels = tuple(panels.values())
        actions = self.actions_by_name
        table = menu_table(self.crowns.tool_names, self.view.theme_names, list(panels))
        build_menus(self.menuBar(), table, actions, more)
        finder = QPushButton(self.tr("Find an action"), self)
        finder.setObjectName("palette")
        title = finder.text()
        actions.keysChanged.connect(lambda: finder.setText(f"{title}    {actions.key_text('help.find')}"))
        self.services.icons.bind(finder, "search", colour="muted")
        finder.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        finder.clicked.connect(actions["help.find"].trigger)
        self.menuBar().setCornerWidget(finder)

    # ---- connections

    def _connect(self) -> None:
        services, map_view = self.services, self.map
        StatusLink(services, map_view, self.bar)
        self.link = WindowLink(self)
        self.layers.layersChanged.connect(lambda layers: self.view.follow_layers(layers, self.actions_by_name))
        self.table.menuAsked.connect(self.link.show_crown_menu)
        self.table.zoomAsked.connect(map_view.zoom_to_ids)
        map_view.furniture.filterChosen.connect(self.table.filter_line.setText)
        self.inspector.typed.connect(map_view.setFocus)
        self.inspector.offer_species(self.species.desk)
        self.inspector.twins.watch(self.editing.relief, self.actions_by_name["crowns.split_peaks"])
        self.area.hints.show_hint(map_view.hint)  # the next ones come by `ReviewActions`, which has keys of its own
        map_view.crownMenuRequested.connect(self.link.show_crown_menu)
        services.overviews.built.connect(self.desk.reload_tiles)
        self.desk.secondMade.connect(self.editing.share)
        self.desk.secondMade.connect(lambda view: view.crownMenuRequested.connect(self.link.show_crown_menu))
        self.welcome.recentAsked.connect(self.files.open_recent)
        self.recent.chosen.connect(self.files.open_recent)
        self.bar.job.title.clicked.connect(self.link.show_runs)
        self.models.modelsChanged.connect(services.clicks.look_again)
        self.improve.modelsChanged.connect(services.clicks.look_again)
        self.improve.segmentAsked.connect(self.models.ask_segment)
        self.models.review.triggered.connect(self.link.review_table)
        self.models.queue.triggered.connect(self.review.start)
        self.app.connect_all()
        self.dropping = DropTarget(self, self.area.overlay, self.app.drops.plan, self.app.drops.carry_out)

    def drop_files(self, paths: list[Path]) -> None:
        """Do what dropping these files on the window would do; also how the command line opens files."""
        self.app.drops.carry_out(self.app.drops.plan([path.absolute() for path in paths]))

    def _toggle_docks(self) -> None:
        self.state.toggle_docks()

    def _reset_layout(self) -> None:
        self.state.reset()

    # ---- the end

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the layout; a running job is asked to stop first, out of sight, and then the program ends."""
        self.review.leave()
        self.state.save()
        self.app.shut_down()
        self.improve.leave()
        if self.services.jobs.running is None:
            self.report.shut_down()
            self.dates.shut_down()
            self.review.shut_down()
            self.species.shut_down()
            self.editing.shut_down()
            self.files.shut_down()
            self.improve.shut_down()
            self.table.shut_down()
            self.inspector.shut_down()
            self.map.shut_down()
            self.desk.shut_down()
            self.services.shut_down()
            event.accept()
            QCoreApplication.quit()  # closing a window that a stopped run has hidden would not end the program
            return
        self.services.jobs.idle.connect(self.close, Qt.ConnectionType.SingleShotConnection)
        self.services.jobs.cancel_all()
        self.hide()
        event.ignore()
