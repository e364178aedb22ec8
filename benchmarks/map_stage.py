"""A real map on a real document for the canvas benchmarks, and a stopwatch for its frames."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from inference import env

env.scrub()
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QSize  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from birchtree_gui.canvas.view import MapView  # noqa: E402
from birchtree_gui.document import PlotDocument  # noqa: E402

MAP_SIZE = QSize(1920, 1080)
FRAME_S = 1 / 60


@dataclass
class Frames:
    """Times of frames in milliseconds: from the change to the painted picture, with all events that came between.

    `cpu_ms` is what the GUI thread itself worked in that time; on a machine that others use, only that can be compared.
    """

    times_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    def percentile(self, share: float) -> float:
        """Of all frames."""
        return float(np.percentile(self.times_ms, share))

    @property
    def p50(self) -> float:
        """Median."""
        return self.percentile(50)

    @property
    def p95(self) -> float:
        """Of twenty frames, the slowest but one."""
        return self.percentile(95)

    @property
    def p95_cpu(self) -> float:
        """Of the GUI thread's own work."""
        return float(np.percentile(self.cpu_ms, 95))

    @property
    def slowest(self) -> float:
        """The worst."""
        return max(self.times_ms)


class Stage:
    """The application, a document and a map of MAP_SIZE."""

    def __init__(self) -> None:
        self.application = QApplication.instance() or QApplication([])
        self.document = PlotDocument()
        self.failures: list[str] = []
        self.document.openFailed.connect(self._fail)
        self.map = MapView(self.document)
        self.map.resize(MAP_SIZE)
        self.map.show()

    def _fail(self, path: Path, error: Exception) -> None:
        self.failures.append(f"{path}: {error}")

    def turn(self) -> None:
        """Handle what is waiting: one turn of the event loop."""
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)

    def wait_until(self, done: Callable[[], bool], *, limit_s: float = 120.0) -> float:
        """Turn the event loop until `done`; returns how long that took."""
        started_s = time.perf_counter()
        deadline = QDeadlineTimer(int(limit_s * 1000))
        while not done():
            if self.failures or deadline.hasExpired():
                raise RuntimeError("; ".join(self.failures) or f"not done after {limit_s:.0f} s")
            self.turn()
            time.sleep(0.0005)
        return time.perf_counter() - started_s

    def settle(self) -> float:
        """Wait until the map shows everything; returns how long that took."""
        return self.wait_until(lambda: self.map.is_settled)

    def frames(self, changes: Iterator[Callable[[], None]], *, pace_s: float = FRAME_S) -> Frames:
        """Make each change, paint, and note how long that took.

        Frames come at the pace of a screen; with a pace of 0 one after the other, as when a machine is measured: what
        they copy is then still in the processor's cache.
        """
        measured = Frames()
        for change in changes:
            started_s, worked_s = time.perf_counter(), time.thread_time()
            change()
            self.turn()
            spent_s = time.perf_counter() - started_s
            measured.cpu_ms.append((time.thread_time() - worked_s) * 1000)
            measured.times_ms.append(spent_s * 1000)
            time.sleep(max(0.0, pace_s - spent_s))
        return measured

    def pans(self, count: int, dx: float, dy: float) -> Iterator[Callable[[], None]]:
        """Changes that move the map by (dx, dy) screen pixels, turning back halfway."""
        for number in range(count):
            sign = 1 if number < count // 2 else -1
            yield lambda sign=sign: self.map.set_view(self.map.view.panned(sign * dx, sign * dy))

    def zooms(self, count: int, factor: float) -> Iterator[Callable[[], None]]:
        """Changes that zoom in by `factor`, and out again from halfway."""
        for number in range(count):
            step = factor if number < count // 2 else 1 / factor
            yield lambda step=step: self.map.zoom_by(step)

    def close(self) -> None:
        """End all threads."""
        self.map.shut_down()
        self.document.shut_down()


@contextmanager
def stage() -> Iterator[Stage]:
    """A stage that is closed at the end."""
    made = Stage()
    try:
        yield made
    finally:
        made.close()
