"""Crowns as compact bytes, for the journal and for the results of unfinished runs.

A payload is one zlib stream: four bytes (little endian) with the length of the JSON part, the JSON part in UTF-8, then
the WKB of all outlines one behind the other. JSON of an edit:

    {"format": 1, "removed": [[tree_id, wkb bytes, [attribute values in the order of columns.STORED]], ...],
     "added": [...]}

An edit of records has "records", too (`records.to_json`). 0 WKB bytes in `added` mean: the outline of the removed crown
with the same tree_id.

An edit that leaves outlines alone, as most of the large ones do, need not carry them (format 3): "kept" then has these
crowns column by column, see `attribute_steps`. In format 2, which is still read, "kept" lists `[tree_id, outline key
(`outline_keys.outline_keys`), [attribute values before], {place in columns.STORED: value after}]`. Their outlines are
those that the table has when the step is taken back or done again. JSON of a tile:

    {"format": 1, "crowns": [[wkb bytes, score, edge, anchor x, anchor y, {class: score}], ...]}

Numbers are written so that they read back exactly.
"""

import json
import sqlite3
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from inference import json_text
from inference.crowns import columns
from inference.crowns.crown import Crown
from inference.crowns.edit_parts import EditParts, parts_of
from inference.crowns.edits import CrownEdit
from inference.project import attribute_steps, records
from inference.project.attribute_steps import OTHER, LookUp
from inference.project.outline_keys import outline_keys
from inference.project.soundness import sound

_FORMAT, _LEAN_FORMAT = 1, 3
_LENGTH = struct.Struct("<I")
# Above this size speed matters more than the last few per cent.
_BIG_BYTES = 1_000_000
# What one step may unpack to: the outlines of a million crowns.
_MAX_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class StagedCrown:
    """A proposal of a finished tile, kept in the project until the whole run is merged.

    Attributes:
        tile_index: the tile whose core holds the anchor.
        outline: polygon in the plot CRS.
        score: 0..1.
        edge: cut by the mosaic's edge or nodata.
        anchor: x, y in the plot CRS by which the crown belongs to its tile.
        species_hints: class name to score.
    """

    tile_index: int
    outline: shapely.Polygon
    score: float
    edge: bool
    anchor: tuple[float, float]
    species_hints: Mapping[str, float] = field(default_factory=dict)


def pack_edit(edit: CrownEdit, *, lean: bool = False) -> bytes:
    """The crowns of an edit; its name is stored beside.

    With `lean` the outlines of crowns that keep theirs are left out: whoever unpacks it must know them.
    """
    if lean:
        return pack_parts(parts_of(edit))
    return _packed(edit, edit.removed, edit.added, None)


def pack_parts(parts: EditParts) -> bytes:
    """The crowns of an edit without the outlines of those that keep theirs."""
    if not parts.after:
        return pack_edit(parts.edit)
    kept = {crown.tree_id for crown in parts.after}
    gone = [crown for crown in parts.edit.removed if crown.tree_id not in kept]
    come = [crown for crown in parts.edit.added if crown.tree_id not in kept]
    return _packed(parts.edit, gone, come, attribute_steps.describe(parts.before, parts.after, parts.fields))


def _packed(edit: CrownEdit, gone: Sequence[Crown], come: Sequence[Crown], kept: Mapping[str, object] | None) -> bytes:
    removed, bodies = _describe(gone, {})
    added, more = _describe(come, {crown.tree_id: crown.outline for crown in gone})
    version = _FORMAT if kept is None else _LEAN_FORMAT
    document: dict[str, object] = {"format": version, "removed": removed, "added": added}
    if kept is not None:
        document["kept"] = kept
    if edit.records:
        document["records"] = records.to_json(edit.records)
    return _squeeze(document, bodies + more)


def unpack_edit(name: str, payload: bytes, look_up: LookUp = lambda ids: [None] * len(ids)) -> CrownEdit:
    """The edit that `pack_edit` packed; crowns of a lean one come first.

    `look_up` gives crowns by their ids as they are now, None for one that is not there.
    """
    with sound("step of the history"):
        return _edit(name, payload, look_up)


def _edit(name: str, payload: bytes, look_up: LookUp) -> CrownEdit:
    document, body = _expand(payload)
    kept = document.get("kept", ())
    read = attribute_steps.restore if isinstance(kept, dict) else _restore_rows
    was, became = read(kept, look_up)
    removed, rest = _restore(document["removed"], body, {})
    added, _ = _restore(document["added"], rest, {crown.tree_id: crown.outline for crown in removed})
    for crowns in ((*was, *removed), (*became, *added)):
        if len({crown.tree_id for crown in crowns}) != len(crowns):
            raise ValueError("a crown occurs twice")
    if any(crown.tree_id <= 0 for crown in added):
        raise ValueError("a crown has no number")
    return CrownEdit(name, (*was, *removed), (*became, *added), records.from_json(document.get("records", ())))


