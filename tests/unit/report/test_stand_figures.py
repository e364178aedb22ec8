"""Figures of a stand against figures by hand."""

import math

import numpy as np
import pytest
import shapely
from factories_stand import tree
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.crowns.crown import Crown
from inference.crowns.table import CrownTable
from inference.report.columns import NOT_A_TREE, CrownColumns, inside
from inference.report.species_mix import species_mix
from inference.report.stand import canopy_cover, stand_of, top_height_m, weighted_mean


def columns(*crowns: Crown) -> CrownColumns:
    return CrownColumns.of(CrownTable(crowns))


def test_a_stand_by_hand() -> None:
    crowns = columns(
        tree(1, 10, 10, 4, 20.0, dbh_cm=30.0, agb_kg=500.0, review="accepted"),
        tree(2, 30, 10, 2, 10.0, dbh_cm=20.0, agb_kg=100.0),
        tree(3, 50, 10, 6, None, edge=True),
    )
    stand = stand_of(crowns, 2500.0)
    assert (stand.trees, stand.reviewed, stand.cut) == (3, 1, 1)
    assert stand.trees_per_ha == 12.0
    assert stand.height_m.mean == 15.0
    assert stand.height_m.sd == pytest.approx(math.sqrt(50))
    assert (stand.height_m.low, stand.height_m.median, stand.height_m.high) == (10.0, 15.0, 20.0)
    assert stand.crown_weighted_height_m == pytest.approx((16 * 20 + 4 * 10) / 20)
    assert stand.lorey_height_m == pytest.approx((900 * 20 + 400 * 10) / 1300)
    assert stand.crown_m2.mean == 10.0
    assert stand.diameter_m.high == pytest.approx(2 * math.sqrt(16 / math.pi))
    assert stand.height_sources == {"DSM-DTM": 2}
    stems = stand.stems
    assert stems is not None
    assert stems.trees == 2
    assert stems.quadratic_mean_dbh_cm.value == pytest.approx(math.sqrt((900 + 400) / 2))
    assert stems.basal_area_m2_ha.value == pytest.approx(math.pi / 4 * (0.09 + 0.04) * 4)
    assert stems.biomass_t is not None
    assert stems.biomass_t.value == pytest.approx(0.6)
    assert stems.biomass_t_ha is not None
    assert stems.biomass_t_ha.value == pytest.approx(2.4)
    assert stems.biomass_t_ha.low is not None
    assert stems.biomass_t_ha.high is not None
    assert stems.biomass_t_ha.low < 2.4 < stems.biomass_t_ha.high
    assert [(use.id, use.crowns) for use in stems.equations] == [("Jucker2017/global", 2)]
    assert stems.unknown == 0


def test_no_crowns_and_no_heights() -> None:
    empty = stand_of(columns(), 100.0)
    assert (empty.trees, empty.trees_per_ha, empty.height_m.mean, empty.stems) == (0, 0.0, None, None)
    bare = stand_of(columns(tree(1, 5, 5, 2)), 100.0)
    assert (bare.trees, bare.height_m.count, bare.crown_weighted_height_m, bare.top_height_m) == (1, 0, None, None)
    assert bare.diameter_m.count == 1


def test_an_equation_of_another_program_gives_no_interval() -> None:
    stems = stand_of(columns(tree(1, 5, 5, 2, 9.0, dbh_cm=12.0, agb_kg=40.0, allometry="Theirs2001")), 100.0).stems
    assert stems is not None
    assert stems.unknown == 1
    assert stems.biomass_t is not None
    assert stems.biomass_t.low is None


def test_deleted_crowns_and_crowns_that_are_none_do_not_count() -> None:
    crowns = columns(
        tree(1, 5, 5, 2), tree(2, 9, 5, 2, review="deleted"), tree(3, 13, 5, 2, species=NOT_A_TREE), tree(4, 17, 5, 2)
    )
    assert crowns.ids.tolist() == [1, 4]


def test_a_crown_belongs_where_its_centre_is() -> None:
    crowns = columns(tree(1, 5, 5, 4), tree(2, 11, 5, 4))
    left, bottom, *_ = crowns.outlines[0].bounds
    west = shapely.box(left - 10, bottom - 10, left + 5, bottom + 20)
    east = shapely.box(left + 5, bottom - 10, left + 30, bottom + 20)
    assert inside(crowns, west).tolist() == [True, False]
    assert inside(crowns, east).tolist() == [False, True]


def test_cover_counts_overlaps_once_and_only_what_lies_inside() -> None:
    area = shapely.box(0, 0, 10, 10)
    crowns = np.array([shapely.box(0, 0, 4, 4), shapely.box(2, 0, 6, 4), shapely.box(8, 8, 14, 12)], object)
    cover, crown_sum = canopy_cover(crowns, area)
    assert cover == pytest.approx((24 + 4) / 100)
    assert crown_sum == pytest.approx((32 + 4) / 100)
    assert canopy_cover(crowns[:0], area) == (0.0, 0.0)
    assert canopy_cover(crowns, shapely.box(50, 50, 60, 60)) == (0.0, 0.0)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(1, 9)), min_size=1, max_size=25))
def test_cover_against_counted_cells(boxes: list[tuple[int, int, int]]) -> None:
    cells = np.zeros((30, 30), bool)
    for x, y, side in boxes:
        cells[y : y + side, x : x + side] = True
    outlines = np.array([shapely.box(x, y, x + side, y + side) for x, y, side in boxes], object)
    cover, crown_sum = canopy_cover(outlines, shapely.box(0, 0, 30, 30))
    assert cover == pytest.approx(cells.mean())
    assert crown_sum >= cover - 1e-12


def test_top_height_is_of_a_hundred_trees_per_hectare() -> None:
    heights = np.array([10.0, 30.0, np.nan, 20.0, 25.0])
    assert top_height_m(heights, 200.0) == pytest.approx(27.5)
    assert top_height_m(heights, 1.0) == 30.0
    assert top_height_m(heights, 10_000.0) == pytest.approx(21.25)


@given(st.lists(st.tuples(st.floats(0.1, 60), st.floats(0.1, 400)), min_size=1, max_size=30))
def test_a_weighted_mean_lies_among_its_values(pairs: list[tuple[float, float]]) -> None:
    values, weights = (np.array(part) for part in zip(*pairs, strict=True))
    mean = weighted_mean(values, weights)
    assert mean is not None
    assert values.min() - 1e-9 <= mean <= values.max() + 1e-9


def test_species_and_how_sure_they_are() -> None:
    crowns = columns(
        tree(1, 5, 5, 2, 12.0, species="Acer rubrum", species_score=0.9),
        tree(2, 9, 5, 2, 14.0, species="Acer rubrum", species_score=0.3),
        tree(3, 13, 5, 4, 20.0, species="Picea glauca"),
        tree(4, 20, 5, 2),
        tree(5, 25, 5, 2, label="dead"),
    )
    rows = species_mix(crowns, 1000.0)
    assert [row.name for row in rows] == ["Acer rubrum", "Picea glauca", "dead", None]
    acer, picea, dead, nobody = rows
    assert (acer.trees, acer.share, acer.unsure, acer.confirmed) == (2, 0.4, 1, 0)
    assert acer.trees_per_ha == 20.0
    assert acer.height_m.mean == 13.0
    assert (picea.confirmed, dead.confirmed, nobody.confirmed) == (1, 1, 0)
    assert picea.crown_share == pytest.approx(16 / 32)
    assert sum(row.share for row in rows) == pytest.approx(1.0)
    assert sum(row.crown_share for row in rows) == pytest.approx(1.0)
    assert sum(row.unsure for row in rows) == 1
