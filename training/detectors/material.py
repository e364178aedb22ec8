"""What a detector learns from and is examined on: the tiles of the sets on its cells, with classes and elevation."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray

from inference.errors import InputError
from training.balsam.tiles import TrainTile
from training.balsam.truth import Truth
from training.data.canvas import SCALES
from training.data.labelled import LabelledPlot, magnified
from training.data.sets import TrainingSet, Wanted
from training.detectors.network import Network
from training.detectors.outlines import with_outlines

TREE = "Tree"
WANTED = Wanted(surfaces=True, outside_grey=0)
_FEW_SCALES = SCALES[2:7:2]
_STEP_PX = 64  # tiles are multiples of the coarsest stride


@dataclass(frozen=True, slots=True)
class Ground:
    """A tile of the set as a detector learns from it.

    Attributes:
        scales: the plot at all magnifications; `chm_m` is the elevation that the network reads, `owner` is always
            there.
        labels: (n,) int64 class of each crown.
        outlined: (n,) bool, whether the outlines were drawn by people, not guessed from boxes.
    """

    scales: tuple[LabelledPlot, ...]
    labels: NDArray[np.int64]
    outlined: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Material:
    """Tiles to learn from, those of the other splits, and sentences on what there is and what is missing."""

    train: tuple[Ground, ...]
    valid: tuple[LabelledPlot, ...]
    test: tuple[LabelledPlot, ...]
    notes: tuple[str, ...]


def classes_of(plots: Sequence[LabelledPlot], known: Sequence[str]) -> tuple[str, ...]:
    """The classes that a model should tell: those it knows already, then those of the set's crowns by alphabet.

    A set of one class makes a model of one class, whatever the earlier one told apart.
    """
    found = sorted({label for plot in plots for label in _labels(plot)})
    if len(found) < 2:
        return tuple(found) or (TREE,)
    kept = [name for name in known if name != TREE or TREE in found]
    return (*kept, *(name for name in found if name not in kept))


def _labels(plot: LabelledPlot) -> tuple[str, ...]:
    return plot.labels if plot.labels is not None else (TREE,) * len(plot.boxes)


def tile_side(plots: Sequence[LabelledPlot], largest_px: int, gsd_m: float) -> int:
    """Side of the tiles to learn on: as large as the set's, and no larger than the network's."""
    longest = max(max(plot.complete.shape) * plot.gsd_m / gsd_m for plot in plots)
    return min(-(-round(longest) // _STEP_PX) * _STEP_PX, largest_px)


def material_of(
    found: TrainingSet, network: Network, classes: Sequence[str], gsd_m: float, *, photometric: bool
) -> Material:
    """Everything on the network's cells.

    Args:
        found: read with `WANTED`.
        network: which elevation it reads.
        classes: in its order.
        gsd_m: its cell.
        photometric: whether tiles are seen at several magnifications.

    Raises:
        InputError: the network cannot do without elevation, and no tile has any.
    """
    usable = [plot for plot in found.train if not network.needs_dsm or usable_elevation(plot, network)]
    if not any(len(plot.boxes) for plot in usable):
        raise InputError(
            "train.no_elevation",
            "This kind of model cannot do without elevation, and no tile with crowns has any: there is no DSM, or "
            "nothing but NaN in it. Make the set from plots with a DSM, or train another kind: rsprompter, maskrcnn or "
            "balsam-repaired.",
        )
    scales = _FEW_SCALES if photometric else (1.0,)
    train = []
    for plot in usable:
        outlined = plot if plot.owner is not None and plot.drawn is None else with_outlines(plot)
        seen = tuple(magnified(_read(outlined, network), gsd_m, scale) for scale in scales)
        labels = np.array([classes.index(label) for label in _labels(plot)], np.int64)
        train.append(Ground(seen, labels, plot.outlined))
    valid, test = (
        tuple(magnified(_read(plot, network), gsd_m, 1.0) for plot in plots) if any(len(p.boxes) for p in plots) else ()
        for plots in (found.valid, found.test)
    )
    return Material(tuple(train), valid, test, tuple(_notes(found, network, classes, len(usable))))


def _read(plot: LabelledPlot, network: Network) -> LabelledPlot:
    """The plot with the elevation that the network reads in the place of canopy heights."""
    if not network.uses_dsm:
        return replace(plot, chm_m=None, dsm_m=None)
    return replace(plot, chm_m=plot.chm_m if network.dsm_norm == "canopy" else plot.dsm_m, dsm_m=None)


def usable_elevation(plot: LabelledPlot, network: Network) -> bool:
    """Whether a plot has elevation that the network could use."""
    height_m = _read(plot, network).chm_m
    if height_m is None:
        return False
    return (
        network.scaled_elevation(TrainTile(plot.rgb, height_m, no_truth(plot.complete.shape), plot.gsd_m)) is not None
    )


def no_truth(shape: tuple[int, ...]) -> Truth:
    """Of a tile that is only looked at."""
    return Truth(torch.zeros((0, 4)), torch.zeros(0, dtype=torch.int64), torch.zeros((0, *shape), dtype=torch.bool))


def _notes(found: TrainingSet, network: Network, classes: Sequence[str], usable: int) -> list[str]:
    crowns = {name: sum(len(plot.boxes) for plot in getattr(found, name)) for name in ("train", "valid", "test")}
    notes = [
        f"{len(found.train)} tiles with {crowns['train']} crowns to learn from, {crowns['valid']} crowns for "
        f"validation, {crowns['test']} for the last examination."
    ]
    if len(classes) == 1:
        notes.append(f"All crowns are of one class, {classes[0]}: the model finds crowns and tells no species.")
    if not crowns["valid"]:
        notes.append(
            "There is no crown for validation, so training goes on for all its steps, and the threshold is a common "
            "one. Make the set from more plots, or in smaller blocks, to know how good the model is."
        )
    if network.needs_dsm and usable < len(found.train):
        notes.append(
            f"{len(found.train) - usable} of {len(found.train)} tiles have no elevation (no DSM, or nothing but NaN in "
            "it) and are left out: this kind of model cannot do without."
        )
    boxes = crowns["train"] - sum(int(plot.outlined.sum()) for plot in found.train)
    if boxes:
        notes.append(
            f"{boxes} of {crowns['train']} crowns are boxes only: their outlines are guessed, from canopy height where "
            "it is known."
        )
    return notes
