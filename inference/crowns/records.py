"""What a plot keeps beside its crowns and people change by hand: areas, custom fields, control crowns; as values."""

from dataclasses import dataclass
from typing import Literal, get_args

import shapely

AreaKind = Literal["complete", "control", "cell"]
AREA_KINDS: tuple[AreaKind, ...] = get_args(AreaKind)
FieldKind = Literal["text", "integer", "real", "flag", "date", "choice"]
FIELD_KINDS: tuple[FieldKind, ...] = get_args(FieldKind)


@dataclass(frozen=True, slots=True)
class Area:
    """A polygon of the plot in which people work.

    Attributes:
        area_id: positive, unique in the project, never given to another area.
        kind: "complete" (every crown inside is outlined and reviewed), "control" (drawn at random, to be checked at the
            desk or in the field) or "cell" (of the plot grid).
        outline: valid `Polygon` without Z in the plot CRS.
        name: what the map and the list show.
        note: free text.
        done: the work in it is finished.
        edited_by, edited_at: who changed it last, and when (ISO 8601, UTC).
    """

    area_id: int
    kind: AreaKind
    outline: shapely.Polygon
    name: str = ""
    note: str = ""
    done: bool = False
    edited_by: str | None = None
    edited_at: str | None = None


@dataclass(frozen=True, slots=True)
class CustomField:
    """A column of the crown table that a person defined; its values are in `Crown.custom`.

    Attributes:
        field_id: positive, unique in the project.
        key: under which values are kept and exported: letters, digits and underscores; never changes, never reused.
        name: what people read.
        kind: what its values are: str, int, float, bool, an ISO date as str, or one of `choices`.
        choices: of a "choice".
        deleted: hidden; its values stay in the crowns, so that undo brings them back.
        place: columns are shown by this number, then by id.
    """

    field_id: int
    key: str
    name: str
    kind: FieldKind
    choices: tuple[str, ...] = ()
    deleted: bool = False
    place: int = 0


@dataclass(frozen=True, slots=True)
class Control:
    """A crown that was drawn at random to tell how good the crowns are.

    Attributes:
        tree_id: which.
        sample: names the drawing, so that another one can be told from it.
        drawn_at: ISO 8601, UTC.
        verdict: what was decided, None while nothing was.
        note: free text.
        decided_by, decided_at: who decided, and when (ISO 8601, UTC).
    """

    tree_id: int
    sample: str
    drawn_at: str
    verdict: str | None = None
    note: str = ""
    decided_by: str | None = None
    decided_at: str | None = None


Record = Area | CustomField | Control


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record before and after an edit; None for "was not there" and "is no more". Both have the same number."""

    before: Record | None
    after: Record | None

    def inverse(self) -> "RecordChange":
        """The change that takes this one back."""
        return RecordChange(self.after, self.before)


def number_of(record: Record) -> int:
    """The number by which a record is found among those of its type."""
    match record:
        case Area():
            return record.area_id
        case CustomField():
            return record.field_id
        case Control():
            return record.tree_id
