"""The Edit menu: undo, redo and selecting."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit

from birchtree_gui.actions.needs import Need, PlotNeeds, reason
from birchtree_gui.actions.registry import ActionRegistry, ActionSpec
from birchtree_gui.canvas.view import MapView
from birchtree_gui.document import PlotDocument
from birchtree_gui.languages.told import told


class EditActions(QObject):
    """What the Edit menu does."""

    def __init__(self, document: PlotDocument, map_view: MapView, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._map = map_view

    def specs(self) -> tuple[ActionSpec, ...]:
        """The actions of this menu."""
        keys, needs, document = QKeySequence.StandardKey, PlotNeeds(self._document), self._document
        undoable = Need(lambda: document.undo_name is not None, reason("There is nothing to undo."))
        redoable = Need(lambda: document.redo_name is not None, reason("There is nothing to redo."))
        return (
            ActionSpec("edit.undo", self.tr("&Undo"), self.undo, (keys.Undo,), "undo", "", (*needs.editable, undoable)),
            ActionSpec(
                "edit.redo",
                self.tr("&Redo"),
                self.redo,
                ("Ctrl+Shift+Z", "Ctrl+Y"),
                "redo",
                "",
                (*needs.editable, redoable),
            ),
            ActionSpec(
                "edit.select_all", self.tr("Select &all"), self.select_all, (keys.SelectAll,), "", "", needs.opened
            ),
            ActionSpec(
                "edit.select_none",
                self.tr("Select &none"),
                self.select_none,
                ("Ctrl+Shift+A",),
                "",
                "",
                needs.selected,
            ),
            ActionSpec(
                "edit.select_proposed",
                self.tr("Select &proposed crowns"),
                self.select_proposed,
                (),
                "",
                "",
                needs.opened,
            ),
            ActionSpec("edit.invert", self.tr("&Invert selection"), self.invert, ("Ctrl+I",), "", "", needs.opened),
        )

    def name_steps(self, actions: ActionRegistry) -> None:
        """Say what undo and redo would do: "Undo Merge 2 crowns"."""
        undo, redo = self._document.undo_name, self._document.redo_name
        actions["edit.undo"].setText(self.tr("&Undo {edit}").format(edit=told(undo)) if undo else self.tr("&Undo"))
        actions["edit.redo"].setText(self.tr("&Redo {edit}").format(edit=told(redo)) if redo else self.tr("&Redo"))

    def undo(self) -> None:
        """Take back the last point of a drawing, else the last edit."""
        if not self._map.undo_point():
            self._document.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        self._document.redo()

    def select_all(self) -> None:
        """Select every crown; in a text field, all of its text."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QLineEdit):
            focused.selectAll()
        elif self._document.table is not None:
            self._document.set_selection(self._document.table.ids[self._document.table.visible].tolist())

    def select_none(self) -> None:
        """Select nothing."""
        self._document.set_selection(())

    def select_proposed(self) -> None:
        """Select the crowns that nobody has reviewed."""
        table = self._document.table
        if table is not None:
            proposed = table.visible & (table.column("review") == "auto")
            self._document.set_selection(table.ids[proposed].tolist())

    def invert(self) -> None:
        """Select the others."""
        table = self._document.table
        if table is not None:
            everything = frozenset(table.ids[table.visible].tolist())
            self._document.set_selection(everything - self._document.selection)
