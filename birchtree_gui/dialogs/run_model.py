"""The dialog that starts a segmentation: the models, what each needs, and what happens to the crowns there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from birchtree_gui import units
from birchtree_gui.document import PlotDocument
from birchtree_gui.widgets.emphasis import make_primary

if TYPE_CHECKING:
    from inference.models.card import ModelCard


class RunModelDialog(QDialog):
    """Lists segmenters; a model that cannot work on this plot is shown, disabled, with the reason.

    Signals:
        runAsked(str): id of the model to run.
    """

    runAsked = Signal(str)

    def __init__(self, document: PlotDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from inference.segment import registry

        self._document = document
        self.setWindowTitle(self.tr("Segment this plot"))
        self.setMinimumWidth(520)
        self._group = QButtonGroup(self)
        self._ids: list[str] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        title = QLabel(self.tr("Model"), self)
        title.setProperty("role", "heading")
        layout.addWidget(title)
        has_dsm = document.plot is not None and document.plot.elevation is not None
        for card in registry.cards():
            if card.task == "crowns":
                layout.addWidget(self._card(card, has_dsm=has_dsm))
        self._effect = QLabel(self._what_happens(), self, wordWrap=True)
        self._effect.setProperty("role", "muted")
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, parent=self)
        self.start = self._buttons.addButton(self.tr("Segment this plot"), QDialogButtonBox.ButtonRole.AcceptRole)
        make_primary(self.start)
        layout.addWidget(self._effect)
        layout.addWidget(self._buttons)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._choose_first()

    def _card(self, card: ModelCard, *, has_dsm: bool) -> QWidget:
        frame = QFrame(self)
        frame.setObjectName("card")
        usable = has_dsm or not card.needs_dsm
        radio = QRadioButton(card.title, frame)
        radio.setEnabled(usable)
        self._group.addButton(radio, len(self._ids))
        self._ids.append(card.id)
        facts = self.tr("{id}, works at {gsd} cm per cell").format(id=card.id, gsd=units.number(100 * card.gsd_m, 0))
        frame.setToolTip(card.source)
        if not usable:
            facts = self.tr("Needs a DSM, and this plot has none. Add one under Plot > Rasters.")
        note = QLabel(facts, frame, wordWrap=True)
        note.setProperty("role", "muted")
        note.setContentsMargins(24, 0, 0, 0)
        note.setTextFormat(Qt.TextFormat.PlainText)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(4)
        layout.addWidget(radio)
        layout.addWidget(note)
        return frame

    def _choose_first(self) -> None:
        usable = [button for button in self._group.buttons() if button.isEnabled()]
        if usable:
            usable[0].setChecked(True)
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
        return self._ids[self._group.checkedId()]

    def accept(self) -> None:
        """Start."""
        super().accept()
        self.runAsked.emit(self.model_id)
