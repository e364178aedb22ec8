"""How long an event loop was kept from going on, whether by work on its thread or not at all."""

import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

_BEAT_MS = 10


def waited_for_a_core_s() -> float:
    """How long this thread was ready to run without getting a core, seconds; 0 where the system does not tell."""
    told = Path("/proc/thread-self/schedstat")
    return int(told.read_text().split()[1]) / 1e9 if told.exists() else 0.0


class Heartbeat(QObject):
    """Beats as often as the event loop lets it, and keeps the longest pause between two beats.

    Attributes:
        longest_s: by the clock, without waiting for a core; a disk that others use counts.
        longest_busy_s: processor time of this thread alone: the same on a busy machine.
        beats: so far.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.longest_s = 0.0
        self.longest_busy_s = 0.0
        self.beats = 0
        self._last_busy_s = time.thread_time()
        self._last_s = time.perf_counter() - waited_for_a_core_s()
        timer = QTimer(self, interval=_BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(self._beat)
        timer.start()

    def _beat(self) -> None:
        now_s = time.perf_counter() - waited_for_a_core_s()
        self.longest_s = max(self.longest_s, now_s - self._last_s)
        self._last_s = now_s
        busy_s = time.thread_time()
        self.longest_busy_s = max(self.longest_busy_s, busy_s - self._last_busy_s)
        self._last_busy_s = busy_s
        self.beats += 1

    def taken(self) -> float:
        """The longest pause since the last call."""
        longest_s, self.longest_s = self.longest_s, 0.0
        return longest_s
