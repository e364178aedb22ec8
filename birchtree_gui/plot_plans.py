"""Lays grids and draws control plots on the open plot, each as one edit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from birchtree_gui.document import PlotDocument, now
from inference.crowns import area_edits, area_plans
from inference.crowns.records import AreaKind, RecordChange
from inference.errors import InputError

if TYPE_CHECKING:
    from inference.crowns.area_plans import Shape


def planned_areas(
    document: PlotDocument, kind: AreaKind, size_m: float, *, count: int, shape: Shape, seed: int
) -> bool:
    """Add grid cells of this side, or control plots of this size; False when it could not be done (a message says why).

    A grid replaces an earlier one in the same step. Names of control plots go on from those that are there.
    """
    plot = document.plot
    if plot is None:
        return False
    size, ground = size_m / plot.unit_m, plot.extent
    there = document.project.areas(kind)
    try:
        if kind == "cell":
            plans = area_plans.grid_cells(ground, size)
        else:
            taken = [area.outline for area in there]
            plans = area_plans.random_plots(ground, count, size, shape=shape, seed=seed + len(there), taken=taken)
            plans = [replace(plan, name=f"P{len(there) + n}") for n, plan in enumerate(plans, start=1)]
    except InputError as error:
        document.message.emit("warning", str(error))
        return False
    if not plans:
        document.message.emit("warning", QCoreApplication.translate("PlotPlans", "No cell has ground in it."))
        return False
    edit = area_edits.add(document.project.take_area_ids(len(plans)), plans, kind=kind, by=document.by, at=now())
    if kind == "cell" and there:
        gone = tuple(RecordChange(area, None) for area in there)
        edit = replace(edit, name=edit.name.replace("Add", "Lay"), records=(*gone, *edit.records))
    return document.do(edit)
