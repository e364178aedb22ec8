"""Many plots, one after another or some at once: a failed one does not stop the others; a table tells at the end."""

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol, TypeVar

from inference.cli.output import Output
from inference.errors import BirchtreeError, Cancelled, ExitCode, InputError
from inference.jobs import CancelToken, JobContext, Progress

State = Literal["done", "failed", "stopped"]


class Named(Protocol):
    """A plot to work on."""

    @property
    def name(self) -> str:
        """For a person."""
        ...


Task = TypeVar("Task", bound=Named)
Result = tuple[Mapping[str, object], str]


@dataclass(frozen=True, slots=True)
class PlotEnd:
    """What became of one plot.

    Attributes:
        name: of the plot.
        state: "stopped" where the user stopped before it was done.
        sentence: the result, or the error.
        facts: the result for programs; empty for a plot that is not done.
        code, exit_code: of the error.
    """

    name: str
    state: State
    sentence: str
    facts: Mapping[str, object] = field(default_factory=dict)
    code: str = ""
    exit_code: int = 0

    def to_json(self) -> dict[str, object]:
        """For programs."""
        told = {"plot": self.name, "state": self.state, "sentence": self.sentence, **self.facts}
        return {**told, "code": self.code, "exit_code": self.exit_code} if self.code else told


class Voice(Output):
    """An output for one of several plots: its sentences carry the plot's name, and nobody else speaks meanwhile."""

    def __init__(self, output: Output, lock: threading.Lock, name: str) -> None:
        super().__init__(output.as_json, output.progress_style, output.stdout, output.stderr)
        self._whole, self._lock, self._name = output, lock, name

    def say(self, text: str) -> None:
        """A sentence for the person at the keyboard."""
        with self._lock:
            self._whole.say(f"{self._name}: {text}")

    def warn(self, text: str) -> None:
        """A sentence that must be seen even when the output is redirected."""
        with self._lock:
            self._whole.warn(f"{self._name}: {text}")

    def progress(self, progress: Progress) -> None:
        """Show where the job stands: JSON has the plot in `note`."""
        with self._lock:
            if self._whole.progress_style == "json":
                self._whole.progress(replace(progress, note=self._name))
            else:
                self._whole.progress(replace(progress, stage=f"{self._name}: {progress.stage}"))


def do_all(
    tasks: Sequence[Task],
    work: Callable[[Task, JobContext, Output], Result],
    output: Output,
    cancel: CancelToken,
    *,
    at_once: int = 1,
) -> tuple[PlotEnd, ...]:
    """Work on every plot, whatever becomes of the others.

    Args:
        tasks: the plots.
        work: does one plot, in a thread of its own; gives its facts and a sentence. The output it gets names the plot.
        output: told each plot's end as it comes.
        cancel: stops all of them.
        at_once: how many plots are under way at a time.

    Returns:
        What became of each, in the order of `tasks`.
    """
    lock = threading.Lock()
    ends: dict[int, PlotEnd] = {}
    with ThreadPoolExecutor(max(1, at_once), thread_name_prefix="plot") as pool:
        futures = {
            pool.submit(_end_of, task, work, Voice(output, lock, task.name), cancel): place
            for place, task in enumerate(tasks)
        }
        for future in as_completed(futures):
            end = ends[futures[future]] = future.result()
            with lock:
                output.event("plot", done=len(ends), total=len(tasks), **end.to_json())
                output.say(f"[{len(ends)}/{len(tasks)}] {end.name}: {end.sentence}")
    return tuple(ends[place] for place in range(len(tasks)))


def conclude(ends: Sequence[PlotEnd], output: Output) -> None:
    """Tell what became of all plots, and end with an error when one failed.

    Raises:
        Cancelled: the user stopped it.
        InputError: at least one plot failed; its exit code is theirs where all have the same, else 3.
    """
    counts = {state: sum(end.state == state for end in ends) for state in ("done", "failed", "stopped")}
    output.result({**counts, "plots": [end.to_json() for end in ends]}, _table(ends))
    if counts["stopped"]:
        raise Cancelled
    if not counts["failed"]:
        return
    error = InputError(
        "plots.failed",
        "{failed} of {total} plots could not be done: {names}. The others are. Mend what the table says, then run the "
        "same command with --resume, which leaves finished plots as they are.",
        failed=counts["failed"],
        total=len(ends),
        names=", ".join(end.name for end in ends if end.state == "failed"),
    )
    codes = {end.exit_code for end in ends if end.state == "failed"}
    if len(codes) == 1:
        error.exit_code = ExitCode(codes.pop())
    raise error


def _end_of(
    task: Task, work: Callable[[Task, JobContext, Output], Result], voice: Voice, cancel: CancelToken
) -> PlotEnd:
    try:
        cancel.check()
        facts, sentence = work(task, JobContext(voice.progress, cancel), voice)
    except Cancelled as stop:
        return PlotEnd(task.name, "stopped", "stopped", code=stop.code, exit_code=int(stop.exit_code))
    except BirchtreeError as error:
        return PlotEnd(task.name, "failed", str(error), code=error.code, exit_code=int(error.exit_code))
    except (OSError, MemoryError) as error:
        reason = f"{type(error).__name__}: {error}"
        return PlotEnd(task.name, "failed", reason, code="plots.system", exit_code=int(ExitCode.BAD_INPUT))
    return PlotEnd(task.name, "done", sentence, facts)


def _table(ends: Sequence[PlotEnd]) -> str:
    width = max(len("plot"), *(len(end.name) for end in ends))
    lines = [f"{'plot':<{width}}  state    result"]
    lines += [f"{end.name:<{width}}  {end.state:<7}  {' '.join(end.sentence.split())}" for end in ends]
    return "\n".join(lines)
