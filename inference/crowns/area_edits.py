"""What people do to areas, as edits: draw, rename, reshape, tick off, delete, lay a grid, draw control plots."""

from collections.abc import Sequence
from dataclasses import replace

import shapely

from inference.crowns import edits
from inference.crowns.area_plans import Plan
from inference.crowns.edits import CrownEdit
from inference.crowns.geometry import to_valid_polygon
from inference.crowns.records import Area, AreaKind, RecordChange
from inference.errors import InputError

_NAMES: dict[AreaKind, str] = {"complete": "complete area", "control": "control plot", "cell": "grid cell"}


def draw(area_id: int, outline: shapely.Polygon, *, kind: AreaKind, name: str, by: str, at: str) -> CrownEdit:
    """A new area.

    Raises:
        InputError: the outline encloses nothing.
    """
    valid = to_valid_polygon(outline)
    if valid is None or valid.is_empty:
        raise InputError("areas.empty", "This outline encloses no ground. Draw it with at least three corners.")
    area = Area(area_id, kind, valid, name, edited_by=by, edited_at=at)
    return edits.record(f"Draw {_NAMES[kind]}", RecordChange(None, area))


def add(ids: Sequence[int], plans: Sequence[Plan], *, kind: AreaKind, by: str, at: str) -> CrownEdit:
    """Planned areas, as many as `ids`."""
    areas = [
        Area(number, kind, plan.outline, plan.name, edited_by=by, edited_at=at)
        for number, plan in zip(ids, plans, strict=True)
    ]
    name = f"Add {_count(areas, kind)}"
    return edits.record(name, *(RecordChange(None, area) for area in areas))


def change(
    areas: Sequence[Area],
    *,
    by: str,
    at: str,
    name: str | None = None,
    note: str | None = None,
    done: bool | None = None,
    outline: shapely.Polygon | None = None,
) -> CrownEdit | None:
    """Other names, notes, marks or an outline; what is None stays. None when nothing would change."""
    told: dict[str, object] = {
        key: value for key, value in (("name", name), ("note", note), ("done", done)) if value is not None
    }
    if outline is not None:
        told["outline"] = to_valid_polygon(outline) or outline
    changes = []
    for area in areas:
        after = replace(area, **told)  # type: ignore[arg-type]
        if after != area:
            changes.append(RecordChange(area, replace(after, edited_by=by, edited_at=at)))
    if not changes:
        return None
    what = {"name": "Rename", "note": "Note on", "done": "Finish" if done else "Reopen", "outline": "Reshape"}
    touched = [change.before for change in changes if isinstance(change.before, Area)]
    verb = what[next(iter(told))] if len(told) == 1 else "Change"
    return edits.record(f"{verb} {_count(touched, touched[0].kind)}", *changes)


def delete(areas: Sequence[Area]) -> CrownEdit | None:
    """Take areas away; undo brings them back. None for none."""
    if not areas:
        return None
    return edits.record(f"Delete {_count(areas, areas[0].kind)}", *(RecordChange(area, None) for area in areas))


def _count(areas: Sequence[Area], kind: AreaKind) -> str:
    if len({area.kind for area in areas}) > 1:
        return f"{len(areas)} areas"
    return _NAMES[kind] if len(areas) == 1 else f"{len(areas)} {_NAMES[kind]}s"
