"""Fields for numbers look like the other fields: same height, text where theirs is, and nothing cut off."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDoubleSpinBox, QLineEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

import birchtree_gui
from birchtree_gui.dialogs.export_set import ExportSetDialog
from birchtree_gui.main_window import MainWindow
from birchtree_gui.widgets.number_fields import Field, inset

_FRAME = 3


def first_ink(widget: QWidget) -> int:
    """The first column, from the left, that a letter darkens; the frame left out."""
    image: QImage = widget.grab().toImage()
    for x in range(_FRAME, image.width()):
        if any(image.pixelColor(x, y).lightness() < 128 for y in range(_FRAME, image.height() - _FRAME)):
            return x
    return image.width()


@pytest.mark.parametrize("kind", [QSpinBox, QDoubleSpinBox])
def test_a_number_begins_where_a_text_does(window: MainWindow, qtbot: QtBot, kind: type[Field]) -> None:
    window.services.theme.choose("light")
    box = QWidget()
    qtbot.addWidget(box)
    line, field = QLineEdit(box), inset(kind(box))
    field.setValue(20)
    line.setText(field.text())
    line.resize(line.sizeHint())
    field.resize(field.sizeHint())
    field.move(0, line.height() + 4)
    box.show()
    assert field.height() == line.height()
    assert abs(first_ink(field) - first_ink(line)) <= 1


def test_no_field_of_the_window_does_without() -> None:
    folder = Path(birchtree_gui.__file__).parent
    made = re.compile(r"(?<!inset\()\bQ(?:Double)?SpinBox\(")
    without = [
        str(path) for path in folder.rglob("*.py") if path.name != "number_fields.py" and made.search(path.read_text())
    ]
    assert not without


def test_the_sizes_of_a_training_set_can_be_read(plot_window: MainWindow, qtbot: QtBot) -> None:
    dialog = ExportSetDialog(plot_window.services.document, plot_window)
    qtbot.addWidget(dialog)
    dialog.show()
    for field in (dialog.cell, dialog.side):
        edit = field.lineEdit()
        needed = edit.fontMetrics().horizontalAdvance(field.text())
        assert edit.width() - edit.textMargins().left() > needed
