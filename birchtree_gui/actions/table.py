"""The crown table in the menus: filtering, selecting what is shown, changing many crowns, columns and fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from birchtree_gui.actions.needs import PlotNeeds
from birchtree_gui.actions.registry import ActionSpec

if TYPE_CHECKING:
    from birchtree_gui.dialogs.fields import FieldsDialog
    from birchtree_gui.main_window import MainWindow
    from inference.crowns.records import CustomField


class TableActions(QObject):
    """What the menu “Table” does."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._document = window.services.document
        self.fields: FieldsDialog | None = None
        window.table.fieldsAsked.connect(self.show_fields)

    def specs(self) -> tuple[ActionSpec, ...]:
        """The actions."""
        needs, tr = PlotNeeds(self._document), self.tr
        return (
            ActionSpec("table.filter", tr("&Filter the table"), self.filter, ("Ctrl+F",), "filter",
                       tr("Type which crowns the table shows"), needs.opened),
            ActionSpec("table.select_shown", tr("&Select what the filter shows"), self._window.table.select_shown,
                       ("Ctrl+Alt+F",), "", tr("Select on the map the crowns that the table shows"),
                       needs.opened),
            ActionSpec("table.bulk", tr("Change &many crowns…"), self.change_many, ("Ctrl+M",), "edit",
                       tr("Give all selected crowns, or all that the filter shows, a value at once"),
                       needs.editable),
            ActionSpec("table.copy", tr("&Copy rows for a spreadsheet"), self._window.table.copy_rows, (), "copy",
                       tr("Copy the selected crowns with the columns that the table shows"), needs.selected),
            ActionSpec("table.paste", tr("&Paste into the marked column"), self._window.table.paste_column, (), "",
                       tr("Write copied values into a column of the selected crowns"), needs.changeable),
            ActionSpec("table.columns", tr("C&hoose columns…"), self.choose_columns, (), "columns",
                       tr("Show, hide and arrange the columns of the table"), needs.opened),
            ActionSpec("table.fields", tr("Fi&elds of this plot…"), self.show_fields, (), "",
                       tr("Add columns of your own: text, numbers, yes or no, dates, choices"), needs.opened),
        )  # fmt: skip

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the actions, in the order of the menu."""
        return tuple(spec.name for spec in self.specs())

    def filter(self) -> None:
        """Put the cursor into the filter line."""
        self._window.link.review_table()
        self._window.table.filter_line.setFocus()
        self._window.table.filter_line.selectAll()

    def change_many(self) -> None:
        """Open the strip for changes of many crowns."""
        self._window.link.review_table()
        self._window.table.bulk.open()

    def choose_columns(self) -> None:
        """Open the list of columns."""
        self._window.link.review_table()
        self._window.table.choose_columns()

    def show_fields(self, field: CustomField | None = None) -> None:
        """Open the plot's own fields, with this one marked."""
        from birchtree_gui.dialogs.fields import FieldsDialog

        if not self._document.is_open:
            return
        if self.fields is None:
            self.fields = FieldsDialog(self._document, self._window)
        self.fields.show()
        self.fields.raise_()
        self.fields.activateWindow()
        self.fields.choose(field)
