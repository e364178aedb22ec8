"""One epoch of DINOvTree's training, and its evaluation: the same numbers come out whenever the seed is the same."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.optim import Optimizer
from torch.optim.lr_scheduler import LRScheduler

from inference.evaluation.traits import HeightScores, SpeciesScores, height_scores, species_scores
from training.dinovtree.crop_folder import CropFolder
from training.dinovtree.losses import DynamicWeights, height_loss, species_loss
from training.dinovtree.model import Dinovtree

SpeciesLoss = Callable[[Tensor, Tensor], Tensor]


@dataclass(frozen=True, slots=True)
class Batch:
    """B crops: `rgb` (B, 3, S, S) float32 in 0 to 1, `species` (B,) int64, `height_m` (B,) float32."""

    rgb: Tensor
    species: Tensor
    height_m: Tensor


@dataclass(frozen=True, slots=True)
class EpochLosses:
    """Mean losses of an epoch over its batches, before they are weighted, and the batches that there were."""

    species: float
    height: float
    batches: int


@dataclass(frozen=True, slots=True)
class TraitScores:
    """Figures on crops that the training did not see."""

    species: SpeciesScores
    heights: HeightScores


def seed_everything(seed: int) -> np.random.Generator:
    """Make weights, order, turns and scales repeatable; the generator is for `train_epoch`."""
    random.seed(seed)
    torch.manual_seed(seed)
    return np.random.default_rng(seed)


def turned(rgb: npt.NDArray[np.uint8], element: int) -> npt.NDArray[np.uint8]:
    """A crop under one of the eight symmetries of the square: `element` % 4 quarter turns, mirrored from 4 on."""
    mirrored = rgb[:, :, ::-1] if element >= 4 else rgb
    return np.ascontiguousarray(np.rot90(mirrored, element % 4, axes=(1, 2)))


def batches(
    crops: CropFolder, order: Sequence[int], size: int, elements: Sequence[int] | None = None
) -> Iterator[Batch]:
    """Crops in this order, `size` at a time; the last batch may be smaller.

    Args:
        crops: read from.
        order: indices of the crops.
        size: crops per batch.
        elements: the symmetry of each crop in `order`; none without.
    """
    for start in range(0, len(order), size):
        part = order[start : start + size]
        turns = [0] * len(part) if elements is None else elements[start : start + size]
        pictures = [turned(crops.read(index), element) for index, element in zip(part, turns, strict=True)]
        labels = [crops.crops[index] for index in part]
        yield Batch(
            torch.from_numpy(np.stack(pictures)).to(torch.float32) / 255,
            torch.tensor([one.species for one in labels], dtype=torch.int64),
            torch.tensor([one.height_m for one in labels], dtype=torch.float32),
        )


def train_epoch(
    model: Dinovtree,
    crops: CropFolder,
    optimiser: Optimizer,
    rates: LRScheduler,
    balance: DynamicWeights,
    rng: np.random.Generator,
    *,
    batch_size: int = 64,
    loss_of_species: SpeciesLoss = species_loss,
) -> EpochLosses:
    """Train on every crop once, in random order and under random symmetries.

    As the authors do, a last batch that is not full is left out (unless it is the only one), and `balance` gets the
    epoch's mean losses.
    """
    device = next(model.parameters()).device
    order = rng.permutation(len(crops)).tolist()
    if len(order) > batch_size:
        order = order[: len(order) // batch_size * batch_size]
    elements = rng.integers(0, 8, len(order)).tolist()
    losses: list[tuple[float, float]] = []
    model.train()
    for batch in batches(crops, order, batch_size, elements):
        traits = model(batch.rgb.to(device))
        parts = (
            loss_of_species(traits.logits, batch.species.to(device)),
            height_loss(traits.height_m, batch.height_m.to(device)),
        )
        optimiser.zero_grad(set_to_none=True)
        balance.total(parts).backward()
        optimiser.step()
        rates.step()
        losses.append((float(parts[0].detach()), float(parts[1].detach())))
    means = np.mean(losses, axis=0).tolist() if losses else [0.0, 0.0]
    balance.end_epoch(means)
    return EpochLosses(means[0], means[1], len(losses))


@torch.inference_mode()
def evaluate(model: Dinovtree, crops: CropFolder, *, batch_size: int = 16) -> TraitScores:
    """Figures of the model on crops, none of them turned."""
    device = next(model.parameters()).device
    model.eval()
    guesses, heights = [], []
    for batch in batches(crops, range(len(crops)), batch_size):
        traits = model(batch.rgb.to(device))
        guesses.append(traits.logits.argmax(dim=1).cpu().numpy())
        heights.append(traits.height_m.cpu().numpy())
    true_species = [crop.species for crop in crops.crops]
    true_m = [crop.height_m for crop in crops.crops]
    species = species_scores(np.concatenate(guesses), true_species, len(crops.classes))
    return TraitScores(species, height_scores(np.concatenate(heights), true_m))
