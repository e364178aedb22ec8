"""The documentation in the window: F1 opens the page of the panel or tool in use, links and search work."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from birchtree_gui.canvas.toolbox import TOOLS
from birchtree_gui.main_window import MainWindow
from birchtree_gui.manual import pages
from birchtree_gui.manual.window import ManualWindow

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture
def manual(qtbot: QtBot) -> ManualWindow:
    made = ManualWindow(DOCS)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def is_there(target: str) -> bool:
    name, _, anchor = target.partition("#")
    file = DOCS / name
    return file.is_file() and (not anchor or anchor in pages.headings_of(file.read_text(encoding="utf-8")))


def test_every_tool_and_panel_has_a_page_that_is_there(window: MainWindow) -> None:
    targets = {pages.START, pages.NO_PLOT, pages.REVIEW, *pages.PANEL_PAGES.values()}
    targets |= {pages.tool_page(tool.id) for tool in TOOLS}
    assert [target for target in sorted(targets) if not is_there(target)] == []
    assert {name for name in window.docks if name not in pages.PANEL_PAGES} == set()


def test_f1_opens_the_page_of_what_is_in_use(open_plot: Callable[[], MainWindow], qtbot: QtBot) -> None:
    window = open_plot()
    actions = window.app.manual
    window.map.setFocus()
    window.map.set_tool("cut")
    QTest.keyClick(window.map, Qt.Key.Key_F1)
    assert actions.shown is not None
    assert actions.shown.target == "editing.md#tools"
    assert actions.shown.windowTitle() == "Documentation"
    actions.shown.close()
    assert actions.shown is None
    window.docks["history"].show()
    window.docks["layers"].raise_()
    window.layers.setFocus()
    target = actions.page_here()
    assert target in (pages.PANEL_PAGES["layers"], "editing.md#tools")  # a layer panel without focus is the map's tool


def test_without_a_plot_it_is_the_first_steps(window: MainWindow) -> None:
    assert window.app.manual.page_here() == pages.NO_PLOT


def test_pages_links_back_and_headings(manual: ManualWindow) -> None:
    manual.show_target("editing.md")
    assert "Editing crowns" in manual.browser.toPlainText()
    manual.browser.anchorClicked.emit(QUrl("models/clicking.md"))
    assert manual.target == "models/clicking.md"
    manual.browser.anchorClicked.emit(QUrl("../formats.md#what-is-read"))
    assert manual.target == "formats.md#what-is-read"
    assert manual.browser.verticalScrollBar().value() > 0
    manual.go_back()
    manual.go_back()
    assert manual.target == "editing.md"
    manual.go_forward()
    assert manual.target == "models/clicking.md"
    manual.browser.anchorClicked.emit(QUrl("../../etc/passwd.md"))
    assert manual.target == "models/clicking.md"


def test_pictures_fit_and_nothing_comes_from_outside(manual: ManualWindow) -> None:
    manual.show_target("index.md")
    kind = QTextDocument.ResourceType.ImageResource.value
    picture = manual.browser.loadResource(kind, QUrl("images/crowns.png"))
    assert picture.width() <= manual.browser.viewport().width()  # type: ignore[attr-defined]
    assert manual.browser.loadResource(kind, QUrl("../resources/icons/cut.svg")) is None
    assert manual.browser.loadResource(kind, QUrl("https://example.org/a.png")) is None


def test_search_over_all_pages(manual: ManualWindow, qtbot: QtBot) -> None:
    everything = manual.list.count()
    qtbot.keyClicks(manual.search, "wilson")
    assert 0 < manual.list.count() < everything
    qtbot.keyClick(manual.search, Qt.Key.Key_Return)
    assert manual.target == "reviewing.md"
    assert manual.browser.extraSelections()
    qtbot.keyClicks(manual.search, "zzz")
    assert manual.list.count() == 0
    manual.search.clear()
    assert manual.list.count() == everything


@pytest.fixture
def french(qtbot: QtBot) -> ManualWindow:
    made = ManualWindow(DOCS, language="fr")
    qtbot.addWidget(made)
    return made


def test_pages_open_in_the_language_of_the_window(french: ManualWindow) -> None:
    for tool in TOOLS:
        target = pages.tool_page(tool.id)
        french.show_target(target)
        name, _, anchor = target.partition("#")
        if (DOCS / "fr" / name).is_file():
            assert french.target.startswith(f"fr/{name}")
            assert bool(french.target.partition("#")[2]) == bool(anchor)
            assert is_there(french.target)
    french.show_target("formats.md#the-crown-table")
    assert french.target == "fr/formats.md#le-tableau-des-houppiers"
    french.show_target("editing.md#tools")
    assert french.target == "fr/editing.md#outils"
    assert "Modifier les houppiers" in french.browser.toPlainText()
    assert "english:" not in french.browser.toPlainText()


def test_what_is_not_translated_is_shown_in_english(french: ManualWindow) -> None:
    french.show_target("index.md")
    french.browser.anchorClicked.emit(QUrl("../datasets.md"))
    assert french.target == "datasets.md"
    french.browser.anchorClicked.emit(QUrl("retraining.md"))
    assert french.target == "fr/retraining.md"
    named = [str(french.list.item(row).data(Qt.ItemDataRole.UserRole)) for row in range(french.list.count())]
    assert named[0] == "fr/index.md"
    assert not {"index.md", "gis.md", "es/gis.md"} & set(named)
    assert {"fr/gis.md", "datasets.md", "models/balsam.md"} <= set(named)
    kind = QTextDocument.ResourceType.ImageResource.value
    french.show_target("index.md")
    assert not french.browser.loadResource(kind, QUrl("../images/crowns.png")).isNull()  # type: ignore[attr-defined]


def test_english_shows_no_translations(manual: ManualWindow) -> None:
    named = [str(manual.list.item(row).data(Qt.ItemDataRole.UserRole)) for row in range(manual.list.count())]
    assert not [name for name in named if name.startswith(("fr/", "es/"))]
    assert pages.page_in(DOCS, "editing.md#tools", "en") == "editing.md#tools"
    assert pages.page_in(DOCS, "security.md#rules", "es") == "security.md#rules"
    assert pages.page_in(DOCS, "editing.md#no-such-heading", "es") == "es/editing.md"


def test_a_translation_older_than_its_english_page_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    english, french = tmp_path / "index.md", tmp_path / "fr" / "index.md"
    english.write_text("# BirchTree\n\nTwo words.\n", encoding="utf-8")
    made_from = pages.fingerprint(english.read_text(encoding="utf-8"))
    french.write_text(f'---\nenglish: "{made_from}"\n---\n\n# BirchTree\n\nDeux mots.\n', encoding="utf-8")
    for change, is_told in (("", False), ("One more.\n", True)):
        english.write_text(english.read_text(encoding="utf-8") + change, encoding="utf-8")
        shown = ManualWindow(tmp_path, language="fr")
        qtbot.addWidget(shown)
        shown.show_target("index.md")
        assert shown.target == "fr/index.md"
        assert shown.stale.isVisibleTo(shown) == is_told
