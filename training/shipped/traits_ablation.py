"""What each part of the shipped traits model is worth: the same examination with some of its numbers left out."""

import numpy as np
from numpy.typing import NDArray

from inference.traits.species import model_classes
from training.shipped.trait_crowns import FieldCrowns
from training.shipped.traits_exam import leaf_figures, species_figures
from training.shipped.traits_lessons import Recipe, held_out
from training.traits.crown_statistics import COLOURS, ELEVATION, SIZES, SURROUNDINGS, TEXTURES


def ablation(crowns: FieldCrowns, recipe: Recipe) -> dict[str, dict[str, float]]:
    """Macro F1 of species and share of right leaf types on places held out, by what the model is shown.

    Args:
        crowns: of the learned sites.
        recipe: how they are taught.
    """
    every = np.arange(crowns.views.shape[2])
    shown = {
        "all numbers": every,
        "without elevation": np.setdiff1d(every, ELEVATION),
        "without surroundings": np.setdiff1d(every, SURROUNDINGS),
        "without texture": np.setdiff1d(every, TEXTURES),
        "without colour": np.setdiff1d(every, COLOURS),
        "without size": np.setdiff1d(every, SIZES),
        "colour alone": np.array(COLOURS),
        "elevation alone": np.array(ELEVATION),
    }
    rows = {name: _row(crowns, recipe, crowns.views[:, :, columns]) for name, columns in shown.items()}
    rows["one outline, one light"] = _row(crowns, recipe, crowns.views[:1])
    rows["plain"] = _row(crowns, recipe, crowns.plain[None])
    return rows


def _row(crowns: FieldCrowns, recipe: Recipe, shown: NDArray[np.float32]) -> dict[str, float]:
    names = crowns.classes()
    held = held_out(crowns, names, recipe, shown)
    species, leaf = species_figures(held, len(names) - 2), leaf_figures(held, model_classes(names))
    return {"species_macro_f1": species["macro_f1"], "species_right": species["accuracy"], "leaf": leaf["accuracy"]}
