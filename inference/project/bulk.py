"""One value, or a value for each, written into an attribute of many crowns as one edit; also what a person pasted."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from inference.crowns import edits
from inference.crowns.crown import Crown, Review
from inference.crowns.custom_values import PREFIX, CustomValue
from inference.crowns.edits import CrownEdit
from inference.crowns.expression import evaluating
from inference.crowns.expression.names import Kind, Names
from inference.crowns.expression.parsing import parse_value
from inference.crowns.in_columns import same_for_all
from inference.crowns.names import label_of
from inference.crowns.records import CustomField, FieldKind
from inference.crowns.table import CrownTable
from inference.errors import InputError
from inference.project import custom_fields

ATTRIBUTES = ("species", "review", "note")
"""Attributes of a crown that a person may set, besides the plot's own fields."""
STATUSES: tuple[Review, ...] = ("auto", "accepted", "edited", "deleted")
_WORDS = {"species": "species", "review": "status", "note": "note"}


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be set.

    Attributes:
        name: a column of the crown table: one of `ATTRIBUTES`, or "custom:KEY".
        field: the plot's own field of that key; None for an attribute.
    """

    name: str
    field: CustomField | None = None

    @classmethod
    def of_field(cls, field: CustomField) -> "Target":
        """One of the plot's own fields."""
        return cls(PREFIX + field.key, field)

    @property
    def kind(self) -> FieldKind:
        """What its values are."""
        if self.field is not None:
            return self.field.kind
        return "choice" if self.name == "review" else "text"

    @property
    def choices(self) -> tuple[str, ...]:
        """The values to choose from, when there are only these."""
        return self.field.choices if self.field is not None else STATUSES if self.name == "review" else ()

    @property
    def expression_kind(self) -> Kind:
        """What an expression must give."""
        kinds: dict[FieldKind, Kind] = {"integer": "number", "real": "number", "flag": "flag", "date": "text"}
        return kinds.get(self.kind, "text")

    def read(self, crown: Crown) -> CustomValue | None:
        """What a crown has; None for nothing."""
        if self.field is not None:
            return crown.custom_value(self.field.key)
        value: str | None = getattr(crown, self.name)
        return value or None

    def typed(self, value: object) -> CustomValue | None:
        """A value from an expression or another program as it is kept; None for nothing.

        Raises:
            InputError: it is no value of this kind.
        """
        if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
            return None
        if self.field is not None:
            text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
            return custom_fields.parse(self.field, custom_fields.show(value) if isinstance(value, bool) else text)
        text = str(value).strip()
        if self.name == "review":
            return _status(text)
        return text or None


def worked_out(
    table: CrownTable, crowns: Sequence[Crown], target: Target, line: str, names: Names | None = None
) -> list[CustomValue | None]:
    """(N,) values for crowns of a table: `line` as a value, or with `names` as an expression that gives one for each.

    Raises:
        InputError: the line is not understood, or gives a value that the target cannot have.
    """
    if names is None:
        return [target.typed(line)] * len(crowns)
    tree = parse_value(line, names, target.expression_kind)
    given = evaluating.values(tree, table)
    places = table.places(crown.tree_id for crown in crowns)
    kept: dict[object, CustomValue | None] = {}  # texts and numbers come again and again
    values = []
    for crown, place in zip(crowns, places.tolist(), strict=True):
        value = given[place]
        key = (type(value), value)
        if key not in kept:
            kept[key] = _typed_for(target, crown, value)
        values.append(kept[key])
    return values


def _typed_for(target: Target, crown: Crown, value: object) -> CustomValue | None:
    try:
        return target.typed(value)
    except InputError as error:
        raise InputError("bulk.value", "For crown {tree_id}: {why}", tree_id=crown.tree_id, why=str(error)) from error


def set_values(
    crowns: Sequence[Crown], values: Sequence[CustomValue | None], target: Target, *, by: str, at: str
) -> CrownEdit | None:
    """The edit that gives each crown its value; None when nothing would change.

    A species or note that is written by a person also accepts a crown that was only proposed.

    Args:
        crowns: (N,) in any order.
        values: (N,) as `Target.typed` gives them; None takes the value away.
        target: what is set.
        by, at: who, and when (ISO 8601, UTC).
    """
    wanted = {
        crown.tree_id: value for crown, value in zip(crowns, values, strict=True) if _is_other(target, crown, value)
    }
    others = [crown for crown in crowns if crown.tree_id in wanted]
    if not others:
        return None
    what = target.field.name if target.field is not None else _WORDS[target.name]
    name = f"Set {what}" if len(others) == 1 else f"Set {what} of {len(others)} crowns"
    fields = _fields(target, others, [wanted[crown.tree_id] for crown in others])
    return edits.set_fields(name, others, {**fields, **same_for_all(edited_by=by, edited_at=at)})


def _is_other(target: Target, crown: Crown, value: CustomValue | None) -> bool:
    if target.name == "review" and value is None:
        return False  # every crown has a status
    held = target.read(crown)
    is_guess = target.name == "species" and value is not None and crown.species_score is not None
    return is_guess or held != value or type(held) is not type(value)


def _fields(
    target: Target, crowns: Sequence[Crown], values: Sequence[CustomValue | None]
) -> Mapping[str, Iterable[object]]:
    """(N,) new values by field of `Crown`."""
    if target.field is not None:
        key = target.field.key
        return {"custom": [crown.custom_with(key, value) for crown, value in zip(crowns, values, strict=True)]}
    if target.name == "review":
        return {"review": [_status(str(value)) for value in values]}
    if target.name == "note":
        return {"note": ["" if value is None else str(value) for value in values]}
    names = [None if value is None else str(value) for value in values]
    none = same_for_all(species_code=None, species_score=None)
    return {"species": names, "label": list(map(label_of, names)), "review": list(map(_reviewed, crowns)), **none}


def _reviewed(crown: Crown) -> Review:
    return "accepted" if crown.review == "auto" else crown.review


def _status(text: str) -> Review:
    plain = {"proposed": "auto"}.get(text.casefold(), text.casefold())
    for status in STATUSES:
        if plain == status:
            return status
    raise InputError(
        "bulk.status",
        "“{text}” is no status. Use one of: {known}.",
        text=text,
        known=", ".join("proposed" if status == "auto" else status for status in STATUSES),
    )
