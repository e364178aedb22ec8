"""Commands in groups, as a person looks for them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from birchtree_gui.keys.keymap import Command, KeyMap, Where, native


def _tr(text: str) -> str:
    return QCoreApplication.translate("KeyGroups", text)


def _titles() -> dict[str, str]:
    return {
        "tool": _tr("Tools"),
        "crowns": _tr("Crowns"),
        "review": _tr("Review"),
        "edit": _tr("Edit"),
        "view": _tr("View"),
        "file": _tr("File"),
        "models": _tr("Models"),
        "plot": _tr("Plot"),
        "help": _tr("Help"),
    }


def grouped(keymap: KeyMap) -> tuple[tuple[str, tuple[Command, ...]], ...]:
    """(title, commands) in the order of use; what belongs nowhere else goes with the plot."""
    titles = _titles()
    groups: dict[str, list[Command]] = {name: [] for name in titles}
    for command in keymap.commands:
        prefix = command.name.partition(".")[0]
        groups[prefix if prefix in groups else "plot"].append(command)
    return tuple((titles[name], tuple(commands)) for name, commands in groups.items() if commands)


def place(where: Where) -> str:
    """Where a key is heard, in words."""
    return {
        "window": _tr("everywhere"),
        "map": _tr("on the map"),
        "held": _tr("on the map, while held"),
        "review": _tr("in the review"),
    }[where]


def keys_text(keymap: KeyMap, name: str) -> str:
    """The keys of a command as the user's system writes them."""
    return ",  ".join(native(key) for key in keymap.keys(name))


def found(wanted: str, title: str, keys: tuple[str, ...]) -> bool:
    """Whether a search finds a command: by words of its title, or by a key typed as it is written."""
    words = wanted.casefold().split()
    spelled = {key.casefold() for key in keys} | {native(key).casefold() for key in keys}
    return all(word in title.casefold() for word in words) or "".join(words) in {
        key.replace(" ", "") for key in spelled
    }
