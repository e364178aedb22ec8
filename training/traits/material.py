"""What a training of a traits model learns from and is examined on: the crowns of the sets, with names and heights."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from inference.errors import InputError
from training.data.labelled import LabelledPlot
from training.data.sets import TrainingSet
from training.traits.crops import CropMaker, CropRules
from training.traits.crowns import CrownPool, canopy_height_m, pool_of
from training.traits.names import LEAST_CROWNS, allowed, classes_of


@dataclass(frozen=True, slots=True)
class Material:
    """Crowns of each split, the classes, and how their pictures are cut.

    Attributes:
        classes: in the order of the logits.
        train, valid, test: crowns of which a species or a height is known.
        rules: of the crops.
        notes: sentences on what there is and what is missing.
    """

    classes: tuple[str, ...]
    train: CrownPool
    valid: CrownPool
    test: CrownPool
    rules: CropRules
    notes: tuple[str, ...]

    def maker(self) -> CropMaker:
        """Draws crops to learn from."""
        return CropMaker([self.train], [1.0], self.rules)


def material_of(found: TrainingSet, rules: CropRules, known: Sequence[str] = ()) -> Material:
    """The crowns of training sets.

    Heights are those that the set tells; where it tells none, those of its canopy height model.

    Args:
        found: the sets, by split.
        rules: side and cell size of crops.
        known: classes of the model that is improved.

    Raises:
        InputError: nobody noted species, and no heights are known, so there is nothing to learn.
    """
    splits = [tuple(_with_heights(plot) for plot in plots) for plots in (found.train, found.valid, found.test)]
    classes = classes_of(splits[0], known)
    if not classes:
        # A network needs a class; without any species every crown may be this one, and nothing is learned of it.
        classes = ("Tree",)
    train, valid, test = (
        pool_of(plots, lambda text: allowed(text, classes), len(classes), known_only=True) for plots in splits
    )
    if not len(train):
        raise InputError(
            "train.no_traits",
            "None of the {crowns} crowns to learn from has a species or a height. Name species in the window, measure "
            "the plots with their DSM, and make the set again.",
            crowns=sum(len(plot.boxes) for plot in found.train),
        )
    return Material(classes, train, valid, test, rules, tuple(_notes(classes, train, valid, test)))


def _with_heights(plot: LabelledPlot) -> LabelledPlot:
    canopy_m = canopy_height_m(plot)
    told_m = np.full(len(plot.boxes), np.nan, np.float32) if plot.height_m is None else plot.height_m
    possible = np.isfinite(told_m) & (told_m >= 0.0) & (told_m <= 130.0)
    return replace(plot, height_m=np.where(possible, told_m, canopy_m).astype(np.float32))


def _notes(classes: Sequence[str], train: CrownPool, valid: CrownPool, test: CrownPool) -> list[str]:
    named, tall = int(train.allowed.any(axis=1).sum()), int(np.isfinite(train.height_m).sum())
    notes = [
        f"{len(train)} crowns to learn from: {named} with a species, {tall} with a height; {len(valid)} for "
        f"validation, {len(test)} for the last examination."
    ]
    if named and len(classes) < 2:
        notes.append(f"All crowns with a species are {classes[0]}: one class is nothing to tell apart.")
    if not named:
        notes.append(f"No species has as many as {LEAST_CROWNS} crowns, so only heights are learned.")
    if not tall:
        notes.append("No heights are known (no DSM, or nothing but NaN in it), so only species are learned.")
    if not len(valid):
        notes.append(
            "There is no crown for validation, so training goes on for all its steps, and the probabilities are not "
            "calibrated. Make the set from more plots, or in smaller blocks, to know how good the model is."
        )
    return notes
