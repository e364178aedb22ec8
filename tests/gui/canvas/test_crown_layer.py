"""Crowns drawn in slices: what is shown in between, and how little an edit draws."""

import time

import numpy as np
import pytest
import shapely
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from birchtree_gui.canvas.colours import REVIEW_COLOURS, argb32
from birchtree_gui.canvas.crown_colouring import Colouring
from birchtree_gui.canvas.crown_layer import CrownLayer
from birchtree_gui.canvas.crown_look import crowns_look
from birchtree_gui.canvas.crown_source import SelectedCrowns, StagedCrowns, TableCrowns
from birchtree_gui.canvas.georeference import Georeference
from birchtree_gui.canvas.view_transform import ViewTransform
from inference.crowns import edits
from inference.crowns.crown import Crown
from inference.crowns.table import CrownTable

SIDE, SPACING = 60, 20.0


class Metric:
    """One unit of the plot CRS is one pixel, y up."""

    def crs_to_px(self, xy: np.ndarray) -> np.ndarray:
        return xy * (1.0, -1.0)

    def px_to_crs(self, xy: np.ndarray) -> np.ndarray:
        return xy * (1.0, -1.0)


@pytest.fixture
def table() -> CrownTable:
    """A lattice of squares of 16 px every 20 px."""
    col, row = np.divmod(np.arange(SIDE * SIDE), SIDE)
    left, top = col * SPACING, -row * SPACING
    boxes = shapely.box(left + 2, top - 18, left + 18, top - 2)
    return CrownTable([Crown(number + 1, box, review="accepted") for number, box in enumerate(boxes)])


@pytest.fixture
def layer(table: CrownTable, qapp: QApplication) -> CrownLayer:
    del qapp  # fonts need it
    made = CrownLayer(crowns_look(Colouring().palette, thematic=False))
    made.set_source(TableCrowns(table, Colouring()), Georeference(Metric()))
    return made


def view_at(scale: float, **place: float) -> ViewTransform:
    return ViewTransform(scale=scale, width=600, height=400, **place)


def finish(layer: CrownLayer, view: ViewTransform) -> np.ndarray:
    """Draw to the end; (400, 600) words of the picture."""
    layer.prepare(view)
    while not layer.is_complete:
        layer.work(time.perf_counter())
    return shown(layer, view)


