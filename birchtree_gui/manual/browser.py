"""PageBrowser: one page of the documentation, with pictures that fit its width and headings to go to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QFont,
    QFontDatabase,
    QImage,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from birchtree_gui.manual.pages import plain, slug

_MARGIN_PX = 18
_SIZES = {1: 1.7, 2: 1.3, 3: 1.1}


class PageBrowser(QTextBrowser):
    """Signals: pageAsked(target): a link to another page was pressed."""

    pageAsked = Signal(str)

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._name = ""
        self._text = ""
        self.setOpenLinks(False)
        # A bar that came and went with the page's length would change the width that the pictures follow.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(self.tr("Documentation page"))
        self.document().setDocumentMargin(_MARGIN_PX)
        self.anchorClicked.connect(self._follow)

    def show_page(self, name: str, text: str) -> None:
        """Set another page."""
        self._name, self._text = name, text
        self._set()

    def go_to(self, anchor: str) -> bool:
        """Scroll to a heading; False where the page has none of that name."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and slug(plain(block.text())) == anchor:
                self._scroll_to(block)
                return True
            block = block.next()
        return False

    def find_words(self, words: str) -> None:
        """Mark every place of some words and show the first."""
        marks, cursor = [], QTextCursor(self.document())
        while words:
            cursor = self.document().find(words, cursor)
            if cursor.isNull():
                break
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor
            mark.format.setBackground(self.palette().highlight())
            mark.format.setForeground(self.palette().highlightedText())
            marks.append(mark)
        self.setExtraSelections(marks)
        if marks:
            self._scroll_to(marks[0].cursor.block())

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture, as wide as there is room; nothing else is loaded, and nothing from outside the folder."""
        url = QUrl(name)
        path = (self._folder / self._name).parent / url.path()
        is_inside = path.resolve().is_relative_to(self._folder.resolve())
        if kind != QTextDocument.ResourceType.ImageResource.value or url.scheme() or not is_inside:
            return None
        image = QImage(str(path))
        room = self._room()
        return image if image.width() <= room else image.scaledToWidth(room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures follow the width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width() and self._text:
            self._set_again()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme: the ground of code and the lines of tables are painted by us."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._text:
            self._set_again()

    def _set_again(self) -> None:
        bar = self.verticalScrollBar()
        share = bar.value() / max(1, bar.maximum())
        self._set()
        bar.setValue(round(share * bar.maximum()))

    def _room(self) -> int:
        return max(200, self.viewport().width() - 2 * _MARGIN_PX - 4)

    def _set(self) -> None:
        document = self.document()
        document.clear()
        document.setMarkdown(self._text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self._set_headings()
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._set_table(frame)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _set_headings(self) -> None:
        """Headings larger, code in a font of one width on a ground of its own."""
        base = self.font().pointSizeF()
        families = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).families()
        ground = self.palette().brush(QPalette.ColorRole.AlternateBase)
        for number in range(self.document().blockCount()):
            block = self.document().findBlockByNumber(number)
            level = block.blockFormat().headingLevel()
            look, shape = QTextCharFormat(), QTextBlockFormat()
            if level:
                look.setFontPointSize(base * _SIZES.get(level, 1.0))
                look.setFontWeight(QFont.Weight.DemiBold)
            elif block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence):
                look.setFontFamilies(families)
                shape.setBackground(ground)
                shape.setNonBreakableLines(False)
            else:
                continue
            cursor = QTextCursor(block)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(look)
            cursor.mergeBlockFormat(shape)

    def _set_table(self, table: QTextTable) -> None:
        shape = table.format()
        shape.setCellPadding(5)
        shape.setCellSpacing(0)
        shape.setBorder(1)
        shape.setBorderCollapse(True)
        shape.setBorderBrush(self.palette().brush(QPalette.ColorRole.Mid))
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        table.setFormat(shape)

    def _scroll_to(self, block: QTextBlock) -> None:
        top = self.document().documentLayout().blockBoundingRect(block).top()
        self.verticalScrollBar().setValue(round(top) - _MARGIN_PX // 2)

    def _follow(self, url: QUrl) -> None:
        if url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)
            return
        name = self._name
        if url.path():
            path = ((self._folder / self._name).parent / url.path()).resolve()
            if path.suffix != ".md" or not path.is_relative_to(self._folder.resolve()) or not path.is_file():
                return
            name = path.relative_to(self._folder.resolve()).as_posix()
        self.pageAsked.emit(f"{name}#{url.fragment()}" if url.fragment() else name)
