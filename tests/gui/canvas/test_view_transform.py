"""Places on the plot and on the screen, at any scale and far from the origin."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from birchtree_gui.canvas.view_transform import LARGEST_SCALE, ViewTransform

places = st.floats(-1e5, 1e5)
views = st.builds(
    ViewTransform,
    left_px=places,
    top_px=places,
    scale=st.floats(0.002, 64.0),
    width=st.integers(50, 4000),
    height=st.integers(50, 3000),
    dpr=st.sampled_from([1.0, 1.25, 1.5, 2.0]),
)
screens = st.tuples(st.floats(0, 3000), st.floats(0, 3000))


@given(views, screens)
def test_screen_to_plot_and_back(view: ViewTransform, screen: tuple[float, float]) -> None:
    back = view.to_screen(np.array([view.to_px(QPointF(*screen))]))[0]
    assert back == pytest.approx(screen, abs=1e-5)


@given(views, screens, st.floats(0.1, 10.0))
def test_zooming_keeps_the_place_under_the_cursor(
    view: ViewTransform, screen: tuple[float, float], factor: float
) -> None:
    at = QPointF(*screen)
    zoomed = view.zoomed(factor, at, smallest=0.001)
    before, after = view.to_px(at), zoomed.to_px(at)
    # Both are rounded to whole device pixels of their own scale.
    allowed = 1.01 / view.scale_dev + 1.01 / zoomed.scale_dev
    assert np.hypot(before[0] - after[0], before[1] - after[1]) <= allowed


@given(views, st.lists(st.sampled_from([2.0, 0.5, 2**0.5, 0.5**0.5]), max_size=12), screens)
def test_zooming_there_and_back_does_not_drift(
    view: ViewTransform, factors: list[float], screen: tuple[float, float]
) -> None:
    moved = view
    for factor in factors:
        moved = moved.zoomed(factor, QPointF(*screen), smallest=1e-9)
    if moved.scale < LARGEST_SCALE and all(view.scale * f < LARGEST_SCALE for f in np.cumprod([1.0, *factors])):
        back = moved.zoomed(view.scale / moved.scale, QPointF(*screen), smallest=1e-9)
        assert (back.left_px, back.top_px) == pytest.approx((view.left_px, view.top_px), abs=1e-6)


@given(views, st.tuples(places, places), st.floats(1.0, 5e4), st.floats(1.0, 5e4))
def test_fitted_shows_all_of_a_box_in_the_middle(
    view: ViewTransform, corner: tuple[float, float], across: float, down: float
) -> None:
    box = (corner[0], corner[1], corner[0] + across, corner[1] + down)
    left, top, right, bottom = view.fitted(box).bounds_px
    slack = 2.0 / view.fitted(box).scale_dev
    assert left <= box[0] + slack
    assert top <= box[1] + slack
    assert right >= box[2] - slack
    assert bottom >= box[3] - slack
    assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx(
        ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), abs=slack
    )


@given(views, st.integers(-500, 500), st.integers(-500, 500))
def test_moving_by_whole_pixels_moves_the_picture_by_whole_pixels(view: ViewTransform, dx: int, dy: int) -> None:
    moved = view.panned(dx, dy)
    assert abs(moved.left_dev - (view.left_dev - dx * view.dpr)) <= 1
    assert abs(moved.top_dev - (view.top_dev - dy * view.dpr)) <= 1


@given(views, st.integers(50, 3000), st.integers(50, 3000))
def test_another_size_keeps_the_middle(view: ViewTransform, width: int, height: int) -> None:
    assert view.resized(width, height, view.dpr).centre_px == pytest.approx(view.centre_px, abs=1e-6)


def test_zooming_stops_at_both_ends() -> None:
    view = ViewTransform(width=800, height=600)
    assert view.zoomed(1e9, QPointF(1, 1), smallest=0.1).scale == LARGEST_SCALE
    assert view.zoomed(1e-9, QPointF(1, 1), smallest=0.1).scale == 0.1
