"""The key /: type a few letters of any species, its common name or code, and name the selected crowns."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget

from birchtree_gui.species_desk import SpeciesDesk
from birchtree_gui.widgets.species_rows import RowFacts, SpeciesRows
from inference.traits.palette import KEYS, PaletteSpecies

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
_SIZE = (520, 380)


class SpeciesFinder(QDialog):
    """A line and a list; Enter takes what is marked. A name that is in no list can be given as it is typed.

    Signals:
        chosen(PaletteSpecies).
    """

    chosen = Signal(object)

    def __init__(self, desk: SpeciesDesk, title: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("finder")
        self._desk = desk
        self._counts = desk.counts()
        self._line = QLineEdit(self)
        self._line.setPlaceholderText(self.tr("Species, common name or code"))
        self._line.setAccessibleName(title)
        self._line.installEventFilter(self)
        self._title = QLabel(title, self, textFormat=Qt.TextFormat.PlainText)
        self._title.setProperty("role", "muted")
        self.rows = SpeciesRows(self, with_counts=False)
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.setFocusProxy(self._line)  # whose arrow keys lead it
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(self._title)
        layout.addWidget(self._line)
        layout.addWidget(self.rows)
        self._line.textChanged.connect(self._search)
        self._line.returnPressed.connect(self._take)
        self.rows.itemClicked.connect(self._take)
        self._search("")
        self.resize(*_SIZE)
        self.move(parent.mapToGlobal(QPoint((parent.width() - self.width()) // 2, 60)))

    @property
    def line(self) -> QLineEdit:
        """Where one types."""
        return self._line

    def _search(self, text: str) -> None:
        found = self._desk.find(text)
        typed = " ".join(text.split())
        if typed and not any(one.name.casefold() == typed.casefold() for one in found):
            found = [*found, PaletteSpecies(typed, en=self.tr("as typed"))]
        palette = self._desk.palette
        keys = {one.name: number for number, one in enumerate(palette.species[:KEYS], start=1)}
        self.rows.show_species(found, RowFacts(keys, self._desk.colours(self._counts), {}))
        self.rows.mark(0)

    def _take(self) -> None:
        species = self.rows.current
        if species is not None:
            plain = species if species.en != self.tr("as typed") else PaletteSpecies(species.name)
            self.accept()
            self.chosen.emit(plain)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys in the line move through the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self.rows.mark(max(0, self.rows.marked_row + step))
                return True
        return super().eventFilter(watched, event)
