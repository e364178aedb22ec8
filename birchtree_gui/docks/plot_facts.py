"""What the inspector shows while nothing is selected: the plot's rasters, CRS and crowns."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from birchtree_gui import units
from birchtree_gui.document import PlotDocument
from birchtree_gui.plain import plain_tip
from birchtree_gui.widgets.height_bars import HeightBars
from inference.project.naming import plot_name


class PlotFacts(QWidget):
    """A few lines about the open plot."""

    def __init__(self, document: PlotDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._title = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self._title.setProperty("role", "heading")
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(6)
        self._hint = QLabel(
            self.tr("Select a crown on the map or in the table."),
            self,
            wordWrap=True,
            textFormat=Qt.TextFormat.PlainText,
        )
        self._hint.setProperty("role", "muted")
        self._values: dict[str, QLabel] = {}
        for name, title in (
            ("ortho", self.tr("Orthomosaic")),
            ("size", self.tr("Pixels")),
            ("dsm", self.tr("DSM")),
            ("ground", self.tr("Ground")),
            ("crowns", self.tr("Crowns")),
            ("heights", self.tr("Height")),
        ):
            label = QLabel(title, self, textFormat=Qt.TextFormat.PlainText)
            label.setProperty("role", "muted")
            value = QLabel(self, textFormat=Qt.TextFormat.PlainText)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._values[name] = value
            self._form.addRow(label, value)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(10)
        layout.addWidget(self._title)
        layout.addLayout(self._form)
        self._bars = HeightBars(self)
        layout.addWidget(self._bars, 1)
        layout.addWidget(self._hint)
        layout.addStretch()

    def read_again(self) -> None:
        """Show the facts of the plot as it is now."""
        plot, table = self._document.plot, self._document.table
        has_plot = plot is not None and table is not None
        self._hint.setVisible(table is not None and bool(table.visible.any()))
        for place in range(self._form.rowCount()):
            self._form.setRowVisible(place, has_plot)
        self._bars.setVisible(False)
        if plot is None or table is None:
            self._title.setText(self.tr("No plot is open"))
            return
        self._title.setText(plot_name(self._document.project.path))
        info = plot.ortho.info
        ground = self.tr("none")
        if plot.elevation is not None:
            ground = (
                self.tr("DTM {name}").format(name=plot.sources.dtm.name)
                if plot.sources.dtm
                else self.tr("estimated from the DSM")
            )
        texts = {
            "ortho": plot.sources.ortho.name,
            "size": f"{info.width_px} × {info.height_px}, {units.number(100 * plot.gsd_m)} cm",
            "dsm": plot.sources.dsm.name if plot.sources.dsm else self.tr("none"),
            "ground": ground,
            "crowns": self._crowns(),
            "heights": self._heights(),
        }
        for name, text in texts.items():
            value = self._values[name]
            value.setToolTip(plain_tip(text))
            value.setText(value.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, 220))
        self._form.setRowVisible(self._values["heights"], bool(texts["heights"]))

    def _heights(self) -> str:
        table = self._document.table
        if table is None:
            return ""
        heights = table.column("height_m")[table.visible].astype(np.float64)
        self._bars.show_heights(heights)
        known = heights[~np.isnan(heights)]
        if not len(known):
            return ""
        return self.tr("mean {mean}, {low} to {high}").format(
            mean=units.quantity(float(known.mean()), "m"),
            low=units.number(float(known.min())),
            high=units.quantity(float(known.max()), "m"),
        )

    def _crowns(self) -> str:
        table = self._document.table
        if table is None:
            return ""
        total = int(table.visible.sum())
        reviewed = int((table.column("review")[table.visible] != "auto").sum())
        if not reviewed:
            return units.count(total)
        return self.tr("{total}, {reviewed} reviewed").format(total=units.count(total), reviewed=units.count(reviewed))
