"""What the inspector tells of the selected crowns, taken from whole columns so that any number of crowns is quick."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from birchtree_gui import units
from inference.crowns.crown import Crown
from inference.crowns.custom_values import PREFIX, CustomValue
from inference.crowns.records import CustomField
from inference.crowns.table import CrownTable

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class SelectionSummary:
    """One or several crowns as text.

    Attributes:
        count: how many.
        crown: the crown when it is just one.
        review: their common status, "" when they differ.
        has_proposed: whether there is one to accept.
        height: of one crown, or mean and range; area: of one, or the sum; diameter: of one, or the mean.
        species, note: what they have in common, "" when they differ.
        species_varies, note_varies: whether they differ.
        dbh, biomass: of several, their mean and their sum.
    """

    count: int
    crown: Crown | None
    review: str
    has_proposed: bool
    height: str
    area: str
    diameter: str
    species: str
    note: str
    species_varies: bool = False
    note_varies: bool = False
    dbh: str = units.MISSING
    biomass: str = units.MISSING


def summarise(table: CrownTable, ids: Iterable[int]) -> SelectionSummary:
    """Sum up some crowns of the table; there must be at least one."""
    places = table.places(sorted(ids))
    reviews = set(table.column("review")[places].tolist())
    areas = np.asarray(table.column("area_m2")[places], np.float64)
    diameters = np.asarray(table.column("diameter_m")[places], np.float64)
    heights = np.asarray(table.column("height_m")[places], np.float64)
    known = heights[~np.isnan(heights)]
    is_one = len(places) == 1
    names, notes = table.column("species")[places].tolist(), table.column("note")[places].tolist()
    dbh_cm, agb_kg = _known(table, "dbh_cm", places), _known(table, "agb_kg", places)
    return SelectionSummary(
        count=len(places),
        crown=table.get(int(table.ids[places[0]])) if is_one else None,
        review=reviews.pop() if len(reviews) == 1 else "",
        has_proposed=bool((table.column("review")[places] == "auto").any()),
        height=units.quantity(float(known[0]) if len(known) else None, "m") if is_one else _spread(known),
        area=units.quantity(float(areas.sum()), "m²"),
        diameter=units.quantity(float(diameters.mean()), "m"),
        species=_common(names),
        note=_common(notes),
        species_varies=len(set(names)) > 1,
        note_varies=len(set(notes)) > 1,
        dbh=units.quantity(float(dbh_cm.mean()) if len(dbh_cm) else None, "cm"),
        biomass=units.mass(float(agb_kg.sum()) if len(agb_kg) else None),
    )


def common_field(table: CrownTable, ids: Iterable[int], field: CustomField) -> tuple[CustomValue | None, bool]:
    """What crowns have in common in a field, and whether they differ there."""
    values = table.column(PREFIX + field.key)[table.places(ids)].tolist()
    found = set(values)
    return (values[0], False) if len(found) == 1 else (None, len(found) > 1)


def _known(table: CrownTable, name: str, places: np.ndarray[tuple[int, ...], np.dtype[np.intp]]) -> Floats:
    values = np.asarray(table.column(name)[places], np.float64)
    return values[~np.isnan(values)]


def _spread(heights_m: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> str:
    if not len(heights_m):
        return units.MISSING
    lowest, highest = units.number(float(heights_m.min())), units.number(float(heights_m.max()))
    return f"{units.quantity(float(heights_m.mean()), 'm')}  ({lowest}–{highest})"


def _common(values: list[str | None]) -> str:
    found = set(values)
    return (found.pop() or "") if len(found) == 1 else ""
