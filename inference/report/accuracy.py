"""What has been measured of the crowns' accuracy: by control crowns, heights from the field, and a truth file."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from inference.crowns.crown import FIELD
from inference.project.store import Project
from inference.report.columns import CrownColumns
from inference.review import state
from inference.review.standing import Standing, standing

Floats = npt.NDArray[np.float64]
_IOU = "0.50"


@dataclass(frozen=True, slots=True)
class HeightCheck:
    """Heights of one source against those measured in the field on the same trees: `count` pairs, metres."""

    source: str
    count: int
    bias_m: float
    rmse_m: float


@dataclass(frozen=True, slots=True)
class TruthCheck:
    """Crowns against a truth file, at IoU 0.5.

    Attributes:
        truth: name of the file.
        true, found: crowns in the truth, and of the plot in the same place.
        precision, recall, f1, mean_iou, area_bias_percent, height_bias_m, height_rmse_m, species_share: None where the
            files do not tell.
        notes: how the files were read.
    """

    truth: str
    true: int
    found: int
    precision: float | None
    recall: float | None
    f1: float | None
    mean_iou: float | None
    area_bias_percent: float | None
    height_bias_m: float | None
    height_rmse_m: float | None
    species_share: float | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Accuracy:
    """All that has been measured; a report says so when it is nothing.

    Attributes:
        review: what control crowns of the review tell; None when no control crown has a verdict.
        heights: checks against the field.
        truth: comparison with a truth file, None when none was named.
    """

    review: Standing | None
    heights: tuple[HeightCheck, ...]
    truth: TruthCheck | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been measured."""
        return self.review is None and not self.heights and self.truth is None


def accuracy_of(
    project: Project, crowns: CrownColumns, *, truth: Path | None = None, aoi: Path | None = None
) -> Accuracy:
    """Collect what has been measured.

    Args:
        project: the plot.
        crowns: its crowns.
        truth: vector file or project with true crowns.
        aoi: compare only inside these polygons.

    Raises:
        BirchtreeError: the truth cannot be read.
    """
    remembered = state.ReviewState.from_text(project.meta(state.META_KEY))
    looked = frozenset[int]() if remembered is None else remembered.looked
    judged = standing(project.table, looked, project.controls())
    return Accuracy(
        review=judged if judged.right is not None else None,
        heights=height_checks(crowns),
        truth=None if truth is None else _truth_check(project.path, truth, aoi),
    )


def height_checks(crowns: CrownColumns) -> tuple[HeightCheck, ...]:
    """Heights of the CHM and of models against the field, over the trees that have both."""
    in_field = crowns.chosen((crowns.height_source == FIELD) & ~crowns.edge)
    told = (("CHM", in_field.height_chm_m), ("model", in_field.height_model_m))
    checks = (_height_check(source, heights, in_field.height_m) for source, heights in told)
    return tuple(check for check in checks if check is not None)


def _height_check(source: str, heights_m: Floats, field_m: Floats) -> HeightCheck | None:
    errors = heights_m - field_m
    errors = errors[np.isfinite(errors)]
    if not len(errors):
        return None
    return HeightCheck(source, len(errors), float(errors.mean()), math.sqrt(float((errors**2).mean())))


def _truth_check(project: Path, truth: Path, aoi: Path | None) -> TruthCheck:
    from inference.evaluation.report import evaluate_files

    evaluation = evaluate_files([project], truth, aoi=aoi)
    total: Mapping[str, Any] = evaluation.facts()["total"]  # type: ignore[assignment]
    at, matched = total["pooled"]["iou"][_IOU], total["matched"]
    return TruthCheck(
        truth=truth.name,
        true=total["true"],
        found=total["predicted"],
        precision=at["precision"],
        recall=at["recall"],
        f1=at["f1"],
        mean_iou=matched["mean_iou"],
        area_bias_percent=matched["area_bias_percent"],
        height_bias_m=matched["heights"]["bias_m"],
        height_rmse_m=matched["heights"]["rmse_m"],
        species_share=matched["species"]["accuracy"],
        notes=evaluation.notes,
    )
