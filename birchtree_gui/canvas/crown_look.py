"""CrownLook: line widths, colours and level of detail of drawn crowns, for crowns, selected ones and those of a run."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from birchtree_gui.canvas import colours

# Mean side of a crown on screen, in screen pixels, at which the next level of detail begins.
# Labels begin early: each is written only where it fits into its crown.
COARSE_FROM, FULL_FROM, LABEL_FROM = 6.0, 20.0, 26.0


class Detail(Enum):
    """How much of a crown is drawn: a dot, a thin outline of eight corners, or all of it."""

    DOTS = 0
    COARSE = 1
    FULL = 2


def detail_for(side_screen: float) -> Detail:
    """The level of detail for crowns of this side in screen pixels."""
    if side_screen < COARSE_FROM:
        return Detail.DOTS
    return Detail.COARSE if side_screen < FULL_FROM else Detail.FULL


@dataclass(frozen=True, slots=True)
class CrownLook:
    """Widths in screen pixels, opacities 0..1.

    Attributes:
        palette: what `Marks.colour` points into.
        line, casing: widths; the casing lies under the line, so that it reads on bright and on dark ground.
        casing_colour: dark for crowns, the accent for selected ones.
        fill: opacity of the inside.
        fills_small: whether crowns that are too small for details are filled as well.
        opacity: of the line.
        labelled: whether large crowns carry their text.
        larger_dots: screen pixels by which dots are larger than usual.
    """

    palette: tuple[str, ...]
    line: float = 1.5
    casing: float = 3.0
    casing_colour: str = colours.CASING
    casing_opacity: float = 0.5
    fill: float = 0.18
    fills_small: bool = False
    opacity: float = 1.0
    labelled: bool = True
    larger_dots: float = 0.0


def crowns_look(palette: tuple[str, ...], *, thematic: bool) -> CrownLook:
    """Crowns of the table; `thematic` colours tell a value, which reads better from the inside than from the border."""
    return CrownLook(palette, fill=0.5, fills_small=True) if thematic else CrownLook(palette)


def selected_look(accent: str) -> CrownLook:
    """Selected crowns: white in an accent casing, nothing inside that would hide the imagery."""
    return CrownLook(
        (colours.SELECTED,),
        line=2.0,
        casing=5.0,
        casing_colour=accent,
        casing_opacity=1.0,
        fill=0.0,
        labelled=False,
        larger_dots=1.0,
    )


def staged_look() -> CrownLook:
    """Outlines of a run in progress: lighter, since seams are not merged yet."""
    return CrownLook(
        (colours.STAGED,), line=1.0, casing=2.0, casing_opacity=0.25, fill=0.06, opacity=0.85, labelled=False
    )
