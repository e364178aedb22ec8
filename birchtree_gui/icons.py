"""Our own icons: SVG drawn with `currentColor`, tinted with the theme's colours, crisp at every scale factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources
from birchtree_gui.theme import Theme

_SIZES_PX = (16, 20, 24, 32, 48)


class HasIcon(Protocol):
    """An action, button or anything else with an icon."""

    def setIcon(self, icon: QIcon) -> None:
        """Show this icon."""
        ...


def render(name: str, colour: str, size_px: int) -> QPixmap:
    """One icon as a square pixmap of `size_px` physical pixels."""
    return _drawn(_in_ink(_source(name), colour), size_px)


def _source(name: str) -> str:
    return resources.path(f"icons/{name}.svg").read_text(encoding="utf-8")


def _in_ink(source: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))


def _drawn(drawing: QSvgRenderer, size_px: int) -> QPixmap:
    pixmap = QPixmap(QSize(size_px, size_px))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing.render(painter, QRectF(0, 0, size_px, size_px))
    painter.end()
    return pixmap


class Icons(QObject):
    """Makes icons in the theme's colours and makes those that are in use again when the theme changes."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bound: dict[int, tuple[HasIcon, str, str]] = {}
        self._made: dict[tuple[str, str], QIcon] = {}
        theme.changed.connect(self._make_again)

    def icon(self, name: str, *, colour: str = "text") -> QIcon:
        """An icon; `colour` is a name of `Colours`. Ask again after `Theme.changed`, or use `bind`."""
        key = (name, colour)
        if key not in self._made:
            colours = self._theme.colours
            made, source = QIcon(), _source(name)
            for mode, ink in ((QIcon.Mode.Normal, getattr(colours, colour)), (QIcon.Mode.Disabled, colours.faint)):
                drawing = _in_ink(source, ink)  # read once for all sizes: sixty icons are made before the window shows
                for size_px in _SIZES_PX:
                    made.addPixmap(_drawn(drawing, size_px), mode)
            self._made[key] = made
        return self._made[key]

    def pixmap(self, name: str, size: int, ratio: float, *, colour: str = "text") -> QPixmap:
        """An icon as a pixmap of `size` device-independent pixels on a screen with that pixel ratio."""
        pixmap = render(name, QColor(getattr(self._theme.colours, colour)).name(), round(size * ratio))
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def bind(self, target: QObject, name: str, *, colour: str = "text") -> None:
        """Give `target` (with `setIcon`) an icon and keep it in the theme's colours for as long as it lives."""
        key = id(target)
        if key not in self._bound:
            target.destroyed.connect(_forgetter(self._bound, key))
        self._bound[key] = (target, name, colour)  # type: ignore[assignment]
        target.setIcon(self.icon(name, colour=colour))  # type: ignore[attr-defined]

    def _make_again(self) -> None:
        self._made.clear()
        for target, name, colour in self._bound.values():
            target.setIcon(self.icon(name, colour=colour))


def _forgetter(bound: dict[int, tuple[HasIcon, str, str]], key: int) -> Callable[[], None]:
    def forget() -> None:
        bound.pop(key, None)

    return forget
