"""What the View menu says about the display: swipe, second view, overview, legend; keeps panel and maps in step."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from birchtree_gui.actions.needs import Need, PlotNeeds, reason
from birchtree_gui.actions.registry import ActionRegistry, ActionSpec
from birchtree_gui.canvas.colours import CanvasColours, ColourBy
from birchtree_gui.canvas.crown_labels import LabelBy
from birchtree_gui.canvas.layers import LayerState
from birchtree_gui.canvas.legend_link import LegendLink
from birchtree_gui.canvas.second_view import MapDesk
from birchtree_gui.canvas.swipe import STEP
from birchtree_gui.canvas.view import MapView
from birchtree_gui.docks.layers import LayersPanel
from birchtree_gui.document import PlotDocument
from inference.plot.display_style import BandStyle


class DisplayActions(QObject):
    """Swipe line, second view, overview map and legend; what the layers panel says reaches every map."""

    def __init__(self, document: PlotDocument, desk: MapDesk, layers: LayersPanel, window: QWidget) -> None:
        super().__init__(window)
        self._document = document
        self._desk = desk
        self._layers = layers
        self._legend = LegendLink(document, desk, self)
        layers.layersChanged.connect(self._set_layers)
        layers.crownsShown.connect(self._set_crowns_shown)
        layers.colourByChanged.connect(self._set_colour_by)
        layers.labelByChanged.connect(self._set_label_by)
        layers.ortho_style.styleChanged.connect(self._set_band_style)
        layers.comparedChanged.connect(self._compare)
        desk.secondMade.connect(self._follow_second)
        self._compare()

    def specs(self) -> tuple[ActionSpec, ...]:
        """The actions."""
        needs = PlotNeeds(self._document)
        opened = needs.opened
        swiping = Need(lambda: self._desk.map.furniture.is_swiping, reason("Only while the swipe line is there."))
        keys_here = self._desk.map.setFocus  # no menu can hold a key down: it only gives the map the keys
        return (
            ActionSpec(
                "view.swipe",
                self.tr("S&wipe"),
                self.set_swipe,
                ("S",),
                "",
                self.tr("Uncover another layer with a line that you drag across the map"),
                opened,
                checked=False,
                on_map_only=True,
            ),
            ActionSpec(
                "view.swipe_left",
                self.tr("Move the swipe line &left"),
                lambda: self._desk.map.furniture.swipe.move_by(-STEP),
                (",",),
                "",
                "",
                (*opened, swiping),
                on_map_only=True,
            ),
            ActionSpec(
                "view.swipe_right",
                self.tr("Move the swipe line &right"),
                lambda: self._desk.map.furniture.swipe.move_by(STEP),
                (".",),
                "",
                "",
                (*opened, swiping),
                on_map_only=True,
            ),
            ActionSpec(
                "view.second",
                self.tr("Second &view beside the map"),
                self._desk.show_second,
                ("Ctrl+\\",),
                "",
                self.tr("The same place in another layer; both move and zoom together"),
                opened,
                checked=False,
            ),
            ActionSpec(
                "view.contours",
                self.tr("Con&tours"),
                lambda shown: self._layers.show_layer("contours", shown),
                ("Ctrl+4",),
                "",
                "",
                (*opened, needs.dsm),
                checked=False,
            ),
            ActionSpec("view.overview", self.tr("&Overview map"), self._set_overview, (), "", "", opened, checked=True),
            ActionSpec("view.legend", self.tr("Le&gend"), self._set_legend, (), "", "", opened, checked=True),
            ActionSpec("view.peek", self.tr("Hillshade while held"), keys_here, ("D",), heard_in="held"),
            ActionSpec("view.hide_crowns", self.tr("Hide crowns while held"), keys_here, ("C",), heard_in="held"),
        )

    def watch(self, actions: ActionRegistry) -> None:
        """Keep what can be done in step with the swipe line."""
        actions["view.swipe"].toggled.connect(actions.refresh)

    # ---- doing it

    def set_swipe(self, on: bool) -> None:
        """Show the swipe line, or take it away."""
        self._desk.map.furniture.set_swipe(on)

    def set_theme(self, colours: CanvasColours) -> None:
        """Take over a theme's colours."""
        for view in self._desk.maps:
            view.set_theme(colours)

    def _set_overview(self, shown: bool) -> None:
        self._desk.map.furniture.set_overview_shown(shown)

    def _set_legend(self, shown: bool) -> None:
        self._desk.map.furniture.set_legend_shown(shown)

    @Slot(object)
    def _set_layers(self, layers: tuple[LayerState, ...]) -> None:
        self._desk.map.set_layers(layers)
        self._compare()

    @Slot(bool)
    def _set_crowns_shown(self, shown: bool) -> None:
        for view in self._desk.maps:
            view.set_crowns_visible(shown)

    def _set_colour_by(self, colour_by: ColourBy) -> None:
        for view in self._desk.maps:
            view.set_colour_by(colour_by)

    def _set_label_by(self, label_by: LabelBy) -> None:
        for view in self._desk.maps:
            view.set_label_by(label_by)

    def _set_band_style(self, style: BandStyle) -> None:
        for view in self._desk.maps:
            view.set_band_style(style)

    @Slot()
    def _compare(self) -> None:
        layer, top = self._layers.compared_layer, self._layers.top_layer()
        if layer == top:  # the same on both sides would show nothing
            layer = "ortho" if top != "ortho" else "hillshade"
        titles = (self._layers.title(top), self._layers.title(layer))
        self._desk.map.furniture.compare_with(layer, titles)
        self._desk.compare_with(layer)

    @Slot(object)
    def _follow_second(self, second: MapView) -> None:
        panel = self._layers
        second.set_colour_by(panel.colour_by_now)
        second.set_label_by(panel.label_by_now)
        second.set_crowns_visible(panel.crowns.isChecked())
        second.set_band_style(panel.ortho_style.style_wanted)
