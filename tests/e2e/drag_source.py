"""A window that offers files to drag: run as a program by the tests of real drags, which move the mouse."""

import sys

from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import QDrag, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel


def tell(word: str) -> None:
    """One line for the test."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


class Source(QLabel):
    """As a file manager: pressing and moving drags the files."""

    def __init__(self, paths: list[str]) -> None:
        super().__init__("drag me", None, Qt.WindowType.X11BypassWindowManagerHint)
        self._paths = paths
        self._is_seen = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """It is on the screen and can be pressed."""
        super().paintEvent(event)
        if not self._is_seen:
            self._is_seen = True
            QTimer.singleShot(0, lambda: tell("shown"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Wait for the move."""
        del event
        tell("pressed")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag until the button is let go; tell what the place under the mouse takes, and what came of it."""
        del event
        drag = QDrag(self)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(path) for path in self._paths])
        drag.setMimeData(data)
        drag.actionChanged.connect(lambda action: tell(f"over {action.name}"))
        done = drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.CopyAction)
        tell(f"dropped {done.name}")  # and stay: who took the files reads their names from here


def main() -> int:
    """`drag_source.py X Y PATH...`"""
    application = QApplication(sys.argv[:1])
    source = Source(sys.argv[3:])
    source.setGeometry(int(sys.argv[1]), int(sys.argv[2]), 120, 80)
    source.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
