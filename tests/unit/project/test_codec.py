"""Journal payloads come back exactly and stay small."""

import sqlite3
import zlib
from dataclasses import replace

import pytest
import shapely

from inference.crowns import edits
from inference.crowns.crown import Crown, Measures
from inference.crowns.edits import CrownEdit
from inference.project import codec
from inference.project.codec import StagedCrown

OUTLINE = shapely.Point(500_000.1, 5_000_000.7).buffer(3, quad_segs=10)
CROWN = Crown(7, OUTLINE, score=1 / 3, note="“ü”\n", measures=Measures(height_m=0.1 + 0.2, treetop_crs=(1e-300, -0.0)))
EDITS = {
    "nothing": CrownEdit("n"),
    "add": edits.add("n", [CROWN, replace(CROWN, tree_id=8)]),
    "remove": CrownEdit("n", removed=(CROWN,)),
    "attribute": edits.change("n", [CROWN], lambda c: replace(c, review="accepted")),
    "outline": edits.change("n", [CROWN], lambda c: c.with_outline(shapely.box(0, 0, 1, 1))),
    "hole": edits.add("n", [replace(CROWN, outline=OUTLINE.difference(shapely.centroid(OUTLINE).buffer(1)))]),
    "merge": CrownEdit("n", removed=(CROWN, replace(CROWN, tree_id=9)), added=(replace(CROWN, tree_id=9, score=None),)),
}


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_comes_back_exactly(kind: str) -> None:
    assert codec.unpack_edit("n", codec.pack_edit(EDITS[kind])) == EDITS[kind]


def test_an_unchanged_outline_is_stored_once() -> None:
    whole = zlib.decompress(codec.pack_edit(EDITS["attribute"]))
    assert whole.count(shapely.to_wkb(OUTLINE)) == 1
    assert len(codec.pack_edit(EDITS["attribute"])) < 1000


def test_many_crowns_use_the_fast_way_and_come_back() -> None:
    many = edits.add("n", [replace(CROWN, tree_id=n, outline=shapely.box(n, n, n + 1, n + 1)) for n in range(1, 8000)])
    payload = codec.pack_edit(many)
    assert len(zlib.decompress(payload)) > 1_000_000
    assert codec.unpack_edit("n", payload) == many


def test_tiles_come_back_exactly() -> None:
    crowns = [
        StagedCrown(4, OUTLINE, 0.1 + 0.2, True, (1.5, -2.25), {"Picea": 0.3}),
        StagedCrown(4, shapely.box(0, 0, 1, 1), 1.0, False, (0.5, 0.5)),
    ]
    assert codec.unpack_tile(4, codec.pack_tile(crowns)) == crowns
    assert codec.unpack_tile(4, codec.pack_tile([])) == []


@pytest.mark.parametrize("payload", [b"", b"junk", zlib.compress(b""), zlib.compress(b"\x05\x00\x00\x00{]")])
def test_damage_is_told_as_damage(payload: bytes) -> None:
    with pytest.raises(sqlite3.DatabaseError, match="payload"):
        codec.unpack_edit("n", payload)
