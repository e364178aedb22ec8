"""EditOptions: what the editing tools of a map have in common, and what is kept between two uses of a tool."""

from __future__ import annotations

from dataclasses import dataclass, field

BRUSH_M = (0.1, 10.0)
"""Least and largest radius of the brush, metres."""


@dataclass(slots=True)
class OwnKeys:
    """Keys that the map hears by itself, as `keymap.pressed` writes them; the user's shortcuts are put in here.

    Attributes:
        peek: the relief is shown while one is held.
        hide: crowns are left off while one is held.
        merge: pressed once more, the key of the merge tool merges.
    """

    peek: tuple[str, ...] = ("D",)
    hide: tuple[str, ...] = ("C",)
    merge: tuple[str, ...] = ("M",)


@dataclass(slots=True)
class EditOptions:
    """One for each map; the only state that tools share.

    Attributes:
        keeps_apart: new and changed outlines end where other crowns begin, and shared borders move together.
        brush_m: radius of the brush on the ground, metres.
        keys: what the map hears besides the menus' shortcuts.
    """

    keeps_apart: bool = True
    brush_m: float = 0.8
    keys: OwnKeys = field(default_factory=OwnKeys)

    def scale_brush(self, factor: float) -> None:
        """Make the brush larger or smaller, within its limits."""
        least, largest = BRUSH_M
        self.brush_m = min(max(self.brush_m * factor, least), largest)
