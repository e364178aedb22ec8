"""MapStrip: a narrow strip over the foot of the map for one question, where a dialog would cover the crowns."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSlider, QWidget

from birchtree_gui import units
from birchtree_gui.theme import tabular

_ABOVE_FOOT = 44
_MARGIN = 8


class MapStrip(QFrame):
    """Lies on a map, near its foot, in the middle.

    Signals:
        taken(): Enter or the button: do it.
        dropped(): Esc or the other button: leave it.
    """

    taken = Signal()
    dropped = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("card")
        self._over = over
        self.title = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self.title.setProperty("role", "heading")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(12, 7, 8, 7)
        self.row.setSpacing(8)
        self.row.addWidget(self.title)
        over.installEventFilter(self)
        self.hide()

    def add_buttons(self, take: str) -> None:
        """The two ends of the strip."""
        do = QPushButton(take, self)
        do.setProperty("primary", True)
        do.clicked.connect(self.taken)
        leave = QPushButton(self.tr("Cancel"), self)
        leave.clicked.connect(self.dropped)
        self.row.addWidget(do)
        self.row.addWidget(leave)

    def show_strip(self) -> None:
        """Appear."""
        self.title.ensurePolished()  # its heavier font is wider
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle of the map's foot."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes, Esc leaves; nothing else goes to the map from here."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)

    def _place(self) -> None:
        width = min(self.sizeHint().width(), self._over.width() - 2 * _MARGIN)
        height = self.sizeHint().height()
        self.setGeometry((self._over.width() - width) // 2, self._over.height() - height - _ABOVE_FOOT, width, height)


class AmountStrip(MapStrip):
    """How much: a slider in metres, and beside it what comes of that.

    Signals:
        amountChanged(float): metres.
    """

    amountChanged = Signal(float)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._least_m, self._step_m = 0.0, 0.01
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setMinimumWidth(220)
        self.slider.valueChanged.connect(self._moved)
        self._value = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self._value.setMinimumWidth(self._value.fontMetrics().horizontalAdvance("-0.00 m") + 8)
        self.row.addWidget(self.slider)
        self.effect = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self.effect.setProperty("role", "muted")
        self.effect.setFont(tabular(self.effect.font()))
        self.row.addWidget(self._value)
        self.row.addWidget(self.effect)
        self.add_buttons(self.tr("Apply"))

    def ask(self, title: str, least_m: float, largest_m: float, steps: int, amount_m: float) -> None:
        """Appear with an amount between two others."""
        self.title.setText(title)
        self.slider.setAccessibleName(title)
        self._least_m, self._step_m = least_m, (largest_m - least_m) / steps
        self.slider.blockSignals(True)
        self.slider.setRange(0, steps)
        self.slider.setPageStep(max(steps // 10, 1))
        self.slider.blockSignals(False)
        self.show_amount(amount_m)
        self.show_strip()

    def show_amount(self, amount_m: float) -> None:
        """Stand at an amount that was chosen elsewhere."""
        self.slider.blockSignals(True)
        self.slider.setValue(round((amount_m - self._least_m) / self._step_m))
        self.slider.blockSignals(False)
        self._tell()

    def show_effect(self, text: str) -> None:
        """What comes of the amount; the strip grows with it and does not shrink again under the hand."""
        self.effect.setText(text)
        self.effect.setMinimumWidth(max(self.effect.minimumWidth(), self.effect.sizeHint().width()))
        self.row.activate()
        self._place()

    @property
    def amount_m(self) -> float:
        """As the slider stands."""
        return self._least_m + self.slider.value() * self._step_m

    def _moved(self) -> None:
        self._tell()
        self.amountChanged.emit(self.amount_m)

    def _tell(self) -> None:
        self._value.setText(units.quantity(self.amount_m, "m", 2))


class LineStrip(MapStrip):
    """One line of text.

    Args:
        over: the map.
        take: on the button; "Select" when empty.
        room: the longest text that is told beside the line.

    Signals:
        typed(str): the text as it is now.
    """

    typed = Signal(str)

    def __init__(self, over: QWidget, *, take: str = "", room: str = "") -> None:
        super().__init__(over)
        self.line = QLineEdit(self)
        self.line.setMinimumWidth(260)
        self.line.textChanged.connect(self.typed)
        self.found = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self.found.setProperty("role", "muted")
        self.found.setMinimumWidth(self.found.fontMetrics().horizontalAdvance(room or "100000 crowns") + 8)
        self.row.addWidget(self.line)
        self.row.addWidget(self.found)
        self.add_buttons(take or self.tr("Select"))

    def ask(self, title: str, example: str) -> None:
        """Appear with the cursor in the line."""
        self.title.setText(title)
        self.line.setAccessibleName(title)
        self.line.setPlaceholderText(example)
        self.show_strip()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
