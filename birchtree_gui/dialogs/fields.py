"""The fields that a person adds to the crowns of a plot: made, renamed, arranged and deleted, each as one edit."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from birchtree_gui.docks.columns import kind_text
from birchtree_gui.document import PlotDocument
from birchtree_gui.languages.told import told
from birchtree_gui.widgets.emphasis import mark
from inference.crowns import edits
from inference.crowns.edits import CrownEdit
from inference.crowns.records import FIELD_KINDS, CustomField, RecordChange
from inference.errors import InputError
from inference.project import custom_fields

_FIELD = Qt.ItemDataRole.UserRole
_SIZE = (560, 360)
_CHOICES_HEIGHT = 92


class FieldsDialog(QDialog):
    """Stays open beside the map; everything takes effect at once and can be undone."""

    def __init__(self, document: PlotDocument, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Fields of this plot"))
        self._document = document
        self._deleted: CustomField | None = None
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Fields"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.name = QLineEdit(self)
        self.kind = QComboBox(self)
        self.choices = QPlainTextEdit(self)
        self.told = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self.save_button = QPushButton(self)
        self.delete_button = QPushButton(self.tr("Delete"), self)
        self.undo_button = QPushButton(self.tr("Undo"), self)
        self._buttons: dict[int, QPushButton] = {}
        self._lay_out()
        self.list.currentRowChanged.connect(self._show_field)
        self.kind.currentIndexChanged.connect(self._show_choices)
        self.name.returnPressed.connect(self.save)
        self.save_button.clicked.connect(self.save)
        self.delete_button.clicked.connect(self.delete)
        self.undo_button.clicked.connect(self.undo_delete)
        document.recordsChanged.connect(self._fill)
        document.closed.connect(self.close)
        self._fill()
        self.resize(*_SIZE)

    # ---- layout

    def _lay_out(self) -> None:
        for kind in FIELD_KINDS:
            self.kind.addItem(kind_text(kind), kind)
        self.choices.setPlaceholderText(self.tr("One choice in each line"))
        self.choices.setAccessibleName(self.tr("Choices"))
        self.choices.setFixedHeight(_CHOICES_HEIGHT)
        self.choices.setTabChangesFocus(True)
        self.told.setWordWrap(True)
        self.told.setProperty("role", "muted")
        self.save_button.setProperty("primary", True)
        self.undo_button.setProperty("link", True)
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(12)
        self._form.addRow(self.tr("&Name"), self.name)
        self._form.addRow(self.tr("&Kind"), self.kind)
        self._form.addRow(self.tr("&Choices"), self.choices)
        actions = QHBoxLayout()
        actions.addWidget(self.save_button)
        actions.addWidget(self.delete_button)
        actions.addStretch(1)
        note = QHBoxLayout()
        note.addWidget(self.told, 1)
        note.addWidget(self.undo_button, 0, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.addLayout(self._form)
        right.addLayout(actions)
        right.addLayout(note)
        right.addStretch(1)
        leave = QPushButton(self.tr("Close"), self)
        leave.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(leave)
        right.addLayout(foot)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(14)
        layout.addLayout(self._left(), 2)
        layout.addLayout(right, 3)
        self.undo_button.hide()

    def _left(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        row = QHBoxLayout()
        for text, tip, step in (
            (self.tr("Up"), self.tr("Show this field further to the left"), -1),
            (self.tr("Down"), self.tr("Show this field further to the right"), 1),
        ):
            button = QPushButton(text, self)
            button.setToolTip(tip)
            button.clicked.connect(lambda _=False, by=step: self.move_field(by))
            self._buttons[step] = button
            row.addWidget(button)
        left.addLayout(row)
        return left

    # ---- showing

    @property
    def field(self) -> CustomField | None:
        """The field that is marked; None for a new one."""
        item = self.list.currentItem()
        found = None if item is None else item.data(_FIELD)
        return found if isinstance(found, CustomField) else None

    def _fill(self) -> None:
        if not self._document.is_open:
            return
        before = self.field
        self.list.blockSignals(True)
        self.list.clear()
        fields = self._document.project.custom_fields()
        for field in fields:
            item = QListWidgetItem(f"{field.name}   ({kind_text(field.kind)})", self.list)
            item.setData(_FIELD, field)
        self.list.addItem(QListWidgetItem(self.tr("New field…")))
        ids = [field.field_id for field in fields]
        row = ids.index(before.field_id) if before is not None and before.field_id in ids else len(ids)
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        self._show_field()

    def choose(self, field: CustomField | None) -> None:
        """Mark a field, or the line for a new one."""
        ids = [known.field_id for known in self._document.project.custom_fields()]
        self.list.setCurrentRow(ids.index(field.field_id) if field is not None and field.field_id in ids else len(ids))
        self.name.setFocus()
        self.name.selectAll()

    def _show_field(self) -> None:
        field, editable = self.field, self._document.is_editable
        self.name.setText("" if field is None else field.name)
        self.kind.setCurrentIndex(self.kind.findData("text" if field is None else field.kind))
        self.kind.setEnabled(field is None and editable)
        self.kind.setToolTip("" if field is None else self.tr("The kind of a field that is there cannot be changed"))
        self.choices.setPlainText("" if field is None else "\n".join(field.choices))
        self.save_button.setText(self.tr("Add field") if field is None else self.tr("Save changes"))
        self.save_button.setEnabled(editable)
        self.delete_button.setEnabled(field is not None and editable)
        row, last = self.list.currentRow(), self.list.count() - 2
        self._buttons[-1].setEnabled(editable and field is not None and row > 0)
        self._buttons[1].setEnabled(editable and field is not None and row < last)
        self._show_choices()

    def _show_choices(self) -> None:
        self._form.setRowVisible(self.choices, self.kind.currentData() == "choice")

    def _tell(self, text: str, *, is_mistake: bool = False, can_undo: bool = False) -> None:
        self.told.setText(text)
        mark(self.told, "role", "danger" if is_mistake else "muted")
        self.undo_button.setVisible(can_undo)

    # ---- deciding

    def save(self) -> None:
        """Add the field, or change the marked one."""
        field, name = self.field, self.name.text()
        choices = [line for line in self.choices.toPlainText().splitlines() if line.strip()]
        try:
            if field is None:
                edit = custom_fields.new_field(self._document.project, name, self.kind.currentData(), choices)
            else:
                edit = custom_fields.change_field(self._document.project, field, name=name, choices=choices)
        except InputError as error:
            self._tell(told(str(error)), is_mistake=True)
            return
        made = _after(edit)
        if made == field:
            self._tell(self.tr("Nothing was changed."))
        elif self._document.do(edit) and made is not None:
            self._tell(
                self.tr("{name} was added: a column of the table, a line of the inspector.").format(name=made.name)
                if field is None
                else self.tr("{name} was changed.").format(name=made.name)
            )
            self.choose(made)

    def delete(self) -> None:
        """Delete the marked field; its values stay until nobody can want them back."""
        field = self.field
        if field is None or not self._document.do(custom_fields.delete_field(field)):
            return
        self._deleted = field
        table = self._document.table
        held = 0 if table is None else sum(v is not None for v in table.column(f"custom:{field.key}").tolist())
        text = self.tr("{name} was deleted, with the values of {count} crowns.").format(name=field.name, count=held)
        self._tell(text, can_undo=True)

    def undo_delete(self) -> None:
        """Bring the field that was deleted last back, with its values."""
        field = self._deleted
        if field is None:
            return
        change = RecordChange(replace(field, deleted=True), field)
        if self._document.do(edits.record(f"Restore field {field.name}", change)):
            self._tell(self.tr("{name} is back.").format(name=field.name))
            self.choose(field)
        self._deleted = None

    def move_field(self, step: int) -> None:
        """Show the marked field one place further."""
        field = self.field
        fields = list(self._document.project.custom_fields())
        if field is None:
            return
        place = fields.index(field)
        target = place + step
        if 0 <= target < len(fields):
            fields[place], fields[target] = fields[target], fields[place]
            moved = [(known, replace(known, place=number)) for number, known in enumerate(fields, start=1)]
            changes = tuple(RecordChange(known, after) for known, after in moved if known != after)
            if self._document.do(edits.record(f"Move field {field.name}", *changes)):
                self.choose(field)


def _after(edit: CrownEdit) -> CustomField | None:
    made = edit.records[0].after
    return made if isinstance(made, CustomField) else None
