"""LabelRoom: which labels are written: those that fit into their crown and do not cover one written before."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QFontMetrics

# A label may be this much wider than its crown: crowns have gaps between them.
_SPARE = 1.15
_PADDING = 3


class LabelRoom:
    """What is taken already, in cells a label high; crowns come largest first, so those keep their label."""

    def __init__(self) -> None:
        self._taken: set[tuple[int, int]] = set()

    def fitting(
        self,
        texts: Sequence[str],
        middles: npt.NDArray[np.float64],
        sizes: npt.NDArray[np.float64],
        metrics: QFontMetrics,
    ) -> list[str]:
        """The texts, "" where there is no room; (N, 2) middles and sizes of their crowns in device pixels."""
        height = metrics.height()
        shown = []
        for text, (x, y), (across, down) in zip(texts, middles.tolist(), sizes.tolist(), strict=True):
            width = metrics.horizontalAdvance(text) + _PADDING if text else 0
            fits = bool(text) and width <= across * _SPARE and height <= down
            shown.append(text if fits and self._take(x, y, width, height) else "")
        return shown

    def _take(self, x: float, y: float, width: float, height: float) -> bool:
        first, last = int((x - width / 2) // height), int((x + width / 2) // height)
        top, bottom = int((y - height * 0.4) // height), int((y + height * 0.4) // height)
        cells = {(col, row) for col in range(first, last + 1) for row in range(top, bottom + 1)}
        if cells & self._taken:
            return False
        self._taken |= cells
        return True
