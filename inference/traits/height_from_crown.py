"""Allometric baseline: the height of a tree from the radius of its crown, H = exp(a·ln R + b).

Source of the form and of both radii: Endres et al. 2026 (arXiv 2603.23669), the baseline of their tables. It is a floor
that a model has to beat, not a way to measure: on Quebec Trees it is 3 m off on average. Coefficients come from a table
that the user brings; BirchTree ships none.
"""

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import shapely

from inference.errors import InputError

Floats = npt.NDArray[np.float64]
Measure = Literal["rectangle", "circle"]

RELATIONSHIP = "log_height_vs_log_crown_radius"
COLUMNS = ("category", "relationship", "slope", "intercept")
ALL = "all"
_MAX_TABLE_BYTES = 10 << 20


@dataclass(frozen=True, slots=True)
class Equation:
    """H = exp(slope·ln R + intercept) of one category: a species, a genus, a family, or "all"; R and H in metres."""

    category: str
    slope: float
    intercept: float

    def height_m(self, radius_m: npt.ArrayLike) -> Floats:
        """Heights of trees with these crown radii; NaN where the radius is not positive."""
        radius = np.asarray(radius_m, np.float64)
        logarithm = np.log(np.where(radius > 0, radius, np.nan))
        return np.asarray(np.exp(self.slope * logarithm + self.intercept))


@dataclass(frozen=True, slots=True)
class HeightEquations:
    """Equations by category, as one table gives them.

    Attributes:
        source: the table, for the record.
        equations: by `normalised` category.
    """

    source: str
    equations: Mapping[str, Equation]

    def for_species(self, name: str | None) -> Equation | None:
        """The equation of a species, else of its genus, else of "all"; None where the table has none of them.

        Author names and underscores do not matter: "Acer_rubrum_L" is Acer rubrum. None asks for "all".
        """
        words = normalised(name or "").split()
        for wanted in (" ".join(words), " ".join(words[:2]), "".join(words[:1]), ALL):
            if wanted and wanted in self.equations:
                return self.equations[wanted]
        return None

    def heights_m(self, radius_m: npt.ArrayLike, species: Sequence[str | None]) -> Floats:
        """Heights of N trees.

        Args:
            radius_m: (N,) crown radii, metres.
            species: N scientific names, None where unknown.

        Returns:
            (N,) float64 metres; NaN where the radius is not positive or no equation fits.
        """
        radius = np.asarray(radius_m, np.float64)
        heights = np.full(radius.shape, np.nan)
        names = np.array([name or "" for name in species], dtype=object)
        for name in set(names.tolist()):
            equation = self.for_species(name)
            if equation is not None:
                heights[names == name] = equation.height_m(radius[names == name])
        return heights


def normalised(name: str) -> str:
    """A category as it is compared: small letters, single blanks."""
    return " ".join(name.replace("_", " ").lower().split())


def read_equations(path: Path) -> HeightEquations:
    """Read a table of coefficients.

    CSV in UTF-8 with commas, or with semicolons as spreadsheets write it where the comma is the decimal sign; the
    columns category, relationship, slope and intercept in any order. Rows of another relationship are left out.

    Raises:
        InputError: the file cannot be read, lacks a column, has no row of the relationship, a category twice, or
            something else than a number where one belongs.
    """
    text = _text(path)
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    rows = csv.DictReader(text.splitlines(), delimiter=delimiter)
    header = [(name or "").strip().lower() for name in rows.fieldnames or ()]
    lacking = [name for name in COLUMNS if name not in header]
    if lacking:
        raise _bad(path, f"it has no column {', '.join(lacking)}")
    rows.fieldnames = header
    equations: dict[str, Equation] = {}
    for line, row in enumerate(rows, start=2):
        values = {name: (row[name] or "").strip() for name in COLUMNS}
        if values["relationship"] != RELATIONSHIP:
            continue
        category = normalised(values["category"])
        if not category or category in equations:
            raise _bad(path, f"line {line} has " + (f"{values['category']} again" if category else "no category"))
        numbers = (_number(values[name], decimal_comma=delimiter == ";") for name in ("slope", "intercept"))
        slope, intercept = numbers
        if slope is None or intercept is None:
            raise _bad(path, f"line {line} has no number for slope or intercept of {values['category']}")
        equations[category] = Equation(values["category"], slope, intercept)
    if not equations:
        raise _bad(path, f"no row has the relationship {RELATIONSHIP}")
    return HeightEquations(path.name, equations)


