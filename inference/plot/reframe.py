"""Read a raster onto a frame of another CRS, cell size or rotation, window by window."""

import math
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from affine import Affine

from inference.plot.block import RasterBlock, Resampling
from inference.plot.crs import shares_crs, transform_xy
from inference.plot.frame import Frame, apply_affine, composed
from inference.plot.raster_info import RasterInfo

FloatArray = npt.NDArray[np.float64]

# Cells between the points that are transformed exactly; between them coordinates are interpolated. Map projections
# bend so little that the error stays below 0.01 pixel.
_CONTROL_STEP = 16
_MARGIN_PX = 2
_STRAIGHT = 1e-6


class WindowSource(Protocol):
    """What can be read onto a frame."""

    @property
    def info(self) -> RasterInfo:
        """Size, CRS and transform."""
        ...

    def read_window(
        self,
        col0: float,
        row0: float,
        w_px: float,
        h_px: float,
        out_w: int,
        out_h: int,
        *,
        bands: Sequence[int] | None = None,
        resampling: Resampling = "average",
    ) -> RasterBlock:
        """Pixels of a window, scaled."""
        ...


def read_frame(
    source: WindowSource, frame: Frame, *, bands: Sequence[int] | None, resampling: Resampling
) -> RasterBlock:
    """Read `source` onto `frame`. A raster without CRS is taken to be in the frame's CRS, and the other way round.

    Raises:
        RasterError: the file is damaged, or there is no way between the CRS.
    """
    info = source.info
    if shares_crs(info.crs_wkt, frame.crs_wkt):
        to_px = composed(~info.transform, frame.transform)
        if _is_straight(to_px, frame):
            return _read_straight(source, frame, to_px, bands, resampling)
    cols, rows = coordinates_in(info.transform, info.crs_wkt, frame)
    return sample_at(source, cols, rows, bands=bands, resampling=resampling)


def coordinates_in(transform: Affine, crs_wkt: str, frame: Frame) -> tuple[FloatArray, FloatArray]:
    """(H, W) column and row of every cell centre of `frame` in the pixels of a raster with this transform and CRS."""
    if shares_crs(crs_wkt, frame.crs_wkt):
        return _affine_coordinates(composed(~transform, frame.transform), frame)
    return _projected_coordinates(transform, crs_wkt, frame)


def pixels_per_cell(transform: Affine, crs_wkt: str, frame: Frame) -> float:
    """Side of a frame's cell, measured at the frame's middle in pixels of a raster."""
    x, y = frame.width_px / 2, frame.height_px / 2
    points = apply_affine(frame.transform, np.array([[x, y], [x + 1, y], [x, y + 1]]))
    if not shares_crs(crs_wkt, frame.crs_wkt):
        points = transform_xy(frame.crs_wkt, crs_wkt, points)
    pixels = apply_affine(~transform, points)
    (ax, ay), (bx, by) = pixels[1] - pixels[0], pixels[2] - pixels[0]
    return float(abs(ax * by - ay * bx) ** 0.5)


def _is_straight(to_px: Affine, frame: Frame) -> bool:
    """Whether rows stay rows and columns stay columns, to a millionth of a pixel over the frame."""
    return abs(to_px.b) * frame.height_px < _STRAIGHT and abs(to_px.d) * frame.width_px < _STRAIGHT


def _read_straight(
    source: WindowSource, frame: Frame, to_px: Affine, bands: Sequence[int] | None, resampling: Resampling
) -> RasterBlock:
    """One scaled window read, turned over where an axis runs the other way (south-up files)."""
    width, height = to_px.a * frame.width_px, to_px.e * frame.height_px
    block = source.read_window(
        to_px.c + min(width, 0.0),
        to_px.f + min(height, 0.0),
        abs(width),
        abs(height),
        frame.width_px,
        frame.height_px,
        bands=bands,
        resampling=resampling,
    )
    rows, cols = slice(None, None, -1 if height < 0 else 1), slice(None, None, -1 if width < 0 else 1)
    return RasterBlock(np.ascontiguousarray(block.data[:, rows, cols]), np.ascontiguousarray(block.valid[rows, cols]))


