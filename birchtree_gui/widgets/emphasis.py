"""Properties that the stylesheet looks at: set them here, so that they take effect at once."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget


def mark(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the stylesheet asks for, and apply the stylesheet again if it is new."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def make_primary(button: QPushButton) -> None:
    """The one button of a dialog that does what the dialog is for."""
    button.setDefault(True)
    mark(button, "primary", True)
