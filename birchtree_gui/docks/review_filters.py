"""Which crowns are in the review queue: proposed ones, unsure species, the whole plot or a part of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget

from birchtree_gui import units
from birchtree_gui.docks.review_session import ReviewSession
from inference.review.state import Where


class ReviewFilters(QWidget):
    """Two switches and a choice.

    Signals:
        viewAsked(): which crowns are in view? The answer goes to `take_view`.
    """

    viewAsked = Signal()

    def __init__(self, session: ReviewSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
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
        self._where.setCurrentIndex(self._where.findData(filters.where))

    def take_view(self, ids: frozenset[int]) -> None:
        """These crowns are in view."""
        self._apply("view", ids)

    def _choose_where(self) -> None:
        where: Where = self._where.currentData()
        if where == "view":
            self.viewAsked.emit()
        else:
            filters = self._session.state.filters
            kept = frozenset(filters.ids) if filters.where == "selection" else self._session.captured
            self._apply(where, kept if where == "selection" else frozenset())

    def _change(self) -> None:
        filters = self._session.state.filters
        self._apply(filters.where, frozenset(filters.ids))

    def _apply(self, where: Where, ids: frozenset[int]) -> None:
        self._session.set_filters(
            only_proposed=self._proposed.isChecked(),
            only_unsure_species=self._species.isChecked(),
            where=where,
            ids=ids,
        )
