"""EditOptions: what the editing tools of a map have in common, and what is kept between two uses of a tool."""

from __future__ import annotations

from dataclasses import dataclass

BRUSH_M = (0.1, 10.0)
"""Least and largest radius of the brush, metres."""


@dataclass(slots=True)
class EditOptions:
    """One for each map; the only state that tools share.

    Attributes:
        keeps_apart: new and changed outlines end where other crowns begin, and shared borders move together.
        brush_m: radius of the brush on the ground, metres.
    """

    keeps_apart: bool = True
    brush_m: float = 0.8

    def scale_brush(self, factor: float) -> None:
        """Make the brush larger or smaller, within its limits."""
        least, largest = BRUSH_M
        self.brush_m = min(max(self.brush_m * factor, least), largest)
