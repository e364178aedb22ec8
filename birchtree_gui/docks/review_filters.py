"""Which crowns are in the review queue: proposed ones, unsure species, the whole plot or a part of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget

from birchtree_gui import units
from birchtree_gui.docks.review_session import ReviewSession
from inference.crowns.records import Area
from inference.review.state import Where

_AREA = "area:"


class ReviewFilters(QWidget):
    """Two switches and a choice.

    Signals:
        viewAsked(): which crowns are in view? The answer goes to `take_view`.
        areaAsked(area_id): which crowns are in this area? The answer goes to `take_area`.
    """

    viewAsked = Signal()
    areaAsked = Signal(int)

    def __init__(self, session: ReviewSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._areas: tuple[Area, ...] = ()
        self._proposed = QCheckBox(self.tr("Only proposed crowns"), self)
        self._species = QCheckBox(self.tr("Only unsure species"), self)
        self._where = QComboBox(self)
        self._where.setAccessibleName(self.tr("Where to review"))
        self._where.setToolTip(self.tr("Control crowns come up only while the whole plot is reviewed"))
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(4)
        layout.addWidget(self._proposed, 0, 0)
        layout.addWidget(self._species, 0, 1)
        layout.addWidget(self._where, 1, 0, 1, 2)
        for control in (self._proposed, self._species, self._where):
            control.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            control.setMinimumHeight(24)
        self._proposed.clicked.connect(self._change)
        self._species.clicked.connect(self._change)
        self._where.activated.connect(self._choose_where)

    def show_filters(self) -> None:
        """Show the filters of the session."""
        filters = self._session.state.filters
        self._proposed.setChecked(filters.only_proposed)
        self._species.setChecked(filters.only_unsure_species)
        self._where.clear()
        self._where.addItem(self.tr("On the whole plot"), "plot")
        self._where.addItem(self.tr("In the present view of the map"), "view")
        captured = self._session.captured
        if len(captured) > 1 or filters.where == "selection":
            count = len(filters.ids) if filters.where == "selection" else len(captured)
            text = self.tr("Among the {count} that were selected").format(count=units.crowns(count))
            self._where.addItem(text, "selection")
        for area in self._areas:
            self._where.addItem(self.tr("In the area {name}").format(name=area.name), f"{_AREA}{area.area_id}")
        chosen = f"{_AREA}{filters.area_id}" if filters.where == "area" else filters.where
        self._where.setCurrentIndex(max(self._where.findData(chosen), 0))

    def show_areas(self, areas: tuple[Area, ...]) -> None:
        """Offer these areas as places to review."""
        self._areas = tuple(area for area in areas if area.name)
        self.show_filters()

    def take_view(self, ids: frozenset[int]) -> None:
        """These crowns are in view."""
        self._apply("view", ids)

    def take_area(self, area_id: int, ids: frozenset[int]) -> None:
        """These crowns are in the area."""
        self._apply("area", ids, area_id)

    def _choose_where(self) -> None:
        chosen = str(self._where.currentData())
        if chosen.startswith(_AREA):
            self.areaAsked.emit(int(chosen.removeprefix(_AREA)))
            return
        where: Where = self._where.currentData()
        if where == "view":
            self.viewAsked.emit()
        else:
            filters = self._session.state.filters
            kept = frozenset(filters.ids) if filters.where == "selection" else self._session.captured
            self._apply(where, kept if where == "selection" else frozenset())

    def _change(self) -> None:
        filters = self._session.state.filters
        self._apply(filters.where, frozenset(filters.ids), filters.area_id)

    def _apply(self, where: Where, ids: frozenset[int], area_id: int | None = None) -> None:
        self._session.set_filters(
            only_proposed=self._proposed.isChecked(),
            only_unsure_species=self._species.isChecked(),
            where=where,
            ids=ids,
            area_id=area_id,
        )
