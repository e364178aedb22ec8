"""Paints the window once, with a plot in it, and looks at the picture: the window's part of a self-test."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QImage

from birchtree_gui.app import build, make_application
from birchtree_gui.faults import log_qt_messages
from birchtree_gui.main_window import MainWindow
from inference.errors import InputError

_WIDTH_PX, _HEIGHT_PX = 1366, 768
_PATIENCE_MS = 120_000
_LOOK_MS = 50
_SAMPLES = 40  # places looked at in each direction
# Fewer colours than this are an empty window, or a map without its orthomosaic: forest has hundreds of greens.
_FEWEST_IN_WINDOW, _FEWEST_IN_MAP = 8, 100


def painted(files: list[str]) -> str:
    """Show the window with a plot, paint it, close it.

    Args:
        files: as on the command line; none for the window without a plot.

    Returns:
        What was painted, in a sentence.

    Raises:
        InputError: the plot did not open, or the picture is empty.
    """
    application = make_application([sys.argv[0]])
    log_qt_messages()
    window, root = build(application)
    window.resize(_WIDTH_PX, _HEIGHT_PX)
    window.show()
    trial = _Trial(window, bool(files), root)
    if files:
        QTimer.singleShot(0, window, lambda: window.drop_files([Path(name) for name in files]))
    application.exec()
    if trial.fault:
        raise InputError("window.not_painted", "The window was not painted: {reason}", reason=trial.fault)
    size = f"{window.width()} x {window.height()} px"
    with_plot = f" with {trial.crowns} crowns" if files else ""
    return f"window of {size}{with_plot} painted ({QGuiApplication.platformName()})"


class _Trial(QObject):
    """Waits until all is painted, looks at the picture, closes the window."""

    def __init__(self, window: MainWindow, has_plot: bool, parent: QObject) -> None:
        super().__init__(parent)
        self.fault = "it did not come to rest in time"
        self.crowns = 0
        self._window = window
        self._has_plot = has_plot
        self._document = window.services.document
        self._document.openFailed.connect(self._fail)
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._try)
        self._look.start()
        QTimer.singleShot(_PATIENCE_MS, self, self._end)

    def _fail(self, _path: object, error: object) -> None:
        self.fault = str(error)
        self._end()

    def _try(self) -> None:
        if self._has_plot and not (self._document.is_open and self._window.map.is_settled):
            return
        self.fault = self._examined()
        self._end()

    def _examined(self) -> str:
        """What is wrong with the picture; "" when nothing is."""
        shown = _colours(self._window.grab().toImage())
        if shown < _FEWEST_IN_WINDOW:
            return f"its picture has only {shown} colours"
        if self._has_plot:
            table = self._document.table
            self.crowns = 0 if table is None else len(table)
            shown = _colours(self._window.map.grab().toImage())
            if shown < _FEWEST_IN_MAP:
                return f"the map's picture has only {shown} colours"
        return ""

    def _end(self) -> None:
        self._look.stop()
        self._window.close()


def _colours(picture: QImage) -> int:
    """Colours at points of a regular lattice, counted."""
    across, down = max(1, picture.width() // _SAMPLES), max(1, picture.height() // _SAMPLES)
    points = ((x, y) for y in range(0, picture.height(), down) for x in range(0, picture.width(), across))
    return len({picture.pixel(x, y) for x, y in points})
