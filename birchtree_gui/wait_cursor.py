"""The wait cursor while an edit of thousands of crowns is written, which takes longer than a person calls at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from inference.crowns.edits import CrownEdit

# About what is written in a tenth of a second.
LONG_EDIT_CROWNS = 5_000


def is_long(edit: CrownEdit) -> bool:
    """Whether an edit takes so long that the cursor should say so."""
    return max(len(edit.removed), len(edit.added)) >= LONG_EDIT_CROWNS


@contextmanager
def waiting(is_long: bool) -> Iterator[None]:
    """Show the wait cursor over every window, if `is_long`, until the work is done or has failed."""
    if not is_long:
        yield
        return
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QGuiApplication.restoreOverrideCursor()
