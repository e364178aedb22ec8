"""In a language whose texts are 40 % longer, nothing in the window at 1366 x 768 is cut off."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from PySide6.QtCore import QLocale, QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLabel, QPushButton, QRadioButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from birchtree_gui.languages import choice
from birchtree_gui.languages.pseudo import PseudoTranslator
from birchtree_gui.main_window import MainWindow

_SLACK_PX = 1
_SETTLED_MS = 60  # layouts follow a new text some turns of the event loop later
_LATE_MS = 5_000
_DIALOGS = (
    "help.about",
    "help.keys",
    "help.find",
    "file.export",
    "plot.rasters",
    "models.segment",
    "models.traits",
    "models.manage",
    "models.dataset",
    "models.improve",
)


@pytest.fixture(autouse=True)
def pseudo_language(qapp: QApplication) -> Iterator[None]:
    """The pseudo language, installed before the window is made and taken away afterwards."""
    usual = QLocale()
    translator = PseudoTranslator(qapp)
    qapp.installTranslator(translator)
    qapp.setProperty("birchtree.language", "pseudo")
    assert choice.current() == "pseudo"
    yield
    qapp.removeTranslator(translator)
    qapp.setProperty("birchtree.language", None)
    QLocale.setDefault(usual)


def clipped(root: QWidget) -> list[str]:
    """Texts that do not fit into their visible widget and have no tool tip that tells them in full."""
    found = []
    for widget in root.findChildren(QWidget):
        if _is_seen(widget) and widget.window() is root.window() and not widget.toolTip() and _lacks_room(widget):
            found.append(f"{_place(widget)}: {widget.width()} of {widget.sizeHint().width()}: {widget.text()!r}")  # type: ignore[attr-defined]
    return found


def settled(root: QWidget, qtbot: QtBot) -> list[str]:
    """What is cut off once layouts have followed; a busy machine gives them more time."""
    qtbot.wait(_SETTLED_MS)
    with suppress(qtbot.TimeoutError):
        qtbot.waitUntil(lambda: clipped(root) == [], timeout=_LATE_MS)
    return clipped(root)


def _is_seen(widget: QWidget) -> bool:
    """Whether it is shown; Qt moves panels behind other tabs out of the window, where they keep an old size."""
    window = widget.window()
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    return widget.isVisible() and window.rect().intersects(place)


def _lacks_room(widget: QWidget) -> bool:
    if isinstance(widget, QLabel):
        return bool(widget.text()) and _label_lacks_room(widget)
    if isinstance(widget, QPushButton | QToolButton | QCheckBox | QRadioButton):
        return bool(widget.text()) and _button_lacks_room(widget)
    return False


def _label_lacks_room(label: QLabel) -> bool:
    room = label.contentsRect()
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + _SLACK_PX
    shown = label.text() if label.buddy() is None else label.text().replace("&", "")
    return max(map(label.fontMetrics().horizontalAdvance, shown.split("\n"))) > room.width() + _SLACK_PX


def _button_lacks_room(button: QPushButton | QToolButton | QCheckBox | QRadioButton) -> bool:
    if isinstance(button, QToolButton) and button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly:
        return False
    return button.minimumSizeHint().width() > button.width() + _SLACK_PX


def _place(widget: QWidget) -> str:
    """Where a widget is: the classes above it that we wrote."""
    names, parent = [type(widget).__name__], widget.parentWidget()
    while parent is not None and not isinstance(parent, MainWindow):
        if type(parent).__module__.startswith("birchtree_gui"):
            names.append(type(parent).__name__)
        parent = parent.parentWidget()
    return " < ".join(names)


def test_welcome_page(window: MainWindow, qtbot: QtBot) -> None:
    assert settled(window, qtbot) == []


def test_panels(plot_window: MainWindow, qtbot: QtBot) -> None:
    table = plot_window.services.document.table
    assert table is not None
    found: dict[str, list[str]] = {}
    widest: dict[str, int] = {}
    for crowns in ([], table.ids[:1].tolist(), table.ids[:5].tolist()):
        plot_window.services.document.set_selection(crowns)
        for name, dock in plot_window.docks.items():
            dock.show()
            dock.raise_()
            found[f"{name} with {len(crowns)} selected"] = settled(plot_window, qtbot)
            widest[name] = plot_window.width()
            if dock.features():
                dock.hide()
    assert {name: texts for name, texts in found.items() if texts} == {}
    assert {name: width for name, width in widest.items() if width > 1366} == {}


def test_tools(plot_window: MainWindow, qtbot: QtBot) -> None:
    found: dict[str, list[str]] = {}
    table = plot_window.services.document.table
    assert table is not None
    plot_window.services.document.set_selection(table.ids[:1].tolist())
    for action in plot_window.actions_by_name.all():
        if action.objectName().startswith("tool.") and action.isEnabled():
            action.trigger()
            found[action.objectName()] = settled(plot_window, qtbot)
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_dialogs(plot_window: MainWindow, qtbot: QtBot) -> None:
    found: dict[str, list[str]] = {}
    for name in _DIALOGS:
        plot_window.actions_by_name[name].trigger()
        qtbot.waitUntil(lambda: bool(_dialogs()), timeout=20_000)
        for dialog in _dialogs():
            found[name] = settled(dialog, qtbot)
            if dialog.width() > 1366 or dialog.height() > 768:
                found[name].append(f"larger than the screen: {dialog.size().toTuple()}")
            dialog.reject()
    assert found.keys() == set(_DIALOGS)
    assert {name: texts for name, texts in found.items() if texts} == {}


def _dialogs() -> list[QDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
