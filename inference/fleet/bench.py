"""What a worker keeps at hand between two pieces of work: open plots and loaded models."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from inference.errors import InputError, ModelError
from inference.fleet.orders import PlotAddress, SegmenterAddress
from inference.plot.plot import Plot
from inference.segment.base import Segmenter
from inference.traits.base import TraitModel

Key = TypeVar("Key")
Thing = TypeVar("Thing")

_PLOTS = 4
_MODELS = 2


@dataclass(slots=True)
class _Held(Generic[Thing]):
    thing: Thing
    users: int = 0


@dataclass(slots=True)
class _Shelf(Generic[Key, Thing]):
    """Things by key, the one used last at the end; beyond `room` those that nobody uses are put away."""

    room: int
    put_away: Callable[[Thing], object]
    held: dict[Key, _Held[Thing]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def use(self, key: Key, make: Callable[[], Thing]) -> Iterator[Thing]:
        """The thing of a key, made when it is not there; others wait meanwhile, as they may want the same one."""
        with self.lock:
            entry = self.held.pop(key, None) or _Held(make())
            self.held[key] = entry
            entry.users += 1
        try:
            yield entry.thing
        finally:
            with self.lock:
                entry.users -= 1
                idle = [name for name, other in self.held.items() if not other.users]
                for name in idle[: max(0, len(self.held) - self.room)]:
                    self.put_away(self.held.pop(name).thing)


class Bench:
    """Open plots and loaded models of one worker process, for all of its threads."""

    def __init__(self) -> None:
        self._plots: _Shelf[PlotAddress, Plot] = _Shelf(_PLOTS, Plot.close)
        self._segmenters: _Shelf[SegmenterAddress, Segmenter] = _Shelf(_MODELS, lambda _: None)
        self._readers: _Shelf[tuple[str, str], TraitModel] = _Shelf(_MODELS, lambda model: model.close())

    @contextmanager
    def plot(self, address: PlotAddress) -> Iterator[Plot]:
        """The plot, open.

        Raises:
            InputError: its files cannot be read here, or are others than where the run was started.
        """
        with self._plots.use(address, lambda: _opened(address)) as plot:
            yield plot

    @contextmanager
    def segmenter(self, address: SegmenterAddress) -> Iterator[Segmenter]:
        """The segmenter, with the very parameters and weights that were asked for.

        Raises:
            ModelError: it is not installed here, or is another one under the same id.
        """
        with self._segmenters.use(address, lambda: _segmenter(address)) as segmenter:
            yield segmenter

    @contextmanager
    def reader(self, model_id: str, model_key: str) -> Iterator[TraitModel]:
        """The trait model, with the very weights that were asked for.

        Raises:
            ModelError: it is not installed here, or is another one under the same id.
        """
        with self._readers.use((model_id, model_key), lambda: _reader(model_id, model_key)) as model:
            yield model


def _opened(address: PlotAddress) -> Plot:
    plot = Plot.open(address.sources, check=False)
    try:
        same = plot.content_key() == address.content_key
    except OSError:
        same = False
    if not same:
        plot.close()
        raise InputError(
            "fleet.other_rasters",
            "{ortho} or its elevation is not the same file there (size, time of change or content differ).",
            ortho=address.sources.ortho,
        )
    return plot


def _segmenter(address: SegmenterAddress) -> Segmenter:
    from inference.segment.registry import make_segmenter

    wanted = dict(address.parameters)
    found = make_segmenter(address.model_id, {name: value for name, value in wanted.items() if name != "weights"})
    if dict(found.parameters) != wanted:
        raise _other_model(address.model_id)
    return found


def _reader(model_id: str, model_key: str) -> TraitModel:
    from inference.traits.registry import make_trait_model

    model = make_trait_model(model_id)
    if model.model_key != model_key:
        model.close()
        raise _other_model(model_id)
    return model


def _other_model(model_id: str) -> ModelError:
    return ModelError(
        "fleet.other_model",
        "A model {model_id} is installed on that machine, but its weights or settings are not those of the model that "
        "this run uses, so its results would not match those of the other machines.",
        model_id=model_id,
    )
