"""The dialog that starts a segmentation: the models, what each needs, and what happens to the crowns there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from birchtree_gui import units
from birchtree_gui.dialogs.room import give_room
from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.training import DEFAULT_MODEL
from birchtree_gui.languages.told import told
from birchtree_gui.widgets.emphasis import make_primary
from birchtree_gui.widgets.model_choice import ModelChoice
from birchtree_gui.widgets.number_fields import inset
from birchtree_gui.widgets.tall_area import TallArea

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inference.segment.registry import Choice

SCORE = "score_thr"
_LIST_HEIGHT = 340


class RunModelDialog(QDialog):
    """Lists segmenters; a model that cannot work on this plot is shown, disabled, with the reason.

    Signals:
        runAsked(str, dict): id of the model to run, and what was changed of its parameters.
    """

    runAsked = Signal(str, dict)

    def __init__(self, document: PlotDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from inference.segment import registry

        self._document = document
        self.setWindowTitle(self.tr("Segment this plot"))
        self._group = QButtonGroup(self)
        self._own_score = 0.0
        self._choices: list[ModelChoice] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        title = QLabel(self.tr("Model"), self, textFormat=Qt.TextFormat.PlainText)
        title.setProperty("role", "heading")
        layout.addWidget(title)
        has_dsm = document.plot is not None and document.plot.elevation is not None
        layout.addWidget(self._list(registry.choices(has_dsm=has_dsm)), 1)
        self.score = inset(QDoubleSpinBox(self, minimum=0.0, maximum=0.99, singleStep=0.05, decimals=2))
        self._score_row = self._least_score()
        layout.addWidget(self._score_row)
        self._effect = QLabel(self._what_happens(), self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._effect.setProperty("role", "muted")
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, parent=self)
        self.start = self._buttons.addButton(self.tr("Segment this plot"), QDialogButtonBox.ButtonRole.AcceptRole)
        make_primary(self.start)
        layout.addWidget(self._effect)
        layout.addWidget(self._buttons)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._choose_first()
        give_room(self, 520)

    def _list(self, choices: Sequence[Choice]) -> QWidget:
        """All models, in an area that scrolls where they are many."""
        plot = self._document.plot
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        suits = self._suiting_ids()
        # The one that suits first, then what else can be used; what cannot says why at the end.
        for choice in sorted(choices, key=lambda choice: (bool(choice.reason), choice.card.id not in suits)):
            shown = ModelChoice(
                choice.card, inside, reason=self._reason(choice), plot_gsd_m=None if plot is None else plot.gsd_m
            )
            self._group.addButton(shown.radio, len(self._choices))
            self._choices.append(shown)
            column.addWidget(shown)
        column.addStretch(1)
        area = TallArea(inside, self)
        area.setMinimumHeight(min(inside.sizeHint().height(), _LIST_HEIGHT))
        self._group.idToggled.connect(self._show_score)
        return area

    def _suiting_ids(self) -> tuple[str, str]:
        """What a person kept for this plot ("" for none), and what suits any plot like this."""
        from inference.segment import registry

        plot = self._document.plot
        own = self._document.project.meta(DEFAULT_MODEL) if self._document.is_open else None
        return own or "", registry.default_id(has_dsm=plot is not None and plot.elevation is not None)

    def _reason(self, choice: Choice) -> str:
        """Why a model cannot be used, without the command line's words."""
        plot = self._document.plot
        lacks_dsm = plot is not None and plot.elevation is None and choice.card.needs_dsm
        if choice.reason and lacks_dsm:
            return self.tr("Needs a surface model (DSM), and this plot has none. Plot > Rasters adds one.")
        return told(choice.reason)

    def _least_score(self) -> QWidget:
        row = QWidget(self)
        label = QLabel(self.tr("Leave out crowns less certain than"), row, textFormat=Qt.TextFormat.PlainText)
        label.setBuddy(self.score)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label)
        layout.addWidget(self.score)
        layout.addStretch(1)
        return row

    @Slot()
    def _show_score(self) -> None:
        """The threshold belongs to the chosen model; those without one hide it."""
        from inference.segment import registry

        own = registry.make_segmenter(self.model_id).parameters.get(SCORE)
        self._score_row.setVisible(own is not None)
        if isinstance(own, float):
            self.score.setValue(own)
            self._own_score = self.score.value()

    def _choose_first(self) -> None:
        usable = [choice for choice in self._choices if choice.radio.isEnabled()]
        self._score_row.hide()
        own, default = self._suiting_ids()
        for choice in sorted(usable, key=lambda choice: (choice.card.id != own, choice.card.id != default))[:1]:
            choice.radio.setChecked(True)
        self.start.setEnabled(bool(usable))

    def _what_happens(self) -> str:
        table = self._document.table
        proposed = reviewed = 0
        if table is not None:
            review = table.column("review")[table.visible]
            proposed = int((review == "auto").sum())
            reviewed = len(review) - proposed
        if not proposed and not reviewed:
            return self.tr(
                "Crowns appear on the map as they are found, and are measured at the end. "
                "You can go on working meanwhile."
            )
        if not reviewed:
            return self.tr("The {proposed} proposed crowns are replaced. Undo brings them back.").format(
                proposed=units.count(proposed)
            )
        return self.tr(
            "The {proposed} proposed crowns are replaced; the {reviewed} that you accepted, edited or drew stay as "
            "they are. Undo brings everything back."
        ).format(proposed=units.count(proposed), reviewed=units.count(reviewed))

    @property
    def model_id(self) -> str:
        """The model that is chosen."""
        return self._choices[self._group.checkedId()].card.id

    @property
    def changes(self) -> dict[str, float]:
        """Parameters that are other than the model's own."""
        if self._score_row.isHidden() or self.score.value() == self._own_score:
            return {}
        return {SCORE: self.score.value()}

    def accept(self) -> None:
        """Start."""
        super().accept()
        self.runAsked.emit(self.model_id, self.changes)
