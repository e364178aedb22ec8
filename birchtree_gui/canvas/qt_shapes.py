"""Outlines as Qt shapes, through byte buffers: 0.1 us a vertex where building them point by point takes 1 us."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QByteArray, QDataStream, Qt
from PySide6.QtGui import QPainterPath, QPolygonF

Points = npt.NDArray[np.float64]
Index = npt.NDArray[np.intp]
Outlines = npt.NDArray[np.object_]

_MOVE_TO, _LINE_TO = 0, 1
_ELEMENT = np.dtype([("type", ">i4"), ("x", ">f8"), ("y", ">f8")])


@dataclass(frozen=True, slots=True)
class Rings:
    """All rings of some polygons, one after the other, each closed.

    Attributes:
        xy: (V, 2) vertices.
        starts: (R,) first vertex of each ring.
        owner: (R,) which polygon a ring belongs to; its first ring is the outer one.
    """

    xy: Points
    starts: Index
    owner: Index

    def vertex_owner(self) -> Index:
        """(V,) which polygon a vertex belongs to."""
        return np.repeat(self.owner, np.diff(self.starts, append=len(self.xy)))

    def only(self, keep: npt.NDArray[np.bool_]) -> Rings:
        """The rings of the polygons where `keep` (one flag per polygon) is set; owners keep their numbers."""
        rings, vertices = keep[self.owner], keep[self.vertex_owner()]
        lengths = np.diff(self.starts, append=len(self.xy))[rings]
        return Rings(self.xy[vertices], np.cumsum(lengths) - lengths, self.owner[rings])


def rings_of(outlines: Outlines) -> Rings:
    """The rings of (N,) polygons in the coordinates that they are in."""
    rings, owner = shapely.get_rings(outlines, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    starts = np.searchsorted(ring, np.arange(len(rings)))
    return Rings(xy, starts.astype(np.intp), owner.astype(np.intp))


def thinned(rings: Rings, most: Index, *, outer_only: bool = False) -> Rings:
    """Rings with fewer vertices, spread evenly over each ring's own.

    Args:
        rings: of N polygons.
        most: (N,) sides that each of a polygon's rings may keep.
        outer_only: leave holes out.
    """
    lengths = np.diff(rings.starts, append=len(rings.xy))
    chosen = np.flatnonzero(np.diff(rings.owner, prepend=-1)) if outer_only else np.arange(len(rings.starts))
    kept = np.minimum(lengths[chosen], most[rings.owner[chosen]] + 1)
    if len(chosen) == len(lengths) and np.array_equal(kept, lengths):
        return rings
    starts = np.cumsum(kept) - kept
    step = np.arange(int(kept.sum())) - np.repeat(starts, kept)
    # The last vertex repeats the first, so it must be among those that stay.
    along = step * np.repeat((lengths[chosen] - 1) / np.maximum(kept - 1, 1), kept)
    picked = np.repeat(rings.starts[chosen], kept) + np.floor(along + 1e-9).astype(np.intp)
    return Rings(rings.xy[picked], starts.astype(np.intp), rings.owner[chosen])


def to_path(rings: Rings) -> QPainterPath:
    """One path of all rings; fills with the odd-even rule, so holes stay open."""
    elements = np.empty(len(rings.xy), _ELEMENT)
    elements["type"] = _LINE_TO
    elements["type"][rings.starts] = _MOVE_TO
    elements["x"], elements["y"] = rings.xy[:, 0], rings.xy[:, 1]
    # QPainterPath's stream: count, elements, where the last subpath starts, fill rule (0 = odd-even).
    last = int(rings.starts[-1]) if len(rings.starts) else 0
    data = struct.pack(">i", len(elements)) + elements.tobytes() + struct.pack(">ii", last, 0)
    path = QPainterPath()
    _read(data) >> path
    return path


def to_polygons(rings: Rings, count: int) -> list[QPolygonF | QPainterPath]:
    """One shape for each of `count` polygons: a polygon, or a path where there are holes."""
    data = rings.xy.astype(">f8").tobytes()
    ends = np.append(rings.starts[1:], len(rings.xy))
    first = np.searchsorted(rings.owner, np.arange(count + 1))
    shapes: list[QPolygonF | QPainterPath] = []
    for number in range(count):
        here = slice(int(first[number]), int(first[number + 1]))
        start, end = int(rings.starts[here.start]), int(ends[here.stop - 1])
        if here.stop - here.start == 1:
            polygon = QPolygonF()
            _read(struct.pack(">i", end - start) + data[16 * start : 16 * end]) >> polygon
            shapes.append(polygon)
        else:
            inner = Rings(rings.xy[start:end], rings.starts[here] - start, rings.owner[here])
            shapes.append(to_path(inner))
    return shapes


def path_of(rings: Sequence[Points]) -> QPainterPath:
    """A closed path of a few rings given as (V, 2) arrays; rings without corners are left out."""
    rings = [ring for ring in rings if len(ring)]
    if not rings:
        return QPainterPath()
    lengths = [len(ring) for ring in rings]
    starts = np.cumsum([0, *lengths[:-1]]).astype(np.intp)
    return to_path(Rings(np.concatenate(list(rings)), starts, np.zeros(len(lengths), np.intp)))


def _read(data: bytes) -> QDataStream:
    stream = QDataStream(QByteArray(data))
    stream.setFloatingPointPrecision(QDataStream.FloatingPointPrecision.DoublePrecision)
    return stream


NO_BRUSH = Qt.BrushStyle.NoBrush
NO_PEN = Qt.PenStyle.NoPen
