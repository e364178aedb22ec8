"""Straightened outlines keep their area, stay valid and still share their borders."""

import numpy as np
import numpy.typing as npt
import pytest
import rasterio.features
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.jobs import CancelToken
from inference.segment import simplify
from inference.segment.simplify import MAX_AREA_CHANGE, simplify_crowns

CELL = 0.25


def wavy_crowns(seed: int, count: int = 5, cells: int = 20) -> npt.NDArray[np.object_]:
    """A closed canopy: every crown touches its neighbours along a ragged border."""
    from scipy import ndimage

    rng = np.random.default_rng(seed)
    labels = np.kron(np.arange(1, count**2 + 1).reshape(count, count), np.ones((cells, cells))).astype(np.int32)
    rows, cols = np.mgrid[: len(labels), : len(labels)]
    push = [ndimage.gaussian_filter(rng.normal(size=labels.shape), 4) * 30 for _ in range(2)]
    labels = labels[
        np.clip(rows + push[0], 0, len(labels) - 1).astype(int),
        np.clip(cols + push[1], 0, len(labels) - 1).astype(int),
    ]
    best: dict[float, shapely.Polygon] = {}
    for geometry, value in rasterio.features.shapes(labels):
        part = shapely.transform(shapely.geometry.shape(geometry), lambda xy: 321_642.0 + xy * CELL)
        if value not in best or part.area > best[value].area:
            best[value] = part
    return np.array(list(best.values()), dtype=object)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.5, 1.0, 1.25, 2.0]))
def test_area_validity_and_shared_borders(seed: int, tolerance: float) -> None:
    before = wavy_crowns(seed)
    after = simplify_crowns(before, CELL, tolerance, CancelToken())
    assert shapely.is_valid(after).all()
    assert (shapely.get_type_id(after) == shapely.GeometryType.POLYGON).all()
    change = np.abs(shapely.area(after) / shapely.area(before) - 1.0)
    assert change.max() <= MAX_AREA_CHANGE + 0.02
    overlap = shapely.area(after).sum() - shapely.union_all(after).area
    assert overlap <= 1e-6 * shapely.area(after).sum()


@given(st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_rounding_keeps_extents_and_shared_borders(seed: int) -> None:
    before = wavy_crowns(seed, count=3)
    sides = shapely.segmentize(before, CELL * 1.0001)
    after = simplify._rounded(shapely.set_precision(sides, 1e-6, mode="pointwise"))
    assert shapely.is_valid(after).all()
    assert np.abs(shapely.bounds(after) - shapely.bounds(before)).max() < 1e-5
    assert shapely.coverage_is_valid(after)


def test_an_outline_loses_the_steps_of_its_cells() -> None:
    """A disc drawn in cells comes back round: nearer to the circle than the cells were."""
    rows, cols = np.mgrid[:30, :30]
    disc = (rows - 14.5) ** 2 + (cols - 14.5) ** 2 < 12.3**2
    ((geometry, _),) = rasterio.features.shapes(disc.astype(np.uint8), mask=disc)
    steps = np.array([shapely.transform(shapely.geometry.shape(geometry), lambda xy: xy * CELL)], dtype=object)
    circle = shapely.Point(15 * CELL, 15 * CELL).buffer(12.3 * CELL, 64)
    (drawn,) = simplify_crowns(steps, CELL, 1.25, CancelToken())
    assert shapely.hausdorff_distance(drawn, circle, densify=0.02) < 0.75 * CELL
    assert shapely.area(shapely.symmetric_difference(drawn, circle)) < 0.6 * shapely.area(
        shapely.symmetric_difference(steps[0], circle)
    )


def test_the_sum_of_areas_has_no_bias() -> None:
    before = wavy_crowns(1, count=12)
    after = simplify_crowns(before, CELL, 1.25, CancelToken())
    assert shapely.area(after).sum() == pytest.approx(shapely.area(before).sum(), rel=0.002)


def test_outlines_get_lighter_and_stay_close() -> None:
    before = wavy_crowns(2)
    after = simplify_crowns(before, CELL, 1.25, CancelToken())
    assert shapely.get_num_coordinates(after).sum() < 0.6 * shapely.get_num_coordinates(before).sum()
    iou = shapely.area(shapely.intersection(before, after)) / shapely.area(shapely.union(before, after))
    assert iou.min() > 0.9


def test_zero_tolerance_changes_nothing() -> None:
    before = wavy_crowns(3)
    assert simplify_crowns(before, CELL, 0.0, CancelToken()) is before


def test_a_crown_of_a_few_cells_keeps_its_corners() -> None:
    tiny = np.array([shapely.box(0, 0, CELL, CELL)], dtype=object)
    (after,) = simplify_crowns(tiny, CELL, 2.0, CancelToken())
    assert after.equals(tiny[0])


def test_no_crowns() -> None:
    assert len(simplify_crowns(np.zeros(0, dtype=object), CELL, 1.0, CancelToken())) == 0


def test_portions_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    before = wavy_crowns(4, count=10)
    whole = simplify_crowns(before, CELL, 1.25, CancelToken())
    monkeypatch.setattr(simplify, "_PORTION", 7)
    portions = simplify_crowns(before, CELL, 1.25, CancelToken())
    assert shapely.equals_identical(shapely.normalize(whole), shapely.normalize(portions)).all()
    assert shapely.union_all(portions).area == pytest.approx(shapely.area(portions).sum(), rel=1e-9)


def test_crowns_that_keep_their_corners_do_not_overlap_their_neighbours() -> None:
    # Crowns of about ten cells: many would change too much.
    before = wavy_crowns(5, count=14, cells=4)
    after = simplify_crowns(before, CELL, 1.25, CancelToken())
    assert shapely.equals(before, after).any()
    assert not shapely.equals(before, after).all()
    assert shapely.is_valid(after).all()
    assert shapely.area(after).sum() == pytest.approx(shapely.union_all(after).area, abs=1e-4)
