"""What projects hold for a training: crowns by what people did, complete areas, and what is still missing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import shapely

from inference.datasets.splitting import DatasetOptions, fitted_blocks, plan_set
from inference.datasets.surveys import ALL, Survey, survey_of
from inference.plot.finding import Finding, finding
from inference.plot.plot import Plot
from inference.project.store import Project

_SQUARE_METRES = 10_000.0  # in a hectare
_FEW_CROWNS = 50  # fewer corrections have not made a model better in our own trials


@dataclass(frozen=True, slots=True)
class PlotStock:
    """One project as a source of training.

    Attributes:
        path: of the project.
        accepted, edited, drawn: crowns that a person accepted, corrected, or drew.
        proposed, rejected: those that nobody looked at, and those that a person deleted.
        whole: the user says that every crown of the plot is outlined.
        areas: how many complete areas there are; 1 where the whole plot is one.
        complete_ha: how large they are together.
        inside: crowns with their middle in them; these are learned.
        proposed_inside: those of them that nobody looked at.
        findings: what is missing or may surprise, as sentences.
        survey: what `plan_set` shares out.
    """

    path: Path
    accepted: int
    edited: int
    drawn: int
    proposed: int
    rejected: int
    whole: bool
    areas: int
    complete_ha: float
    inside: int
    proposed_inside: int
    findings: tuple[Finding, ...]
    survey: Survey

    @property
    def reviewed(self) -> int:
        """Crowns that a person accepted, corrected or drew."""
        return self.accepted + self.edited + self.drawn

    @property
    def teaches(self) -> bool:
        """Whether anything can be learned from it."""
        return self.inside > 0


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a training set of some plots would be.

    Attributes:
        crowns: by split, "train", "valid" and "test".
        places: how many, at least 50 m apart.
        split_by: "place" or "block".
        block_m: side of the blocks.
        findings: those that keep training from being judged are of severity "error".
    """

    crowns: dict[str, int]
    places: int
    split_by: str
    block_m: float
    findings: tuple[Finding, ...]

    @property
    def is_enough(self) -> bool:
        """Whether there are crowns to learn from and others, elsewhere, to examine the model on."""
        return not any(found.severity == "error" for found in self.findings)


def plot_stock(path: Path, *, whole: bool = False) -> PlotStock:
    """Count what a project holds; nothing is changed.

    Args:
        path: of a project.
        whole: every crown of the plot is outlined, whatever complete areas it has.

    Raises:
        BirchtreeError: the project or its orthomosaic cannot be read.
    """
    with Project.open(path, read_only=True) as project, Plot.open(project.locate_rasters(), check=False) as plot:
        survey = survey_of(project, plot, ALL if whole else None)
        reviews = Counter(crown.review for crown in project.table.crowns())
        areas = 1 if whole else len(project.areas("complete"))
    middles = np.array([crown.outline.centroid for crown in survey.crowns], object)
    inside = shapely.intersects(survey.complete, middles) if len(middles) else np.zeros(0, bool)
    auto = np.array([crown.review == "auto" for crown in survey.crowns], bool)
    stock = PlotStock(
        path=path,
        accepted=reviews["accepted"],
        edited=reviews["edited"],
        drawn=reviews["added"],
        proposed=reviews["auto"],
        rejected=reviews["deleted"],
        whole=whole,
        areas=areas,
        complete_ha=survey.complete.area * survey.unit_m**2 / _SQUARE_METRES,
        inside=int(inside.sum()),
        proposed_inside=int((inside & auto).sum()),
        findings=(),
        survey=survey,
    )
    return replace(stock, findings=_findings(stock))


def _findings(stock: PlotStock) -> tuple[Finding, ...]:
    name = stock.survey.name
    if not stock.survey.crowns:
        return (finding("stock.no_crowns", "error", "{name} has no crowns yet, so it teaches nothing.", name=name),)
    if not stock.areas:
        return (
            finding(
                "stock.no_area",
                "error",
                "{name} has no complete area, so nothing of it is learned: only inside one is it known that what is no "
                "crown is background. Mark an area in which every crown is outlined, or say that the whole plot is "
                "reviewed.",
                name=name,
            ),
        )
    if not stock.inside:
        return (finding("stock.empty_area", "error", "No crown lies in the complete areas of {name}.", name=name),)
    found = []
    if stock.proposed_inside:
        found.append(
            finding(
                "stock.unreviewed",
                "warning",
                "{count} of the {inside} crowns in the complete areas of {name} are proposals that nobody has looked "
                "at; they are taught as they are.",
                count=stock.proposed_inside,
                inside=stock.inside,
                name=name,
            )
        )
    outside = len(stock.survey.crowns) - stock.inside
    if outside:
        found.append(
            finding(
                "stock.outside",
                "info",
                "{count} crowns of {name} lie outside its complete areas and are left out.",
                count=outside,
                name=name,
            )
        )
    return tuple(found)


def outlook(stocks: Sequence[PlotStock], options: DatasetOptions | None = None) -> Outlook:
    """What a set of these plots would hold, in the largest blocks that leave something to be examined on."""
    wanted = options or DatasetOptions()
    surveys = [stock.survey for stock in stocks]
    fitted = fitted_blocks(surveys, wanted)
    plan = plan_set(surveys, fitted or wanted)
    crowns = plan.crowns()
    found: list[Finding] = []
    total = sum(crowns.values())
    if not total:
        found.append(
            finding(
                "stock.nothing",
                "error",
                "There is nothing to learn yet: none of the plots has crowns in a complete area.",
            )
        )
    elif fitted is None:
        found.append(
            finding(
                "stock.nothing_held_out",
                "error",
                "No part can be kept apart to compare the models on: {count} crowns on {places} are too few or "
                "too close together. Complete more ground, or add another plot.",
                count=total,
                places=_counted(plan.places),
            )
        )
    elif total < _FEW_CROWNS:
        found.append(
            finding(
                "stock.few",
                "warning",
                "{count} crowns are few: expect little, and figures that chance decides as much as the model.",
                count=total,
            )
        )
    if fitted is not None and plan.split_by == "block":
        found.append(
            finding(
                "stock.blocks",
                "info",
                "With fewer than five places the held-out crowns stand on blocks of {block} m of the same plots: the "
                "figures are for these plots, not for new ones.",
                block=round(fitted.block_m),
            )
        )
    return Outlook(crowns, plan.places, plan.split_by, (fitted or wanted).block_m, tuple(found))


def _counted(places: int) -> str:
    return "one place" if places == 1 else f"{places} places"
