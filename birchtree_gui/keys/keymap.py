"""KeyMap: the keys of every command as a value; a change gives another value, and conflicts can be asked of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

Where = Literal["window", "map", "held", "review"]
"""Where a command's keys are heard: anywhere in the window, on the map, on the map while held, in the review."""

_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_BARE = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_unknown,
)
# On the map these belong to moving, to the gesture in hand or to text, in every tool.
_FIXED = ("Esc", "Space", "Left", "Right", "Up", "Down", "+", "-", "=", "Backspace", "Return", "Enter", "Shift+Left",
          "Shift+Right", "Shift+Up", "Shift+Down", "[", "]")  # fmt: skip
_FIXED_IN_REVIEW = ("Esc", "F6", *(str(digit) for digit in range(1, 10)), *(f"Shift+{n}" for n in range(1, 10)))
_NOT_WITH_REVIEW = frozenset({"map", "held"})


@dataclass(frozen=True, slots=True)
class Command:
    """Something that keys start.

    Attributes:
        name: of its action ("crowns.accept").
        title: in the user's language.
        where: where its keys are heard.
        usual: its keys in a fresh installation, as `QKeySequence` writes them in every language ("Ctrl+E").
    """

    name: str
    title: str
    where: Where
    usual: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two commands want the same key in the same place."""

    key: str
    one: Command
    other: Command


def portable(key: str) -> str:
    """A key as it is kept: "Ctrl+Shift+P"; "" for what is no key."""
    text = QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
    return "" if not text or text.endswith(", ") else text


def native(key: str) -> str:
    """A key as the user's system writes it; both Enter keys are called Enter, as on most keyboards."""
    return QKeySequence(key.replace("Return", "Enter")).toString(QKeySequence.SequenceFormat.NativeText)


def pressed(event: QKeyEvent) -> str:
    """The key of an event, as it is kept; "" for Shift, Ctrl and the like alone.

    Backtab is Shift+Tab; a sign that needs Shift on this keyboard, such as "?", is the sign alone.
    """
    key, modifiers = Qt.Key(event.key()), event.modifiers() & ~_KEYPAD
    if key in _BARE:
        return ""
    if key == Qt.Key.Key_Backtab:
        key, modifiers = Qt.Key.Key_Tab, modifiers | _SHIFT
    sign = chr(key) if 0x20 < key < 0x7F else ""
    if sign and not sign.isalnum():
        modifiers &= ~_SHIFT
    return QKeySequence(int(key) | int(modifiers.value)).toString(QKeySequence.SequenceFormat.PortableText)


def meet(one: Where, other: Where) -> bool:
    """Whether keys of two places are ever heard at the same moment; the review's own come before the map's."""
    return not ("review" in (one, other) and _NOT_WITH_REVIEW & {one, other})


@dataclass(frozen=True, slots=True)
class KeyMap:
    """All commands with their keys.

    Attributes:
        commands: in the order of the menus.
        chosen: keys that the user gave, by name; names of commands that this version lacks are kept.
    """

    commands: tuple[Command, ...]
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def command(self, name: str) -> Command:
        """The command of this name; KeyError for none."""
        for command in self.commands:
            if command.name == name:
                return command
        raise KeyError(name)

    def keys(self, name: str) -> tuple[str, ...]:
        """The keys of a command now."""
        found = self.chosen.get(name)
        return self.command(name).usual if found is None else found

    def is_usual(self, name: str) -> bool:
        """Whether a command has the keys of a fresh installation."""
        return self.keys(name) == self.command(name).usual

    def with_keys(self, name: str, keys: Iterable[str]) -> KeyMap:
        """The same with other keys for one command; what are no keys, and repetitions, are left out."""
        wanted = tuple(dict.fromkeys(filter(None, map(portable, keys))))
        others = {known: held for known, held in self.chosen.items() if known != name}
        if wanted != self.command(name).usual:
            others[name] = wanted
        return replace(self, chosen=others)

    def as_usual(self, name: str | None = None) -> KeyMap:
        """The same with the usual keys for one command, or for all."""
        return replace(self, chosen={}) if name is None else self.with_keys(name, self.command(name).usual)

    def taken(self, key: str, name: str) -> KeyMap:
        """The same with a key given to one command, and taken from whoever had it in the same place."""
        made = self
        for other in self.users(key, name):
            made = made.with_keys(other.name, (held for held in made.keys(other.name) if held != key))
        return made.with_keys(name, (*made.keys(name), key))

    def users(self, key: str, name: str) -> tuple[Command, ...]:
        """Other commands that hear this key where the named one would."""
        where = self.command(name).where
        return tuple(
            command
            for command in self.commands
            if command.name != name and meet(where, command.where) and key in self.keys(command.name)
        )

    def conflicts(self) -> tuple[Conflict, ...]:
        """Every pair of commands that want the same key in the same place."""
        found: list[Conflict] = []
        users: dict[str, list[Command]] = {}
        for command in self.commands:
            for key in self.keys(command.name):
                earlier = users.setdefault(key, [])
                found += [Conflict(key, one, command) for one in earlier if meet(one.where, command.where)]
                earlier.append(command)
        return tuple(found)

    def is_fixed(self, key: str, name: str) -> bool:
        """Whether a key belongs to moving the map, to gestures or to the review's digits: no command can have it.

        A key that the command has had from the start stays allowed.
        """
        command = self.command(name)
        if key in command.usual:
            return False
        if command.where == "review":
            return key in _FIXED_IN_REVIEW
        return key in _FIXED
