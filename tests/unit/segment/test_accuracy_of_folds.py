"""Cross-validation of a model: each plot meets the model that never saw it, and clicks are examined with it."""

from dataclasses import replace
from pathlib import Path

import pytest
from toy_graphs import centres_store

from benchmarks.accuracy.clicks import examine_clicks
from benchmarks.accuracy.scores import NoScore, SiteScore
from benchmarks.accuracy.sites import Exams, examine, examine_unseen_site
from benchmarks.accuracy.subjects import trained_models
from training.data.field_plots import field_folds, field_plots


def place(folder: Path, score_thr: float) -> None:
    """A model that takes what is bright for crowns, with a default threshold, in a folder that holds it."""
    centres_store(folder, settings={"score_thr": score_thr, "views": 1, "dsm_norm": "metres"})


@pytest.mark.shared
def test_every_plot_meets_the_model_of_its_fold(shared_data: Path, tmp_path: Path) -> None:
    place(tmp_path / "m" / "fold0", 1.0)  # is never sure enough
    place(tmp_path / "one", 0.4)
    (tmp_path / "one" / "centres").rename(tmp_path / "m" / "fold2")
    place(tmp_path / "m" / "without_osbs", 0.4)
    models = trained_models(tmp_path / "m", tmp_path / "links")
    assert models.name == "centres (m)"
    assert models.exam("osbs") == "unseen plots"
    assert len(models.for_samples()) == 2
    exams = Exams(
        field_plots(("osbs", "teak"), shared_data), field_folds(shared_data), tmp_path / "work", data=shared_data
    )

    score = examine(models, exams, "osbs")
    assert isinstance(score, SiteScore)
    assert {plot.name: exams.folds[plot.key] for plot in exams.of_site("osbs")} == {"OSBS_023": 0, "OSBS_037": 2}
    silent, told = score.by_fold[0].at[0.4], score.by_fold[2].at[0.4]
    assert silent.matched + silent.false == 0
    assert told.matched + told.false == score.predicted > 0
    assert silent.missed == 3
    spread = score.spread(0.4)
    assert spread is not None
    assert spread.least == 0.0

    elsewhere = examine_unseen_site(models, exams, "osbs")
    assert isinstance(elsewhere, SiteScore)
    assert elsewhere.exam == "unseen site"
    assert elsewhere.predicted > score.predicted
    assert examine_unseen_site(models, exams, "teak") is None

    clicked = examine_clicks(models, exams, "osbs")
    assert clicked is not None
    assert clicked.crowns == 25
    assert 0.0 <= clicked.click_met <= 1.0
    assert 0.0 < clicked.box_iou <= 1.0


@pytest.mark.shared
def test_plots_of_a_fold_without_a_model_are_left_out(shared_data: Path, tmp_path: Path) -> None:
    place(tmp_path / "m" / "fold2", 0.4)
    models = trained_models(tmp_path / "m", tmp_path / "links")
    exams = Exams(field_plots(("osbs",), shared_data), field_folds(shared_data), tmp_path / "work", data=shared_data)
    score = examine(models, exams, "osbs")
    assert isinstance(score, SiteScore)
    assert (score.plots, score.plots_of_site, score.true) == (1, 2, 22)
    only = replace(models, by_fold={1: models.by_fold[2]})
    assert isinstance(examine(only, exams, "osbs"), NoScore)
