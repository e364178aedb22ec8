"""RunPage: a training in progress, with its curve and the way to stop it, go on or throw it away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from birchtree_gui import units
from birchtree_gui.dialogs.improve_curves import CurvePlot
from birchtree_gui.jobs.training import CurvePoint, ModelTraining, curve_so_far
from birchtree_gui.jobs.worker_client import WorkerFailure
from birchtree_gui.languages.told import told
from birchtree_gui.widgets.emphasis import make_primary
from inference.jobs import Progress


class RunPage(QWidget):
    """Follows a `ModelTraining`.

    Signals:
        hideAsked(): the window may go; the training goes on.
    """

    hideAsked = Signal()

    def __init__(self, training: ModelTraining, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._training = training
        self.title = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self.title.setProperty("role", "heading")
        self.title.setWordWrap(True)
        self._bar = QProgressBar(self, textVisible=False)
        self._bar.setAccessibleName(self.tr("How far the training is"))
        self._left = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self._left.setProperty("role", "muted")
        self.curve = CurvePlot(self)
        self.note = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.note.setProperty("role", "muted")
        self.problem = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.problem.setProperty("role", "danger")
        self.pause = QPushButton(self.tr("&Pause"), self)
        self.pause.setToolTip(self.tr("Stop after the step in work; what was learned is kept"))
        self.go_on = QPushButton(self.tr("&Go on"), self)
        self.discard = QPushButton(self.tr("&Discard"), self)
        self.discard.setToolTip(self.tr("Delete the training; nothing is left behind"))
        self.hide_button = QPushButton(self.tr("&Hide"), self)
        self.hide_button.setToolTip(self.tr("Close this window; the training goes on"))
        make_primary(self.go_on)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._left, 1)
        for button in (self.discard, self.pause, self.hide_button, self.go_on):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for widget in (self.title, self._bar):
            layout.addWidget(widget)
        layout.addWidget(self.curve, 1)
        layout.addWidget(self.note)
        layout.addWidget(self.problem)
        layout.addStretch(0)
        layout.addLayout(row)

    def _connect(self) -> None:
        training = self._training
        self.pause.clicked.connect(self._stop)
        self.go_on.clicked.connect(training.go_on)
        self.discard.clicked.connect(training.discard)
        self.hide_button.clicked.connect(self.hideAsked)
        training.stageChanged.connect(self._begin)
        training.progressed.connect(self._follow)
        training.curved.connect(self._add)
        training.noted.connect(lambda text: self.note.setText(told(text)))
        training.paused.connect(self.show_paused)
        training.failed.connect(self._fail)

    # ---- states

    def take_up(self) -> None:
        """Show the improvement that the training was given."""
        improvement = self._training.improvement
        if improvement is not None:
            self.curve.show_points(curve_so_far(improvement))
        self.note.clear()
        self.show_paused()

    def show_paused(self) -> None:
        """It does not run, and can be gone on with."""
        improvement = self._training.improvement
        name = "" if improvement is None else improvement.title
        self.title.setText(self.tr("Paused: {name}. What was learned so far is kept.").format(name=name))
        self._left.clear()
        self.note.clear()
        self.problem.clear()
        self._show_controls(is_running=False)

    def _begin(self, stage: str) -> None:
        if stage == "models":
            return
        improvement = self._training.improvement
        name = "" if improvement is None else improvement.title
        self.title.setText(name)
        self.note.setText(self._words(stage))
        self.problem.clear()
        self._left.clear()
        self._bar.setRange(0, 0)
        self._show_controls(is_running=True)

    def _words(self, stage: str) -> str:
        return {
            "dataset": self.tr("Cutting the training set from the plots…"),
            "train": self.tr("Starting to learn…"),
            "centres": self.tr("Learning to find crowns"),
            "masks": self.tr("Learning to draw their outlines"),
            "examine": self.tr("Comparing the models before and after on the held-out crowns…"),
            "compare": self.tr("Outlining held-out places with both models…"),
        }.get(stage, "")

    def _stop(self) -> None:
        self.pause.setEnabled(False)
        self.note.setText(self.tr("Stopping after the step in work…"))
        self._training.pause()

    def _fail(self, failure: WorkerFailure) -> None:
        if self._training.improvement is None:
            return
        self.show_paused()
        self.title.setText(self.tr("Not finished: {name}").format(name=self._training.improvement.title))
        self.note.clear()
        self.problem.setText(told(failure.message))

    def _show_controls(self, *, is_running: bool) -> None:
        self._bar.setVisible(is_running)
        self.pause.setVisible(is_running)
        self.pause.setEnabled(True)
        self.hide_button.setVisible(is_running)
        self.go_on.setVisible(not is_running)
        self.discard.setVisible(not is_running)

    # ---- while it runs

    def _follow(self, progress: Progress) -> None:
        self._bar.setRange(0, progress.total if progress.stage != "examine" else 0)
        self._bar.setValue(progress.done)
        if self.pause.isEnabled():
            self.note.setText(self._words(progress.note if progress.stage == "train" else progress.stage))
        self._left.clear()
        if progress.stage == "train":
            text = self.tr("Step {done} of {total}").format(
                done=units.count(progress.done), total=units.count(progress.total)
            )
            if progress.eta_s:
                text += self.tr(", at most {time} left").format(time=units.duration(progress.eta_s))
            self._left.setText(text)

    def _add(self, point: CurvePoint) -> None:
        self.curve.add_point(point)
