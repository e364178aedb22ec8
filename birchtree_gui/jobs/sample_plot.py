"""Makes the sample plot in a worker process the first time it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from birchtree_gui.jobs.job_list import JobList
from birchtree_gui.jobs.worker_client import WorkerFailure
from inference import paths


class SamplePlotMaker(QObject):
    """Makes the sample plot if it is not there yet.

    Signals:
        ready(Path, PlotSources): where its project file is or goes, and its rasters.
        failed(WorkerFailure).
        busyChanged().
    """

    ready = Signal(object, object)
    failed = Signal(object)
    busyChanged = Signal()

    def __init__(self, jobs: JobList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.is_busy = False

    def start(self) -> None:
        """Make the plot or find it, then say `ready`."""
        if self.is_busy:
            return
        self.is_busy = True
        self.busyChanged.emit()
        arguments = ["sample", "-o", str(paths.data_dir() / "sample_plot")]
        title = self.tr("Growing the sample forest")
        self._jobs.add("sample", title, arguments, done=self._take, failed=self._fail, reports_progress=False)

    def _take(self, made: Mapping[str, object]) -> None:
        from inference.plot.sources import PlotSources

        self._end()
        ortho, dsm, dtm = (Path(str(made[name])) for name in ("ortho", "dsm", "dtm"))
        self.ready.emit(ortho.with_name("sample.birch.gpkg"), PlotSources(ortho, dsm, dtm))

    def _fail(self, failure: WorkerFailure) -> None:
        self._end()
        self.failed.emit(failure)

    def _end(self) -> None:
        self.is_busy = False
        self.busyChanged.emit()
