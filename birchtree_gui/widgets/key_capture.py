"""A button that, once pressed, takes the next key for itself instead of doing what that key does."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from birchtree_gui.keys.keymap import pressed


class KeyCapture(QPushButton):
    """Signals: captured(key): as `keymap.pressed` writes it; given_up(): Esc, a second click or another widget."""

    captured = Signal(str)
    given_up = Signal()

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._usual = text
        self._is_waiting = False
        self.takes_esc = False
        self.clicked.connect(self._toggle)
        self.installEventFilter(self)

    @property
    def is_waiting(self) -> bool:
        """Whether the next key is taken."""
        return self._is_waiting

    def wait(self) -> None:
        """Take the next key."""
        self._is_waiting = True
        self.setFocus()
        self._show()

    def stop(self) -> None:
        """Be a button again."""
        self._is_waiting = False
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While waiting every key comes here first: before shortcuts, before Tab moves on, before Enter clicks."""
        if not self._is_waiting or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        event.accept()
        if event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
            self._take(event)
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keys go elsewhere now."""
        super().focusOutEvent(event)
        if self._is_waiting:
            self.stop()
            self.given_up.emit()

    def _take(self, event: QKeyEvent) -> None:
        key = pressed(event)
        if not key:
            return  # Shift alone, say: the key that it goes with follows
        self.stop()
        if event.key() == Qt.Key.Key_Escape and not self.takes_esc:
            self.given_up.emit()
        else:
            self.captured.emit(key)

    def _toggle(self) -> None:
        if self._is_waiting:
            self.stop()
            self.given_up.emit()
        else:
            self.wait()

    def _show(self) -> None:
        self.setText(self.tr("Press a key… (Esc: cancel)") if self._is_waiting else self._usual)
