"""The scores of the proposed crowns with a threshold, the one edit that rejects what is below, and the accuracy."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from birchtree_gui import units
from birchtree_gui.docks import review_words
from birchtree_gui.docks.review_session import ReviewSession
from birchtree_gui.document import PlotDocument, now
from birchtree_gui.plain import plain_tip
from birchtree_gui.widgets.confidence_histogram import ConfidenceHistogram
from inference.review.ground import SeenGround
from inference.review.standing import standing
from inference.review.threshold import below, histogram, proposed_scores, reject_below


class ReviewScores(QWidget):
    """Histogram, threshold and estimates.

    Signals:
        dimmed(ids): int64 array of the crowns that the threshold would take away; empty for none.
        rejected(): the threshold was applied.
    """

    dimmed = Signal(object)
    rejected = Signal()

    def __init__(self, document: PlotDocument, session: ReviewSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._ground = SeenGround()
        self._seen: frozenset[int] = frozenset()
        self.histogram = ConfidenceHistogram(self)
        self._what = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._what.setProperty("role", "muted")
        self.apply_button = QPushButton(self)
        self.apply_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._accuracy = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._missed = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._missed.setProperty("role", "muted")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._what, 1)
        row.addWidget(self.apply_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.histogram)
        layout.addLayout(row)
        layout.addWidget(self._accuracy)
        layout.addWidget(self._missed)
        self.histogram.thresholdChanged.connect(self._show_threshold)
        self.apply_button.clicked.connect(self._reject)

    def start(self) -> None:
        """Another review began."""
        self._ground, self._seen = SeenGround(self._session.unit_m), frozenset()
        self.histogram.clear_threshold()
        self.read_again()

    def read_again(self) -> None:
        """Show scores and estimates as they are now."""
        table = self._document.table
        if table is None or not self._session.is_active:
            return
        _, scores = proposed_scores(table)
        self.histogram.show_counts(histogram(scores))
        self.histogram.setVisible(len(scores) > 0 or self.histogram.threshold > 0)
        self._show_threshold()
        state = self._session.state
        found = standing(table, state.looked, self._session.controls())
        self._accuracy.setText(review_words.accuracy_text(found))
        self._accuracy.setToolTip(plain_tip(review_words.accuracy_details(found)))
        self._ground.look_at_crowns(table, state.looked - self._seen)
        self._seen = state.looked
        missed = self._ground.missed(table, state.started_at)
        self._missed.setText(review_words.missed_text(missed, self._ground.area_m2))
        self._missed.setVisible(missed is not None)

    def _show_threshold(self) -> None:
        table, threshold = self._document.table, self.histogram.threshold
        if table is None or not self._session.is_active:
            return
        ids = below(table, threshold)
        at = units.number(threshold, 2)
        idle = self.tr("Scores of the proposed crowns. Move the threshold to see which would go.")
        told = self.tr("{count} proposed below {score} would go: dimmed on the map.")
        self._what.setText(told.format(count=units.count(len(ids)), score=at) if threshold else idle)
        self._what.setVisible(len(ids) > 0 or self.histogram.isVisible())
        self.apply_button.setVisible(threshold > 0)
        self.apply_button.setEnabled(len(ids) > 0 and self._document.is_editable)
        self.apply_button.setText(self.tr("Reject {count}").format(count=units.count(len(ids))))
        self.dimmed.emit(ids)

    def _reject(self) -> None:
        table = self._document.table
        if table is None:
            return
        edit = reject_below(table, self.histogram.threshold, by=self._document.by, at=now())
        if edit is not None and self._document.do(edit):
            self.histogram.clear_threshold()
            self.rejected.emit()
