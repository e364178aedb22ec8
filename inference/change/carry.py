"""Carries the crowns of an earlier survey into a later one as proposals, shaped by a model or by the later heights."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from inference.change.comparing import MIN_IOU, moved_onto, standing_m
from inference.change.coregister import CoRegistration, coregister
from inference.change.survey import Survey
from inference.crowns import edits
from inference.crowns.crown import Crown
from inference.crowns.editing.ribbon import along_valley
from inference.crowns.edits import CrownEdit
from inference.crowns.geometry import to_valid_polygon
from inference.evaluation.matching import overlaps
from inference.jobs import CancelToken
from inference.models.store import ModelStore
from inference.plot.elevation import Elevation
from inference.plot.grid import Grid
from inference.plot.plot import Plot, PlotSources
from inference.project.store import Project
from inference.prompt.base import Prompt
from inference.prompt.service import PromptSession, open_prompt_session

RUN_ID = "earlier survey"
"""What proposals carried over have as their run."""
Reshape = Callable[[shapely.Polygon], "Shaped | None"]

# A tree cannot have lost more of its height and still be proposed.
_STANDS = 0.5
_TREE_M = 2.0
# What a snapped outline may differ from the one carried over; more means that the heights show another tree.
_MIN_IOU_SNAPPED = 0.4
_REACH_SHARE = 0.25
_MARGIN_M = 3.0
_CELL_M = 0.25


@dataclass(frozen=True, slots=True)
class Shaped:
    """An outline as a model or the heights see it, and the model's confidence (None: none was asked)."""

    outline: shapely.Polygon
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Carried:
    """What was carried over.

    Attributes:
        crowns: proposals without ids (0).
        shaped: how many of them got a new outline; the others keep the earlier one.
        there: how many earlier crowns have a partner already; gone: how many have nothing of their height standing.
        shift: how the surveys lie to each other.
    """

    crowns: tuple[Crown, ...]
    shaped: int
    there: int
    gone: int
    shift: CoRegistration

    def sentence(self) -> str:
        """For people."""
        proposals = "proposal" if len(self.crowns) == 1 else "proposals"
        head = f"{len(self.crowns)} {proposals} carried over ({self.shaped} shaped anew)"
        return f"{head}; {self.there} were there already, {self.gone} are gone. {self.shift.sentence()}"


def carry_files(earlier: Path, later: Path, *, model_id: str = "", cancel: CancelToken | None = None) -> Carried:
    """Put the crowns of an earlier project that have no partner into a later one, as one step of its history.

    `model_id` names a model that outlines them by their boxes; "" for none.

    Raises:
        BirchtreeError: a file or the model cannot be used, or the surveys show different places.
        Cancelled: `cancel` was set; nothing was changed.
    """
    with Project.open(earlier) as first, Project.open(later) as second:
        with (
            Plot.open(first.locate_rasters(), check=False) as old,
            Plot.open(second.locate_rasters(), check=False) as new,
        ):
            surveys = (Survey.of(first, second.crs_wkt), Survey.of(second))
            carried = carry_with(model_id, *surveys, old, new, cancel or CancelToken())
        edit = as_edit(carried, second.take_ids(len(carried.crowns)), first.path.name)
        if edit is not None:
            second.apply(edit)
    return carried


def carry_opened(
    model_id: str, earlier: Survey, later: Survey, sources: tuple[PlotSources, PlotSources], cancel: CancelToken
) -> Carried:
    """As `carry_with`, with plots that are opened for it and closed again: for a thread of the window."""
    with Plot.open(sources[0], check=False) as old, Plot.open(sources[1], check=False) as new:
        return carry_with(model_id, earlier, later, old, new, cancel)


def carry_with(model_id: str, earlier: Survey, later: Survey, old: Plot, new: Plot, cancel: CancelToken) -> Carried:
    """As `carry`, with a model by name; "" for none."""
    if not model_id:
        return carry(earlier, later, old, new)
    session = open_prompt_session(new, model_id, ModelStore())
    try:
        return carry(earlier, later, old, new, reshape=by_model(session, cancel))
    finally:
        session.close()


