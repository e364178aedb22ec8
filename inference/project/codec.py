"""Crowns as compact bytes, for the journal and for the results of unfinished runs.

A payload is one zlib stream: four bytes (little endian) with the length of the JSON part, the JSON part in UTF-8, then
the WKB of all outlines one behind the other. JSON of an edit:

    {"format": 1, "removed": [[tree_id, wkb bytes, [attribute values in the order of columns.STORED]], ...],
     "added": [...]}

An edit of records has "records", too (`records.to_json`). 0 WKB bytes in `added` mean: the outline of the removed crown
with the same tree_id. JSON of a tile:

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

from inference.crowns import columns
from inference.crowns.crown import Crown
from inference.crowns.edits import CrownEdit
from inference.project import records

_FORMAT = 1
_LENGTH = struct.Struct("<I")
# Above this size speed matters more than the last few per cent.
_BIG_BYTES = 1_000_000


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


def pack_edit(edit: CrownEdit) -> bytes:
    """The crowns of an edit; its name is stored beside."""
    before = {crown.tree_id: crown.outline for crown in edit.removed}
    removed, bodies = _describe(edit.removed, {})
    added, more = _describe(edit.added, before)
    document: dict[str, object] = {"format": _FORMAT, "removed": removed, "added": added}
    if edit.records:
        document["records"] = records.to_json(edit.records)
    return _squeeze(document, bodies + more)


def unpack_edit(name: str, payload: bytes) -> CrownEdit:
    """The edit that `pack_edit` packed."""
    document, body = _expand(payload)
    removed, rest = _restore(document["removed"], body, {})
    added, _ = _restore(document["added"], rest, {crown.tree_id: crown.outline for crown in removed})
    return CrownEdit(name, removed, added, records.from_json(document.get("records", ())))


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
    document, body = _expand(payload)
    rows = document["crowns"]
    outlines, _ = _cut(body, [row[0] for row in rows])
    return [
        StagedCrown(tile_index, outline, score, bool(edge), (x, y), hints)
        for outline, (_, score, edge, x, y, hints) in zip(outlines, rows, strict=True)
    ]


def _describe(crowns: Sequence[Crown], before: Mapping[int, shapely.Polygon]) -> tuple[list[list[object]], list[bytes]]:
    bodies = _wkb(crown.outline for crown in crowns)
    kept = [crown.tree_id in before and before[crown.tree_id] == crown.outline for crown in crowns]
    bodies = [b"" if same else body for same, body in zip(kept, bodies, strict=True)]
    rows = [[crown.tree_id, len(body), columns.row_of(crown)] for crown, body in zip(crowns, bodies, strict=True)]
    return rows, bodies


def _restore(
    rows: Sequence[Any], body: memoryview, before: Mapping[int, shapely.Polygon]
) -> tuple[tuple[Crown, ...], memoryview]:
    outlines, rest = _cut(body, [row[1] for row in rows])
    crowns = (
        columns.crown_of(tree_id, before[tree_id] if outline is None else outline, columns.completed(values))
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
    outlines = np.array(shapely.from_wkb(pieces), object).reshape(-1) if pieces else np.zeros(0, object)
    return outlines, body[ends[-1] :]


def _squeeze(document: Mapping[str, object], bodies: Sequence[bytes]) -> bytes:
    head = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()
    raw = b"".join([_LENGTH.pack(len(head)), head, *bodies])
    return zlib.compress(raw, 1 if len(raw) > _BIG_BYTES else 6)


def _expand(payload: bytes) -> tuple[dict[str, Any], memoryview]:
    try:
        raw = memoryview(zlib.decompress(payload))
        (length,) = _LENGTH.unpack_from(raw)
        start = _LENGTH.size
        document: dict[str, Any] = json.loads(bytes(raw[start : start + length]))
    except (zlib.error, struct.error, ValueError, TypeError) as error:
        raise sqlite3.DatabaseError(f"payload: {error}") from error
    return document, raw[start + length :]