def crown_radius_m(outlines: Sequence[shapely.Geometry], measure: Measure = "rectangle", unit_m: float = 1.0) -> Floats:
    """Crown radii from outlines.

    Args:
        outlines: N polygons in the plot CRS; of several parts the largest counts.
        measure: "rectangle" is (side + side) / 4 of the rotated rectangle of the least area, "circle" √(area/π).
        unit_m: metres per CRS unit.

    Returns:
        (N,) float64 metres; NaN for an outline that is empty or has no area.
    """
    found = np.full(len(outlines), np.nan)
    for index, outline in enumerate(outlines):
        part = _largest(outline)
        if part is None:
            continue
        if measure == "circle":
            found[index] = math.sqrt(part.area / math.pi) * unit_m
        else:
            found[index] = sum(least_rectangle(shapely.get_coordinates(part.exterior))) / 4 * unit_m
    return found


def crown_radius_of_mask_m(
    mask: npt.NDArray[np.generic], resolution_m: tuple[float, float], measure: Measure = "rectangle"
) -> float:
    """Crown radius from a mask.

    Args:
        mask: (H, W), not 0 inside the crown. The rectangle is that of the largest region whose pixels touch along
            edges, the circle has the area of all pixels, as the authors measure.
        resolution_m: width and height of a pixel.
        measure: as in `crown_radius_m`.

    Raises:
        InputError: the mask is empty.
    """
    inside = np.asarray(mask) != 0
    if not inside.any():
        raise InputError("allometry.empty_mask", "The crown's mask is empty, so the crown has no radius.")
    width_m, height_m = resolution_m
    if measure == "circle":
        return math.sqrt(int(inside.sum()) * width_m * height_m / math.pi)
    from scipy import ndimage

    regions, _ = ndimage.label(inside)
    largest = int(np.bincount(regions[inside]).argmax())
    rows, cols = np.nonzero(regions == largest)
    corners = [(cols + right, rows + down) for right in (0, 1) for down in (0, 1)]
    x, y = (np.concatenate(parts) for parts in zip(*corners, strict=True))
    return sum(least_rectangle(np.stack([x * width_m, y * height_m], axis=1))) / 4


def least_rectangle(points: Floats) -> tuple[float, float]:
    """Sides of the rotated rectangle of the least area around (N, 2) points, of which three are not in line.

    One side of it lies on an edge of the convex hull, so all edges are tried. (GEOS gives the least width in older
    versions.)
    """
    hull = shapely.get_coordinates(shapely.convex_hull(shapely.multipoints(points)))
    edges = np.diff(hull, axis=0)
    lengths = np.hypot(edges[:, 0], edges[:, 1])  # a square of a tiny difference would be 0
    along = edges[lengths > 0] / lengths[lengths > 0, None]
    across = np.stack([-along[:, 1], along[:, 0]], axis=1)
    sides = np.stack([np.ptp(hull @ along.T, axis=0), np.ptp(hull @ across.T, axis=0)])
    least = int(sides.prod(axis=0).argmin())
    return float(sides[0, least]), float(sides[1, least])


def _largest(outline: shapely.Geometry) -> shapely.Polygon | None:
    parts = [part for part in shapely.get_parts(outline) if isinstance(part, shapely.Polygon) and part.area > 0]
    return max(parts, key=lambda part: part.area, default=None)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MAX_TABLE_BYTES:
            raise _bad(path, "it is larger than 10 MB")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise _bad(path, "it is not UTF-8 text") from error
    except OSError as error:
        raise _bad(path, error.strerror or "it cannot be read") from error


def _number(text: str, *, decimal_comma: bool) -> float | None:
    try:
        value = float(text.replace(",", ".") if decimal_comma else text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _bad(path: Path, why: str) -> InputError:
    return InputError(
        "allometry.table",
        "The table of height equations {path} cannot be used: {why}. It needs the columns category, relationship, "
        "slope and intercept, and rows with the relationship {relationship}.",
        path=path,
        why=why,
        relationship=RELATIONSHIP,
    )
