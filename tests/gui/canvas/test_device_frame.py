"""Frames are equally thick on all sides at any display scale, and nothing of the panel is seen outside of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QRegion
from PySide6.QtWidgets import QWidget

from birchtree_gui.canvas.crown_colouring import Colouring
from birchtree_gui.canvas.device_frame import paint_frame
from birchtree_gui.canvas.legend import Legend

LINE, FILL, GROUND = QColor("#ff0000"), QColor("#00ff00"), QColor("#0000ff")


def blank(dpr: float, width: int, height: int) -> QImage:
    image = QImage(round(width * dpr) + 2, round(height * dpr) + 2, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(dpr)
    image.fill(GROUND)
    return image


def run_lengths(colours: list[str]) -> list[tuple[str, int]]:
    runs: list[tuple[str, int]] = []
    for colour in colours:
        if runs and runs[-1][0] == colour:
            runs[-1] = (colour, runs[-1][1] + 1)
        else:
            runs.append((colour, 1))
    return runs


def through_the_middle(image: QImage, line: QColor) -> list[list[tuple[str, int]]]:
    """What a row and a column through the middle meet: names of colours with lengths."""
    names = {line.name(): "line", GROUND.name(): "ground"}
    x, y = image.width() // 2, image.height() // 2
    row = [image.pixelColor(at, y).name() for at in range(image.width())]
    column = [image.pixelColor(x, at).name() for at in range(image.height())]
    return [run_lengths([names.get(colour, "fill") for colour in colours]) for colours in (row, column)]


@given(
    dpr=st.sampled_from([1.0, 1.25, 1.5, 1.75, 2.0, 2.25, 3.0]),
    left=st.floats(0, 9),
    top=st.floats(0, 9),
    width=st.floats(20, 40),
    height=st.floats(20, 40),
)
def test_all_sides_are_alike(dpr: float, left: float, top: float, width: float, height: float) -> None:
    image = blank(dpr, 60, 60)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_frame(painter, QRectF(left, top, width, height), LINE, fill=FILL)
    painter.end()
    x, y = round((left + width / 2) * dpr), round((top + height / 2) * dpr)
    row = run_lengths([image.pixelColor(at, y).name() for at in range(image.width())])
    column = run_lengths([image.pixelColor(x, at).name() for at in range(image.height())])
    for runs in (row, column):
        met = [run for run in runs if run[0] != GROUND.name()]
        assert [colour for colour, _ in met] == [LINE.name(), FILL.name(), LINE.name()]
        assert met[0][1] == met[2][1] == max(1, int(dpr))


@pytest.mark.parametrize("dpr", [1.0, 1.25, 1.5, 1.75, 2.0])
@pytest.mark.parametrize("at", [QPoint(0, 0), QPoint(7, 3)])
def test_the_frame_of_the_legend_is_even(qtbot: object, dpr: float, at: QPoint) -> None:
    legend = Legend()
    legend.show_colouring(Colouring())
    legend.resize(legend.sizeHint())
    image = blank(dpr, legend.width() + 7, legend.height() + 3)
    painter = QPainter(image)
    legend.render(painter, at, QRegion(), QWidget.RenderFlag.IgnoreMask)  # the frame, without its lines
    painter.end()
    for runs in through_the_middle(image, QColor(legend.look.panel_border)):
        met = [run for run in runs if run[0] != "ground"]
        assert [colour for colour, _ in met] == ["line", "fill", "line"]
        assert met[0][1] == met[2][1]
