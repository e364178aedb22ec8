"""Starts the window.

Order, and why: 1. the application object, since nothing of Qt works before it; 2. its names, from which settings and
the desktop find it, and its language, before any text is made; 3. messages of Qt into the log; 4. whether a window is
there already, which then takes the files; 5. services (settings, theme, document, jobs): the theme must be set before
the first widget is made; 6. the window; 7. the exception hook, which needs the window to show its dialog; 8. show,
then look for signs of an earlier crash, then open the files that were asked for, so that the first picture does not
wait for them.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication

from birchtree_gui import icons
from birchtree_gui.faults import FaultReporter, SessionMark, log_qt_messages
from birchtree_gui.languages.choice import install
from birchtree_gui.main_window import MainWindow
from birchtree_gui.services import Services
from birchtree_gui.settings import SettingsStore
from birchtree_gui.signals import SignalListener
from birchtree_gui.single_instance import SingleInstance
from inference import __version__
from inference.errors import ExitCode

NEW_WINDOW = "--new-window"
_ICON_SIZES_PX = (16, 24, 32, 48, 64, 128, 256)


def make_application(arguments: list[str]) -> QApplication:
    """The application object with its names, icon and language."""
    application = QApplication(arguments)
    application.setApplicationName("BirchTree")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("birchtree")
    icon = QIcon()
    for size_px in _ICON_SIZES_PX:
        icon.addPixmap(QPixmap(icons.render("birchtree", "#000000", size_px)))
    application.setWindowIcon(icon)
    install(application, SettingsStore().value.language)
    return application


def build(application: QApplication) -> tuple[MainWindow, QObject]:
    """The window with its services, not shown yet; keep the second value as long as the window lives."""
    root = QObject()
    window = MainWindow(Services.start(application, root))
    return window, root


def _has_screen() -> bool:
    """Whether Qt can find a screen: without one it aborts the process instead of raising an error."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in names)


def main(words: list[str]) -> int:
    """Show the window, open a plot or an orthomosaic in it, and run until it is closed; returns the exit code.

    `words` are files, with `--new-window` before them for a window beside the one that is open.
    """
    if not _has_screen():
        sys.stderr.write("birchtree: There is no screen to open the window on. See `birchtree --help` for commands.\n")
        return ExitCode.BAD_INPUT
    application = make_application([sys.argv[0]])
    log_qt_messages()
    wants_own = NEW_WINDOW in words[:1]
    files = [Path(word) for word in words[wants_own:]]
    instance = SingleInstance(application)
    if not instance.take() and not wants_own and instance.hand_over(files):
        return ExitCode.OK
    window, root = build(application)
    instance.asked.connect(window.app.come_forward)
    reporter = FaultReporter(window, root)
    reporter.install()
    listener = SignalListener(window, root)
    window.state.show_window()
    mark = SessionMark() if instance.is_first else None
    if mark is not None and mark.ended_badly:
        window.link.tell_crash(reporter.crash_note(), opens_files=bool(files))
    if mark is not None:
        mark.set()
    QTimer.singleShot(0, window, lambda: _open(window, files))
    code = application.exec()
    instance.give_up()
    if mark is not None:
        mark.remove()
    listener.remove()
    reporter.remove()
    return code


def _open(window: MainWindow, files: list[Path]) -> None:
    """Open what was named on the command line, as if it had been dropped on the window."""
    if files:
        window.drop_files(files)
