"""The dialog that lets a trait model read height and species of the crowns: the models, and how well each fits."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from birchtree_gui.dialogs.room import give_room
from birchtree_gui.document import PlotDocument
from birchtree_gui.widgets.emphasis import make_primary
from birchtree_gui.widgets.model_choice import ModelChoice


class ReadTraitsDialog(QDialog):
    """Lists the installed trait models with their pixels, footprint and training site.

    Signals:
        runAsked(str, bool): id of the model, and whether to read every crown again.
    """

    runAsked = Signal(str, bool)

    def __init__(self, document: PlotDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from inference.traits import registry

        self.setWindowTitle(self.tr("Height and species by a model"))
        self._group = QButtonGroup(self)
        # First what a person installed, then the one inside, which knows few forests and says so in its card.
        self._cards = sorted(
            (card for card in registry.cards() if card.id != registry.PLAIN),
            key=lambda card: not registry.is_for_all(card),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        title = QLabel(self.tr("Model"), self, textFormat=Qt.TextFormat.PlainText)
        title.setProperty("role", "heading")
        layout.addWidget(title)
        plot = document.plot
        for card in self._cards:
            choice = ModelChoice(card, self, plot_gsd_m=None if plot is None else plot.gsd_m)
            self._group.addButton(choice.radio, len(self._group.buttons()))
            layout.addWidget(choice)
        self.again = QCheckBox(self.tr("Also crowns that it has read before"), self)
        self.again.setVisible(bool(self._cards))
        effect = QLabel(self._what_happens(), self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        effect.setProperty("role", "muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, parent=self)
        self.start = buttons.addButton(self.tr("Read the crowns"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.start.setEnabled(bool(self._cards))
        make_primary(self.start)
        for widget in (self.again, effect, buttons):
            layout.addWidget(widget)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        if self._cards:
            self._group.buttons()[0].setChecked(True)
        give_room(self, 520)

    def _what_happens(self) -> str:
        if not self._cards:
            return self.tr("No such model is installed. Models > Manage models shows what there is and adds one.")
        return self.tr(
            "Heights appear beside those from the CHM. Species are written in one step that undo takes back; names "
            "that you gave stay. Stop at any time: what was read is kept."
        )

    @property
    def model_id(self) -> str:
        """The model that is chosen."""
        return self._cards[self._group.checkedId()].id

    def accept(self) -> None:
        """Start."""
        super().accept()
        self.runAsked.emit(self.model_id, self.again.isChecked())
