"""`python -m training.shipped.traits --held-out FOLD`: the model that examines a fold has seen nothing of it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from inference.errors import InputError
from training.data.field_plots import SITES, field_folds
from training.shipped.trait_crowns import LEARNED_SITES, FieldCrowns
from training.shipped.traits import lesson_crowns
from training.shipped.traits_lessons import Lesson, Recipe, learned

FOLD = 2
PLOTS = {"teak": ("TEAK_045", "TEAK_050"), "idtrees": ("MLBS_24", "OSBS_13", "OSBS_19")}
READ = f"{'_'.join(LEARNED_SITES)}_0.npz"


@pytest.fixture
def few_plots(shared_data: Path, tmp_path: Path) -> Path:
    """Some of the real plots, in a folder like that of all."""
    for site in SITES:
        folder = tmp_path / "data" / site
        folder.mkdir(parents=True)
        (folder / "crowns.gpkg").symlink_to(shared_data / site / "crowns.gpkg")
        for plot in PLOTS.get(site, ()):
            for raster in (shared_data / site).glob(f"{plot}_*.tif"):
                (folder / raster.name).symlink_to(raster)
    return tmp_path / "data"


@pytest.mark.shared
def test_what_stands_on_the_fold_held_out_changes_nothing(few_plots: Path, tmp_path: Path) -> None:
    folds = field_folds(few_plots)
    out, lies = tmp_path / "out", tmp_path / "lies"
    out.mkdir()
    lies.mkdir()
    rest = lesson_crowns(out, few_plots, 0, FOLD)
    seen = dict(zip(zip(rest.site.tolist(), rest.plot.tolist(), strict=True), rest.fold.tolist(), strict=True))
    assert seen == {key: fold for key, fold in folds.items() if fold != FOLD}, "every plot but those of the fold"

    everything = lesson_crowns(out, few_plots, 0, None)
    assert 0 < len(rest) < len(everything)
    np.savez(lies / READ, **{name: getattr(_lied_about(everything), name) for name in FieldCrowns.__slots__})
    classes = everything.classes()
    honest, lied = (learned(lesson_crowns(where, few_plots, 0, FOLD), classes, Recipe()) for where in (out, lies))
    assert _same(honest, lied)
    honest, lied = (learned(lesson_crowns(where, few_plots, 0, None), classes, Recipe()) for where in (out, lies))
    assert not _same(honest, lied), "the same lies do matter to who learns from them"

    with pytest.raises(InputError, match="no fold 9 to hold out"):
        lesson_crowns(out, few_plots, 0, 9)


def _lied_about(crowns: FieldCrowns) -> FieldCrowns:
    """Other names, heights and pictures for the crowns of the fold."""
    here = crowns.fold == FOLD
    return replace(
        crowns,
        noted=np.where(here, "conifer", crowns.noted),
        field_m=np.where(here, 99.0, crowns.field_m),
        views=np.where(here[None, :, None], crowns.views + np.float32(1.0), crowns.views),
    )


def _same(one: Lesson, other: Lesson) -> bool:
    mine, theirs = one.net.state_dict(), other.net.state_dict()
    return all(torch.equal(value, theirs[name]) for name, value in mine.items())
