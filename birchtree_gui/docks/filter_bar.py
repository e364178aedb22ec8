"""The head of the crown table: filter line, quick filters, saved filters, and how many crowns pass."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from birchtree_gui import units
from birchtree_gui.docks.crown_filter import MARKS, FilterError
from birchtree_gui.docks.crowns_model import CrownsModel
from birchtree_gui.docks.expression_line import ExpressionLine
from birchtree_gui.docks.quick_filters import quick_filters, told
from birchtree_gui.document import PlotDocument
from birchtree_gui.icons import Icons
from birchtree_gui.jobs.crown_marks import CrownMarks
from birchtree_gui.languages.told import told as in_words
from birchtree_gui.plain import plain_tip
from birchtree_gui.settings import SettingsStore
from birchtree_gui.widgets.emphasis import mark
from birchtree_gui.widgets.flow import FlowLayout

_FILTER_PAUSE_MS = 150
_ICON = QSize(18, 18)


class FilterBar(QWidget):
    """Decides which rows the model shows.

    Signals:
        applied(): other rows may be shown.
        selectAsked(), changeAsked(): select, or change, what is shown.
        columnsAsked(): show the list of columns.
    """

    applied = Signal()
    selectAsked = Signal()
    changeAsked = Signal()
    columnsAsked = Signal()

    def __init__(
        self,
        document: PlotDocument,
        settings: SettingsStore,
        model: CrownsModel,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._settings = settings
        self._model = model
        self._icons = icons
        self._marks = CrownMarks(document, self)
        model.use_marks(self._marks.masks)
        self.line = ExpressionLine(document, self)
        self._note = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self._quick = {quick.name: quick for quick in quick_filters()}
        self._ticks: dict[str, QAction] = {}
        self._pause = QTimer(self, singleShot=True, interval=_FILTER_PAUSE_MS)
        self._make_name_row()
        self._lay_out()
        self._pause.timeout.connect(self.apply)
        self.line.textChanged.connect(self._pause.start)
        self.line.returnPressed.connect(self.apply)
        self._marks.changed.connect(model.arrange_again)
        model.shownChanged.connect(self._tell_count)
        document.closed.connect(self.clear_quick)
        document.opened.connect(self._tell_limits)

    # ---- parts

    def _lay_out(self) -> None:
        self.line.setPlaceholderText(self.tr("Filter: height > 10 and species = Picea glauca"))
        self.line.setAccessibleName(self.tr("Filter the crowns"))
        self.line.setClearButtonEnabled(True)
        saved = self._button("filter", self.tr("Saved filters"))
        self.saved_menu = QMenu(saved)
        self.saved_menu.aboutToShow.connect(self._fill_saved)
        saved.setMenu(self.saved_menu)
        saved.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.columns_button = self._button("columns", self.tr("Choose columns"))
        self.columns_button.clicked.connect(self.columnsAsked)
        first = QHBoxLayout()
        first.setSpacing(4)
        for widget in (self.line, saved, self.columns_button):
            first.addWidget(widget, 1 if widget is self.line else 0)
        second = self._make_quick()
        self._note.setProperty("role", "muted")
        self._note.setWordWrap(True)
        self.select_button = self._words(self.tr("Select"), self.tr("Select on the map what the filter shows"))
        self.select_button.clicked.connect(self.selectAsked)
        self.change_button = self._words(self.tr("Change…"), self.tr("Give many crowns a value at once"))
        self.change_button.clicked.connect(self.changeAsked)
        third = QHBoxLayout()
        third.setContentsMargins(2, 0, 0, 0)
        third.addWidget(self._note, 1)
        third.addWidget(self.select_button)
        third.addWidget(self.change_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 3)
        layout.setSpacing(3)
        layout.addLayout(first)
        layout.addWidget(self._name_row)
        layout.addLayout(second)
        layout.addLayout(third)
        self._tell_count(0, 0)

    def _button(self, icon: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("flat", True)
        button.setIconSize(_ICON)
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._icons.bind(button, icon, colour="muted")
        return button

    def _words(self, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setProperty("flat", True)
        button.setProperty("words", True)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _make_quick(self) -> FlowLayout:
        """Buttons for the commonest questions, a menu for all the others."""
        row = FlowLayout(3)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for quick in self._quick.values():
            action = QAction(quick.title, self, checkable=True)
            action.setToolTip(quick.explanation)
            action.toggled.connect(lambda on, name=quick.name: self._tick(name, on))
            self._ticks[quick.name] = action
            if quick.in_front:
                button = self._words(quick.title, quick.explanation)
                button.setProperty("chip", True)
                button.setDefaultAction(action)
                row.addWidget(button)
            else:
                menu.addAction(action)
        self.more_button = self._words(self.tr("More"), self.tr("More quick filters"))
        self.more_button.setProperty("chip", True)
        self.more_button.setMenu(menu)
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row.addWidget(self.more_button)
        return row

    def _make_name_row(self) -> None:
        self._name_row = QWidget(self)
        self.name_line = QLineEdit(self._name_row)
        self.name_line.setPlaceholderText(self.tr("Name of this filter"))
        self.name_line.setAccessibleName(self.tr("Name of this filter"))
        self.name_line.returnPressed.connect(self.save)
        save = self._words(self.tr("Save"), self.tr("Keep the filter under this name"))
        save.clicked.connect(self.save)
        leave = self._words(self.tr("Cancel"), self.tr("Do not keep it"))
        leave.clicked.connect(self._name_row.hide)
        row = QHBoxLayout(self._name_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.name_line, 1)
        row.addWidget(save)
        row.addWidget(leave)
        self._name_row.hide()

    # ---- filtering

    def apply(self) -> None:
        """Use what is typed now; a line that is not understood is marked and changes nothing."""
        self._pause.stop()
        error: FilterError | None = None
        try:
            self._model.set_filter(self.line.text())
            self.applied.emit()
        except FilterError as found:
            error = found
        mark(self.line, "invalid", error is not None)
        if error is not None:
            self._set_note(in_words(str(error)), "danger")
        self._want_marks()

    def quick(self, name: str) -> QAction:
        """The tick of a quick filter."""
        return self._ticks[name]

    def clear_quick(self) -> None:
        """No quick filter."""
        for action in self._ticks.values():
            action.setChecked(False)

    def _tick(self, name: str, on: bool) -> None:
        against = self._quick[name].against
        if on and against and self._ticks[against].isChecked():
            self._ticks[against].setChecked(False)
        table = self._document.table
        chosen = [quick for quick in self._quick.values() if self._ticks[quick.name].isChecked()]
        if table is not None:
            self._model.set_quick(tuple(quick.line(table) for quick in chosen))
        elif not chosen:
            self._model.set_quick(())
        hidden = [quick.title for quick in chosen if not quick.in_front]
        self.more_button.setText(", ".join(hidden) if hidden else self.tr("More"))
        mark(self.more_button, "on", bool(hidden))
        self._want_marks()
        self.applied.emit()

    def _want_marks(self) -> None:
        condition = self._model.condition
        self._marks.want(frozenset(name for name in MARKS if name in condition))

    def _tell_limits(self) -> None:
        for name, action in self._ticks.items():
            action.setToolTip(plain_tip(told(self._quick[name], self._document.table)))

    # ---- saved filters

    def _fill_saved(self) -> None:
        menu = self.saved_menu
        menu.clear()
        kept = [line.partition("\t")[::2] for line in self._settings.value.saved_filters]
        for name, line in kept:
            action = menu.addAction(name)
            action.setToolTip(plain_tip(line))
            action.triggered.connect(lambda _=False, text=line: self._use(text))
        if kept:
            menu.addSeparator()
        keep = menu.addAction(self.tr("Save this filter…"))
        keep.setEnabled(bool(self._model.condition))
        keep.triggered.connect(self.ask_name)
        forget = menu.addMenu(self.tr("Forget"))
        forget.setEnabled(bool(kept))
        for name, _ in kept:
            forget.addAction(name).triggered.connect(lambda _=False, known=name: self._forget(known))

    def _use(self, line: str) -> None:
        self.clear_quick()
        self.line.setText(line)
        self.apply()

    def ask_name(self) -> None:
        """Ask under which name the filter is kept."""
        self._name_row.show()
        self.name_line.setFocus()

    def save(self) -> None:
        """Keep what decides about the rows now, quick filters included, under the name that is typed."""
        name = " ".join(self.name_line.text().split())
        condition = self._model.condition
        if name and condition:
            self._settings.change(lambda settings: settings.with_saved_filter(name, condition))
            self.name_line.clear()
            self._name_row.hide()

    def _forget(self, name: str) -> None:
        self._settings.change(lambda settings: settings.with_saved_filter(name, ""))

    # ---- telling

    def _tell_count(self, shown: int, total: int) -> None:
        if shown == total:
            text = units.crowns(total)
        else:
            text = self.tr("{shown} of {total} crowns").format(shown=units.count(shown), total=units.count(total))
        if self._marks.is_busy:
            text = self.tr("{count}, looking…").format(count=text)
        self._set_note(text, "muted")
        self.select_button.setEnabled(shown > 0)
        self.change_button.setEnabled(shown > 0 and self._document.is_editable)

    def _set_note(self, text: str, role: str) -> None:
        self._note.setText(text)
        mark(self._note, "role", role)

    def shut_down(self) -> None:
        """End the thread."""
        self._marks.shut_down()
