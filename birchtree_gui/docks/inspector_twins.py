"""The line of the inspector that warns of a crown with two peaks, with the button that cuts it there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.crown_relief import CrownRelief


class TwinNotice(QWidget):
    """Hidden unless the selected crown holds two peaks; they are looked for in the thread of `CrownRelief`."""

    def __init__(self, document: PlotDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._relief: CrownRelief | None = None
        self.told = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.told.setProperty("badge", "warn")
        self.split_button = QPushButton(self.tr("Split"), self)
        self.split_button.setProperty("link", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.told, 1)
        row.addWidget(self.split_button)
        document.selectionChanged.connect(self.show_selection)
        self.hide()

    def watch(self, relief: CrownRelief, split: QAction) -> None:
        """Who finds the peaks, and what cuts at them."""
        self._relief = relief
        relief.twinsChanged.connect(self.show_selection)
        self.split_button.clicked.connect(split.trigger)
        self.split_button.setToolTip(split.toolTip())
        split.changed.connect(lambda: self.split_button.setToolTip(split.toolTip()))

    def show_selection(self) -> None:
        """Warn, if there is something to warn of."""
        selection = self._document.selection
        found = 0
        if self._relief is not None and len(selection) == 1:
            twin = self._relief.twins().get(next(iter(selection)))
            found = 0 if twin is None else len(twin.tops_crs)
        if found:
            self.told.setText(self.tr("The heights show {count} peaks in it").format(count=found))
        self.split_button.setEnabled(self._document.is_editable)
        self.setVisible(found > 1)