def _affine_coordinates(to_px: Affine, frame: Frame) -> tuple[FloatArray, FloatArray]:
    """(H, W) column and row of every cell centre in the source's pixels."""
    cols = np.arange(frame.width_px) + 0.5
    rows = (np.arange(frame.height_px) + 0.5)[:, None]
    return to_px.a * cols + to_px.b * rows + to_px.c, to_px.d * cols + to_px.e * rows + to_px.f


def _projected_coordinates(transform: Affine, crs_wkt: str, frame: Frame) -> tuple[FloatArray, FloatArray]:
    """As `_affine_coordinates`, through two CRS, exact on a lattice of control points and interpolated between."""
    col_knots, row_knots = _knots(frame.width_px), _knots(frame.height_px)
    grid_cols, grid_rows = np.meshgrid(col_knots, row_knots)
    points = np.column_stack([grid_cols.ravel(), grid_rows.ravel()])
    there = transform_xy(frame.crs_wkt, crs_wkt, apply_affine(frame.transform, points))
    pixels = apply_affine(~transform, there)
    shape = (len(row_knots), len(col_knots))
    return (
        _interpolate(pixels[:, 0].reshape(shape), row_knots, col_knots, frame),
        _interpolate(pixels[:, 1].reshape(shape), row_knots, col_knots, frame),
    )


def _knots(count: int) -> FloatArray:
    steps = max(1, math.ceil(count / _CONTROL_STEP))
    return np.linspace(0.0, float(count), steps + 1)


def _interpolate(values: FloatArray, row_knots: FloatArray, col_knots: FloatArray, frame: Frame) -> FloatArray:
    """Bilinear interpolation of lattice values at all cell centres."""
    along_cols = _linear(values.T, col_knots, frame.width_px).T
    return _linear(along_cols, row_knots, frame.height_px)


def _linear(values: FloatArray, knots: FloatArray, count: int) -> FloatArray:
    """Interpolate (K, N) values at `knots` to cell centres 0.5 ... count - 0.5: (count, N)."""
    position = (np.arange(count) + 0.5) / (knots[1] - knots[0])
    lower = np.minimum(position.astype(np.intp), len(knots) - 2)
    share = (position - lower)[:, None]
    result: FloatArray = values[lower] * (1.0 - share) + values[lower + 1] * share
    return result


def sample_at(
    source: WindowSource,
    cols_px: FloatArray,
    rows_px: FloatArray,
    *,
    bands: Sequence[int] | None,
    resampling: Resampling,
) -> RasterBlock:
    """Values at (H, W) positions in the source's pixels, read through one window around them all."""
    info = source.info
    shape = cols_px.shape
    inside = (cols_px >= 0) & (cols_px < info.width_px) & (rows_px >= 0) & (rows_px < info.height_px)
    count = len(bands) if bands is not None else len(info.distinct_bands)
    if not inside.any():
        return RasterBlock(np.zeros((count, *shape), info.dtype), np.zeros(shape, np.bool_))
    factor = _shrink_factor(cols_px, rows_px, resampling)
    col0, width = _window(cols_px[inside], info.width_px, factor)
    row0, height = _window(rows_px[inside], info.height_px, factor)
    out_w, out_h = max(1, round(width / factor)), max(1, round(height / factor))
    block = source.read_window(
        col0,
        row0,
        width,
        height,
        out_w,
        out_h,
        bands=bands,
        resampling="average" if factor > 1 and resampling != "nearest" else "nearest",
    )
    cols = (cols_px - col0) * (out_w / width)
    rows = (rows_px - row0) * (out_h / height)
    if resampling == "nearest":
        return pick_nearest(block, cols, rows, inside)
    return mix_bilinear(block, cols, rows, inside)


