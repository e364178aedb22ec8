"""How crowns are outlined by click: which model, whether heights help, whether accepted crowns are kept free."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from birchtree_gui.actions.registry import ActionSpec
from birchtree_gui.jobs.clicks import CrownClicks
from birchtree_gui.settings import SettingsStore


class ClickActions(QObject):
    """Switches of the clicking tools, and the menu of their models."""

    def __init__(self, clicks: CrownClicks, settings: SettingsStore, window: QWidget) -> None:
        super().__init__(window)
        self._clicks = clicks
        self._settings = settings
        self.models = QMenu(self.tr("&Model for clicks"), window)
        self.models.aboutToShow.connect(self._fill)
        self._group: QActionGroup | None = None

    def specs(self) -> tuple[ActionSpec, ...]:
        """The actions of this part of the menu."""
        settings = self._settings.value
        return (
            ActionSpec(
                "clicks.heights",
                self.tr("&Heights help clicks"),
                self._clicks.set_assists,
                tip=self.tr("Treetops, valleys and ground of the DSM help to outline what is clicked"),
                checked=settings.click_heights,
            ),
            ActionSpec(
                "clicks.no_overlap",
                self.tr("Clicked crowns &end at accepted ones"),
                self._keep_off,
                tip=self.tr("A crown outlined by click does not overlap crowns that you accepted, edited or drew"),
                checked=settings.click_no_overlap,
            ),
        )

    def _keep_off(self, on: bool) -> None:
        self._settings.change(lambda settings: settings.with_click_no_overlap(on))

    @Slot()
    def _fill(self) -> None:
        """List what is installed now, the one in use marked."""
        self.models.clear()
        names = self._clicks.models()
        self._group = QActionGroup(self.models)
        for name in sorted(names):
            action = self.models.addAction(name)
            action.setCheckable(True)
            action.setChecked(bool(names) and name == names[0])
            action.setData(name)
            self._group.addAction(action)
        self._group.triggered.connect(lambda action: self._clicks.choose(action.data()))
        if not names:
            self.models.addAction(self.tr("None is installed")).setEnabled(False)
