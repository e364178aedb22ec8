"""Embeddings kept on disk and in memory, so that a place that was looked at once never runs the encoder again.

Several processes may use the folder at once: a file appears whole or not at all, and whoever finds one damaged, gone or
in its way does without. Nothing here raises for the state of the disk.
"""

import contextlib
import hashlib
import json
import math
import os
import secrets
import struct
import threading
import time
import zlib
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from inference import json_text
from inference.plot.identity import file_key
from inference.plot.plot import Plot
from inference.prompt.base import Embedding

FloatArray = npt.NDArray[np.float32]

DISK_LIMIT_BYTES = 4 * 2**30
MEMORY_LIMIT_BYTES = 384 * 2**20
FOLDER = "embeddings"

_SUFFIX = ".emb"
_MAGIC = b"BTEMB\x01\r\n"
_PREFIX = struct.Struct("<II")  # length of the header, CRC-32 of header and body
_DTYPES: Mapping[str, np.dtype[Any]] = {"float16": np.dtype("<f2"), "float32": np.dtype("<f4")}
# Numbers of this size still keep their 11 bits in half precision; beyond 65504 it has none.
_HALF_LIMIT = 6.0e4
# After an eviction there is room for some more files, so that not every one of them begins another.
_EVICT_TO = 0.9
_STALE_PART_S = 3600.0


def raster_key(plot: Plot, *, elevation: bool) -> str:
    """Hash of the rasters that an embedding is made from: of the DSM and DTM only when the model reads them.

    Unlike `Plot.content_key` it does not change with the area of interest, which the encoder does not see.
    """
    sources = plot.sources
    paths = (sources.ortho, *((sources.dsm, sources.dtm) if elevation else ()))
    keys = [None if path is None else file_key(path) for path in paths]
    return hashlib.sha256(repr((keys, plot.crs_wkt, plot.unit_m, plot.stretch)).encode()).hexdigest()


def embedding_key(raster: str, window: str, model: str) -> str:
    """Name of an embedding in the cache."""
    return hashlib.sha256(f"{raster}\n{window}\n{model}".encode()).hexdigest()[:40]


class EmbeddingFiles:
    """Arrays by key in a folder of limited size; the least recently used go first."""

    def __init__(self, folder: Path, limit_bytes: int = DISK_LIMIT_BYTES) -> None:
        """`limit_bytes` 0 keeps nothing."""
        self._folder = folder
        self._limit_bytes = limit_bytes

    def has(self, key: str) -> bool:
        """Whether a file is there; it may still prove damaged."""
        return self._path(key).is_file()

    def get(self, key: str) -> dict[str, FloatArray] | None:
        """Arrays by name, float32; None when they are not there. A damaged file is removed."""
        path = self._path(key)
        try:
            content = path.read_bytes()
        except OSError:
            return None
        arrays = _unpacked(content)
        with contextlib.suppress(OSError):
            if arrays is None:
                path.unlink()
            else:
                os.utime(path)
        return arrays

    def put(self, key: str, arrays: Mapping[str, FloatArray]) -> bool:
        """Keep arrays in half precision; False when the disk is full or not writable."""
        path = self._path(key)
        content = _packed(arrays)
        if len(content) > self._limit_bytes:
            return False
        part = path.with_name(f"{path.stem}.{os.getpid()}.{secrets.token_hex(4)}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                part.write_bytes(content)
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)
        except OSError:
            return False
        self._evict(keep=path)
        return True

    def size_bytes(self) -> int:
        """Disk space taken."""
        return sum(size for _, size, _ in self._files())

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}{_SUFFIX}"

    def _files(self) -> list[tuple[float, int, Path]]:
        """(time of last use, size, path) of every file, the oldest first; parts of crashed writers are removed."""
        found = []
        for path in self._folder.glob("*/*"):
            with contextlib.suppress(OSError):
                stat = path.stat()
                if path.suffix == _SUFFIX:
                    found.append((stat.st_mtime, stat.st_size, path))
                elif path.suffix == ".part" and time.time() - stat.st_mtime > _STALE_PART_S:
                    path.unlink()
        return sorted(found)

    def _evict(self, keep: Path) -> None:
        files = self._files()
        used = sum(size for _, size, _ in files)
        if used <= self._limit_bytes:
            return
        for _, size, path in files:
            if used <= _EVICT_TO * self._limit_bytes:
                return
            if path != keep:
                with contextlib.suppress(OSError):  # open in another process (Windows), or gone already
                    path.unlink()
                    used -= size


class RecentEmbeddings:
    """The embeddings used last, in memory. Any thread may ask."""

    def __init__(self, limit_bytes: int = MEMORY_LIMIT_BYTES) -> None:
        """The newest one is kept even when it alone is larger than `limit_bytes`."""
        self._limit_bytes = limit_bytes
        self._kept: OrderedDict[str, Embedding] = OrderedDict()
        self._lock = threading.Lock()

    def has(self, key: str) -> bool:
        """Whether it is there."""
        with self._lock:
            return key in self._kept

    def get(self, key: str) -> Embedding | None:
        """The embedding, which is now the one used last."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: str, embedding: Embedding) -> None:
        """Keep an embedding and drop what was not used for longest."""
        with self._lock:
            self._kept[key] = embedding
            self._kept.move_to_end(key)
            while len(self._kept) > 1 and sum(one.size_bytes for one in self._kept.values()) > self._limit_bytes:
                self._kept.popitem(last=False)


def _packed(arrays: Mapping[str, FloatArray]) -> bytes:
    stored = {name: _stored(array) for name, array in arrays.items()}
    body = b"".join(array.tobytes() for array in stored.values())
    header = [[name, array.dtype.name, list(array.shape)] for name, array in stored.items()]
    text = json.dumps(header).encode()
    return b"".join((_MAGIC, _PREFIX.pack(len(text), zlib.crc32(body, zlib.crc32(text))), text, body))


def _stored(array: FloatArray) -> npt.NDArray[Any]:
    """In half precision unless that would lose numbers."""
    array = np.ascontiguousarray(array, _DTYPES["float32"])
    fits = bool(np.abs(array).max(initial=0.0) <= _HALF_LIMIT)  # False for NaN as well
    return array.astype(_DTYPES["float16"]) if fits else array


def _unpacked(content: bytes) -> dict[str, FloatArray] | None:
    """Arrays of a file; None when anything in it is not as it was written."""
    start = len(_MAGIC) + _PREFIX.size
    if not content.startswith(_MAGIC) or len(content) < start:
        return None
    length, crc = _PREFIX.unpack_from(content, len(_MAGIC))
    if zlib.crc32(memoryview(content)[start:]) != crc:
        return None
    arrays, place = {}, start + length
    try:
        for name, kind, shape in json_text.parse(content[start:place]):
            array = np.frombuffer(content, _DTYPES[kind], math.prod(shape), place).reshape(shape)
            arrays[str(name)] = array.astype(np.float32)
            place += array.nbytes
    except (ValueError, TypeError, KeyError):  # whole, but not written by this version
        return None
    return arrays
