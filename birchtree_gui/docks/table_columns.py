"""Which columns of the crown table are shown, in which order and how wide; kept between sessions."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QTableView

from birchtree_gui.docks.columns import Column
from birchtree_gui.docks.crowns_model import CrownsModel
from birchtree_gui.document import PlotDocument
from birchtree_gui.settings import SettingsStore

_FEW = 64
_CELL_PADDING = 18  # what the style sheet leaves on both sides, and the line between columns
_PAUSE_MS = 400


class TableColumns(QObject):
    """Arranges the header of the table's view and remembers what the user arranges there.

    Signals:
        changed(): other columns are shown, or in another order.
    """

    changed = Signal()

    def __init__(self, document: PlotDocument, settings: SettingsStore, model: CrownsModel, view: QTableView) -> None:
        super().__init__(view)
        self._document = document
        self._settings = settings
        self._model = model
        self._view = view
        self._is_arranging = False
        self._resized: dict[str, int] = {}
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._keep_widths)
        header = view.horizontalHeader()
        header.sectionMoved.connect(self._keep_order)
        header.sectionResized.connect(self._note_width)
        model.columnsChanged.connect(self.arrange)
        document.opened.connect(self._show_and_hide)
        document.crownsChanged.connect(self._follow)
        self.arrange()

    # ---- asking

    @property
    def ordered(self) -> tuple[Column, ...]:
        """All columns from left to right, hidden ones included."""
        header = self._view.horizontalHeader()
        return tuple(self._model.columns[header.logicalIndex(place)] for place in range(len(self._model.columns)))

    @property
    def shown(self) -> tuple[Column, ...]:
        """The visible columns from left to right."""
        hidden = self._view.isColumnHidden
        return tuple(column for column in self.ordered if not hidden(self.place_of(column.name)))

    def is_wanted(self, name: str) -> bool:
        """Whether the user wants to see a column; one that only a model fills may still be hidden."""
        return name not in self._settings.value.hidden_columns

    def place_of(self, name: str) -> int:
        """Where the model has a column."""
        return [column.name for column in self._model.columns].index(name)

    # ---- changing

    def set_shown(self, name: str, shown: bool) -> None:
        """Show or hide a column."""
        hidden = tuple(known for known in self._settings.value.hidden_columns if known != name)
        self._settings.change(lambda settings: settings.with_hidden_columns(hidden if shown else (*hidden, name)))
        self._show_and_hide()
        self.changed.emit()

    def set_order(self, names: list[str]) -> None:
        """Put the columns into this order."""
        self._settings.change(lambda settings: settings.with_column_order(tuple(names)))
        self.arrange()
        self.changed.emit()

    def move(self, name: str, step: int) -> None:
        """Move a visible column so many visible places to the right."""
        names = [column.name for column in self.ordered]
        shown = [column.name for column in self.shown]
        target = min(max(shown.index(name) + step, 0), len(shown) - 1)
        other = shown[target]
        if other != name:
            names.remove(name)
            names.insert(names.index(other) + int(step > 0), name)
            self.set_order(names)

    def reset(self) -> None:
        """Everything as on a new computer."""
        self._settings.change(lambda settings: settings.with_usual_columns())
        self.arrange()
        self.changed.emit()

    def fit(self, name: str) -> None:
        """As wide as what is seen of a column."""
        self._view.resizeColumnToContents(self.place_of(name))

    # ---- the header

    def arrange(self) -> None:
        """Order, widths and hidden columns as the settings say."""
        self._is_arranging = True
        header = self._view.horizontalHeader()
        for place, name in enumerate(self._wanted_order()):
            header.moveSection(header.visualIndex(self.place_of(name)), place)
        widths = dict(self._kept_widths())
        for place, column in enumerate(self._model.columns):
            self._view.setColumnWidth(place, widths.get(column.name, self._usual_width(column)))
        self._is_arranging = False
        self._show_and_hide()

    def _wanted_order(self) -> list[str]:
        """Columns that the user never arranged stay behind those that they usually follow."""
        usual = [column.name for column in self._model.columns]
        names = [name for name in self._settings.value.column_order if name in usual]
        for place, name in enumerate(usual):
            if name not in names:
                before = next((known for known in reversed(usual[:place]) if known in names), None)
                names.insert(0 if before is None else names.index(before) + 1, name)
        return names

    def _kept_widths(self) -> list[tuple[str, int]]:
        found = []
        for kept in self._settings.value.column_widths:
            name, _, width = kept.rpartition("=")
            if width.isdecimal():
                found.append((name, max(int(width), self._view.horizontalHeader().minimumSectionSize())))
        return found

    def _usual_width(self, column: Column) -> int:
        metrics = self._view.fontMetrics()
        wanted = max(metrics.horizontalAdvance("0" * column.width_chars), metrics.horizontalAdvance(column.title))
        return wanted + _CELL_PADDING

    def _keep_order(self) -> None:
        if not self._is_arranging:
            names = tuple(column.name for column in self.ordered)
            self._settings.change(lambda settings: settings.with_column_order(names))
            self.changed.emit()

    def _note_width(self, place: int, before_px: int, width_px: int) -> None:
        stretched = place == self._view.horizontalHeader().logicalIndex(self._view.horizontalHeader().count() - 1)
        if not self._is_arranging and before_px > 0 and width_px > 0 and not stretched:
            self._resized[self._model.columns[place].name] = width_px
            self._pause.start()

    def _keep_widths(self) -> None:
        resized, self._resized = self._resized, {}
        for name, width_px in resized.items():
            self._settings.change(lambda settings, n=name, w=width_px: settings.with_column_width(n, w))  # type: ignore[misc]

    # ---- what only a model fills

    def _follow(self, changed: frozenset[int] | None) -> None:
        """After an edit of a few crowns, look at those alone: whole columns would cost a part of every frame."""
        table = self._document.table
        if changed is None or len(changed) > _FEW or table is None:
            self._show_and_hide()
            return
        measured = [crown.measures for crown in map(table.find, changed) if crown is not None]
        if any(one is not None and (one.height_model_m is not None or one.species_topk) for one in measured):
            self._show_and_hide()

    def _show_and_hide(self) -> None:
        """Hide what the user does not want, and what only a trait model fills while none has."""
        table = self._document.table
        has_read = table is not None and bool((~np.isnan(table.column("height_model_m").astype(np.float64))).any())
        has_named = table is not None and any(table.column("species_topk"))
        self._is_arranging = True
        for place, column in enumerate(self._model.columns):
            is_empty = column.is_from_model and not (has_named if column.name == "species_topk" else has_read)
            self._view.setColumnHidden(place, is_empty or not self.is_wanted(column.name))
        self._is_arranging = False
