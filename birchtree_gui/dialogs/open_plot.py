"""The dialog that confirms which rasters make up a plot and where its file goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from birchtree_gui.dialogs import places
from birchtree_gui.dialogs.room import give_room
from birchtree_gui.jobs.background import Background
from birchtree_gui.widgets.emphasis import make_primary
from inference.errors import BirchtreeError
from inference.plot.sources import PlotSources, guess_elevation
from inference.project.naming import SUFFIX, is_named_as_project

Guess = tuple[Path | None, Path | None]


class FileLine(QWidget):
    """A path that can be typed, chosen or left empty.

    Signals:
        changed().
    """

    changed = Signal()

    def __init__(self, title: str, placeholder: str, *, saves: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = title
        self._saves = saves
        self.edit = QLineEdit(self)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(title)
        self.edit.setClearButtonEnabled(not saves)
        self._browse = QPushButton(self.tr("Choose…"), self)
        self._browse.setAccessibleName(self.tr("Choose {what}").format(what=title))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.edit, 1)
        layout.addWidget(self._browse)
        self.edit.textChanged.connect(self.changed)
        self._browse.clicked.connect(self._choose)

    @property
    def path(self) -> Path | None:
        """The path, or None when the line is empty."""
        text = self.edit.text().strip()
        return Path(text) if text else None

    def set_path(self, path: Path | None) -> None:
        """Show a path."""
        self.edit.setText("" if path is None else str(path))
        self.edit.setCursorPosition(len(self.edit.text()))

    def _choose(self) -> None:
        start = str(self.path or "")
        if self._saves:
            chosen, _ = QFileDialog.getSaveFileName(self, self._title, start, f"BirchTree (*{SUFFIX})")
        else:
            chosen, _ = QFileDialog.getOpenFileName(self, self._title, start, places.raster_filter())
        if chosen:
            self.set_path(Path(chosen))


class OpenPlotDialog(QDialog):
    """Orthomosaic, DSM and DTM, with guesses from the names beside the orthomosaic.

    Signals:
        chosen(PlotSources, Path): the rasters, and where the plot's file goes.
        existingChosen(Path): the plot's file is there already and shall be opened.
    """

    chosen = Signal(object, object)
    existingChosen = Signal(object)

    def __init__(self, sources: PlotSources, parent: QWidget | None = None, *, project: Path | None = None) -> None:
        """`project`: the plot whose rasters are changed; None for a new plot, whose elevation is then guessed."""
        super().__init__(parent)
        self._changes = project
        self._aoi = sources.aoi
        self.setWindowTitle(self.tr("Open a plot") if project is None else self.tr("Rasters of this plot"))
        self._background = Background("guess", self)
        self._ortho = FileLine(self.tr("Orthomosaic"), "", saves=False, parent=self)
        self._dsm = FileLine(
            self.tr("DSM"), self.tr("none: no heights, and only models that need no DSM"), saves=False, parent=self
        )
        self._dtm = FileLine(
            self.tr("DTM"), self.tr("none: the ground is estimated from the DSM"), saves=False, parent=self
        )
        self._project = FileLine(self.tr("Plot file"), "", saves=True, parent=self)
        self._note = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._note.setProperty("role", "muted")
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, parent=self)
        title = self.tr("Open plot") if project is None else self.tr("Use these rasters")
        self._open = self._buttons.addButton(title, QDialogButtonBox.ButtonRole.AcceptRole)
        make_primary(self._open)
        self._lay_out()
        for line in (self._ortho, self._dsm, self._dtm, self._project):
            line.changed.connect(self._check)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.finished.connect(self._background.shut_down)
        for line, path in ((self._ortho, sources.ortho), (self._dsm, sources.dsm), (self._dtm, sources.dtm)):
            line.set_path(path)
        self._project.set_path(project or places.project_path_for(sources.ortho))
        self._project.setEnabled(project is None)
        if project is None:
            self._background.run(lambda: guess_elevation(sources.ortho), self._take_guess, self._no_guess)
        self._check()
        give_room(self, 640)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        rows = (
            (self.tr("&Orthomosaic"), self._ortho),
            (self.tr("&DSM (surface)"), self._dsm),
            (self.tr("D&TM (ground)"), self._dtm),
            (self.tr("&Plot file"), self._project),
        )
        for row, (title, line) in enumerate(rows):
            label = QLabel(title, self, textFormat=Qt.TextFormat.PlainText)
            label.setBuddy(line.edit)
            grid.addWidget(label, row, 0)
            grid.addWidget(line, row, 1)
        grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(14)
        layout.addLayout(grid)
        layout.addWidget(self._note)
        layout.addWidget(self._buttons)

    def _take_guess(self, guess: Guess) -> None:
        dsm, dtm = guess
        if self._dsm.path is None and dsm is not None:
            self._dsm.set_path(dsm)
        if self._dtm.path is None and dtm is not None:
            self._dtm.set_path(dtm)
        if dsm is not None or dtm is not None:
            self._check()

    def _no_guess(self, _error: BirchtreeError) -> None:
        """The user names the rasters; what is wrong with the orthomosaic is told when it is opened."""

    @property
    def _project_exists(self) -> bool:
        return self._changes is None and self._project.path is not None and places.is_taken(self._project.path)

    def _check(self) -> None:
        """Say what is missing, or what will happen."""
        missing = [
            line.path.name
            for line in (self._ortho, self._dsm, self._dtm)
            if line.path and not places.is_taken(line.path)
        ]
        problem = ""
        if self._ortho.path is None:
            problem = self.tr("Choose an orthomosaic.")
        elif missing:
            problem = self.tr("There is no file {name}.").format(name=missing[0])
        elif self._project.path is None or not is_named_as_project(self._project.path):
            problem = self.tr("The plot file must end in {suffix}.").format(suffix=SUFFIX)
        if problem:
            text = problem
        elif self._project_exists:
            text = self.tr("This plot file exists already: its crowns are opened, with the rasters it knows.")
        elif self._changes is not None:
            text = self.tr("The crowns stay as they are. Measure them again afterwards if the elevation is another.")
        else:
            text = self.tr(
                "All crowns and edits go into the plot file, which QGIS can open. The rasters are only read."
            )
        if self._aoi is not None and not problem:
            text += " " + self.tr("Area of interest: {name}.").format(name=self._aoi.name)
        self._note.setText(text)
        self._open.setEnabled(not problem)

    def accept(self) -> None:
        """Hand over what was chosen."""
        ortho, project = self._ortho.path, self._project.path
        if ortho is None or project is None:
            return
        super().accept()
        if self._project_exists:
            self.existingChosen.emit(project)
            return
        self.chosen.emit(PlotSources(ortho, self._dsm.path, self._dtm.path, self._aoi), project)
