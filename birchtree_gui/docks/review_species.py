"""The likeliest species of the crown under review, each with its digit, and the nine of the plot's list under Shift."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from birchtree_gui import species_names, units
from birchtree_gui.theme import tabular

SHOWN = 5
_KEPT_SPACE = "\N{NO-BREAK SPACE}"


class ShareBar(QWidget):
    """A share as a bar; a `QProgressBar` would paint the whole window anew at each change, and wait for it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setFixedSize(64, 6)

    def show_share(self, share: float) -> None:
        """Show 0..1; the number stands beside it."""
        self._share = min(max(share, 0.0), 1.0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The whole in grey, the share in the accent."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Midlight))
        share = self.rect().adjusted(0, 0, -round(self.width() * (1 - self._share)), 0)
        painter.fillRect(share, self.palette().color(QPalette.ColorRole.Accent))
        painter.end()


class SpeciesKeys(QWidget):
    """Five rows at most, and a line with one's own species.

    Signals:
        chosen(str): a row was clicked.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[QPushButton] = []
        self._shares: list[QLabel] = []
        self._bars: list[ShareBar] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(0, 1)
        for row in range(SHOWN):
            self._add_row(grid, row)
        self._none = QLabel(self.tr("No model has told a species."), self, textFormat=Qt.TextFormat.PlainText)
        self._none.setProperty("role", "muted")
        grid.addWidget(self._none, SHOWN, 0, 1, 3)
        self._own = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._own.setProperty("role", "muted")
        grid.addWidget(self._own, SHOWN + 1, 0, 1, 3)
        self.show_likely((), None)
        self.show_own(())

    def _add_row(self, grid: QGridLayout, row: int) -> None:
        button = QPushButton(self)
        button.setProperty("choice", "true")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(partial(self._choose, row))
        bar = ShareBar(self)
        share = QLabel(
            self,
            alignment=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            textFormat=Qt.TextFormat.PlainText,
        )
        share.setFont(tabular(share.font()))
        share.setMinimumWidth(40)
        for column, widget in enumerate((button, bar, share)):
            grid.addWidget(widget, row, column)
        self._buttons.append(button)
        self._bars.append(bar)
        self._shares.append(share)

    def show_likely(self, likely: tuple[tuple[str, float], ...], named: str | None) -> None:
        """Show what the model says; `named` is what the crown is called now."""
        self._none.setVisible(not likely)
        for row, (button, bar, share) in enumerate(zip(self._buttons, self._bars, self._shares, strict=True)):
            there = row < len(likely)
            for widget in (button, bar, share):
                widget.setVisible(there)
            if not there:
                continue
            name, probability = likely[row]
            button.setProperty("species", name)
            button.setText(f"{row + 1}   {species_names.shown(name)}" + ("   ✓" if name == named else ""))
            button.setAccessibleName(
                self.tr("Species {name}, key {digit}").format(name=species_names.shown(name), digit=row + 1)
            )
            bar.show_share(probability)
            share.setText(units.fraction(probability))

    def show_own(self, names: tuple[str, ...]) -> None:
        """Show one's own species with their keys; nothing while there is none."""
        # A digit and its species stay on one line.
        named = [species_names.shown(name).replace(" ", _KEPT_SPACE) for name in names]
        parts = [f"{number}{_KEPT_SPACE}{name}" for number, name in enumerate(named, start=1)]
        self._own.setText(self.tr("With Shift: {species}").format(species=",  ".join(parts)))
        self._own.setVisible(bool(names))

    def _choose(self, row: int) -> None:
        self.chosen.emit(self._buttons[row].property("species"))
