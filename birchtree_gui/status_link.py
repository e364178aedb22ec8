"""Keeps the status bar in step with the map, the document and the jobs."""

from __future__ import annotations

from PySide6.QtCore import QObject

from birchtree_gui.canvas.view import MapView
from birchtree_gui.jobs.heights import Heights
from birchtree_gui.jobs.job_list import Job
from birchtree_gui.services import Services
from birchtree_gui.widgets.status_bar import StatusBar, scale_denominator


class StatusLink(QObject):
    """Feeds the status bar."""

    def __init__(self, services: Services, map_view: MapView, bar: StatusBar) -> None:
        super().__init__(bar)
        self._services = services
        self._document = services.document
        self._map = map_view
        self._bar = bar
        map_view.cursorMoved.connect(self._show_place)
        map_view.cursorLeft.connect(bar.clear_place)
        map_view.scaleChanged.connect(self._show_scale)
        services.probe.heightsKnown.connect(self._show_heights)
        services.jobs.changed.connect(self._show_job)
        services.overviews.progressed.connect(self._show_overviews)
        bar.scaleChosen.connect(self._set_scale)
        bar.stopAsked.connect(services.jobs.cancel)
        document = self._document
        document.opened.connect(self._show_plot)
        document.closed.connect(bar.clear_plot)
        for signal in (document.opened, document.crownsChanged, document.selectionChanged, document.stagedChanged):
            signal.connect(self._count)

    def _show_plot(self) -> None:
        plot = self._document.plot
        if plot is None:
            return
        name = f"EPSG:{plot.epsg}" if plot.epsg else self.tr("local CRS") if plot.crs_wkt else self.tr("no CRS")
        self._bar.show_crs(name, self.tr("Coordinate reference system of the plot"))

    def _count(self) -> None:
        table = self._document.table
        if table is None:
            return
        found = len(self._document.staged_outlines)
        if found:
            self._bar.show_found(found)
        else:
            self._bar.show_crowns(int(table.visible.sum()), len(self._document.selection))

    def _show_place(self, x_crs: float, y_crs: float) -> None:
        plot = self._document.plot
        if plot is not None:
            self._bar.show_place(x_crs, y_crs, is_projected=bool(plot.epsg))
            self._services.probe.ask(x_crs, y_crs)

    def _show_heights(self, heights: Heights) -> None:
        if self._map.underMouse():
            self._bar.show_heights(heights.surface_m, heights.height_m)

    def _dots_per_inch(self) -> float:
        return float(self._map.logicalDpiX())

    def _show_scale(self, m_per_px: float) -> None:
        self._bar.show_scale(scale_denominator(m_per_px, self._dots_per_inch()))

    def _set_scale(self, denominator: float) -> None:
        self._map.set_scale(denominator / scale_denominator(1.0, self._dots_per_inch()))

    def _show_job(self, job: Job) -> None:
        running = self._services.jobs.running
        if running is None:
            self._bar.job.hide()
            return
        progress = running.progress
        done, total, eta_s = (progress.done, progress.total, progress.eta_s) if progress else (0, 0, None)
        title = self.tr("Stopping…") if running.state == "stopping" else running.title
        self._bar.job.show_job(title, done, total, eta_s, can_stop=running.state == "running")

    def _show_overviews(self, done: int, total: int) -> None:
        if self._services.jobs.running is not None:
            return
        if done >= total:
            self._bar.job.hide()
        else:
            self._bar.job.show_job(self.tr("Preparing the map"), done, total, None, can_stop=False)
