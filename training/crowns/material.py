"""What a training learns from and is examined on: the plots of the sets, on the model's cells."""

from collections.abc import Sequence
from dataclasses import dataclass

from training.balsam2.config import Balsam2Config
from training.data.canvas import SCALES, CanvasMaker, Pool, make_pool
from training.data.labelled import LabelledPlot, magnified
from training.data.sets import TrainingSet

_FEW_SCALES = (0.86, 1.0, 1.18)
_BYTES_PER_CELL = 12.0  # picture, canopy height, owners, labelled ground
_MOST_BYTES = 1.5e9  # for the plots at all magnifications


@dataclass(frozen=True, slots=True)
class Material:
    """Plots on the model's cells: a pool to learn from, and those of the other splits."""

    pool: Pool
    valid: tuple[LabelledPlot, ...]
    test: tuple[LabelledPlot, ...]
    notes: tuple[str, ...]

    def maker(self, side_px: int) -> CanvasMaker:
        """Draws canvases of one size."""
        return CanvasMaker((self.pool,), side_px)


def material_of(found: TrainingSet, config: Balsam2Config) -> Material:
    """Magnify everything beforehand, at fewer magnifications where memory would not suffice."""
    scales = SCALES if _bytes(found.train, config.gsd_m, SCALES) <= _MOST_BYTES else _FEW_SCALES
    # Tiles without a crown count too: what is found on them is wrong.
    valid, test = (
        tuple(magnified(plot, config.gsd_m, 1.0) for plot in plots) if any(len(one.boxes) for one in plots) else ()
        for plots in (found.valid, found.test)
    )
    return Material(make_pool(found.train, 1.0, config.gsd_m, scales), valid, test, tuple(_notes(found, config)))


def _bytes(plots: Sequence[LabelledPlot], gsd_m: float, scales: Sequence[float]) -> float:
    cells = sum(plot.complete.size * (plot.gsd_m / gsd_m) ** 2 for plot in plots)
    return cells * sum(scale**2 for scale in scales) * _BYTES_PER_CELL


def _notes(found: TrainingSet, config: Balsam2Config) -> list[str]:
    crowns = {name: sum(len(plot.boxes) for plot in getattr(found, name)) for name in ("train", "valid", "test")}
    notes = [
        f"{len(found.train)} tiles with {crowns['train']} crowns to learn from, {crowns['valid']} crowns for "
        f"validation, {crowns['test']} for the last examination."
    ]
    if not crowns["valid"]:
        notes.append(
            "There is no crown for validation, so training goes on for all its steps, and the threshold is a common "
            "one. Make the set from more plots, or in smaller blocks, to know how good the model is."
        )
    flat = sum(plot.chm_m is None for plot in found.train)
    if flat and config.elevation != "none":
        notes.append(f"{flat} of {len(found.train)} tiles have no elevation (no DSM, or nothing but NaN in it).")
    drawn = sum(int(plot.outlined.sum()) for plot in found.train)
    if not drawn:
        notes.append("All crowns are boxes: outlines are learned from their boxes and from what looks alike in them.")
    elif drawn < crowns["train"]:
        notes.append(
            f"{crowns['train'] - drawn} of {crowns['train']} crowns are boxes: outlines are learned from the {drawn} "
            "that somebody drew, and where there are none of these nearby, from the boxes."
        )
    return notes
