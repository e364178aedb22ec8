"""The columns of the crown table as people see them: title, unit, digits, and which can be edited in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale

from birchtree_gui import units
from inference.crowns import shape
from inference.crowns.columns import HEIGHT_GAP, POSITION, SHAPE, row_of
from inference.crowns.crown import Crown
from inference.crowns.custom_values import PREFIX
from inference.crowns.height_choice import disagreement
from inference.crowns.records import CustomField

_CONTEXT = "Columns"


def _tr(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `decimals` None means text."""

    name: str
    title: str
    explanation: str
    decimals: int | None = None
    is_editable: bool = False
    width_chars: int = 8
    is_from_model: bool = False  # shown only on plots that a trait model has measured
    field: CustomField | None = None  # one of the plot's own

    @property
    def is_number(self) -> bool:
        """Whether values are aligned right and sorted by size."""
        return self.decimals is not None or (self.field is not None and self.field.kind in ("integer", "real"))


def kind_text(kind: str) -> str:
    """What a field of a kind holds, in words."""
    words = {
        "text": _tr("Text"),
        "integer": _tr("Whole number"),
        "real": _tr("Decimal number"),
        "flag": _tr("Yes or no"),
        "date": _tr("Date"),
        "choice": _tr("Choice from a list"),
    }
    return words[kind]


def columns(fields: Sequence[CustomField] = ()) -> tuple[Column, ...]:
    """All columns in their usual order, with titles in the user's language; the plot's own fields last."""
    return (*_built_in(), *map(_of_field, fields))


def _of_field(field: CustomField) -> Column:
    explanation = _tr("Field of this plot: {kind}; double-click to change").format(kind=kind_text(field.kind))
    width = {"text": 14, "choice": 11, "date": 10, "flag": 5}.get(field.kind, 8)
    return Column(PREFIX + field.key, field.name, explanation, is_editable=True, width_chars=width, field=field)


def _built_in() -> tuple[Column, ...]:
    return (
        Column("tree_id", _tr("ID"), _tr("Number of the crown, never used twice"), 0, width_chars=5),
        Column("height_m", _tr("Height m"), _tr("Highest point above the ground, in metres"), 1, width_chars=6),
        Column("area_m2", _tr("Area m²"), _tr("Area of the outline, in square metres"), 1, width_chars=6),
        Column(
            "diameter_m", _tr("Diam. m"), _tr("Diameter of the circle with the same area, in metres"), 1, width_chars=8
        ),
        Column(
            "species", _tr("Species"), _tr("Scientific name; double-click to change"), is_editable=True, width_chars=11
        ),
        Column("review", _tr("Status"), _tr("What a person decided about the crown"), width_chars=8),
        Column("score", _tr("Score"), _tr("How sure the model is, 0 to 1"), 2, width_chars=7),
        Column("height_p95_m", _tr("p95 m"), _tr("95th percentile of the heights inside, in metres"), 1, width_chars=7),
        Column(
            "height_chm_m",
            _tr("CHM m"),
            _tr("Highest point of the canopy height model, in metres"),
            1,
            width_chars=6,
            is_from_model=True,
        ),
        Column(
            "height_model_m",
            _tr("Model m"),
            _tr("Height by the trait model, in metres"),
            1,
            width_chars=7,
            is_from_model=True,
        ),
        Column(
            HEIGHT_GAP,
            _tr("Apart"),
            _tr("How far the model's height is from the CHM's, as a share of it; large ones are worth a look"),
            2,
            width_chars=6,
            is_from_model=True,
        ),
        Column("perimeter_m", _tr("Perim. m"), _tr("Length of the outline, in metres"), 1, width_chars=8),
        Column(
            "dbh_cm",
            _tr("DBH cm"),
            _tr("Diameter at breast height by the named equation, in centimetres"),
            1,
            width_chars=8,
        ),
        Column(
            "agb_kg",
            _tr("Biomass kg"),
            _tr("Biomass above ground by the named equation, in kilograms"),
            0,
            width_chars=9,
        ),
        Column("height_source", _tr("Source"), _tr("Where the height comes from"), width_chars=9),
        Column(
            "species_topk",
            _tr("Likely species"),
            _tr("The model's likeliest species with their probabilities"),
            width_chars=24,
            is_from_model=True,
        ),
        Column("note", _tr("Note"), _tr("Free text; double-click to change"), is_editable=True, width_chars=18),
        Column("edited_by", _tr("Edited by"), _tr("Who touched the crown last"), width_chars=9),
        Column("edited_at", _tr("Edited at"), _tr("When it was touched last"), width_chars=16),
    )


def review_text(review: str) -> str:
    """The word for a review status."""
    words = {
        "auto": _tr("proposed"),
        "accepted": _tr("accepted"),
        "edited": _tr("edited"),
        "added": _tr("drawn"),
        "deleted": _tr("deleted"),
    }
    return words.get(review, review)


def value_of(crown: Crown, column: str, unit_m: float) -> object:
    """One value of a crown, computed where it follows from the outline."""
    if column == "tree_id":
        return crown.tree_id
    if column in SHAPE:
        return float(getattr(shape, column)([crown.outline], unit_m)[0])
    if column == HEIGHT_GAP:
        return height_gap(crown)
    if column.startswith(PREFIX):
        return crown.custom_value(column.removeprefix(PREFIX))
    return row_of(crown)[POSITION[column]]


def height_gap(crown: Crown) -> float | None:
    """How far the model's height is from the CHM's, as a share of it; None unless both are known."""
    measures = crown.measures
    if measures is None or measures.height_chm_m is None or measures.height_model_m is None:
        return None
    return float(disagreement([measures.height_chm_m], [measures.height_model_m])[0])


def text_of(value: object, column: Column) -> str:
    """A value as shown in a cell; empty when it is not known."""
    if value is None:
        return ""
    if column.field is not None:
        return field_text(value, column.field)
    if column.decimals is not None and isinstance(value, int | float):
        return str(int(value)) if column.name == "tree_id" else units.number(value, column.decimals)
    if column.name == "review":
        return review_text(str(value))
    if column.name == "edited_at":
        return units.local_time(str(value))
    return str(value)


def field_text(value: object, field: CustomField) -> str:
    """A value of one of the plot's own fields as people read it; "" for none."""
    if value is None:
        return ""
    if field.kind == "flag":
        return _tr("yes") if value else _tr("no")
    if field.kind == "real" and isinstance(value, int | float):
        return repr(float(value)).removesuffix(".0").replace(".", QLocale().decimalPoint())
    return str(value)