def shown(layer: CrownLayer, view: ViewTransform) -> np.ndarray:
    image = QImage(600, 400, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    layer.draw(painter, view)
    painter.end()
    return np.frombuffer(image.bits(), np.uint32).reshape(400, 600).copy()


@pytest.mark.parametrize("scale", [0.2, 0.6, 1.5, 5.0])
def test_every_level_of_detail_draws_something_everywhere(layer: CrownLayer, scale: float) -> None:
    drawn = finish(layer, view_at(scale)) != 0
    inside = drawn[: int(min(400, SIDE * SPACING * scale)), : int(min(600, SIDE * SPACING * scale))]
    step = max(int(SPACING * scale), 4)
    for row in range(0, len(inside) - step, step):
        assert inside[row : row + step].any()
    assert not drawn[int(SIDE * SPACING * scale) + 3 :].any()


def test_one_slice_does_not_draw_everything_and_the_old_picture_stays(layer: CrownLayer) -> None:
    before = finish(layer, view_at(1.5))
    zoomed = view_at(1.4)
    layer.prepare(zoomed)
    layer.work(time.perf_counter())
    assert not layer.is_complete
    between = shown(layer, zoomed)
    assert (between != 0).mean() == pytest.approx((before != 0).mean(), abs=0.3)
    assert (between != 0).mean() > 0.3
    after = finish(layer, zoomed)
    fresh = finish_anew(layer, zoomed)
    assert np.array_equal(after, fresh)


def finish_anew(layer: CrownLayer, view: ViewTransform) -> np.ndarray:
    layer.invalidate()
    return finish(layer, view)


def test_strips_that_come_into_view_are_drawn(layer: CrownLayer) -> None:
    view = view_at(0.25)
    finish(layer, view)
    for dx, dy in ((-40, 0), (0, -30), (25, 12), (-7, -3)):
        view = view.panned(dx, dy)
        moved = finish(layer, view)
    assert np.array_equal(moved, finish_anew(layer, view))


def test_a_pan_while_drawing_ends_with_the_right_picture(layer: CrownLayer) -> None:
    view = view_at(1.5)
    layer.prepare(view)
    for _ in range(4):
        layer.work(time.perf_counter())
        view = view.panned(-30, -20)
        layer.prepare(view)
    drawn = finish(layer, view)
    fresh = finish_anew(layer, view)
    assert (drawn != fresh).mean() < 0.01


def test_an_edit_draws_only_its_place(layer: CrownLayer, table: CrownTable) -> None:
    view = view_at(1.5)
    before = finish(layer, view)
    crown = table.get(SIDE * 5 + 6)
    grown = shapely.buffer(crown.outline, 5, join_style="mitre")
    table.apply(edits.change("Grow", [crown], lambda c: c.with_outline(grown)))
    layer.invalidate_box(grown.bounds)
    after = finish(layer, view)
    rows, cols = np.nonzero(before != after)
    left, bottom, right, top = (value * 1.5 for value in grown.bounds)
    assert rows.min() >= -top - 8
    assert rows.max() <= -bottom + 8
    assert cols.min() >= left - 8
    assert cols.max() <= right + 8
    assert np.array_equal(after, finish_anew(layer, view))


def test_an_edit_out_of_sight_is_there_when_the_map_gets_there(layer: CrownLayer, table: CrownTable) -> None:
    view = view_at(1.5)
    finish(layer, view)
    view = view.panned(-3, 0)
    finish(layer, view)  # a strip on the right is drawn ahead
    crown = table.get(SIDE * 21 + 3)
    left, *_ = crown.outline.bounds
    assert view.rect_dev.right() < left * 1.5 - 8
    assert left * 1.5 < layer._picture.done_dev.right()
    grown = shapely.buffer(crown.outline, -3, join_style="mitre")
    table.apply(edits.change("Shrink", [crown], lambda c: c.with_outline(grown)))
    assert layer.invalidate_box(crown.outline.bounds).isEmpty()
    assert layer.is_complete, "no frame comes for what nobody sees"
    view = view.panned(-100, 0)
    moved = finish(layer, view)
    assert (moved != finish_anew(layer, view)).mean() < 0.001


def test_crowns_that_vanish_while_being_drawn_do_no_harm(layer: CrownLayer, table: CrownTable) -> None:
    view = view_at(1.5)
    layer.prepare(view)
    layer.work(time.perf_counter())
    table.apply(edits.CrownEdit("Clear", removed=tuple(table.crowns())))
    finish(layer, view)
    assert not finish_anew(layer, view).any()


def test_an_empty_layer_holds_no_memory(layer: CrownLayer) -> None:
    staged = StagedCrowns()
    layer.set_source(staged, Georeference(Metric()))
    finish(layer, view_at(1.0))
    assert layer._picture.image.isNull()


def test_only_selected_crowns_are_drawn_as_selected(layer: CrownLayer, table: CrownTable) -> None:
    selected = SelectedCrowns(table, Colouring())
    layer.set_source(selected, Georeference(Metric()))
    assert not finish(layer, view_at(1.5)).any()
    selected.select([1])
    layer.invalidate()
    drawn = finish(layer, view_at(1.5)) != 0
    assert drawn[:30, :30].any()
    assert not drawn[:, 40:].any()


def test_deleted_crowns_are_left_out(layer: CrownLayer, table: CrownTable) -> None:
    table.apply(edits.delete(table.crowns(), by="me", at="2026-01-01T00:00:00+00:00"))
    assert not finish(layer, view_at(1.5)).any()


def test_dots_have_the_colour_of_their_crown(layer: CrownLayer) -> None:
    words = np.unique(finish(layer, view_at(0.25)))
    assert argb32(("#56b4e9",))[0] in words


def test_staged_outlines_know_what_was_appended() -> None:
    staged = StagedCrowns()
    boxes = [shapely.box(x, 0, x + 1, 1) for x in range(5)]
    assert len(staged.replace(boxes[:2])) == 2
    assert len(staged.replace(boxes)) == 3
    assert staged.rows((2.5, 0, 3.5, 1)).tolist() == [2, 3]
    assert len(staged.replace(boxes[3:])) == 2
    assert len(staged.replace([])) == 0
    assert staged.places(np.array([0, 1])).tolist() == []


@pytest.mark.parametrize("dpr", [1.0, 2.0])
def test_small_outlines_are_no_hairs_on_a_fine_screen(layer: CrownLayer, dpr: float) -> None:
    view = ViewTransform(scale=0.6, width=int(600 / dpr), height=int(400 / dpr), dpr=dpr)
    drawn = finish(layer, view)
    line = int(argb32((REVIEW_COLOURS["accepted"],))[0]) & 0xFFFFFF
    red, green, blue = (((drawn >> shift) & 255).astype(int) for shift in (16, 8, 0))
    near = sum(abs(band - ((line >> shift) & 255)) for band, shift in ((red, 16), (green, 8), (blue, 0))) < 40
    near &= (drawn >> 24) == 255
    crowns = (400 / (SPACING * 0.6 * dpr)) * (600 / (SPACING * 0.6 * dpr))
    sides = 4 * 16 * 0.6 * dpr  # of one crown, in device pixels
    assert 0.7 * dpr < near.sum() / (crowns * sides) < 1.5 * dpr


@pytest.mark.usefixtures("qapp")
def test_no_outline_that_is_drawn_later_cuts_a_label(table: CrownTable) -> None:
    """Crowns are drawn in portions, the largest first; a sliver over the middle of one comes with the last."""
    made = CrownLayer(crowns_look(Colouring().palette, thematic=False))
    source = TableCrowns(table, Colouring())
    source.label("id")
    made.set_source(source, Georeference(Metric()))
    view = view_at(2.0)  # 150 crowns of 32 px
    label = np.s_[12:28, 12:28]  # the middle of crown 1
    white = QColor("white").rgb()
    before = (finish(made, view)[label] == white).sum()
    table.apply(edits.add("Sliver", [Crown(9_000, shapely.box(3.0, -10.2, 17.0, -9.8), review="accepted")]))
    made.invalidate()
    assert before > 10
    assert (finish(made, view)[label] == white).sum() >= before - 2
