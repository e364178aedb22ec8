"""How the shipped traits model is taught: on all crowns, and for its examination without some of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inference.models.card import Setting
from inference.traits.domain import PLOT_LIMIT, STRANGERS_HAVE_HEIGHTS, STRANGERS_HAVE_LEAVES, TrainingCloud
from inference.traits.species import SpeciesCall, model_classes
from training.shipped.trait_crowns import GSD_M, FieldCrowns
from training.shipped.traits_exam import HeldOut, calls_of
from training.traits.crown_net import CrownNet, taught, teach_heights
from training.traits.crown_statistics import TOP
from training.traits.trust import settings_of

Float32 = NDArray[np.float32]
Bools = NDArray[np.bool_]

# A genus was right three times in four on places held out, whatever its threshold promised.
TOLD_RANKS = ("species", "leaf")


@dataclass(frozen=True, slots=True)
class Recipe:
    """Every number of the training.

    Attributes:
        decay, evenness: see `training.traits.crown_net.taught`.
        precision: share of right answers that the thresholds keep on places held out.
        abstain_beyond: a crown is strange when so large a share of the training crowns lies nearer.
        abstain_plot_beyond: a plot is strange when the middle one of its crowns lies so far out.
        height_decay: see `training.traits.crown_net.teach_heights`.
        seed: of the outlines and lights in which the crowns are shown; nothing else is drawn.
    """

    decay: float = 0.01
    evenness: float = 0.5
    precision: float = 0.85
    abstain_beyond: float = 0.95
    abstain_plot_beyond: float = 0.8
    height_decay: float = 0.3
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learned from some crowns: a network for these classes, and where the crowns lie."""

    classes: tuple[str, ...]
    net: CrownNet
    cloud: TrainingCloud

    def asked(self, crowns: FieldCrowns, allowed: Bools, shown: Float32 | None = None) -> HeldOut:
        """What it says of other crowns; `shown` stand for their views where it was taught on others."""
        values = np.ascontiguousarray((crowns.views if shown is None else shown)[0])
        return HeldOut(allowed, crowns.plot, self.net.logits(values), self.cloud.percentile(values))


def learned(crowns: FieldCrowns, classes: tuple[str, ...], recipe: Recipe, shown: Float32 | None = None) -> Lesson:
    """Teach a network on all crowns of which something is known.

    Args:
        crowns: to learn from.
        classes: in the order of the logits.
        recipe: how.
        shown: (V, N, D) numbers to teach on instead of the crowns' own.
    """
    allowed = crowns.allowed(classes)
    known = allowed.any(axis=1)
    views = (crowns.views if shown is None else shown)[:, known]
    net = taught(
        np.concatenate(list(views)),
        np.concatenate([allowed[known]] * len(views)),
        GSD_M,
        decay=recipe.decay,
        evenness=recipe.evenness,
    )
    if shown is None:
        _teach_heights(net, crowns, recipe)
    kinds = [row.tobytes() for row in allowed[known]]
    return Lesson(classes, net, TrainingCloud.fit(views[0], kinds, crowns.plot[known].tolist()))


def measured(crowns: FieldCrowns) -> Bools:
    """(N,) which crowns have both a height from the field and an elevation."""
    return np.asarray(np.isfinite(crowns.field_m) & (crowns.views[0][:, TOP] > 0.0))


def heights_taught(crowns: FieldCrowns, recipe: Recipe) -> CrownNet:
    """A network that was taught heights alone."""
    net = CrownNet(1, GSD_M).eval()
    net.standardise(np.concatenate(list(crowns.views)))
    _teach_heights(net, crowns, recipe)
    return net


def _teach_heights(net: CrownNet, crowns: FieldCrowns, recipe: Recipe) -> None:
    known = measured(crowns)
    if known.any():
        views = crowns.views[:, known]
        height_m = np.tile(crowns.field_m[known], len(views))
        teach_heights(net, np.concatenate(list(views)), height_m, decay=recipe.height_decay)


def held_out(crowns: FieldCrowns, classes: tuple[str, ...], recipe: Recipe, shown: Float32 | None = None) -> HeldOut:
    """What is said of each crown by a network that saw nothing of its fold."""
    allowed = crowns.allowed(classes)
    logits = np.zeros(allowed.shape, np.float32)
    ood = np.zeros(len(crowns), np.float32)
    for fold in np.unique(crowns.fold).tolist():
        here = crowns.fold == fold
        lesson = learned(crowns.chosen(~here), classes, recipe, None if shown is None else shown[:, ~here])
        told = lesson.asked(crowns.chosen(here), allowed[here], None if shown is None else shown[:, here])
        logits[here], ood[here] = told.logits, told.ood
    return HeldOut(allowed, crowns.plot, logits, ood)


def chosen_settings(held: HeldOut, recipe: Recipe, classes: Sequence[str]) -> dict[str, Setting]:
    """Settings of the card, from crowns held out."""
    settings = settings_of(held.logits, held.label, model_classes(classes), recipe.precision)
    by_rank = settings["abstain_below_by_rank"]
    assert isinstance(by_rank, dict)
    return {
        **settings,
        "abstain_below_by_rank": {rank: limit for rank, limit in by_rank.items() if rank in TOLD_RANKS},
        "abstain_beyond": recipe.abstain_beyond,
        PLOT_LIMIT: recipe.abstain_plot_beyond,
        STRANGERS_HAVE_LEAVES: False,  # of forests held out, leaf types were no better than a guess
        STRANGERS_HAVE_HEIGHTS: False,  # nobody measured trees there to examine them on
    }


def cross_fitted(
    held: HeldOut, fold: NDArray[np.intp], recipe: Recipe, classes: Sequence[str]
) -> tuple[SpeciesCall, ...]:
    """What a user would be told of each crown with settings that were chosen on the other folds."""
    calls: dict[int, SpeciesCall] = {}
    for one in np.unique(fold).tolist():
        here = fold == one
        settings = chosen_settings(held.chosen(~here), recipe, classes)
        mine = calls_of(held.chosen(here), model_classes(classes), settings)
        calls |= dict(zip(np.flatnonzero(here).tolist(), mine, strict=True))
    return tuple(calls[row] for row in range(len(fold)))
