"""A window that is closed takes everything with it: a program with many windows, as the tests are, must not grow."""

from collections import Counter
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from birchtree_gui.app import build

OPEN_MS = 60_000


def widgets() -> Counter[str]:
    """How many widgets of each class there are, once all that is to go has gone."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return Counter(type(widget).__name__ for widget in QApplication.allWidgets())


def test_a_closed_window_leaves_no_widget_behind(qtbot: QtBot, qapp: QApplication, project_path: Path) -> None:
    before = widgets()
    for reviewed in (False, True):
        window, root = build(qapp)
        with qtbot.waitExposed(window):
            window.show()
        with qtbot.waitSignal(window.services.document.opened, timeout=OPEN_MS):
            window.files.open_path(project_path)
        if reviewed:
            window.actions_by_name["review.start"].trigger()
            assert window.review.session.is_active
            window.review.leave()
        assert sum(widgets().values()) > 400
        window.close()
        window.deleteLater()
        root.deleteLater()
        del window, root
    assert widgets() - before == Counter()
