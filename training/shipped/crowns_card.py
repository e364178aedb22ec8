"""What the card of the crowns model that ships says, and the folder that goes into resources/models."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from inference.models.card import Setting
from training.balsam2.model import Balsam2
from training.balsam2.publish import publish
from training.convert.write import new_folder
from training.shipped.recipe import Recipe

MODEL_ID = "birch-crowns"
MODEL_FOLDER = "model"
LICENCE = "CC-BY-4.0"
LICENCE_TEXT = """\
The weights of this model are licensed under the Creative Commons Attribution 4.0 International licence (CC-BY-4.0),
https://creativecommons.org/licenses/by/4.0/. Name "BirchTree" and the sources below.

It was trained by the BirchTree project from nothing, on plots of a synthetic forest and on crowns labelled in
- IDTReeS 2020 competition data (Zenodo 3934932), CC-BY-4.0;
- NeonTreeEvaluation (Zenodo 5914554), crowns CC-BY-4.0; imagery and lidar of the National Ecological Observatory
  Network, CC0;
- two sample plots of the DeepForest package, MIT.
"""
# The codes are what the evaluation looks for: a plot of a site that the card names has been seen.
_SITES = {
    "teak": "teak (Teakettle, Sierra Nevada: mixed conifer)",
    "idtrees": "idtrees (Mountain Lake, Virginia: deciduous; Ordway-Swisher, Florida: pine)",
    "harv": "harv (Harvard Forest: hardwood and hemlock)",
    "osbs": "osbs (Ordway-Swisher, Florida: pine)",
    "sjer": "sjer (San Joaquin, California: oak savanna)",
}


def accuracy_of(figures: Mapping[str, Any], held_out: int | str | None) -> str:
    """What the card says was measured; "" where nothing was. The window knows this sentence in its languages.

    Args:
        figures: "sites", for each the "f1" of boxes at IoU 0.4.
        held_out: fold or site that these figures are of; None where they are of all folds.
    """
    told = [f"{site} {found['f1']:.2f}" for site, found in figures.get("sites", {}).items()]
    if not told:
        return ""
    *first, last = told
    listed = f"{', '.join(first)} and {last}" if first else last
    how = "Cross-validated by place" if held_out is None else "On plots held out"
    return f"{how}, F1 of boxes at IoU 0.4: {listed} (docs/models/accuracy.md)"


def publish_shipped(
    model: Balsam2, recipe: Recipe, figures: Mapping[str, Any], held_out: int | str | None, folder: Path
) -> Path:
    """Write `model/` into a training's folder.

    Args:
        model: trained.
        recipe: for the threshold.
        figures: of the plots held out or of the cross-validation, for the card, see `accuracy_of`.
        held_out: fold or site that the model did not see.
        folder: of the training.

    Raises:
        ModelError: a graph computes something else than torch.
    """
    kept = "" if held_out is None else f", without {held_out if isinstance(held_out, str) else f'fold {held_out}'}"
    seen = [text for site, text in _SITES.items() if not str(held_out).startswith(site)]
    facts = {
        "id": MODEL_ID,
        "title": f"Crowns in orthomosaics, with or without elevation{kept}",
        "source": "Trained by BirchTree (python -m training.shipped.crowns)",
        "licence": LICENCE,
        "licence_text": LICENCE_TEXT,
        "site": "; ".join(["Synthetic forest", *seen]) + kept,
        "accuracy": accuracy_of(figures, held_out),
        "limits": "Plots without leaves or under snow, tropical forest and cities were not in its training. Boxes were "
        "what its real plots showed: outlines come from synthetic crowns and from what looks alike.",
    }
    settings: dict[str, Setting] = {
        "score_thr": recipe.score_thr,
        "sure_thr": recipe.sure_thr,
        "together_thr": recipe.together_thr,
        "views": recipe.views,
        "zoom": recipe.zoom,
        "mask_thr": recipe.mask_thr,
    }
    target = folder / MODEL_FOLDER
    with new_folder(target, replace_older=True) as staged:
        publish(model, facts, settings, staged, lambda text: None)
    return target
