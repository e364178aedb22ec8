"""Editors for values of one kind each, alike in the table, the inspector and the bulk edit: text in, text out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QCoreApplication, QDate, QRegularExpression, Qt
from PySide6.QtGui import QIntValidator, QRegularExpressionValidator
from PySide6.QtWidgets import QComboBox, QCompleter, QDateEdit, QLineEdit, QWidget

from inference.crowns.records import FieldKind

_LARGEST = 2**31 - 1
_FIRST_DAY = QDate(1799, 12, 31)  # stands for "no date"; no crown was looked at before it
_ISO = Qt.DateFormat.ISODate


def _tr(text: str) -> str:
    return QCoreApplication.translate("TypedEditors", text)


def make_editor(kind: FieldKind, choices: Sequence[str], parent: QWidget | None = None) -> QWidget:
    """An editor for values of a kind; `choices` of a "choice"."""
    match kind:
        case "choice":
            return _combo([("", ""), *((choice, choice) for choice in choices)], parent)
        case "flag":
            return _combo([("", ""), (_tr("yes"), "yes"), (_tr("no"), "no")], parent)
        case "date":
            return _date(parent)
        case _:
            line = QLineEdit(parent)
            if kind == "integer":
                line.setValidator(QIntValidator(-_LARGEST, _LARGEST, line))
            elif kind == "real":
                number = QRegularExpression(r"\s*[-+]?\d*[.,]?\d*([eE][-+]?\d{1,3})?\s*")
                line.setValidator(QRegularExpressionValidator(number, line))
            return line


def _combo(entries: Iterable[tuple[str, str]], parent: QWidget | None) -> QComboBox:
    combo = QComboBox(parent)
    for text, value in entries:
        combo.addItem(text, value)
    return combo


def _date(parent: QWidget | None) -> QDateEdit:
    edit = QDateEdit(parent)
    edit.setCalendarPopup(True)
    edit.setDisplayFormat("yyyy-MM-dd")
    edit.setMinimumDate(_FIRST_DAY)
    edit.setSpecialValueText(_tr("none"))
    return edit


def complete_with(editor: QWidget, texts: Iterable[str]) -> None:
    """Offer texts while a person types."""
    if isinstance(editor, QLineEdit):
        completer = QCompleter(sorted(texts), editor)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        editor.setCompleter(completer)


def show_value(editor: QWidget, text: str) -> None:
    """Show a value as `custom_fields.show` writes it; "" for none."""
    if isinstance(editor, QComboBox):
        place = editor.findData(text)
        if place < 0:  # a choice that the field has no more
            editor.addItem(text, text)
            place = editor.count() - 1
        editor.setCurrentIndex(place)
    elif isinstance(editor, QDateEdit):
        day = QDate.fromString(text, _ISO)
        editor.setDate(day if day.isValid() else _FIRST_DAY)
    elif isinstance(editor, QLineEdit):
        editor.setText(text)
        editor.setModified(False)


def text_of(editor: QWidget) -> str:
    """What the editor holds, for `custom_fields.parse`, an offered text written out; "" for none."""
    if isinstance(editor, QComboBox):
        return str(editor.currentData() or "")
    if isinstance(editor, QDateEdit):
        return "" if editor.date() == _FIRST_DAY else editor.date().toString(_ISO)
    if isinstance(editor, QLineEdit):
        return _completed(editor.text().strip(), editor.completer())
    return ""


def _completed(typed: str, offers: QCompleter | None) -> str:
    """The one offer that an unfinished word begins ("abies conc"); a whole word ("Abies") is meant as it is."""
    model = None if offers is None else offers.model()
    wanted = typed.casefold()
    if not wanted or model is None:
        return typed
    texts = (str(model.index(row, 0).data()) for row in range(model.rowCount()))
    begun = [text for text in texts if text.casefold().startswith(wanted)]
    same = next((text for text in begun if len(text) == len(typed)), None)
    if same is not None:
        return same
    return begun[0] if len(begun) == 1 and begun[0][len(typed)].isalnum() else typed


def on_change(editor: QWidget, call: Callable[[], object]) -> None:
    """Call whenever the value is another one."""
    if isinstance(editor, QComboBox):
        editor.currentIndexChanged.connect(lambda _: call())
    elif isinstance(editor, QDateEdit):
        editor.dateChanged.connect(lambda _: call())
    elif isinstance(editor, QLineEdit):
        editor.textChanged.connect(lambda _: call())


def on_enter(editor: QWidget, call: Callable[[], object]) -> None:
    """Call when Enter ends the value."""
    if isinstance(editor, QLineEdit):
        editor.returnPressed.connect(lambda: call())


def on_finished(editor: QWidget, call: Callable[[], object]) -> None:
    """Call when a person has ended the value: Enter, another field, or a choice."""
    if isinstance(editor, QComboBox):
        editor.activated.connect(lambda _: call())
    elif isinstance(editor, QDateEdit | QLineEdit):
        editor.editingFinished.connect(lambda: call())


def show_varying(editor: QWidget, varies: bool) -> None:
    """Say that several crowns have different values; choosing one gives it to all of them."""
    text = _tr("varies") if varies else ""
    if isinstance(editor, QComboBox):
        editor.setPlaceholderText(text)
        if varies:
            editor.setCurrentIndex(-1)
    elif isinstance(editor, QLineEdit):
        editor.setPlaceholderText(text)
    elif isinstance(editor, QDateEdit):
        editor.setSpecialValueText(text or _tr("none"))
