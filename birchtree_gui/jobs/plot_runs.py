"""What can be run on the open plot (segment, measure, export, import), each in the worker, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from birchtree_gui.document import PlotDocument
from birchtree_gui.jobs.catching_up import CatchingUp
from birchtree_gui.jobs.heights import FEW_CROWNS
from birchtree_gui.jobs.job_list import JobList
from birchtree_gui.jobs.worker_client import WorkerFailure

if TYPE_CHECKING:
    from inference.project.store import RunRecord

_LOOK_MS = 500


class PlotRuns(QObject):
    """Starts runs and takes their results over into the document (GUI thread).

    Signals:
        segmented(crowns): a segmentation has ended and its crowns are measured; number of visible crowns.
        traitsRead(read, named): a trait model has ended; crowns that it read, and rows that got a species.
        foreignPlot(model_id): before that, where the plot as a whole is unlike the model's training crowns.
        exported(Path, sentence), imported(sentence).
        failed(title, WorkerFailure): a run did not end well.
        stopped(kind): the user stopped a run.
    """

    segmented = Signal(int)
    traitsRead = Signal(int, int)
    foreignPlot = Signal(str)
    exported = Signal(object, str)
    imported = Signal(str)
    failed = Signal(str, object)
    stopped = Signal(str)

    def __init__(self, document: PlotDocument, jobs: JobList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._jobs = jobs
        self._seen_tiles: set[int] = set()
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._show_staged)
        self._catching_up = CatchingUp(document, self)
        document.closing.connect(self._leave)
        document.restored.connect(self._measure_restored)

    # ---- what can be done

    @property
    def is_segmenting(self) -> bool:
        """Whether the plot is being segmented."""
        return self._jobs.has("segment")

    @property
    def is_busy(self) -> bool:
        """Whether any run goes on."""
        return self._jobs.running is not None

    def interrupted(self) -> RunRecord | None:
        """The run to go on with: the latest segmentation or reading of traits that did not come to its end."""
        if not self._document.is_open or self.is_segmenting or self._jobs.has("measure"):
            return None
        runs = self._document.project.runs()
        latest = {run.task: number for number, run in enumerate(runs)}
        unfinished = [number for number in latest.values() if runs[number].state != "done"]
        return runs[max(unfinished)] if unfinished else None

    def segment(self, model_id: str, changes: Mapping[str, object] | None = None, *, resume: bool = False) -> None:
        """Outline the crowns of the open plot; crowns appear on the map as tiles are finished.

        Args:
            model_id: see the run dialog.
            changes: parameters that are other than the model's own.
            resume: go on with an interrupted run, which must have had the same.
        """
        plot, path = self._document.plot, self._document.project.path
        if plot is None or self.is_segmenting:
            return
        arguments = ["segment", str(plot.sources.ortho), "--model", model_id, "-o", str(path)]
        for option in ("dsm", "dtm", "aoi"):
            source = getattr(plot.sources, option)
            if source is not None:
                arguments += [f"--{option}", str(source)]
        for name, value in (changes or {}).items():
            arguments += ["--set", f"{name}={value}"]
        if resume:
            arguments.append("--resume")
        self._seen_tiles = set()
        title = self.tr("Segmenting")
        self._jobs.add("segment", title, arguments, done=self._after_segment, failed=self._receiver("segment", title))
        self._look.start()

    def measure(self, *, again: bool = False) -> None:
        """Measure the crowns whose outline is new or changed, or all of them."""
        self._measure(announce=False, again=again)

    def read_traits(self, model_id: str, *, again: bool = False, resume: bool = False) -> None:
        """Let a trait model read height and species of crowns whose outline is new or changed, or of all of them.

        `resume` goes on with an interrupted run.
        """
        options = (*(("--all",) if again else ()), *(("--resume",) if resume else ()))
        arguments = ["measure", str(self._document.project.path), "--model", model_id, *options]

        def done(result: Mapping[str, object]) -> None:
            traits = result.get("traits")
            counts = traits if isinstance(traits, Mapping) else {}
            read = int(counts.get("read", 0)) + int(counts.get("resumed", 0))

            def then() -> None:
                if counts.get("foreign"):
                    self.foreignPlot.emit(model_id)
                self.traitsRead.emit(read, int(counts.get("named", 0)))

            self._catching_up.start(then)

        title = self.tr("Reading crowns")
        self._jobs.add("measure", title, arguments, done=done, failed=self._receiver("measure", title))

    def export(self, target: Path, *, reviewed_only: bool) -> None:
        """Write the crowns to a file by its suffix."""
        arguments = ["export", str(self._document.project.path), "-o", str(target)]
        arguments += ["--reviewed-only"] if reviewed_only else []

        def done(result: Mapping[str, object]) -> None:
            count = result.get("crowns", result.get("count", ""))
            self.exported.emit(
                target, self.tr("{count} crowns written to {name}.").format(count=count, name=target.name)
            )

        title = self.tr("Exporting")
        self._jobs.add("export", title, arguments, done=done, failed=self._receiver("export", title))

    def import_crowns(self, source: Path, *, corrected: bool = False) -> None:
        """Add the crowns of a vector file, as one edit; a corrected file also says which crowns stay."""
        arguments = ["import", str(self._document.project.path), str(source), *(("--corrected",) if corrected else ())]

        def done(result: Mapping[str, object]) -> None:
            added, changed = result.get("added", 0), result.get("changed", 0)
            sentence = self.tr("{added} crowns added and {changed} changed from {name}.")
            if corrected:
                sentence = self.tr(
                    "{name}: {added} crowns added, {changed} changed, {deleted} deleted, {accepted} accepted as is."
                )
            counts = {name: result.get(name, 0) for name in ("deleted", "accepted")}

            def then() -> None:
                self.imported.emit(sentence.format(added=added, changed=changed, name=source.name, **counts))
                self._measure(announce=False, again=False)

            self._catching_up.start(then)

        title = self.tr("Importing")
        self._jobs.add("import", title, arguments, done=done, failed=self._receiver("import", title))

    # ---- what follows

    def _measure(self, *, announce: bool, again: bool) -> None:
        plot = self._document.plot
        if plot is None:
            return
        if announce and plot.elevation is None:
            self._announce_segmented()
            return
        # Species are read when somebody asks for them: they are a step of the history.
        arguments = ["measure", str(self._document.project.path), "--model", "none", *(("--all",) if again else ())]

        def done(_: Mapping[str, object]) -> None:
            self._catching_up.start(self._announce_segmented if announce else None)

        title = self.tr("Measuring")
        self._jobs.add("measure", title, arguments, done=done, failed=self._receiver("measure", title))

    def _measure_restored(self, ids: frozenset[int]) -> None:
        # The journal keeps outlines and decisions, not measures: a run that is done again comes back without heights.
        # A few crowns are measured in the window itself.
        table, plot = self._document.table, self._document.plot
        if table is None or plot is None or plot.elevation is None or len(ids) <= FEW_CROWNS:
            return
        if not self._document.is_editable or self.is_segmenting or self._jobs.has("measure"):
            return
        here = [tree_id for tree_id in ids if tree_id in table]
        if any(crown.review != "deleted" and crown.needs_measuring for crown in table.crowns(here)):
            self._measure(announce=False, again=False)

    def _after_segment(self, _: Mapping[str, object]) -> None:
        self._stop_looking()
        if self._document.is_open:
            self._catching_up.start(lambda: self._measure(announce=True, again=False))

    def _announce_segmented(self) -> None:
        table = self._document.table
        if table is not None:
            self.segmented.emit(int(table.visible.sum()))

    def _receiver(self, kind: str, title: str) -> Callable[[WorkerFailure], None]:
        def receive(failure: WorkerFailure) -> None:
            self._stop_looking()
            if self._document.is_open:
                self._catching_up.start()
            if failure.is_cancelled:
                self.stopped.emit(kind)
            else:
                self.failed.emit(title, failure)

        return receive

    # ---- crowns as they come

    def _show_staged(self) -> None:
        if not self._document.is_open or not self.is_segmenting:
            return
        project = self._document.project
        going_on = [run for run in project.runs() if run.task == "segment" and run.state == "running"]
        if not going_on:
            return
        run_id = going_on[-1].run_id
        fresh = project.staged_tiles(run_id) - self._seen_tiles
        if fresh:
            self._seen_tiles |= fresh
            new = [crown.outline for crown in project.staged(run_id, sorted(fresh))]
            self._document.set_staged_outlines((*self._document.staged_outlines, *new))

    def _stop_looking(self) -> None:
        self._look.stop()
        if self._document.staged_outlines:
            self._document.set_staged_outlines(())

    def _leave(self) -> None:
        """The plot is being closed: its runs stop (and can be resumed)."""
        self._look.stop()
        self._jobs.cancel_all()
