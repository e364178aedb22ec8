"""The real plots as training data: read as a user's run reads them, on cells of a tenth of a metre."""

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from inference.plot.plot import Plot
from inference.plot.sources import PlotSources
from training.data.field_plots import DATA, SITES, FieldPlot, field_folds, field_plots
from training.data.labelled import LabelledPlot

GSD_M = 0.1
SAMPLE_SITE = "samples"
_SAMPLES = ("OSBS_029", "2018_SJER_3_252000_4107000_image_477")
_CANOPY_M = 5.0
_LEAST_TOLD = 0.25  # of the canopy, inside boxes
_NEAR_M = 100.0  # plots closer than this may show the same trees


@dataclass(frozen=True, slots=True)
class FieldSet:
    """All real plots, with what a cross-validation by place needs.

    Attributes:
        plots: with their boxes.
        fold: of each plot, -1 for those that belong to no fold.
        corner_crs: (n, 2) upper left corner of each, in its own plot CRS.
    """

    plots: tuple[LabelledPlot, ...]
    fold: tuple[int, ...]
    corner_crs: NDArray[np.float64]

    def split(self, held_out: int | str | None) -> tuple[tuple[LabelledPlot, ...], tuple[LabelledPlot, ...]]:
        """Plots to learn from, and those held out.

        Args:
            held_out: a fold, the name of a site, or None to learn from all.
        """
        away = np.array(
            [
                held_out is not None
                and (plot.site.startswith(held_out) if isinstance(held_out, str) else fold == held_out)
                for plot, fold in zip(self.plots, self.fold, strict=True)
            ],
            bool,
        )
        if isinstance(held_out, str) and away.any():
            # Plots of other surveys may lie in the same forest.
            away |= np.array([self._is_near(row, away) for row in range(len(self.plots))], bool)
        kept = [
            row
            for row in np.flatnonzero(~away)
            if self.plots[row].site != SAMPLE_SITE or not self._is_near(int(row), away)
        ]
        held = [row for row in np.flatnonzero(away) if self.plots[row].site != SAMPLE_SITE]
        return tuple(self.plots[row] for row in kept), tuple(self.plots[row] for row in held)

    def _is_near(self, row: int, others: NDArray[np.bool_]) -> bool:
        """Whether a plot lies beside one of `others`; projected coordinates of other zones are never that near."""
        return bool((np.abs(self.corner_crs[others] - self.corner_crs[row]).max(1, initial=np.inf) < _NEAR_M).any())


def field_set(data: Path = DATA) -> FieldSet:
    """Read everything that is labelled beside the project.

    Raises:
        InputError: a raster or the file of crowns cannot be read.
    """
    folds = field_folds(data)
    plots: list[LabelledPlot] = []
    corners: list[tuple[float, float]] = []
    fold: list[int] = []
    for found in field_plots(SITES, data):
        plot, corner = _labelled(found.site, found.name, found.sources, found)
        plots.append(plot)
        corners.append(corner)
        fold.append(folds[found.key])
    for name in _SAMPLES:
        plot, corner = _labelled(SAMPLE_SITE, name, PlotSources(data / "samples" / f"{name}.tif"), None)
        plots.append(_with_boxes(plot, data / "samples", name))
        corners.append(corner)
        fold.append(-1)
    return FieldSet(tuple(plots), tuple(fold), np.array(corners, np.float64))


def is_told(found: FieldPlot) -> bool:
    """Whether the labels of a plot say where most of its trees are, see `tells_of_canopy`."""
    plot, _ = _labelled(found.site, found.name, found.sources, found)
    return tells_of_canopy(plot.boxes, plot.chm_m)


def _labelled(
    site: str, name: str, sources: PlotSources, truth: FieldPlot | None
) -> tuple[LabelledPlot, tuple[float, float]]:
    """A plot through the product's own reader, and its upper left corner."""
    with Plot.open(sources) as plot:
        grid = plot.work_grid(GSD_M)
        tile = plot.read_tile(0, grid, grid.bounds_crs)
    boxes = np.zeros((0, 4), np.float32)
    if truth is not None and len(truth.boxes):
        left, bottom, right, top = shapely.bounds(truth.boxes).T
        edges = (left - grid.left_crs, grid.top_crs - top, right - grid.left_crs, grid.top_crs - bottom)
        boxes = (np.stack(edges, 1) / grid.cell_crs).astype(np.float32)
    labelled = LabelledPlot(
        name=name,
        site=site,
        place=name,
        gsd_m=GSD_M,
        rgb=np.ascontiguousarray(tile.rgb),
        chm_m=tile.chm_m,
        boxes=boxes,
        owner=None,
        # Trees that nobody labelled count as background all the same: at HARV and SJER, too, the labels then say
        # which trees a person takes for one. Left out, precision there fell; on the three plots of TEAK that do not
        # tell of their canopy it was tried as well, and F1 on the other plots of two folds fell from 0.72 to 0.63.
        complete=np.ones(tile.rgb.shape[1:], bool),
    )
    return labelled, (grid.left_crs, grid.top_crs)


def tells_of_canopy(boxes: NDArray[np.float32], chm_m: NDArray[np.float32] | None) -> bool:
    """Whether at least a quarter of what is above 5 m lies in a label's box; True without elevation or without trees.

    At TEAK the boxes cover 50 to 66 % of it on nine plots, and 3, 6 and 12 % on three.

    Args:
        boxes: (n, 4) x0, y0, x1, y1 in cells.
        chm_m: (h, w) height above ground, NaN where unknown.
    """
    if chm_m is None:
        return True
    canopy = np.nan_to_num(chm_m) > _CANOPY_M
    inside = np.zeros(canopy.shape, bool)
    for x0, y0, x1, y1 in boxes:
        inside[int(y0) : math.ceil(y1), int(x0) : math.ceil(x1)] = True
    return bool((canopy & inside).sum() >= _LEAST_TOLD * canopy.sum())


def _with_boxes(plot: LabelledPlot, folder: Path, name: str) -> LabelledPlot:
    """The boxes of a csv beside the raster, in its pixels; both samples have cells of a tenth of a metre."""
    rows, columns = plot.rgb.shape[1:]
    boxes = np.array(_csv_boxes(folder, name), np.float32).reshape(-1, 4)
    inside = np.clip(boxes, 0.0, np.array([columns, rows, columns, rows], np.float32))
    return LabelledPlot(
        name=plot.name,
        site=plot.site,
        place=plot.place,
        gsd_m=plot.gsd_m,
        rgb=plot.rgb,
        chm_m=plot.chm_m,
        boxes=inside,
        owner=None,
        complete=plot.complete,
    )


def _csv_boxes(folder: Path, name: str) -> Sequence[tuple[float, ...]]:
    file = next(path for path in (folder / f"{name}.csv", folder / f"{name}_truth.csv") if path.is_file())
    with file.open(encoding="utf-8", newline="") as text:
        return [tuple(float(row[key]) for key in ("xmin", "ymin", "xmax", "ymax")) for row in csv.DictReader(text)]
