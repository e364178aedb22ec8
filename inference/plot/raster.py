"""Read windows of any GeoTIFF, of any size and CRS, from any thread, with the truth about missing data."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from affine import Affine
from rasterio.enums import Resampling as GdalResampling
from rasterio.windows import Window

from inference.errors import RasterError
from inference.plot.block import RasterBlock, Resampling
from inference.plot.frame import Frame, place
from inference.plot.gdal_session import gdal_session
from inference.plot.grid import Bounds
from inference.plot.handles import HandlePool, ViewSpec, open_handle
from inference.plot.raster_info import RasterInfo, describe
from inference.plot.reframe import read_frame
from inference.plot.validity import UndeclaredNodata, ValidityRule, valid_pixels
from inference.plot.windows import Span, spans

_RESAMPLING = {
    "average": GdalResampling.average,
    "nearest": GdalResampling.nearest,
    "bilinear": GdalResampling.bilinear,
}


class RasterReader:
    """A raster open for reading; every method may be called from any thread."""

    def __init__(self, pool: HandlePool, info: RasterInfo) -> None:
        self._pool = pool
        self._info = info

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        view_crs_wkt: str | None = None,
        extra_nodata: tuple[UndeclaredNodata, ...] = (),
        alpha_band: int | None = None,
        as_stored: bool = False,
    ) -> "RasterReader":
        """Open a raster and read its header; no pixels.

        Args:
            path: the file.
            view_crs_wkt: see it in this CRS, warped as it is read; None for its own (GCPs are always warped, into UTM
                where their CRS is geographic).
            extra_nodata: undeclared nodata values to leave out.
            alpha_band: 1-based number of a band that is alpha although the file does not say so.
            as_stored: never warp; a raster with GCPs alone then has no transform.

        Raises:
            RasterError: no such file, no raster, too small, or without any georeference.
        """
        spec = ViewSpec(path, view_crs_wkt, extra_nodata[0].value if extra_nodata else None, alpha_band, as_stored)
        handle = open_handle(spec)
        try:
            with gdal_session(path):
                info = describe(handle.dataset, handle.opened[-1], path, extra_nodata)
        except RasterError:
            handle.close()
            raise
        return cls(HandlePool(spec, handle), info)

    @property
    def info(self) -> RasterInfo:
        """What the raster is."""
        return self._info

    @property
    def transform(self) -> Affine:
        """From (column, row) corners to the CRS of the view."""
        return self._info.transform

    @property
    def crs_wkt(self) -> str:
        """CRS of the view; "" for none."""
        return self._info.crs_wkt

    @property
    def bounds_crs(self) -> Bounds:
        """(left, bottom, right, top) of the whole raster, rotated corners included."""
        width, height = self._info.width_px, self._info.height_px
        corners = [place(self._info.transform, x, y) for x, y in ((0, 0), (width, 0), (0, height), (width, height))]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return (min(xs), min(ys), max(xs), max(ys))

    def reopened(self) -> "RasterReader":
        """Another reader of the same view with handles of its own."""
        spec = self._pool.spec
        return RasterReader(HandlePool(spec, open_handle(spec)), self._info)

    def close(self) -> None:
        """Close the file."""
        self._pool.close()

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
        """Read a window of level-0 pixels, scaled to (`out_h`, `out_w`).

        The window may reach outside the raster and may start and end within pixels; shrinking uses overviews.

        Args:
            col0, row0, w_px, h_px: the window in pixels of the view.
            out_w, out_h: columns and rows wanted.
            bands: 1-based band numbers; None for the colour bands (one for a single-band raster).
            resampling: "average" when shrinking imagery, "nearest" for values that must not be mixed.

        Raises:
            RasterError: the file is damaged.
        """
        wanted = tuple(bands) if bands is not None else self._info.distinct_bands
        data = np.zeros((len(wanted), out_h, out_w), self._info.dtype)
        valid = np.zeros((out_h, out_w), np.bool_)
        row_spans = spans(row0, h_px, out_h, self._info.height_px)
        col_spans = spans(col0, w_px, out_w, self._info.width_px)
        if row_spans and col_spans:
            with self._pool.borrow() as dataset:
                for rows in row_spans:
                    for cols in col_spans:
                        block = _read(dataset, self._info, wanted, rows, cols, _RESAMPLING[resampling])
                        if block.valid.shape == (out_h, out_w):
                            return block  # one piece that fills the window: nothing to put together
                        data[:, rows.out0 : rows.out1, cols.out0 : cols.out1] = block.data
                        valid[rows.out0 : rows.out1, cols.out0 : cols.out1] = block.valid
        return RasterBlock(data, valid)

    def read_grid(
        self, grid: Frame, *, bands: Sequence[int] | None = None, resampling: Resampling = "average"
    ) -> RasterBlock:
        """Read onto a grid or frame of any CRS, cell size and rotation; never more than the window under it.

        Raises:
            RasterError: the file is damaged, or the CRS cannot be brought together.
        """
        return read_frame(self, grid, bands=bands, resampling=resampling)


def _read(
    dataset: Any, info: RasterInfo, bands: tuple[int, ...], rows: Span, cols: Span, resampling: GdalResampling
) -> RasterBlock:
    """One GDAL read inside the raster, with its validity."""
    window = Window(cols.src0, rows.src0, cols.src1 - cols.src0, rows.src1 - rows.src0)
    shape = (rows.out1 - rows.out0, cols.out1 - cols.out0)
    colour = info.distinct_bands
    alpha = (info.alpha_band,) if info.alpha_band is not None else ()
    # All bands in one call: pixel-interleaved files decode each block once.
    needed = tuple(dict.fromkeys((*bands, *(() if info.rule.is_trivial else (*colour, *alpha)))))
    data = dataset.read(list(needed), window=window, out_shape=(len(needed), *shape), resampling=resampling)
    place = {band: number for number, band in enumerate(needed)}
    wanted = data[[place[band] for band in bands]] if needed != bands else data
    if info.rule.is_trivial:
        judged = data if np.issubdtype(data.dtype, np.floating) else data[:0]
        return RasterBlock(wanted, valid_pixels(judged, _NO_RULE if not len(judged) else _any_rule(len(judged))))
    mask = None
    if info.rule.has_mask:
        mask = dataset.read_masks(colour[0], window=window, out_shape=shape, resampling=GdalResampling.nearest)
    colours = data[[place[band] for band in colour]]
    return RasterBlock(
        wanted, valid_pixels(colours, info.rule, alpha=data[place[alpha[0]]] if alpha else None, mask=mask)
    )


_NO_RULE = ValidityRule(())


def _any_rule(count: int) -> ValidityRule:
    return ValidityRule((None,) * count)


__all__ = ["RasterBlock", "RasterInfo", "RasterReader", "Resampling", "UndeclaredNodata"]
