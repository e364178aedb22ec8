"""A frame: any regular lattice of cells laid over the map, north-up or not, onto which rasters are read."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
from affine import Affine

Float64Array = npt.NDArray[np.float64]


class Frame(Protocol):
    """What a raster needs to know to be read onto a lattice; `Grid` is one, `AffineFrame` another."""

    @property
    def crs_wkt(self) -> str:
        """CRS of the lattice."""
        ...

    @property
    def transform(self) -> Affine:
        """From (column, row) corners to (x, y)."""
        ...

    @property
    def height_px(self) -> int:
        """Rows."""
        ...

    @property
    def width_px(self) -> int:
        """Columns."""
        ...


@dataclass(frozen=True, slots=True)
class AffineFrame:
    """A lattice with any affine, for tiles of rotated, south-up or oblong-pixel orthomosaics."""

    crs_wkt: str
    transform: Affine
    height_px: int
    width_px: int


def composed(*transforms: Affine) -> Affine:
    """The affine that applies the last transform first, as in matrix products.

    Not the operators of `Affine`: version 3 wants "@" and warns of "*", version 2 knows only "*".
    """
    result = Affine.identity()
    for t in transforms:
        result = Affine(
            result.a * t.a + result.b * t.d,
            result.a * t.b + result.b * t.e,
            result.a * t.c + result.b * t.f + result.c,
            result.d * t.a + result.e * t.d,
            result.d * t.b + result.e * t.e,
            result.d * t.c + result.e * t.f + result.f,
        )
    return result


def place(transform: Affine, x: float, y: float) -> tuple[float, float]:
    """Map one point."""
    return (
        float(transform.a * x + transform.b * y + transform.c),
        float(transform.d * x + transform.e * y + transform.f),
    )


def subdivided(frame: Frame, factor: int, row0: int, rows: int) -> AffineFrame:
    """Rows `row0` to `row0 + rows` of a frame with every cell cut into `factor` x `factor`."""
    transform = composed(frame.transform, Affine.translation(0, row0), Affine.scale(1.0 / factor))
    return AffineFrame(frame.crs_wkt, transform, rows * factor, frame.width_px * factor)


def padded(frame: Frame, margin_px: int) -> AffineFrame:
    """The frame with `margin_px` more cells on every side."""
    transform = composed(frame.transform, Affine.translation(-margin_px, -margin_px))
    return AffineFrame(frame.crs_wkt, transform, frame.height_px + 2 * margin_px, frame.width_px + 2 * margin_px)


def apply_affine(transform: Affine, xy: Float64Array) -> Float64Array:
    """Map (N, 2) points."""
    x, y = xy[:, 0], xy[:, 1]
    return np.column_stack(
        [transform.a * x + transform.b * y + transform.c, transform.d * x + transform.e * y + transform.f]
    )


def cell_size(transform: Affine) -> float:
    """Side of the square with a cell's area, in units of the target space."""
    return float(abs(transform.determinant) ** 0.5)
