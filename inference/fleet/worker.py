"""What a worker does with an order. Runs in processes that Dask started, on any machine; writes no file of a plot."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from inference import env, logs
from inference.crowns.crown import Measures
from inference.errors import BirchtreeError, ModelError, RasterError
from inference.fleet.bench import Bench
from inference.fleet.orders import MeasureOrder, OutlineOrder, ReadOrder, Refusal, Stage, difference, versions
from inference.jobs import CancelToken
from inference.pipeline.crew import ReadGroup
from inference.pipeline.crown_readings import read_piece
from inference.pipeline.heights import measure_group
from inference.pipeline.tile_work import outlined_here
from inference.project.store import StagedCrown

Given = TypeVar("Given")
Outlined = tuple[tuple[int, list[StagedCrown]], ...]

_BENCH = "birchtree_bench"


@dataclass(slots=True)
class _Course:
    """How far a piece of work has come, for the sentence when it fails."""

    stage: Stage = "version"


def outline(order: OutlineOrder, ours: Mapping[str, str]) -> Outlined | Refusal:
    """The staged crowns of the order's tiles.

    Args:
        order: the tiles.
        ours: versions where the run was started.
    """
    return _answer(partial(_outlined, order), ours)


def measure(order: MeasureOrder, ours: Mapping[str, str]) -> tuple[dict[int, Measures], ...] | Refusal:
    """Measures by tree_id of each group in the order; arguments as for `outline`."""
    return _answer(partial(_measured, order), ours)


def read(order: ReadOrder, ours: Mapping[str, str]) -> tuple[ReadGroup, ...] | Refusal:
    """What the trait model says of the order's crowns; arguments as for `outline`."""
    return _answer(partial(_read, order), ours)


def _outlined(order: OutlineOrder, bench: Bench, course: _Course) -> Outlined:
    course.stage = "rasters"
    with bench.plot(order.plot) as plot:
        course.stage = "model"
        with bench.segmenter(order.segmenter) as segmenter:
            course.stage = "work"
            return tuple(outlined_here(plot, segmenter, order.rules, order.tiles, CancelToken()))


def _measured(order: MeasureOrder, bench: Bench, course: _Course) -> tuple[dict[int, Measures], ...]:
    course.stage = "rasters"
    with bench.plot(order.plot) as plot:
        course.stage = "work"
        return tuple(measure_group(group, plot.elevation, order.rules) for group in order.groups)


def _read(order: ReadOrder, bench: Bench, course: _Course) -> tuple[ReadGroup, ...]:
    course.stage = "rasters"
    with bench.plot(order.plot) as plot:
        course.stage = "model"
        with bench.reader(order.model_id, order.model_key) as model:
            course.stage = "work"
            return read_piece(plot, model, order.crowns, order.top_k, CancelToken())


def _answer(work: Callable[[Bench, _Course], Given], ours: Mapping[str, str]) -> Given | Refusal:
    """Do the work; what a person can act on goes back as a value, since an error would lose its code on the way."""
    from distributed import get_worker

    worker = get_worker()
    course = _Course()
    changed = difference(ours, versions())
    if changed:
        return Refusal(worker.address, course.stage, "fleet.versions", changed)
    bench = _bench_of(worker)
    try:
        return work(bench, course)
    except BirchtreeError as error:
        is_model, may_pass = isinstance(error, ModelError), isinstance(error, RasterError)
        return Refusal(worker.address, course.stage, error.code, str(error), is_model, may_pass)


def _bench_of(worker: object) -> Bench:
    """The bench of this process, made by whichever of its threads comes first."""
    held: dict[str, Bench] = vars(worker)
    if _BENCH not in held:
        env.scrub()  # foreign GDAL and PROJ variables of the machine's user, before the first raster is opened
        logs.quiet_libraries()
    return held.setdefault(_BENCH, Bench())
