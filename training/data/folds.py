"""Shares plots out over the folds of a cross-validation by place: plots that touch or overlap never part."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

# Corners nearer than this, along both axes, belong to one place: plots are 20 or 40 m wide, so at least 20 m lie
# between plots of different places.
SAME_PLACE_M = 60.0
# Parts that hold almost the same number of crowns are chosen among by lot, not always the first.
_LOT = 0.01
# A plot without crowns counts a little, so that such plots are shared out as well.
_PLOT_WEIGHT = 0.1

PlotKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PlotPlace:
    """Where a plot lies, and how much it holds.

    Attributes:
        site: the survey, "teak" or "sjer_2018"; what stands before "_" is balanced over the folds together.
        plot: its name, "TEAK_043"; what stands before "_" says which plots have comparable coordinates, also across
            surveys: "OSBS_11" of one and "OSBS_037" of another may be the same place.
        x_m, y_m: the upper left corner in the plot CRS, or any other point that is the same in all plots.
        crowns: how many are labelled.
    """

    site: str
    plot: str
    x_m: float
    y_m: float
    crowns: int

    @property
    def key(self) -> PlotKey:
        """What names the plot among all."""
        return (self.site, self.plot)

    @property
    def region(self) -> str:
        """Plots of other regions lie elsewhere."""
        return self.plot.partition("_")[0].upper()

    @property
    def stratum(self) -> tuple[str, str]:
        """Crowns are shared out evenly within each."""
        return (self.site.partition("_")[0], self.region)


def folds(plots: Sequence[PlotPlace], count: int = 4, seed: int = 7) -> dict[PlotKey, int]:
    """Give each plot a fold.

    Places, those with most crowns first, go where the fewest crowns of their stratum are. The order of `plots` makes
    no difference.

    Args:
        plots: of any number of sites; one (site, plot) occurs once.
        count: folds, from 0 on.
        seed: decides between parts that are equally full.

    Returns:
        (site, plot) to its fold.
    """
    ordered = _ordered(plots)
    place = places(ordered)
    rng = np.random.default_rng(seed)
    fold_of: dict[int, int] = {}
    for stratum in sorted({plot.stratum for plot in ordered}):
        crowns: dict[int, int] = {}
        for plot in ordered:
            if plot.stratum == stratum:
                number = place[plot.key]
                crowns[number] = crowns.get(number, 0) + plot.crowns
        filled = np.zeros(count)
        for number in sorted(crowns, key=lambda one: -crowns[one]):
            # A place that another survey shows too has its fold already.
            if number not in fold_of:
                fold_of[number] = int(np.argmin(filled + rng.random(count) * _LOT))
            filled[fold_of[number]] += crowns[number] + _PLOT_WEIGHT
    return {plot.key: fold_of[place[plot.key]] for plot in ordered}


def places(plots: Sequence[PlotPlace]) -> dict[PlotKey, int]:
    """The number of each plot's place; plots that a chain of neighbours joins are one place."""
    number = list(range(len(plots)))
    for i, one in enumerate(plots):
        for j, other in enumerate(plots[:i]):
            if number[i] != number[j] and _same_place(one, other):
                gone, stays = number[i], number[j]
                number = [stays if each == gone else each for each in number]
    return {plot.key: number[i] for i, plot in enumerate(plots)}


def _same_place(one: PlotPlace, other: PlotPlace) -> bool:
    apart_m = max(abs(one.x_m - other.x_m), abs(one.y_m - other.y_m))
    return one.region == other.region and apart_m < SAME_PLACE_M


def _ordered(plots: Sequence[PlotPlace]) -> list[PlotPlace]:
    """By name as files are listed ("MLBS_18_rgb" before "MLBS_1_rgb"), the latest survey of a site first."""
    by_name = sorted(plots, key=lambda plot: f"{plot.plot}_")
    return sorted(by_name, key=lambda plot: plot.site, reverse=True)
