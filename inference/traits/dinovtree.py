"""DINOvTree on ONNX Runtime: height, species logits, embedding and attention of each crown from its picture.

The graph (card family "dinovtree", role "traits") normalises inside; pictures go in as they are, 0..1, and where a
graph asks for them the cells of the crown (`crown`) and the canopy height (`elevation_m`). Measured on two
cores, crops go through fastest one at a time on two sessions of one thread each: batches gain nothing and cost memory.
"""

import queue
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from inference.errors import ModelError
from inference.jobs import CancelToken
from inference.models.card import ModelCard
from inference.models.sessions import GraphSession, default_threads
from inference.models.store import InstalledModel
from inference.traits.base import CrownCrop, TraitBatch, side_px
from inference.traits.domain import ROLE as CLOUD
from inference.traits.domain import TrainingCloud

FAMILY = "dinovtree"
ROLE = "traits"
_CPU = "CPUExecutionProvider"
# A second copy of larger weights would cost more memory than it brings speed.
_LARGE_BYTES = 800_000_000
_KEY_LETTERS = 16
_SIGNAL_INTERVAL_S = 0.25  # on Windows a waiting thread handles Ctrl-C only when the wait ends
_ATTENTION = ("attention_species", "attention_height")


class DinovtreeModel:
    """A trait model of the family "dinovtree", loaded.

    Args:
        model: installed; its graph is verified and loaded here.
        with_attention: also return the attention maps, for a person to look at.

    Raises:
        ModelError: the graph is missing, damaged or not what the card says; memory does not suffice.
    """

    def __init__(self, model: InstalledModel, *, with_attention: bool = False) -> None:
        self._card = model.card
        path = model.graph(ROLE)
        self._key = model.card.graphs[ROLE].sha256[:_KEY_LETTERS]
        self._cloud = TrainingCloud.load(model.graph(CLOUD)) if CLOUD in model.card.graphs else None
        self._sessions = _sessions(path, model.card.graphs[ROLE].size_bytes)
        self._check_inputs(self._sessions[0])
        names = ("logits", "height_m", "embedding", *(_ATTENTION if with_attention else ()))
        self._names = tuple(name for name in names if name in self._sessions[0].outputs)
        self._free: queue.SimpleQueue[GraphSession] = queue.SimpleQueue()
        for session in self._sessions:
            self._free.put(session)
        self._pool = ThreadPoolExecutor(len(self._sessions), thread_name_prefix="traits")

    @property
    def card(self) -> ModelCard:
        """Needs and origin."""
        return self._card

    @property
    def model_key(self) -> str:
        """Start of the graph's SHA-256."""
        return self._key

    def close(self) -> None:
        """Free the weights."""
        self._pool.shutdown(cancel_futures=True)
        for session in self._sessions:
            session.close()

    def predict(self, crops: Sequence[CrownCrop], cancel: CancelToken) -> TraitBatch:
        """Traits of the crops, in their order; see `TraitModel.predict`."""
        futures = [self._pool.submit(self._one, crop, cancel) for crop in crops]
        try:
            results = [_result(future) for future in futures]
        finally:
            for future in futures:
                future.cancel()
        return self._joined(results)

    def _one(self, crop: CrownCrop, cancel: CancelToken) -> dict[str, npt.NDArray[np.float32]]:
        session = self._free.get()
        try:
            feeds = {name: make(crop) for name, make in _INPUTS.items() if name in session.inputs}
            return session.run(feeds, self._names, cancel)
        finally:
            self._free.put(session)

    def _joined(self, results: Sequence[Mapping[str, npt.NDArray[np.float32]]]) -> TraitBatch:
        count, classes = len(results), len(self._card.classes)
        if not count:
            return TraitBatch(np.zeros(0, np.float32), np.zeros((0, classes), np.float32))
        found = {name: np.concatenate([result[name] for result in results]) for name in self._names}
        height = found["height_m"].reshape(count, -1).astype(np.float32)
        logits, embedding = found["logits"], found.get("embedding")
        if height.shape[1] != 1 or logits.shape != (count, classes):
            raise self._wrong(f"it gives {logits.shape[-1]} classes where its card names {classes}")
        if not (np.isfinite(height).all() and np.isfinite(logits).all()):
            raise self._wrong("it gives numbers that are none (NaN)")
        if not self._card.settings.get("height_is_metres", True):
            height = np.full_like(height, np.nan)
        ood = None if self._cloud is None or embedding is None else self._cloud.percentile(embedding)
        return TraitBatch(
            height[:, 0], logits, embedding, ood, found.get("attention_species"), found.get("attention_height")
        )

    def _check_inputs(self, session: GraphSession) -> None:
        shape = session.inputs.get("rgb", ())
        side = side_px(self._card)
        fits = len(shape) == 4 and shape[1] == 3 and all(not isinstance(s, int) or s == side for s in shape[2:])
        if not fits or not set(session.inputs) <= set(_INPUTS) or not {"logits", "height_m"} <= set(session.outputs):
            for opened in self._sessions:
                opened.close()
            raise self._wrong(f"its graph does not take pictures of {side} cells and give species and heights")

    def _wrong(self, why: str) -> ModelError:
        return ModelError(
            "model.outputs",
            "The model {model_id} cannot be used: {why}. Convert it again, or ask whoever made it.",
            model_id=self._card.id,
            why=why,
        )


def _rgb(crop: CrownCrop) -> npt.NDArray[np.float32]:
    return crop.rgb[None].astype(np.float32) / np.float32(255.0)


def _crown(crop: CrownCrop) -> npt.NDArray[np.float32]:
    return crop.crown[None, None].astype(np.float32)


def _elevation_m(crop: CrownCrop) -> npt.NDArray[np.float32]:
    """Height above ground, -1 where it is not known; below the ground there is none."""
    if crop.chm_m is None:
        return np.full((1, 1, *crop.crown.shape), -1.0, np.float32)
    known = np.isfinite(crop.chm_m)
    return np.where(known, np.maximum(np.nan_to_num(crop.chm_m), 0.0), -1.0).astype(np.float32)[None, None]


# What a graph may ask for, (1, C, S, S); all of them want the picture.
_INPUTS: Mapping[str, Callable[[CrownCrop], npt.NDArray[np.float32]]] = MappingProxyType(
    {"rgb": _rgb, "crown": _crown, "elevation_m": _elevation_m}
)


def _result(future: "Future[dict[str, npt.NDArray[np.float32]]]") -> dict[str, npt.NDArray[np.float32]]:
    while not wait([future], timeout=_SIGNAL_INTERVAL_S).done:
        pass
    return future.result()


def _sessions(path: Path, size_bytes: int) -> tuple[GraphSession, ...]:
    """Two sessions that share the cores; one where the weights are large, or where a graphics card does the work."""
    cores = default_threads() + 1
    threads = max(1, (cores - 1) // 2)
    if cores < 2 or size_bytes > _LARGE_BYTES:
        return (GraphSession.open(path),)
    first = GraphSession.open(path, threads=threads)
    if first.provider != _CPU:
        return (first,)
    return (first, GraphSession.open(path, threads=threads))
