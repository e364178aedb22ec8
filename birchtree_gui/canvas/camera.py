"""Camera: which part of the plot the map shows; the one place where that changes."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QPointF, Signal

from birchtree_gui.canvas.view_transform import ViewTransform
from inference.plot.grid import Bounds

# The whole plot may be made this much smaller than the map.
_SMALLEST_SHARE = 0.25


class Camera(QObject):
    """Signals: moved() for any change, scaled() when the scale is another, resized(); `view` is a value."""

    moved = Signal()
    scaled = Signal()
    resized = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = ViewTransform()
        self._size_px: tuple[int, int] | None = None
        self._fit_at_next_size = False

    @property
    def view(self) -> ViewTransform:
        """What is shown."""
        return self._view

    def set_view(self, view: ViewTransform) -> None:
        """Show another part of the plot."""
        if view == self._view:
            return
        rescaled = view.scale != self._view.scale
        self._view = view
        if rescaled:
            self.scaled.emit()
        self.moved.emit()

    def look_at(self, size_px: tuple[int, int] | None, *, fit_at_next_size: bool) -> None:
        """Show all of another orthomosaic (None: nothing); again when the widget gets its size, if that is to come."""
        self._size_px = size_px
        self._fit_at_next_size = fit_at_next_size
        self.show_all()

    def show_all(self) -> None:
        """The whole orthomosaic."""
        whole = self._whole()
        if whole is not None:
            self.set_view(whole)

    @property
    def shows_all(self) -> bool:
        """Whether the whole orthomosaic is shown, as large as it can be."""
        whole = self._whole()
        return whole is None or (abs(whole.scale / self._view.scale - 1) < 1e-6 and self._view == whole)

    def take_place(self, view: ViewTransform) -> None:
        """Show the middle of another view at its scale, instead of all when the widget gets its size."""
        self._fit_at_next_size = False
        self.set_view(self._view.at_place_of(view))

    def fit(self, bounds_px: Bounds, *, margin: float) -> None:
        """All of (left, top, right, bottom), with a margin as a share of the map's size.

        Never from further away than the whole orthomosaic, which shows them as well.
        """
        near, whole = self._view.fitted(bounds_px, margin=margin), self._whole()
        self.set_view(near if whole is None or near.scale >= whole.scale else whole)

    def _whole(self) -> ViewTransform | None:
        if self._size_px is None:
            return None
        width_px, height_px = self._size_px
        return self._view.fitted((0.0, 0.0, float(width_px), float(height_px)))

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Larger by `factor`; the place under `at` (the middle when None) stays where it is."""
        middle = QPointF(self._view.width / 2, self._view.height / 2)
        self.set_view(self._view.zoomed(factor, at or middle, smallest=self._smallest_scale()))

    def resize(self, width: int, height: int, dpr: float) -> None:
        """The widget has another size: the middle stays in the middle, and a whole plot whole, as large as can be.

        At a start panels come one by one, and each of them makes the map smaller after the plot was put into it.
        """
        showed_all = self._fit_at_next_size or self.shows_all
        self.set_view(self._view.resized(width, height, dpr))
        if showed_all and self._size_px is not None:
            self._fit_at_next_size = False
            self.show_all()
        self.resized.emit()

    def set_dpr(self, dpr: float) -> None:
        """The widget is on another screen."""
        if dpr != self._view.dpr:
            self.set_view(replace(self._view, dpr=dpr))

    def _smallest_scale(self) -> float:
        if self._size_px is None:
            return 1e-3
        width_px, height_px = self._size_px
        return min(min(self._view.width / width_px, self._view.height / height_px) * _SMALLEST_SHARE, 1.0)
