"""The tile store with real threads: order, staleness, memory, failures, and a clean end."""

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from birchtree_gui.canvas.tile_store import THREADS, TileCache, TileStore
from birchtree_gui.canvas.tiles import TILE_PX, TileKey
from inference.errors import RasterError


class GatedSource:
    """Paints grey tiles, one for each `open` of the gate, and notes in what order."""

    def __init__(self) -> None:
        self.gate = threading.Semaphore(0)
        self.asked: list[tuple[int, int, int]] = []
        self.threads: set[int] = set()

    def render(self, level: int, col: int, row: int, tile_px: int = TILE_PX) -> np.ndarray:
        self.asked.append((level, col, row))
        self.threads.add(threading.get_ident())
        self.gate.acquire()
        return np.full((tile_px, tile_px, 4), 255, np.uint8)

    def open(self, count: int = 10_000) -> None:
        self.gate.release(count)


class BrokenSource:
    """A file that vanished."""

    def render(self, level: int, col: int, row: int, tile_px: int = TILE_PX) -> np.ndarray:
        raise RasterError("raster.unreadable", "The file {name} cannot be read.", name="ortho.tif")


@pytest.fixture
def store(qtbot: QtBot) -> Iterator[TileStore]:
    made = TileStore()
    yield made
    made.stop()


def keys(*cols: int, layer: str = "ortho") -> list[TileKey]:
    return [TileKey(layer, 0, col, 0) for col in cols]


def test_tiles_arrive_and_are_kept(store: TileStore, qtbot: QtBot) -> None:
    source = GatedSource()
    source.open()
    store.set_sources({"ortho": source}, top_level=5)
    store.want(keys(1, 2, 3))
    qtbot.waitUntil(lambda: store.pending == 0)
    assert all(key in store.cache for key in keys(1, 2, 3))
    store.want(keys(1, 2, 3))
    assert store.pending == 0
    assert sorted(source.asked) == [(0, 1, 0), (0, 2, 0), (0, 3, 0)]


def test_a_new_view_replaces_the_wishes_of_the_old_one(store: TileStore, qtbot: QtBot) -> None:
    source = GatedSource()
    store.set_sources({"ortho": source}, top_level=5)
    store.want(keys(*range(20)))
    qtbot.waitUntil(lambda: len(source.asked) == THREADS)
    store.want(keys(50, 51))
    source.open()
    qtbot.waitUntil(lambda: store.pending == 0)
    assert [col for _, col, _ in source.asked[THREADS:]] == [50, 51]
    assert keys(5)[0] not in store.cache
    assert len(source.threads) <= THREADS


def test_a_tile_under_way_is_not_asked_twice(store: TileStore, qtbot: QtBot) -> None:
    source = GatedSource()
    store.set_sources({"ortho": source}, top_level=5)
    store.want(keys(1))
    qtbot.waitUntil(lambda: len(source.asked) == 1)
    store.want(keys(1, 2))
    source.open()
    qtbot.waitUntil(lambda: store.pending == 0)
    assert sorted(source.asked) == [(0, 1, 0), (0, 2, 0)]


def test_answers_from_before_a_reload_are_dropped_and_asked_again(store: TileStore, qtbot: QtBot) -> None:
    source = GatedSource()
    store.set_sources({"ortho": source}, top_level=5)
    store.want(keys(1))
    qtbot.waitUntil(lambda: len(source.asked) == 1)
    store.reload()
    store.want(keys(1))
    arrived: list[TileKey] = []
    store.tileReady.connect(arrived.append)
    source.open()
    qtbot.waitUntil(lambda: store.pending == 0)
    assert arrived == keys(1)
    assert len(source.asked) == 2


def test_a_broken_layer_is_reported_once_and_left_alone(store: TileStore, qtbot: QtBot) -> None:
    source = GatedSource()
    source.open()
    store.set_sources({"ortho": source, "dsm": BrokenSource()}, top_level=5)
    failures: list[tuple[str, str]] = []
    store.layerFailed.connect(lambda layer, sentence: failures.append((layer, sentence)))
    store.want([*keys(1, 2, 3, layer="dsm"), *keys(1)])
    qtbot.waitUntil(lambda: store.pending == 0)
    store.want(keys(4, layer="dsm"))
    assert store.pending == 0
    assert failures == [("dsm", "The file ortho.tif cannot be read.")]
    assert keys(1)[0] in store.cache


def test_stopping_waits_for_the_tile_in_hand(store: TileStore, qtbot: QtBot) -> None:
    source = GatedSource()
    store.set_sources({"ortho": source}, top_level=5)
    store.want(keys(*range(9)))
    qtbot.waitUntil(lambda: len(source.asked) == THREADS)
    opener = threading.Timer(0.05, source.open)
    opener.start()
    store.stop()
    opener.join()
    assert store.pending == 0
    assert len(source.asked) == THREADS


def test_pending_counts_down_to_zero(store: TileStore, qtbot: QtBot) -> None:
    source = GatedSource()
    store.set_sources({"ortho": source}, top_level=5)
    counts: list[int] = []
    store.pendingChanged.connect(counts.append)
    store.want(keys(1, 2, 3, 4))
    source.open()
    qtbot.waitUntil(lambda: store.pending == 0)
    assert counts[0] == 4
    assert counts[-1] == 0


def _image() -> QImage:
    return QImage(TILE_PX, TILE_PX, QImage.Format.Format_RGB32)


def test_the_cache_forgets_what_was_used_longest_ago() -> None:
    cache = TileCache(limit_bytes=3 * 2**20)
    for key in keys(1, 2, 3):
        cache.put(key, _image())
    cache.get(keys(1)[0])
    cache.put(keys(4)[0], _image())
    assert [key in cache for key in keys(1, 2, 3, 4)] == [True, False, True, True]
    assert cache.used_bytes == 3 * 2**20


def test_pinned_tiles_stay() -> None:
    cache = TileCache(limit_bytes=2 * 2**20)
    cache.put(keys(0)[0], _image(), pinned=True)
    for key in keys(*range(1, 30)):
        cache.put(key, _image())
    assert keys(0)[0] in cache
    assert cache.used_bytes <= 2 * 2**20


def test_dropping_a_layer_leaves_the_others() -> None:
    cache = TileCache()
    cache.put(keys(1)[0], _image())
    cache.put(keys(1, layer="dsm")[0], _image(), pinned=True)
    cache.drop("dsm")
    assert keys(1)[0] in cache
    assert cache.used_bytes == 2**20
    cache.drop()
    assert (len(cache), cache.used_bytes) == (0, 0)


def test_putting_a_tile_again_does_not_count_it_twice() -> None:
    cache = TileCache()
    cache.put(keys(1)[0], _image())
    cache.put(keys(1)[0], None)
    assert cache.used_bytes < 2**20
