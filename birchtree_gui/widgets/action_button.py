"""A button that stands for an action: starts it, and is enabled and explained as the action is."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget


def action_button(action: QAction, parent: QWidget, text: str = "") -> QPushButton:
    """A button for an action; `text` where the action's own does not fit."""
    button = QPushButton(text or action.iconText(), parent)
    button.clicked.connect(action.trigger)

    def follow() -> None:
        button.setEnabled(action.isEnabled())
        button.setToolTip(action.toolTip())

    action.changed.connect(follow)
    follow()
    return button
