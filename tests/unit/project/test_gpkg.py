"""GeoPackage blobs as the standard says, and the SQL functions of the spatial index."""

import sqlite3
import struct

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from inference.project import gpkg

numbers = st.floats(-1e7, 1e7)


@given(
    st.lists(st.tuples(numbers, numbers, st.floats(0.01, 100), st.floats(0.01, 100)), max_size=5),
    st.integers(-1, 99999),
)
def test_blobs_come_back_with_their_envelope(boxes: list[tuple[float, float, float, float]], srs_id: int) -> None:
    outlines = np.array([shapely.box(x, y, x + w, y + h) for x, y, w, h in boxes], object)
    blobs = gpkg.encode(outlines, srs_id)
    assert gpkg.decode(blobs).tolist() == outlines.tolist()
    for blob, outline in zip(blobs, outlines, strict=True):
        magic, version, flags, srs, *envelope = struct.unpack_from("<2sBBi4d", blob)
        assert (magic, version, flags, srs) == (b"GP", 0, 3, srs_id)
        left, bottom, right, top = outline.bounds
        assert envelope == [left, right, bottom, top]


POLYGON = shapely.box(1, 2, 3, 5)
WKB = shapely.to_wkb(POLYGON)
HEADERS = {
    "no envelope": b"GP\x00\x01" + struct.pack("<i", -1),
    "xyz": b"GP\x00\x05" + struct.pack("<i6d", 4326, 1, 3, 2, 5, 0, 9),
    "xyzm": b"GP\x00\x09" + struct.pack("<i8d", 4326, 1, 3, 2, 5, 0, 9, 0, 9),
    "big endian": b"GP\x00\x02" + struct.pack(">i4d", 4326, 1, 3, 2, 5),
}


@pytest.mark.parametrize("header", HEADERS)
def test_every_kind_of_header_is_read(header: str) -> None:
    blob = HEADERS[header] + WKB
    assert gpkg.decode([blob])[0] == POLYGON
    connection = sqlite3.connect(":memory:")
    gpkg.register_functions(connection)
    query = "SELECT ST_MinX(?1), ST_MaxX(?1), ST_MinY(?1), ST_MaxY(?1), ST_IsEmpty(?1)"
    assert connection.execute(query, (blob,)).fetchone() == (1, 3, 2, 5, 0)
    connection.close()


@pytest.mark.parametrize(
    "blob",
    [
        None,
        b"",
        b"GP",
        b"XX\x00\x01\x00\x00\x00\x00" + WKB,
        b"GP\x00\x0b\x00\x00\x00\x00" + WKB,
        b"GP\x00\x01\x00\x00\x00\x00\x01",
    ],
)
def test_what_is_no_geometry_is_none(blob: bytes | None) -> None:
    assert gpkg.decode([blob, gpkg.encode(np.array([POLYGON], object), 0)[0]]).tolist() == [None, POLYGON]


def test_missing_and_empty_geometries_have_no_envelope() -> None:
    connection = sqlite3.connect(":memory:")
    gpkg.register_functions(connection)
    empty = b"GP\x00\x11\x00\x00\x00\x00" + shapely.to_wkb(shapely.Polygon())
    unmarked = b"GP\x00\x01\x00\x00\x00\x00" + shapely.to_wkb(shapely.Polygon())
    assert connection.execute("SELECT ST_IsEmpty(?), ST_MinX(NULL), ST_IsEmpty(NULL)", (empty,)).fetchone() == (
        1,
        None,
        None,
    )
    assert connection.execute("SELECT ST_IsEmpty(?1), ST_MaxY(?1)", (unmarked,)).fetchone() == (1, None)
    connection.close()


def test_nothing_is_nothing() -> None:
    assert gpkg.encode(np.zeros(0, object), 0) == []
    assert len(gpkg.decode([])) == 0
