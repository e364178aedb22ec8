"""The panel with the crown table: filter, columns, sorting, changes of many crowns, in step with the map."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QMenu, QTableView, QVBoxLayout, QWidget

from birchtree_gui.docks.bulk_edit import BulkEdit
from birchtree_gui.docks.column_chooser import ColumnChooser
from birchtree_gui.docks.crowns_model import CrownsModel
from birchtree_gui.docks.filter_bar import FilterBar
from birchtree_gui.docks.row_selection import RowSelection
from birchtree_gui.docks.table_clipboard import TableClipboard
from birchtree_gui.docks.table_columns import TableColumns
from birchtree_gui.document import PlotDocument
from birchtree_gui.icons import Icons
from birchtree_gui.settings import SettingsStore
from birchtree_gui.theme import tabular

_OURS = (QKeySequence.StandardKey.SelectAll, QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Paste)


class CrownsTable(QWidget):
    """The table of crowns.

    Signals:
        zoomAsked(ids): the map should show these crowns.
        menuAsked(QPoint, int): right click on a crown; place on the screen.
        fieldsAsked(CustomField | None): the plot's own fields, with this one marked.
    """

    zoomAsked = Signal(object)
    menuAsked = Signal(QPoint, object)
    fieldsAsked = Signal(object)

    def __init__(
        self, document: PlotDocument, settings: SettingsStore, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self.model = CrownsModel(document, self)
        self.view = QTableView(self)
        self._prepare_view()
        self.arrangement = TableColumns(document, settings, self.model, self.view)
        self.filters = FilterBar(document, settings, self.model, icons, self)
        self.bulk = BulkEdit(document, self.model, self)
        self._clipboard = TableClipboard(document)
        self._chooser: ColumnChooser | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.filters)
        layout.addWidget(self.bulk)
        layout.addWidget(self.view, 1)
        self._rows = RowSelection(document, self.model, self.view)
        self._connect()

    def _prepare_view(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setAccessibleName(self.tr("Crowns"))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setAlternatingRowColors(True)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setSortingEnabled(True)
        view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        view.setFont(tabular(view.font()))
        view.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        view.setTabKeyNavigation(False)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(24)
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(36)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _connect(self) -> None:
        view, header = self.view, self.view.horizontalHeader()
        self.filters.applied.connect(self._show_start)
        self.filters.selectAsked.connect(self.select_shown)
        self.filters.changeAsked.connect(self.bulk.open)
        self.bulk.closed.connect(view.setFocus)  # else the keys would go to the next box of the window
        self.filters.columnsAsked.connect(self.choose_columns)
        self.model.refused.connect(lambda text: self._document.message.emit("warning", text))
        view.customContextMenuRequested.connect(self._ask_menu)
        view.doubleClicked.connect(self._zoom)
        header.sortIndicatorChanged.connect(self._show_start)
        header.customContextMenuRequested.connect(self._show_header_menu)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the table, Ctrl+A means the rows that pass the filter, Ctrl+C and Ctrl+V rows and values."""
        if isinstance(event, QKeyEvent) and watched is self.view:
            if event.type() == QEvent.Type.ShortcutOverride and any(event.matches(key) for key in _OURS):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and event.matches(QKeySequence.StandardKey.Copy):
                self.copy_rows()
                return True
            if event.type() == QEvent.Type.KeyPress and event.matches(QKeySequence.StandardKey.Paste):
                self.paste_column()
                return True
        return super().eventFilter(watched, event)

    # ---- filter and rows

    @property
    def filter_line(self) -> QLineEdit:
        """Where the filter is typed."""
        return self.filters.line

    def apply_filter(self) -> None:
        """Use what is typed now; a line that is not understood is marked and changes nothing."""
        self.filters.apply()

    def select_shown(self) -> None:
        """Select what the filter shows."""
        self._document.set_selection(self.model.shown.tolist())

    def _show_start(self) -> None:
        # In a new order, or with another filter, what comes first is what was asked for; a selection stays in sight.
        if not self._document.selection:
            self.view.scrollToTop()

    def _chosen(self) -> list[int]:
        """The selected crowns in the order of the rows; those that the filter hides come last, by their number."""
        selection = self._document.selection
        here = [tree_id for tree_id in self.model.shown.tolist() if tree_id in selection]
        return here + sorted(selection.difference(here))

    def copy_rows(self) -> None:
        """Copy the selected crowns as a table."""
        self._clipboard.copy(self._chosen(), self.arrangement.shown)

    def paste_column(self) -> None:
        """Write what was copied into the column in which the cursor is."""
        index = self.view.currentIndex()
        if index.isValid():
            self._clipboard.paste(self._chosen(), self.model.columns[index.column()])
        else:
            self._document.message.emit("info", self.tr("Click into the column to paste into first."))

    # ---- columns

    def choose_columns(self) -> None:
        """Open the list of columns."""
        if self._chooser is not None:
            self._chooser.deleteLater()
        self._chooser = ColumnChooser(self.arrangement, self)
        self._chooser.fieldsAsked.connect(lambda: self.fieldsAsked.emit(None))
        button = self.filters.columns_button
        self._chooser.open_at(button.mapToGlobal(QPoint(button.width(), button.height() + 2)))

    def _show_header_menu(self, at: QPoint) -> None:
        header = self.view.horizontalHeader()
        place = header.logicalIndexAt(at)
        if place >= 0:
            menu = self.header_menu(place)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(header.mapToGlobal(at))

    def header_menu(self, place: int) -> QMenu:
        """What can be done with a column."""
        column, arrangement = self.model.columns[place], self.arrangement
        menu = QMenu(self)

        def add(text: str, run: object) -> None:
            menu.addAction(text).triggered.connect(lambda: run())  # type: ignore[operator]

        add(self.tr("Sort upwards"), lambda: self.view.sortByColumn(place, Qt.SortOrder.AscendingOrder))
        add(self.tr("Sort downwards"), lambda: self.view.sortByColumn(place, Qt.SortOrder.DescendingOrder))
        menu.addSeparator()
        add(self.tr("Hide {column}").format(column=column.title), lambda: arrangement.set_shown(column.name, False))
        add(self.tr("Move to the left"), lambda: arrangement.move(column.name, -1))
        add(self.tr("Move to the right"), lambda: arrangement.move(column.name, 1))
        add(self.tr("Fit width"), lambda: arrangement.fit(column.name))
        menu.addSeparator()
        add(self.tr("Choose columns…"), self.choose_columns)
        add(self.tr("Reset columns"), arrangement.reset)
        add(self.tr("New field…"), lambda: self.fieldsAsked.emit(None))
        if column.field is not None:
            add(self.tr("Change this field…"), lambda: self.fieldsAsked.emit(column.field))
        return menu

    # ---- single crowns

    def _ask_menu(self, at: QPoint) -> None:
        index = self.view.indexAt(at)
        if index.isValid():
            self.menuAsked.emit(self.view.viewport().mapToGlobal(at), int(self.model.shown[index.row()]))

    def _zoom(self, index: QModelIndex) -> None:
        if not self.model.columns[index.column()].is_editable:
            self.zoomAsked.emit(frozenset({int(self.model.shown[index.row()])}))

    def shut_down(self) -> None:
        """End the threads."""
        self.filters.shut_down()
        self.bulk.shut_down()
