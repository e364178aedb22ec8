"""ManualWindow: the documentation with its list of pages, a search over all of them, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from birchtree_gui.manual.browser import PageBrowser
from birchtree_gui.manual.pages import START, all_pages, page_in, site_file

_SIZE = (1000, 640)
_LIST_PX = 250
_LEAST_LETTERS = 2
_NAME = Qt.ItemDataRole.UserRole


class ManualWindow(QDialog):
    """A window of its own that stays beside the map. Signals: closed()."""

    closed = Signal()

    def __init__(self, folder: Path, parent: QWidget | None = None, language: str = "en") -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Documentation"))
        self.setModal(False)
        self._folder, self._language = folder, language
        self._pages = {page.name: page for page in all_pages(folder, language)}
        self._back: list[str] = []
        self._forward: list[str] = []
        self.target = ""
        self.browser = PageBrowser(folder, self)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Search all pages"))
        self.search.setAccessibleName(self.tr("Search all pages"))
        self.search.setClearButtonEnabled(True)
        changed = self.tr("The English page has changed since this one was translated.")
        self.stale = QLabel(changed, self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Pages"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.back = self._button(self.tr("&Back"), self.go_back)
        self.forward = self._button(self.tr("&Forward"), self.go_forward)
        self.contents = self._button(self.tr("&Contents"), lambda: self.show_target(START))
        self.outside = self._button(self.tr("Open in the b&rowser"), self._open_outside)
        self._lay_out()
        self._fill()
        self.browser.pageAsked.connect(self.show_target)
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._open_first)
        self.list.itemClicked.connect(self._open_item)
        self.list.itemActivated.connect(self._open_item)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.search.setFocus)
        QShortcut(QKeySequence("Alt+Left"), self, self.go_back)
        QShortcut(QKeySequence("Alt+Right"), self, self.go_forward)

    def show_target(self, target: str) -> None:
        """Show a page, at a heading where the target names one ("editing.md#tools"), in the language of the window."""
        target = page_in(self._folder, target, self._language)
        if self.target and target != self.target:
            self._back.append(self.target)
            self._forward.clear()
        self._set(target)

    def go_back(self) -> None:
        """The page before."""
        if self._back:
            self._forward.append(self.target)
            self._set(self._back.pop())

    def go_forward(self) -> None:
        """The page that `go_back` left."""
        if self._forward:
            self._back.append(self.target)
            self._set(self._forward.pop())

    def done(self, result: int) -> None:
        """Esc and the window's cross."""
        super().done(result)
        self.closed.emit()

    def _set(self, target: str) -> None:
        name, _, anchor = target.partition("#")
        page = self._pages.get(name)
        if page is None:
            return
        self.target = target
        self.browser.show_page(name, page.text)
        self.stale.setVisible(page.is_stale)
        words = self.search.text().strip()
        if anchor:
            self.browser.go_to(anchor)
        elif len(words) >= _LEAST_LETTERS:
            self.browser.find_words(words)
        self.back.setEnabled(bool(self._back))
        self.forward.setEnabled(bool(self._forward))
        self.outside.setVisible(site_file(name) is not None)
        for row in range(self.list.count()):
            if self.list.item(row).data(_NAME) == name:
                self.list.setCurrentRow(row)

    def _fill(self) -> None:
        """All pages, or those with the words, most of them first."""
        words = self.search.text().strip().lower()
        names = list(self._pages)
        if len(words) >= _LEAST_LETTERS:
            counts = {name: self._points(name, words) for name in names}
            names = sorted((name for name in names if counts[name]), key=lambda name: -counts[name])
        self.list.clear()
        for name in names:
            item = QListWidgetItem(self._pages[name].title)
            item.setData(_NAME, name)
            self.list.addItem(item)

    def _points(self, name: str, words: str) -> int:
        page = self._pages[name]
        return page.text.lower().count(words) + (100 if words in page.title.lower() else 0)

    def _open_first(self) -> None:
        if self.list.count():
            self._open_item(self.list.item(0))

    def _open_item(self, item: QListWidgetItem) -> None:
        self.show_target(str(item.data(_NAME)))

    def _open_outside(self) -> None:
        file = site_file(self.target.partition("#")[0])
        if file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

    def _button(self, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: act())
        return button

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        for button in (self.back, self.forward, self.contents):
            top.addWidget(button)
        top.addStretch(1)
        top.addWidget(self.outside)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        right = QWidget(self)
        reading = QVBoxLayout(right)
        reading.setContentsMargins(0, 0, 0, 0)
        reading.addWidget(self.stale)
        reading.addWidget(self.browser, 1)
        split = QSplitter(self)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([_LIST_PX, _SIZE[0] - _LIST_PX])
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(split, 1)
        self.resize(*_SIZE)
