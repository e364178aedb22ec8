"""Ctrl+Shift+P: type a few letters of any action and run it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import QDialog, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

_ROLE = Qt.ItemDataRole.UserRole
FOUND_AS = "foundAs"
"""Property of an action that is called otherwise in the list than in its menu."""
_LETTERS = 4  # the worst rank: all letters, somewhere in this order
_BY_TIP = 5  # ranks after every match of the text


def match_rank(wanted: str, text: str) -> int | None:
    """How well `wanted` fits `text`: at the start, at a word, inside, letters in order; less is better, None is not."""
    wanted, text = wanted.casefold().strip(), text.casefold()
    if not wanted:
        return 3
    if text.startswith(wanted):
        return 0
    if any(word.startswith(wanted) for word in text.split()):
        return 1
    if wanted in text:
        return 2
    letters = iter(text)
    return _LETTERS if all(letter in letters for letter in wanted if letter != " ") else None


def _says(action: QAction) -> str:
    """What an action says of itself, without the line why it cannot be done."""
    return action.toolTip().partition("\n")[0]


class ActionFinder(QDialog):
    """A line and a list; Enter runs what is marked.

    Args:
        actions: what can be found.
        why_not: tells of a disabled action, by its name, why.
        parent: the window.
        offers: actions that what is typed makes by itself, such as going to a place.
    """

    def __init__(
        self,
        actions: list[QAction],
        why_not: Callable[[str], str],
        parent: QWidget,
        offers: Callable[[str], list[QAction]] = lambda text: [],
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("finder")
        blank = QPixmap(24, 24)
        blank.fill(Qt.GlobalColor.transparent)
        self._blank = QIcon(blank)
        self._why_not = why_not
        self._offers = offers
        self._actions = [action for action in actions if action.isVisible()]
        self._line = QLineEdit(self)
        self._line.setPlaceholderText(self.tr("Find an action"))
        self._line.setAccessibleName(self.tr("Find an action"))
        self._line.installEventFilter(self)
        self._list = QTreeWidget(self)
        self._list.setAccessibleName(self.tr("Actions"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFocusProxy(self._line)  # whose arrow keys lead it
        self._list.setColumnCount(2)
        self._list.setHeaderHidden(True)
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setIconSize(QSize(18, 18))
        self._list.header().setStretchLastSection(False)
        self._list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(self._line)
        layout.addWidget(self._list)
        self._line.textChanged.connect(self._search)
        self._line.returnPressed.connect(self._run)
        self._list.itemClicked.connect(self._run)
        self._search("")
        self.resize(560, 330)
        self.move(parent.mapToGlobal(QPoint((parent.width() - self.width()) // 2, 60)))
        self._line.setFocus()  # a popup takes no focus by itself: keys would go to the map, as shortcuts

    def _search(self, wanted: str) -> None:
        ranked = [(False, False, -1, 0, action.text(), action) for action in self._offers(wanted)]
        for place, action in enumerate(self._actions):
            text = str(action.property(FOUND_AS) or action.text().replace("&", "").rstrip("…"))
            rank = match_rank(wanted, text)
            if rank is None and (by_tip := match_rank(wanted, _says(action))) is not None and by_tip < _LETTERS:
                rank = _BY_TIP
            if rank is not None:
                ranked.append((rank >= _LETTERS, not action.isEnabled(), rank, place, text, action))
        self._list.clear()
        # What is meant goes before what only resembles it, also when it cannot be done now: it says why.
        for _, disabled, _, _, text, action in sorted(ranked, key=lambda entry: entry[:4]):
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            item = QTreeWidgetItem([text, self._why_not(action.objectName()) if disabled else keys])
            item.setIcon(0, self._blank if action.icon().isNull() else action.icon())
            item.setData(0, _ROLE, action)
            item.setForeground(1, self.palette().placeholderText())
            if disabled:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addTopLevelItem(item)
        if not ranked:
            item = QTreeWidgetItem([self.tr("No action is called so. Try another word.")])
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addTopLevelItem(item)
        self._mark(0)

    def _mark(self, row: int) -> None:
        row = max(0, min(self._list.topLevelItemCount() - 1, row))
        item = self._list.topLevelItem(row)
        if item is not None:
            self._list.setCurrentItem(item)

    def _run(self) -> None:
        item = self._list.currentItem()
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEnabled:
            action: QAction = item.data(0, _ROLE)
            self.accept()
            action.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys in the line move through the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self._mark(self._list.currentIndex().row() + step)
                return True
        return super().eventFilter(watched, event)
