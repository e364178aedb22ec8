"""One ONNX graph, loaded and ready to run: threads, providers, stopping and memory are settled here for all models."""

import logging
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from inference.errors import Cancelled, ModelError
from inference.jobs import CancelToken
from inference.models import providers

Array = npt.NDArray[Any]
Dimension = int | str | None

_logger = logging.getLogger(__name__)

_SIGNAL_INTERVAL_S = 0.25  # on Windows a waiting thread handles Ctrl-C only when the wait ends
_SILENT = 4  # ONNX Runtime's own lines on standard error; what matters arrives as an error
# What ONNX Runtime's allocators and the C++ library say when memory runs out; there is no code of its own for it.
_MEMORY_WORDS = ("failed to allocate memory", "bad_alloc", "bad allocation", "out of memory", "not enough memory")


def default_threads() -> int:
    """All cores that this process may use but one, so that the window stays quick; at least one."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)) - 1)
    return max(1, (os.cpu_count() or 1) - 1)


class GraphSession:
    """A loaded ONNX graph.

    Several may live at once; each holds its weights until it is closed. `run` may be called from any thread.

    Attributes:
        path: the graph's file.
        provider: the execution provider that does the work ("CPUExecutionProvider").
        inputs, outputs: shape by name; a dimension that is not fixed is its name or None.
    """

    def __init__(self, path: Path, session: Any, *, threads: int, keep_memory: bool) -> None:
        self.path = path
        self.provider: str = session.get_providers()[0]
        self.inputs: Mapping[str, tuple[Dimension, ...]] = {one.name: tuple(one.shape) for one in session.get_inputs()}
        self.outputs: Mapping[str, tuple[Dimension, ...]] = {
            one.name: tuple(one.shape) for one in session.get_outputs()
        }
        self._session = session
        self._threads = threads
        self._keep_memory = keep_memory
        self._runner: ThreadPoolExecutor | None = None

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        threads: int | None = None,
        provider: str | None = None,
        keep_memory: bool = True,
        may_fall_back: bool = True,
    ) -> "GraphSession":
        """Load a graph.

        Args:
            path: the ONNX file; of an installed model, `InstalledModel.graph` gives it, verified.
            threads: within one operator; by default all cores but one.
            provider: name of an execution provider; by default the one that `providers.chosen` has tried. A graph
                that it cannot load falls back to the CPU, with a line in the log.
            may_fall_back: False raises the provider's own error instead.
            keep_memory: hold the working memory of a run for the next one, for small graphs that are run often. False
                gives it back after each run, for large ones: SAM's ViT-B encoder peaks at 1.6 instead of 2.3 GB and
                holds 0.7 between runs, in the same time; its prompt graph would take 1.4 times as long.

        Raises:
            ModelError: the file is missing or is no graph, or memory does not suffice.
        """
        wanted = provider or providers.chosen()
        names = [wanted] if wanted == providers.CPU else [wanted, providers.CPU]
        threads = threads or default_threads()
        try:
            session = _load(path, names, threads)
        except ModelError:
            if wanted == providers.CPU or not may_fall_back:
                raise
            _logger.info("%s does not load on %s, CPU instead", path.name, wanted, exc_info=True)
            session = _load(path, [providers.CPU], threads)
        loaded = cls(path, session, threads=threads, keep_memory=keep_memory)
        _logger.info("%s runs on %s", path.name, loaded.provider)
        return loaded

    def run(
        self,
        feeds: Mapping[str, Array],
        outputs: Sequence[str] | None = None,
        cancel: CancelToken | None = None,
    ) -> dict[str, Array]:
        """Run the graph once.

        Args:
            feeds: arrays by input name; other layouts than C order are copied.
            outputs: names of those wanted; all by default.
            cancel: stops within one operator of the graph.

        Raises:
            Cancelled: `cancel` was set.
            ModelError: memory does not suffice, or the graph refuses the arrays.
        """
        if self._session is None:
            raise RuntimeError(f"the session of {self.path.name} is closed")
        names = list(self.outputs) if outputs is None else list(outputs)
        arrays = {name: np.ascontiguousarray(array) for name, array in feeds.items()}
        options = _run_options(keep_memory=self._keep_memory)
        if cancel is None:
            results = self._run(names, arrays, options)
        else:
            cancel.check()

            def stop() -> None:
                options.terminate = True

            with cancel.stopping(stop):
                results = self._run_stoppable(names, arrays, options, cancel)
        return dict(zip(names, results, strict=True))

    def close(self) -> None:
        """Free the weights and the working memory; safe to call twice."""
        self._session = None
        if self._runner is not None:
            self._runner.shutdown()
            self._runner = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run_stoppable(
        self, names: list[str], arrays: dict[str, Array], options: Any, cancel: CancelToken
    ) -> list[Array]:
        try:
            if threading.current_thread() is not threading.main_thread():
                return self._run(names, arrays, options)
            # Python handles Ctrl-C in the main thread and only between two of its own steps. A run there would hold
            # the handler up until its end, so the run goes to another thread while the main one waits.
            if self._runner is None:
                self._runner = ThreadPoolExecutor(1, thread_name_prefix="graph")
            future = self._runner.submit(self._run, names, arrays, options)
            while not wait([future], timeout=_SIGNAL_INTERVAL_S).done:
                pass
            return future.result()
        except ModelError as error:
            if cancel.is_cancelled:
                raise Cancelled from error
            raise

    def _run(self, names: list[str], arrays: dict[str, Array], options: Any) -> list[Array]:
        try:
            results: list[Array] = _translated(self.path, lambda: self._session.run(names, arrays, options))
        except ModelError:
            if self.provider == providers.CPU or options.terminate:
                raise
            # A graphics card has less memory than the computer, and a driver may fail on one operator alone.
            _logger.info("%s does not run on %s, CPU instead", self.path.name, self.provider, exc_info=True)
            self._session = _load(self.path, [providers.CPU], self._threads)
            self.provider = providers.CPU
            results = _translated(self.path, lambda: self._session.run(names, arrays, options))
        return results


def _load(path: Path, names: list[str], threads: int) -> Any:
    import onnxruntime

    if missing := [name for name in names if name not in onnxruntime.get_available_providers()]:
        raise _unusable(path, f"{missing[0]} is not among the providers that are installed")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = _SILENT
    # Threads that wait busily for the next operator take the cores from the window and from the tile reader.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Planned memory comes on top of what the first run took: SAM ViT-B would hold 2.5 GB instead of 1.6, no faster.
    options.enable_mem_pattern = False
    # ONNX Runtime's own falling back prints to standard output, where programs read our JSON.
    return _translated(
        path, lambda: onnxruntime.InferenceSession(str(path), options, providers=names, enable_fallback=0)
    )


def _run_options(*, keep_memory: bool) -> Any:
    import onnxruntime

    options = onnxruntime.RunOptions()
    options.log_severity_level = _SILENT
    if not keep_memory:
        options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    return options


def _translated(path: Path, work: Callable[[], Any]) -> Any:
    """Do `work`; ONNX Runtime's errors become sentences."""
    from onnxruntime.capi import onnxruntime_pybind11_state as native

    kinds: tuple[type[Exception], ...] = (
        *(native.Fail, native.InvalidArgument, native.InvalidGraph, native.InvalidProtobuf, native.NoModel),
        *(native.NoSuchFile, native.NotImplemented, native.RuntimeException, native.EPFail, native.EngineError),
        *(ValueError, RuntimeError),
    )
    try:
        return work()
    except MemoryError as error:
        raise _memory(path) from error
    except kinds as error:
        said = str(error)
        if any(word in said.lower() for word in _MEMORY_WORDS):
            raise _memory(path) from error
        raise _unusable(path, said) from error


def _unusable(path: Path, said: str) -> ModelError:
    return ModelError(
        "model.graph",
        "The model file {name} does not work here: ONNX Runtime says: {reason}. Check it with "
        "`birchtree models verify`, or get it again.",
        name=path.name,
        reason=_short(said),
    )


def _memory(path: Path) -> ModelError:
    return ModelError(
        "model.memory",
        "This computer's memory is not enough for the model file {name}. Close other programs, or use a smaller model.",
        name=path.name,
    )


def _short(said: str) -> str:
    """ONNX Runtime's message in one line of bearable length."""
    line = " ".join(said.split())
    return line if len(line) <= 300 else line[:297] + "..."
