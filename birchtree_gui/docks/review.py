"""The panel of the review: the crown with the reason why it is shown, its species by digit, progress, filters."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from birchtree_gui import units
from birchtree_gui.docks import review_words
from birchtree_gui.docks.columns import height_gap, review_text
from birchtree_gui.docks.review_chips import ReviewChips
from birchtree_gui.docks.review_filters import ReviewFilters
from birchtree_gui.docks.review_scores import ReviewScores
from birchtree_gui.docks.review_session import ReviewSession
from birchtree_gui.docks.review_species import SpeciesKeys
from birchtree_gui.icons import Icons
from birchtree_gui.theme import tabular
from birchtree_gui.widgets.emphasis import mark
from inference.crowns import shape
from inference.crowns.crown import Crown, Measures
from inference.review.pace import crowns_a_minute, seconds_left

_CHIP = 148
_BADGES = {"auto": "true", "deleted": "warn"}
# Progress is counted over the whole queue: soon after a decision, not before the next crown is on the map.
_SOON_MS = 60


class ReviewPanel(QWidget):
    """Shows what a session does.

    Signals:
        asked(str): a button was pressed: "accept", "reject", "edit", "skip" or "leave".
        noted(str): Enter ended the note.
        left(): the next key is meant for the map again.
    """

    asked = Signal(str)
    noted = Signal(str)
    left = Signal()

    def __init__(
        self,
        session: ReviewSession,
        chips: ReviewChips,
        scores: ReviewScores,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._chips = chips
        self.scores = scores
        self.filters = ReviewFilters(session, self)
        self.species = SpeciesKeys(self)
        self._title = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self._title.setProperty("role", "heading")
        self._badge = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self._badge.setProperty("badge", "true")
        self._leave = QToolButton(self)
        self.progress = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self.progress.setFont(tabular(self.progress.font()))
        self._bar = QProgressBar(self, textVisible=False)
        self._chip = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter, textFormat=Qt.TextFormat.PlainText)
        self._chip.setObjectName("chip")
        self._chip.setFixedSize(_CHIP, _CHIP)
        self._expected = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self._expected.setProperty("role", "value")
        self._reason = QLabel(
            self,
            wordWrap=True,
            alignment=Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft,
            textFormat=Qt.TextFormat.PlainText,
        )
        self._facts = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._facts.setFont(tabular(self._facts.font()))
        self.note = QLineEdit(self)
        self._buttons: dict[str, QPushButton] = {}
        self._done_soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._set_up(icons)
        self._lay_out()
        self._done_soon.timeout.connect(self._show_progress)
        session.currentChanged.connect(self.show_crown)
        session.queueChanged.connect(self.show_crown)
        for signal in (session.progressed, session.queueChanged, session.finished):
            signal.connect(self._done_soon.start)
        chips.ready.connect(self._show_chip)
        self.note.returnPressed.connect(self._end_note)

    # ---- layout

    def _set_up(self, icons: Icons) -> None:
        self._leave.setProperty("flat", True)
        self._leave.setFixedSize(26, 26)
        self._leave.setAccessibleName(self.tr("Leave the review"))
        self._leave.setToolTip(self.tr("Leave the review (Esc); nothing is lost"))
        icons.bind(self._leave, "close", colour="muted")
        self._leave.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._leave.clicked.connect(lambda: self.asked.emit("leave"))
        self.note.setAccessibleName(self.tr("Note"))
        for name, text in (
            ("accept", self.tr("Accept")),
            ("reject", self.tr("Reject")),
            ("edit", self.tr("Edit")),
            ("skip", self.tr("Skip")),
        ):
            button = QPushButton(text, self)
            button.setProperty("primary", name == "accept")
            button.setProperty("tight", True)
            button.setAccessibleName(text)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the map
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _=False, name=name: self.asked.emit(name))
            self._buttons[name] = button

    def show_keys(self, key_of: Callable[[str], str]) -> None:
        """Name the keys on the buttons; `key_of` knows them by the name of the review's command."""
        for name, button in self._buttons.items():
            button.setText(f"{button.accessibleName()}  {key_of(name)}".rstrip())
        key = key_of("note")
        self.note.setPlaceholderText(self.tr("note ({key})").format(key=key) if key else self.tr("note"))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._badge)
        head.addStretch(1)
        head.addWidget(self._leave)
        why = QVBoxLayout()
        why.setSpacing(4)
        why.addWidget(self._expected)
        why.addWidget(self._reason, 1)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(why, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for button in self._buttons.values():
            buttons.addWidget(button)
        page = QWidget()
        body = QVBoxLayout(page)
        body.setContentsMargins(12, 8, 12, 8)
        body.setSpacing(7)
        body.addLayout(head)
        body.addWidget(self.progress)
        body.addWidget(self._bar)
        body.addLayout(top)
        body.addLayout(buttons)
        body.addWidget(self.species)
        body.addWidget(self._facts)
        body.addWidget(self.note)
        for part in (self.scores, self.filters):
            rule = QFrame(self)
            rule.setObjectName("rule")
            body.addWidget(rule)
            body.addWidget(part)
        body.addStretch(1)
        scroll = QScrollArea(self, widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    # ---- showing

    def show_crown(self) -> None:
        """Show the crown of the session."""
        session, crown = self._session, self._session.current
        for button in self._buttons.values():
            button.setEnabled(crown is not None)
        self.note.setEnabled(crown is not None)
        self._badge.setVisible(crown is not None)
        if crown is None:
            self._show_none()
            return
        self._title.setText(self.tr("Crown {number}").format(number=crown.tree_id))
        self._badge.setText(review_text(crown.review))
        mark(self._badge, "badge", _BADGES.get(crown.review, "good"))
        self._show_reason()
        named = crown.species if crown.species_score is None else None
        self.species.setVisible(True)
        self.species.show_likely(session.species(), named)
        self._facts.setText(self._facts_of(crown, named))
        if not self.note.hasFocus():
            self.note.setText(crown.note)
        self._ask_chip(crown)

    def _show_none(self) -> None:
        waiting = self._session.is_active and self._session.queue is None
        self._title.setText(self.tr("Ranking the crowns…") if waiting else self.tr("Nothing is left to review"))
        self._expected.clear()
        self._facts.clear()
        self._chip.setPixmap(QPixmap())
        self.note.clear()
        self.species.setVisible(False)
        done = self.tr("Every crown that passes the filters below is decided.")
        self._reason.setText("" if waiting else done)

    def _show_reason(self) -> None:
        session, entry = self._session, self._session.entry
        queue = session.queue
        expected = None if queue is None or entry is None else queue.expected(entry)
        reasons = () if queue is None or entry is None else queue.reasons(entry)
        is_control = entry is not None and entry.is_control
        text = self.tr("Control crown") if is_control else self.tr("Expected error {share}")
        self._expected.setText(text.format(share=units.fraction(expected)))
        self._expected.setVisible(is_control or expected is not None)
        self._reason.setText(review_words.reasons_text(reasons, is_control=is_control, in_queue=entry is not None))

    def _facts_of(self, crown: Crown, named: str | None) -> str:
        measures = crown.measures or Measures()
        table_unit_m = self._session.unit_m
        diameter = float(shape.diameter_m([crown.outline], table_unit_m)[0])
        parts = [self.tr("CHM {height}").format(height=units.quantity(measures.height_chm_m, "m"))]
        if measures.height_model_m is not None:
            parts.append(self.tr("model {height}").format(height=units.quantity(measures.height_model_m, "m")))
        if (gap := height_gap(crown)) is not None:
            parts[-1] += self.tr(" ({share} apart)").format(share=units.fraction(gap))
        parts.append(self.tr("{width} wide").format(width=units.quantity(diameter, "m")))
        parts.append(self.tr("score {score}").format(score=units.number(crown.score, 2)))
        if named:
            parts.insert(0, named)
        if crown.edited_at:
            parts.append(f"{crown.edited_by}, {units.local_time(crown.edited_at)}")
        return "   ".join(part.replace(" ", "\u00a0") for part in parts)  # lines break between facts only

    def _ask_chip(self, crown: Crown) -> None:
        side_px = round(_CHIP * self.devicePixelRatioF())
        image = self._chips.find(crown, side_px)
        if image is not None:
            self._put_chip(image)
        else:
            self._chip.setPixmap(QPixmap())
            self._chips.ask(crown, side_px)
        following = self._session.upcoming()
        if following is not None:
            self._chips.ask(following, side_px)

    def _show_chip(self, tree_id: int, image: QImage) -> None:
        crown = self._session.current
        if crown is not None and crown.tree_id == tree_id:
            self._put_chip(image)

    def _put_chip(self, image: QImage) -> None:
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self._chip.setPixmap(pixmap)

    def _show_progress(self) -> None:
        if not self._session.is_active or self._session.queue is None:  # still being ranked: nothing to tell yet
            return
        state, waiting = self._session.state, self._session.waiting()
        done = len(state.looked)
        pace = crowns_a_minute(state.intervals_s)
        self.progress.setText(
            review_words.progress_text(done, waiting, pace, seconds_left(state.intervals_s, waiting.all))
        )
        self._bar.setMaximum(max(1, done + waiting.all))
        self._bar.setValue(done)
        self._bar.setAccessibleName(self.progress.text())
        self.scores.read_again()

    # ---- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and F6 go back to the map from any control; a note that was not ended is dropped."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F6):
            crown = self._session.current
            self.note.setText("" if crown is None else crown.note)
            self.left.emit()
            return
        super().keyPressEvent(event)

    def focus_first(self) -> None:
        """Take the keys: Tab now goes from control to control."""
        self._buttons["accept"].setFocus(Qt.FocusReason.TabFocusReason)

    def write_note(self) -> None:
        """Let the user type a note."""
        self.note.setFocus()
        self.note.selectAll()

    def _end_note(self) -> None:
        self.noted.emit(self.note.text())
        self.left.emit()
