"""Change the species list: add, remove, order, colours, import and export; saved as a list of one's own."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from birchtree_gui.languages.told import told
from birchtree_gui.species_desk import SpeciesDesk, title_of
from birchtree_gui.widgets.emphasis import make_primary, mark
from birchtree_gui.widgets.species_finder import SpeciesFinder
from birchtree_gui.widgets.species_rows import RowFacts, SpeciesRows, dot
from inference.errors import BirchtreeError
from inference.traits import palette_lists
from inference.traits.palette import KEYS, SAFE_COLOURS, Palette, PaletteSpecies
from inference.traits.palette_text import read_palette, write_palette

_SIZE = (620, 560)


class SpeciesListDialog(QDialog):
    """Works on a copy; nothing changes until "Save and use"."""

    def __init__(self, desk: SpeciesDesk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Species list"))
        self._desk = desk
        self.draft: Palette = replace(desk.palette, title=title_of(desk.palette))
        self.title = QLineEdit(self.draft.title, self)
        self.title.setAccessibleName(self.tr("Name of the list"))
        self.rows = SpeciesRows(self, with_counts=False)
        self._note = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._note.setProperty("role", "muted")
        self.buttons: dict[str, QPushButton] = {}
        self._lay_out()
        self.rows.currentItemChanged.connect(self._show_state)
        if self.draft.palette_id in palette_lists.BUNDLED:
            self.title.setText(self.tr("{list}, my list").format(list=self.draft.title))
        self._refresh(0)
        self.resize(*_SIZE)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(self.tr("&Name"), self.title)
        side = QGridLayout()
        side.setSpacing(6)
        parts = (
            ("add", self.tr("&Add…"), self.tr("Add a species from all lists, or any name"), self.ask_species),
            ("remove", self.tr("&Remove"), self.tr("Take the marked species off the list"), self.remove),
            ("up", self.tr("&Up"), self.tr("Move it up; the first nine have a key"), lambda: self.move_by(-1)),
            ("down", self.tr("&Down"), self.tr("Move it down"), lambda: self.move_by(1)),
            ("colour", self.tr("&Colour"), self.tr("Its colour on the map and in the gallery"), self._ask_colour),
            (
                "import",
                self.tr("&Import…"),
                self.tr("Take the species of a CSV or of a text with one name a line"),
                self._ask_import,
            ),
            ("export", self.tr("E&xport…"), self.tr("Write the list as CSV"), self._ask_export),
            ("delete", self.tr("&Delete list"), self.tr("Delete your list; plots keep their copy"), self.delete),
        )
        for row, (name, text, tip, act) in enumerate(parts):
            button = QPushButton(text, self)
            button.setToolTip(tip)
            button.setAutoDefault(False)
            button.clicked.connect(act)
            side.addWidget(button, row + (row > 4), 0)
            self.buttons[name] = button
        side.setRowMinimumHeight(5, 12)
        side.setRowStretch(len(parts) + 1, 1)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.rows, 1)
        middle.addLayout(side)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        save = box.addButton(self.tr("Save and use"), QDialogButtonBox.ButtonRole.AcceptRole)
        make_primary(save)
        box.accepted.connect(self.save)
        box.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addLayout(middle, 1)
        layout.addWidget(self._note)
        layout.addWidget(box)

    # ---- changing the draft

    def ask_species(self) -> None:
        """Search a species and add it."""
        finder = SpeciesFinder(self._desk, self.tr("Add a species to the list"), self)
        finder.chosen.connect(self.add)
        finder.finished.connect(finder.deleteLater)
        finder.open()
        finder.line.setFocus()

    def add(self, species: PaletteSpecies) -> None:
        """Put a species behind the marked one."""
        if species.is_special:
            self._tell(self.tr("{name} stands below every list already.").format(name=species.name))
            return
        place = self.rows.marked_row + 1
        self.draft = self.draft.added([species]).moved(species.name, place)
        self._refresh(place)

    def remove(self) -> None:
        """Take the marked species off."""
        species, row = self.rows.current, self.rows.marked_row
        if species is not None:
            self.draft = self.draft.without([species.name])
            self._refresh(row)

    def move_by(self, step: int) -> None:
        """Move the marked species."""
        species, row = self.rows.current, self.rows.marked_row
        if species is not None and 0 <= row + step < len(self.draft.species):
            self.draft = self.draft.moved(species.name, row + step)
            self._refresh(row + step)

    def set_colour(self, colour: str) -> None:
        """Give the marked species a colour; "" for the one that follows from its place."""
        species, row = self.rows.current, self.rows.marked_row
        if species is not None:
            self.draft = self.draft.changed(species.name, replace(species, colour=colour))
            self._refresh(row)

    def _ask_colour(self) -> None:
        menu = QMenu(self)
        menu.addAction(self.tr("By its place in the list"), lambda: self.set_colour(""))
        menu.addSeparator()
        used = {colour: name for name, colour in self.draft.colours().items()}
        for colour in SAFE_COLOURS:
            text = used.get(colour, self.tr("not used yet"))
            action = menu.addAction(text, partial(self.set_colour, colour))
            action.setIcon(dot(colour, self.devicePixelRatioF()))
        menu.aboutToHide.connect(menu.deleteLater)
        button = self.buttons["colour"]
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    # ---- files

    def _ask_import(self) -> None:
        kinds = self.tr("Species lists (*.csv *.txt);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Import a species list"), "", kinds)
        if name:
            self.import_from(Path(name))

    def import_from(self, path: Path) -> None:
        """Take the species of a file in place of those here."""
        try:
            found = read_palette(path, palette_lists.find_known)
        except BirchtreeError as error:
            self._tell(told(str(error)), "danger")
            return
        self.draft = found
        self.title.setText(found.title)
        self._refresh(0)
        self._tell(self.tr("{count} species read from {name}.").format(count=len(found.species), name=path.name))

    def _ask_export(self) -> None:
        kinds = self.tr("Species lists (*.csv)")
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export the species list"), f"{self.title.text()}.csv", kinds
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the list as it is here."""
        target = path if path.suffix else path.with_suffix(".csv")
        try:
            write_palette(self.draft, target)
        except BirchtreeError as error:
            self._tell(told(str(error)), "danger")
            return
        self._tell(self.tr("Written to {name}.").format(name=target.name))

    def delete(self) -> None:
        """Delete the list, if it is one of one's own."""
        self._desk.delete(self.draft)
        self._show_state()
        self._tell(self.tr("Deleted. This plot keeps its copy until you choose another list."))

    def save(self) -> None:
        """Keep the list and use it on this plot."""
        try:
            self._desk.save(replace(self.draft, title=self.title.text().strip()))
        except BirchtreeError as error:
            self._tell(told(str(error)), "danger")
            return
        self.accept()

    # ---- showing

    def _refresh(self, row: int) -> None:
        keys = {one.name: number for number, one in enumerate(self.draft.species[:KEYS], start=1)}
        self.rows.show_species(self.draft.species, RowFacts(keys, self.draft.colours(), {}))
        self.rows.mark(row)
        self._show_state()

    def _show_state(self) -> None:
        row, count = self.rows.marked_row, len(self.draft.species)
        marked = 0 <= row < count
        can = {
            "remove": marked,
            "up": marked and row > 0,
            "down": marked and row + 1 < count,
            "colour": marked,
            "export": count > 0,
            "delete": any(one.palette_id == self.draft.palette_id for one in palette_lists.user_lists()),
        }
        for name, is_possible in can.items():
            self.buttons[name].setEnabled(is_possible)
        self._tell(
            self.tr(
                "The first nine have the keys Shift+1 to Shift+9 and colours that every kind of colour vision tells "
                "apart. “dead”, “unknown” and “not a tree” stand below every list."
            )
        )

    def _tell(self, text: str, role: str = "muted") -> None:
        self._note.setText(text)
        mark(self._note, "role", role)

    @property
    def note(self) -> str:
        """The line below the list."""
        return self._note.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del removes, Alt+arrows move."""
        if event.key() == Qt.Key.Key_Delete and self.rows.hasFocus():
            self.remove()
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_by(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)
