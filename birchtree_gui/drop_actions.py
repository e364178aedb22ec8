"""Carries out what dropping files was said to do; also how the command line and a second start open files."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QGuiApplication

from birchtree_gui.dialogs.manage_models import ManageModelsDialog
from birchtree_gui.dropping import DropPlace, DropPlan, plan
from birchtree_gui.widgets.message_bar import Message

if TYPE_CHECKING:
    from birchtree_gui.main_window import MainWindow


class DropActions(QObject):
    """Plans and their end."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._document = window.services.document

    def plan(self, paths: list[Path], other: bool = False) -> DropPlan:
        """What dropping these files would do now; `other` is the other way, as with Shift held."""
        document, plot = self._document, self._document.plot
        can_edit = document.is_editable and not self._window.services.runs.is_busy
        return plan(paths, DropPlace(document.is_open, can_edit, None if plot is None else plot.sources, other))

    def carry_out(self, made: DropPlan) -> None:
        """Do it; what cannot be done is said in the message bar, since the overlay is gone."""
        window = self._window
        if made.path is None:
            window.messages.show_message(Message("warning", f"{made.sentence}."))
        elif made.kind == "open":
            window.files.open_path(made.path, made.sources)
        elif made.kind == "import":
            window.services.runs.import_crowns(made.path)
        elif made.kind in ("aoi", "raster") and made.sources is not None:
            window.plot.use_rasters(made.sources, self._document.project.path)
        elif made.kind == "model":
            window.models.manage()
            dialog = window.findChildren(ManageModelsDialog)[-1]
            dialog.add(made.path)
        elif made.kind == "learn":
            self._learn(made.paths)
        elif made.kind == "set":
            self._tell_of_set(made.path)

    def _learn(self, plots: tuple[Path, ...]) -> None:
        self._window.improve.improve()
        dialog = self._window.improve.dialog
        if dialog is not None:
            for path in plots:
                dialog.choose.add_plot(path)

    def _tell_of_set(self, folder: Path) -> None:
        command = f"birchtree train {shlex.quote(str(folder))} --task crowns -o MODEL"
        text = self.tr(
            "{name} is a training set, made for the command line and for other programs: {command}. The window learns "
            "from plots themselves: Models, Improve the model."
        )
        copy = QAction(self.tr("Copy the command"), self)
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(command))
        message = Message("info", text.format(name=folder.name, command=command), copy)
        self._window.messages.show_message(message)
