"""The protocol on real plots: it runs what the command line runs, and says of each score what it proves."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely

from benchmarks.accuracy.__main__ import main
from benchmarks.accuracy.samples import examine_field, examine_polygons
from benchmarks.accuracy.scores import NoScore, SiteScore, best_cut
from benchmarks.accuracy.sites import Exams, examine, first_plots
from benchmarks.accuracy.subjects import Models, product_models, trained_models
from inference.cli import program
from inference.errors import InputError
from inference.evaluation.report import evaluate_files
from inference.models.card import GraphFile, ModelClass
from inference.project.store import Project
from inference.traits.fewshot import SpeciesHead
from inference.traits.plain_embedding import PlainEmbedding, names
from inference.traits.taught import export_taught
from training.data.field_plots import field_folds, field_plots, truth_path

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def watershed() -> Models:
    return product_models(["watershed"])[0]


def outlines(file: Path) -> list[str]:
    with Project.open(file, read_only=True) as project:
        return [shapely.to_wkt(crown.outline) for crown in project.table.crowns()]


@pytest.fixture
def exams(shared_data: Path, tmp_path: Path) -> Exams:
    plots = field_plots(("teak", "harv"), shared_data)
    return first_plots(Exams(plots, field_folds(shared_data), tmp_path / "work", data=shared_data), 2)


def test_the_watershed_on_two_plots(exams: Exams, watershed: Models, shared_data: Path, tmp_path: Path) -> None:
    score = examine(watershed, exams, "teak")
    assert isinstance(score, SiteScore)
    assert (score.models, score.exam, score.complete) == ("watershed", "not trained", True)
    assert (score.plots, score.plots_of_site, score.true) == (2, 2, 33)
    counts = score.crowns.at[0.4]
    assert counts.true_count == 33
    assert counts.matched + counts.false == score.predicted
    assert counts.f1 is not None
    assert counts.f1 > 0.3
    assert sum(one.at[0.4].matched for one in score.by_fold.values()) == counts.matched
    # The row's height is the highest cell above ground, the published CHM was made of the same lidar.
    assert score.chm.count == score.crowns.at[0.5].matched
    assert score.chm.delta_125 > 0.7
    assert score.best_cut[0.4].f1 >= counts.f1
    json.dumps(score.facts(), allow_nan=False)

    file = exams.work / "watershed-teak" / "TEAK_043.birch.gpkg"
    plot = exams.of_site("teak")[0].sources
    again = tmp_path / "cli.birch.gpkg"
    command = ["segment", plot.ortho, "--dsm", plot.dsm, "--dtm", plot.dtm, "--model", "watershed", "-o", again]
    assert program.run([str(word) for word in command], lambda _files: 1) == 0
    assert outlines(file) == outlines(again)
    found = evaluate_files([file], truth_path("teak", shared_data), boxes=True).plots
    cut = best_cut(found, 0.4)
    assert cut is not None
    kept = found[0].predicted.chosen(np.flatnonzero(found[0].predicted.scores >= cut.score))
    assert 0 < len(kept) <= found[0].predicted_count


def test_what_cannot_be_run_is_told(exams: Exams, watershed: Models, shared_data: Path, tmp_path: Path) -> None:
    assert examine(watershed, exams, "harv") == NoScore("watershed", "harv", "It needs a DSM, which this site has not.")
    assert isinstance(examine(watershed, replace(exams, elevation=False), "teak"), NoScore)
    assert isinstance(examine_field(watershed, shared_data / "samples", tmp_path / "field"), NoScore)
    nobody = replace(watershed, whole=None)
    assert isinstance(examine(nobody, exams, "teak"), NoScore)


def test_polygons_and_a_field_without_trees(shared_data: Path, tmp_path: Path) -> None:
    valley = product_models(["valley"])[0]
    samples = tmp_path / "samples"
    samples.mkdir()
    for path in (shared_data / "samples").glob("australia.*"):
        (samples / path.name).symlink_to(path)
    (samples / "field_no_trees.tif").symlink_to(shared_data / "samples" / "field_no_trees.tif")
    (row,) = examine_polygons(valley, samples, tmp_path / "polygons")
    assert not isinstance(row, NoScore)
    assert (row.picture, row.true, row.runs, row.click_iou) == ("australia", 1, 1, None)
    assert 0.1 < row.best_iou == row.least_iou == row.most_iou < 1.0
    field = examine_field(valley, samples, tmp_path / "field")
    assert not isinstance(field, NoScore)
    assert field.crowns == (0,)


def test_the_command_writes_table_json_and_page(
    shared_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, facts = tmp_path / "page.md", tmp_path / "facts.json"
    page.write_text("# Page\n<!-- accuracy: begin --><!-- accuracy: end -->\n")
    arguments = ["--sites", "osbs", "--segmenters", "valley", "--quick", "--iou", "0.5", "--data", str(shared_data)]
    assert main([*arguments, "--json", str(facts), "--markdown", str(page)]) == 0
    written = json.loads(facts.read_text())
    assert [(row["site"], row["true"]) for row in written["sites"]] == [("osbs", 25)]
    assert written["quick"]
    assert "| osbs | valley | 2 | 25 |" in page.read_text()
    told = capsys.readouterr()
    assert "F1 0.5" in told.out
    assert "F1 0.4" not in told.out
    assert main([*arguments, "--models", str(tmp_path / "nothing")]) == 3
    assert "holds no models" in capsys.readouterr().err


def test_species_are_read_by_the_trait_model_of_the_fold(shared_data: Path, watershed: Models, tmp_path: Path) -> None:
    folds = field_folds(shared_data)
    plots = field_plots(("idtrees",), shared_data)[:2]
    values = np.random.default_rng(3).normal(size=(24, 1)) + np.zeros((24, len(names())))
    oak, maple = ModelClass("Quercus rubra", "QURU"), ModelClass("Acer rubrum", "ACRU")
    key = PlainEmbedding().model_key
    head = SpeciesHead.fit(values.astype(np.float32), [oak, maple] * 12, model_id="plain", model_key=key)
    export_taught(head, None, tmp_path / "t" / f"fold{folds[plots[0].key]}", model_id="leaves", site="Here")
    traits = trained_models(tmp_path / "t", tmp_path / "links")
    exams = Exams(plots, folds, tmp_path / "work", traits, data=shared_data)
    score = examine(watershed, exams, "idtrees")
    assert isinstance(score, SiteScore)
    known = score.species.pairs
    assert 0 < known <= score.crowns.at[0.5].matched
    assert {called for _, called in score.species.counts} <= {"Quercus rubra", "Acer rubrum"}
    assert score.species.macro_f1 is not None
    assert 0 <= score.named <= known
    assert score.field.count == score.crowns.at[0.5].matched


def test_a_card_that_names_the_site_is_marked(watershed: Models) -> None:
    graphs = {"encoder": GraphFile("a.onnx", "", 0)}
    shipped = replace(
        watershed, card=replace(watershed.card, graphs=graphs, site="TEAK, SJER and the synthetic forest")
    )
    assert shipped.exam("teak") == shipped.exam("sjer_2018") == "has seen these plots"
    assert shipped.exam("harv") == "unseen site"
    assert replace(shipped, card=replace(shipped.card, site="")).exam("teak") == "unknown training"


def test_folders_without_a_model_are_refused(tmp_path: Path) -> None:
    (tmp_path / "models" / "fold0").mkdir(parents=True)
    with pytest.raises(InputError, match="must hold one"):
        trained_models(tmp_path / "models", tmp_path / "links")
