"""The columns of the crown table: one list from which rows are read, written, sorted and shown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from operator import attrgetter
from typing import Literal

import numpy as np
import numpy.typing as npt
import shapely

from inference.crowns import custom_values
from inference.crowns.crown import REVIEWS, Crown, Measures, Review

Value = str | int | float | None
Row = Sequence[Value]
Kind = Literal["text", "real", "flag"]

# The stored attributes in the order of a `Row`, with what a column array holds: object, float64 (NaN = none) or bool.
STORED: dict[str, Kind] = {
    "label": "text",
    "species": "text",
    "species_code": "text",
    "species_score": "real",
    "score": "real",
    "review": "text",
    "height_m": "real",
    "height_p95_m": "real",
    "height_source": "text",
    "treetop_x": "real",
    "treetop_y": "real",
    "dbh_cm": "real",
    "agb_kg": "real",
    "allometry": "text",
    "edge": "flag",
    "note": "text",
    "edited_by": "text",
    "edited_at": "text",
    "run_id": "text",
    "measured": "flag",
    # Since file version 2; last, because steps of the history store rows in this order.
    "height_chm_m": "real",
    "height_model_m": "real",
    "species_topk": "text",
    "species_ood": "real",
    # Since file version 3.
    "custom": "text",
}
# What follows from the outline alone; never stored in memory, always computed.
SHAPE = ("area_m2", "perimeter_m", "diameter_m")
# How far the model's height is from the CHM's, see `height_choice.disagreement`: computed, too.
HEIGHT_GAP = "height_gap"
COLUMNS: tuple[str, ...] = ("tree_id", *STORED, *SHAPE, HEIGHT_GAP)
POSITION: dict[str, int] = {name: place for place, name in enumerate(STORED)}

CHM_SOURCES = ("DSM-DTM", "DSM-est")
_NOT_MEASURED = Measures()
# Attributes that a row holds as they are; flags, the treetop and custom fields are written otherwise.
_OF_CROWN = frozenset(STORED) & frozenset(field.name for field in fields(Crown)) - {"edge", "custom"}
_OF_MEASURES = frozenset(STORED) & frozenset(field.name for field in fields(Measures))
_REVIEW: dict[Value, Review] = {name: name for name in REVIEWS}


def row_of(crown: Crown, custom_text: str | None = None) -> tuple[Value, ...]:
    """The stored attributes of a crown, in the order of `STORED`; `custom_text` when its custom fields are written."""
    measures = crown.measures or _NOT_MEASURED
    top_x, top_y = measures.treetop_crs or (None, None)
    return (
        crown.label,
        crown.species,
        crown.species_code,
        crown.species_score,
        crown.score,
        crown.review,
        measures.height_m,
        measures.height_p95_m,
        measures.height_source,
        top_x,
        top_y,
        measures.dbh_cm,
        measures.agb_kg,
        measures.allometry,
        int(crown.edge),
        crown.note,
        crown.edited_by,
        crown.edited_at,
        crown.run_id,
        int(crown.measures is not None),
        measures.height_chm_m,
        measures.height_model_m,
        measures.species_topk,
        measures.species_ood,
        custom_text or (custom_values.text_of(crown.custom) if crown.custom else None),
    )


def reader(name: str) -> Callable[[Crown], Value]:
    """Reads one stored attribute of a crown without making its whole row: whole columns are read often."""
    place = POSITION[name]
    if name in _OF_CROWN:
        read: Callable[[Crown], Value] = attrgetter(name)
        return read
    if name in _OF_MEASURES:
        of_measures: Callable[[Measures], Value] = attrgetter(name)
        return lambda crown: of_measures(crown.measures or _NOT_MEASURED)
    return lambda crown: row_of(crown)[place]


def changed_crown(crown: Crown, changed: Mapping[int, Value]) -> Crown:
    """The crown with other values at some places of its row: quicker than making it anew."""
    names = {_NAMES[place]: value for place, value in changed.items()}
    if not names.keys() <= _OF_CROWN:
        row = list(row_of(crown))
        for place, value in changed.items():
            row[place] = value
        return crown_of(crown.tree_id, crown.outline, row)
    return replace(crown, **{name: _READ.get(name, text)(value) for name, value in names.items()})  # type: ignore[arg-type]


def completed(row: Row) -> Row:
    """A row of any file version with every attribute of this one.

    Version 1 knew one height: where it came from the CHM it is the CHM's.
    """
    if len(row) >= len(STORED):
        return row
    if len(row) > POSITION["height_chm_m"]:
        return (*row, *[None] * (len(STORED) - len(row)))
    chm_m = row[POSITION["height_m"]] if row[POSITION["height_source"]] in CHM_SOURCES else None
    return completed((*row, chm_m))


def crown_of(tree_id: int, outline: shapely.Polygon, row: Row) -> Crown:
    """The crown that a row describes.

    Other programs may have written the row: an empty label means "Tree", and an unknown review means "added", because
    only a person draws a crown outside BirchTree.
    """
    (label, species, code, species_score, score, review) = row[:6]
    (edge, note, edited_by, edited_at, run_id, measured) = row[14:20]
    return Crown(
        tree_id,
        outline,
        score=real(score),
        review=review_of(review),
        label=text(label) or "Tree",
        species=text(species),
        species_code=text(code),
        species_score=real(species_score),
        edge=bool(edge),
        note=text(note) or "",
        edited_by=text(edited_by),
        edited_at=text(edited_at),
        run_id=text(run_id),
        measures=_measures_of(row) if measured else None,
        custom=custom_values.parse(row[POSITION["custom"]]),
    )


def _measures_of(row: Row) -> Measures:
    top_x, top_y = real(row[9]), real(row[10])
    return Measures(
        height_m=real(row[6]),
        height_p95_m=real(row[7]),
        height_source=text(row[8]),
        treetop_crs=None if top_x is None or top_y is None else (top_x, top_y),
        dbh_cm=real(row[11]),
        agb_kg=real(row[12]),
        allometry=text(row[13]),
        height_chm_m=real(row[20]),
        height_model_m=real(row[21]),
        species_topk=text(row[22]),
        species_ood=real(row[23]),
    )


def real(value: Value) -> float | None:
    """A number of the file; None for anything else."""
    return float(value) if isinstance(value, (int, float)) else None


def text(value: Value) -> str | None:
    """A text of the file."""
    return None if value is None else str(value)


def review_of(value: Value) -> Review:
    """The review of a row; an unknown one means that a person has drawn the crown outside BirchTree."""
    return _REVIEW.get(value, "added")


_NAMES = tuple(STORED)
_READ: Mapping[str, Callable[[Value], object]] = {
    "label": lambda value: text(value) or "Tree",
    "note": lambda value: text(value) or "",
    "review": review_of,
    "score": real,
    "species_score": real,
}


def array_of(name: str, values: list[Value]) -> npt.NDArray[np.generic]:
    """Values of a stored attribute as a column array: float64 with NaN for none, bool, or object with None."""
    match STORED[name]:
        case "real":
            try:
                return np.array([np.nan if value is None else value for value in values], np.float64)
            except (TypeError, ValueError, OverflowError):  # another program wrote something else than numbers
                real = (float(value) if isinstance(value, (int, float)) else np.nan for value in values)
                return np.fromiter(real, np.float64, len(values))
        case "flag":
            return np.array(values, bool)
        case _:
            is_sound = set(map(type, values)) <= {str, type(None)}
            return objects(values if is_sound else map(text, values))  # another program wrote numbers or bytes


def objects(values: Iterable[object]) -> npt.NDArray[np.object_]:
    """A one-dimensional object array, whatever sequences the values look like."""
    listed = list(values)
    array = np.empty(len(listed), object)
    array[:] = listed
    return array
