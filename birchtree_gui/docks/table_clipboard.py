"""Rows of the crown table to spreadsheets and back: copied as text with tabs, pasted into one column as one edit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from birchtree_gui import units
from birchtree_gui.docks.columns import Column, text_of, value_of
from birchtree_gui.document import PlotDocument, now
from birchtree_gui.languages.told import told
from inference.crowns.crown import Crown
from inference.errors import InputError
from inference.project import bulk
from inference.project.bulk import Target

_MOST = 100_000


def as_tsv(crowns: Sequence[Crown], columns: Sequence[Column], unit_m: float) -> str:
    """Crowns as lines of texts with tabs between, under a line of titles."""
    lines = ["\t".join(column.title for column in columns)]
    for crown in crowns:
        cells = (text_of(value_of(crown, column.name, unit_m), column) for column in columns)
        lines.append("\t".join(" ".join(cell.split()) for cell in cells))
    return "\n".join(lines) + "\n"


def pasted_values(text: str, title: str) -> list[str]:
    """The first column of what a spreadsheet copied, without a line that is the column's own title."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    values = [line.split("\t")[0].strip().strip('"') for line in lines]
    if len(values) > 1 and values[0].casefold() == title.casefold():
        values = values[1:]
    return values


class TableClipboard:
    """Works on the selected crowns of a document, in the order in which the table shows them."""

    def __init__(self, document: PlotDocument) -> None:
        self._document = document

    def copy(self, ids: Sequence[int], columns: Sequence[Column]) -> None:
        """Put crowns on the clipboard; so many of the columns as are given."""
        table = self._document.table
        if table is None or not ids:
            return
        QGuiApplication.clipboard().setText(as_tsv(table.crowns(ids[:_MOST]), columns, table.unit_m))
        self._tell("info", _tr("{count} copied as a table.").format(count=units.crowns(len(ids))))

    def paste(self, ids: Sequence[int], column: Column) -> None:
        """Write what is on the clipboard into a column: one value into all crowns, or one line into each."""
        table = self._document.table
        if table is None or not ids:
            self._tell("info", _tr("Select the rows to paste into first."))
            return
        if not column.is_editable and column.name not in bulk.ATTRIBUTES:
            self._tell("info", _tr("{column} is measured and cannot be pasted into.").format(column=column.title))
            return
        values = pasted_values(QGuiApplication.clipboard().text(), column.title)
        if len(values) not in (1, len(ids)):
            text = _tr("{lines} lines were copied, and {rows} rows are selected. Copy one value, or as many as rows.")
            self._tell("warning", text.format(lines=len(values), rows=len(ids)))
            return
        target = Target.of_field(column.field) if column.field is not None else Target(column.name)
        crowns = table.crowns(ids)
        try:
            typed = [target.typed(value) for value in values]
            listed = typed if len(typed) == len(crowns) else typed * len(crowns)
            edit = bulk.set_values(crowns, listed, target, by=self._document.by, at=now())
        except InputError as error:
            self._tell("warning", told(str(error)))
            return
        if edit is None:
            self._tell("info", _tr("Nothing to change: these values are there already."))
        elif self._document.do(edit):
            text = _tr("{count} changed. Ctrl+Z takes it back.").format(count=units.crowns(len(edit.added)))
            self._tell("success", text)

    def _tell(self, level: str, text: str) -> None:
        self._document.message.emit(level, text)


def _tr(text: str) -> str:
    return QCoreApplication.translate("TableClipboard", text)
