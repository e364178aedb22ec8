"""The message bar on top of the map: one sentence, one action, never modal; what needs no answer goes by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from birchtree_gui.icons import Icons
from birchtree_gui.languages.told import told
from birchtree_gui.theme import Theme
from birchtree_gui.widgets.emphasis import mark

Level = Literal["info", "success", "refusal", "warning", "error"]
"""A refusal looks like a warning and goes by itself, or with the next edit: the gesture is simply made again."""
_ICON_SIZE = 18
_SHORT_MS = 8_000
_LONG_MS = 20_000
_MS_PER_LETTER = 70


@dataclass(frozen=True)
class Message:
    """One sentence for the user.

    Attributes:
        level: decides colour, icon, and whether it goes by itself (info, success and refusal do).
        text: what happened and what to do.
        action: what the one button does; its text is the button's.
        details: longer text for "Details", such as a traceback.
    """

    level: Level
    text: str
    action: QAction | None = None
    details: str = ""

    @property
    def stays(self) -> bool:
        """Whether it waits to be closed."""
        return self.level in ("warning", "error")

    @property
    def look(self) -> str:
        """Whose colour and icon it has."""
        return "warning" if self.level == "refusal" else self.level


class MessageBar(QFrame):
    """Shows the newest message; closing it brings back an older one that still waits.

    Signals:
        detailsAsked(Message).
        resized(): the bar wants another height.
    """

    detailsAsked = Signal(object)
    resized = Signal()

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self._theme = theme
        self._icons = icons
        self._messages: list[Message] = []
        self._symbol = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self._text = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._more = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self._more.setProperty("role", "muted")
        self._more.setToolTip(self.tr("More messages wait below this one"))
        self._action_button = self._link("")
        self._details_button = self._link(self.tr("Details"))
        self._close = QToolButton(self)
        self._close.setProperty("flat", True)
        self._close.setIconSize(QSize(16, 16))
        self._close.setFixedSize(26, 26)
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.setToolTip(self.tr("Close"))
        icons.bind(self._close, "close", colour="muted")
        self._lay_out()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.close_current)
        self._close.clicked.connect(self.close_current)
        self._action_button.clicked.connect(self._act)
        self._details_button.clicked.connect(self._ask_details)
        theme.changed.connect(self._show_symbol)
        self.hide()

    def _link(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setProperty("link", True)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return button

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 5, 6, 5)
        layout.setSpacing(8)
        layout.addWidget(self._symbol, 0)
        layout.addWidget(self._text, 1)
        for widget in (self._more, self._details_button, self._action_button, self._close):
            layout.addWidget(widget, 0)

    # ---- messages

    @property
    def current(self) -> Message | None:
        """What is shown."""
        return self._messages[-1] if self._messages else None

    def show_message(self, message: Message) -> None:
        """Show a message, the engine's sentences in the window's language.

        One that says the same is not shown twice, and what goes by itself makes place.
        """
        message = replace(message, text=told(message.text))
        self._messages = [old for old in self._messages if old.stays and old.text != message.text]
        self._messages.append(message)
        self._refresh()

    def close_current(self) -> None:
        """Close what is shown."""
        if self._messages:
            self._messages.pop()
        self._refresh()

    def close_refusal(self) -> None:
        """Close what a gesture was refused for: another one was made since."""
        left = [message for message in self._messages if message.level != "refusal"]
        if len(left) < len(self._messages):
            self._messages = left
            self._refresh()

    def clear(self) -> None:
        """Close everything: another plot is opened."""
        self._messages.clear()
        self._refresh()

    def _refresh(self) -> None:
        message = self.current
        self._timer.stop()
        if message is None:
            self.hide()
            return
        mark(self, "level", message.look)
        self._text.setText(message.text)
        self.setAccessibleName(message.text)
        self._details_button.setVisible(bool(message.details))
        self._action_button.setVisible(message.action is not None)
        if message.action is not None:
            self._action_button.setText(message.action.text().replace("&", ""))
        waiting = len(self._messages) - 1
        self._more.setVisible(waiting > 0)
        self._more.setText(self.tr("+{count}").format(count=waiting))
        self._show_symbol()
        if not message.stays:
            reading_ms = _MS_PER_LETTER * len(message.text)
            self._timer.start(max(reading_ms, _LONG_MS if message.action is not None else _SHORT_MS))
        self.show()
        self.raise_()
        self.resized.emit()

    def _show_symbol(self) -> None:
        message = self.current
        if message is not None:
            colour = {"warning": "warning", "error": "danger", "success": "accent_ink"}.get(message.look, "muted")
            ratio = self.devicePixelRatioF()
            self._symbol.setPixmap(self._icons.pixmap(message.look, _ICON_SIZE, ratio, colour=colour))

    def _act(self) -> None:
        message = self.current
        self.close_current()
        if message is not None and message.action is not None:
            message.action.trigger()

    def _ask_details(self) -> None:
        if self.current is not None:
            self.detailsAsked.emit(self.current)
