"""A slim title for the panels at the bottom: name and close button."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QToolButton, QWidget

from birchtree_gui.icons import Icons


class DockTitle(QWidget):
    """Replaces Qt's own title bar, which is taller and drawn by the style."""

    def __init__(self, dock: QDockWidget, icons: Icons) -> None:
        super().__init__(dock)
        self.setObjectName("dockTitle")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        close = QToolButton(self)
        close.setProperty("flat", True)
        close.setIconSize(QSize(14, 14))
        close.setFixedSize(24, 24)
        close.setToolTip(self.tr("Close"))
        close.setAccessibleName(self.tr("Close {panel}").format(panel=dock.windowTitle()))
        close.clicked.connect(dock.close)
        icons.bind(close, "close", colour="muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 1, 4, 1)
        layout.addWidget(QLabel(dock.windowTitle(), self, textFormat=Qt.TextFormat.PlainText), 1)
        layout.addWidget(close)
