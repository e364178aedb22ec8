"""Overviews of rasters that have none: made once, kept in our cache, never beside the user's files."""

import hashlib
import math
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from affine import Affine
from rasterio.windows import Window

from inference.errors import InputError
from inference.jobs import CancelToken, Progress
from inference.plot.block import RasterBlock
from inference.plot.cost import is_striped, needs_overviews
from inference.plot.frame import composed
from inference.plot.gdal_session import gdal_session
from inference.plot.raster import RasterReader
from inference.plot.raster_info import RasterInfo

_VERSION = 1
_FOLDER = "overviews"
_STAGE = "overviews"
_TILE_PX = 512
_FIRST_LEVEL = 3
_KEEP_BYTES = 8 * 2**30
_THREADS = 2


@dataclass(frozen=True, slots=True)
class OverviewStack:
    """Shrunk copies of a raster's view: `factors[i]` source pixels make one pixel of `readers[i]`."""

    factors: tuple[int, ...]
    readers: tuple[RasterReader, ...]

    def level_for(self, scale: float) -> int | None:
        """Index of the coarsest copy that is still as fine as `scale` source pixels per wanted pixel."""
        fine_enough = [number for number, factor in enumerate(self.factors) if factor <= scale * 1.01]
        return fine_enough[-1] if fine_enough else None

    def close(self) -> None:
        """Close all copies."""
        for reader in self.readers:
            reader.close()


def overview_path(reader: RasterReader, cache_dir: Path) -> Path | None:
    """Folder of the finished overviews of a raster as this reader sees it; None where there are none.

    They belong to a path, size and modification time: overviews of a file that changed are never shown.
    """
    folder = _folder(reader, cache_dir)
    return folder if folder.is_dir() else None


def open_overviews(reader: RasterReader, cache_dir: Path) -> OverviewStack | None:
    """The finished overviews of a raster; None where there are none or they are damaged (they are then dropped)."""
    folder = overview_path(reader, cache_dir)
    if folder is None:
        return None
    readers: list[RasterReader] = []
    try:
        for level in _levels(reader.info):
            readers.append(RasterReader.open(_file(folder, level), as_stored=True))
    except InputError:
        for opened in readers:
            opened.close()
        shutil.rmtree(folder, ignore_errors=True)
        return None
    os.utime(folder)  # the caches used longest ago are dropped first
    return OverviewStack(tuple(1 << level for level in _levels(reader.info)), tuple(readers))


def ensure_overviews(
    reader: RasterReader,
    cache_dir: Path,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: CancelToken | None = None,
) -> Path | None:
    """Make overviews of a raster unless it is small, has its own or they are in the cache already.

    Reads the source once; cancelling takes effect within a few blocks and leaves nothing behind. Runs in any thread.

    Returns:
        Folder of the overviews; None where none are needed.

    Raises:
        Cancelled: the user stopped it.
        RasterError: the source is damaged.
        InputError: the disk is full.
    """
    if not needs_overviews(reader.info):
        return None
    folder = _folder(reader, cache_dir)
    if folder.is_dir():
        return folder
    _require_space(reader.info, cache_dir)
    part = folder.with_name(f"{folder.name}.{os.getpid()}.part")
    part.mkdir(parents=True, exist_ok=True)
    own = reader.reopened()
    try:
        token = cancel or CancelToken()
        _build(own, part, on_progress or (lambda _: None), token)
        token.check()
        if not folder.is_dir():
            part.rename(folder)
    finally:
        own.close()
        shutil.rmtree(part, ignore_errors=True)
    _prune(folder.parent, keep=folder)
    return folder


def _folder(reader: RasterReader, cache_dir: Path) -> Path:
    info = reader.info
    stat = info.path.stat()
    facts = (
        str(info.path.resolve()),
        stat.st_size,
        stat.st_mtime_ns,
        info.crs_wkt,
        tuple(info.transform),
        info.rule.extra,
        _VERSION,
    )
    return cache_dir / _FOLDER / hashlib.sha256(repr(facts).encode()).hexdigest()[:32]


def _file(folder: Path, level: int) -> Path:
    return folder / f"level{level}.tif"


def _levels(info: RasterInfo) -> list[int]:
    """Levels to make: from 1/8 on, for wide striped files from 1/2 on, until one tile holds the raster.

    A tile at 1/4 of a tiled file is read in some 30 ms without any help; of a striped file whole strips are decoded.
    """
    first = 1 if is_striped(info) else _FIRST_LEVEL
    last = max(first, math.ceil(math.log2(max(info.width_px, info.height_px) / _TILE_PX)))
    return list(range(first, last + 1))


def _build(reader: RasterReader, folder: Path, on_progress: Callable[[Progress], None], cancel: CancelToken) -> None:
    info = reader.info
    levels = _levels(info)
    total = sum(_block_count(info, level, levels) for level in levels)
    done = 0
    source, source_level = reader, 0
    for level in levels:
        for _ in _write_level(source, level - source_level, info, level, folder):
            cancel.check()
            done += 1
            on_progress(Progress(_STAGE, done, total, note=info.path.name))
        if source is not reader:
            source.close()
        source, source_level = RasterReader.open(_file(folder, level), as_stored=True), level
    source.close()


