"""How a dialog that asks a few things is laid out: titles on the left, fields on the right, buttons below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

Row = tuple[str, QWidget] | tuple[str, QWidget, QWidget]
"""Title ("" for none), the field that its key leads to, and what stands beside the field."""


def lay_out_rows(dialog: QDialog, rows: Sequence[Row], buttons: QDialogButtonBox) -> None:
    """Put rows and buttons into a dialog that has no layout yet."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    for number, (title, field, *beside) in enumerate(rows):
        if title:
            label = QLabel(title, dialog, textFormat=Qt.TextFormat.PlainText)
            label.setBuddy(field)
            grid.addWidget(label, number, 0)
        if not beside:
            grid.addWidget(field, number, 1)
            continue
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(field, 1)
        for widget in beside:
            line.addWidget(widget)
        grid.addLayout(line, number, 1)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(20, 16, 20, 16)
    layout.setSpacing(16)
    layout.addLayout(grid)
    layout.addWidget(buttons)
