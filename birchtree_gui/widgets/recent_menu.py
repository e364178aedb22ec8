"""File > Open recent."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from birchtree_gui.plain import plain_tip
from birchtree_gui.settings import SettingsStore


class RecentMenu(QMenu):
    """The plots opened last; those that are missing are greyed.

    Signals:
        chosen(Path).
    """

    chosen = Signal(object)

    def __init__(self, settings: SettingsStore, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Open &recent"))
        self._settings = settings
        self.aboutToShow.connect(self._fill)
        self.triggered.connect(self._choose)

    def _fill(self) -> None:
        self.clear()
        for name in self._settings.value.recent:
            path = Path(name)
            action = self.addAction(path.name)
            action.setData(name)
            action.setToolTip(plain_tip(name))
            action.setEnabled(path.exists())
        if self.isEmpty():
            self.addAction(self.tr("No plots yet")).setEnabled(False)

    def _choose(self, action: QAction) -> None:
        if action.data():
            self.chosen.emit(Path(str(action.data())))
