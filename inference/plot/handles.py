"""Open GDAL handles on one raster view and lend each to one thread at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasterio.crs import CRS
from rasterio.enums import ColorInterp, Resampling
from rasterio.vrt import WarpedVRT

from inference.errors import RasterError
from inference.plot.corrected_vrt import corrected_vrt
from inference.plot.crs import is_geographic, utm_wkt
from inference.plot.gdal_session import gdal_session, open_raster, root_reason


@dataclass(frozen=True, slots=True)
class ViewSpec:
    """What to open: equal specs give equal views in every thread.

    Attributes:
        path: the user's file.
        view_crs_wkt: CRS to see the raster in; None for its own.
        nodata: undeclared nodata that GDAL shall know of; None for none.
        alpha_band: undeclared alpha band, 1-based; None for none.
        as_stored: never warp.
    """

    path: Path
    view_crs_wkt: str | None = None
    nodata: float | None = None
    alpha_band: int | None = None
    as_stored: bool = False


@dataclass(slots=True)
class Handle:
    """One open view: the dataset to read from, and all datasets to close, last opened first."""

    dataset: Any
    opened: tuple[Any, ...]

    def close(self) -> None:
        """Close the view and what it stands on."""
        for dataset in self.opened:
            dataset.close()


def open_handle(spec: ViewSpec) -> Handle:
    """Open a view.

    Raises:
        RasterError: the file is missing, empty, no raster, without place, or cannot be seen in the CRS.
    """
    if not spec.path.exists():
        raise RasterError(
            "raster.missing", "The file {path} does not exist. Choose the file again.", path=str(spec.path)
        )
    source = _open_source(spec)
    with gdal_session(spec.path):
        opened = [source]
        if spec.nodata is not None or spec.alpha_band is not None:
            source = open_raster(corrected_vrt(source, spec.nodata, spec.alpha_band))
            opened.insert(0, source)
        target = None if spec.as_stored else _view_crs(source, spec.view_crs_wkt)
        if target is not None:
            source = _warped(source, target)
            opened.insert(0, source)
        return Handle(source, tuple(opened))


def _open_source(spec: ViewSpec) -> Any:
    try:
        with gdal_session(spec.path):
            return open_raster(spec.path)
    except RasterError as failure:
        if failure.code != "raster.unreadable":  # a sentence of its own
            raise
        if spec.path.is_dir():
            reason = "it is a folder"
        elif spec.path.stat().st_size == 0:
            reason = "it is empty (0 bytes)"
        else:
            reason = root_reason(failure)
        raise RasterError(
            "raster.not_a_raster",
            "{name} cannot be opened as a raster: {reason}. Choose a GeoTIFF, or copy or export the file again.",
            name=spec.path.name,
            reason=reason,
        ) from failure


def is_placed(dataset: Any) -> bool:
    """Whether the file has a geotransform of its own (rasterio gives the identity where there is none)."""
    return not dataset.transform.is_identity


def _view_crs(source: Any, wanted_wkt: str | None) -> str | None:
    """The CRS to warp the source into; None where it can be read as it is."""
    if not is_placed(source) and source.gcps[0]:
        if wanted_wkt is not None:
            return wanted_wkt
        points, crs = source.gcps
        wkt = str(crs.to_wkt()) if crs else ""
        if not is_geographic(wkt):
            return wkt
        count = len(points)
        return utm_wkt(sum(p.x for p in points) / count, sum(p.y for p in points) / count)
    if wanted_wkt is None or source.crs is None or source.crs == CRS.from_wkt(wanted_wkt):
        return None
    return wanted_wkt


def _warped(source: Any, target_wkt: str) -> Any:
    """The source seen in another CRS, always with an alpha band that tells where it has data."""
    has_alpha = ColorInterp.alpha in source.colorinterp
    integer = all(dtype.startswith(("uint", "int")) for dtype in source.dtypes)
    options: dict[str, Any] = {} if is_placed(source) else {"src_crs": source.gcps[1] or CRS()}
    return WarpedVRT(
        source,
        crs=CRS.from_wkt(target_wkt) if target_wkt else None,
        resampling=Resampling.bilinear if integer else Resampling.nearest,
        add_alpha=not has_alpha,
        warp_mem_limit=64,
        **options,
    )


class HandlePool:
    """Lends handles: a thread has one to itself while it reads, and none is left behind when threads end.

    At most as many handles are open as threads ever read at the same moment.
    """

    def __init__(self, spec: ViewSpec, first: Handle) -> None:
        self._lock = threading.Lock()
        self._spec = spec
        self._idle: list[Handle] = [first]
        self._closed = False

    @property
    def spec(self) -> ViewSpec:
        """What the handles show."""
        return self._spec

    @contextmanager
    def borrow(self) -> Iterator[Any]:
        """A dataset for this thread alone; failures of GDAL leave the block as `RasterError`."""
        with self._lock:
            if self._closed:
                raise RasterError("raster.closed", "{name} has been closed.", name=self._spec.path.name)
            handle = self._idle.pop() if self._idle else None
        if handle is None:
            handle = open_handle(self._spec)
        try:
            with gdal_session(self._spec.path):
                yield handle.dataset
        finally:
            with self._lock:
                keep = not self._closed
                if keep:
                    self._idle.append(handle)
            if not keep:
                handle.close()

    def close(self) -> None:
        """Close all handles; those in use close when their reader is done."""
        with self._lock:
            idle, self._idle = self._idle, []
            self._closed = True
        for handle in idle:
            handle.close()
