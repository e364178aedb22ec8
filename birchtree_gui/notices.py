"""RunNotices: tells the desktop that a long run has ended while another program is in front."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from birchtree_gui.actions.registry import ActionSpec
from birchtree_gui.jobs.job_list import Job

if TYPE_CHECKING:
    from birchtree_gui.main_window import MainWindow

LONG_S = 10.0
"""A run that ends sooner is still in mind; its message in the window is enough."""
_SHOWN_MS = 10_000


class RunNotices(QObject):
    """A notice by the system's tray where there is one; the task bar's mark everywhere. In the window the message bar
    tells it anyway.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._settings = window.services.settings
        self._tray: QSystemTrayIcon | None = None
        self.last = ""
        window.services.jobs.changed.connect(self._follow)
        window.installEventFilter(self)

    def specs(self) -> tuple[ActionSpec, ...]:
        """The switch."""
        return (
            ActionSpec(
                "view.notify",
                self.tr("&Notice at the end of a run"),
                self._choose,
                tip=self.tr("Let the desktop tell that a run has ended while you work in another program"),
                checked=self._settings.value.notify_runs,
            ),
        )

    def _choose(self, wanted: bool) -> None:
        self._settings.change(lambda settings: settings.with_notify_runs(wanted))

    def _follow(self, job: Job) -> None:
        if not job.is_over or job.state == "stopped" or not self._settings.value.notify_runs:
            return
        lasted_s = (datetime.now().astimezone() - job.started_at).total_seconds()
        if lasted_s >= LONG_S and not self._window.isActiveWindow() and not self._window.isHidden():
            self.tell(self._sentence(job))

    def _sentence(self, job: Job) -> str:
        if job.state == "failed":
            return self.tr("{run}: stopped by a problem. {problem}").format(run=job.title, problem=job.outcome)
        return self.tr("{run}: done.").format(run=job.title)

    def tell(self, sentence: str) -> None:
        """Mark the task bar, and show the sentence on the desktop where the system can."""
        self.last = sentence
        QApplication.alert(self._window)
        if not QSystemTrayIcon.isSystemTrayAvailable() or not QSystemTrayIcon.supportsMessages():
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._window.windowIcon(), self)
            self._tray.setToolTip("BirchTree")
            self._tray.messageClicked.connect(lambda: bring_forward(self._window))
            self._tray.activated.connect(lambda _: bring_forward(self._window))
        self._tray.show()
        self._tray.showMessage("BirchTree", sentence, self._window.windowIcon(), _SHOWN_MS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Who has come back needs no icon in the tray."""
        if self._tray is not None and event.type() == QEvent.Type.WindowActivate:
            self._tray.hide()
        return super().eventFilter(watched, event)


def bring_forward(window: MainWindow) -> None:
    """Out of the task bar and in front of the others, as far as the system allows it; else its mark blinks."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    QApplication.alert(window)
