"""Crops with their labels on disk: a folder of pictures and the table `crops.csv` beside them."""

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from inference.errors import InputError

TABLE = "crops.csv"
UNKNOWN = -1  # class index of a crown without a species


@dataclass(frozen=True, slots=True)
class LabelledCrop:
    """One row: the picture, the index of its species (`UNKNOWN` without one) and its height (NaN without one)."""

    path: Path
    species: int
    height_m: float


@dataclass(frozen=True, slots=True)
class CropFolder:
    """All labelled crops of a folder; pictures are read when they are asked for."""

    crops: tuple[LabelledCrop, ...]
    classes: tuple[str, ...]

    @classmethod
    def open(cls, folder: Path, classes: Sequence[str] | None = None) -> "CropFolder":
        """Read the table: columns `file`, `species` (a name, or nothing) and `height_m` (a number, or nothing).

        Args:
            folder: with `crops.csv` and the pictures that it names.
            classes: names in the order of the logits; those in the table, sorted, where not given.

        Raises:
            InputError: the table cannot be read, lacks a column or a picture, or a row has a species that is not
                among the classes or a height that is none.
        """
        path = folder / TABLE
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.DictReader(file))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise _bad(path, f"it cannot be read ({error})") from error
        if not rows or not {"file", "species", "height_m"} <= set(rows[0]):
            raise _bad(path, "it needs rows, and the columns file, species and height_m")
        names = {(row["species"] or "").strip() for row in rows} - {""}
        order = tuple(classes) if classes is not None else tuple(sorted(names))
        if strange := sorted(names - set(order)):
            raise _bad(path, f"{strange[0]} is not among the classes")
        index = {name: number for number, name in enumerate(order)}
        crops = []
        for line, row in enumerate(rows, start=2):
            picture = folder / (row["file"] or "")
            if not picture.is_file():
                raise _bad(path, f"the picture {row['file']} of line {line} is not there")
            species = index.get((row["species"] or "").strip(), UNKNOWN)
            crops.append(LabelledCrop(picture, species, _height_m(path, line, row["height_m"])))
        return cls(tuple(crops), order)

    def __len__(self) -> int:
        return len(self.crops)

    def counts(self) -> list[int]:
        """Crowns of each class, for the class-balanced loss."""
        known = [crop.species for crop in self.crops if crop.species != UNKNOWN]
        return np.bincount(np.asarray(known, np.int64), minlength=len(self.classes)).tolist()

    def read(self, index: int) -> npt.NDArray[np.uint8]:
        """The picture of one crop, (3, S, S); an alpha band is left out, a single band taken three times.

        Raises:
            InputError: it cannot be read, is not of 8 bits, or not square.
        """
        import rasterio

        path = self.crops[index].path
        try:
            with rasterio.open(path) as picture:
                bands = picture.read([1, 2, 3] if picture.count >= 3 else [1, 1, 1])
        except rasterio.errors.RasterioIOError as error:
            raise _bad(path, "it is no picture") from error
        if bands.dtype != np.uint8 or bands.shape[1] != bands.shape[2]:
            raise _bad(path, f"a square picture of 8 bits is wanted, not {bands.dtype} of {bands.shape[1:]}")
        return np.asarray(bands, np.uint8)


def _height_m(path: Path, line: int, text: str | None) -> float:
    if not (text or "").strip():
        return math.nan
    try:
        height_m = float(text or "")
    except ValueError:
        height_m = -1.0
    if not (math.isnan(height_m) or 0.0 <= height_m <= 130.0):
        raise _bad(path, f"line {line} has {text} for a height in metres")
    return height_m


def _bad(path: Path, why: str) -> InputError:
    return InputError("training.crops", "{path} cannot be used for training: {why}.", path=path, why=why)
