"""Files dropped on the window: what they are and what dropping them will do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from birchtree_gui.dialogs import places
from birchtree_gui.widgets.map_area import DropOverlay
from inference.plot.sources import PlotSources, orthomosaics_in, role_of
from inference.project.naming import is_named_as_project

Kind = Literal["open", "import", "aoi", "raster", "model", "learn", "set", "refuse"]
_AREA_WORDS = ("aoi", "boundary", "perimeter", "extent", "area", "roi", "limite", "limites", "contour", "perimetro")
_MODEL_SUFFIXES = (".zip", ".onnx")
_CARD, _MANIFEST = "card.json", "manifest.json"
_MOST_LISTED = 2000


@dataclass(frozen=True, slots=True)
class DropPlan:
    """What dropping some files means.

    Attributes:
        kind: "open" a plot or an orthomosaic; "import" crowns; "aoi" and "raster" give the open plot another area of
            interest, DSM or DTM; "model" installs one; "learn" from plots; "set" tells what a training set is for.
        path: the file or folder that it is about; None when nothing is done.
        sentence: what will happen, for the user.
        sources: rasters that came together, for "open" and "raster".
        paths: plots to learn from.
    """

    kind: Kind
    path: Path | None
    sentence: str
    sources: PlotSources | None = None
    paths: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class DropPlace:
    """What the window could do with something dropped now.

    Attributes:
        plot_is_open, can_edit: whether there is a plot, and whether it takes changes.
        sources: its files.
        other: Shift is held: the other way of taking a vector file.
    """

    plot_is_open: bool = False
    can_edit: bool = False
    sources: PlotSources | None = None
    other: bool = False


def _tr(text: str) -> str:
    return QCoreApplication.translate("Dropping", text)


def plan(paths: list[Path], place: DropPlace) -> DropPlan:
    """Decide what dropping these files will do: a plot first, then rasters, crowns, models and folders."""
    for path in paths:
        if not _has_readable_name(path):
            text = _tr("The name {name} has letters from another system. Rename it, then drop it again")
            return DropPlan("refuse", None, text.format(name=path.name.encode("utf-8", "replace").decode()))
    for path in paths:
        if is_named_as_project(path):
            return DropPlan("open", path, _tr("Open the plot {name}").format(name=path.name))
    rasters = [path for path in paths if places.is_raster(path)]
    vectors = [path for path in paths if places.is_vector(path)]
    if rasters:
        return _of_rasters(rasters, vectors, place)
    if vectors:
        return _of_vector(vectors[0], place)
    for path in paths:
        if path.suffix.lower() in _MODEL_SUFFIXES:
            return DropPlan("model", path, _tr("Install the model {name}").format(name=path.name))
        if path.is_dir():
            return _of_folder(path)
    return DropPlan(
        "refuse", None, _tr("BirchTree takes GeoTIFFs, .birch.gpkg plots, vector files, models and folders of these")
    )


def _has_readable_name(path: Path) -> bool:
    """Whether the whole path is text: bytes of another encoding come as lone surrogates, or as the sign for them.

    Neither GDAL nor the project file could name such a file again.
    """
    text = str(path)
    return text.isascii() or not (any("\ud800" <= letter <= "\udfff" for letter in text) or "\ufffd" in text)


def _of_rasters(rasters: list[Path], vectors: list[Path], place: DropPlace) -> DropPlan:
    roles = {role_of(path): path for path in reversed(rasters)}
    # With an orthomosaic and its DSM dropped together, the DSM is the one with an elevation word in its name.
    pictures = [path for path in rasters if role_of(path) == "other"]
    dsm, dtm = roles.get("dsm"), roles.get("dtm")
    if not pictures and (dsm or dtm) and place.sources is not None and place.can_edit:
        sources = PlotSources(
            place.sources.ortho, dsm or place.sources.dsm, dtm or place.sources.dtm, place.sources.aoi
        )
        names = ", ".join(path.name for path in (dsm, dtm) if path is not None)
        text = _tr("Use {name} as the elevation of this plot").format(name=names)
        return DropPlan("raster", dsm or dtm, text, sources)
    ortho = (pictures or rasters)[0]
    parts = [path for path in (dsm, dtm, vectors[0] if vectors else None) if path is not None and path != ortho]
    text = _tr("Open {name} as a plot").format(name=ortho.name)
    if parts:
        text = _tr("Open {name} as a plot, with {others}")
        text = text.format(name=ortho.name, others=", ".join(path.name for path in parts))
    aoi = vectors[0] if vectors else None
    sources = PlotSources(ortho, dsm if dsm != ortho else None, dtm if dtm != ortho else None, aoi)
    return DropPlan("open", ortho, text, sources)


def _of_vector(vector: Path, place: DropPlace) -> DropPlan:
    if not place.plot_is_open:
        return DropPlan("refuse", None, _tr("Open a plot first, then drop its crowns here"))
    if not place.can_edit:
        return DropPlan("refuse", None, _tr("This plot cannot take crowns now"))
    named_area = any(word in vector.stem.lower() for word in _AREA_WORDS)
    if named_area != place.other and place.sources is not None:
        old = place.sources
        text = _tr("Use {name} as the area of interest of this plot. With Shift: import its shapes as crowns")
        sources = PlotSources(old.ortho, old.dsm, old.dtm, vector)
        return DropPlan("aoi", vector, text.format(name=vector.name), sources)
    text = _tr("Import the crowns of {name} into this plot. With Shift: use it as the area of interest")
    return DropPlan("import", vector, text.format(name=vector.name))


def _of_folder(folder: Path) -> DropPlan:
    """A model, a training set, plots or a survey, by what lies in the folder."""
    try:
        files = [path for path, _ in zip(folder.iterdir(), range(_MOST_LISTED), strict=False)]
        orthos = orthomosaics_in(folder)
    except OSError:
        return DropPlan("refuse", None, _tr("The folder {name} cannot be read").format(name=folder.name))
    names = {path.name for path in files}
    if _CARD in names:
        return DropPlan("model", folder, _tr("Install the model of the folder {name}").format(name=folder.name))
    if _MANIFEST in names:
        return DropPlan("set", folder, _tr("{name} is a training set: see what it is for").format(name=folder.name))
    plots = sorted(path for path in files if is_named_as_project(path))
    if len(plots) > 1:
        text = _tr("Let a model learn from the {count} plots of {name}")
        return DropPlan("learn", folder, text.format(count=len(plots), name=folder.name), paths=tuple(plots))
    if plots:
        return DropPlan("open", plots[0], _tr("Open the plot {name}").format(name=plots[0].name))
    if len(orthos) == 1:
        return DropPlan("open", orthos[0], _tr("Open {name} as a plot").format(name=orthos[0].name))
    return DropPlan(
        "refuse", None, _tr("{name} holds neither one survey, plots, a model nor a training set").format(
            name=folder.name)
    )  # fmt: skip


def _paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _with_shift(event: QDropEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)


class DropTarget(QObject):
    """Watches a window for dragged files (as an event filter)."""

    def __init__(
        self,
        window: QWidget,
        overlay: DropOverlay,
        make_plan: Callable[[list[Path], bool], DropPlan],
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
            self._carry_out(self._plan(_paths(event.mimeData()), _with_shift(event)))
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
        made = self._plan(paths, _with_shift(event))
        self._overlay.announce(made.sentence)
        event.setAccepted(made.kind != "refuse")
        return True
