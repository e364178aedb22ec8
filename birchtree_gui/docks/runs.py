"""The panel with the runs: the one in progress with its bar and buttons, and what was run on this plot before."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from birchtree_gui import units
from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.job_list import Job, JobList
from birchtree_gui.jobs.plot_runs import PlotRuns


class RunsPanel(QWidget):
    """Runs of models over the open plot."""

    def __init__(
        self,
        document: PlotDocument,
        jobs: JobList,
        runs: PlotRuns,
        start: QAction,
        resume: QAction,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._jobs = jobs
        self._runs = runs
        self._resume = resume
        self._title = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self._title.setProperty("role", "heading")
        self._note = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self._note.setProperty("role", "muted")
        self._bar = QProgressBar(self, textVisible=False)
        self._start_button = self._button(self.tr("Segment this plot…"), start)
        self._resume_button = self._button(self.tr("Resume"), resume)
        self._cancel_button = QPushButton(self.tr("Cancel"), self)
        self._cancel_button.clicked.connect(jobs.cancel)
        self._list = QTableWidget(0, 5, self)
        self._prepare_list()
        self._lay_out()
        jobs.changed.connect(self._follow_job)
        for signal in (document.opened, document.closed, document.historyChanged):
            signal.connect(self.read_again)
        self.read_again()

    def _button(self, text: str, action: QAction) -> QPushButton:
        button = QPushButton(text, self)
        button.clicked.connect(action.trigger)
        return button

    def _prepare_list(self) -> None:
        titles = (self.tr("Started"), self.tr("Run"), self.tr("Model"), self.tr("State"), self.tr("Result"))
        self._list.setHorizontalHeaderLabels(titles)
        self._list.setAccessibleName(self.tr("Runs of this plot"))
        self._list.verticalHeader().hide()
        self._list.verticalHeader().setDefaultSectionSize(24)
        self._list.setShowGrid(False)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._list.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._list.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._list.horizontalHeader().setStretchLastSection(True)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(self._title)
        texts.addWidget(self._bar)
        line.addLayout(texts, 1)
        for widget in (self._note, self._cancel_button, self._resume_button, self._start_button):
            line.addWidget(widget)
        top = QWidget(self)
        top.setLayout(line)
        line.setContentsMargins(12, 8, 12, 8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(top)
        layout.addWidget(self._list, 1)

    def _follow_job(self, job: Job) -> None:
        if job.is_over:
            self.read_again()
            return
        progress = job.progress
        state = {"waiting": self.tr("waiting"), "stopping": self.tr("stopping…")}.get(job.state, "")
        self._title.setText(f"{job.title}  {state}".strip())
        self._bar.setRange(0, progress.total if progress else 0)
        self._bar.setValue(progress.done if progress else 0)
        if progress is not None and progress.total:
            percent = 100 * progress.done // progress.total
            left = self.tr("{time} left").format(time=units.duration(progress.eta_s)) if progress.eta_s else ""
            self._note.setText("   ".join(part for part in (f"{percent} %", left) if part))
        self._show_controls(is_running=True)
        self._cancel_button.setEnabled(job.state == "running")

    def read_again(self) -> None:
        """Show the runs that the project knows."""
        running = self._jobs.running is not None
        interrupted = None if running else self._runs.interrupted()
        if not running:
            self._note.clear()
            self._title.setText(
                self.tr("A run was interrupted; what it finished is kept.")
                if interrupted
                else self.tr("Nothing is running.")
            )
        self._show_controls(is_running=running)
        self._resume_button.setVisible(interrupted is not None)
        rows = list(reversed(self._document.project.runs())) if self._document.is_open else []
        self._list.setRowCount(len(rows))
        for row, run in enumerate(rows):
            texts = (
                units.local_time(run.started_at),
                run.task,
                run.model_id,
                self._state(run.state),
                _outcome(run.summary),
            )
            for column, text in enumerate(texts):
                self._list.setItem(row, column, QTableWidgetItem(text))

    def _state(self, state: str) -> str:
        words = {"running": self.tr("interrupted"), "done": self.tr("done"), "cancelled": self.tr("stopped")}
        if state == "running" and self._runs.is_segmenting:
            return self.tr("running")
        return words.get(state, state)

    def _show_controls(self, *, is_running: bool) -> None:
        self._bar.setVisible(is_running)
        self._cancel_button.setVisible(is_running)
        self._start_button.setVisible(not is_running)
        self._resume_button.setVisible(not is_running and self._resume.isEnabled())


def _outcome(summary: object) -> str:
    if isinstance(summary, dict) and "crowns" in summary:
        return units.crowns(int(summary["crowns"]))
    if isinstance(summary, dict) and "read" in summary:
        read, named = summary["read"], summary.get("named", 0)
        return QCoreApplication.translate("Runs", "{read} crowns read, {named} named").format(read=read, named=named)
    return ""
