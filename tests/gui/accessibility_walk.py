"""Walks a tree of widgets and says what a person without a mouse, with a screen reader or weak eyes would miss."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QBrush, QColor, QImage, QPainter, QRegion
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QRadioButton,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QToolBar,
    QWidget,
)

LEAST_CONTRAST = 4.5
_SCALE = 3.0
_CONTROLS = (
    QAbstractButton,
    QLineEdit,
    QComboBox,
    QAbstractSpinBox,
    QAbstractSlider,
    QAbstractItemView,
    QPlainTextEdit,
    QTextEdit,
)
_PARTS_OF = (QComboBox, QAbstractSpinBox, QLineEdit, QAbstractItemView, QTabBar, QDialogButtonBox)
Rgb = npt.NDArray[np.float64]


def luminance(rgb: Rgb) -> npt.NDArray[np.float64]:
    """(..., 3) values 0..255 -> relative luminance after WCAG 2."""
    share = rgb / 255.0
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def contrast(one: QColor, two: QColor) -> float:
    """WCAG 2 contrast of a colour, which may let the other shine through, on an opaque one, 1..21."""
    ink, paper = (np.array([c.red(), c.green(), c.blue()], np.float64) for c in (one, two))
    light = luminance(np.stack([one.alphaF() * ink + (1 - one.alphaF()) * paper, paper]))
    return float((light.max() + 0.05) / (light.min() + 0.05))


def painted_contrast(widget: QWidget, part: QRect | None = None) -> float:
    """The strongest contrast with the background in what a widget paints, which is that of its letters.

    Painted three times as large, so that letters have pixels of their full colour.
    """
    rect = widget.rect() if part is None else part.intersected(widget.rect())
    if rect.width() < 4 or rect.height() < 4:
        return 21.0
    image = QImage(rect.size() * _SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SCALE)
    image.fill(widget.palette().window().color())
    painter = QPainter(image)
    # With the parents' background, which most widgets show.
    top = widget.window()
    place = widget.mapTo(top, rect.topLeft())
    top.render(painter, QPoint(), QRegion(QRect(place, rect.size())))
    painter.end()
    values = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    pixels = values[:, : image.width(), 2::-1].reshape(-1, 3).astype(np.int64)
    keys = (pixels[:, 0] << 16) | (pixels[:, 1] << 8) | pixels[:, 2]
    found, counts = np.unique(keys, return_counts=True)
    colours = np.stack([found >> 16, (found >> 8) & 255, found & 255], axis=1).astype(np.float64)
    light = luminance(colours)
    ground = light[np.argmax(counts)]
    enough = counts >= 3
    seen = light[enough] if enough.any() else light
    return float(np.max((np.maximum(seen, ground) + 0.05) / (np.minimum(seen, ground) + 0.05)))


def visible(root: QWidget, kind: type[QWidget] | tuple[type[QWidget], ...]) -> Iterator[QWidget]:
    """Visible widgets of a kind that the window made itself, the root included."""
    for widget in (root, *root.findChildren(QWidget)):
        if isinstance(widget, kind) and widget.isVisible() and not widget.visibleRegion().isEmpty():
            yield widget


def is_part(widget: QWidget) -> bool:
    """Whether a widget is inside one of Qt's own, which speaks for it."""
    parent = widget.parentWidget()
    while parent is not None and not parent.isWindow():
        if isinstance(parent, _PARTS_OF) and not isinstance(parent, QDialogButtonBox):
            return True
        parent = parent.parentWidget()
    return isinstance(widget, QScrollBar | QHeaderView | QTabBar)


def told(widget: QWidget) -> str:
    """A widget as a failing test names it."""
    text = widget.text() if isinstance(widget, QAbstractButton | QLabel | QLineEdit) else ""
    path = [one.objectName() or type(one).__name__ for one in _line(widget)]
    return f"{'/'.join(path)} {widget.accessibleName()!r} {text!r}"


def _line(widget: QWidget) -> list[QWidget]:
    found = [widget]
    while (parent := found[-1].parentWidget()) is not None and len(found) < 4:
        found.append(parent)
    return found[::-1]


