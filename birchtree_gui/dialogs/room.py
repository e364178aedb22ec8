"""Room for the texts of a dialog: French and Spanish are a third longer than English."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog


def give_room(dialog: QDialog, width_px: int) -> None:
    """Make a dialog at least this wide, wide enough for each of its texts, and high enough for those that wrap.

    A fixed least width alone would keep Qt from asking the layout.
    """
    layout = dialog.layout()
    if layout is None:
        return
    dialog.ensurePolished()
    width_px = max(width_px, layout.minimumSize().width())
    dialog.setMinimumWidth(width_px)
    dialog.resize(width_px, max(dialog.sizeHint().height(), layout.heightForWidth(width_px)))
