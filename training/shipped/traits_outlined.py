"""The shipped traits model as a user meets it: on crowns that the crowns model inside outlined, on places held out."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from inference.crowns.crown import Crown
from inference.jobs import JobContext
from inference.pipeline.segment_plot import segment_plot
from inference.plot.plot import Plot
from inference.project.store import Project
from inference.segment import registry
from inference.segment.base import Segmenter
from inference.traits.base import CrownCrop
from inference.traits.crops import CropSize, read_crops
from inference.traits.species import SpeciesCall, model_classes
from training.data.field_plots import DATA, FieldPlot, field_folds, field_plots
from training.shipped.trait_crowns import GSD_M, LEARNED_SITES, SIDE_PX, FieldCrowns, noted_of
from training.shipped.traits_exam import (
    HeldOut,
    answers_by_rank,
    calls_of,
    leaf_figures,
    species_figures,
    strange_plots,
)
from training.shipped.traits_lessons import Lesson, Recipe, chosen_settings, held_out, learned
from training.traits.crown_net import numbers_of
from training.traits.names import allowed

_SAME = 0.4  # IoU of an outline's envelope with a label's box


def outlined(crowns: FieldCrowns, recipe: Recipe, data: Path = DATA) -> dict[str, Any]:
    """Figures on the labels that an outline matches, each told by a model that saw nothing of its fold.

    The crowns model learned from the boxes of all plots, so there are more good outlines than elsewhere; what is told
    of an outline is not helped by that.
    """
    names, folds = crowns.classes(), field_folds(data)
    held = held_out(crowns, names, recipe)
    segmenter = registry.make_segmenter("birch-crowns")
    parts: list[HeldOut] = []
    calls: list[SpeciesCall] = []
    plots, strange = field_plots(LEARNED_SITES, data), []
    lessons = {fold: learned(crowns.chosen(crowns.fold != fold), names, recipe) for fold in set(folds.values())}
    for plot in plots:
        crops, boxes = _outlines(plot, segmenter)
        if not crops:
            continue
        told = _told(plot, crops, boxes, lessons[folds[plot.key]])
        settings = chosen_settings(held.chosen(crowns.fold != folds[plot.key]), recipe, names)
        matched = np.asarray(told.allowed.any(axis=1))
        mine = calls_of(told, model_classes(names), settings)
        calls += [call for call, one in zip(mine, matched.tolist(), strict=True) if one]
        strange += strange_plots(told, settings).tolist()
        parts.append(told.chosen(matched))
    whole = _joined(parts)
    return {
        "labels": sum(len(plot.boxes) for plot in plots),
        "known_and_matched": len(calls),
        "on_strange_plots": float(np.mean(strange)),
        "species": species_figures(whole, len(names) - 2),
        "leaf": leaf_figures(whole, model_classes(names)),
        "answers": answers_by_rank(calls, whole, model_classes(names)),
    }


def _told(plot: FieldPlot, crops: Sequence[CrownCrop], boxes: Sequence[shapely.Polygon], lesson: Lesson) -> HeldOut:
    values = numbers_of([(one.rgb, one.crown, one.chm_m) for one in crops], GSD_M)
    names = np.full(len(crops), plot.name)
    may_be = _matched(plot, boxes, lesson.classes)
    return HeldOut(may_be, names, lesson.net.logits(values), lesson.cloud.percentile(values))


def _joined(parts: Sequence[HeldOut]) -> HeldOut:
    return HeldOut(
        np.concatenate([one.allowed for one in parts]),
        np.concatenate([one.plot for one in parts]),
        np.concatenate([one.logits for one in parts]),
        np.concatenate([one.ood for one in parts]),
    )


def _outlines(plot: FieldPlot, segmenter: Segmenter) -> tuple[list[CrownCrop], list[shapely.Polygon]]:
    """Pictures of the crowns that are found, and the envelopes of their outlines."""
    with tempfile.TemporaryDirectory() as folder, Plot.open(plot.sources, check=False) as survey:
        path = Path(folder) / "plot.birch.gpkg"
        with Project.create(path, survey.sources, crs_wkt=survey.crs_wkt, unit_m=survey.unit_m) as project:
            segment_plot(survey, project, segmenter, JobContext())
            crowns: Sequence[Crown] = list(project.table.crowns())
        crops = list(read_crops(survey, crowns, CropSize(GSD_M * SIDE_PX, SIDE_PX, with_chm=True)))
    by_id = {crown.tree_id: crown for crown in crowns}
    return crops, [shapely.box(*by_id[crop.tree_id].outline.bounds) for crop in crops]


def _matched(plot: FieldPlot, boxes: Sequence[shapely.Polygon], names: Sequence[str]) -> NDArray[np.bool_]:
    """(N, K) what the label that each outline matches may be; nothing for those without one."""
    may_be, taken = np.zeros((len(boxes), len(names)), bool), np.zeros(len(boxes), bool)
    for number, label in enumerate(plot.boxes):
        overlap = shapely.area(shapely.intersection(label, boxes)) / shapely.area(shapely.union(label, boxes))
        overlap[taken] = 0.0
        best = int(np.argmax(overlap))
        if overlap[best] >= _SAME:
            taken[best] = True
            may_be[best, list(allowed(noted_of(plot, number), names))] = True
    return may_be
