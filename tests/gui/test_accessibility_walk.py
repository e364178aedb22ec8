"""Every dock, dialog and menu, in light and dark: named, reachable by keyboard, with contrast of at least 4.5:1."""

import itertools
from collections.abc import Iterator

import accessibility_walk as walker
import pytest
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from birchtree_gui.main_window import MainWindow
from birchtree_gui.theme import DARK, LIGHT, Colours, ThemeChoice

THEMES: tuple[ThemeChoice, ...] = ("light", "dark")
# Text on ground, by the names of `Colours`.
PAIRS = [
    *itertools.product(("text", "muted"), ("window", "panel", "base", "stripe", "hover")),
    *itertools.product(("text",), ("pressed", "accent_wash", "info_wash", "warning_wash", "danger_wash")),
    ("accent_text", "accent"),
    ("accent_text", "accent_hover"),
    ("accent_ink", "panel"),
    ("accent_ink", "base"),
    ("danger", "panel"),
    ("danger", "window"),
    ("warning", "warning_wash"),
    ("danger", "danger_wash"),
]


def told(problems: dict[str, list[str]]) -> str:
    """Everything that is wrong, one thing a line."""
    return "\n".join(f"{place}: {one}" for place, found in problems.items() for one in found)


@pytest.fixture(params=THEMES)
def themed(request: pytest.FixtureRequest, plot_window: MainWindow, qtbot: QtBot) -> Iterator[MainWindow]:
    plot_window.services.theme.choose(request.param)
    table = plot_window.services.document.table
    assert table is not None
    plot_window.services.document.set_selection(table.ids[:1].tolist())
    QApplication.processEvents()
    yield plot_window
    plot_window.services.theme.choose("light")


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), PAIRS)
def test_colours_can_be_told_apart(colours: Colours, ink: str, paper: str) -> None:
    strength = walker.contrast(QColor(getattr(colours, ink)), QColor(getattr(colours, paper)))
    assert strength >= walker.LEAST_CONTRAST, f"{ink} on {paper}: {strength:.2f}"


def test_the_window_and_every_dock(themed: MainWindow, qtbot: QtBot) -> None:
    problems: dict[str, list[str]] = {"window": walker.walk(themed)}
    for name, dock in themed.docks.items():
        was_hidden = dock.isHidden()
        dock.show()
        dock.raise_()
        QApplication.processEvents()
        problems[name] = walker.walk(dock)
        if was_hidden:
            dock.hide()
    assert not any(problems.values()), told(problems)


def test_the_review(themed: MainWindow, qtbot: QtBot) -> None:
    themed.review.start()
    themed.review.panel.filters._proposed.click()  # here every crown is decided
    qtbot.waitUntil(lambda: themed.review.session.current is not None, timeout=20_000)
    QApplication.processEvents()
    assert themed.review.dock is not None
    assert not (found := walker.walk(themed.review.dock)), found


def test_every_dialog(themed: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    for ask in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, ask, lambda *_args, **_more: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args, **_more: ([], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_more: "")
    problems: dict[str, list[str]] = {}
    seen = 0
    for action in themed.actions_by_name.all():
        asks = action.text().endswith("…") or action.objectName() == "help.about"
        if not asks or not action.isEnabled():
            continue
        action.trigger()
        QApplication.processEvents()
        for dialog in [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]:
            seen += 1
            found = walker.walk(dialog)
            if found:
                problems[f"{action.objectName()} {type(dialog).__name__}"] = found
            dialog.close()
        QApplication.processEvents()
    assert not problems, told(problems)
    assert seen >= 8


def test_the_welcome_page_and_the_overlay(window: MainWindow) -> None:
    for theme in THEMES:
        window.services.theme.choose(theme)
        QApplication.processEvents()
        assert walker.walk(window) == []
    window.services.theme.choose("light")


def test_the_overlay_of_keys(themed: MainWindow) -> None:
    themed.app.shortcuts.toggle_overlay()
    QApplication.processEvents()
    assert walker.walk(themed.app.shortcuts.overlay) == []
    themed.app.shortcuts.overlay.dismiss()


def test_every_command_is_in_a_menu_or_has_a_key(plot_window: MainWindow) -> None:
    listed = set()
    for title in plot_window.menuBar().actions():
        menu = title.menu()
        assert isinstance(menu, QMenu)
        for one in walker.menus_of(menu):
            listed |= set(one.actions())
    keymap = plot_window.actions_by_name.keymap
    for action in plot_window.actions_by_name.all():
        assert action in listed or keymap.keys(action.objectName()), action.objectName()


def test_letters_of_the_menu_bar_are_unique(plot_window: MainWindow) -> None:
    titles = [action.text() for action in plot_window.menuBar().actions()]
    letters = [QKeySequence.mnemonic(title).toString() for title in titles]
    assert len(set(letters)) == len(letters)
    assert all(letters)


def test_the_walk_finds_what_is_wrong(qtbot: QtBot) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    button = QToolButton(page)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    label = QLabel("hardly to be seen", page)
    label.setStyleSheet("color: #b0b0b0; background: #ffffff")
    layout.addWidget(button)
    layout.addWidget(label)
    page.show()
    kinds = [one.partition(":")[0] for one in walker.walk(page)]
    assert kinds == ["no name", "out of reach", "too faint"]
