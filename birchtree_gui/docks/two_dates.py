"""The panel of two dates: the second survey, how it lies, what became of every tree, and the way to a table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from birchtree_gui import units
from birchtree_gui.docks.changes_model import ChangesModel
from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.second_survey import SecondSurvey
from birchtree_gui.languages.told import told as in_window_language
from birchtree_gui.plain import plain_tip
from birchtree_gui.widgets.action_button import action_button

if TYPE_CHECKING:
    from inference.change.comparing import Change
    from inference.change.report import ChangeReport

_COUNTED = ("survived", "died", "gone", "new", "unclear_now", "unclear_then", "outside")


class TwoDatesPanel(QWidget):
    """Second survey, shift, table.

    Signals:
        chosen(place of the change in the report or None).
        zoomAsked(Change).
        carryAsked(model id or ""): earlier crowns shall become proposals.
        reportShown(ChangeReport or None, fate or ""): what the map shall colour.
    """

    chosen = Signal(object)
    zoomAsked = Signal(object)
    carryAsked = Signal()
    reportShown = Signal(object, str)

    def __init__(
        self, document: PlotDocument, second: SecondSurvey, actions: dict[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._second = second
        self.model = ChangesModel(self)
        self.title = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self.title.setProperty("role", "heading")
        self.facts = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.facts.setProperty("role", "muted")
        self.earlier_day = self._day_field(self.tr("Day of the earlier survey"), self.tr("day then"))
        self.later_day = self._day_field(self.tr("Day of the open survey"), self.tr("day now"))
        self.fate = QComboBox(self)
        self.fate.setAccessibleName(self.tr("Which trees"))
        self.fate.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # not only to "All trees"
        self.view = self._make_view()
        words = {
            "open": self.tr("Open…"),
            "carry": self.tr("Carry over"),
            "compare": self.tr("Compare again"),
            "export": self.tr("Export…"),
        }
        self.buttons = {name: self._button(words[name], action) for name, action in actions.items()}
        self._lay_out()
        self.fate.currentIndexChanged.connect(self._filter)
        for field in (self.earlier_day, self.later_day):
            field.editingFinished.connect(self._take_days)
        second.busyChanged.connect(self.show_state)
        second.compared.connect(self._show_report)
        second.closed.connect(self._show_report)
        second.opened.connect(self._show_days)
        for signal in (document.opened, document.closed):
            signal.connect(self.show_state)
        self._show_report()

    # ---- parts

    def _day_field(self, name: str, short: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setAccessibleName(name)
        field.setToolTip(plain_tip(self.tr("{name}, typed as 2025-07-31").format(name=name)))
        field.setPlaceholderText(short)  # an example of a day would look like the day
        field.setFixedWidth(100)
        return field

    def _button(self, text: str, action: QAction) -> QPushButton:
        button = action_button(action, self, text)
        button.setAccessibleName(action.iconText())
        return button

    def _make_view(self) -> QTableView:
        view = QTableView(self)
        view.setModel(self.model)
        view.setAccessibleName(self.tr("Trees of two dates"))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setTabKeyNavigation(False)
        view.setSortingEnabled(True)
        view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(24)
        view.setShowGrid(False)
        view.horizontalHeader().setStretchLastSection(True)
        view.horizontalHeader().setHighlightSections(False)  # bold titles would be cut
        view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate((150, 56, 56, 140, 90, 90, 80, 100, 90, 100)):
            # Titles are longer in other languages, and a cut title says nothing.
            view.setColumnWidth(column, max(width, view.horizontalHeader().sectionSizeHint(column)))
        view.selectionModel().currentRowChanged.connect(self._row_chosen)
        view.doubleClicked.connect(self._zoom)
        return view

    def _lay_out(self) -> None:
        # Narrow: the window is 1366 pixels wide on the laptops that people have, and panels lie to the right.
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self.title, 1)
        for widget in (self.fate, *self.buttons.values()):
            top.addWidget(widget)
        days = QHBoxLayout()
        days.setSpacing(6)
        days.addWidget(self.facts, 1)
        for field in (self.earlier_day, self.later_day):
            days.addWidget(field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addLayout(days)
        layout.addWidget(self.view, 1)

    # ---- what is shown

    def show_state(self) -> None:
        """What is open, and whether something is being done."""
        second = self._second.second
        if self._second.is_busy:
            self.title.setText(self.tr("Comparing…"))
        elif second is None:
            self.title.setText(self.tr("No second survey"))
        else:
            self.title.setText(self.tr("Beside {name}").format(name=second.name))
        for field in (self.earlier_day, self.later_day):
            field.setEnabled(second is not None)
        self.fate.setEnabled(self._second.report is not None)

    def _show_days(self) -> None:
        second = self._second.second
        if second is not None:
            from inference.change.survey import DATE_KEY

            known = second.survey.surveyed
            self.earlier_day.setText("" if known is None else known.isoformat())
            self.later_day.setText(self._document.project.meta(DATE_KEY) or "")
        self.show_state()

    def _show_report(self) -> None:
        report = self._second.report
        self.model.set_report(report)
        self._list_fates(report)
        for column in self.model.told_columns:
            self.view.setColumnHidden(column, report is not None and not self.model.tells(column))
        self.facts.setText(self._words(report))
        self.facts.setToolTip("" if report is None else plain_tip(in_window_language(report.text())))
        self.reportShown.emit(report, self.fate.currentData() or "")
        self.show_state()

    def _list_fates(self, report: ChangeReport | None) -> None:
        chosen = self.fate.currentData()
        self.fate.blockSignals(True)
        self.fate.clear()
        self.fate.addItem(self.tr("All trees"), "")
        if report is not None:
            for fate in _COUNTED:
                count = sum(change.fate == fate for change in report.changes)
                if count:
                    self.fate.addItem(f"{self.model.fate_names[fate]}: {count}", fate)
        self.fate.setCurrentIndex(max(0, self.fate.findData(chosen)))
        self.fate.blockSignals(False)
        self.model.show_fate(self.fate.currentData() or "")

    def _words(self, report: ChangeReport | None) -> str:
        if report is None:
            return self.tr("Open last year's plot of this place, to see growth, losses and new trees.")
        second = self._second.second
        if second is not None and not len(second.survey):
            return self.tr(
                "{name} has no crowns, so every tree here counts as new. Outline its crowns first: open it as a plot."
            ).format(name=second.name)
        table = self._document.table
        if table is not None and not table.visible.any():
            return self.tr(
                "This plot has no crowns yet, so every earlier tree counts as gone. Carry them over, or outline this "
                "plot first."
            )
        told = [] if report.shift is None else [in_window_language(report.shift.sentence())]
        if report.mortality is not None:
            told.append(self.tr("Mortality {percent} %.").format(percent=units.number(100 * report.mortality, 1)))
        growth = report.median_growth_m()
        if growth is not None:
            told.append(self.tr("Median growth {growth}.").format(growth=units.quantity(growth, "m", 2)))
        return " ".join(told or map(in_window_language, report.notes))

    # ---- what is chosen

    def choose_fate(self, fate: str) -> None:
        """List and colour the trees of one fate, or all with ""."""
        self.fate.setCurrentIndex(max(0, self.fate.findData(fate)))

    def _filter(self) -> None:
        fate = self.fate.currentData() or ""
        self.model.show_fate(fate)
        self.reportShown.emit(self._second.report, fate)

    def _row_chosen(self, index: QModelIndex) -> None:
        self.chosen.emit(self.model.place(index.row()) if index.isValid() else None)

    def _zoom(self, index: QModelIndex) -> None:
        change: Change | None = self.model.change(index.row())
        if change is not None:
            self.zoomAsked.emit(change)

    def _take_days(self) -> None:
        """Compare again with the days typed; the open plot remembers its own."""
        days = tuple(_day(field.text()) for field in (self.earlier_day, self.later_day))
        for field, told in zip((self.earlier_day, self.later_day), days, strict=True):
            if field.text().strip() and told is None:
                text = self.tr("“{text}” is no day. Type it as 2025-07-31.").format(text=field.text())
                self._document.message.emit("warning", text)
                return
        report, second = self._second.report, self._second.second
        if report is None or second is None:
            return
        from inference.change.survey import DATE_KEY, years_between

        if years_between(*days) == report.years and None not in days:
            return
        if days[1] is not None and self._document.is_editable:
            self._document.note_down(DATE_KEY, days[1].isoformat())
        self._second.compare((days[0], days[1]))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
