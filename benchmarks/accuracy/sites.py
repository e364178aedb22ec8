"""Examines models on the labelled plots of a site, each plot by the model that may: the one that never saw it."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.accuracy.product import outline
from benchmarks.accuracy.scores import NoScore, SiteScore, site_score
from benchmarks.accuracy.subjects import Exam, Models, Source, stem
from inference.errors import ModelError
from inference.evaluation.report import evaluate_files
from inference.plot.plot import PlotSources
from inference.segment.base import Segmenter
from inference.traits.base import TraitModel
from training.data.field_plots import DATA, FieldPlot, truth_path
from training.data.folds import PlotKey

SourceOf = Callable[[FieldPlot], Source | None]


@dataclass(frozen=True, slots=True)
class Exams:
    """What is the same for all models.

    Attributes:
        plots: those to score, of any number of sites.
        folds: the fold of every plot of all sites.
        work: an empty folder for project files.
        traits: a trait model that reads the crowns, or the trait models of each fold.
        elevation: False: plots are given without DSM and DTM.
        data: the shared data.
    """

    plots: tuple[FieldPlot, ...]
    folds: Mapping[PlotKey, int]
    work: Path
    traits: Models | None = None
    elevation: bool = True
    data: Path = DATA

    @property
    def sites(self) -> tuple[str, ...]:
        """In the order of the plots."""
        return tuple(dict.fromkeys(plot.site for plot in self.plots))

    def of_site(self, site: str) -> list[FieldPlot]:
        """Its plots."""
        return [plot for plot in self.plots if plot.site == site]


def examine(models: Models, exams: Exams, site: str) -> SiteScore | NoScore:
    """Score a site; every plot by the model of its fold where there are folds."""

    def source_of(plot: FieldPlot) -> Source | None:
        return models.for_plot(exams.folds[plot.key])

    return _examined(models.name, models.exam(site), source_of, exams, site)


def examine_unseen_site(models: Models, exams: Exams, site: str) -> SiteScore | NoScore | None:
    """Score a site by the model that was trained without it; None where there is no such model."""
    source = models.without.get(site) or models.without.get(stem(site))
    if source is None:
        return None
    return _examined(f"{models.name}, without {stem(site)}", "unseen site", lambda _plot: source, exams, site)


def _examined(name: str, exam: Exam, source_of: SourceOf, exams: Exams, site: str) -> SiteScore | NoScore:
    all_plots = exams.of_site(site)
    plots = [plot for plot in all_plots if source_of(plot) is not None]
    if not plots:
        return NoScore(name, site, "There is no model that was trained without these plots.")
    folder = exams.work / f"{name}-{site}".replace("/", "_").replace(":", "_")
    folder.mkdir(parents=True)
    try:
        files = _outlined(plots, source_of, exams, folder)
    except ModelError as error:
        if error.code != "model.needs_dsm":
            raise
        return NoScore(name, site, "It needs a DSM, which this site has not.")
    evaluation = evaluate_files(files, truth_path(site, exams.data), boxes=True)
    return site_score(name, exam, evaluation, plots, [exams.folds[plot.key] for plot in plots], len(all_plots))


def _outlined(plots: Sequence[FieldPlot], source_of: SourceOf, exams: Exams, folder: Path) -> list[Path]:
    """The project file of each plot."""
    segmenters: dict[Source, Segmenter] = {}
    readers: dict[Source, TraitModel] = {}
    files = []
    with ExitStack() as stack:
        for plot in plots:
            source = source_of(plot)
            assert source is not None  # such plots were left out
            if source not in segmenters:
                segmenters[source] = source.segmenter()
            reads = None if exams.traits is None else exams.traits.for_plot(exams.folds[plot.key])
            if reads is not None and reads not in readers:
                readers[reads] = stack.enter_context(closing(reads.trait_model()))
            sources = plot.sources if exams.elevation else PlotSources(plot.sources.ortho)
            files.append(folder / f"{plot.name}.birch.gpkg")
            outline(sources, files[-1], segmenters[source], None if reads is None else readers[reads])
    return files


def first_plots(exams: Exams, count: int) -> Exams:
    """The first plots of each site that have crowns."""
    kept = [plot for site in exams.sites for plot in [one for one in exams.of_site(site) if len(one.boxes)][:count]]
    return replace(exams, plots=tuple(kept))
