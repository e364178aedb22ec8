"""Writes orthomosaics of any size that take little disk: every tile of a level is one of a few that are stored once.

A reader sees an ordinary tiled, deflated BigTIFF with internal overviews and decodes every tile that it asks for, so
times are those of a real mosaic of that size.
"""

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

TILE_PX = 512
PATTERN_PX = 2048
_SHORT, _LONG, _DOUBLE, _LONG8 = 3, 4, 12, 16
_CODES = {_SHORT: "H", _LONG: "I", _DOUBLE: "d", _LONG8: "Q"}

Image = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Stored:
    """Where the tiles of one pattern lie in the file: `grid` x `grid` of them, repeated for ever."""

    grid: int
    offsets: list[int]
    lengths: list[int]


def forest_pattern(seed: int = 1) -> Image:
    """(PATTERN_PX, PATTERN_PX, 3) crowns-like blobs that repeat without a seam."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:PATTERN_PX, 0:PATTERN_PX].astype(np.float32)
    height = np.zeros((PATTERN_PX, PATTERN_PX), np.float32)
    for centre_x, centre_y, radius in rng.uniform([0, 0, 35], [PATTERN_PX, PATTERN_PX, 90], (700, 3)):
        left, top, side = int(centre_x - radius), int(centre_y - radius), int(2 * radius)
        rows, cols = np.ix_(np.arange(top, top + side) % PATTERN_PX, np.arange(left, left + side) % PATTERN_PX)
        away = np.hypot(y[:side, :side] - side / 2, x[:side, :side] - side / 2) / radius
        height[rows, cols] = np.maximum(height[rows, cols], (1 - away**2).clip(0) * (0.5 + radius / 180))
    grain = rng.integers(-12, 12, (PATTERN_PX, PATTERN_PX, 1))
    colour = np.array([45, 60, 40]) + height[..., None] * np.array([90, 130, 55]) + grain
    return colour.clip(0, 255).astype(np.uint8)


def write(path: Path, width_px: int, height_px: int, *, gsd_m: float = 0.05, epsg: int = 32618) -> None:
    """Write an RGB orthomosaic of `width_px` x `height_px`, of which the disk holds about 15 MB."""
    pattern = forest_pattern()
    stored: list[Stored] = []
    with path.open("wb") as file:
        file.write(struct.pack("<2sHHHQ", b"II", 43, 8, 0, 0))
        factor, links = 1, 8
        while True:
            stored.append(_store(file.tell, file.write, pattern))
            width, height = -(-width_px // factor), -(-height_px // factor)
            tags = _tags(width, height, stored[-1], is_overview=factor > 1)
            if factor == 1:
                tags |= _place(gsd_m, epsg)
            start = _write_directory(file.tell, file.write, tags)
            end = file.tell()
            file.seek(links)
            file.write(struct.pack("<Q", start))
            file.seek(end)
            links = end - 8
            if max(width, height) <= TILE_PX:
                return
            factor *= 2
            pattern = _halved(pattern)


def _halved(pattern: Image) -> Image:
    """Half the size by means; a pattern of one tile is repeated first, so that it stays at least that large."""
    if len(pattern) <= TILE_PX:
        pattern = np.tile(pattern, (2, 2, 1))
    side = len(pattern) // 2
    return pattern.reshape(side, 2, side, 2, 3).mean(axis=(1, 3)).round().astype(np.uint8)


def _store(tell: Callable[[], int], write_bytes: Callable[[bytes], int], pattern: Image) -> Stored:
    grid = len(pattern) // TILE_PX
    offsets, lengths = [], []
    for row in range(grid):
        for col in range(grid):
            part = pattern[row * TILE_PX : (row + 1) * TILE_PX, col * TILE_PX : (col + 1) * TILE_PX]
            packed = zlib.compress(np.ascontiguousarray(part).tobytes(), 4)
            offsets.append(tell())
            lengths.append(len(packed))
            write_bytes(packed + b"\0" * (-len(packed) % 8))
    return Stored(grid, offsets, lengths)


def _tags(width: int, height: int, stored: Stored, *, is_overview: bool) -> dict[int, tuple[int, list[float]]]:
    across, down = -(-width // TILE_PX), -(-height // TILE_PX)
    index = (np.arange(down) % stored.grid)[:, None] * stored.grid + (np.arange(across) % stored.grid)[None, :]
    places = index.ravel()
    return {
        254: (_LONG, [int(is_overview)]),
        256: (_LONG, [width]),
        257: (_LONG, [height]),
        258: (_SHORT, [8, 8, 8]),
        259: (_SHORT, [8]),  # deflate
        262: (_SHORT, [2]),  # RGB
        277: (_SHORT, [3]),
        284: (_SHORT, [1]),  # interleaved by pixel
        322: (_LONG, [TILE_PX]),
        323: (_LONG, [TILE_PX]),
        324: (_LONG8, np.array(stored.offsets)[places].tolist()),
        325: (_LONG8, np.array(stored.lengths)[places].tolist()),
    }


def _place(gsd_m: float, epsg: int) -> dict[int, tuple[int, list[float]]]:
    """GeoTIFF tags: pixel size, where pixel (0, 0) lies, and the projected CRS."""
    return {
        33550: (_DOUBLE, [gsd_m, gsd_m, 0.0]),
        33922: (_DOUBLE, [0.0, 0.0, 0.0, 500_000.0, 5_100_000.0, 0.0]),
        34735: (_SHORT, [1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, epsg]),
    }


def _write_directory(
    tell: Callable[[], int], write_bytes: Callable[[bytes], int], tags: dict[int, tuple[int, list[float]]]
) -> int:
    """Write long values, then the directory with an empty link to the next; returns where the directory starts."""
    entries = b""
    for tag, (kind, values) in sorted(tags.items()):
        data = struct.pack(f"<{len(values)}{_CODES[kind]}", *values)
        if len(data) > 8:
            place = tell()
            write_bytes(data + b"\0" * (-len(data) % 8))
            data = struct.pack("<Q", place)
        entries += struct.pack("<HHQ", tag, kind, len(values)) + data.ljust(8, b"\0")
    start = tell()
    write_bytes(struct.pack("<Q", len(tags)) + entries + struct.pack("<Q", 0))
    return start
