"""Improving a model with corrections, and exporting the training set: the part of the Models menu that teaches."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from birchtree_gui.actions.needs import PlotNeeds, no_run
from birchtree_gui.actions.registry import ActionSpec
from birchtree_gui.dialogs.export_set import ExportSetDialog, SetWish
from birchtree_gui.dialogs.improve_model import ImproveModelDialog
from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.job_list import JobList
from birchtree_gui.jobs.training import ModelTraining
from birchtree_gui.jobs.worker_client import WorkerFailure
from birchtree_gui.widgets.message_bar import Message, MessageBar
from inference.errors import ModelError


class ImproveActions(QObject):
    """Opens the window and tells, when it is closed, what came of the training.

    Signals:
        modelsChanged(): a model was kept.
        segmentAsked(): the user wants to outline the plot with it.
    """

    modelsChanged = Signal()
    segmentAsked = Signal()

    def __init__(self, document: PlotDocument, jobs: JobList, messages: MessageBar, window: QWidget) -> None:
        super().__init__(window)
        self._document = document
        self._jobs = jobs
        self._messages = messages
        self._window = window
        self.training = ModelTraining(document, jobs, self)
        self._dialog: ImproveModelDialog | None = None
        self._show = QAction(self.tr("Compare before and after"), self)
        self._show.triggered.connect(self.improve)
        self._look = QAction(self.tr("Show"), self)
        self._look.triggered.connect(self.improve)
        self._segment = QAction(self.tr("Segment this plot…"), self)
        self._segment.triggered.connect(self.segmentAsked)
        self.training.made.connect(self._tell_made)
        self.training.failed.connect(self._tell_failed)
        self.training.kept.connect(self._tell_kept)

    def specs(self) -> tuple[ActionSpec, ...]:
        """The actions of this part."""
        return (
            ActionSpec(
                "models.improve",
                self.tr("&Improve the model with my corrections…"),
                self.improve,
                (),
                "",
                self.tr("Let a crowns model learn from the crowns that you corrected, and compare before and after"),
            ),
            ActionSpec(
                "models.dataset",
                self.tr("E&xport training set…"),
                self.ask_export,
                (),
                "",
                self.tr("Tiles and tables of this plot, for training here or in other programs"),
                (*PlotNeeds(self._document).opened, no_run(lambda: self._jobs.running is not None)),
            ),
        )

    @property
    def dialog(self) -> ImproveModelDialog | None:
        """The window, once it was opened."""
        return self._dialog

    def improve(self) -> None:
        """Open the window, or say in one sentence what this installation lacks."""
        from inference.models.teaching import demand_training

        try:
            demand_training()
        except ModelError as error:
            self._messages.show_message(Message("warning", str(error)))
            return
        if self._dialog is None:
            self._dialog = ImproveModelDialog(self._document, self.training, self._jobs, self._window)
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()
        self._dialog.look()

    def ask_export(self) -> None:
        """Ask where the training set goes."""
        dialog = ExportSetDialog(self._document, self._window)
        dialog.exportAsked.connect(self._export)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def leave(self) -> None:
        """The main window is being closed: so is this one."""
        if self._dialog is not None:
            self._dialog.hide()

    def shut_down(self) -> None:
        """End the threads."""
        self.training.shut_down()
        if self._dialog is not None:
            self._dialog.shut_down()

    # ---- what came of it

    def _is_out_of_sight(self) -> bool:
        return self._dialog is None or not self._dialog.isVisible()

    def _tell_made(self) -> None:
        if self._is_out_of_sight():
            text = self.tr("The training has ended. The new model waits until you keep or discard it.")
            self._messages.show_message(Message("warning", text, self._show))

    def _tell_failed(self, failure: WorkerFailure) -> None:
        if self._is_out_of_sight():
            self._messages.show_message(Message("error", failure.message, self._look, failure.details))

    def _tell_kept(self, model_id: str) -> None:
        self.modelsChanged.emit()
        text = self.tr("The model {name} is kept; it is in the list of models from now on.").format(name=model_id)
        can_segment = self._document.is_editable and self._jobs.running is None
        self._messages.show_message(Message("success", text, self._segment if can_segment else None))

    def _export(self, wish: SetWish) -> None:
        def done(result: Mapping[str, object]) -> None:
            tiles, crowns = (result.get(name) for name in ("tiles", "crowns"))
            counts = [sum(one.values()) if isinstance(one, Mapping) else 0 for one in (tiles, crowns)]
            text = self.tr("{tiles} tiles with {crowns} crowns written to {folder}.")
            text = text.format(tiles=counts[0], crowns=counts[1], folder=wish.folder)
            self._messages.show_message(Message("success", text))

        def failed(failure: WorkerFailure) -> None:
            if not failure.is_cancelled:
                self._messages.show_message(Message("error", failure.message, None, failure.details))

        self._jobs.add("dataset", self.tr("Making the training set"), list(wish.words), done=done, failed=failed)
