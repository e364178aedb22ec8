"""How far a smaller version of a trait graph is from float32: on labelled crops by its metrics, else by its answers."""

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inference.errors import InputError
from inference.evaluation.traits import height_scores, species_scores
from inference.models.card import ModelCard, Setting
from training.convert.parity import session
from training.convert.trial_tiles import read_trial_tiles
from training.dinovtree.crop_folder import TABLE, CropFolder

# What a smaller version may lose of macro F1 and of the share of right heights, where crops have labels ...
MAX_METRIC_LOSS = 0.005
# ... and where they have none: crops with the same species, and heights on average.
MIN_SAME_SPECIES, MAX_HEIGHT_SHIFT_M = 0.98, 0.1
_CROPS_A_SIDE = 3
_MAX_CROPS = 24

Answers = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Trial:
    """Crops to compare on, and what is known of them.

    Attributes:
        imagery: where they are from.
        count: how many.
        read: gives crop i, (3, S, S) uint8.
        species, height_m: (count,) true class indices and heights; None without labels.
    """

    imagery: str
    count: int
    read: Callable[[int], NDArray[np.uint8]]
    species: NDArray[np.int64] | None = None
    height_m: NDArray[np.float64] | None = None


@dataclass(frozen=True, slots=True)
class TraitChange:
    """How far a version of a graph is from float32 on the same crops.

    Attributes:
        imagery: where the crops are from.
        crops: how many were compared.
        same_species: share of crops with the same first class.
        height_shift_m: mean absolute difference of heights.
        height_shift_p95_m: the difference that 95 % stay below.
        embedding_cosine: lowest cosine between embeddings.
        macro_f1, delta_125: metrics of the smaller version on labelled crops; None without labels.
        macro_f1_fp32, delta_125_fp32: those of float32.
    """

    imagery: str
    crops: int
    same_species: float
    height_shift_m: float
    height_shift_p95_m: float
    embedding_cosine: float
    macro_f1: float | None = None
    macro_f1_fp32: float | None = None
    delta_125: float | None = None
    delta_125_fp32: float | None = None

    @property
    def keeps_answers(self) -> bool:
        """Whether the version may be used; never true when nothing was compared."""
        if not self.crops:
            return False
        pairs = ((self.macro_f1, self.macro_f1_fp32), (self.delta_125, self.delta_125_fp32))
        known = [(small, large) for small, large in pairs if small is not None and large is not None]
        if known:
            return all(small >= large - MAX_METRIC_LOSS for small, large in known)
        return self.same_species >= MIN_SAME_SPECIES and self.height_shift_m <= MAX_HEIGHT_SHIFT_M

    def as_setting(self) -> dict[str, Setting]:
        """For the card."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    def __str__(self) -> str:
        told = (
            f"{self.crops} crops of {self.imagery}: same species {self.same_species:.1%}, heights "
            f"{self.height_shift_m:.3f} m apart"
        )
        if self.macro_f1 is not None:
            told += f", macro F1 {self.macro_f1:.3f} (fp32 {self.macro_f1_fp32:.3f})"
        if self.delta_125 is not None:
            told += f", right heights {self.delta_125:.1%} (fp32 {self.delta_125_fp32:.1%})"
        return told


def trial_of(imagery: Sequence[Path], card: ModelCard) -> Trial:
    """The crops to compare on.

    Args:
        imagery: one folder with labelled crops and their `crops.csv`, or orthomosaics; empty for the sample plot.
        card: of the model, for the classes and the size of a crop.

    Raises:
        InputError: the folder's table is wrong.
        ModelError: no orthomosaic has a picture in it.
    """
    if len(imagery) == 1 and (imagery[0] / TABLE).is_file():
        return _labelled(imagery[0], card)
    side = card.tile_px
    tiles = read_trial_tiles(imagery, side * _CROPS_A_SIDE, card.gsd_m)
    found = [
        tile.rgb[:, top : top + side, left : left + side]
        for tile in tiles
        for top in range(0, side * _CROPS_A_SIDE, side)
        for left in range(0, side * _CROPS_A_SIDE, side)
    ]
    shown = [crop for crop in found if crop.any(axis=0).mean() > 0.5]
    spread = shown[:: max(1, -(-len(shown) // _MAX_CROPS))]
    return Trial(", ".join(sorted({tile.name for tile in tiles})), len(spread), spread.__getitem__)


def _labelled(folder: Path, card: ModelCard) -> Trial:
    crops = CropFolder.open(folder, [one.name for one in card.classes])

    def read(index: int) -> NDArray[np.uint8]:
        rgb = crops.read(index)
        if rgb.shape[-1] != card.tile_px:
            raise InputError(
                "training.crop_side",
                "{path} has a side of {found} cells, and this model takes crops of {wanted}.",
                path=crops.crops[index].path,
                found=rgb.shape[-1],
                wanted=card.tile_px,
            )
        return rgb

    return Trial(
        folder.name,
        len(crops),
        read,
        np.array([one.species for one in crops.crops], np.int64),
        np.array([one.height_m for one in crops.crops], np.float64),
    )


def compare(before: Path, after: Path, trial: Trial) -> TraitChange:
    """Run two versions of a graph on the same crops, one at a time."""
    if not trial.count:
        return TraitChange(trial.imagery, 0, 0.0, 0.0, 0.0, 0.0)
    large, small = answers(before, trial), answers(after, trial)
    shift = np.abs(large[1] - small[1])
    lengths = np.linalg.norm(large[2], axis=1) * np.linalg.norm(small[2], axis=1)
    cosine = (large[2] * small[2]).sum(axis=1) / np.maximum(lengths, 1e-12)
    return TraitChange(
        trial.imagery,
        trial.count,
        round(float((large[0].argmax(axis=1) == small[0].argmax(axis=1)).mean()), 4),
        round(float(shift.mean()), 4),
        round(float(np.quantile(shift, 0.95)), 4),
        round(float(cosine.min()), 6),
        *_metrics(trial, small, large),
    )


def answers(path: Path, trial: Trial) -> Answers:
    """Logits (n, K), heights (n,) and embeddings (n, E) of all crops."""
    opened, rows = session(path), list[list[NDArray[np.float32]]]()
    for index in range(trial.count):
        rgb = trial.read(index)[None].astype(np.float32) / np.float32(255.0)
        rows.append(opened.run(["logits", "height_m", "embedding"], {"rgb": rgb}))
    logits, heights, embeddings = (np.concatenate([row[place] for row in rows]) for place in range(3))
    return logits, heights, embeddings


def _metrics(trial: Trial, small: Answers, large: Answers) -> list[float | None]:
    """Macro F1 of both versions, then the shares of right heights of both; None where no crop has such a label."""
    if trial.species is None or trial.height_m is None:
        return [None] * 4
    classes = small[0].shape[1]
    found = [species_scores(one[0].argmax(axis=1), trial.species, classes).macro_f1 for one in (small, large)]
    found += [height_scores(one[1], trial.height_m).delta_125 for one in (small, large)]
    return [None if math.isnan(value) else round(value, 4) for value in found]
