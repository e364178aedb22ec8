"""Canvases show plots as they are: crowns, heights and labelled ground at the same cells, the same ones for a seed."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_plots import made_plot

from training.data.canvas import CanvasMaker, cut, make_pool
from training.data.feeding import made_ahead
from training.data.labelled import OUTSIDE_GREY, UNKNOWN_ELEVATION, magnified

PLOTS = [made_plot(seed, side=80) for seed in range(3)]
POOL = make_pool(PLOTS, 1.0, 0.2, (0.8, 1.0, 1.25))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([32, 64, 96]))
def test_a_piece_keeps_crowns_with_their_cells(seed: int, side: int) -> None:
    piece = cut(POOL.plots[seed % 3], side, side, np.random.default_rng(seed))
    height, width = piece.owner.shape
    assert piece.rgb.shape == (3, height, width)
    assert piece.chm_m.shape == piece.complete.shape == (height, width)
    assert set(np.unique(piece.owner)) <= set(range(len(piece.boxes) + 1))
    for number, (x0, y0, x1, y1) in enumerate(piece.boxes, 1):
        assert 0 <= x0 < x1 <= width
        assert 0 <= y0 < y1 <= height
        rows, columns = np.nonzero(piece.owner == number)
        if len(rows):
            assert x0 - 1 <= columns.min()
            assert columns.max() <= x1 + 1
            assert y0 - 1 <= rows.min()
            assert rows.max() <= y1 + 1
    assert ((piece.visible > 0) & (piece.visible <= 1.0 + 1e-5)).all()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.0, 1.0))
def test_a_canvas_is_whole_and_finite(seed: int, mosaic_share: float) -> None:
    canvas = CanvasMaker((POOL,), 64, mosaic_share=mosaic_share).draw(np.random.default_rng(seed))
    assert canvas.rgb.shape == (3, 64, 64)
    assert canvas.rgb.dtype == canvas.elevation_m.dtype == canvas.boxes.dtype == np.float32
    assert np.isfinite(canvas.rgb).all()
    assert np.isfinite(canvas.elevation_m).all()
    assert (canvas.elevation_m >= UNKNOWN_ELEVATION).all()
    assert len(canvas.boxes) == len(canvas.visible) == len(canvas.has_mask)
    assert ((canvas.boxes >= 0) & (canvas.boxes <= 64)).all()
    assert canvas.owner.min() >= 0
    assert canvas.owner.max() <= len(canvas.boxes)


def test_the_same_state_gives_the_same_canvas() -> None:
    maker = CanvasMaker((POOL,), 64)
    first, second = (maker.draw(np.random.default_rng((3, 7))) for _ in range(2))
    for name in ("rgb", "elevation_m", "boxes", "visible", "labelled", "owner", "has_mask"):
        assert np.array_equal(getattr(first, name), getattr(second, name)), name


def test_elevation_is_withheld_as_often_as_asked() -> None:
    def known(share: float) -> float:
        maker = CanvasMaker((POOL,), 64, without_elevation=share)
        canvases = [maker.draw(np.random.default_rng(seed)) for seed in range(40)]
        return float(np.mean([bool((one.elevation_m >= 0).any()) for one in canvases]))

    assert known(0.0) == 1.0
    assert known(1.0) == 0.0
    assert 0.2 < known(0.5) < 0.8


def test_plots_without_elevation_or_outlines_give_canvases_too() -> None:
    bare = [replace(plot, chm_m=None, owner=None) for plot in PLOTS]
    canvas = CanvasMaker((make_pool(bare, 1.0, 0.2, (1.0,)),), 96).draw(np.random.default_rng(0))
    assert (canvas.elevation_m == UNKNOWN_ELEVATION).all()
    assert not canvas.has_mask.any()
    assert not canvas.owner.any()


def test_heights_that_are_nan_are_unknown() -> None:
    chm_m = PLOTS[0].chm_m
    assert chm_m is not None
    holes = replace(PLOTS[0], chm_m=np.where(np.arange(80)[:, None] < 40, np.nan, chm_m).astype(np.float32))
    maker = CanvasMaker((make_pool([holes], 1.0, 0.2, (1.0,)),), 80, mosaic_share=0.0, without_elevation=0.0)
    canvas = maker.draw(np.random.default_rng(1))
    assert (canvas.elevation_m == UNKNOWN_ELEVATION).mean() == pytest.approx(0.5)


def test_a_crown_that_its_plot_cuts_is_not_taken_for_a_whole_one() -> None:
    plot = replace(PLOTS[0], visible=np.full(len(PLOTS[0].boxes), 0.3, np.float32))
    piece = cut((plot,), 80, 80, np.random.default_rng(0))
    assert piece.visible == pytest.approx(0.3)


def test_what_is_outside_looks_like_nothing_and_is_not_labelled() -> None:
    small = made_plot(0, side=32)
    canvas = CanvasMaker((make_pool([small], 1.0, 0.2, (1.0,)),), 64).draw(np.random.default_rng(0))
    outside = (canvas.rgb == OUTSIDE_GREY).all(0)
    assert outside.any()
    assert not canvas.labelled[outside].all()


@pytest.mark.parametrize("scale", [0.5, 1.0, 1.7])
def test_magnifying_keeps_boxes_on_their_crowns(scale: float) -> None:
    plot = magnified(PLOTS[1], 0.2, scale)
    assert plot.owner is not None
    assert plot.chm_m is not None
    for number, box in enumerate(plot.boxes, 1):
        rows, columns = np.nonzero(plot.owner == number)
        if len(rows):
            assert columns.min() >= box[0] - 1
            assert columns.max() <= box[2] + 1
            assert rows.min() >= box[1] - 1
            assert rows.max() <= box[3] + 1
    assert plot.rgb.shape[1:] == plot.chm_m.shape == plot.owner.shape == plot.complete.shape


def test_unknown_heights_do_not_spread_when_magnified() -> None:
    chm_m = np.full((80, 80), 7.0, np.float32)
    chm_m[:20] = np.nan
    plot = magnified(replace(PLOTS[0], chm_m=chm_m), 0.2, 0.5)
    assert plot.chm_m is not None
    assert np.nanmin(plot.chm_m) == pytest.approx(7.0)
    assert np.isnan(plot.chm_m).mean() == pytest.approx(0.25, abs=0.03)


def test_batches_come_in_order_whatever_the_threads() -> None:
    made: list[int] = []

    def make(number: int) -> int:
        made.append(number)
        return number * number

    assert list(made_ahead(make, 3, 30, threads=3)) == [number * number for number in range(3, 30)]
    assert sorted(made) == list(range(3, 30))


def test_a_batch_that_cannot_be_made_is_told() -> None:
    def make(number: int) -> int:
        if number == 4:
            raise ValueError("no")
        return number

    batches = made_ahead(make, 0, 9)
    assert [next(batches) for _ in range(4)] == [0, 1, 2, 3]
    with pytest.raises(ValueError, match="no"):
        next(batches)
