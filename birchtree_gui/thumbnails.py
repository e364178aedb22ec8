"""Small pictures of plots for the welcome page, made in a thread when a plot is opened and kept in the cache."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.background import Background
from inference import paths
from inference.errors import BirchtreeError

if TYPE_CHECKING:
    from inference.plot.plot import Plot

_SIDE_PX = 240


def path_for(project: Path) -> Path:
    """Where the thumbnail of a project is kept; it may not be there."""
    name = hashlib.sha1(str(project).encode(), usedforsecurity=False).hexdigest()
    return paths.cache_dir() / "thumbnails" / f"{name}.png"


def _make(plot: Plot, target: Path) -> None:
    """Read the orthomosaic at a few hundred pixels and write it as PNG."""
    import numpy as np

    from inference.plot.style import to_rgb8

    info = plot.ortho.info
    scale = _SIDE_PX / max(info.width_px, info.height_px)
    out_w, out_h = max(1, round(info.width_px * scale)), max(1, round(info.height_px * scale))
    block = plot.ortho.read_window(0, 0, info.width_px, info.height_px, out_w, out_h, resampling="average")
    rgba = np.concatenate([to_rgb8(block, plot.stretch), 255 * block.valid[None].astype(np.uint8)])
    pixels = np.ascontiguousarray(rgba.transpose(1, 2, 0))
    target.parent.mkdir(parents=True, exist_ok=True)
    QImage(pixels.data, out_w, out_h, 4 * out_w, QImage.Format.Format_RGBA8888).save(str(target))


class ThumbnailMaker(QObject):
    """Makes the thumbnail of each plot that is opened."""

    def __init__(self, document: PlotDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._background = Background("thumbnail", self)
        document.opened.connect(self._start)
        document.closing.connect(self._background.forget)

    @property
    def is_busy(self) -> bool:
        """Whether a picture is being made."""
        return self._background.is_busy

    def shut_down(self) -> None:
        """End the thread."""
        self._background.shut_down()

    def _start(self) -> None:
        plot = self._document.plot
        target = path_for(self._document.project.path)
        if plot is not None and not target.exists():
            self._background.run(lambda: _make(plot, target), self._ignore, self._ignore)

    def _ignore(self, _: BirchtreeError | None) -> None:
        """A plot without a picture shows the placeholder."""
