"""Folds keep places together, whatever the plots, and those of the real plots stay what models were trained on."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.data.field_plots import SITES, field_folds, field_plots, truth_path
from training.data.folds import SAME_PLACE_M, PlotPlace, folds, places

SURVEYS = (("teak", "TEAK"), ("idtrees", "OSBS"), ("idtrees", "MLBS"), ("osbs", "OSBS"), ("sjer_2018", "SJER"))

metres = st.floats(0.0, 600.0, allow_nan=False)
plot_places = st.lists(
    st.tuples(st.sampled_from(SURVEYS), st.integers(0, 60), metres, metres, st.integers(0, 40)).map(
        lambda found: PlotPlace(found[0][0], f"{found[0][1]}_{found[1]:03}", *found[2:])
    ),
    max_size=25,
    unique_by=lambda plot: plot.key,
)


@settings(deadline=None)
@given(plot_places, st.integers(1, 5), st.integers(0, 3))
def test_no_place_is_in_two_folds(plots: list[PlotPlace], count: int, seed: int) -> None:
    fold = folds(plots, count, seed)
    assert fold.keys() == {plot.key for plot in plots}
    assert all(0 <= one < count for one in fold.values())
    for one in plots:
        for other in plots:
            apart_m = max(abs(one.x_m - other.x_m), abs(one.y_m - other.y_m))
            if one.region == other.region and apart_m < SAME_PLACE_M:
                assert fold[one.key] == fold[other.key]


@settings(deadline=None)
@given(plot_places, st.randoms(use_true_random=False))
def test_the_order_of_plots_makes_no_difference(plots: list[PlotPlace], random: object) -> None:
    mixed = list(plots)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert folds(mixed) == folds(plots)


def test_a_chain_of_neighbours_is_one_place() -> None:
    row = [PlotPlace("teak", f"TEAK_{n}", 50.0 * n, 0.0, 3) for n in range(4)]
    far = PlotPlace("teak", "TEAK_9", 500.0, 0.0, 3)
    found = places([*row, far])
    assert len({found[plot.key] for plot in row}) == 1
    assert found[far.key] != found[row[0].key]


def test_two_surveys_of_one_place_share_a_fold_and_other_regions_do_not_touch() -> None:
    early = [PlotPlace("sjer_2017", f"SJER_{n}", 1000.0 * n, 0.0, n) for n in range(8)]
    late = [replace(plot, site="sjer_2018", crowns=9 - plot.crowns) for plot in early]
    elsewhere = PlotPlace("harv", "HARV_1", 0.0, 0.0, 5)
    found = folds([*early, *late, elsewhere])
    assert all(found["sjer_2017", plot.plot] == found["sjer_2018", plot.plot] for plot in early)
    assert places([*early, elsewhere])[elsewhere.key] not in set(places(early).values())


def test_crowns_are_shared_out_evenly() -> None:
    plots = [PlotPlace("teak", f"TEAK_{n}", 100.0 * n, 0.0, 5 + n % 7) for n in range(40)]
    fold = folds(plots)
    crowns = Counter[int]()
    for plot in plots:
        crowns[fold[plot.key]] += plot.crowns
    assert len(crowns) == 4
    assert max(crowns.values()) - min(crowns.values()) <= 11


@pytest.mark.shared
def test_the_folds_of_the_real_plots_are_those_that_models_were_trained_on(shared_data: Path) -> None:
    plots, fold = field_plots(data=shared_data), field_folds(shared_data)
    crowns = Counter[tuple[str, int]]()
    for plot in plots:
        crowns[plot.site, fold[plot.key]] += plot.place.crowns
    assert [crowns["teak", one] for one in range(4)] == [81, 82, 82, 88]
    assert [crowns["idtrees", one] for one in range(4)] == [216, 209, 218, 205]
    assert [crowns["harv", one] for one in range(4)] == [33, 28, 29, 31]
    assert [crowns["osbs", one] for one in range(4)] == [3, 0, 22, 0]
    assert [crowns["sjer_2018", one] for one in range(4)] == [34, 28, 25, 33]
    assert [crowns["sjer_2017", one] for one in range(4)] == [21, 28, 31, 24]


@pytest.mark.shared
def test_real_plots_are_whole(shared_data: Path) -> None:
    plots = field_plots(data=shared_data)
    assert len(plots) == 128
    assert sum(len(plot.boxes) for plot in plots) == 1551
    for plot in plots:
        assert len(plot.taxa) == len(plot.height_m) == len(plot.boxes) == plot.place.crowns
        assert plot.has_elevation == (plot.site in ("teak", "idtrees")) == (plot.chm is not None)
        assert truth_path(plot.site, shared_data).is_file()
    assert {plot.site for plot in plots if plot.is_complete} == {"teak", "idtrees", "osbs"}
    assert tuple(dict.fromkeys(plot.site for plot in plots)) == SITES
    named = next(plot for plot in plots if plot.name == "MLBS_10")
    assert named.taxa[0] == "MAGNO"
    assert named.height_m[0] == 15.6
