"""Steps of the history under which crowns keep their outline, as all of the largest do: column by column, no outlines.

    {"ids": [...], "keys": [...], "same": {column: values}, "was": {...}, "became": {...}}

`keys` tell the outlines (`outline_keys.quick_keys`); `same` are the columns of the file (`columns.STORED`) that the
step left alone, `was` and `became` those that it changed. The columns of measures are there only when it changed
measures. Values are a list with one for each crown, or {"all": value}.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from inference.crowns import columns, in_columns
from inference.crowns.columns import Value
from inference.crowns.crown import Crown
from inference.crowns.in_columns import DECISIONS
from inference.project.outline_keys import quick_keys

LookUp = Callable[[Sequence[int]], Sequence[Crown | None]]
Columns = dict[str, list[Value]]
Pair = tuple[Sequence[Crown], Sequence[Crown]]

# Stands for an outline that is another one now: equal to no crown's, so that the step is refused.
OTHER = shapely.Polygon()


def describe(before: Sequence[Crown], after: Sequence[Crown], fields: Sequence[str]) -> dict[str, object]:
    """(N,) crowns before and after, of which `fields` differ, as JSON values."""
    same: Columns = {}
    was: Columns = {}
    became: Columns = {}
    for name in DECISIONS:
        if name in fields:
            was.update(in_columns.stored(before, name))
            became.update(in_columns.stored(after, name))
        else:
            same.update(in_columns.stored(before, name))
    if "measures" in fields:
        was.update(in_columns.stored(before, "measures"))
        became.update(in_columns.stored(after, "measures"))
    return {
        "ids": [crown.tree_id for crown in before],
        "keys": _keys_of(before).tolist(),
        "same": _shortened(same),
        "was": _shortened(was),
        "became": _shortened(became),
    }


def restore(document: Mapping[str, Any], look_up: LookUp) -> Pair:
    """The crowns that `describe` described, before and after; their outlines are those that they have now.

    A crown that is gone or has another outline now gets an empty one, so that it does not fit.
    """
    ids: list[int] = list(map(int, document["ids"]))
    same, was, became = (_whole(document[part], len(ids)) for part in ("same", "was", "became"))
    found = look_up(ids)
    keys = np.array(document["keys"], np.int64)
    if keys.shape != (len(ids),):
        raise ValueError("its keys are too few or too many")
    crowns = [crown for crown in found if crown is not None]
    if len(crowns) == len(ids) and np.array_equal(_keys_of(crowns), keys):
        here = _columns_of(crowns, with_measures="measured" in was)
        if all(here[name] == values for name, values in {**same, **became}.items()):
            return in_columns.changed(crowns, in_columns.fields_of(was)), crowns
        if all(here[name] == values for name, values in {**same, **was}.items()):
            return crowns, in_columns.changed(crowns, in_columns.fields_of(became))
    return _restore_each(ids, found, keys, {**same, **was}, {**same, **became})


def _restore_each(
    ids: list[int], found: Sequence[Crown | None], keys: npt.NDArray[np.int64], was: Columns, became: Columns
) -> Pair:
    """The crowns as the step has them, when some are no longer as it left or found them."""
    outlines = columns.objects(OTHER if crown is None else crown.outline for crown in found)
    outlines[quick_keys(outlines) != keys] = OTHER
    made = []
    for stored in (was, became):
        values = in_columns.fields_of(stored)
        if "measures" not in values:
            values["measures"] = [None if crown is None else crown.measures for crown in found]
        fields = {"tree_id": ids, "outline": outlines, **values}
        made.append([Crown(*one) for one in zip(*(fields[name] for name in in_columns.FIELDS), strict=True)])
    return made[0], made[1]


def _keys_of(crowns: Sequence[Crown]) -> npt.NDArray[np.int64]:
    return quick_keys(columns.objects(crown.outline for crown in crowns))


def _columns_of(crowns: Sequence[Crown], *, with_measures: bool) -> Columns:
    fields = (*DECISIONS, "measures") if with_measures else DECISIONS
    return {name: values for field in fields for name, values in in_columns.stored(crowns, field).items()}


def _shortened(table: Columns) -> dict[str, object]:
    return {name: {"all": values[0]} if _is_one(values) else values for name, values in table.items()}


def _is_one(values: list[Value]) -> bool:
    """Whether all values are one; numbers are not asked, since 1, 1.0 and -0.0, 0.0 are equal."""
    kinds = set(map(type, values))
    return len(kinds) == 1 and kinds <= {str, type(None)} and values.count(values[0]) == len(values)


def _whole(table: Mapping[str, Any], count: int) -> Columns:
    made = {
        name: [values["all"]] * count if isinstance(values, dict) else list(values) for name, values in table.items()
    }
    if any(len(values) != count for values in made.values()):
        raise ValueError("a column has too few or too many values")
    return made
