"""Fields for numbers, made to look like the other fields: their text begins where that of a line of text does."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox

Field = TypeVar("Field", QSpinBox, QDoubleSpinBox)

# Frame and padding of `QLineEdit` in the stylesheet.
_INSET_PX = 7


def inset(field: Field) -> Field:
    """Indent a new field's text, and return the field.

    The stylesheet cannot: Qt lets the text of a spin box begin at the left end of the frame whatever the padding
    is, and gives it no room at all where the buttons are left out: leave them in.
    """
    field.lineEdit().setTextMargins(_INSET_PX, 0, 0, 0)
    return field
