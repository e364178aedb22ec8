"""Chips: small pictures of held-out ground with the true crowns, and what a model found before and after a training."""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from inference import json_text
from inference.array_files import read_arrays
from inference.errors import InputError

FILE_NAME = "chips.npz"
"""In the folder of a training."""

Ring = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ShownCrown:
    """One crown on a chip.

    Attributes:
        ring_px: (K, 2) outline in pixels of the chip, x right, y down; the last point is not the first again.
        hit: of a true crown: some crown of the model in question matches it; of a found one: it matches a true one.
    """

    ring_px: Ring
    hit: bool


@dataclass(frozen=True, slots=True)
class View:
    """What one model made of a chip: the true crowns with whether it found them, and what it found."""

    truth: tuple[ShownCrown, ...]
    found: tuple[ShownCrown, ...]

    @property
    def f1(self) -> float:
        """Of this chip alone; 0 where there is neither."""
        hits = sum(crown.hit for crown in self.found)
        return 2.0 * hits / max(len(self.found) + len(self.truth), 1)


@dataclass(frozen=True, slots=True)
class Chip:
    """A square of ground.

    Attributes:
        survey: which plot it is of.
        gsd_m: side of a pixel.
        rgb: (3, H, W) uint8.
        before: None where training began from nothing that could be run.
        after: by the model that training made.
    """

    survey: str
    gsd_m: float
    rgb: npt.NDArray[np.uint8]
    before: View | None
    after: View


def write_chips(chips: Sequence[Chip], path: Path) -> None:
    """Write an .npz file, at once.

    Raises:
        OSError: it cannot be written.
    """
    arrays: dict[str, npt.NDArray[np.generic]] = {}
    described = []
    for number, chip in enumerate(chips):
        arrays[f"rgb{number}"] = chip.rgb
        views = [None if view is None else _described(view) for view in (chip.before, chip.after)]
        described.append({"survey": chip.survey, "gsd_m": chip.gsd_m, "before": views[0], "after": views[1]})
    arrays["chips"] = np.frombuffer(json.dumps(described).encode(), np.uint8)
    content = io.BytesIO()
    np.savez_compressed(content, allow_pickle=False, **arrays)
    partial = path.with_suffix(".partial")
    partial.write_bytes(content.getbuffer())
    partial.replace(path)


def read_chips(path: Path) -> tuple[Chip, ...]:
    """The other way round.

    Raises:
        InputError: the file is missing or damaged.
    """
    try:
        file = read_arrays(path)
        return tuple(
            Chip(
                str(one["survey"]),
                float(one["gsd_m"]),
                _picture(file[f"rgb{number}"]),
                None if one["before"] is None else _view(one["before"]),
                _view(one["after"]),
            )
            for number, one in enumerate(json_text.parse(file["chips"].tobytes()))
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError) as error:
        raise InputError(
            "comparison.unreadable",
            "The pictures of before and after in {path} are missing or damaged. The figures are those that count.",
            path=path,
        ) from error


def _picture(rgb: npt.NDArray[np.generic]) -> npt.NDArray[np.uint8]:
    if rgb.dtype != np.uint8 or rgb.ndim != 3 or len(rgb) != 3:
        raise ValueError("no picture of three colours")
    return rgb.astype(np.uint8)


def _described(view: View) -> dict[str, object]:
    return {
        name: [[crown.hit, np.round(crown.ring_px, 2).ravel().tolist()] for crown in crowns]
        for name, crowns in (("truth", view.truth), ("found", view.found))
    }


def _view(described: dict[str, list[tuple[bool, list[float]]]]) -> View:
    parts = (
        tuple(ShownCrown(np.array(ring, np.float32).reshape(-1, 2), bool(hit)) for hit, ring in described[name])
        for name in ("truth", "found")
    )
    return View(*parts)