def pack_tile(crowns: Sequence[StagedCrown]) -> bytes:
    """The proposals of one tile."""
    bodies = _wkb(crown.outline for crown in crowns)
    rows = [
        [len(body), crown.score, crown.edge, *crown.anchor, dict(crown.species_hints)]
        for body, crown in zip(bodies, crowns, strict=True)
    ]
    return _squeeze({"format": _FORMAT, "crowns": rows}, bodies)


def unpack_tile(tile_index: int, payload: bytes) -> list[StagedCrown]:
    """The proposals that `pack_tile` packed."""
    with sound("finished tile"):
        document, body = _expand(payload)
        rows = document["crowns"]
        outlines, _ = _cut(body, [row[0] for row in rows])
        return [
            StagedCrown(tile_index, _polygon(outline), float(score), bool(edge), (float(x), float(y)), dict(hints))
            for outline, (_, score, edge, x, y, hints) in zip(outlines, rows, strict=True)
        ]


def _describe(crowns: Sequence[Crown], before: Mapping[int, shapely.Polygon]) -> tuple[list[list[object]], list[bytes]]:
    bodies = _wkb(crown.outline for crown in crowns)
    kept = [crown.tree_id in before and before[crown.tree_id] == crown.outline for crown in crowns]
    bodies = [b"" if same else body for same, body in zip(kept, bodies, strict=True)]
    rows = [[crown.tree_id, len(body), columns.row_of(crown)] for crown, body in zip(crowns, bodies, strict=True)]
    return rows, bodies


def _restore_rows(rows: Sequence[Any], look_up: LookUp) -> tuple[list[Crown], list[Crown]]:
    """What format 2 kept."""
    found = look_up([row[0] for row in rows])
    outlines = columns.objects(OTHER if crown is None else crown.outline for crown in found)
    same = outline_keys(outlines) == np.array([row[1] for row in rows], np.int64)
    was, became = [], []
    for (tree_id, _, values, changed), outline, is_same in zip(rows, outlines, same.tolist(), strict=True):
        before = columns.crown_of(tree_id, outline if is_same else OTHER, columns.completed(values))
        was.append(before)
        became.append(columns.changed_crown(before, {int(place): value for place, value in changed.items()}))
    return was, became


def _restore(
    rows: Sequence[Any], body: memoryview, before: Mapping[int, shapely.Polygon]
) -> tuple[tuple[Crown, ...], memoryview]:
    outlines, rest = _cut(body, [row[1] for row in rows])
    crowns = (
        columns.crown_of(
            int(tree_id), before[tree_id] if outline is None else _polygon(outline), columns.completed(values)
        )
        for outline, (tree_id, _, values) in zip(outlines, rows, strict=True)
    )
    return tuple(crowns), rest


def _wkb(outlines: Iterable[shapely.Polygon]) -> list[bytes]:
    listed = list(outlines)
    bodies: list[bytes] = shapely.to_wkb(listed, output_dimension=2, byte_order=1).tolist() if listed else []
    return bodies


def _cut(body: memoryview, lengths: Sequence[int]) -> tuple[npt.NDArray[np.object_], memoryview]:
    """Geometries of consecutive WKB pieces (None for length 0), and what is left of the body."""
    ends = np.cumsum([0, *lengths]).tolist()
    pieces = [bytes(body[a:b]) or None for a, b in pairwise(ends)]
    try:
        read = shapely.from_wkb(pieces) if pieces else ()
    except shapely.errors.GEOSException as error:
        raise ValueError(str(error)) from error
    outlines = np.array(read, object).reshape(-1) if pieces else np.zeros(0, object)
    return outlines, body[ends[-1] :]


def _squeeze(document: Mapping[str, object], bodies: Sequence[bytes]) -> bytes:
    head = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()
    raw = b"".join([_LENGTH.pack(len(head)), head, *bodies])
    return zlib.compress(raw, 1 if len(raw) > _BIG_BYTES else 6)


def _polygon(outline: object) -> shapely.Polygon:
    """An outline that was kept; anything but a polygon with finite corners is damage."""
    if not isinstance(outline, shapely.Polygon) or outline.is_empty:
        raise ValueError("an outline is no polygon")
    if not np.isfinite(shapely.get_coordinates(outline)).all():
        raise ValueError("an outline lies nowhere")
    return outline


def _expand(payload: bytes) -> tuple[dict[str, Any], memoryview]:
    try:
        unpacking = zlib.decompressobj()
        raw = memoryview(unpacking.decompress(payload, _MAX_BYTES))
        if unpacking.unconsumed_tail or not unpacking.eof:
            raise ValueError("cut off, or swollen beyond any plot")
        (length,) = _LENGTH.unpack_from(raw)
        start = _LENGTH.size
        document: dict[str, Any] = json_text.parse(bytes(raw[start : start + length]))
    except (zlib.error, struct.error, ValueError, TypeError) as error:
        raise sqlite3.DatabaseError(f"payload: {error}") from error
    return document, raw[start + length :]
