"""The Models menu: segment, resume, stop, measure, and read height and species from pictures."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from birchtree_gui.actions.needs import Need, PlotNeeds, lacking, no_run, reason
from birchtree_gui.actions.registry import ActionSpec
from birchtree_gui.dialogs.manage_models import ManageModelsDialog
from birchtree_gui.dialogs.read_traits import ReadTraitsDialog
from birchtree_gui.dialogs.run_model import SCORE, RunModelDialog
from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.job_list import JobList
from birchtree_gui.jobs.plot_runs import PlotRuns
from birchtree_gui.jobs.worker_client import WorkerFailure
from birchtree_gui.widgets.message_bar import Message, MessageBar


class ModelActions(QObject):
    """What the Models menu does.

    Signals:
        modelsChanged(): other models are on this computer.
    """

    modelsChanged = Signal()

    def __init__(
        self, document: PlotDocument, jobs: JobList, runs: PlotRuns, messages: MessageBar, window: QWidget
    ) -> None:
        super().__init__(window)
        self._document = document
        self._jobs = jobs
        self._runs = runs
        self._messages = messages
        self._window = window
        self._needs = PlotNeeds(document)
        self._free = (*self._needs.editable, no_run(lambda: runs.is_busy))
        interrupted = Need(lambda: runs.interrupted() is not None, reason("No run was interrupted."))
        self._resumable = (*self._free, interrupted)
        self._foreign = ""  # the model that has just found this plot unlike its training crowns
        self._review = QAction(self.tr("Review the table"), self)
        self._queue = QAction(self.tr("Review the crowns"), self)
        self._resume = QAction(self.tr("Resume"), self)
        self._resume.triggered.connect(self.resume)
        runs.segmented.connect(self._tell_segmented)
        runs.traitsRead.connect(self._tell_read)
        runs.foreignPlot.connect(self._note_foreign)
        runs.imported.connect(self._tell_imported)
        runs.failed.connect(self._tell_failed)
        runs.stopped.connect(self._tell_stopped)
        document.opened.connect(self._offer_resume)

    @property
    def review(self) -> QAction:
        """Asked for after a run: show the crown table."""
        return self._review

    @property
    def queue(self) -> QAction:
        """Asked for after a segmentation: begin the review."""
        return self._queue

    def specs(self) -> tuple[ActionSpec, ...]:
        """The actions of this menu."""
        return (
            ActionSpec(
                "models.segment",
                self.tr("&Segment this plot…"),
                self.ask_segment,
                ("Ctrl+R",),
                "segment",
                self.tr("Outline every crown of the plot"),
                self._free,
            ),
            ActionSpec(
                "models.resume", self.tr("&Resume the interrupted run"), self.resume, (), "run", "", self._resumable
            ),
            ActionSpec(
                "models.stop",
                self.tr("S&top the run"),
                self._jobs.cancel,
                (),
                "stop",
                self.tr("Stop; what is finished is kept"),
                (Need(lambda: self._jobs.running is not None, reason("No run is going on.")),),
            ),
            ActionSpec(
                "models.measure",
                self.tr("&Measure all crowns again"),
                self.measure,
                (),
                "measure",
                self.tr("Height, DBH and biomass of every crown"),
                (*self._free, self._needs.dsm),
            ),
            ActionSpec(
                "models.traits",
                self.tr("&Height and species by a model…"),
                self.ask_traits,
                (),
                "measure",
                self.tr("Let a model read height and species of each crown from its picture"),
                self._free,
            ),
            ActionSpec(
                "models.manage",
                self.tr("Manage m&odels…"),
                self.manage,
                (),
                "",
                self.tr("Which models are here, and where to get more"),
            ),
        )

    def _can_resume(self) -> bool:
        return not lacking(self._resumable)

    def ask_segment(self) -> None:
        """Show the models and start the chosen one."""
        dialog = RunModelDialog(self._document, self._window)
        dialog.runAsked.connect(self._runs.segment)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def resume(self) -> None:
        """Go on with the run that was interrupted."""
        run = self._runs.interrupted()
        if run is not None and run.task == "measure":
            self._runs.read_traits(run.model_id, resume=True)
        elif run is not None:
            # Only a run with the same parameters can go on.
            changes = {SCORE: run.parameters[SCORE]} if SCORE in run.parameters else {}
            self._runs.segment(run.model_id, changes, resume=True)

    def measure(self) -> None:
        """Measure every crown again."""
        self._runs.measure(again=True)

    def ask_traits(self) -> None:
        """Show the trait models and start the chosen one."""
        dialog = ReadTraitsDialog(self._document, self._window)
        dialog.runAsked.connect(lambda model_id, again: self._runs.read_traits(model_id, again=again))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def manage(self) -> None:
        """Show all models; the clicking tools look again when others are there."""
        dialog = ManageModelsDialog(self._jobs, self._window)
        dialog.modelsChanged.connect(self.modelsChanged)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # ---- what came of it

    def _note_foreign(self, model_id: str) -> None:
        self._foreign = model_id

    def _tell_read(self, read: int, named: int) -> None:
        if self._foreign:
            strange = self.tr(
                "{model} names no species here: half of the crowns or more are unlike those that it was trained on. "
                "Teach it your species with some marks."
            )
            self._messages.show_message(Message("warning", strange.format(model=self._foreign), self._review))
            self._foreign = ""
            return
        text = self.tr("{count} crowns read; {named} got a species. Undo takes the species back.") if named else ""
        text = text or (self.tr("{count} crowns read.") if read else self.tr("Every crown was read before."))
        self._messages.show_message(Message("success", text.format(count=read, named=named), self._review))

    def _tell_segmented(self, count: int) -> None:
        plot = self._document.plot
        measured = plot is not None and plot.elevation is not None
        text = self.tr("{count} crowns outlined and measured.") if measured else self.tr("{count} crowns outlined.")
        action = self._queue if count else self._review
        self._messages.show_message(Message("success", text.format(count=count), action))

    def _tell_imported(self, sentence: str) -> None:
        self._messages.show_message(Message("success", sentence, self._review))

    def _tell_failed(self, title: str, failure: WorkerFailure) -> None:
        action = self._resume if self._can_resume() else None
        self._messages.show_message(Message("error", failure.message, action, failure.details))

    def _tell_stopped(self, kind: str) -> None:
        if kind == "segment" and self._document.is_open:
            text = self.tr("Stopped. The tiles that were finished are kept.")
            self._messages.show_message(Message("info", text, self._resume))
        elif kind == "measure" and self._document.is_open:
            self._messages.show_message(
                Message(
                    "info",
                    self.tr("Stopped. The crowns that were measured are kept; the next run does the others."),
                    self._resume if self._can_resume() else None,
                )
            )

    def _offer_resume(self) -> None:
        if self._can_resume():
            text = self.tr("The last run on this plot was interrupted. What it finished is kept.")
            self._messages.show_message(Message("info", text, self._resume))
