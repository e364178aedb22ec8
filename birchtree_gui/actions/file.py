"""The File menu: open, sample, recent, import, export, copy, close, quit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMainWindow

from birchtree_gui.actions.needs import Need, PlotNeeds, no_run, reason
from birchtree_gui.actions.registry import ActionSpec
from birchtree_gui.dialogs import places
from birchtree_gui.dialogs.export import ExportDialog
from birchtree_gui.dialogs.open_plot import OpenPlotDialog
from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.background import Background
from birchtree_gui.jobs.plot_runs import PlotRuns
from birchtree_gui.jobs.sample_plot import SamplePlotMaker
from birchtree_gui.settings import SettingsStore
from birchtree_gui.widgets.message_bar import Message, MessageBar
from inference.errors import BirchtreeError
from inference.plot.sources import PlotSources
from inference.project.naming import SUFFIX, is_named_as_project


def _copy(path: Path, target: Path) -> Path:
    from inference.project.store import Project

    with Project.open(path, read_only=True) as project:
        project.save_copy(target)
    return target


class FileActions(QObject):
    """What the File menu does."""

    def __init__(
        self,
        document: PlotDocument,
        settings: SettingsStore,
        runs: PlotRuns,
        sample: SamplePlotMaker,
        messages: MessageBar,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._document = document
        self._settings = settings
        self._runs = runs
        self._sample = sample
        self._messages = messages
        self._window = window
        self._background = Background("copy", self)
        self._moved: dict[Path, Path] = {}
        document.openFailed.connect(self._tell_failure)
        runs.exported.connect(self._tell_exported)
        sample.ready.connect(self._open_sample)

    def specs(self) -> tuple[ActionSpec, ...]:
        """The actions of this menu."""
        keys, needs = QKeySequence.StandardKey, PlotNeeds(self._document)
        opened, editable = needs.opened, (*needs.editable, no_run(lambda: self._runs.is_busy))
        return (
            ActionSpec(
                "file.open",
                self.tr("&Open a plot…"),
                self.ask_open,
                (keys.Open,),
                "open",
                self.tr("Open an orthomosaic or a BirchTree plot"),
            ),
            ActionSpec(
                "file.sample",
                self.tr("Try the &sample plot"),
                self._sample.start,
                (),
                "sample",
                self.tr("Make a small forest with known crowns and open it"),
                (Need(lambda: not self._sample.is_busy, reason("The sample plot is being made.")),),
            ),
            ActionSpec(
                "file.import",
                self.tr("&Import crowns…"),
                self.ask_import,
                (),
                "import",
                self.tr("Add crowns from any vector file"),
                editable,
            ),
            ActionSpec(
                "file.import_corrections",
                self.tr("Import co&rrections…"),
                self.ask_corrections,
                (),
                "import",
                self.tr("Take back crowns that were exported and corrected in a GIS: what the file lacks is deleted"),
                editable,
            ),
            ActionSpec(
                "file.export",
                self.tr("&Export crowns…"),
                self.ask_export,
                ("Ctrl+E",),
                "export",
                self.tr("Write shapefile, GeoPackage, GeoJSON, CSV or COCO"),
                opened,
            ),
            ActionSpec(
                "file.copy",
                self.tr("Save a &copy of the plot…"),
                self.ask_copy,
                ("Ctrl+Shift+S",),
                "copy",
                self.tr("The plot itself is saved after every edit"),
                opened,
            ),
            ActionSpec("file.save", self.tr("Sa&ve"), self.tell_saved, (keys.Save,), "", "", opened),
            ActionSpec("file.folder", self.tr("Show in &folder"), self.show_folder, (), "folder", "", opened),
            ActionSpec("file.close", self.tr("&Close plot"), self._document.close, (keys.Close,), "close", "", opened),
            ActionSpec("file.quit", self.tr("&Quit"), self._window.close, ("Ctrl+Q",)),
        )

    # ---- opening

    def ask_open(self) -> None:
        """Let the user choose an orthomosaic or a plot."""
        start = self._settings.value.plots_folder
        name, _ = QFileDialog.getOpenFileName(self._window, self.tr("Open a plot"), start, places.plot_filter())
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path, sources: PlotSources | None = None) -> None:
        """Open a plot at once; ask about the rasters of an orthomosaic first, of which some may be known."""
        path = Path(path)
        self._settings.change(lambda settings: replace(settings, plots_folder=str(path.parent)))
        if self._document.is_open and self._document.project.path == path:
            text = self.tr("{name} is open already.").format(name=path.name)
            self._messages.show_message(Message("info", text))
            return
        if is_named_as_project(path):
            self._document.open_project(path)
        else:
            dialog = OpenPlotDialog(sources or PlotSources(path), self._window)
            dialog.chosen.connect(self._document.open_ortho)
            dialog.existingChosen.connect(self._document.open_project)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def open_recent(self, path: Path) -> None:
        """Open a recent plot, or let the user show where it is now."""
        if path.exists():
            self.open_path(path)
            return
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Where is {name} now?").format(name=path.name), str(path.parent), places.plot_filter()
        )
        if name:
            self._settings.change(
                lambda settings: replace(settings, recent=tuple(one for one in settings.recent if one != str(path)))
            )
            self.open_path(Path(name))

    def _open_sample(self, project: Path, sources: PlotSources) -> None:
        if project.exists():
            self._document.open_project(project)
        else:
            self._document.open_ortho(sources, project)

    def _tell_failure(self, path: Path, error: BirchtreeError) -> None:
        action = None
        if error.code == "project.raster_missing":
            action = QAction(self.tr("Find it…"), self)
            action.triggered.connect(lambda: self._find_raster(path, error))
        self._messages.show_message(Message("error", str(error), action))

    def _find_raster(self, project: Path, error: BirchtreeError) -> None:
        """Ask where a moved raster is now and open the plot with it."""
        lost = Path(str(error.facts.get("path", "")))
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Where is {name} now?").format(name=lost.name),
            str(project.parent),
            places.raster_filter(),
        )
        if name:
            self._moved[lost] = Path(name)
            self._document.open_moved(project, self._moved)

    # ---- crowns in and out

    def ask_import(self) -> None:
        """Let the user choose a vector file."""
        start = self._settings.value.export_folder
        name, _ = QFileDialog.getOpenFileName(self._window, self.tr("Import crowns"), start, places.vector_filter())
        if name:
            self._runs.import_crowns(Path(name))

    def ask_corrections(self) -> None:
        """Let the user choose an export of this plot that was corrected elsewhere."""
        start = self._settings.value.export_folder
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Import corrections"), start, places.vector_filter()
        )
        if name:
            self._runs.import_crowns(Path(name), corrected=True)

    def ask_export(self) -> None:
        """Show the export dialog."""
        folder = Path(self._settings.value.export_folder or self._document.project.path.parent)
        dialog = ExportDialog(self._document, folder, self._window)
        dialog.exportAsked.connect(self._export)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _export(self, target: Path, reviewed_only: bool) -> None:
        self._settings.change(lambda settings: replace(settings, export_folder=str(target.parent)))
        self._runs.export(target, reviewed_only=reviewed_only)

    def _tell_exported(self, target: Path, sentence: str) -> None:
        action = QAction(self.tr("Open folder"), self)
        action.triggered.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(target.parent))))
        self._messages.show_message(Message("success", sentence, action))

    # ---- the plot's file

    def ask_copy(self) -> None:
        """Write the plot as it is now to another file."""
        path = self._document.project.path
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save a copy"), str(path.parent), f"BirchTree (*{SUFFIX})"
        )
        if not name:
            return
        target = Path(name if is_named_as_project(Path(name)) else name + SUFFIX)
        self._background.run(lambda: _copy(path, target), self._tell_copied, self._tell_error)

    def _tell_copied(self, target: Path) -> None:
        self._messages.show_message(Message("success", self.tr("Copy saved as {name}.").format(name=target.name)))

    def _tell_error(self, error: BirchtreeError) -> None:
        self._messages.show_message(Message("error", str(error)))

    def tell_saved(self) -> None:
        """Answer the habit of pressing Ctrl+S."""
        name = self._document.project.path.name
        text = self.tr("Every edit is saved at once in {name}; there is nothing left to save.").format(name=name)
        self._messages.show_message(Message("info", text))

    def shut_down(self) -> None:
        """End the thread."""
        self._background.shut_down()

    def show_folder(self) -> None:
        """Show the plot's folder in the file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._document.project.path.parent)))
