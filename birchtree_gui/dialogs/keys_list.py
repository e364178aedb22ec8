"""The list of commands with their keys, and of the mouse gestures, in groups."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QTreeWidgetItemIterator, QWidget

from birchtree_gui.keys import gestures, groups
from birchtree_gui.keys.keymap import KeyMap, native

_NAME = Qt.ItemDataRole.UserRole


class KeysList(QTreeWidget):
    """Signals: chosen(): another row is marked; activated_name(): Enter or a double click on a command."""

    chosen = Signal()
    activated_name = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Commands and their keys"))
        self.setObjectName("keys")
        self.setColumnCount(3)
        self.setHeaderLabels([self.tr("Command"), self.tr("Keys"), self.tr("Usual keys, where changed")])
        self.setRootIsDecorated(False)
        self.setIndentation(12)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        header = self.header()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(False)
        self.currentItemChanged.connect(lambda *_: self.chosen.emit())
        self.itemActivated.connect(self._activate)

    @property
    def current_name(self) -> str:
        """The command that is marked; "" for a heading or a gesture."""
        item = self.currentItem()
        return "" if item is None else str(item.data(0, _NAME) or "")

    def show_keys(self, keymap: KeyMap, wanted: str) -> None:
        """List what a search finds; the mark stays where it was."""
        marked = self.current_name
        self.blockSignals(True)
        self.clear()
        for title, commands in groups.grouped(keymap):
            found = [one for one in commands if groups.found(wanted, one.title, keymap.keys(one.name))]
            if not found:
                continue
            group = self._group(title)
            for command in found:
                usual = ",  ".join(native(key) for key in command.usual) or self.tr("none")
                changed = not keymap.is_usual(command.name)
                item = QTreeWidgetItem(
                    group, [command.title, groups.keys_text(keymap, command.name), usual if changed else ""]
                )
                item.setData(0, _NAME, command.name)
                item.setToolTip(0, groups.place(command.where))
                if changed:
                    item.setFont(1, self._bold())
                if command.name == marked:
                    self.setCurrentItem(item)
        self._show_gestures(wanted)
        self.expandAll()
        self.blockSignals(False)
        if self.currentItem() is None:
            self.mark_first()

    def mark_first(self) -> None:
        """Mark the first command."""
        top = self.topLevelItem(0)
        first = None if top is None else top.child(0)
        if first is not None:
            self.setCurrentItem(first)

    def mark(self, name: str) -> None:
        """Mark a command."""
        place = QTreeWidgetItemIterator(self)
        while (command := place.value()) is not None:
            if command.data(0, _NAME) == name:
                self.setCurrentItem(command)
            place += 1

    def _show_gestures(self, wanted: str) -> None:
        found = [one for one in gestures.everywhere() if groups.found(wanted, one.what, (one.how,))]
        if found:
            group = self._group(self.tr("Mouse and fixed keys, in every tool"))
            for gesture in found:
                QTreeWidgetItem(group, [gesture.what, gesture.how, ""])

    def _group(self, title: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self, [title])
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        item.setFont(0, self._bold())
        return item

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font

    def _activate(self) -> None:
        if self.current_name:
            self.activated_name.emit()
