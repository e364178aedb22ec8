"""The 40 % rule and clipping, by hand."""

import numpy as np
import shapely

from inference.evaluation.area import inside, polygonal


def array(*geometries: object) -> np.ndarray:  # type: ignore[type-arg]
    result = np.empty(len(geometries), object)
    result[:] = geometries
    return result


def test_crowns_with_less_than_40_percent_inside_are_left_out_and_the_others_clipped() -> None:
    area = shapely.box(0, 0, 100, 100)
    crowns = array(
        shapely.box(10, 10, 20, 20),  # inside
        shapely.box(-6, 10, 4, 20),  # 40 %
        shapely.box(-6.1, 10, 3.9, 20),  # 39 %
        shapely.box(95, 95, 105, 100),  # 50 %
        shapely.box(200, 200, 201, 201),  # outside
        shapely.box(100, 10, 110, 20),  # touches
    )
    kept, clipped = inside(crowns, area)
    assert kept.tolist() == [0, 1, 3]
    assert shapely.area(clipped).tolist() == [100.0, 40.0, 25.0]
    assert clipped[0] is crowns[0]


def test_without_an_area_nothing_changes() -> None:
    crowns = array(shapely.box(0, 0, 1, 1))
    kept, clipped = inside(crowns, None)
    assert kept.tolist() == [0]
    assert clipped is crowns


def test_an_area_of_several_parts() -> None:
    area = shapely.MultiPolygon([shapely.box(0, 0, 10, 10), shapely.box(20, 0, 30, 10)])
    kept, clipped = inside(array(shapely.box(5, 0, 25, 10), shapely.box(12, 0, 18, 10)), area)
    assert kept.tolist() == [0]
    assert clipped[0].geom_type == "MultiPolygon"
    assert shapely.area(clipped[0]) == 100.0


def test_lines_and_points_of_an_overlay_are_dropped() -> None:
    mixed = shapely.GeometryCollection([shapely.box(0, 0, 1, 1), shapely.LineString([(5, 5), (6, 6)])])
    assert polygonal(array(mixed))[0].equals(shapely.box(0, 0, 1, 1))


def test_no_crowns() -> None:
    kept, clipped = inside(np.empty(0, object), shapely.box(0, 0, 1, 1))
    assert len(kept) == len(clipped) == 0
