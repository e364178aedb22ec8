"""Embeddings of a plot's windows by one model: from memory, from disk, or made now by the one thread at the encoder."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from inference.jobs import CancelToken
from inference.plot.plot import Plot
from inference.prompt.base import Embedding, PromptSegmenter
from inference.prompt.cache import EmbeddingFiles, RecentEmbeddings, embedding_key, raster_key
from inference.prompt.figures import Tally
from inference.prompt.reading import read_window
from inference.prompt.windows import Window

_WAIT_S = 0.05


class Embedder:
    """Gives the embedding of a window. Any thread may ask; the encoder runs for one at a time."""

    def __init__(
        self, plot: Plot, segmenter: PromptSegmenter, files: EmbeddingFiles, memory: RecentEmbeddings, tally: Tally
    ) -> None:
        self._plot = plot
        self._segmenter = segmenter
        self._files = files
        self._memory = memory
        self._tally = tally
        self._raster_key = raster_key(plot, elevation=segmenter.reads_elevation)
        self._model_key = segmenter.model_key
        self._encoder = threading.Lock()
        self._in_work: Window | None = None

    @property
    def in_work(self) -> Window | None:
        """The window that the encoder looks at just now."""
        return self._in_work

    def key(self, window: Window) -> str:
        """Name of a window's embedding."""
        return embedding_key(self._raster_key, window.key, self._model_key)

    def has(self, window: Window) -> bool:
        """Whether a window needs no encoder."""
        key = self.key(window)
        return self._memory.has(key) or self._files.has(key)

    def get(self, window: Window, cancel: CancelToken) -> Embedding:
        """The embedding of a window.

        Raises:
            Cancelled: `cancel` was set; also while another thread is at the encoder.
            ModelError, RasterError: the model or a raster fails.
        """
        found = self._found(window)
        if found is not None:
            return found
        with self._at_the_encoder(window, cancel):
            # Another thread may have embedded it while this one waited.
            return self._found(window) or self._embed(window, cancel)

    def _found(self, window: Window) -> Embedding | None:
        key = self.key(window)
        embedding = self._memory.get(key)
        if embedding is not None:
            self._tally.add(from_memory=1)
            return embedding
        arrays = self._files.get(key)
        if arrays is None:
            return None
        embedding = Embedding(window.grid, arrays)
        self._memory.put(key, embedding)
        self._tally.add(from_disk=1)
        return embedding

    def _embed(self, window: Window, cancel: CancelToken) -> Embedding:
        started_s = time.perf_counter()
        tile = read_window(self._plot, window.grid, cancel, elevation=self._segmenter.reads_elevation)
        embedding = self._segmenter.embed(tile, cancel)
        self._tally.add(encoder_runs=1, last_embed_ms=1e3 * (time.perf_counter() - started_s))
        key = self.key(window)
        self._memory.put(key, embedding)
        self._files.put(key, embedding.arrays)
        return embedding

    @contextmanager
    def _at_the_encoder(self, window: Window, cancel: CancelToken) -> Iterator[None]:
        while not self._encoder.acquire(timeout=_WAIT_S):
            cancel.check()
        self._in_work = window
        try:
            yield
        finally:
            self._in_work = None
            self._encoder.release()
