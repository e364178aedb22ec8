"""Where the map goes to show one crown for judging: large enough, with its neighbours around, and without jumping."""

from __future__ import annotations

from dataclasses import replace

from birchtree_gui.canvas.view_transform import LARGEST_SCALE, ViewTransform
from inference.plot.grid import Bounds

# The scale stays while the crown takes this share of the map's smaller side; else it is made to take the middle one.
_SMALLEST, _MIDDLE, _LARGEST = 0.12, 0.25, 0.45
# A sapling is shown as if it were so large: what is around it must be seen.
_LEAST_M = 3.0


def around(view: ViewTransform, box_px: Bounds, m_per_px: float) -> ViewTransform:
    """A view with the crown in the middle.

    Args:
        view: the present one.
        box_px: the crown, (left, top, right, bottom) in level-0 pixels.
        m_per_px: metres on the ground per level-0 pixel.
    """
    left, top, right, bottom = box_px
    side_px = max(right - left, bottom - top, _LEAST_M / max(m_per_px, 1e-9))
    room = min(view.width, view.height)
    share = side_px * view.scale / room
    scale = view.scale if _SMALLEST <= share <= _LARGEST else min(_MIDDLE * room / side_px, LARGEST_SCALE)
    return replace(
        view,
        left_px=(left + right) / 2 - view.width / 2 / scale,
        top_px=(top + bottom) / 2 - view.height / 2 / scale,
        scale=scale,
    )
