"""TileStore: painted tiles in memory, made by two threads in the order in which the map wants them.

Everything is called on the GUI thread except `_Worker.run`. A request is a value, an answer is a value; the map's
wishes replace each other, so a worker always takes the tile that matters now and never one of a view that is gone.
"""

from __future__ import annotations

import os
import sys
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, QRunnable, Qt, QThread, QThreadPool, Signal, SignalInstance, Slot
from PySide6.QtGui import QImage

from birchtree_gui.canvas.tiles import TileKey, TileRequest, TileResponse, TileSource

CACHE_BYTES = 384 * 2**20
THREADS = 2
_NICENESS = 4

# What an empty tile costs in the cache's accounts.
_EMPTY_BYTES = 256


class TileCache:
    """Tiles by key; those used longest ago go first. Coarsest tiles are pinned: they fill every hole."""

    def __init__(self, limit_bytes: int = CACHE_BYTES) -> None:
        self.limit_bytes = limit_bytes
        self.used_bytes = 0
        self._tiles: OrderedDict[TileKey, QImage | None] = OrderedDict()
        self._pinned: dict[TileKey, QImage | None] = {}

    def __contains__(self, key: TileKey) -> bool:
        return key in self._tiles or key in self._pinned

    def __len__(self) -> int:
        return len(self._tiles) + len(self._pinned)

    def get(self, key: TileKey) -> QImage | None:
        """The tile, now the most recently used; None when it is empty (or absent: ask `in` first)."""
        if key in self._pinned:
            return self._pinned[key]
        if key in self._tiles:
            self._tiles.move_to_end(key)
            return self._tiles[key]
        return None

    def put(self, key: TileKey, image: QImage | None, *, pinned: bool = False) -> None:
        """Keep a tile, dropping others where memory is short."""
        self._forget(key)
        self.used_bytes += _bytes(image)
        if pinned:
            self._pinned[key] = image
            return
        self._tiles[key] = image
        while self.used_bytes > self.limit_bytes and len(self._tiles) > 1:
            _, dropped = self._tiles.popitem(last=False)
            self.used_bytes -= _bytes(dropped)

    def drop(self, layer: str | None = None) -> None:
        """Forget the tiles of a layer, or all of them."""
        for key in [key for key in (*self._tiles, *self._pinned) if layer in (None, key.layer)]:
            self._forget(key)

    def _forget(self, key: TileKey) -> None:
        for tiles in (self._tiles, self._pinned):
            if key in tiles:
                self.used_bytes -= _bytes(tiles.pop(key))


def _bytes(image: QImage | None) -> int:
    return _EMPTY_BYTES if image is None else image.sizeInBytes()


class _Queue:
    """What is wanted and what is under way, under one lock.

    A tile is under way from the moment a worker takes it until the GUI thread has its answer: never asked twice.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wanted: list[TileRequest] = []
        self._under_way: set[tuple[TileKey, int]] = set()
        self._workers = 0

    def replace(self, requests: Iterable[TileRequest]) -> int:
        """Want these and nothing else; returns how many workers shall start."""
        with self._lock:
            self._wanted = [r for r in requests if (r.key, r.generation) not in self._under_way]
            self._wanted.reverse()
            starting = max(0, min(THREADS - self._workers, len(self._wanted)))
            self._workers += starting
            return starting

    def take(self) -> TileRequest | None:
        """The next tile to make; None ends the worker."""
        with self._lock:
            if not self._wanted:
                self._workers -= 1
                return None
            request = self._wanted.pop()
            self._under_way.add((request.key, request.generation))
            return request

    def done(self, key: TileKey, generation: int) -> None:
        """The answer is in."""
        with self._lock:
            self._under_way.discard((key, generation))

    def crashed(self, key: TileKey, generation: int) -> None:
        """A worker died of a bug in this tile."""
        with self._lock:
            self._under_way.discard((key, generation))
            self._workers -= 1

    def clear(self) -> None:
        """Nothing is wanted, nothing is awaited."""
        with self._lock:
            self._wanted.clear()
            self._under_way.clear()

    def pending(self) -> int:
        """Tiles wanted or under way."""
        with self._lock:
            return len(self._wanted) + len(self._under_way)


class _Worker(QRunnable):
    """Makes tiles until none is wanted."""

    def __init__(self, queue: _Queue, delivered: SignalInstance) -> None:
        super().__init__()
        self._queue, self._delivered = queue, delivered

    def run(self) -> None:
        """Runs in a thread of the pool; a bug ends this worker and reaches the program's exception hook."""
        _step_back()
        while (request := self._queue.take()) is not None:
            response = None
            try:
                response = request.answer()
            finally:
                if response is None:
                    self._queue.crashed(request.key, request.generation)
            self._delivered.emit(response)


