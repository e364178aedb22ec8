"""The tables of the accuracy protocol: what they say, and how they get into a page."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.accuracy.clicks import ClickScore
from benchmarks.accuracy.results import Results, insert_block
from benchmarks.accuracy.samples import FieldScore, PolygonScore
from benchmarks.accuracy.scores import Cut, NoScore, SiteScore, Told, chm_of, plain
from benchmarks.accuracy.tables import Table, tables
from inference.errors import InputError
from inference.evaluation.pairs import Confusion
from inference.evaluation.scores import RF1_THRESHOLDS, THRESHOLDS, Counts, ThresholdScores
from inference.evaluation.traits import HeightScores, height_scores


def counted(matched: int, false: int, missed: int) -> ThresholdScores:
    counts = Counts(matched, false, missed)
    return ThresholdScores(dict.fromkeys(THRESHOLDS, counts), dict.fromkeys(RF1_THRESHOLDS, counts))


def heights(*pairs: tuple[float, float]) -> HeightScores:
    predicted, true = np.array(pairs, float).reshape(-1, 2).T
    return height_scores(predicted, true)


def score(site: str = "teak", *, complete: bool = True, models: str = "m", plots: int = 4) -> SiteScore:
    return SiteScore(
        models=models,
        site=site,
        exam="unseen plots",
        complete=complete,
        plots=plots,
        plots_of_site=4,
        predicted=12,
        true=10,
        crowns=counted(6, 6, 4),
        by_fold={0: counted(1, 1, 1), 2: counted(5, 5, 3), 3: counted(0, 0, 0)},
        best_cut={0.4: Cut(0.35, 0.61)},
        field=heights((11.0, 10.0), (14.0, 12.0)),
        model_field=heights(),
        chm=heights(),
        species=Confusion({("Quercus alba", "Quercus alba"): 3, ("Acer rubrum", "Quercus alba"): 1}),
        named=3,
    )


RESULTS = Results(
    ious=(0.4, 0.5),
    sites=(score(), score("harv", complete=False, plots=3), NoScore("watershed", "harv", "It needs a DSM.")),
    unseen_sites=(score(models="m, without teak"),),
    clicks=(ClickScore("m", "teak", 10, 0.71, 0.8, 0.83, 0.95),),
    polygons=(
        PolygonScore("m", "australia", 1, 0.5, 0.41, 0.2, 0.62, 0.62, 0.7, 0.8, 2),
        NoScore("watershed", "australia", "It needs a DSM."),
    ),
    field=(FieldScore("m", (0, 2)), NoScore("watershed", "field_no_trees", "It needs a DSM.")),
)


def test_a_row_tells_both_thresholds_and_the_spread_over_folds() -> None:
    row = tables(RESULTS)[0].rows[0]
    assert row[:5] == ("teak", "m", "4", "10", "12")
    assert row[5:8] == row[8:11] == ("0.50", "0.60", "0.55")
    # The fold without a crown has no F1 and does not count.
    assert row[-3:] == ("0.53 (0.50–0.56)", "0.61 (0.35)", "unseen plots")


def test_plots_on_which_people_labelled_what_is_there_have_a_table_of_their_own() -> None:
    some = replace(score(), told=Told(3, counted(6, 2, 2)))
    (table,) = [one for one in tables(Results((0.4, 0.5), (score(), some))) if "hardly a tree" in one.title]
    assert table.rows == (("teak", "m", "3 of 4", "8", "0.75", "0.75", "0.75", "0.75", "0.75", "0.75"),)
    assert some.facts()["told"]["plots"] == 3  # type: ignore[index]


def test_incomplete_labels_missing_models_and_missing_elevation_are_told() -> None:
    table = tables(RESULTS)[0]
    assert table.rows[1][0] == "harv*"
    assert table.rows[1][2] == "3 of 4"
    assert "lower bounds" in table.notes[0]
    assert table.rows[2][-1] == "It needs a DSM."
    assert tables(Results((0.5,), (score(),)))[0].notes == ()


def test_every_table_is_rectangular_and_the_same_in_both_forms() -> None:
    for table in tables(RESULTS):
        assert all(len(row) == len(table.columns) for row in table.rows)
        lines = table.markdown().split("\n\n")[1].splitlines()
        assert len(lines) == len(table.rows) + 2
        assert len({line.count("|") for line in lines}) == 1
        for row in table.rows:
            assert all(cell in table.text() for cell in row)
    assert [table.title.split()[0] for table in tables(RESULTS)] == [
        "Crowns", "Sites", "Crowns", "Outlines", "Crowns", "Heights", "Species",
    ]  # fmt: skip


def test_figures_stand_to_the_right() -> None:
    lines = Table("t", ("name", "IoU"), (("a", "0.5"), ("long", "0.25"))).text().splitlines()
    assert lines[1:] == ["name   IoU", "a      0.5", "long  0.25"]


def test_heights_and_species_are_summed_up() -> None:
    found = {table.title.split()[0]: table for table in tables(RESULTS)}
    assert found["Heights"].rows[0][3:] == ("field", "2", "+1.50", "1.50", "1.58")
    assert found["Species"].rows[0][2:] == ("4", "2", "3", "0.75", "0.43")


def test_json_knows_no_nan() -> None:
    facts = json.loads(json.dumps(RESULTS.facts(), allow_nan=False))
    assert facts["sites"][0]["iou"]["0.40"]["f1"] == pytest.approx(12 / 22)
    assert facts["sites"][0]["folds"]["2"]["iou"]["0.50"]["matched"] == 5
    assert facts["sites"][2] == {"models": "watershed", "site": "harv", "reason": "It needs a DSM."}
    assert plain(heights())["rmse_m"] is None


def test_a_block_of_a_page_is_replaced_and_nothing_else(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    other = "<!-- models: begin --><!-- models: end -->\n"
    page.write_text(f"before\n<!-- floor: begin -->\nold\n<!-- floor: end -->\n{other}")
    insert_block(page, "floor", "| \\1 new |")
    insert_block(page, "floor", "| \\1 new |")
    assert page.read_text() == f"before\n<!-- floor: begin -->\n| \\1 new |\n<!-- floor: end -->\n{other}"
    with pytest.raises(InputError, match="nowhere: begin"):
        insert_block(page, "nowhere", "x")
    insert_block(tmp_path / "new.md", "floor", "x")
    assert (tmp_path / "new.md").read_text() == "<!-- floor: begin -->\nx\n<!-- floor: end -->\n"


def test_without_a_canopy_model_there_is_no_height() -> None:
    assert np.isnan(chm_of(None, np.array([None, None], object))).all()
