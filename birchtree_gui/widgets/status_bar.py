"""The status bar: crowns, coordinates and height under the cursor, scale, CRS, and the job that runs."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QStatusBar,
    QToolButton,
    QWidget,
)

from birchtree_gui import units
from birchtree_gui.icons import Icons
from birchtree_gui.plain import plain_tip
from birchtree_gui.theme import tabular

_SCALES = (50, 100, 250, 500, 1000, 2500, 5000, 10_000)
_INCH_M = 0.0254
_CROWNS_WIDTH = 140
_SPACING = 6
_LINK_PADDING = 16


def scale_denominator(m_per_px: float, dots_per_inch: float) -> float:
    """The n of "1:n" for a screen on which one pixel is `m_per_px` metres of the plot."""
    return m_per_px * dots_per_inch / _INCH_M


class JobIndicator(QWidget):
    """Title, bar, percentage and time left of the running job, and a button to stop it."""

    def __init__(self, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = QPushButton(self)
        self.title.setProperty("link", True)
        self._hint = self.tr("Show the runs")
        self.title.setToolTip(self._hint)
        self._bar = QProgressBar(self, textVisible=False)
        self._bar.setFixedWidth(90)
        self._note = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self._note.setProperty("role", "muted")
        self.stop = QToolButton(self)
        self.stop.setProperty("flat", True)
        self.stop.setIconSize(QSize(14, 14))
        self.stop.setFixedSize(24, 24)
        self.stop.setToolTip(self.tr("Stop; what is finished is kept"))
        self.stop.setAccessibleName(self.tr("Stop the running job"))
        icons.bind(self.stop, "close", colour="muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 2, 0)
        layout.setSpacing(_SPACING)
        layout.addStretch(1)
        for widget in (self.title, self._bar, self._note, self.stop):
            layout.addWidget(widget)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.setFixedWidth(330)  # the title never moves what stands beside it
        self.hide()

    def show_job(self, title: str, done: int, total: int, eta_s: float | None, *, can_stop: bool) -> None:
        """Show where a job stands; `total` 0 means that it is not known yet."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        percent = f"{100 * done // total} %" if total else ""
        self._note.setText("  ".join(part for part in (percent, units.duration(eta_s) if eta_s else "") if part))
        self._show_title(title)
        self.stop.setEnabled(can_stop)
        self.show()

    def _show_title(self, title: str) -> None:
        """As much of the title as there is room for; the tool tip has all of it."""
        others = sum(widget.sizeHint().width() + _SPACING for widget in (self._bar, self._note, self.stop))
        room = self.width() - others - 2 * _SPACING - _LINK_PADDING
        self.title.setText(self.title.fontMetrics().elidedText(title, Qt.TextElideMode.ElideMiddle, room))
        self.title.setToolTip(plain_tip(f"{title}\n{self._hint}"))
        self.title.setAccessibleName(title)


class StatusBar(QStatusBar):
    """What the window says at its lower edge.

    Signals:
        scaleChosen(float): the user typed or picked a scale denominator.
        stopAsked(): the running job shall stop.
    """

    scaleChosen = Signal(float)
    stopAsked = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setMinimumWidth(1)  # a narrow window cuts the bar off instead of growing
        self._crowns = self._label(_CROWNS_WIDTH)
        self._place = self._label(0)
        self._height = self._label(0)
        self._crs = self._label(0)
        self._scale = QComboBox(self)
        self._typed = QLineEdit(self._scale)
        self._scale.setLineEdit(self._typed)
        self._scale.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._scale.addItems([f"1:{scale}" for scale in _SCALES])
        self._scale.setAccessibleName(self.tr("Scale of the map"))
        self._scale.setToolTip(self.tr("Scale: type one, such as 1:250"))
        self._scale.setFixedWidth(100)
        self._scale.setFont(tabular(self._scale.font()))
        self._denominator = 0.0
        self.job = JobIndicator(icons, self)
        self._rules = (self._rule(), self._rule())
        left: tuple[QWidget, ...] = (self._crowns, self._rules[0], self._place, self._height)
        right: tuple[QWidget, ...] = (self._scale, self._crs, self._rules[1], self.job)
        for widget in left:
            self.addWidget(widget)
        for widget in right:
            self.addPermanentWidget(widget)
        self._typed.editingFinished.connect(self._choose_scale)
        self._scale.activated.connect(self._choose_scale)
        self.job.stop.clicked.connect(self.stopAsked)
        self.clear_plot()

    def _label(self, width: int) -> QLabel:
        label = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        label.setFont(tabular(label.font()))
        label.setMinimumWidth(width)
        label.setContentsMargins(6, 0, 6, 0)
        return label

    def _rule(self) -> QFrame:
        rule = QFrame(self, frameShape=QFrame.Shape.VLine)
        rule.setProperty("role", "faint")
        rule.setFixedHeight(16)
        rule.setForegroundRole(rule.palette().ColorRole.Mid)
        return rule

    def clear_plot(self) -> None:
        """Nothing is open."""
        self._denominator = 0.0
        for label in (self._crowns, self._place, self._height, self._crs):
            label.clear()
        for label, width in ((self._crowns, _CROWNS_WIDTH), (self._place, 0), (self._height, 0)):
            label.setMinimumWidth(width)
        for widget in (self._scale, *self._rules):
            widget.hide()

    def show_crs(self, name: str, explanation: str) -> None:
        """Show the plot's CRS."""
        self._crs.setText(name)
        self._crs.setToolTip(plain_tip(explanation))
        for widget in (self._scale, *self._rules):
            widget.show()

    def show_crowns(self, total: int, selected: int) -> None:
        """Show how many crowns there are and are selected."""
        text = units.crowns(total)
        if selected:
            text += "    " + self.tr("{count} selected").format(count=units.count(selected))
        self._say(self._crowns, text)

    def show_found(self, count: int) -> None:
        """Show how many crowns a run has outlined so far."""
        self._say(self._crowns, self.tr("{crowns} found so far").format(crowns=units.crowns(count)))

    def show_place(self, x_crs: float, y_crs: float, *, is_projected: bool) -> None:
        """Show the coordinates under the cursor."""
        east, north = ("E", "N") if is_projected else ("X", "Y")
        self._say(self._place, f"{east} {units.coordinate(x_crs)}   {north} {units.coordinate(y_crs)}")

    def clear_place(self) -> None:
        """The cursor is not on the map."""
        self._place.clear()
        self._height.clear()

    def show_heights(self, surface_m: float | None, height_m: float | None) -> None:
        """Show elevation of the surface and canopy height under the cursor."""
        parts = []
        if surface_m is not None:
            parts.append(units.quantity(surface_m, "m"))
        if height_m is not None:
            parts.append(self.tr("height {metres}").format(metres=units.quantity(height_m, "m")))
        self._say(self._height, "   ".join(parts))

    def _say(self, label: QLabel, text: str) -> None:
        # As wide as its longest text on this plot: no gap, and what stands to the right of it does not dance.
        label.setText(text)
        label.setMinimumWidth(max(label.minimumWidth(), label.sizeHint().width()))

    def show_scale(self, denominator: float) -> None:
        """Show the scale of the map."""
        self._denominator = denominator
        if not self._typed.hasFocus():
            self._scale.setEditText(f"1:{round(denominator)}")

    def _choose_scale(self) -> None:
        match = re.fullmatch(r"\s*(?:1\s*:)?\s*(\d+(?:\.\d+)?)\s*", self._scale.currentText())
        if match and float(match.group(1)) > 0 and round(float(match.group(1))) != round(self._denominator):
            self.scaleChosen.emit(float(match.group(1)))
        else:
            self._scale.setEditText(f"1:{round(self._denominator)}" if self._denominator else "")
