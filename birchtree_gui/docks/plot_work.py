"""The panel of plots work: areas in a list with ticks and notes, how much is done, the grid and control plots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from birchtree_gui.docks.areas_model import NAME, NOTE, AreasModel
from birchtree_gui.document import PlotDocument
from birchtree_gui.widgets.action_button import action_button
from birchtree_gui.widgets.number_fields import inset
from inference.crowns import area_edits, area_plans
from inference.crowns.records import AREA_KINDS, Area, AreaKind

if TYPE_CHECKING:
    from inference.crowns.area_plans import Shape


class PlotWorkPanel(QWidget):
    """Areas, progress, grid and control plots.

    Signals:
        chosen(frozenset of area ids): selected in the list.
        zoomAsked(Area): to be shown on the map.
        kindsShown(frozenset of kinds): which areas the map shall show.
    """

    chosen = Signal(object)
    zoomAsked = Signal(object)
    kindsShown = Signal(object)

    def __init__(
        self, document: PlotDocument, draw: QAction, following: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self.model = AreasModel(document, self)
        self.kind = QComboBox(self)
        self.kind.setAccessibleName(self.tr("Which areas"))
        self.kind.addItem(self.tr("All areas"), None)
        plural = {"complete": self.tr("Complete areas"), "control": self.tr("Control plots"), "cell": self.tr("Grid")}
        for kind in AREA_KINDS:
            self.kind.addItem(plural[kind], kind)
        self.progress = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self.bar = QProgressBar(self, textVisible=False)
        self.bar.setFixedWidth(60)
        self.bar.setAccessibleName(self.tr("Share of the ground that is done"))
        self.view = self._make_view()
        self.next_button = action_button(following, self, self.tr("Next open"))
        self.draw_button = action_button(draw, self, self.tr("Draw"))
        self.delete_button = QPushButton(self.tr("Delete"), self)
        self.reshape_button = QPushButton(self.tr("Draw anew"), self)
        self.reshape_button.setToolTip(self.tr("Give the selected area another outline"))
        self.corners_button = QPushButton(self.tr("Corners"), self)
        self.corners_button.setToolTip(self.tr("Move, add and remove corners of the selected area on the map"))
        self._make_fields()
        self._lay_out()
        self.delete_button.clicked.connect(self.delete)
        self.kind.currentIndexChanged.connect(self._show_kind)
        self.model.modelReset.connect(self._after_reset)
        self.model.dataChanged.connect(self._after_reset)
        self._after_reset()

    # ---- parts

    def _make_view(self) -> QTableView:
        view = QTableView(self)
        view.setModel(self.model)
        view.setAccessibleName(self.tr("Areas of this plot"))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(24)
        view.setShowGrid(False)
        header = view.horizontalHeader()
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate((130, 120, 90)):
            view.setColumnWidth(column, width)
        view.selectionModel().selectionChanged.connect(self._tell_chosen)
        view.doubleClicked.connect(self._zoom_to)
        return view

    def _make_fields(self) -> None:
        self.side = inset(QDoubleSpinBox(self, minimum=1, maximum=1000, value=20, suffix=" m", decimals=1))
        self.side.setAccessibleName(self.tr("Side of a grid cell"))
        self.lay_grid = QPushButton(self.tr("Lay the grid"), self)
        self.count = inset(QSpinBox(self, minimum=1, maximum=500, value=5))
        self.count.setAccessibleName(self.tr("How many control plots"))
        self.shape = QComboBox(self)
        self.shape.setAccessibleName(self.tr("Shape of control plots"))
        self.shape.addItem(self.tr("circles, radius"), "circle")
        self.shape.addItem(self.tr("squares, side"), "square")
        self.size_m = inset(QDoubleSpinBox(self, minimum=0.5, maximum=500, value=5, suffix=" m", decimals=1))
        self.size_m.setAccessibleName(self.tr("Size of control plots"))
        self.seed = inset(QSpinBox(self, minimum=0, maximum=999_999, value=1, prefix=self.tr("seed ")))
        self.seed.setAccessibleName(self.tr("Seed: the same number draws the same plots"))
        self.draw_plots = QPushButton(self.tr("Draw at random"), self)
        self.lay_grid.clicked.connect(self.make_grid)
        self.draw_plots.clicked.connect(self.make_control_plots)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        # Narrow: the window is 1366 pixels wide on the laptops that people have, and panels lie to the right.
        top.setSpacing(6)
        top.addWidget(self.kind)
        top.addWidget(self.bar)
        top.addWidget(self.progress, 1)
        for widget in (
            self.next_button,
            self.draw_button,
            self.corners_button,
            self.reshape_button,
            self.delete_button,
        ):
            top.addWidget(widget)
        fields = QGridLayout()
        fields.setHorizontalSpacing(6)
        fields.setVerticalSpacing(4)
        rows = (
            (QLabel(self.tr("Grid cells"), self, textFormat=Qt.TextFormat.PlainText), self.side, self.lay_grid),
            (QLabel(self.tr("Control plots"), self, textFormat=Qt.TextFormat.PlainText), self.count, self.shape),
            (None, self.size_m, self.seed),
            (None, None, self.draw_plots),
        )
        for row, line in enumerate(rows):
            for column, part in enumerate(line):
                if part is not None:
                    fields.addWidget(part, row, column)
        fields.setRowStretch(len(rows), 1)
        middle = QHBoxLayout()
        middle.setSpacing(10)
        middle.addWidget(self.view, 1)
        middle.addLayout(fields)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addLayout(middle, 1)
        self.progress.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    # ---- what is chosen

    @property
    def selected(self) -> list[Area]:
        """The areas selected in the list."""
        rows = sorted({index.row() for index in self.view.selectionModel().selectedRows()})
        return [self.model.areas[row] for row in rows if row < len(self.model.areas)]

    def select(self, area_id: int) -> None:
        """Select one area in the list."""
        for row, area in enumerate(self.model.areas):
            if area.area_id == area_id:
                flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
                self.view.selectionModel().setCurrentIndex(self.model.index(row, 0), flags)
                self.view.scrollTo(self.model.index(row, 0))

    def go_to_next_open(self) -> None:
        """Select and show the next area that is not done; the grid's cells when there are any."""
        listed = self.model.areas
        last = self.selected
        found = area_plans.next_open(listed, last[-1].area_id if last else None)
        if found is None:
            self._document.message.emit("success", self.tr("Everything in this list is done."))
            return
        self.select(found.area_id)
        self.zoomAsked.emit(found)

    def _tell_chosen(self) -> None:
        self._refresh_buttons()
        self.chosen.emit(frozenset(area.area_id for area in self.selected))

    def _zoom_to(self, index: QModelIndex) -> None:
        if index.column() not in (NAME, NOTE) or not self._document.is_editable:
            self.zoomAsked.emit(self.model.areas[index.row()])

    def _show_kind(self) -> None:
        kind: AreaKind | None = self.kind.currentData()
        self.model.show_kind(kind)
        self.kindsShown.emit(frozenset(AREA_KINDS) if kind is None else frozenset({kind}))

    def _after_reset(self) -> None:
        kept = frozenset(area.area_id for area in self.selected)
        self.chosen.emit(kept)
        self._refresh_buttons()
        unit_m = self._document.project.unit_m if self._document.is_open else 1.0
        state = area_plans.progress(self.model.areas, unit_m)
        percent = round(100 * state.share)
        text = self.tr("{done} of {count} done, {percent} % of the ground")
        self.progress.setText(text.format(done=state.done, count=state.count, percent=percent) if state.count else "")
        self.bar.setVisible(bool(state.count))
        self.bar.setValue(percent)

    def _refresh_buttons(self) -> None:
        editable = self._document.is_editable
        for widget in (self.lay_grid, self.draw_plots):
            widget.setEnabled(editable)
        self.delete_button.setEnabled(editable and bool(self.selected))
        for widget in (self.corners_button, self.reshape_button):
            widget.setEnabled(editable and len(self.selected) == 1)

    # ---- edits

    def delete(self) -> None:
        """Delete the selected areas; undo brings them back."""
        edit = area_edits.delete(self.selected)
        if edit is not None:
            self._document.do(edit)

    def make_grid(self) -> None:
        """Lay a grid over the plot; an earlier one goes in the same step."""
        self._add("cell", self.side.value())

    def make_control_plots(self) -> None:
        """Draw control plots at random."""
        self._add("control", self.size_m.value())

    def _add(self, kind: AreaKind, size_m: float) -> None:
        from birchtree_gui.plot_plans import planned_areas

        shape: Shape = self.shape.currentData()
        count, seed = self.count.value(), self.seed.value()
        planned_areas(self._document, kind, size_m, count=count, shape=shape, seed=seed)
        self.kind.setCurrentIndex(self.kind.findData(kind))
