"""GeoPackage geometry blobs: WKB behind a small header, and the SQL functions that the spatial index needs.

Standard: OGC 12-128r18 (GeoPackage 1.3.1), clause 2.1.3 for the header, annex F.3 for the functions. The envelope is
always written, so that the index triggers read four numbers instead of parsing a polygon.
"""

import sqlite3
import struct
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import shapely

# "GP", version 0, flags (little endian, xy envelope), srs_id, min x, max x, min y, max y.
_HEADER = struct.Struct("<2sBBi4d")
_FLAGS = 0b0000_0011
_EMPTY_FLAG = 0b0001_0000
# Bytes of the envelope by the indicator in bits 1-3 of the flags.
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
_PREFIX_BYTES = 8


def encode(outlines: npt.NDArray[np.object_], srs_id: int) -> list[bytes]:
    """GeoPackage blobs of (N,) polygons."""
    if not len(outlines):
        return []
    bodies: Sequence[bytes] = shapely.to_wkb(outlines, output_dimension=2, byte_order=1).tolist()
    boxes: list[list[float]] = shapely.bounds(outlines).tolist()
    pack = _HEADER.pack
    return [
        pack(b"GP", 0, _FLAGS, srs_id, min_x, max_x, min_y, max_y) + body
        for body, (min_x, min_y, max_x, max_y) in zip(bodies, boxes, strict=True)
    ]


def decode(blobs: Iterable[bytes | None]) -> npt.NDArray[np.object_]:
    """Geometries of GeoPackage blobs in the same order; None where a blob is missing or makes no sense."""
    bodies = np.array([None if blob is None else wkb_of(blob) for blob in blobs], object)
    if not len(bodies):
        return bodies
    with np.errstate(invalid="ignore"):  # coordinates that are no numbers; whoever asks for polygons refuses them
        geometries: npt.NDArray[np.object_] = shapely.from_wkb(bodies, on_invalid="ignore")
    return geometries


def wkb_of(blob: bytes) -> bytes | None:
    """The WKB inside a blob, or None when it has no GeoPackage header."""
    start = _body_start(blob)
    return None if start is None else blob[start:]


def _body_start(blob: object) -> int | None:
    if not isinstance(blob, bytes) or len(blob) < _PREFIX_BYTES or blob[:2] != b"GP":
        return None
    indicator = (blob[3] >> 1) & 0b111
    return _PREFIX_BYTES + _ENVELOPE_BYTES[indicator] if indicator < len(_ENVELOPE_BYTES) else None


def _envelope(blob: bytes | None) -> tuple[float, float, float, float] | None:
    """Min x, max x, min y, max y; None for a missing or empty geometry."""
    if blob is None or (start := _body_start(blob)) is None or blob[3] & _EMPTY_FLAG:
        return None
    if start > _PREFIX_BYTES:
        order = "<" if blob[3] & 1 else ">"
        min_x, max_x, min_y, max_y = struct.unpack_from(f"{order}4d", blob, _PREFIX_BYTES)
        return min_x, max_x, min_y, max_y
    geometry = shapely.from_wkb(blob[start:], on_invalid="ignore")
    if geometry is None or geometry.is_empty:
        return None
    left, bottom, right, top = geometry.bounds
    return left, right, bottom, top


def register_functions(connection: sqlite3.Connection) -> None:
    """Give a connection the five functions that the index triggers call (QGIS and GDAL bring their own)."""

    def edge(place: int) -> "_Edge":
        return _Edge(place)

    connection.create_function("ST_IsEmpty", 1, _is_empty, deterministic=True)
    for place, name in enumerate(("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY")):
        connection.create_function(name, 1, edge(place), deterministic=True)


def _is_empty(blob: bytes | None) -> int | None:
    return None if blob is None else int(_envelope(blob) is None)


class _Edge:
    """One side of a geometry's envelope."""

    def __init__(self, place: int) -> None:
        self._place = place

    def __call__(self, blob: bytes | None) -> float | None:
        envelope = _envelope(blob)
        return None if envelope is None else envelope[self._place]
