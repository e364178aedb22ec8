"""The View menu: zoom, layers, panels, full screen and theme."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow

from birchtree_gui.actions.languages import LanguageActions
from birchtree_gui.actions.needs import PlotNeeds
from birchtree_gui.actions.registry import ActionRegistry, ActionSpec
from birchtree_gui.canvas.layers import LayerId, LayerState
from birchtree_gui.canvas.view import MapView
from birchtree_gui.docks.layers import LayersPanel
from birchtree_gui.document import PlotDocument
from birchtree_gui.settings import SettingsStore
from birchtree_gui.theme import Theme, ThemeChoice

_STEP = 1.5


class ViewActions(QObject):
    """What the View menu does, except for the panels, which the window itself knows."""

    def __init__(
        self,
        document: PlotDocument,
        map_view: MapView,
        layers: LayersPanel,
        theme: Theme,
        settings: SettingsStore,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._document = document
        self._map = map_view
        self._layers = layers
        self._theme = theme
        self._settings = settings
        self._window = window
        self._languages = LanguageActions(document, settings, window)

    def specs(self) -> tuple[ActionSpec, ...]:
        """The actions of this menu."""
        needs = PlotNeeds(self._document)
        opened, high = needs.opened, (*needs.opened, needs.dsm)
        keys = QKeySequence.StandardKey
        return (
            ActionSpec(
                "view.zoom_in", self.tr("Zoom &in"), self.zoom_in, (keys.ZoomIn, "Ctrl+="), "zoom_in", "", opened
            ),
            ActionSpec("view.zoom_out", self.tr("Zoom &out"), self.zoom_out, (keys.ZoomOut,), "zoom_out", "", opened),
            ActionSpec(
                "view.zoom_plot",
                self.tr("Zoom to the &plot"),
                self._map.zoom_to_plot,
                ("Ctrl+0",),
                "zoom_plot",
                "",
                opened,
            ),
            ActionSpec(
                "view.hillshade",
                self.tr("DSM &hillshade"),
                self._shower("hillshade"),
                ("Ctrl+1",),
                "",
                "",
                high,
                checked=False,
            ),
            ActionSpec(
                "view.dsm",
                self.tr("DSM &colours"),
                self._shower("dsm"),
                ("Ctrl+2",),
                "",
                "",
                high,
                checked=False,
            ),
            ActionSpec(
                "view.chm",
                self.tr("Canopy hei&ght"),
                self._shower("chm"),
                ("Ctrl+3",),
                "",
                "",
                high,
                checked=False,
            ),
            ActionSpec(
                "view.crowns",
                self.tr("Show cro&wns"),
                self._layers.crowns.setChecked,
                ("Ctrl+H",),
                "",
                "",
                opened,
                checked=True,
            ),
            ActionSpec("view.full_screen", self.tr("&Full screen"), self.toggle_full_screen, ("F11",), "fullscreen"),
            *(
                ActionSpec(
                    f"view.theme.{choice}", title, self._theme_chooser(choice), checked=self._theme.choice == choice
                )
                for choice, title in self._themes()
            ),
            *self._languages.specs(),
        )

    def _themes(self) -> tuple[tuple[ThemeChoice, str], ...]:
        return (("system", self.tr("&System")), ("light", self.tr("&Light")), ("dark", self.tr("&Dark")))

    @property
    def theme_names(self) -> list[str]:
        """Names of the themes' actions."""
        return [f"view.theme.{choice}" for choice, _ in self._themes()]

    def group_themes(self, actions: ActionRegistry) -> None:
        """Make the themes exclude each other, and the languages."""
        group = QActionGroup(self)
        for name in self.theme_names:
            group.addAction(actions[name])
        self._languages.group(actions)

    def zoom_in(self) -> None:
        """One step closer."""
        self._map.zoom_by(_STEP)

    def zoom_out(self) -> None:
        """One step away."""
        self._map.zoom_by(1 / _STEP)

    def _shower(self, layer: LayerId) -> Callable[[bool], None]:
        def show(shown: bool) -> None:
            self._layers.show_layer(layer, shown)

        return show

    def follow_layers(self, layers: tuple[LayerState, ...], actions: ActionRegistry) -> None:
        """Tick the layers that are shown."""
        for layer in layers:
            if layer.id != "ortho":
                actions[f"view.{layer.id}"].setChecked(layer.visible)
        actions["view.crowns"].setChecked(self._layers.crowns.isChecked())

    def toggle_full_screen(self) -> None:
        """Use the whole screen, or the window again."""
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()

    def _theme_chooser(self, choice: ThemeChoice) -> Callable[[bool], None]:
        def choose(checked: bool) -> None:
            if checked:
                self._theme.choose(choice)
                self._settings.change(lambda settings: replace(settings, theme=choice))

        return choose
