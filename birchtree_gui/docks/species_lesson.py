"""The part of the species panel that teaches: what is marked, the button, and how sure the lesson is of itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from birchtree_gui import units
from birchtree_gui.jobs.job_list import JobList
from birchtree_gui.jobs.species_teaching import KIND, SpeciesTeaching
from birchtree_gui.widgets.action_button import action_button
from birchtree_gui.widgets.flow import FlowLayout

_SHOWN = 2


class LessonBox(QWidget):
    """Two lines and two buttons."""

    def __init__(
        self,
        teaching: SpeciesTeaching,
        jobs: JobList,
        buttons: Sequence[QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._teaching = teaching
        self._jobs = jobs
        self._marks = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._marks.setProperty("role", "muted")
        self._result = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._buttons = [self._button(action) for action in buttons]
        self._buttons[0].setProperty("primary", True)
        line = FlowLayout(6, fills=True)
        for button in self._buttons:
            line.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 8)
        layout.setSpacing(5)
        layout.addWidget(self._marks)
        layout.addWidget(self._result)
        layout.addLayout(line)
        teaching.changed.connect(self.show_state)
        jobs.changed.connect(self.show_state)
        self.show_state()

    def _button(self, action: QAction) -> QPushButton:
        button = action_button(action, self)
        button.setProperty("tight", True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return button

    @property
    def text(self) -> str:
        """What the lines say."""
        return f"{self._marks.text()}\n{self._result.text()}"

    def show_state(self) -> None:
        """Marks, progress or result."""
        counts, result = self._teaching.counts, self._teaching.result
        shown = [f"{name} {units.count(count)}" for name, count in list(counts.items())[:_SHOWN]]
        more = len(counts) - len(shown)
        if not counts:
            text = self.tr("Mark 5 crowns each of 2 species or more; the rest can then be named from them.")
        else:
            text = self.tr("Marked: {species}").format(species=", ".join(shown))
            text += self.tr(" and {count} more species").format(count=more) if more > 0 else ""
        self._marks.setText(text)
        running = self._jobs.running
        if self._teaching.is_running:
            self._result.setText(self._progress() if running and running.kind == KIND else self.tr("The lesson waits…"))
        else:
            self._result.setText("" if result is None else result.sentence())
        self._result.setVisible(bool(self._result.text()))

    def _progress(self) -> str:
        job = self._jobs.running
        progress = None if job is None else job.progress
        if progress is None or not progress.total:
            return self.tr("Teaching…")
        return self.tr("Reading crowns: {share}").format(share=units.fraction(progress.done / progress.total))