def _block_count(info: RasterInfo, level: int, levels: list[int]) -> int:
    return len(list(_windows(info, level, level - levels[0] == 0)))


def _windows(info: RasterInfo, level: int, from_source: bool) -> Iterator[Window]:
    """Windows of a level's pixels, each read at once: tiles, or bands of whole rows where the source is striped."""
    height, width = math.ceil(info.height_px / (1 << level)), math.ceil(info.width_px / (1 << level))
    across = width if from_source and is_striped(info) else _TILE_PX
    down = min(_TILE_PX, max(16, 2_000_000 // across)) if across > _TILE_PX else _TILE_PX
    for row0 in range(0, height, down):
        for col0 in range(0, width, across):
            yield Window(col0, row0, min(across, width - col0), min(down, height - row0))


def _write_level(source: RasterReader, steps: int, info: RasterInfo, level: int, folder: Path) -> Iterator[None]:
    """Shrink `source` by 2**steps into the file of `level`, yielding after every block."""
    factor = 1 << steps
    bands = source.info.distinct_bands

    def read(window: Window) -> RasterBlock:
        return source.read_window(
            window.col_off * factor,
            window.row_off * factor,
            window.width * factor,
            window.height * factor,
            window.width,
            window.height,
            bands=bands,
        )

    path = _file(folder, level)
    windows = list(_windows(info, level, source.info.path == info.path))
    with (
        gdal_session(path),
        rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True),
        rasterio.open(path, "w", **_profile(info, level, len(bands))) as target,
        ThreadPoolExecutor(_THREADS) as pool,
    ):
        for chunk in range(0, len(windows), _THREADS):
            some = windows[chunk : chunk + _THREADS]
            for window, block in zip(some, pool.map(read, some), strict=True):
                _write(target, window, block, info)
                yield


def _write(target: Any, window: Window, block: RasterBlock, info: RasterInfo) -> None:
    data = block.data
    if np.issubdtype(data.dtype, np.floating):
        data = np.where(block.valid, data, np.nan).astype(np.float32)
    elif not info.rule.is_trivial:
        target.write_mask(block.valid.astype(np.uint8) * 255, window=window)
        if block.valid.any() and not block.valid.all():
            # A jump to black at the edge of the data would make JPEG ring on both sides of it.
            data = np.where(block.valid, data, data[:, block.valid].mean(axis=1)[:, None, None]).astype(data.dtype)
    target.write(data, window=window)


def _profile(info: RasterInfo, level: int, band_count: int) -> dict[str, Any]:
    factor = 1 << level
    floating = np.issubdtype(np.dtype(info.dtype), np.floating)
    profile: dict[str, Any] = {
        "driver": "GTiff",
        "width": math.ceil(info.width_px / factor),
        "height": math.ceil(info.height_px / factor),
        "count": band_count,
        "dtype": "float32" if floating else info.dtype,
        "crs": info.crs_wkt or None,
        "transform": composed(info.transform, Affine.scale(factor)),
        "tiled": True,
        "blockxsize": _TILE_PX,
        "blockysize": _TILE_PX,
        "bigtiff": "IF_SAFER",
    }
    if info.dtype == "uint8" and band_count == 3:
        profile |= {"compress": "jpeg", "photometric": "ycbcr", "jpeg_quality": 88, "interleave": "pixel"}
    else:
        profile |= {"compress": "deflate", "predictor": 3 if floating else 2, "zlevel": 1}
    if floating:
        profile["nodata"] = float("nan")
    return profile


def _require_space(info: RasterInfo, cache_dir: Path) -> None:
    levels = _levels(info)
    pixels = info.width_px * info.height_px / 4 ** levels[0] * 4 / 3
    jpeg = info.dtype == "uint8" and len(info.distinct_bands) == 3
    needed = int(pixels * (0.6 if jpeg else np.dtype(info.dtype).itemsize * len(info.distinct_bands)))
    cache_dir.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(cache_dir).free
    if free < needed + 100 * 2**20:
        raise InputError(
            "cache.disk_full",
            "There is no room for the overviews of {name}: {needed} MB are needed in {folder} and {free} MB are free."
            " Free some space, or set BIRCHTREE_HOME to a larger disk.",
            name=info.path.name,
            needed=needed // 2**20,
            folder=str(cache_dir),
            free=free // 2**20,
        )


def _prune(folder: Path, keep: Path) -> None:
    """Drop the overviews used longest ago when all together take too much disk."""
    stacks = sorted((s for s in folder.iterdir() if s.is_dir()), key=lambda s: s.stat().st_mtime, reverse=True)
    used = 0
    for stack in stacks:
        used += sum(file.stat().st_size for file in stack.iterdir())
        if used > _KEEP_BYTES and stack != keep and not stack.name.endswith(".part"):
            shutil.rmtree(stack, ignore_errors=True)
