"""The overlay of `?`: keys and gestures of the tool in hand over the map, gone with the next key or click."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from birchtree_gui.keys.gestures import Gesture
from birchtree_gui.keys.keymap import pressed

_MARGIN = 16
_ROWS = 21
"""As many as are as high as the map of a small laptop."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    title: str
    rows: tuple[Gesture, ...]


class ToolOverlay(QFrame):
    """Lies over the map; Signals: left(): the keys go back to the map."""

    left = Signal()

    def __init__(self, map_view: QWidget) -> None:
        super().__init__(map_view)
        self._map = map_view
        self.setObjectName("toolOverlay")
        self.setAccessibleName(self.tr("Keys and gestures of the tool in hand"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._content: QWidget | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(20, 14, 20, 12)
        map_view.installEventFilter(self)
        self.installEventFilter(self)
        self.hide()

    def show_sections(self, columns: Iterable[tuple[Section, ...]], all_keys: str) -> None:
        """Show sections in columns; `all_keys` is the key that shows every shortcut."""
        if self._content is not None:
            self._layout.removeWidget(self._content)
            self._content.deleteLater()
        self._content = content = QWidget(self)
        outer = QVBoxLayout(content)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(24)
        spoken: list[str] = []
        for sections in columns:
            column = QVBoxLayout()
            column.setSpacing(10)
            for section in filter(lambda one: one.rows, sections):
                column.addLayout(self._section(section))
                spoken += [section.title, *(f"{one.how}: {one.what}" for one in section.rows)]
            column.addStretch(1)
            row.addLayout(column)
        outer.addLayout(row)
        foot = QLabel(
            self.tr("Any key or a click closes this. {key} shows and changes every shortcut.").format(key=all_keys),
            content,
            textFormat=Qt.TextFormat.PlainText,
        )
        foot.setProperty("role", "muted")
        outer.addWidget(foot)
        self._layout.addWidget(content)
        for label in content.findChildren(QLabel):
            label.ensurePolished()  # the frames around keys are wider than bare text
        self.setAccessibleDescription(". ".join(spoken))
        self.show()
        self._place()
        self.raise_()
        self.setFocus()

    def _section(self, section: Section) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        title = QLabel(section.title, self, textFormat=Qt.TextFormat.PlainText)
        title.setProperty("role", "heading")
        grid.addWidget(title, 0, 0, 1, 2)
        for row, gesture in enumerate(section.rows[:_ROWS], start=1):
            what = QLabel(gesture.what, self, textFormat=Qt.TextFormat.PlainText)
            if not gesture.how:
                what.setWordWrap(True)
                grid.addWidget(what, row, 0, 1, 2)
                continue
            how = QLabel(gesture.how, self, textFormat=Qt.TextFormat.PlainText)
            how.setObjectName("key")
            grid.addWidget(how, row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(what, row, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def lie_on(self, area: QWidget) -> None:
        """Lie above everything that this ancestor of the map lets float there."""
        if self.parentWidget() is not area:
            self.setParent(area)

    def dismiss(self) -> None:
        """Go, and give the keys back."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any key closes it and does nothing else; it stays in the middle of the map."""
        if watched is not self:
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self._place()
            return False
        if isinstance(event, QKeyEvent):
            event.accept()
            if event.type() == QEvent.Type.KeyPress and pressed(event):
                self.dismiss()
            return True
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click closes it, too."""
        event.accept()
        self.dismiss()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Who works elsewhere has read it."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.hide()

    def _place(self) -> None:
        area = self.parentWidget()
        if area is None:
            return
        room = QRect(self._map.mapTo(area, QPoint()), self._map.size()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        self._layout.activate()
        self.adjustSize()
        size = self.sizeHint().boundedTo(room.size())
        left, top = (room.width() - size.width()) // 2, (room.height() - size.height()) // 2
        self.setGeometry(room.left() + left, room.top() + top, size.width(), size.height())
