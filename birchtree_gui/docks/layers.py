"""The panel with the layers: which rasters are shown, how opaque, and how crowns are painted."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from birchtree_gui.canvas.colours import ColourBy
from birchtree_gui.canvas.crown_labels import LabelBy
from birchtree_gui.canvas.layers import DEFAULT_LAYERS, LayerId, LayerState
from birchtree_gui.docks.ortho_style import OrthoStyle
from birchtree_gui.document import PlotDocument
from birchtree_gui.theme import tabular

_OF_DSM: tuple[LayerId, ...] = ("hillshade", "dsm", "chm", "contours")
COMPARED: tuple[LayerId, ...] = ("hillshade", "dsm", "chm", "ortho")
"""What the orthomosaic can be compared with, the commonest first."""


class LayerRow:
    """The widgets of one raster layer, laid into a shared grid."""

    def __init__(
        self, state: LayerState, title: str, tip: str, parent: LayersPanel, row: int, grid: QGridLayout
    ) -> None:
        self.id = state.id
        self.shown = QCheckBox(title, parent)
        self.shown.setChecked(state.visible)
        self.shown.setToolTip(tip)
        self.shown.setMinimumHeight(26)
        self.opacity = QSlider(Qt.Orientation.Horizontal, parent)
        self.opacity.setRange(0, 100)
        self.opacity.setPageStep(10)
        self.opacity.setValue(round(100 * state.opacity))
        self.opacity.setMinimumWidth(70)
        self.opacity.setAccessibleName(parent.tr("Opacity of {layer}").format(layer=title))
        self.opacity.setToolTip(parent.tr("Opacity"))
        self.percent = QLabel(parent, textFormat=Qt.TextFormat.PlainText)
        self.percent.setFont(tabular(self.percent.font()))
        self.percent.setProperty("role", "muted")
        self.percent.setMinimumWidth(self.percent.fontMetrics().horizontalAdvance("100 %"))
        self.percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.show_state()
        self.shown.toggled.connect(parent.announce)
        self.opacity.valueChanged.connect(parent.announce)
        for column, widget in enumerate((self.shown, self.opacity, self.percent)):
            grid.addWidget(widget, row, column)

    @property
    def state(self) -> LayerState:
        """The layer as set by the user; a layer that the plot lacks is not shown."""
        visible = self.shown.isChecked() and self.shown.isEnabled()
        return LayerState(self.id, visible=visible, opacity=self.opacity.value() / 100)

    def show_state(self) -> None:
        """Bring percentage and slider in line with what is set."""
        self.percent.setText(f"{self.opacity.value()} %")
        self.opacity.setEnabled(self.shown.isChecked() and self.shown.isEnabled())
        self.percent.setEnabled(self.opacity.isEnabled())

    def set_available(self, available: bool, reason: str) -> None:
        """Grey the layer out, with the reason, when the plot has no such raster."""
        self.shown.setEnabled(available)
        self.shown.setToolTip(reason)
        self.show_state()


class LayersPanel(QWidget):
    """Layers of the map.

    Signals:
        layersChanged(tuple[LayerState, ...]): bottom first.
        crownsShown(bool), colourByChanged(str): "review", "height", "score" or "species".
        labelByChanged(str): see `crown_labels.LabelBy`.
        comparedChanged(str): id of the layer beyond the swipe line and in the second view.
    """

    layersChanged = Signal(object)
    crownsShown = Signal(bool)
    colourByChanged = Signal(str)
    labelByChanged = Signal(str)
    comparedChanged = Signal(str)

    def __init__(self, document: PlotDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        titles = {
            "ortho": (self.tr("Orthomosaic"), self.tr("The drone's colour picture")),
            "hillshade": (self.tr("DSM hillshade"), self.tr("The surface, lit from the north-west")),
            "dsm": (self.tr("DSM colours"), self.tr("Elevation of the surface")),
            "chm": (self.tr("Canopy height"), self.tr("CHM: surface minus ground")),
            "contours": (self.tr("Contours"), self.tr("Lines of equal elevation of the ground")),
        }
        self._titles = {layer: title for layer, (title, _) in titles.items()}
        self._tips = {layer: tip for layer, (_, tip) in titles.items()}
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        # The top layer comes first for the eye, the bottom one first for the painter.
        self._rows: dict[LayerId, LayerRow] = {}
        for row, state in enumerate(reversed(DEFAULT_LAYERS)):
            self._rows[state.id] = LayerRow(state, *titles[state.id], parent=self, row=row, grid=grid)
        self.crowns = QCheckBox(self.tr("Crowns"), self)
        self.crowns.setChecked(True)
        self.crowns.setMinimumHeight(26)
        self.crowns.toggled.connect(self.crownsShown)
        self.crowns.toggled.connect(self.announce)
        self._colour_by = QComboBox(self)
        for name, title in (
            ("review", self.tr("Status")),
            ("height", self.tr("Height")),
            ("score", self.tr("Score")),
            ("species", self.tr("Species")),
        ):
            self._colour_by.addItem(title, name)
        self._colour_by.currentIndexChanged.connect(self._choose_colour)
        self._label_by = self._make_labels()
        self.compared = QComboBox(self)
        for layer in COMPARED:
            self.compared.addItem(self._titles[layer], layer)
        self.compared.currentIndexChanged.connect(self._choose_compared)
        self.ortho_style = OrthoStyle(document, self)
        self._lay_out(grid)
        document.opened.connect(self._follow_plot)

    def _make_labels(self) -> QComboBox:
        box = QComboBox(self)
        for name, title in (
            ("colour", self.tr("As coloured")),
            ("none", self.tr("None")),
            ("id", self.tr("Number")),
            ("species", self.tr("Species")),
            ("species_code", self.tr("Species code")),
            ("height", self.tr("Height")),
            ("score", self.tr("Score")),
            ("area", self.tr("Area")),
            ("diameter", self.tr("Diameter")),
            ("note", self.tr("Note")),
        ):
            box.addItem(title, name)
        box.setToolTip(self.tr("What stands in a crown, where there is room for it"))
        box.currentIndexChanged.connect(self._choose_label)
        return box

    def _lay_out(self, grid: QGridLayout) -> None:
        content = QWidget(self)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(12, 10, 14, 12)
        layout.setSpacing(8)
        crowns = QGridLayout()
        crowns.setHorizontalSpacing(10)
        crowns.setVerticalSpacing(6)
        crowns.setColumnStretch(0, 1)
        crowns.addWidget(self.crowns, 0, 0)
        pairs = ((self.tr("Colour &by"), self._colour_by), (self.tr("&Label"), self._label_by))
        for row, (title, box) in enumerate(pairs):
            label = QLabel(title, self, textFormat=Qt.TextFormat.PlainText)
            label.setBuddy(box)
            crowns.addWidget(label, row, 1)
            crowns.addWidget(box, row, 2)
        hint = self._hint = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        hint.setProperty("role", "muted")
        self.show_keys("D", "C", "S", "Ctrl+\\")
        compare = QHBoxLayout()
        label = QLabel(self.tr("Swipe and second &view show"), self, textFormat=Qt.TextFormat.PlainText)
        label.setBuddy(self.compared)
        compare.addWidget(label)
        compare.addWidget(self.compared, 1)
        layout.addLayout(crowns)
        layout.addWidget(self._rule())
        layout.addLayout(grid)
        layout.addWidget(self._rule())
        layout.addWidget(self.ortho_style)
        layout.addWidget(self._rule())
        layout.addLayout(compare)
        layout.addWidget(hint)
        layout.addStretch(1)
        scroller = QScrollArea(self, widgetResizable=True)
        scroller.setFrameShape(QFrame.Shape.NoFrame)
        scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroller.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroller)

    def show_keys(self, peek: str, hide: str, swipe: str, second: str) -> None:
        """Name these keys where the panel speaks of keys."""
        self._hint.setText(
            self.tr("Hold {relief} on the map to see the hillshade, {hide} to hide the crowns.").format(
                relief=peek, hide=hide
            )
        )
        self.crowns.setToolTip(self.tr("Show the crowns (hold {key} to hide them for a moment)").format(key=hide))
        tip = self.tr("Shown beyond the swipe line ({swipe}) and in the second view ({second})")
        self.compared.setToolTip(tip.format(swipe=swipe, second=second))

    def _rule(self) -> QFrame:
        rule = QFrame(self)
        rule.setObjectName("rule")
        return rule

    def announce(self) -> None:
        """Tell the map what is set now."""
        for row in self._rows.values():
            row.show_state()
        self.layersChanged.emit(self.layers)

    @property
    def layers(self) -> tuple[LayerState, ...]:
        """The layers, bottom first."""
        return tuple(self._rows[state.id].state for state in DEFAULT_LAYERS)

    def show_layer(self, layer: LayerId, shown: bool) -> None:
        """Show or hide one layer."""
        self._rows[layer].shown.setChecked(shown)

    def show_stack(self, shown: frozenset[str], opacity_percent: Mapping[str, int]) -> None:
        """Show these layers, as opaque as said, 100 where nothing is said; for the plot that has just been opened."""
        for layer, row in self._rows.items():
            row.shown.setChecked(layer in shown)
            row.opacity.setValue(opacity_percent.get(layer, 100))

    def show_choices(self, colour_by: str, label_by: str, compared: str) -> None:
        """Choose by name; a name that is no choice, or "", leaves what is chosen."""
        for box, name in ((self._colour_by, colour_by), (self._label_by, label_by), (self.compared, compared)):
            if (place := box.findData(name)) >= 0:
                box.setCurrentIndex(place)

    def colour_by(self, name: str) -> None:
        """Paint crowns by this attribute."""
        self._colour_by.setCurrentIndex(self._colour_by.findData(name))

    def _choose_colour(self) -> None:
        self.colourByChanged.emit(str(self._colour_by.currentData()))

    @property
    def colour_by_now(self) -> ColourBy:
        """The attribute that gives crowns their colour."""
        found: ColourBy = self._colour_by.currentData()
        return found

    @property
    def label_by_now(self) -> LabelBy:
        """The attribute that is written into crowns."""
        found: LabelBy = self._label_by.currentData()
        return found

    def label_by(self, name: str) -> None:
        """Write this attribute into crowns."""
        self._label_by.setCurrentIndex(self._label_by.findData(name))

    def _choose_label(self) -> None:
        self.labelByChanged.emit(str(self._label_by.currentData()))

    def _choose_compared(self) -> None:
        self.comparedChanged.emit(str(self.compared.currentData()))

    @property
    def compared_layer(self) -> LayerId:
        """What lies beyond the swipe line."""
        found: LayerId = self.compared.currentData()
        return found

    def title(self, layer: LayerId) -> str:
        """A layer's name in the user's language."""
        return self._titles[layer]

    def top_layer(self) -> LayerId:
        """The uppermost layer that hides the others."""
        shown = [layer.id for layer in self.layers if layer.visible and layer.opacity > 0 and layer.id != "contours"]
        return shown[-1] if shown else "ortho"

    def _follow_plot(self) -> None:
        plot = self._document.plot
        has_dsm = plot is not None and plot.elevation is not None
        for layer in _OF_DSM:
            reason = self._tips[layer] if has_dsm else self.tr("This plot has no DSM")
            self._rows[layer].set_available(has_dsm, reason)
        self.announce()
