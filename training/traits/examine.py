"""What a network says of crowns that it did not learn from, and how good that is."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from inference.evaluation.traits import height_scores, species_scores
from training.dinovtree.model import Dinovtree
from training.traits.crops import CropRules, cut
from training.traits.crowns import CrownPool

Float32 = NDArray[np.float32]

_BATCH = 32
_HEIGHT_SCALE_M = 10.0  # an error of so many metres counts as much as a macro F1 of 1


@dataclass(frozen=True, slots=True)
class Answers:
    """(N, K) logits, (N,) metres and (N, D) embeddings of the crowns of a pool."""

    logits: Float32
    height_m: Float32
    embedding: Float32

    def in_order(self, classes: Sequence[str], wanted: Sequence[str]) -> "Answers":
        """The logits of `classes` in another order; a class that the model does not know is never its answer."""
        logits = np.full((len(self.logits), len(wanted)), -np.inf, np.float32)
        for column, name in enumerate(wanted):
            if name in classes:
                logits[:, column] = self.logits[:, classes.index(name)]
        return Answers(logits, self.height_m, self.embedding)


@dataclass(frozen=True, slots=True)
class Figures:
    """How good the answers are; None where there is nothing to compare with.

    Attributes:
        macro_f1, accuracy: of the likeliest class, on the crowns whose class is known.
        species_crowns: so many.
        height_rmse_m, height_bias_m: on the crowns whose height is known.
        height_crowns: so many.
    """

    macro_f1: float | None
    accuracy: float | None
    species_crowns: int
    height_rmse_m: float | None
    height_bias_m: float | None
    height_crowns: int

    def facts(self) -> dict[str, float | int | None]:
        """Field by field, for JSON."""
        return asdict(self)

    @property
    def score(self) -> float:
        """One number that is better when larger: macro F1, less the height error over ten metres."""
        return (self.macro_f1 or 0.0) - (self.height_rmse_m or 0.0) / _HEIGHT_SCALE_M

    def sentence(self, split: str) -> str:
        """For the card and for a person."""
        text = self.short()
        return f"{text[0].upper()}{text[1:]} of the {split} split, which training did not see." if text else ""

    def short(self) -> str:
        """What was measured, without saying on what split; "" for nothing."""
        parts = []
        if self.macro_f1 is not None:
            parts.append(
                f"species macro F1 {self.macro_f1:.2f} (right {100 * (self.accuracy or 0):.0f} %) on "
                f"{self.species_crowns} crowns"
            )
        if self.height_rmse_m is not None:
            parts.append(
                f"heights RMSE {self.height_rmse_m:.1f} m (bias {self.height_bias_m:+.1f} m) on "
                f"{self.height_crowns} crowns"
            )
        return "; ".join(parts)


@torch.inference_mode()
def answers(model: Dinovtree, pool: CrownPool, rules: CropRules, device: torch.device | None = None) -> Answers:
    """Ask about every crown of a pool, as a user's run would: neither turned nor lit."""
    device = device or torch.device("cpu")
    model.eval().to(device)
    parts: list[tuple[Float32, Float32, Float32]] = []
    for start in range(0, len(pool), _BATCH):
        crops = [cut(pool, crown, rules).rgb for crown in range(start, min(start + _BATCH, len(pool)))]
        rgb = torch.from_numpy(np.stack(crops) / np.float32(255.0)).to(device)
        traits = model(rgb.contiguous(memory_format=torch.channels_last))
        told = (traits.logits, traits.height_m, traits.embedding)
        parts.append(tuple(one.float().cpu().numpy() for one in told))
    if not parts:
        config = model.config
        width = 2 * config.backbone.dim
        return Answers(*(np.zeros(shape, np.float32) for shape in ((0, config.classes), (0,), (0, width))))
    logits, height_m, embedding = (np.concatenate(several) for several in zip(*parts, strict=True))
    return Answers(logits, height_m, embedding)


def figures(told: Answers, pool: CrownPool, among: Sequence[int] | None = None) -> Figures:
    """Compare answers with what is known.

    Args:
        told: of the pool's crowns.
        pool: knows.
        among: columns that count; crowns of other classes are left out, though their names may be answered.
    """
    label = pool.label
    if among is not None:
        label = np.where(np.isin(label, list(among)), label, -1)
    named, tall = label >= 0, np.isfinite(pool.height_m)
    species = heights = None
    if named.any():
        columns = np.unique(label[named]) if among is None else np.asarray(among)
        number = np.full(told.logits.shape[1], -1)  # a name that does not count is a miss
        number[columns] = np.arange(len(columns))
        guess = number[told.logits.argmax(axis=1)]
        species = species_scores(guess[named], number[label[named]], len(columns))
    if tall.any():
        heights = height_scores(told.height_m[tall], pool.height_m[tall])
    return Figures(
        None if species is None else float(species.macro_f1),
        None if species is None else float(species.accuracy),
        int(named.sum()),
        None if heights is None else float(heights.rmse_m),
        None if heights is None else float(heights.bias_m),
        int(tall.sum()),
    )
