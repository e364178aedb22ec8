"""Clicking on one plot with one model: what is embedded where, what a prompt outlines, without threads of its own.

One thread may call what embeds (`embed_next`, `embed_for`) while another one asks (`propose`, `hover`); `ready_for`,
`set_view` and `figures` may be called from any. No lock is held while a graph runs except the encoder's own.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

import shapely

from inference import paths
from inference.errors import InputError
from inference.jobs import CancelToken
from inference.models.card import ModelCard
from inference.models.store import ModelStore
from inference.plot.grid import Bounds
from inference.plot.plot import Plot
from inference.prompt.answering import Answerer
from inference.prompt.base import Embedding, Place, Prompt, PromptResult, PromptSegmenter
from inference.prompt.cache import FOLDER, EmbeddingFiles, RecentEmbeddings
from inference.prompt.canopy import Assists
from inference.prompt.embedder import Embedder
from inference.prompt.encoder_input import no_elevation
from inference.prompt.figures import PromptFigures, Tally
from inference.prompt.outlining import OutlineRules
from inference.prompt.sam import SamSegmenter
from inference.prompt.scene import Scene, read_scene
from inference.prompt.windows import Lattice, Window

# Windows embedded ahead for a view; further out than this many nobody clicks before the view moves on.
MAX_AHEAD = 12
_SERVED_SHARE = 0.02
_WIDEST_VIEW = 2.5  # cells of the coarsest level to a pixel of the screen
_MAX_SCENES = 48


class ClosableSegmenter(PromptSegmenter, Protocol):
    """A model that holds memory until it is closed."""

    def close(self) -> None:
        """Give it back."""
        ...


class PromptSession:
    """The clicking of one plot with one model."""

    def __init__(
        self,
        plot: Plot,
        segmenter: ClosableSegmenter,
        files: EmbeddingFiles,
        *,
        memory: RecentEmbeddings | None = None,
        assists: Assists | None = None,
        rules: OutlineRules | None = None,
    ) -> None:
        """`files` and `memory` keep embeddings; `assists` is what elevation may do, changed by `set_assists`."""
        self._plot = plot
        self._segmenter = segmenter
        self._lattice = Lattice.of(segmenter.card, crs_wkt=plot.crs_wkt, unit_m=plot.unit_m, ortho_gsd_m=plot.gsd_m)
        self._tally = Tally()
        self._embedder = Embedder(plot, segmenter, files, memory or RecentEmbeddings(), self._tally)
        self._level = self._lattice.level_for(plot.gsd_m / plot.unit_m)
        self._view_crs: Bounds | None = None
        self._view_cell_crs = 0.0
        self._scenes: OrderedDict[str, Scene] = OrderedDict()
        self._lock = threading.Lock()
        self._assists = assists or Assists()
        self._answerer = Answerer(segmenter, plot.unit_m, rules or OutlineRules())
        self._worked_on: tuple[Prompt, Window] | None = None

    @property
    def card(self) -> ModelCard:
        """The model's card."""
        return self._segmenter.card

    @property
    def figures(self) -> PromptFigures:
        """What was done so far."""
        return replace(self._tally.figures, prompt_runs=self._answerer.prompt_runs)

    @property
    def assists(self) -> Assists:
        """What elevation may do."""
        return self._assists

    def set_assists(self, assists: Assists) -> None:
        """Switch what elevation may do; the next answer follows."""
        with self._lock:
            self._assists = assists
            self._scenes.clear()

    def set_view(self, bounds_crs: Bounds, gsd_m: float) -> None:
        """Tell what is on the screen.

        Args:
            bounds_crs: the view, (left, bottom, right, top) in the plot CRS.
            gsd_m: metres per pixel of the screen: decides at which cell size the model looks.
        """
        with self._lock:
            self._view_crs = bounds_crs
            self._view_cell_crs = gsd_m / self._plot.unit_m
            self._level = self._lattice.level_for(self._view_cell_crs)

    def pending(self) -> list[Window]:
        """Windows still to embed for the view, nearest to its middle first.

        None without a view, and none in a view so wide that its crowns are specks: nobody clicks there.
        """
        seen = self._seen()
        if seen is None:
            return []
        windows = self._lattice.covering(seen.bounds, self._level)[:MAX_AHEAD]
        near = {one.key: one for window in windows for one in self._lattice.around(window)}
        served = shapely.union_all([shapely.box(*one.served_crs) for one in near.values() if self._embedder.has(one)])
        left_over = []
        for window in windows:
            part = shapely.intersection(shapely.box(*window.served_crs), seen)
            if shapely.difference(part, served).area > _SERVED_SHARE * part.area:
                left_over.append(window)
        return left_over

    def embed_next(self, cancel: CancelToken) -> bool:
        """Embed the next window of the view, or fetch one that is on disk; False when nothing is left to do.

        Raises:
            Cancelled: `cancel` was set.
            ModelError, RasterError: the model or a raster fails.
        """
        window = next(iter(self._unfetched() or self.pending()), None)
        if window is not None:
            self._embedded(window, cancel)
        return window is not None

    def ready_for(self, xy_crs: Place) -> bool:
        """Whether a click there is answered at once: a window that serves it is in memory or on disk."""
        return any(
            self._embedder.has(window)
            for level in self._lattice.levels_near(self._level)
            for window in self._lattice.serving(xy_crs, level)
        )

    def answers_soon(self, prompt: Prompt) -> bool:
        """Whether the encoder need not be started for a prompt: its window is there, or being embedded just now."""
        return any(one == self._embedder.in_work or self._embedder.has(one) for one in self._windows_for(prompt))

    def embed_for(self, xy_crs: Place, gsd_m: float, cancel: CancelToken) -> None:
        """Make a place ready at the cell size of a view: embed its window unless one that serves it is there.

        Raises:
            Cancelled: `cancel` was set.
            ModelError, RasterError: the model or a raster fails.
        """
        level = self._lattice.level_for(gsd_m / self._plot.unit_m)
        windows = self._lattice.serving(xy_crs, level)
        self._embedded(next((one for one in windows if self._embedder.has(one)), windows[0]), cancel)

    def propose(self, prompt: Prompt, cancel: CancelToken) -> PromptResult | None:
        """The crown that a prompt means; embeds its window first where that is still to do.

        Returns:
            None when the prompt says nothing, or the model finds nothing there.

        Raises:
            Cancelled: `cancel` was set.
            InputError: the marks lie too far apart for one crown.
            ModelError, RasterError: the model or a raster fails.
        """
        if not prompt.says_where:
            return None
        window = self._window_for(prompt)
        embedding, scene = self._embedded(window, cancel)
        started_s = time.perf_counter()
        result = self._answerer.answer(prompt, embedding, scene, self._assists, cancel)
        self._worked_on = (prompt, window)
        self._tally.add(last_click_ms=1e3 * (time.perf_counter() - started_s))
        return result

    def hover(self, xy_crs: Place, cancel: CancelToken) -> shapely.Polygon | None:
        """A quick outline of what a click there would give; None where the place is not ready.

        Raises:
            Cancelled: `cancel` was set.
        """
        prompt = Prompt().including(xy_crs)
        window = next((one for one in self._windows_for(prompt) if self._embedder.has(one)), None)
        if window is None:
            return None
        embedding, scene = self._embedded(window, cancel)
        started_s = time.perf_counter()
        outline = self._answerer.preview(prompt, embedding, scene, self._assists, cancel)
        self._tally.add(last_hover_ms=1e3 * (time.perf_counter() - started_s))
        return outline

    def close(self) -> None:
        """Give the model's memory back; embeddings stay on disk."""
        self._segmenter.close()

    def _seen(self) -> shapely.Polygon | None:
        """The part of the view that has the plot in it; None where nothing is to be done ahead."""
        if self._view_crs is None or self._view_cell_crs > _WIDEST_VIEW * self._lattice.cell_at(self._level):
            return None
        seen = shapely.intersection(shapely.box(*self._view_crs), shapely.box(*self._plot.bounds_crs))
        return seen if seen.area > 0 else None

    def _unfetched(self) -> list[Window]:
        """Windows of the view that lie on disk and whose first click would wait for reading."""
        seen = self._seen()
        if seen is None:
            return []
        windows = self._lattice.covering(seen.bounds, self._level)[:MAX_AHEAD]
        near = {one.key: one for window in windows for one in self._lattice.around(window)}
        here = [one for one in near.values() if shapely.intersects(shapely.box(*one.served_crs), seen)]
        there = [one for one in here if self._embedder.has(one)][:MAX_AHEAD]
        with self._lock:
            return [one for one in there if self._embedder.key(one) not in self._scenes]

    def _windows_for(self, prompt: Prompt) -> Iterator[Window]:
        """Windows that could answer, the most wanted first."""
        bounds_crs = prompt.bounds_crs
        for level in self._lattice.levels_near(self._level):
            yield from self._lattice.holding(bounds_crs, level)

    def _window_for(self, prompt: Prompt) -> Window:
        # One crown is worked on in one window: an answer must not jump because a finer window has come meanwhile.
        if self._worked_on is not None:
            earlier, window = self._worked_on
            continues = earlier.outline == prompt.outline and earlier.marks[:1] == prompt.marks[:1]
            if continues and window.holds(prompt.bounds_crs):
                return window
        windows = list(self._windows_for(prompt))
        if not windows:
            raise InputError(
                "prompt.too_wide",
                "The marks lie further apart than the model can see at once. Zoom out, or mark one crown at a time.",
            )
        in_work = [one for one in windows if one == self._embedder.in_work]
        return next((one for one in windows if self._embedder.has(one)), (in_work or windows)[0])

    def _embedded(self, window: Window, cancel: CancelToken) -> tuple[Embedding, Scene]:
        embedding = self._embedder.get(window, cancel)
        return embedding, self._scene(self._embedder.key(window), embedding, cancel)

    def _scene(self, key: str, embedding: Embedding, cancel: CancelToken) -> Scene:
        with self._lock:
            scene = self._scenes.get(key)
            if scene is not None:
                self._scenes.move_to_end(key)
                return scene
        assists = self._assists
        scene = read_scene(self._plot, self._segmenter.mask_grid(embedding), assists, cancel)
        with self._lock:
            if assists is self._assists:
                self._scenes[key] = scene
            while len(self._scenes) > _MAX_SCENES:
                self._scenes.popitem(last=False)
        return scene


def open_prompt_session(
    plot: Plot,
    model_id: str,
    store: ModelStore,
    *,
    assists: Assists | None = None,
    threads: int | None = None,
) -> PromptSession:
    """Ready a model for clicking on a plot; loads its prompt graph (some 16 MB for SAM), not its encoder.

    Args:
        plot: stays open as long as the session.
        model_id: of a model with an encoder and a prompt graph, see `ModelStore.models("prompt")`.
        store: where it is installed.
        assists: what elevation may do; everything by default.
        threads: of a graph; see `SamSegmenter` for the default.

    Raises:
        ModelError: no such model, it is damaged, is not made for clicking, or needs elevation that the plot lacks.
    """
    model = store.get(model_id)
    if model.card.needs_dsm and plot.elevation is None:
        raise no_elevation(model.card)
    segmenter = SamSegmenter(model, threads=threads)
    return PromptSession(plot, segmenter, EmbeddingFiles(paths.cache_dir() / FOLDER), assists=assists)
