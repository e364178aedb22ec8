"""Columns that people add to the crown table: making and changing them as edits, reading and showing their values."""

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from inference.crowns import columns, edits
from inference.crowns.crown import Crown
from inference.crowns.custom_values import PREFIX, CustomValue
from inference.crowns.edits import CrownEdit
from inference.crowns.records import CustomField, FieldKind, RecordChange
from inference.crowns.table import CrownTable
from inference.errors import InputError

if TYPE_CHECKING:
    from inference.project.record_access import RecordAccess

_WORDS = {
    **dict.fromkeys(("yes", "y", "true", "1", "oui", "sí", "si"), True),
    **dict.fromkeys(("no", "n", "false", "0", "non"), False),
}
# Names that an exported file needs for itself.
_OF_FILES = ("geom", "geometry", "fid", "ogc_fid", "image_path", "status", "plot", "wkt", "crs")
_TAKEN = frozenset((*columns.COLUMNS, *_OF_FILES))
_LONGEST_KEY = 40
_LARGEST_WHOLE = 2**31 - 1


def key_for(name: str, taken: Iterable[str]) -> str:
    """A key for a new field: what letters and digits its name has, unlike every column and every one of `taken`."""
    letters = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-z0-9]+", "_", letters).strip("_")[:_LONGEST_KEY] or "field"
    if plain[0].isdigit():
        plain = f"f_{plain}"
    used = _TAKEN.union(taken)
    key, number = plain, 2
    while key in used:
        key, number = f"{plain}_{number}", number + 1
    return key


def new_field(project: "RecordAccess", name: str, kind: FieldKind, choices: Sequence[str] = ()) -> CrownEdit:
    """The edit that adds a field at the end.

    Raises:
        InputError: without a name, of a name that is there, or a choice of nothing.
    """
    known = project.custom_fields(deleted=True)
    title = _checked(name, kind, choices, [field for field in known if not field.deleted])
    key = key_for(title, (field.key for field in known))
    place = 1 + max((field.place for field in known), default=0)
    listed = _distinct(choices) if kind == "choice" else ()
    field = CustomField(project.take_field_ids(1).start, key, title, kind, listed, place=place)
    return edits.record(f"Add field {title}", RecordChange(None, field))


def change_field(project: "RecordAccess", field: CustomField, *, name: str, choices: Sequence[str] = ()) -> CrownEdit:
    """The edit that gives a field another name or other choices; its values stay.

    Raises:
        InputError: as `new_field`.
    """
    others = [other for other in project.custom_fields() if other.field_id != field.field_id]
    title = _checked(name, field.kind, choices, others)
    after = replace(field, name=title, choices=_distinct(choices) if field.kind == "choice" else ())
    return edits.record(f"Change field {title}", RecordChange(field, after))


def delete_field(field: CustomField) -> CrownEdit:
    """The edit that hides a field; undo brings it back with all values."""
    return edits.record(f"Delete field {field.name}", RecordChange(field, replace(field, deleted=True)))


def set_values(
    crowns: Sequence[Crown], field: CustomField, value: CustomValue | None, *, by: str, at: str
) -> CrownEdit | None:
    """The edit that gives crowns a value, or takes it away with None; None when nothing would change."""
    others = [crown for crown in crowns if crown.custom_value(field.key) != value]
    if not others:
        return None
    name = f"Set {field.name}" if len(others) == 1 else f"Set {field.name} of {len(others)} crowns"
    return edits.change(
        name, others, lambda crown: replace(crown.with_custom(field.key, value), edited_by=by, edited_at=at)
    )


def parse(field: CustomField, text: str) -> CustomValue | None:
    """What a person typed as a value of the field; None for nothing.

    Raises:
        InputError: it is no such value.
    """
    plain = text.strip()
    if not plain:
        return None
    value = _READERS[field.kind](field, plain)
    if value is None:
        raise InputError(
            "field.value",
            "“{text}” is not a value of {name}, which takes {what}.",
            text=plain,
            name=field.name,
            what=_wanted(field),
        )
    return value


def typed(field: CustomField, value: object) -> CustomValue | None:
    """A value from a file as the field keeps it; None where it makes no sense there."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    text = str(value).strip()
    if field.kind in ("integer", "flag") and text.endswith(".0"):  # tables keep whole numbers with gaps as decimals
        text = text.removesuffix(".0")
    return _READERS[field.kind](field, text)


def show(value: CustomValue | None) -> str:
    """A value as people read it; numbers as Python writes them, so that nothing is lost."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def column(table: CrownTable, field: CustomField) -> npt.NDArray[np.generic]:
    """(N,) values of a field in the order of `table.ids`: float64 with NaN for numbers, else objects with None."""
    values = table.column(PREFIX + field.key)
    if field.kind in ("integer", "real"):
        numbers = [value if isinstance(value, (int, float)) else np.nan for value in values.tolist()]
        return np.array(numbers, np.float64)
    return values


def _integer(_: CustomField, text: str) -> int | None:
    try:
        value = int(text)
    except ValueError:
        return None
    return value if abs(value) <= _LARGEST_WHOLE else None


def _real(_: CustomField, text: str) -> float | None:
    try:
        value = float(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _date(_: CustomField, text: str) -> str | None:
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return None


def _choice(field: CustomField, text: str) -> str | None:
    return next((choice for choice in field.choices if choice.casefold() == text.casefold()), None)


_READERS: dict[FieldKind, Callable[[CustomField, str], CustomValue | None]] = {
    "text": lambda _, text: text or None,
    "integer": _integer,
    "real": _real,
    "flag": lambda _, text: _WORDS.get(text.casefold()),
    "date": _date,
    "choice": _choice,
}


def _wanted(field: CustomField) -> str:
    if field.kind == "choice":
        return "one of: " + ", ".join(field.choices)
    kinds = {"integer": "whole numbers", "real": "numbers", "flag": "yes or no", "date": "dates like 2026-07-31"}
    return kinds.get(field.kind, "text")


def _distinct(choices: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(choice.strip() for choice in choices if choice.strip()))


def _checked(name: str, kind: FieldKind, choices: Sequence[str], others: Sequence[CustomField]) -> str:
    title = name.strip()
    if not title:
        raise InputError("field.no_name", "A field needs a name.")
    if any(field.name.casefold() == title.casefold() for field in others):
        raise InputError("field.exists", "There is a field {name} already. Choose another name.", name=title)
    if kind == "choice" and not _distinct(choices):
        raise InputError("field.no_choices", "A choice needs at least one value to choose from.")
    return title
