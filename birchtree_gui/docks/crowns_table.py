"""The panel with the crown table: quick filter, columns, sorting, and a selection in step with the map."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from birchtree_gui import units
from birchtree_gui.docks.crown_filter import FilterError
from birchtree_gui.docks.crowns_model import CrownsModel
from birchtree_gui.docks.row_selection import RowSelection
from birchtree_gui.document import PlotDocument
from birchtree_gui.icons import Icons
from birchtree_gui.settings import SettingsStore
from birchtree_gui.theme import tabular
from birchtree_gui.widgets.emphasis import mark

_FEW = 64
_FILTER_PAUSE_MS = 150
_CELL_PADDING = 18  # what the style sheet leaves on both sides, and the line between columns


class CrownsTable(QWidget):
    """The table of crowns.

    Signals:
        zoomAsked(ids): the map should show these crowns.
        menuAsked(QPoint, int): right click on a crown; place on the screen.
    """

    zoomAsked = Signal(object)
    menuAsked = Signal(QPoint, object)

    def __init__(
        self, document: PlotDocument, settings: SettingsStore, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._settings = settings
        self.model = CrownsModel(document, self)
        self.view = QTableView(self)
        self._filter = QLineEdit(self)
        self._note = QLabel(self)
        self._column_actions: list[QAction] = []
        self._pause = QTimer(self, singleShot=True, interval=_FILTER_PAUSE_MS)
        self._prepare_view()
        self._lay_out(icons)
        self._pause.timeout.connect(self.apply_filter)
        self._filter.textChanged.connect(self._pause.start)
        self._filter.returnPressed.connect(self.apply_filter)
        self.model.shownChanged.connect(self._tell_count)
        self._rows = RowSelection(document, self.model, self.view)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._ask_menu)
        self.view.doubleClicked.connect(self._zoom)
        self.view.horizontalHeader().sortIndicatorChanged.connect(self._show_start)
        self.view.installEventFilter(self)

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
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(24)
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(36)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_column_menu)
        metrics = view.fontMetrics()
        for place, column in enumerate(self.model.columns):
            wanted = max(metrics.horizontalAdvance("0" * column.width_chars), metrics.horizontalAdvance(column.title))
            view.setColumnWidth(place, wanted + _CELL_PADDING)
        self._show_columns()
        self._document.opened.connect(self._show_columns)
        self._document.crownsChanged.connect(self._follow_columns)

    def _lay_out(self, icons: Icons) -> None:
        self._filter.setPlaceholderText(self.tr("Filter: height > 10, status = proposed, picea"))
        self._filter.setAccessibleName(self.tr("Filter the crowns"))
        self._filter.setClearButtonEnabled(True)
        self._columns_button = QToolButton(self)
        self._columns_button.setProperty("flat", True)
        self._columns_button.setIconSize(QSize(18, 18))
        self._columns_button.setToolTip(self.tr("Choose columns"))
        self._columns_button.setAccessibleName(self.tr("Choose columns"))
        icons.bind(self._columns_button, "columns", colour="muted")
        menu = QMenu(self._columns_button)
        for column in self.model.columns:
            action = QAction(column.title, menu, checkable=True)
            action.setData(column.name)
            action.setToolTip(column.explanation)
            action.setChecked(column.name not in self._settings.value.hidden_columns)
            action.toggled.connect(self._apply_columns)
            menu.addAction(action)
            self._column_actions.append(action)
        self._columns_button.setMenu(menu)
        self._columns_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._note.setProperty("role", "muted")
        line = QHBoxLayout()
        line.setContentsMargins(8, 8, 8, 4)
        line.setSpacing(4)
        line.addWidget(self._filter, 1)
        line.addWidget(self._columns_button)
        below = QHBoxLayout()
        below.setContentsMargins(10, 0, 8, 5)
        below.addWidget(self._note, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addLayout(below)
        layout.addWidget(self.view, 1)
        self._tell_count(0, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the table, Ctrl+A means the rows that pass the filter, not every crown of the plot."""
        is_wish = event.type() == QEvent.Type.ShortcutOverride
        if is_wish and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.SelectAll):
            event.accept()
            return True
        return super().eventFilter(watched, event)

    # ---- filter and columns

    @property
    def filter_line(self) -> QLineEdit:
        """Where the filter is typed."""
        return self._filter

    def apply_filter(self) -> None:
        """Use what is typed now; a line that is not understood is marked and changes nothing."""
        self._pause.stop()
        sentence = ""
        try:
            self.model.set_filter(self._filter.text())
            self._show_start()
        except FilterError as error:
            sentence = self.tr("Filter: {problem}.").format(problem=error)
        mark(self._filter, "invalid", bool(sentence))
        if sentence:
            self._set_note(sentence, "danger")

    def _show_start(self) -> None:
        # In a new order, or with another filter, what comes first is what was asked for; a selection stays in sight.
        if not self._document.selection:
            self.view.scrollToTop()

    def _tell_count(self, shown: int, total: int) -> None:
        if shown == total:
            text = units.crowns(total)
        else:
            text = self.tr("{shown} of {total} crowns").format(shown=units.count(shown), total=units.count(total))
        self._set_note(text, "muted")

    def _set_note(self, text: str, role: str) -> None:
        self._note.setText(text)
        mark(self._note, "role", role)

    def _show_column_menu(self, at: QPoint) -> None:
        menu = self._columns_button.menu()
        menu.popup(self.view.horizontalHeader().mapToGlobal(at))

    def _apply_columns(self) -> None:
        hidden = tuple(str(action.data()) for action in self._column_actions if not action.isChecked())
        self._settings.change(lambda settings: settings.with_hidden_columns(hidden))
        self._show_columns()

    def _follow_columns(self, changed: frozenset[int] | None) -> None:
        """After an edit of a few crowns, look at those alone: whole columns would cost a part of every frame."""
        table = self._document.table
        if changed is None or len(changed) > _FEW or table is None:
            self._show_columns()
            return
        measured = [crown.measures for crown in map(table.find, changed) if crown is not None]
        if any(one is not None and (one.height_model_m is not None or one.species_topk) for one in measured):
            self._show_columns()

    def _show_columns(self) -> None:
        """Hide what the user does not want, and what only a trait model fills while none has."""
        table = self._document.table
        has_read = table is not None and bool((~np.isnan(table.column("height_model_m").astype(np.float64))).any())
        has_named = table is not None and any(table.column("species_topk"))
        for place, column in enumerate(self.model.columns):
            is_empty = column.is_from_model and not (has_named if column.name == "species_topk" else has_read)
            self.view.setColumnHidden(place, is_empty or column.name in self._settings.value.hidden_columns)

    def _ask_menu(self, at: QPoint) -> None:
        index = self.view.indexAt(at)
        if index.isValid():
            self.menuAsked.emit(self.view.viewport().mapToGlobal(at), int(self.model.shown[index.row()]))

    def _zoom(self, index: QModelIndex) -> None:
        if not self.model.columns[index.column()].is_editable:
            self.zoomAsked.emit(frozenset({int(self.model.shown[index.row()])}))
