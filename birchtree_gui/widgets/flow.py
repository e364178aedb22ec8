"""A row of widgets that goes on in a further line where it is too narrow, as words do."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Places its widgets from left to right at their own size; a full line is followed by another.

    With `fills`, the widgets of a line share its whole width.
    """

    def __init__(self, spacing: int, *, fills: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._fills = fills
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    # ---- what Qt asks of every layout

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more widget to the end."""
        self._items.append(item)

    def count(self) -> int:
        """Number of widgets."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The widget at a place; None behind the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Let a widget go."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It wants no more room than its widgets."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines."""
        return self._place(QRect(0, 0, width, 0), moves=False)

    def sizeHint(self) -> QSize:
        """All widgets in one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(len(sizes) - 1, 0)
        return self._with_margins(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """Room for the widest widget."""
        sizes = [item.minimumSize() for item in self._shown()]
        width, height = (max((side(size) for size in sizes), default=0) for side in (QSize.width, QSize.height))
        return self._with_margins(width, height)

    def setGeometry(self, rect: QRect) -> None:
        """Place everything."""
        super().setGeometry(rect)
        self._place(rect, moves=True)

    # ---- lines

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _with_margins(self, width: int, height: int) -> QSize:
        margins = self.contentsMargins()
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._shown():
            wanted = item.sizeHint().width()
            if lines and used + self.spacing() + wanted <= width:
                lines[-1].append(item)
                used += self.spacing() + wanted
            else:
                lines.append([item])
                used = wanted
        return lines

    def _place(self, rect: QRect, *, moves: bool) -> int:
        """Place the widgets inside a rectangle, or only tell how high they are."""
        inner = rect.marginsRemoved(self.contentsMargins())
        top = inner.top()
        lines = self._lines(inner.width())
        for line in lines:
            height = max(item.sizeHint().height() for item in line)
            widths = [min(item.sizeHint().width(), inner.width()) for item in line]
            spare = inner.width() - sum(widths) - self.spacing() * (len(line) - 1)
            extra = max(spare, 0) // len(line) if self._fills else 0
            left = inner.left()
            for item, width in zip(line, widths, strict=True):
                if moves:
                    item.setGeometry(QRect(QPoint(left, top), QSize(width + extra, height)))
                left += width + extra + self.spacing()
            top += height + self.spacing()
        margins = self.contentsMargins()
        filled = top - inner.top() - (self.spacing() if lines else 0)
        return filled + margins.top() + margins.bottom()
