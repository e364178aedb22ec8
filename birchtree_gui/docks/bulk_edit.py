"""BulkEdit: gives all selected crowns, or all that the filter shows, a value at once, after saying how many change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from birchtree_gui import units
from birchtree_gui.docks import crown_filter
from birchtree_gui.docks.cell_editors import species_of
from birchtree_gui.docks.columns import review_text
from birchtree_gui.docks.crowns_model import CrownsModel
from birchtree_gui.docks.expression_line import ExpressionLine
from birchtree_gui.document import PlotDocument, now
from birchtree_gui.jobs.background import Background
from birchtree_gui.languages.told import told
from birchtree_gui.widgets import typed_editors
from birchtree_gui.widgets.emphasis import mark
from inference.crowns.edits import CrownEdit
from inference.errors import BirchtreeError
from inference.project import bulk
from inference.project.bulk import Target

if TYPE_CHECKING:
    from inference.crowns.expression.names import Names
    from inference.crowns.table import CrownTable

_PAUSE_MS = 200
_VALUE, _EXPRESSION = "value", "expression"


@dataclass(frozen=True, slots=True)
class BulkPlan:
    """What would happen: the edit (None for nothing), and to how many crowns of how many."""

    edit: CrownEdit | None
    changes: int
    total: int


class BulkEdit(QFrame):
    """A strip above the table; hidden until it is asked for."""

    closed = Signal()

    def __init__(self, document: PlotDocument, model: CrownsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._document = document
        self._model = model
        self._background = Background("bulk", self)
        self._plan: BulkPlan | None = None
        self._editor: QWidget = QWidget(self)
        self.what = QComboBox(self)
        self.how = QComboBox(self)
        self.which = QComboBox(self)
        self.expression = ExpressionLine(document, self)
        self.told = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self.apply_button = QPushButton(self.tr("Change"), self)
        self._stack = QStackedWidget(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._lay_out()
        self._connect()
        self.hide()

    def _lay_out(self) -> None:
        self.what.setAccessibleName(self.tr("What is set"))
        self.how.setAccessibleName(self.tr("To a value or by an expression"))
        self.which.setAccessibleName(self.tr("Of which crowns"))
        self.how.addItem(self.tr("to"), _VALUE)
        self.how.addItem(self.tr("by"), _EXPRESSION)
        self.expression.setAccessibleName(self.tr("Expression"))
        self.expression.setPlaceholderText(self.tr("round(height_m) or species || ' ' || note"))
        self._stack.addWidget(self._editor)
        self._stack.addWidget(self.expression)
        self._stack.setMaximumHeight(self.expression.sizeHint().height())
        self.apply_button.setProperty("primary", True)
        leave = QPushButton(self.tr("Close"), self)
        leave.clicked.connect(self.leave)
        self.told.setWordWrap(True)
        self.told.setProperty("role", "muted")
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 8, 8, 8)
        grid.setSpacing(6)
        caption = QLabel(self.tr("Set"), self, textFormat=Qt.TextFormat.PlainText)
        caption.setProperty("role", "muted")
        of = QLabel(self.tr("of"), self, textFormat=Qt.TextFormat.PlainText)
        of.setProperty("role", "muted")
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.told, 1)
        buttons.addWidget(self.apply_button)
        buttons.addWidget(leave)
        grid.addWidget(caption, 0, 0)
        grid.addWidget(self.what, 0, 1)
        grid.addWidget(self.how, 0, 2)
        grid.addWidget(self._stack, 0, 3)
        grid.addWidget(of, 1, 0)
        grid.addWidget(self.which, 1, 1, 1, 3)
        grid.addLayout(buttons, 2, 0, 1, 4)
        grid.setColumnStretch(3, 1)

    def _connect(self) -> None:
        self.what.currentIndexChanged.connect(self._make_editor)
        self.how.currentIndexChanged.connect(self._show_way)
        self.which.currentIndexChanged.connect(self._ask)
        self.expression.textChanged.connect(self._ask)
        self.expression.returnPressed.connect(self.apply)
        self.apply_button.clicked.connect(self.apply)
        self._document.selectionChanged.connect(self._count)
        self._model.shownChanged.connect(self._count)
        self._document.recordsChanged.connect(self._fill_targets)
        self._document.crownsChanged.connect(self._ask)
        self._document.closed.connect(self.leave)

    # ---- opening

    def open(self) -> None:
        """Appear, for the selected crowns if there are several, else for those that the filter shows."""
        self.show()
        self._fill_targets()
        self._count()
        self.which.setCurrentIndex(0 if len(self._document.selection) > 1 else 1)
        self.what.setFocus()
        self._ask()

    def leave(self) -> None:
        """Disappear."""
        self._pause.stop()
        self._background.forget()
        self.hide()
        self.closed.emit()

    def choose(self, name: str) -> None:
        """Set this attribute or field."""
        place = next((n for n in range(self.what.count()) if self.what.itemData(n).name == name), -1)
        self.what.setCurrentIndex(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _fill_targets(self) -> None:
        if not self.isVisible() or not self._document.is_open:
            return
        before = self.target
        titles = {"species": self.tr("Species"), "review": self.tr("Status"), "note": self.tr("Note")}
        self.what.blockSignals(True)
        self.what.clear()
        for name, title in titles.items():
            self.what.addItem(title, Target(name))
        for field in self._document.project.custom_fields():
            self.what.addItem(field.name, Target.of_field(field))
        self.what.blockSignals(False)
        self.choose(before.name if before is not None else "species")
        self._make_editor()

    @property
    def target(self) -> Target | None:
        """What is set."""
        found = self.what.currentData()
        return found if isinstance(found, Target) else None

    def _make_editor(self) -> None:
        target = self.target
        if target is None:
            return
        editor = typed_editors.make_editor(target.kind, target.choices, self)
        if target.name == "species":
            typed_editors.complete_with(editor, species_of(self._document))
        if target.name == "review" and isinstance(editor, QComboBox):
            for place in range(1, editor.count()):
                editor.setItemText(place, review_text(str(editor.itemData(place))))
        editor.setAccessibleName(self.tr("Value"))
        typed_editors.on_change(editor, self._ask)
        typed_editors.on_enter(editor, self.apply)
        old, self._editor = self._editor, editor
        self._stack.insertWidget(0, editor)
        self._stack.removeWidget(old)
        old.deleteLater()
        self._show_way()

    def _show_way(self) -> None:
        self._stack.setCurrentIndex(0 if self.how.currentData() == _VALUE else 1)
        self._ask()

    def _count(self) -> None:
        if not self.isVisible():
            return
        texts = (
            self.tr("the {count} selected").format(count=units.crowns(len(self._document.selection))),
            self.tr("the {count} that the filter shows").format(count=units.crowns(len(self._model.shown))),
        )
        if not self.which.count():
            self.which.addItems(["", ""])
        for place, text in enumerate(texts):
            self.which.setItemText(place, text)
        self._ask()

    # ---- what would happen

    def _ids(self) -> list[int]:
        if self.which.currentIndex() == 0:
            return sorted(self._document.selection)
        return sorted(self._model.shown.tolist())

    def _ask(self) -> None:
        if self.isVisible():
            self._plan = None
            self.apply_button.setEnabled(False)
            self._pause.start()

    def _work(self) -> Callable[[], BulkPlan] | None:
        target, table = self.target, self._document.table
        if target is None or table is None:
            return None
        by_value = self.how.currentData() == _VALUE
        line = self._value if by_value else self.expression.text()
        names = None if by_value else crown_filter.names_of(self._document, marks=False)
        frozen, ids, by, at = table.frozen(), self._ids(), self._document.by, now()
        return lambda: _planned(frozen, ids, target, line, names, by, at)

    @property
    def _value(self) -> str:
        """What is typed or chosen; a code or a common name stands for its species, as in the inspector."""
        text = typed_editors.text_of(self._editor)
        is_species = self.target is not None and self.target.name == "species"
        return self._model.meant(text).name if is_species else text

    def _look(self) -> None:
        work = self._work()
        self._background.forget()
        if work is not None:
            self._background.run(work, self._take, self._refuse)

    def _take(self, plan: BulkPlan) -> None:
        self._plan = plan
        by_value = self.how.currentData() == _VALUE
        value = self._value
        text = self.tr("{changes} of {total} change")
        if by_value and not value:
            text = self.tr("{changes} of {total} lose it")
        elif by_value and self.target is not None and self.target.name == "species":
            text = self.tr("{changes} of {total} become {value}")  # as written out, where only its beginning was typed
        self.told.setText(text.format(changes=units.count(plan.changes), total=units.crowns(plan.total), value=value))
        mark(self.told, "role", "muted")
        mark(self.expression, "invalid", False)
        self.apply_button.setEnabled(plan.edit is not None and self._document.is_editable)

    def _refuse(self, error: BirchtreeError) -> None:
        self._plan = None
        is_empty = self.how.currentData() == _EXPRESSION and not self.expression.text().strip()
        self.told.setText("" if is_empty else told(str(error)))
        mark(self.told, "role", "danger")
        mark(self.expression, "invalid", not is_empty and self.how.currentData() == _EXPRESSION)
        self.apply_button.setEnabled(False)

    def apply(self) -> None:
        """Do it, as one step of the history."""
        if self._plan is None or self._plan.edit is None or not self._document.is_editable:
            return
        edit, changes = self._plan.edit, self._plan.changes
        self._plan = None
        if self._document.do(edit):
            text = self.tr("{count} changed. Ctrl+Z takes it back.").format(count=units.crowns(changes))
            self._document.message.emit("success", text)

    def shut_down(self) -> None:
        """End the thread."""
        self._pause.stop()
        self._background.shut_down()


def _planned(
    table: CrownTable, ids: list[int], target: Target, line: str, names: Names | None, by: str, at: str
) -> BulkPlan:
    """For a thread: the edit and its size."""
    crowns = table.crowns(ids)
    values = bulk.worked_out(table, crowns, target, line, names)
    edit = bulk.set_values(crowns, values, target, by=by, at=at)
    return BulkPlan(edit, 0 if edit is None else len(edit.added), len(crowns))
