"""The plot's own fields in the inspector: an editor of its kind for each, for one crown or for many at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QWidget

from birchtree_gui.docks.selection_summary import common_field
from birchtree_gui.document import PlotDocument, now
from birchtree_gui.languages.told import told
from birchtree_gui.widgets import typed_editors
from birchtree_gui.widgets.emphasis import mark
from inference.crowns.records import CustomField
from inference.errors import InputError
from inference.project import custom_fields

_NOTHING_YET = "\0"
_CAPTION_WIDTH = 62  # as the captions above these fields have it


class FieldEditors(QWidget):
    """A form of them; empty on a plot without fields."""

    def __init__(self, document: PlotDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._fields: tuple[CustomField, ...] = ()
        self.editors: dict[str, QWidget] = {}
        self._shown: dict[str, str] = {}
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        for signal in (document.recordsChanged, document.opened, document.closed):
            signal.connect(self.make_anew)
        self.make_anew()

    def make_anew(self) -> None:
        """Make an editor for each field of the open plot."""
        fields = self._document.project.custom_fields() if self._document.is_open else ()
        if fields == self._fields:
            return
        self._fields = fields
        while self.form.rowCount():
            self.form.removeRow(0)
        self.editors.clear()
        for field in fields:
            editor = typed_editors.make_editor(field.kind, field.choices, self)
            editor.setAccessibleName(field.name)
            typed_editors.on_finished(editor, partial(self._write, field))
            caption = QLabel(field.name, self, textFormat=Qt.TextFormat.PlainText)
            caption.setProperty("role", "muted")
            caption.setBuddy(editor)
            caption.setMinimumHeight(editor.sizeHint().height())
            caption.setMinimumWidth(_CAPTION_WIDTH)
            self.form.addRow(caption, editor)
            self.editors[field.key] = editor
        self.setVisible(bool(fields))
        self.show_selection()

    def show_selection(self) -> None:
        """Show what the selected crowns have in common."""
        table, selection = self._document.table, self._document.selection
        if table is None or not selection or not self._fields:
            return
        for field in self._fields:
            editor = self.editors[field.key]
            editor.setEnabled(self._document.is_editable)
            if isinstance(editor, QLineEdit) and editor.hasFocus() and editor.isModified():
                continue
            found, varies = common_field(table, selection, field)
            text = custom_fields.show(found)
            editor.blockSignals(True)
            typed_editors.show_value(editor, text)
            typed_editors.show_varying(editor, varies)
            editor.blockSignals(False)
            mark(editor, "invalid", False)
            # Choosing "nothing" for crowns that differ is a choice, too.
            self._shown[field.key] = _NOTHING_YET if varies and isinstance(editor, QComboBox) else text

    def _write(self, field: CustomField) -> None:
        editor = self.editors.get(field.key)
        if editor is None or not self._document.selection:
            return
        text = typed_editors.text_of(editor)
        if text == self._shown.get(field.key, ""):
            return
        try:
            value = custom_fields.parse(field, text)
        except InputError as error:
            mark(editor, "invalid", True)
            self._document.message.emit("warning", told(str(error)))
            return
        self._shown[field.key] = text
        if isinstance(editor, QLineEdit):
            editor.setModified(False)
        crowns = self._document.selected_crowns()
        edit = custom_fields.set_values(crowns, field, value, by=self._document.by, at=now())
        if edit is not None:
            self._document.do(edit)
