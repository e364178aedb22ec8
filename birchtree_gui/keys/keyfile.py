"""Keys as text: lines of the settings, and a TOML file that can be carried to another computer."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping

from PySide6.QtGui import QKeySequence

from birchtree_gui.keys.keymap import KeyMap, portable
from inference.errors import InputError

_PORTABLE = QKeySequence.SequenceFormat.PortableText
_TABLE = "keys"


def to_lines(keymap: KeyMap) -> tuple[str, ...]:
    """What the user chose, one line a command: "crowns.accept=Y; Ctrl+Return"."""
    return tuple(f"{name}={'; '.join(keys)}" for name, keys in sorted(keymap.chosen.items()))


def from_lines(lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Keys by name; lines that make no sense are left out, so that an old file never stops the window."""
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        name, sign, text = line.partition("=")
        if sign and name.strip():
            keys = QKeySequence.listFromString(text, _PORTABLE)
            found[name.strip()] = tuple(filter(None, (portable(key.toString(_PORTABLE)) for key in keys)))
    return found


def write(keymap: KeyMap) -> str:
    """Every key of every command as TOML: the whole table, so that it can be read and edited."""
    lines = ["# Shortcuts of BirchTree. Help > Shortcuts reads this file.", f"[{_TABLE}]"]
    lines += [
        f"{json.dumps(command.name)} = {json.dumps(keymap.keys(command.name))}"
        for command in keymap.commands
        if command.usual or keymap.keys(command.name)
    ]
    return "\n".join(lines) + "\n"


def read(text: str, keymap: KeyMap) -> tuple[KeyMap, tuple[str, ...]]:
    """The keys of such a file, and the names in it that this version does not know.

    Raises:
        InputError: no such file, something in it is no key, or two commands would have the same key.
    """
    table = _table(text)
    known = {command.name for command in keymap.commands}
    made = keymap.as_usual()
    for name, keys in table.items():
        if not isinstance(keys, list) or not all(isinstance(key, str) and portable(key) for key in keys):
            raise InputError("keys.not_a_key", "“{value}” for {name} is no key.", value=str(keys), name=name)
        if name in known:
            made = made.with_keys(name, keys)
    for conflict in made.conflicts():
        raise InputError(
            "keys.conflict",
            "In this file {key} stands for “{one}” and for “{other}”. Nothing was changed.",
            key=conflict.key,
            one=conflict.one.title,
            other=conflict.other.title,
        )
    return made, tuple(name for name in table if name not in known)


def _table(text: str) -> Mapping[str, object]:
    try:
        table = tomllib.loads(text).get(_TABLE)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError("keys.not_toml", "This is no file of shortcuts: {problem}.", problem=str(error)) from error
    if not isinstance(table, dict):
        raise InputError("keys.no_table", "This file has no shortcuts in it.")
    return table
