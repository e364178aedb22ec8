"""Runs the product on one plot, step by step as `birchtree segment` and `birchtree measure` run it."""

from pathlib import Path

from inference.jobs import JobContext
from inference.pipeline.measure_plot import measure_plot
from inference.pipeline.measure_traits import measure_traits
from inference.pipeline.segment_plot import check_plot, segment_plot
from inference.plot.plot import Plot, PlotSources
from inference.project.store import Project
from inference.segment.base import Segmenter
from inference.traits.base import TraitModel


def outline(sources: PlotSources, out: Path, segmenter: Segmenter, traits: TraitModel | None = None) -> int:
    """Outline and measure a plot into a new project file.

    Args:
        sources: the rasters, as they would be named on the command line.
        out: the project file; must not exist yet.
        segmenter: with its default parameters.
        traits: also reads height and species.

    Returns:
        How many crowns were found.

    Raises:
        ModelError: the model needs a DSM and the plot has none.
        BirchtreeError: a file cannot be used.
    """
    context = JobContext()
    with Plot.open(sources) as plot:
        check_plot(plot, segmenter.card)
        with Project.create(out, plot.sources, crs_wkt=plot.crs_wkt, unit_m=plot.unit_m) as project:
            summary = segment_plot(plot, project, segmenter, context)
            measure_plot(plot, project, context)
            if traits is not None:
                measure_traits(plot, project, traits, context)
            return summary.crowns
