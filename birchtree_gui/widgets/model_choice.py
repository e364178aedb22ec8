"""ModelChoice: one model in a list to choose from, with what its card says and why it cannot be chosen."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QRadioButton, QVBoxLayout, QWidget

from birchtree_gui import units
from birchtree_gui.languages.told import told
from birchtree_gui.plain import plain_tip

if TYPE_CHECKING:
    from inference.models.card import ModelCard

# As `inference.pipeline.measure_traits.COARSER`, which would load rasters.
_COARSER = 1.5
_TITLE_CHARS = 76


class ModelChoice(QFrame):
    """A radio button with the model's title, and under it site, cell, licence, measured accuracy and limits."""

    def __init__(
        self,
        card: ModelCard,
        parent: QWidget | None = None,
        *,
        reason: str = "",
        plot_gsd_m: float | None = None,
    ) -> None:
        """Show a card.

        Args:
            card: the model's.
            parent: owner.
            reason: why the model cannot be used here; "" when it can.
            plot_gsd_m: cell of the open plot, to warn where it is too coarse for the model.
        """
        super().__init__(parent)
        self.setObjectName("card")
        self.setToolTip(plain_tip(card.source))
        self.card = card
        title = told(card.title)
        self.radio = QRadioButton(fill(title, _TITLE_CHARS), self)  # it does not wrap by itself
        self.radio.setAccessibleName(title)
        self.radio.setEnabled(not reason)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(4)
        layout.addWidget(self.radio)
        lines = [reason] if reason else [*self._facts(), *self._warnings(plot_gsd_m)]
        for line in lines:
            note = QLabel(line, self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
            note.setProperty("role", "muted")
            note.setContentsMargins(24, 0, 0, 0)
            note.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(note)
        self.radio.setAccessibleDescription(" ".join(lines))

    def _facts(self) -> list[str]:
        card = self.card
        parts = [card.id]
        if card.gsd_m > 0.0:
            parts.append(self.tr("works at {gsd} cm per cell").format(gsd=units.number(100 * card.gsd_m, 0)))
        if card.site:
            parts.append(self.tr("trained at {site}").format(site=card.site))
        if len(card.classes) > 1:
            parts.append(self.tr("{count} species").format(count=len(card.classes)))
        parts.append(self.tr("licence {licence}").format(licence=card.licence))
        return [text for text in (", ".join(parts), told(card.accuracy), told(card.limits)) if text]

    def _warnings(self, plot_gsd_m: float | None) -> list[str]:
        if plot_gsd_m is None or self.card.gsd_m <= 0.0 or plot_gsd_m <= _COARSER * self.card.gsd_m:
            return []
        return [
            self.tr("This plot has {gsd} cm per pixel, too coarse for this model: do not rely on it here.").format(
                gsd=units.number(100 * plot_gsd_m, 1)
            )
        ]
