"""Everything of the window that is not a widget, made once and handed to those who need it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from birchtree_gui.document import PlotDocument
from birchtree_gui.icons import Icons
from birchtree_gui.jobs.chips import ChipMaker
from birchtree_gui.jobs.clicks import CrownClicks
from birchtree_gui.jobs.heights import HeightProbe, Remeasurer
from birchtree_gui.jobs.job_list import JobList
from birchtree_gui.jobs.overviews import OverviewBuilder
from birchtree_gui.jobs.plot_runs import PlotRuns
from birchtree_gui.jobs.sample_plot import SamplePlotMaker
from birchtree_gui.settings import SettingsStore
from birchtree_gui.theme import Theme
from birchtree_gui.thumbnails import ThumbnailMaker


@dataclass(frozen=True)
class Services:
    """What the panels, actions and dialogs work with."""

    settings: SettingsStore
    theme: Theme
    icons: Icons
    document: PlotDocument
    jobs: JobList
    runs: PlotRuns
    sample: SamplePlotMaker
    probe: HeightProbe
    remeasurer: Remeasurer
    chips: ChipMaker
    clicks: CrownClicks
    thumbnails: ThumbnailMaker
    overviews: OverviewBuilder

    @classmethod
    def start(cls, application: QApplication, parent: QObject) -> Services:
        """Make everything; `parent` owns the QObjects."""
        settings = SettingsStore()
        theme = Theme(application, settings.value.theme, parent)
        document = PlotDocument(parent)
        document.by = settings.value.by
        jobs = JobList(parent)
        return cls(
            settings=settings,
            theme=theme,
            icons=Icons(theme, parent),
            document=document,
            jobs=jobs,
            runs=PlotRuns(document, jobs, parent),
            sample=SamplePlotMaker(jobs, parent),
            probe=HeightProbe(document, parent),
            remeasurer=Remeasurer(document, parent),
            chips=ChipMaker(document, parent),
            clicks=CrownClicks(document, settings, parent),
            thumbnails=ThumbnailMaker(document, parent),
            overviews=OverviewBuilder(document, parent),
        )

    def shut_down(self) -> None:
        """End every thread and process and close the plot; returns when all has ended."""
        self.jobs.shut_down()
        for service in (self.probe, self.remeasurer, self.chips, self.clicks, self.thumbnails, self.overviews):
            service.shut_down()
        self.document.shut_down()
