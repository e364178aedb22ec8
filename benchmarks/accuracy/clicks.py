"""Examines clicking: what a model outlines for one click in the middle of a crown, and for a box around it."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from benchmarks.accuracy.sites import Exams
from benchmarks.accuracy.subjects import Models, Source
from inference.errors import InputError, ModelError
from inference.jobs import CancelToken
from inference.plot.plot import Plot, PlotSources
from inference.prompt.base import Prompt
from inference.prompt.cache import EmbeddingFiles
from inference.prompt.sam import SamSegmenter
from inference.prompt.service import PromptSession

MET_IOU = 0.5
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Answers:
    """Overlap of each of N true crowns with what was outlined for it, 0 where nothing was; (N,) float64."""

    click_iou: Floats
    box_iou: Floats


@dataclass(frozen=True, slots=True)
class ClickScore:
    """Clicks on the crowns of one site; compared as envelopes, since the truth is boxes.

    Attributes:
        models, site: who was asked, and where.
        crowns: true ones whose middle lies in their plot.
        click_iou, box_iou: mean overlap after one click in the middle, and after the true box was drawn.
        click_met, box_met: share of the crowns for which it is 0.5 or better.
    """

    models: str
    site: str
    crowns: int
    click_iou: float
    click_met: float
    box_iou: float
    box_met: float


def can_click(source: Source) -> bool:
    """Whether the model also outlines what is clicked."""
    return any(model.card.id == source.model_id for model in source.store.models("prompt"))


def examine_clicks(models: Models, exams: Exams, site: str) -> ClickScore | None:
    """Click on every crown of a site, in each plot with the model that never saw it; None where none can be asked."""
    found: list[Answers] = []
    for plot in exams.of_site(site):
        source = models.for_plot(exams.folds[plot.key])
        if source is None or not can_click(source) or not len(plot.boxes):
            continue
        sources = plot.sources if exams.elevation else PlotSources(plot.sources.ortho)
        answered = answers(sources, plot.boxes.tolist(), source, boxes=True)
        found += [] if answered is None else [answered]
    if not sum(len(one.click_iou) for one in found):
        return None
    click, box = (np.concatenate([getattr(one, name) for one in found]) for name in Answers.__slots__)
    return ClickScore(
        models.name,
        site,
        len(click),
        float(click.mean()),
        float((click >= MET_IOU).mean()),
        float(box.mean()),
        float((box >= MET_IOU).mean()),
    )


def answers(sources: PlotSources, crowns: Sequence[shapely.Polygon], source: Source, *, boxes: bool) -> Answers | None:
    """Ask for every crown anew, as a person would who knows where it is.

    Args:
        sources: the plot.
        crowns: true outlines in the plot CRS; those whose middle lies outside of the orthomosaic are left out.
        source: a model that can be clicked with.
        boxes: compare envelopes.

    Returns:
        None where the model needs elevation for a click and the plot has none.
    """
    try:
        return _answers(sources, crowns, source, boxes=boxes)
    except ModelError as error:
        if error.code != "prompt.no_elevation":
            raise
        return None


def _answers(sources: PlotSources, crowns: Sequence[shapely.Polygon], source: Source, *, boxes: bool) -> Answers:
    click, box = [], []
    with Plot.open(sources, check=False) as plot:
        extent = shapely.box(*plot.bounds_crs)
        files = EmbeddingFiles(Path(), limit_bytes=0)  # memory is enough for a plot
        with closing(PromptSession(plot, SamSegmenter(source.store.get(source.model_id)), files)) as session:
            for crown in crowns:
                middle = crown.centroid if crown.contains(crown.centroid) else crown.representative_point()
                if extent.contains(middle):
                    click.append(_iou(session, Prompt().including((middle.x, middle.y)), crown, boxes=boxes))
                    box.append(_iou(session, Prompt().boxed(crown.bounds), crown, boxes=boxes))
    return Answers(np.array(click, np.float64), np.array(box, np.float64))


def _iou(session: PromptSession, prompt: Prompt, crown: shapely.Polygon, *, boxes: bool) -> float:
    try:
        result = session.propose(prompt, CancelToken())
    except InputError as error:
        if error.code != "prompt.too_wide":
            raise
        return 0.0
    if result is None:
        return 0.0
    one, other = (result.outline.envelope, crown.envelope) if boxes else (result.outline, crown)
    both = one.intersection(other).area
    return float(both / (one.area + other.area - both))