def _shrink_factor(cols_px: FloatArray, rows_px: FloatArray, resampling: Resampling) -> int:
    """By how much to shrink the window while reading: so that 1 to 2 of its pixels (4 to 8 for nearest) make a cell."""
    if min(cols_px.shape) < 2:
        return 1
    across = np.hypot(cols_px[:, -1] - cols_px[:, 0], rows_px[:, -1] - rows_px[:, 0]).mean() / (cols_px.shape[1] - 1)
    down = np.hypot(cols_px[-1] - cols_px[0], rows_px[-1] - rows_px[0]).mean() / (cols_px.shape[0] - 1)
    per_cell = min(across, down) / (4.0 if resampling == "nearest" else 1.0)
    return int(2 ** int(math.log2(per_cell))) if per_cell >= 2.0 else 1


def _window(positions: FloatArray, size_px: int, factor: int) -> tuple[int, int]:
    """First pixel and length of the window around the positions, cut at the raster and on multiples of `factor`."""
    margin = _MARGIN_PX * factor
    first = max(0, math.floor(float(positions.min())) - margin) // factor * factor
    last = min(size_px, math.floor(float(positions.max())) + 1 + margin)
    return first, max(1, last - first)


def pick_nearest(block: RasterBlock, cols: FloatArray, rows: FloatArray, inside: npt.NDArray[np.bool_]) -> RasterBlock:
    """The pixel under each position (in pixels of `block`); not valid where not `inside`."""
    height, width = block.valid.shape
    j = np.clip(cols.astype(np.intp), 0, width - 1)
    i = np.clip(rows.astype(np.intp), 0, height - 1)
    flat = i * width + j
    data = block.data.reshape(len(block.data), height * width)[:, flat]
    return RasterBlock(data, block.valid.ravel()[flat] & inside)


def mix_bilinear(block: RasterBlock, cols: FloatArray, rows: FloatArray, inside: npt.NDArray[np.bool_]) -> RasterBlock:
    """Weighted mean of the valid ones of four neighbours; valid where the pixel under the point is."""
    height, width = block.valid.shape
    x, y = np.clip(cols - 0.5, 0, width - 1), np.clip(rows - 0.5, 0, height - 1)
    j, i = np.minimum(x.astype(np.intp), max(width - 2, 0)), np.minimum(y.astype(np.intp), max(height - 2, 0))
    dx, dy = (x - j).astype(np.float32), (y - i).astype(np.float32)
    right, below = min(1, width - 1), min(1, height - 1)
    flat_valid = block.valid.ravel()
    flat_data = block.data.reshape(len(block.data), height * width)
    total = np.zeros((len(flat_data), *cols.shape), np.float32)
    weight_sum = np.zeros(cols.shape, np.float32)
    for row_step, row_weight in ((0, 1.0 - dy), (below, dy)):
        for col_step, col_weight in ((0, 1.0 - dx), (right, dx)):
            flat = (i + row_step) * width + (j + col_step)
            weight = row_weight * col_weight * flat_valid[flat]
            weight_sum += weight
            values = flat_data[:, flat]
            # 0 * NaN is NaN: what is not valid must not take part at all.
            total += np.where(weight > 0, values, 0) * weight
    valid = pick_nearest(RasterBlock(block.data[:0], block.valid), cols, rows, inside).valid & (weight_sum > 0)
    mean = np.divide(total, weight_sum, out=np.zeros_like(total), where=valid)
    return RasterBlock(_as_dtype(mean, block.data.dtype), valid)


def _as_dtype(values: npt.NDArray[np.float32], dtype: np.dtype[Any]) -> npt.NDArray[Any]:
    if np.issubdtype(dtype, np.integer):
        limits = np.iinfo(dtype)
        return np.clip(np.rint(values), limits.min, limits.max).astype(dtype)
    return values.astype(dtype)