def nameless(root: QWidget) -> list[str]:
    """Controls for which a screen reader has no words."""
    found = []
    for widget in visible(root, _CONTROLS):
        if is_part(widget) or widget.metaObject().className() == "QTableCornerButton":
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        name = "" if interface is None else interface.text(QAccessible.Text.Name)
        if not name.strip():
            found.append(told(widget))
    return found


def out_of_reach(root: QWidget) -> list[str]:
    """Enabled controls that the Tab key never comes to; buttons of tool bars have menu entries and keys instead."""
    chain, start = set(), root.window()
    widget = start.nextInFocusChain()
    while widget is not start and widget is not None:
        chain.add(widget)
        widget = widget.nextInFocusChain()
    found = []
    for control in visible(root, _CONTROLS):
        in_bar = isinstance(control.parentWidget(), QToolBar)
        grouped = isinstance(control, QRadioButton)
        corner = control.metaObject().className() == "QTableCornerButton"
        led = control.focusProxy() is not None  # a list that is led by the arrow keys in a line above it
        if is_part(control) or in_bar or grouped or corner or led or not control.isEnabled():
            continue
        if control not in chain or not control.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(told(control))
    return found


def faint(root: QWidget) -> list[str]:
    """Enabled texts whose contrast is too weak; what cannot be used now may be faint."""
    found = []
    for widget in visible(root, (QLabel, QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox)):
        if not widget.isEnabled() or (is_part(widget) and not isinstance(widget, QLabel)):
            continue
        if widget.visibleRegion().boundingRect().height() < 0.8 * widget.height():
            continue  # scrolled half out of sight
        if _has_text(widget) and (strength := painted_contrast(widget)) < LEAST_CONTRAST:
            found.append(f"{strength:.2f} {told(widget)}")
    for bar in visible(root, QTabBar):
        for tab in range(bar.count() if isinstance(bar, QTabBar) else 0):
            strength = painted_contrast(bar, bar.tabRect(tab))  # type: ignore[attr-defined]
            if strength < LEAST_CONTRAST:
                found.append(f"{strength:.2f} tab {bar.tabText(tab)!r}")  # type: ignore[attr-defined]
    for view in visible(root, QAbstractItemView):
        found += _faint_items(view)
    return found


def _has_text(widget: QWidget) -> bool:
    if isinstance(widget, QLabel):
        return bool(widget.text().strip()) and not widget.pixmap().width()
    if isinstance(widget, QLineEdit):
        return bool(widget.text() or widget.placeholderText())
    if isinstance(widget, QAbstractButton):
        return bool(widget.text()) or isinstance(widget, QCheckBox)
    return True


def _faint_items(view: QWidget) -> list[str]:
    assert isinstance(view, QAbstractItemView)
    model: QAbstractItemModel | None = view.model()
    if model is None or isinstance(view, QHeaderView):
        return []
    palette, found = view.palette(), set()
    for row in range(min(model.rowCount(QModelIndex()), 20)):
        # A list's count of columns is private to Qt.
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())):
            index = model.index(row, column)
            brush = index.data(Qt.ItemDataRole.ForegroundRole)
            ground = index.data(Qt.ItemDataRole.BackgroundRole)
            ink = QColor(brush.color() if isinstance(brush, QBrush) else brush or palette.text().color())
            paper = QColor(ground.color() if isinstance(ground, QBrush) else ground or palette.base().color())
            usable = bool(model.flags(index) & Qt.ItemFlag.ItemIsEnabled)
            if usable and index.data() and contrast(ink, paper) < LEAST_CONTRAST:
                found.add(f"{contrast(ink, paper):.2f} {ink.name()} on {paper.name()} in {told(view)}")
    return sorted(found)


def menus_of(menu: QMenu) -> Iterator[QMenu]:
    """A menu and all inside it."""
    yield menu
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from menus_of(inner)


def walk(root: QWidget) -> list[str]:
    """Everything that is wrong with a tree of widgets."""
    return [
        *(f"no name: {one}" for one in nameless(root)),
        *(f"out of reach: {one}" for one in out_of_reach(root)),
        *(f"too faint: {one}" for one in faint(root)),
    ]
