"""A moved picture is the picture of its place, however it got there: within its margin, beyond it, at other scales."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from birchtree_gui.canvas.picture import Picture
from birchtree_gui.canvas.view_transform import ViewTransform

WIDTH, HEIGHT = 60, 40
STEPS = st.lists(st.tuples(st.integers(-130, 130), st.integers(-130, 130)), max_size=12)


def colour_at(x: int, y: int) -> int:
    """A colour that no other place nearby has."""
    return QColor(x % 256, y % 256, (x // 256 + y // 256 * 16) % 256).rgb()


def paint_place(picture: Picture, rect: QRect) -> None:
    """Each pixel tells its place, so that whatever is moved wrongly shows."""
    painter = picture.begin(rect)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    for y in range(rect.top(), rect.bottom() + 1):
        for x in range(rect.left(), rect.right() + 1):
            painter.fillRect(x, y, 1, 1, QColor.fromRgb(colour_at(x, y)))
    painter.end()


def shown(picture: Picture, view: ViewTransform) -> np.ndarray:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    picture.draw(painter, view)
    painter.end()
    return np.frombuffer(image.constBits(), np.uint32).reshape(HEIGHT, WIDTH).copy()


@pytest.mark.usefixtures("qapp")
@given(STEPS)
def test_every_pixel_is_that_of_its_place(steps: list[tuple[int, int]]) -> None:
    picture = Picture(QImage.Format.Format_ARGB32_Premultiplied)
    view = ViewTransform(scale=1.0, width=WIDTH, height=HEIGHT)
    for dx, dy in [(0, 0), *steps]:
        view = view.panned(dx, dy)
        exposed = picture.follow(view)
        for rect in exposed:
            if not picture.image.isNull():
                assert picture.image.pixel(rect.topLeft() - picture.origin_dev) == 0, "what is new shows nothing yet"
            paint_place(picture, rect)
    rect = view.rect_dev
    expected = [
        [colour_at(x, y) for x in range(rect.left(), rect.right() + 1)] for y in range(rect.top(), rect.bottom() + 1)
    ]
    assert np.array_equal(shown(picture, view), np.array(expected, np.uint32))


@pytest.mark.usefixtures("qapp")
def test_a_stretched_picture_shows_only_what_is_in_it() -> None:
    """What is left over around the rectangle belongs to other places."""
    picture = Picture(QImage.Format.Format_ARGB32_Premultiplied)
    view = ViewTransform(scale=1.0, width=WIDTH, height=HEIGHT)
    for colour, at in ((QColor("red"), view), (QColor("blue"), view.panned(WIDTH - 10, 0))):
        for rect in picture.follow(at):
            painter = picture.begin(rect)
            painter.fillRect(rect, colour)
            painter.end()
    now = view.panned(WIDTH - 10, 0)
    closer = shown(
        picture, ViewTransform(scale=0.5, width=WIDTH, height=HEIGHT, left_px=now.left_px, top_px=now.top_px)
    )
    kinds = set(np.unique(closer).tolist())
    assert kinds <= {0, QColor("red").rgb(), QColor("blue").rgb()}
    assert (closer == QColor("red").rgb()).sum() == 5 * HEIGHT // 2  # ten of its columns are still in view
    assert (closer[:, WIDTH // 2 :] == 0).all()
