"""Before teaching: which trait model's embeddings to teach on, and the crowns that it has not read yet."""

from collections import Counter
from collections.abc import Sequence
from contextlib import closing

from inference.errors import ModelError
from inference.jobs import JobContext
from inference.models.store import ModelStore
from inference.pipeline.measure_plot import measure_plot
from inference.pipeline.measure_traits import COARSER, measure_traits
from inference.plot.plot import Plot
from inference.project.store import Project
from inference.traits.registry import PLAIN, cards, default_id, make_trait_model


def model_for_lesson(projects: Sequence[Project], gsd_m: float, store: ModelStore | None = None) -> str:
    """The trait model to teach on: the trained one that read most crowns, else the one that comes along, else `plain`.

    Args:
        projects: the plots.
        gsd_m: size of their coarsest pixels; a model that sees nothing in them is passed over.
        store: where models are; None for this computer's.
    """
    known = {card.id: card for card in cards(store)}
    counts: Counter[str] = Counter()
    for project in projects:
        for model in project.readings.models():
            if model.model_id in known and model.model_id != PLAIN:
                counts[model.model_id] += len(project.embeddings(model.model_id)[0])
    read_most = [model_id for model_id, count in counts.most_common() if count]
    if read_most:
        return read_most[0]
    usual = default_id(store)
    if usual is not None and gsd_m <= COARSER * known[usual].gsd_m:
        return usual
    return PLAIN


def read_missing(
    projects: Sequence[Project], wanted: str | None, context: JobContext, store: ModelStore | None = None
) -> str:
    """Let the model read the crowns of some plots that it has not read; returns its id.

    Raises:
        InputError: a raster is not there.
        ModelError: the wanted model is not there, or gives no embeddings.
        Cancelled: the user stopped it; what was read is kept.
    """
    plots = []
    try:
        for project in projects:
            plots.append(Plot.open(project.locate_rasters(), check=False))
        model_id = wanted or model_for_lesson(projects, max(plot.gsd_m for plot in plots), store)
        with closing(make_trait_model(model_id, store)) as model:
            for project, plot in zip(projects, plots, strict=True):
                measure_plot(plot, project, context)  # what is told of a crown is kept beside its measures
                measure_traits(plot, project, model, context)
    finally:
        for plot in plots:
            plot.close()
    if not any(len(project.embeddings(model_id)[0]) for project in projects):
        raise ModelError(
            "species.no_embeddings",
            "{model_id} gives nothing to teach on: no crown could be read, or the model makes no embeddings. Try "
            "--model {plain}.",
            model_id=model_id,
            plain=PLAIN,
        )
    return model_id
