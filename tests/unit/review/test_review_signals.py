"""What tells a wrong crown: signals, their combination, seams, second tops, overlaps."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from inference.crowns.crown import Crown, Measures
from inference.crowns.table import CrownTable
from inference.pipeline.tiling import TilePlan
from inference.plot.grid import Grid
from inference.review.evidence import Measured, gather
from inference.review.overlap import covered_shares
from inference.review.peaks import second_peaks
from inference.review.ranking import WEIGHTS, expected_error, learned, rank
from inference.review.seams import distances, seam_lines
from inference.review.signals import SIGNALS

UNIT = st.floats(0, 1)


def disc(x: float, y: float, radius: float = 2.0) -> shapely.Polygon:
    return shapely.Point(x, y).buffer(radius, quad_segs=8)


def plain(tree_id: int, **values: object) -> Crown:
    crown = Crown(tree_id, disc(10.0 * tree_id, 0.0), score=0.95, run_id="r")
    return replace(crown, **values)  # type: ignore[arg-type]


def table_of(*crowns: Crown) -> CrownTable:
    """The crowns, with enough ordinary ones around them that what is usual can be told."""
    return CrownTable([*crowns, *(plain(100 + number) for number in range(20))])


def signal(name: str, *crowns: Crown, **more: Measured) -> list[float]:
    return SIGNALS[name](gather(table_of(*crowns), **more)).values[: len(crowns)].tolist()


def test_a_weak_score_counts_and_none_does_not() -> None:
    strong, weak, drawn = signal("score", plain(1), plain(2, score=0.1), plain(3, score=None))
    assert (strong, weak) == (0.0, 1.0)
    assert np.isnan(drawn)


def test_a_species_is_doubted_unless_a_person_named_it() -> None:
    torn = Measures(species_topk="Acer rubrum 0.450; Betula papyrifera 0.440; Picea glauca 0.110")
    sure = Measures(species_topk="Acer rubrum 0.990; Betula papyrifera 0.010")
    told = {"species": "Acer rubrum", "species_score": 0.45}
    values = signal(
        "species",
        plain(1, measures=torn, **told),
        plain(2, measures=sure, **told),
        plain(3, measures=torn, species="Acer rubrum"),
        plain(4),
    )
    assert values[0] > 0.7 > 0.15 > values[1]
    assert np.isnan(values[2])
    assert np.isnan(values[3])


def test_heights_apart_need_both() -> None:
    values = signal(
        "heights",
        plain(1, measures=Measures(height_chm_m=10.0, height_model_m=18.0)),
        plain(2, measures=Measures(height_chm_m=10.0, height_model_m=10.5)),
        plain(3, measures=Measures(height_chm_m=10.0)),
    )
    assert values[:2] == [1.0, 0.0]
    assert np.isnan(values[2])


def test_a_giant_and_a_sapling_are_odd_among_the_others() -> None:
    usual, giant, sapling = signal(
        "size", plain(1), plain(2, outline=disc(20, 0, 6.0)), plain(3, outline=disc(30, 0, 0.5))
    )
    assert usual == 0.0
    assert giant == sapling == 1.0


def test_few_crowns_have_no_usual_size() -> None:
    seen = gather(CrownTable([plain(1), plain(2, outline=disc(20, 0, 9.0))]))
    assert np.isnan(SIGNALS["size"](seen).values).all()


def test_the_sentence_says_the_figures() -> None:
    table = table_of(plain(1, score=0.3, measures=Measures(height_chm_m=10.0, height_model_m=17.5)))
    reasons = rank(gather(table)).reasons(0)
    assert [reason.name for reason in reasons] == ["score", "heights"]
    assert reasons[0].sentence == "The model is only 30% sure of this outline."
    assert reasons[1].sentence == "The trait model says 17.5 m, the CHM 10.0 m."


def test_deleted_crowns_are_no_evidence() -> None:
    table = CrownTable([plain(1), plain(2, review="deleted")])
    assert gather(table).ids.tolist() == [1]


@given(st.dictionaries(st.sampled_from(sorted(WEIGHTS)), st.one_of(UNIT, st.just(float("nan"))), min_size=1))
def test_expected_error_is_a_share_and_a_missing_signal_changes_nothing(values: dict[str, float]) -> None:
    columns = {name: np.array([value]) for name, value in values.items()}
    (error,) = expected_error(columns)
    assert 0.0 <= error < 1.0
    known = {name: column for name, column in columns.items() if not np.isnan(column[0])}
    assert (expected_error(known)[0] if known else 0.0) == pytest.approx(error)


@given(st.lists(UNIT, min_size=len(WEIGHTS), max_size=len(WEIGHTS)), st.sampled_from(sorted(WEIGHTS)), UNIT)
def test_a_stronger_signal_never_lowers_the_rank(levels: list[float], name: str, other: float) -> None:
    one = dict(zip(WEIGHTS, (np.array([level]) for level in levels), strict=True))
    two = {**one, name: np.array([max(other, float(one[name][0]))])}
    assert expected_error(two)[0] >= expected_error(one)[0] - 1e-12


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=40))
def test_the_queue_holds_each_crown_once_by_falling_error(scores: list[float]) -> None:
    table = CrownTable([plain(number, score=score) for number, score in enumerate(scores, start=1)])
    queue = rank(gather(table))
    assert sorted(queue.ids.tolist()) == table.ids.tolist()
    assert (np.diff(queue.expected) <= 0).all()
    same = np.flatnonzero(np.diff(queue.expected) == 0)
    assert (queue.ids[same] < queue.ids[same + 1]).all()


def test_overlaps_are_shares_of_each_crown() -> None:
    outlines = np.array([shapely.box(0, 0, 4, 4), shapely.box(2, 0, 6, 4), shapely.box(50, 50, 54, 54)], object)
    assert covered_shares(outlines) == pytest.approx([0.5, 0.5, 0.0], abs=0.07)


def test_a_giant_over_everything_is_covered_by_what_lies_in_it() -> None:
    outlines = np.array([shapely.box(0, 0, 100, 100), *(shapely.box(x, 0, x + 2, 2) for x in range(0, 60, 4))], object)
    shares = covered_shares(outlines)
    assert shares[0] == pytest.approx(15 * 4 / 10_000, abs=1e-6)


@given(st.lists(st.tuples(st.floats(0, 30), st.floats(0, 30), st.floats(0.5, 4)), min_size=2, max_size=12))
def test_overlaps_follow_geometry(discs: list[tuple[float, float, float]]) -> None:
    outlines = np.array([disc(*one) for one in discs], object)
    found = covered_shares(outlines)
    for place, outline in enumerate(outlines):
        others = shapely.union_all(np.delete(outlines, place))
        exact = shapely.intersection(outline, others).area / outline.area
        middling = np.median(np.sqrt(shapely.area(outlines)))
        assert found[place] == pytest.approx(exact, abs=0.05 + 0.35 * middling / 8 / np.sqrt(outline.area) * 4)


def plan(*cores: tuple[float, float, float, float]) -> list[TilePlan]:
    grid = Grid("", 0, 0, 1, 1, 1)
    return [TilePlan(number, core, grid, (False, False, False, False)) for number, core in enumerate(cores)]


def test_seams_are_the_sides_that_tiles_share() -> None:
    lines = seam_lines(plan((0, 0, 10, 10), (10, 0, 20, 10)))
    assert [line.wkt for line in lines] == ["LINESTRING (10 0, 10 10)"]
    outlines = np.array([disc(10, 5), disc(14, 5), disc(3, 5)], object)
    assert distances(np.array([1, 2, 3]), outlines, lines).values[:, 0] == pytest.approx([0, 2, 5])
    assert len(distances(np.array([1]), outlines[:1], seam_lines(plan((0, 0, 10, 10)))).ids) == 0


class Bumps:
    """Canopy heights of cones."""

    def __init__(self, *tops: tuple[float, float, float]) -> None:
        self.tops = tops

    def chm_m(self, grid: Grid) -> np.ndarray:
        x = grid.left_crs + (np.arange(grid.width_px) + 0.5) * grid.cell_crs
        y = grid.top_crs - (np.arange(grid.height_px) + 0.5) * grid.cell_crs
        away = [height - 3 * np.hypot(x[None, :] - px, y[:, None] - py) for px, py, height in self.tops]
        return np.maximum.reduce([*away, np.zeros((len(y), len(x)))]).astype(np.float32)


def test_two_tops_are_told_from_one() -> None:
    heights = Bumps((5, 5, 15), (8, 5, 14), (25, 5, 15))
    outlines = np.array([disc(6.5, 5, 3.5), disc(25, 5, 3.5)], object)
    found = second_peaks(np.array([1, 2]), outlines, heights, Grid("", 0, 0, 0.25, 1, 1))
    assert found.ids.tolist() == [1, 2]
    depth_m, height_m = found.values.T
    assert 1.5 < depth_m[0] < 4.0  # 4 m before heights were evened out
    assert height_m[0] == pytest.approx(13, abs=1.0)
    assert depth_m[1] == 0.0
    values = SIGNALS["peaks"](gather(CrownTable([plain(1), plain(2)]), peaks=found)).values
    assert values[0] > 0.3
    assert values[1] == 0.0


def test_crowns_without_heights_are_left_out() -> None:
    class Nothing:
        def chm_m(self, grid: Grid) -> np.ndarray:
            return np.full(grid.shape, np.nan, np.float32)

    outlines = np.array([disc(5, 5)], object)
    found = second_peaks(np.array([1]), outlines, Nothing(), Grid("", 0, 0, 0.25, 1, 1))
    assert len(found.ids) == 0


@given(st.lists(st.tuples(UNIT, st.booleans()), max_size=60))
def test_weights_stay_shares_whatever_is_decided(decided: list[tuple[float, bool]]) -> None:
    strength = np.array([value for value, _ in decided])
    weights = learned({"score": strength, "species": strength}, np.array([wrong for _, wrong in decided], bool))
    assert 0.0 <= weights["score"] <= 1.0
    assert weights["species"] == WEIGHTS["species"]


def test_a_score_that_says_nothing_soon_counts_for_little() -> None:
    """Weak scores, all accepted; second tops, all rejected."""
    table = CrownTable(
        [plain(number, score=0.2, review="accepted") for number in range(1, 31)]
        + [plain(number, review="deleted") for number in range(31, 46)]
        + [plain(50, score=0.2), plain(51)]
    )
    ids = np.arange(31, 52)
    tops = np.where(ids[:, None] == [50], 0.0, np.array([[5.0, 10.0]]))
    seen = gather(table, peaks=Measured(ids, tops), also=frozenset(range(31, 46)))
    asis = rank(seen, seen.proposed)
    wiser = rank(seen, seen.proposed, decided=~seen.proposed)
    assert wiser.weights["score"] < 0.3 < WEIGHTS["score"]
    assert wiser.weights["peaks"] > 0.8
    assert asis.ids.tolist() == [50, 51]
    assert wiser.ids.tolist() == [51, 50]
