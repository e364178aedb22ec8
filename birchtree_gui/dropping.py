"""Files dropped on the window: what they are and what dropping them will do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from birchtree_gui.dialogs import places
from birchtree_gui.widgets.map_area import DropOverlay

Kind = Literal["open", "import", "refuse"]
_ELEVATION_WORDS = ("dsm", "dtm", "dem", "surface", "terrain")


@dataclass(frozen=True, slots=True)
class DropPlan:
    """What dropping some files means; `path` is the one that is opened or imported."""

    kind: Kind
    path: Path | None
    sentence: str


def _tr(text: str) -> str:
    return QCoreApplication.translate("Dropping", text)


def plan(paths: list[Path], *, plot_is_open: bool, can_edit: bool) -> DropPlan:
    """Decide what dropping these files will do: a plot first, then an orthomosaic, then crowns to import."""
    for path in paths:
        if places.is_project(path):
            return DropPlan("open", path, _tr("Open the plot {name}").format(name=path.name))
    rasters = [path for path in paths if places.is_raster(path)]
    if rasters:
        # With an orthomosaic and its DSM dropped together, the DSM is the one with an elevation word in its name.
        pictures = [path for path in rasters if not any(word in path.stem.lower() for word in _ELEVATION_WORDS)]
        ortho = (pictures or rasters)[0]
        return DropPlan("open", ortho, _tr("Open {name} as a plot").format(name=ortho.name))
    vectors = [path for path in paths if places.is_vector(path)]
    if vectors and can_edit:
        return DropPlan(
            "import", vectors[0], _tr("Import the crowns of {name} into this plot").format(name=vectors[0].name)
        )
    if vectors and plot_is_open:
        return DropPlan("refuse", None, _tr("This plot cannot take crowns now"))
    if vectors:
        return DropPlan("refuse", None, _tr("Open a plot first, then drop its crowns here"))
    return DropPlan("refuse", None, _tr("BirchTree opens GeoTIFFs, .birch.gpkg plots and vector files"))


def _paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class DropTarget(QObject):
    """Watches a window for dragged files (as an event filter)."""

    def __init__(
        self,
        window: QWidget,
        overlay: DropOverlay,
        make_plan: Callable[[list[Path]], DropPlan],
        carry_out: Callable[[DropPlan], None],
    ) -> None:
        super().__init__(window)
        self._overlay = overlay
        self._plan = make_plan
        self._carry_out = carry_out
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say what will happen, and do it on the drop."""
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._overlay.hide()
            event.acceptProposedAction()
            self._carry_out(self._plan(_paths(event.mimeData())))
            return True
        if isinstance(event, QDragEnterEvent) or (
            isinstance(event, QDragMoveEvent) and event.type() == QEvent.Type.DragMove
        ):
            return self._hover(event)
        if event.type() == QEvent.Type.DragLeave:
            self._overlay.hide()
        return super().eventFilter(watched, event)

    def _hover(self, event: QDragMoveEvent) -> bool:
        paths = _paths(event.mimeData())
        if not paths:
            return False
        made = self._plan(paths)
        self._overlay.announce(made.sentence)
        event.setAccepted(made.kind != "refuse")
        return True
