"""A list under a line that offers what may be typed; the line goes on getting the keys."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView


def offers_list(line: QLineEdit, model: QAbstractItemModel, name: str, most: int) -> tuple[QCompleter, QListView]:
    """A completer that shows all of a model, and its popup.

    Args:
        line: under which it opens.
        model: what is offered; whoever owns it decides what fits.
        name: of the list, for those who do not see it.
        most: rows without scrolling.
    """
    completer = QCompleter(model, line)
    completer.setWidget(line)
    completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
    completer.setMaxVisibleItems(most)
    popup = QListView()
    popup.setObjectName("offers")
    popup.setAccessibleName(name)
    popup.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
    completer.setPopup(popup)
    return completer, popup
