"""All keys and mouse gestures on one page."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget


class KeysDialog(QDialog):
    """Two columns: the mouse and the map on the left, the actions on the right."""

    def __init__(self, actions: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys and mouse"))
        mouse = (
            (self.tr("Zoom at the cursor"), self.tr("wheel")),
            (self.tr("Pan, in every tool"), self.tr("middle-drag, or Space and drag")),
            (self.tr("Select; add; toggle"), self.tr("click; Shift+click; Ctrl+click")),
            (self.tr("Select with a box"), self.tr("drag on empty ground")),
            (self.tr("Finish an outline"), self.tr("Enter, double-click or first point")),
            (self.tr("Take the last point back"), self.tr("Backspace")),
            (self.tr("Cancel; then select nothing"), self.tr("Esc")),
            (self.tr("Move a vertex; add one"), self.tr("drag it; drag a midpoint")),
            (self.tr("Remove a vertex"), self.tr("Alt+click")),
            (self.tr("Hillshade while held"), "D"),
            (self.tr("Hide crowns while held"), "C"),
        )
        keys = [
            (
                action.iconText(),
                action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            )
            for action in actions
            if not action.shortcut().isEmpty()
        ]
        columns = QHBoxLayout()
        columns.setSpacing(32)
        half = (len(keys) + 1) // 2
        for rows in (list(mouse), keys[:half], keys[half:]):
            columns.addLayout(self._column(rows))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=self)
        buttons.rejected.connect(self.reject)
        rule = QFrame(self)
        rule.setObjectName("rule")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(14)
        layout.addLayout(columns)
        layout.addWidget(rule)
        layout.addWidget(buttons)

    def _column(self, rows: list[tuple[str, str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(5)
        for row, (what, how) in enumerate(rows):
            name, keys = QLabel(what, self), QLabel(how, self)
            name.setProperty("role", "muted")
            keys.setProperty("role", "heading")
            grid.addWidget(name, row, 0)
            grid.addWidget(keys, row, 1)
        grid.setRowStretch(len(rows), 1)
        return grid
