"""The window "Improve the model with my corrections": choose, watch, compare, keep or discard."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from birchtree_gui.dialogs.improve_choose import ChoosePage
from birchtree_gui.dialogs.improve_result import ResultPage
from birchtree_gui.dialogs.improve_run import RunPage
from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.job_list import Job, JobList
from birchtree_gui.jobs.training import Comparison, ModelTraining, waiting
from birchtree_gui.jobs.worker_client import WorkerFailure
from birchtree_gui.languages.told import told
from inference.errors import BirchtreeError

_SIZE = (760, 560)
_NAMES_IN_TITLE = 3


class ImproveModelDialog(QDialog):
    """Not modal: a training takes its time, and people go on working meanwhile. Closing it stops nothing.

    Signals:
        shown(): it was opened and reads the plots.
    """

    shown = Signal()

    def __init__(
        self, document: PlotDocument, training: ModelTraining, jobs: JobList, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._training = training
        self._jobs = jobs
        self._pace_job: Job | None = None
        self.steps: int | None = None
        """Fewer steps than fit into the minutes; for tests."""
        self.setWindowTitle(self.tr("Improve the model with my corrections"))
        self.resize(*_SIZE)
        self.choose = ChoosePage(self)
        self.run_page = RunPage(training, self)
        self.result_page = ResultPage(training, self)
        self.pages = QStackedWidget(self)
        for page in (self.choose, self.run_page, self.result_page):
            self.pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.addWidget(self.pages)
        self._connect()

    def _connect(self) -> None:
        training = self._training
        self.choose.startAsked.connect(self.start)
        self.choose.closeAsked.connect(self.hide)
        self.choose.baseChanged.connect(self._measure_pace)
        self.run_page.hideAsked.connect(self.hide)
        training.stageChanged.connect(self._show_stage)
        training.made.connect(self._show_made)
        training.kept.connect(lambda _: self.hide())
        training.discarded.connect(self.look)

    # ---- opening

    def look(self) -> None:
        """Show what there is: a training in progress or waiting, or the choice of plots."""
        if self._training.is_running:
            return
        left = waiting()
        if left is not None:
            self._training.take_up(left)
            self.run_page.take_up()
            self.pages.setCurrentWidget(self.run_page)
            if left.state == "made":
                self._training.go_on()
            return
        self._show_choice()

    def _show_choice(self) -> None:
        from inference.models.trainable import trainable

        self.pages.setCurrentWidget(self.choose)
        self.choose.problem.clear()
        self.choose.show_bases(trainable())
        if self._document.is_open:
            self.choose.add_plot(self._document.project.path)
        self.choose.look_again()
        self._measure_pace()
        self.shown.emit()

    def _measure_pace(self) -> None:
        """Show the pace of the last training; where there was none, let the worker do a few steps."""
        from inference.models.pace import pace_of, read_pace

        base = self.choose.base_model
        known = read_pace("" if base is None else base.card.id)
        self.choose.show_pace(known)
        if known is not None or self._jobs.running is not None:
            return
        words = ["train", "--pace", *(["--from", base.card.id] if base is not None else [])]

        def done(result: Mapping[str, object]) -> None:
            self.choose.show_pace(pace_of(result))

        def failed(failure: WorkerFailure) -> None:
            sentence = self.tr("How fast this computer learns is not known; the training measures it when it begins.")
            self.choose.say_unknown_pace(sentence if failure.is_cancelled else told(failure.message))

        title = self.tr("Measuring how fast this computer learns")
        self._pace_job = self._jobs.add("pace", title, words, done=done, failed=failed)

    # ---- starting

    def start(self) -> None:
        """Begin the training that the choices describe."""
        from inference.datasets.improvement import begin
        from inference.models.trainable import fresh_id

        wishes, base = self.choose.wishes, self.choose.base_model
        names = [wish.path.name.partition(".")[0] for wish in wishes]
        shown = ", ".join(names[:_NAMES_IN_TITLE]) + (" …" if len(names) > _NAMES_IN_TITLE else "")
        origin = self.tr("Crowns") if base is None else told(base.card.title)
        try:
            improvement = begin(
                [wish.path for wish in wishes],
                whole=[wish.path for wish in wishes if wish.whole],
                base="" if base is None else base.card.id,
                licence="" if base is None else base.card.licence,
                model_id=fresh_id("" if base is None else base.card.id),
                title=self.tr("{model}, improved on {plots}").format(model=origin, plots=shown),
                minutes=self.choose.minutes,
                block_m=self.choose.block_m,
                steps=self.steps,
            )
        except BirchtreeError as error:
            self.choose.problem.setText(told(str(error)))
            return
        if self._pace_job is not None and self._jobs.running is self._pace_job:
            self._jobs.cancel()
        self._training.take_up(improvement)
        self.run_page.take_up()
        self._training.go_on()

    # ---- following

    def _show_stage(self, stage: str) -> None:
        if stage != "models":
            self.pages.setCurrentWidget(self.run_page)

    def _show_made(self, made: Comparison) -> None:
        self.result_page.show_comparison(made, has_plot=self._document.is_editable)
        self.pages.setCurrentWidget(self.result_page)

    def shut_down(self) -> None:
        """End the threads."""
        self.choose.shut_down()