def _step_back() -> None:
    """Let the GUI thread go first where cores are few; under Linux Qt's thread priorities alone do nothing."""
    if sys.platform == "linux" and os.getpriority(os.PRIO_PROCESS, thread := threading.get_native_id()) < _NICENESS:
        os.setpriority(os.PRIO_PROCESS, thread, _NICENESS)


class TileStore(QObject):
    """Signals: tileReady(TileKey); pendingChanged(int): still to come; layerFailed(layer, sentence): once per layer."""

    tileReady = Signal(object)
    pendingChanged = Signal(int)
    layerFailed = Signal(str, str)
    _delivered = Signal(object)

    def __init__(self, parent: QObject | None = None, *, limit_bytes: int = CACHE_BYTES) -> None:
        super().__init__(parent)
        self.cache = TileCache(limit_bytes)
        self._queue = _Queue()
        # No parent: Qt would wait for the threads in a destructor that holds the interpreter lock they need.
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(THREADS)
        self._pool.setThreadPriority(QThread.Priority.LowPriority)
        self._sources: dict[str, TileSource] = {}
        self._generation = 0
        self._failed: set[str] = set()
        self._top_level = 0
        self._delivered.connect(self._receive, Qt.ConnectionType.QueuedConnection)

    @property
    def layers(self) -> frozenset[str]:
        """Layers that the open plot has."""
        return frozenset(self._sources)

    @property
    def pending(self) -> int:
        """Tiles wanted or being made."""
        return self._queue.pending()

    def set_sources(self, sources: Mapping[str, TileSource], *, top_level: int) -> None:
        """Show another plot (or none); waits for the tiles in hand: the old plot's files may be closed afterwards."""
        self.stop()
        self._sources = dict(sources)
        self._top_level = top_level
        self.reload()

    def reload(self, layer: str | None = None) -> None:
        """Make tiles anew, of one layer or all; answers under way are dropped."""
        self._generation += 1
        self._failed.clear()
        self.cache.drop(layer)

    def want(self, keys: Iterable[TileKey]) -> None:
        """These tiles, in this order, and no others any more."""
        requests = [
            TileRequest(key, self._sources[key.layer], self._generation)
            for key in keys
            if key.layer in self._sources and key.layer not in self._failed and key not in self.cache
        ]
        for _ in range(self._queue.replace(requests)):
            self._pool.start(_Worker(self._queue, self._delivered))
        self.pendingChanged.emit(self.pending)

    def stop(self) -> None:
        """Want nothing, and return when no thread works any more."""
        self._queue.clear()
        self._pool.waitForDone()
        self._queue.clear()
        self._generation += 1

    @Slot(object)
    def _receive(self, response: TileResponse) -> None:
        key = response.key
        self._queue.done(key, response.generation)
        if response.generation != self._generation:
            return
        if response.failure:
            if key.layer not in self._failed:
                self._failed.add(key.layer)
                self.layerFailed.emit(key.layer, response.failure)
        else:
            self.cache.put(key, response.image, pinned=key.level >= self._top_level)
            self.tileReady.emit(key)
        self.pendingChanged.emit(self.pending)
