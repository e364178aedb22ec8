"""About BirchTree, and the facts of this installation to send with a question."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from birchtree_gui.dialogs.room import give_room
from birchtree_gui.languages.told import told
from inference import __version__


class AboutDialog(QDialog):
    """Name, version, licence and versions of the parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from inference import diagnosis

        self.setWindowTitle(self.tr("About BirchTree"))
        self._facts = diagnosis.facts()
        title = QLabel(f"BirchTree {__version__}", self, textFormat=Qt.TextFormat.PlainText)
        title.setProperty("role", "title")
        text = QLabel(
            self.tr("Outline, measure and correct every tree crown of a drone survey. Apache License 2.0. "
                    "Nothing leaves this computer."),
            self,
            wordWrap=True, textFormat=Qt.TextFormat.PlainText,
        )  # fmt: skip
        body = QWidget()
        form = QFormLayout(body)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(3)
        for name, value in self._facts.items():
            label, shown = (
                QLabel(told(name), self, textFormat=Qt.TextFormat.PlainText),
                QLabel(told(value), self, wordWrap=True, textFormat=Qt.TextFormat.PlainText),
            )
            label.setProperty("role", "muted")
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(label, shown)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=self)
        copy = QPushButton(self.tr("Copy"), self)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(title)
        layout.addWidget(text)
        layout.addWidget(_scrolling(body, self.windowTitle()), 1)
        layout.addWidget(buttons)
        give_room(self, 560)

    def _copy(self) -> None:
        lines = [f"{name}: {value}" for name, value in self._facts.items()]
        QGuiApplication.clipboard().setText("\n".join(lines))


def _scrolling(body: QWidget, name: str) -> QScrollArea:
    """Long paths and translations make many lines: the dialog stays lower than a small screen."""
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setAccessibleName(name)
    area.setWidget(body)
    return area
