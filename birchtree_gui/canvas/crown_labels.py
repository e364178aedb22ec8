"""Labels: the short text that a crown carries on the map, by the chosen attribute."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLocale

from birchtree_gui import species_names
from birchtree_gui.canvas.colours import ColourBy

if TYPE_CHECKING:
    from inference.crowns.table import CrownTable

LabelBy = Literal["colour", "none", "id", "species", "species_code", "height", "score", "area", "diameter", "note"]

_AS_COLOURED: dict[ColourBy, LabelBy] = {"review": "id", "height": "height", "score": "score", "species": "species"}
_TEXTS = {"species": "species", "species_code": "species_code", "note": "note"}
# Column, decimals and unit of numbers.
_NUMBERS = {
    "height": ("height_m", 1, " m"),
    "score": ("score", 2, ""),
    "area": ("area_m2", 0, " m²"),
    "diameter": ("diameter_m", 1, " m"),
}
_LONGEST = 28


def texts(table: CrownTable, places: npt.NDArray[np.intp], label_by: LabelBy, colour_by: ColourBy) -> list[str]:
    """A text for each of the crowns at (N,) places of a table, "" for none; "colour" is what gives the colour."""
    chosen = _AS_COLOURED[colour_by] if label_by == "colour" else label_by
    if chosen == "none":
        return [""] * len(places)
    if chosen == "id":
        return [str(tree_id) for tree_id in table.ids[places].tolist()]
    if chosen in _TEXTS:
        found = table.column(_TEXTS[chosen])[places].tolist()
        return [_short(species_names.shown(text) if chosen == "species" and text else text) for text in found]
    column, decimals, unit = _NUMBERS[chosen]
    return _numbers(table.column(column)[places].tolist(), decimals, unit)


def _numbers(values: Sequence[float | None], decimals: int, unit: str) -> list[str]:
    locale = QLocale()
    return [
        "" if value is None or math.isnan(value) else locale.toString(float(value), "f", decimals) + unit
        for value in values
    ]


def _short(text: object) -> str:
    if not isinstance(text, str):
        return ""
    line = text.strip().partition("\n")[0]
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
