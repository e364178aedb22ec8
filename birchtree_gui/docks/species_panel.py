"""The panel of the species list: choose a list, search it, name the selected crowns, and teach from one's marks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from birchtree_gui import units
from birchtree_gui.docks.species_lesson import LessonBox
from birchtree_gui.document import PlotDocument
from birchtree_gui.icons import Icons
from birchtree_gui.species_desk import SpeciesDesk, title_of
from birchtree_gui.widgets.species_rows import RowFacts, SpeciesRows
from inference.traits.palette import KEYS, PaletteSpecies

_SOON_MS = 150
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SpeciesPanel(QWidget):
    """The species list with its keys.

    Signals:
        editAsked(): the list is to be changed.
        left(): the next key is meant for the map again.
    """

    editAsked = Signal()
    left = Signal()

    def __init__(
        self,
        document: PlotDocument,
        desk: SpeciesDesk,
        icons: Icons,
        gallery: QAction,
        lesson: LessonBox,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._desk = desk
        self.lesson = lesson
        self.lists = QComboBox(self)
        self._edit = QToolButton(self)
        self._gallery = QToolButton(self)
        self._gallery.setDefaultAction(gallery)
        self.line = QLineEdit(self)
        self.rows = SpeciesRows(self)
        self._hint = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._set_up(icons)
        self._lay_out()
        self._soon.timeout.connect(self.read_again)
        desk.paletteChanged.connect(self._show_lists)
        for signal in (desk.paletteChanged, desk.named, document.crownsChanged, document.opened, document.closed):
            signal.connect(self._read_soon)
        document.selectionChanged.connect(self._show_hint)
        document.opened.connect(self._show_hint)
        self._show_lists()
        self._show_hint()

    def _set_up(self, icons: Icons) -> None:
        self.lists.setAccessibleName(self.tr("Species list"))
        self.lists.setToolTip(self.tr("The list of this plot; it is kept with the plot"))
        self.lists.activated.connect(self._choose_list)
        for button in (self._gallery, self._edit):
            button.setProperty("flat", True)
            button.setIconSize(QSize(18, 18))
            button.setFixedSize(28, 28)
        self._gallery.setAccessibleName(self._gallery.text().replace("&", ""))
        self._edit.setToolTip(self.tr("Change the list, make one of your own, import or export"))
        self._edit.setAccessibleName(self.tr("Change the species list"))
        icons.bind(self._edit, "edit", colour="muted")
        self._edit.clicked.connect(self.editAsked)
        self.line.setPlaceholderText(self.tr("Search all species: name, common name or code"))
        self.line.setAccessibleName(self.tr("Search species"))
        self.line.setClearButtonEnabled(True)
        self.line.textChanged.connect(self.read_again)
        self.line.installEventFilter(self)
        self.rows.itemClicked.connect(lambda item: self._name(item.data(0, Qt.ItemDataRole.UserRole)))
        self.rows.installEventFilter(self)
        self._hint.setProperty("role", "muted")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.lists, 1)
        head.addWidget(self._gallery)
        head.addWidget(self._edit)
        top = QVBoxLayout()
        top.setContentsMargins(8, 8, 8, 4)
        top.setSpacing(6)
        top.addLayout(head)
        top.addWidget(self.line)
        top.addWidget(self._hint)
        rule = QFrame(self)
        rule.setObjectName("rule")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.rows, 1)
        layout.addWidget(rule)
        layout.addWidget(self.lesson)

    # ---- showing

    def _read_soon(self) -> None:
        if self.isVisible():
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Rows are made only for a panel that is seen."""
        super().showEvent(event)
        self.read_again()

    def read_again(self) -> None:
        """Show the list, or what fits the search."""
        palette, text = self._desk.palette, self.line.text().strip()
        counts = self._desk.counts()
        keys = {one.name: number for number, one in enumerate(palette.species[:KEYS], start=1)}
        if text:
            species = self._desk.find(text)
        else:
            others = [self._desk.look_up(name) for name in counts if palette.find(name) is None]
            species = [*palette.every, *others]
        self.rows.show_species(species, RowFacts(keys, self._desk.colours(counts), counts))
        if text:
            self.rows.mark(0)

    def _show_lists(self) -> None:
        palette = self._desk.palette
        self.lists.clear()
        for one in self._desk.lists():
            self.lists.addItem(title_of(one), one)
            if one.palette_id == palette.palette_id:
                self.lists.setCurrentIndex(self.lists.count() - 1)

    def _show_hint(self) -> None:
        count = len(self._document.selection)
        if not self._document.is_editable:
            text = (
                self.tr("Open a plot to name its crowns.") if not self._document.is_open else self.tr("Reading only.")
            )
        elif count:
            text = self.tr("Click or Shift+1 to 9 names {crowns}.").format(crowns=units.crowns(count))
        else:
            text = self.tr("Select crowns, then click a species or press Shift+1 to 9.")
        self._hint.setText(text)

    # ---- doing

    def _choose_list(self, place: int) -> None:
        palette = self.lists.itemData(place)
        if palette is not None and palette != self._desk.palette:
            self._desk.choose(palette)

    def _name(self, species: PaletteSpecies | None) -> None:
        if species is not None:
            self._desk.name(species)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter names, arrows in the search line move through the list, Esc goes back to the map."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        if key in _ENTER:
            self._name(self.rows.current)
            return True
        if key == Qt.Key.Key_Escape:
            self.line.clear()
            self.left.emit()
            return True
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(key)
        if watched is self.line and step is not None:
            self.rows.mark(max(0, self.rows.marked_row + step))
            return True
        return super().eventFilter(watched, event)
