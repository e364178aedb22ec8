"""How good the heights of the shipped traits model are where it did not learn: against trees measured in the field."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.shipped.trait_crowns import FieldCrowns
from training.shipped.traits_lessons import Recipe, heights_taught, measured

Floats = NDArray[np.floating]


def height_figures(crowns: FieldCrowns, recipe: Recipe) -> dict[str, Any]:
    """The model beside the canopy model's top, on places held out and with the whole forest held out.

    Returns:
        "all" and each forest: "crowns", and errors of "canopy", "model" and (of a forest) "without", see `errors`.
    """
    known = measured(crowns)
    mine = crowns.chosen(known)
    told = _held_out(mine, mine.fold, recipe)
    without = _held_out(mine, mine.region, recipe)
    found: dict[str, Any] = {"all": _beside(mine, told)}
    for forest in np.unique(mine.region).tolist():
        here = mine.region == forest
        found[forest] = {
            **_beside(mine.chosen(here), told[here]),
            "without": errors(without[here], mine.field_m[here]),
        }
    return found


def errors(told_m: Floats, true_m: Floats) -> dict[str, float]:
    """Bias, mean absolute error and root mean square error in metres, over the crowns that are told."""
    known = np.isfinite(told_m) & np.isfinite(true_m)
    off = np.asarray(told_m, np.float64)[known] - np.asarray(true_m, np.float64)[known]
    if not len(off):
        return {}
    return {
        "bias_m": float(off.mean()),
        "mae_m": float(np.abs(off).mean()),
        "rmse_m": float(np.sqrt((off**2).mean())),
    }


def _beside(crowns: FieldCrowns, told_m: Floats) -> dict[str, Any]:
    return {
        "crowns": len(crowns),
        "canopy": errors(crowns.canopy_m, crowns.field_m),
        "model": errors(told_m, crowns.field_m),
    }


def _held_out(crowns: FieldCrowns, part: NDArray[Any], recipe: Recipe) -> Floats:
    """(N,) height of each crown by a model that saw nothing of its part; NaN where nothing else is known."""
    told = np.full(len(crowns), np.nan)
    for one in np.unique(part).tolist():
        here = part == one
        if not here.all():
            told[here] = heights_taught(crowns.chosen(~here), recipe).heights(crowns.chosen(here).numbers)
    return told
