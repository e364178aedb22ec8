"""A moved picture is the picture of its place, however it got there: within its margin, beyond it, at other scales."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter, QRegion

from birchtree_gui.canvas.picture import Picture
from birchtree_gui.canvas.view_transform import ViewTransform

WIDTH, HEIGHT = 60, 40
STEPS = st.lists(
    st.tuples(st.integers(-130, 130) | st.integers(-4, 4), st.integers(-130, 130) | st.integers(-4, 4)), max_size=12
)


def colours_of(rect: QRect) -> np.ndarray:
    """(H, W) words, each a colour that no other place nearby has."""
    x = np.arange(rect.left(), rect.right() + 1)[None, :]
    y = np.arange(rect.top(), rect.bottom() + 1)[:, None]
    red, green, blue = x % 256, y % 256, (x // 256 + y // 256 * 16) % 256
    return np.ascontiguousarray(0xFF000000 + (red << 16) + (green << 8) + blue, np.uint32)


def paint_place(picture: Picture, rect: QRect) -> None:
    """Each pixel tells its place, so that whatever is moved wrongly shows."""
    words = colours_of(rect)
    painter = picture.begin(rect)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    image = QImage(words.data, rect.width(), rect.height(), 4 * rect.width(), QImage.Format.Format_RGB32)
    painter.drawImage(rect.topLeft(), image)
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
        before = QRegion(picture.done_dev)
        exposed = picture.follow(view)
        assert picture.done_dev.contains(view.rect_dev)
        if exposed != [view.rect_dev]:
            assert not any(before.intersects(rect) for rect in exposed), "what is there is not painted again"
        for rect in exposed:
            assert picture.done_dev.contains(rect)
            if not picture.image.isNull():
                assert picture.image.pixel(rect.topLeft() - picture.origin_dev) == 0, "what is new shows nothing yet"
            paint_place(picture, rect)
    assert np.array_equal(shown(picture, view), colours_of(view.rect_dev))


@pytest.mark.usefixtures("qapp")
def test_a_slow_pan_paints_one_strip_for_many_frames() -> None:
    picture, painted = Picture(QImage.Format.Format_RGB32), 0
    view = ViewTransform(scale=1.0, width=WIDTH, height=HEIGHT)
    for number in range(60):
        exposed = picture.follow(view.panned(-3 * number, 0))
        painted += bool(exposed)
        for rect in exposed:
            paint_place(picture, rect)
    assert 2 <= painted <= 4
    far = picture.done_dev.right()
    picture.forget_ahead()
    assert picture.done_dev == picture.rect_dev
    assert any(rect.right() >= far for rect in picture.follow(view.panned(-3 * 60, 0)))


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
