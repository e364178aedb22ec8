"""What mouse and fixed keys do in every tool, and a tool's own lines: one source for keys dialog and overlay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

# Hints put several gestures into one line with so much space between them, and a colon between key and meaning.
_BETWEEN = "    "
_COLON = ": "


@dataclass(frozen=True, slots=True)
class Gesture:
    """A key or a movement of the mouse, and what it does; `how` is "" for a sentence that names both."""

    how: str
    what: str


def _tr(text: str) -> str:
    return QCoreApplication.translate("Gestures", text)


def everywhere() -> tuple[Gesture, ...]:
    """What mouse and fixed keys do in every tool."""
    return (
        Gesture(_capital(_tr("wheel")), _tr("Zoom at the cursor")),
        Gesture(_capital(_tr("middle-drag")), _tr("Move the map")),
        Gesture(_tr("Space+drag"), _tr("Move the map")),
        Gesture(_capital(_tr("arrows, + -")), _tr("Move and zoom")),
        Gesture("1 – 9", _tr("Species that the model holds likely")),
        Gesture(_tr("Shift+1 – 9"), _tr("Species of the list")),
        Gesture(_tr("Backspace"), _tr("Take the last point back")),
        Gesture(_tr("Esc"), _tr("Cancel; then select nothing")),
    )


def of_hints(lines: Iterable[str]) -> tuple[Gesture, ...]:
    """The gestures that some hints name, each once: "Click: select    Del: delete" has two."""
    found: dict[tuple[str, str], Gesture] = {}
    for line in lines:
        for part in filter(None, (part.strip() for part in line.split(_BETWEEN))):
            how, colon, what = part.partition(_COLON)
            made = Gesture(_capital(how.strip()), _capital(what.strip())) if colon else Gesture("", part)
            found.setdefault((made.how.casefold(), made.what.casefold()), made)
    return tuple(found.values())


def in_a_line(hint: str) -> str:
    """A hint as the line below the map writes it: each gesture begins with a capital, like the keys beside it."""
    return _BETWEEN.join(_capital(part) for part in hint.split(_BETWEEN))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
