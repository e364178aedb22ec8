"""The canvas's colours: one set per theme for the ground and the tools, one for crowns, which lie on imagery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor

from inference.traits.palette import SAFE_COLOURS

ColourBy = Literal["review", "height", "score", "species"]
COLOUR_BY: tuple[ColourBy, ...] = get_args(ColourBy)


@dataclass(frozen=True, slots=True)
class CanvasColours:
    """Colours as "#rrggbb" that follow the theme; neutral greys, so that the imagery's colours are judged rightly."""

    background: str
    panel: str
    panel_text: str
    panel_muted: str
    panel_border: str
    accent: str
    warning: str


LIGHT_CANVAS = CanvasColours(
    background="#c9c9c9",
    panel="#fbfbfb",
    panel_text="#1c1c1c",
    panel_muted="#5a5a5a",
    panel_border="#b4b4b4",
    accent="#1f7a3d",
    warning="#b3261e",
)
DARK_CANVAS = CanvasColours(
    background="#262626",
    panel="#1e1e1e",
    panel_text="#ececec",
    panel_muted="#a6a6a6",
    panel_border="#4a4a4a",
    accent="#4fb873",
    warning="#ff8a80",
)

CASING = "#151515"
SELECTED = "#ffffff"
STAGED = "#ffffff"
UNKNOWN = "#bdbdbd"

# From the set of Okabe and Ito for every kind of colour vision (2008); its dark ones would drown in foliage.
REVIEW_COLOURS: dict[str, str] = {
    "auto": "#f0e442",
    "accepted": "#56b4e9",
    "edited": "#e69f00",
    "added": "#cc79a7",
    "deleted": "#d55e00",
}
SPECIES_COLOURS: tuple[str, ...] = SAFE_COLOURS
# Every ninth of the ramp; between them linear in RGB. Viridis: Smith and van der Walt 2015; cividis: Nuñez et al. 2018.
_VIRIDIS = ("440154", "482878", "3e4989", "31688e", "26828e", "1f9e89", "35b779", "6ece58", "b5de2b", "fde725")
_CIVIDIS = ("00224e", "123570", "3b496c", "575d6d", "707173", "8a8678", "a59c74", "c3b369", "e1cc55", "fee838")
RAMP_STEPS = 32


def ramp(colour_by: ColourBy) -> tuple[str, ...]:
    """RAMP_STEPS colours from low to high: viridis for heights, cividis for scores."""
    anchors = np.array([_rgb(text) for text in (_CIVIDIS if colour_by == "score" else _VIRIDIS)], np.float64)
    at = np.linspace(0.0, len(anchors) - 1, RAMP_STEPS)
    channels = [np.interp(at, np.arange(len(anchors)), anchors[:, channel]).round().astype(int) for channel in range(3)]
    return tuple(f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in zip(*channels, strict=True))


def _rgb(text: str) -> tuple[int, int, int]:
    return (int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16))


def argb32(colours: tuple[str, ...], alpha: float = 1.0) -> npt.NDArray[np.uint32]:
    """Colours as premultiplied 0xAARRGGBB words, for writing into an image's memory."""
    words = []
    for text in colours:
        red, green, blue = (round(channel * alpha) for channel in _rgb(text.lstrip("#")))
        words.append(round(255 * alpha) << 24 | red << 16 | green << 8 | blue)
    return np.array(words, np.uint32)


def with_alpha(text: str, alpha: float) -> QColor:
    """A colour with opacity 0..1."""
    colour = QColor(text)
    colour.setAlphaF(alpha)
    return colour
