"""The middle of the window: the map with its message bar, hints and empty state, or the welcome page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QStackedWidget, QVBoxLayout, QWidget

from birchtree_gui.widgets.empty_state import EmptyState
from birchtree_gui.widgets.hint_bar import HintBar
from birchtree_gui.widgets.message_bar import MessageBar

_SMALLEST = QSize(320, 240)
_MARGIN = 10
_MESSAGE_WIDTH = 860


class DropOverlay(QFrame):
    """Covers the middle while files are dragged over the window and says what dropping will do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("dropOverlay")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = QLabel(
            self, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True, textFormat=Qt.TextFormat.PlainText
        )
        self._text.setObjectName("dropText")
        layout = QVBoxLayout(self)
        layout.addWidget(self._text)
        self.hide()

    def announce(self, sentence: str) -> None:
        """Show what will happen."""
        self._text.setText(sentence)
        self.show()
        self.raise_()


class MapArea(QWidget):
    """Stacks welcome page and map, and keeps what floats above them in place."""

    def __init__(self, map_view: QWidget, welcome: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(_SMALLEST)  # not what the welcome page would like to have
        self.hints = HintBar()
        self._map_page = QWidget()
        page = QVBoxLayout(self._map_page)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(map_view, 1)
        page.addWidget(self.hints)
        self._welcome = welcome
        self._stack = QStackedWidget(self)
        self._stack.addWidget(welcome)
        self._stack.addWidget(self._map_page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.overlay = DropOverlay(self)
        self._map = map_view
        self._messages: MessageBar | None = None
        self._empty: EmptyState | None = None

    def float_above(self, messages: MessageBar, empty: EmptyState) -> None:
        """Take the widgets that lie on top of the map."""
        self._messages, self._empty = messages, empty
        messages.resized.connect(self._place)
        messages.installEventFilter(self)
        empty.installEventFilter(self)
        self._place()

    @property
    def shows_map(self) -> bool:
        """Whether the map is in front."""
        return self._stack.currentWidget() is self._map_page

    def show_map(self) -> None:
        """Bring the map to the front."""
        self._stack.setCurrentWidget(self._map_page)

    def show_welcome(self) -> None:
        """Bring the welcome page to the front."""
        self._stack.setCurrentWidget(self._welcome)

    def sizeHint(self) -> QSize:
        """Most of a small laptop's screen."""
        return QSize(900, 600)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what floats in place."""
        super().resizeEvent(event)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What floats is placed again when it appears or its text changes, and leaves the keys to the map."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self._place()
        elif event.type() == QEvent.Type.Hide and isinstance(watched, QWidget):
            focus = QApplication.focusWidget()
            if focus is not None and watched.isAncestorOf(focus) and self.shows_map:
                self._map.setFocus()  # else Qt gives it to whatever is next, which may be far away
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.overlay.setGeometry(self.rect())
        if self._messages is not None:
            width = min(_MESSAGE_WIDTH, self.width() - 2 * _MARGIN)
            height = max(self._messages.heightForWidth(width), self._messages.minimumSizeHint().height())
            self._messages.setGeometry((self.width() - width) // 2, _MARGIN, width, height)
        if self._empty is not None:
            size = self._empty.sizeHint()
            left = (self.width() - size.width()) // 2
            top = self.height() - self.hints.height() - size.height() - 28
            self._empty.setGeometry(left, top, size.width(), size.height())
