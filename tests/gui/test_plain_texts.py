"""Texts from files are shown as they are: no label and no tooltip takes a name for HTML, and reports escape it."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolTip
from pytestqt.qtbot import QtBot

from birchtree_gui.plain import plain_tip
from inference.report.blocks import Document, Heading, Paragraph, Table
from inference.report.html import html_of

EVIL = '<img src="//stranger/share/x.png"><script>alert(1)</script>'
# Widgets whose text is a page of our own.
PAGES: frozenset[str] = frozenset()


def _labels(path: Path) -> list[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "QLabel"]


def test_every_label_shows_plain_text(repository: Path) -> None:
    """Qt takes a label's text with tags for HTML, which may name pictures on any network share, unless it is told."""
    wrong = [
        f"{path.relative_to(repository)}:{call.lineno} needs textFormat=Qt.TextFormat.PlainText"
        for path in sorted((repository / "birchtree_gui").rglob("*.py"))
        for call in _labels(path)
        if not any(word.arg == "textFormat" for word in call.keywords) and path.stem not in PAGES
    ]
    assert wrong == []


def test_a_tooltip_shows_what_it_is_given(qtbot: QtBot) -> None:
    label = QLabel("x")
    qtbot.addWidget(label)
    label.setToolTip(plain_tip(EVIL))
    assert "<img" not in label.toolTip()
    assert "&lt;img" in label.toolTip()
    assert plain_tip("Acer < Quercus, a > b") == "Acer < Quercus, a > b"
    assert QToolTip.isVisible() is False


def test_a_label_that_is_told_shows_the_tags(qtbot: QtBot) -> None:
    plain = QLabel(EVIL, textFormat=Qt.TextFormat.PlainText)
    rich = QLabel(EVIL)
    for label in (plain, rich):
        qtbot.addWidget(label)
    assert plain.sizeHint().width() > 200  # the letters, not the page
    assert rich.textFormat() == Qt.TextFormat.AutoText


@pytest.mark.parametrize("text", [EVIL, '" onmouseover="x', "</title><script>", "&lt;", "\x00\x1b[31m"])
def test_reports_escape(text: str) -> None:
    blocks = (Heading(text), Paragraph(text), Table((text, text), ((text, text),)))
    page = html_of(Document(text, "en", blocks, page=text, author=text))
    body = page.partition("<body>")[2]
    assert "<script>" not in body
    assert "<img" not in body
    assert 'onmouseover="' not in body
    assert "<script>" not in page.partition("<title>")[2].partition("<style>")[0]
    assert "script-src" not in page
    assert "default-src 'none'" in page
