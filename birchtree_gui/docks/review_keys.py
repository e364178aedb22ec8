"""ReviewKeys: what keys do on the map while crowns are reviewed; the same keys as always do everything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from birchtree_gui.canvas.map_input import MapInput

_SELECT, _VERTEX = "select", "vertex"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_PREFIX = "review."
_ALWAYS = ("next", "previous")
# Where the row of digits lies on the keyboard, by what the system calls the key of 1: X11 and Wayland, Windows.
_ROWS = {"xcb": 10, "wayland": 10, "windows": 2}


class ReviewCommands(Protocol):
    """What the keys start."""

    def next(self) -> None:
        """Tab."""
        ...

    def previous(self) -> None:
        """Shift+Tab."""
        ...

    def accept(self) -> None:
        """Enter."""
        ...

    def reject(self) -> None:
        """Del."""
        ...

    def edit(self) -> None:
        """E."""
        ...

    def note(self) -> None:
        """N."""
        ...

    def skip(self) -> None:
        """K."""
        ...

    def leave(self) -> None:
        """Esc."""
        ...

    def focus_panel(self) -> None:
        """F6."""
        ...

    def name_likely(self, number: int) -> None:
        """1 to 9."""
        ...

    def name_own(self, number: int) -> None:
        """Shift+1 to Shift+9."""
        ...

    def finish_edit(self) -> None:
        """Back from the vertex tool."""
        ...


def digit_of(event: QKeyEvent, platform: str) -> int | None:
    """Which of the keys 1 to 9 was pressed, with or without Shift, None for another.

    By the key's place where the system tells it: on a French keyboard the same key types & without Shift.
    """
    modifiers = event.modifiers() & ~_SHIFT & ~_KEYPAD
    if modifiers != Qt.KeyboardModifier.NoModifier:
        return None
    first, code = _ROWS.get(platform), event.nativeScanCode()
    if first is not None and code > 1 and not event.modifiers() & _KEYPAD:
        return code - first + 1 if first <= code < first + 9 else None
    number = int(event.key()) - int(Qt.Key.Key_0)
    return number if 1 <= number <= 9 else None


class ReviewKeys(QObject):
    """Listens to the map before the map does, from `listen` to `rest`.

    Args:
        heard: the name of the review's command that a key starts ("review.accept"), None for none.
        platform: as Qt names it.
    """

    def __init__(
        self,
        map_view: MapInput,
        commands: ReviewCommands,
        heard: Callable[[QKeyEvent], str | None],
        platform: str,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._heard = heard
        self._map = map_view
        self._commands = commands
        self._platform = platform
        self._is_listening = False

    def listen(self) -> None:
        """The review began."""
        if not self._is_listening:
            self._is_listening = True
            self._map.installEventFilter(self)

    def rest(self) -> None:
        """It ended."""
        if self._is_listening:
            self._is_listening = False
            self._map.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the review's keys; a shortcut of the menus must not get them first."""
        del watched
        if not isinstance(event, QKeyEvent) or event.type() not in (
            QEvent.Type.ShortcutOverride,
            QEvent.Type.KeyPress,
        ):
            return False
        act = self._act_for(event)
        if act is None:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self._run(act, event)
        return True

    def _act_for(self, event: QKeyEvent) -> str | None:
        """The command of a key in the tool in hand, None for a key that is not the review's."""
        key, modifiers = event.key(), event.modifiers() & ~_KEYPAD
        tool = self._map.belt.tool_id
        command = (self._heard(event) or "").removeprefix(_PREFIX)
        if command in _ALWAYS:
            return command
        if tool == _SELECT and digit_of(event, self._platform) is not None:
            return "species"
        if modifiers == Qt.KeyboardModifier.NoModifier:
            if key == Qt.Key.Key_Escape:
                return "escape"
            if tool == _VERTEX and key in _ENTER:
                return "finish_edit"
            if tool == _SELECT and key == Qt.Key.Key_F6:
                return "focus_panel"
        return command or None if tool == _SELECT else None

    def _run(self, act: str, event: QKeyEvent) -> None:
        if event.isAutoRepeat() and act not in _ALWAYS:
            return  # a finger that rests on Enter must not accept a hundred crowns
        if act == "escape":
            self._escape()
        elif act == "species":
            number = digit_of(event, self._platform) or 0
            if event.modifiers() & _SHIFT:
                self._commands.name_own(number)
            else:
                self._commands.name_likely(number)
        else:
            if act in _ALWAYS and self._map.belt.tool_id != _SELECT:
                self._commands.finish_edit()
            getattr(self._commands, act)()

    def _escape(self) -> None:
        """First the gesture of a tool, then back to Select, then out of the review; never two at once."""
        if self._map.belt.tool.cancel():
            return
        if self._map.belt.tool_id == _SELECT:
            self._commands.leave()
        else:
            self._commands.finish_edit()
