"""The columns of the crown table as people see them: title, unit, digits, and which can be edited in place."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from birchtree_gui import units
from inference.crowns import shape
from inference.crowns.columns import HEIGHT_GAP, POSITION, SHAPE, row_of
from inference.crowns.crown import Crown
from inference.crowns.height_choice import disagreement

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

    @property
    def is_number(self) -> bool:
        """Whether values are aligned right and sorted by size."""
        return self.decimals is not None


def columns() -> tuple[Column, ...]:
    """All columns in their order, with titles in the user's language."""
    return (
        Column("tree_id", _tr("ID"), _tr("Number of the crown, never used twice"), 0, width_chars=5),
        Column("height_m", _tr("Height m"), _tr("Highest point above the ground, in metres"), 1, width_chars=6),
        Column("area_m2", _tr("Area m²"), _tr("Area of the outline, in square metres"), 1, width_chars=6),
        Column(
            "diameter_m", _tr("Diam. m"), _tr("Diameter of the circle with the same area, in metres"), 1, width_chars=8
        ),
        Column(
            "species", _tr("Species"), _tr("Scientific name; double-click to change"), is_editable=True, width_chars=10
        ),
        Column("review", _tr("Status"), _tr("What a person decided about the crown"), width_chars=7),
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
            _tr("Height that the model read from the picture, in metres"),
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
    if column.decimals is not None and isinstance(value, int | float):
        return str(int(value)) if column.name == "tree_id" else units.number(value, column.decimals)
    if column.name == "review":
        return review_text(str(value))
    if column.name == "edited_at":
        return units.local_time(str(value))
    return str(value)
