"""Examines models on pictures of no site: outlines against polygons that people drew, and a field without a tree."""

from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from benchmarks.accuracy.clicks import Answers, answers, can_click
from benchmarks.accuracy.product import outline
from benchmarks.accuracy.scores import NoScore
from benchmarks.accuracy.subjects import Models
from inference.errors import ModelError
from inference.evaluation.compare import REFERENCE_IOU, PlotEvaluation
from inference.evaluation.report import evaluate_files
from inference.plot.plot import PlotSources

FIELD = "field_no_trees"
_COCO = "coco_sample_file.json"
# Picture without suffix, and the file with the polygons of single trees in it.
POLYGONS = (
    ("5dded5bc0140b80006d2e565_23", _COCO),
    ("5b90f92da0d7280005fab355_4310", _COCO),
    ("australia", "australia.shp"),
)


@dataclass(frozen=True, slots=True)
class PolygonScore:
    """How well the polygons of a picture were met; few trees are drawn in each, so precision means nothing.

    Attributes:
        models, picture: who was examined, and on what.
        true, found: polygons drawn; the mean number of them met at IoU 0.5 or better, over `runs` models.
        best_iou: mean over the polygons of the overlap with the crown that fits best, 0 where there is none.
        least_iou, most_iou: of the models of the folds.
        matched_iou: mean overlap of the polygons that were met; None when none was.
        click_iou, box_iou: mean overlap after one click in the middle, after a box around; None where the models
            cannot be asked.
        runs: models examined.
    """

    models: str
    picture: str
    true: int
    found: float
    best_iou: float
    least_iou: float
    most_iou: float
    matched_iou: float | None
    click_iou: float | None
    box_iou: float | None
    runs: int


@dataclass(frozen=True, slots=True)
class FieldScore:
    """Crowns on a field without a tree, by each of the models; it should be none."""

    models: str
    crowns: tuple[int, ...]


def examine_polygons(models: Models, folder: Path, work: Path) -> list[PolygonScore | NoScore]:
    """Score the pictures with polygons; nothing for those that are not there.

    Args:
        models: each of them outlines each picture.
        folder: the samples.
        work: for project files; must not exist yet.
    """
    rows: list[PolygonScore | NoScore] = []
    for picture, truth in POLYGONS:
        if not (folder / f"{picture}.tif").is_file():
            continue
        try:
            files = _outlined(models, folder / f"{picture}.tif", work)
        except ModelError as error:
            rows.append(_refusal(models, picture, error))
            continue
        found = [evaluate_files([file], folder / truth).plots[0] for file in files]
        sources, crowns = PlotSources(folder / f"{picture}.tif"), found[0].true.rows.outlines.tolist()
        asked = [answers(sources, crowns, one, boxes=False) for one in models.for_samples() if can_click(one)]
        told = [one for one in asked if one is not None and len(one.click_iou)]
        rows.append(polygon_score(models.name, picture, found, told))
    return rows


def polygon_score(models: str, picture: str, found: list[PlotEvaluation], asked: list[Answers]) -> PolygonScore:
    """Sum up what several models made of one picture, and of clicks and boxes on its polygons."""
    means = [float(one.true_best_iou.mean()) if one.true_count else 0.0 for one in found]
    matched = [value for one in found for value in one.pairs.iou.tolist()]
    return PolygonScore(
        models=models,
        picture=picture,
        true=found[0].true_count,
        found=fmean(one.scores.at[REFERENCE_IOU].matched for one in found),
        best_iou=fmean(means),
        least_iou=min(means),
        most_iou=max(means),
        matched_iou=fmean(matched) if matched else None,
        click_iou=fmean(float(one.click_iou.mean()) for one in asked) if asked else None,
        box_iou=fmean(float(one.box_iou.mean()) for one in asked) if asked else None,
        runs=len(found),
    )


def examine_field(models: Models, folder: Path, work: Path) -> FieldScore | NoScore:
    """Count the crowns on the field without trees."""
    work.mkdir(parents=True, exist_ok=True)
    sources = PlotSources(folder / f"{FIELD}.tif")
    try:
        crowns = [
            outline(sources, work / f"{FIELD}_{number}.birch.gpkg", source.segmenter())
            for number, source in enumerate(models.for_samples())
        ]
    except ModelError as error:
        return _refusal(models, FIELD, error)
    return FieldScore(models.name, tuple(crowns))


def _outlined(models: Models, ortho: Path, work: Path) -> list[Path]:
    files = []
    for number, source in enumerate(models.for_samples()):
        part = work / str(number)
        part.mkdir(parents=True, exist_ok=True)
        files.append(part / f"{ortho.stem}.birch.gpkg")
        outline(PlotSources(ortho), files[-1], source.segmenter())
    return files


def _refusal(models: Models, picture: str, error: ModelError) -> NoScore:
    if error.code != "model.needs_dsm":
        raise error
    return NoScore(models.name, picture, "It needs a DSM, which this picture has not.")
