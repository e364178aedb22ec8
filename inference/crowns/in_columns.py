"""Many crowns at once, column by column: made of rows, changed and compared without a call of Python for each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from itertools import repeat
from operator import attrgetter, is_not

import shapely

from inference.crowns import custom_values
from inference.crowns.collecting import without_collecting
from inference.crowns.columns import POSITION, SHAPE, STORED, Row, Value, real, review_of, text
from inference.crowns.crown import Crown, Measures

Columns = Mapping[str, Sequence[Value]]

FIELDS: tuple[str, ...] = tuple(field.name for field in fields(Crown))
# What people decide; the same that `Crown.same_decisions` compares, but for the outline.
DECISIONS: tuple[str, ...] = tuple(name for name in FIELDS if name not in ("tree_id", "outline", "measures"))
_READ = {name: attrgetter(name) for name in FIELDS}
_OF_MEASURES: tuple[str, ...] = tuple(field.name for field in fields(Measures))
_READ_MEASURES = {name: attrgetter(name) for name in _OF_MEASURES}
_NOT_MEASURED = Measures()
_REALS = {name for name, kind in STORED.items() if kind == "real"}
_MEASURED = "measured"


def differing(before: Sequence[Crown], after: Sequence[Crown]) -> tuple[str, ...]:
    """The fields of `Crown`, but for id and outline, that are not the very same objects in both (N,) crowns.

    Values that are equal may be among them.
    """
    reads = ((name, _READ[name]) for name in (*DECISIONS, "measures"))
    return tuple(name for name, read in reads if any(map(is_not, map(read, before), map(read, after))))


def field_of(column: str) -> str:
    """The field of `Crown` from which a column of the crown table follows."""
    if column in SHAPE:
        return "outline"
    if column.startswith(custom_values.PREFIX):
        return "custom"
    return column if column in FIELDS else "measures"


def changed(crowns: Sequence[Crown], values: Mapping[str, Iterable[object]]) -> list[Crown]:
    """(N,) crowns with other values of some fields: `values` gives at least N for each, by name."""
    made = [values[name] if name in values else map(read, crowns) for name, read in _READ.items()]
    with without_collecting():
        return list(map(Crown, *made))


def same_for_all(**values: object) -> dict[str, Iterable[object]]:
    """The same values for all crowns, for `changed`."""
    return {name: repeat(value) for name, value in values.items()}


def stored(crowns: Sequence[Crown], field: str) -> dict[str, list[Value]]:
    """The columns of the file, (N,) values each, that hold a field of some crowns."""
    values = list(map(_READ[field], crowns))
    if field == "measures":
        return _stored_measures(values)
    if field == "edge":
        return {field: list(map(int, values))}
    if field == "custom":
        return {field: _texts_of(values)}
    return {field: values}


def fields_of(columns: Columns) -> dict[str, Sequence[object]]:
    """(N,) values by field of `Crown`, of columns as the file has them; measures only when all of theirs are there."""
    made: dict[str, Sequence[object]] = {}
    for name in DECISIONS:
        if name in columns:
            made[name] = _FIELD[name](columns[name]) if name in _FIELD else _converted(name, columns[name])
    if _MEASURED in columns:
        made["measures"] = _measures_of(columns)
    return made


def crowns_of(ids: Sequence[int], outlines: Iterable[shapely.Polygon], rows: Sequence[Row]) -> list[Crown]:
    """What `columns.crown_of` makes of each of (N,) rows, in a third of the time."""
    if not rows:
        return []
    with without_collecting():
        by_column = list(zip(*rows, strict=False))
        made = fields_of({name: by_column[place] for name, place in POSITION.items()})
        values = {"tree_id": ids, "outline": outlines, **made}
        return list(map(Crown, *(values[name] for name in FIELDS)))


def _stored_measures(listed: Sequence[Measures | None]) -> dict[str, list[Value]]:
    known = [measures or _NOT_MEASURED for measures in listed]
    made: dict[str, list[Value]] = {}
    for name, read in _READ_MEASURES.items():
        values = list(map(read, known))
        if name == "treetop_crs":
            made["treetop_x"] = [None if top is None else top[0] for top in values]
            made["treetop_y"] = [None if top is None else top[1] for top in values]
        else:
            made[name] = values
    made[_MEASURED] = [int(measures is not None) for measures in listed]
    return made


def _measures_of(columns: Columns) -> list[Measures | None]:
    if not any(columns[_MEASURED]):
        return [None] * len(columns[_MEASURED])
    top_x, top_y = (_converted(name, columns[name]) for name in ("treetop_x", "treetop_y"))
    treetops = [None if x is None or y is None else (x, y) for x, y in zip(top_x, top_y, strict=True)]
    values = (treetops if name == "treetop_crs" else _converted(name, columns[name]) for name in _OF_MEASURES)
    measures = map(Measures, *values)
    return [one if is_measured else None for one, is_measured in zip(measures, columns[_MEASURED], strict=True)]


def _converted(name: str, values: Sequence[Value]) -> Sequence[Value]:
    """Values of a stored column as a crown has them; other programs may have written others."""
    convert, kind = (real, float) if name in _REALS else (text, str)
    return values if set(map(type, values)) <= {kind, type(None)} else list(map(convert, values))


def _texts_of(listed: Sequence[custom_values.Pairs]) -> list[Value]:
    """The texts of custom fields; those that many crowns share, as most are, are written once."""
    if not any(listed):
        return [None] * len(listed)
    # The very same object is asked for by its number; `repr` tells 1 from True and 1.0, which are equal as keys.
    different = {id(pairs): pairs for pairs in listed}
    keys = {number: repr(pairs) for number, pairs in different.items()}
    texts = {key: custom_values.text_of(different[number]) for key, number in {k: n for n, k in keys.items()}.items()}
    return [texts[keys[id(pairs)]] for pairs in listed]


def _customs_of(texts: Sequence[Value]) -> list[custom_values.Pairs]:
    known = {line: custom_values.parse(line) for line in set(texts)}
    return [known[line] for line in texts]


_FIELD: Mapping[str, Callable[[Sequence[Value]], Sequence[object]]] = {
    "label": lambda values: [value or "Tree" for value in _converted("label", values)],
    "note": lambda values: [value or "" for value in _converted("note", values)],
    "review": lambda values: list(map(review_of, values)),
    "edge": lambda values: list(map(bool, values)),
    "custom": _customs_of,
}