def carry(
    earlier: Survey, later: Survey, old: Plot, new: Plot, *, reshape: Reshape | None = None, min_iou: float = MIN_IOU
) -> Carried:
    """Make proposals of the earlier crowns that have no partner and still stand.

    Args:
        earlier, later: in the CRS of the later plot.
        old, new: the plots, open.
        reshape: outlines a crown anew on the later plot, such as a model that takes boxes; by default the border is
            moved to the valleys of the later heights.
        min_iou: what a partner shares at least.
    """
    shift = coregister(old, new, crown_m=earlier.crown_m)
    earlier, _ = moved_onto(earlier, later, shift, min_iou=min_iou)
    pairs = overlaps(earlier.outlines, later.outlines)
    taken = np.zeros(len(earlier), bool)
    taken[pairs.predicted[pairs.iou >= min_iou]] = True
    open_places = np.flatnonzero(~taken)
    now_m = standing_m(earlier.outlines[open_places], new.elevation, later.unit_m)
    gone = now_m < np.maximum(_TREE_M, _STANDS * np.nan_to_num(earlier.height_m[open_places]))
    shaper = reshape or _by_heights(new)
    inside = shapely.area(shapely.intersection(earlier.outlines[open_places], new.extent))
    seen = inside >= 0.5 * shapely.area(earlier.outlines[open_places])
    crowns, shaped = [], 0
    for place in open_places[~gone & seen].tolist():
        outline = earlier.outlines[place]
        found = shaper(outline)
        fits = found is not None and _iou(found.outline, outline) >= _MIN_IOU_SNAPPED
        told = found if fits and found is not None else Shaped(outline)
        shaped += fits
        name = earlier.species[place]
        crown = Crown(0, told.outline, score=told.score, species=name, run_id=RUN_ID)
        crowns.append(replace(crown, note=f"{earlier.name}: {int(earlier.ids[place])}"))
    return Carried(tuple(crowns), shaped, int(taken.sum()), int(gone.sum()), shift)


def as_edit(carried: Carried, ids: Sequence[int], name: str) -> CrownEdit | None:
    """The edit that adds the proposals; None for none. `ids`: as many fresh ids as there are proposals."""
    if not carried.crowns:
        return None
    crowns = [replace(crown, tree_id=number) for crown, number in zip(carried.crowns, ids, strict=True)]
    return edits.add(f"Carry over {len(crowns)} crowns from {name}", crowns)


def by_model(session: PromptSession, cancel: CancelToken, protected: Sequence[shapely.Polygon] = ()) -> Reshape:
    """Outlines each earlier crown anew with a model that takes boxes; what it finds nothing in keeps its outline."""

    def reshape(outline: shapely.Polygon) -> Shaped | None:
        cancel.check()
        near = tuple(other for other in protected if other.intersects(outline))
        found = session.propose(replace(Prompt(), protected=near).boxed(outline.bounds), cancel)
        return None if found is None else Shaped(found.outline, found.score)

    return reshape


def _by_heights(plot: Plot) -> Reshape:
    elevation = plot.elevation
    if elevation is None:
        return lambda _: None

    def reshape(outline: shapely.Polygon) -> Shaped | None:
        moved = snapped(outline, elevation, plot.unit_m)
        return None if moved is None else Shaped(moved)

    return reshape


def snapped(outline: shapely.Polygon, elevation: Elevation, unit_m: float) -> shapely.Polygon | None:
    """An outline with its border in the valleys of the heights near it; None where nothing is known."""
    from scipy.ndimage import gaussian_filter, map_coordinates

    cell = max(_CELL_M, elevation.cell_m) / unit_m
    diameter = 2 * float(np.sqrt(outline.area / np.pi))
    margin = _MARGIN_M / unit_m + _REACH_SHARE * diameter
    left, bottom, right, top = outline.bounds
    grid = Grid.covering(elevation.crs_wkt, (left - margin, bottom - margin, right + margin, top + margin), cell)
    heights_m = elevation.chm_m(grid)
    known = np.isfinite(heights_m)
    if not known.any():
        return None
    smooth = gaussian_filter(np.where(known, heights_m, 0.0), 1.0)

    def height_at(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        cols = (xy[:, 0] - grid.left_crs) / grid.cell_crs - 0.5
        rows = (grid.top_crs - xy[:, 1]) / grid.cell_crs - 0.5
        return np.asarray(map_coordinates(smooth, [rows, cols], order=1, mode="nearest"), np.float64)

    moved = along_valley(outline, height_at, step=cell, reach=_REACH_SHARE * diameter, ground_m=_TREE_M / 2)
    return to_valid_polygon(moved)


def _iou(one: shapely.Polygon, two: shapely.Polygon) -> float:
    shared = one.intersection(two).area
    return float(shared / (one.area + two.area - shared))
