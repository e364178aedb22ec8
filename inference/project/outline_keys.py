"""A number that stands for an outline: what was read of a crown holds as long as its outline has the same number."""

import hashlib

import numpy as np
import numpy.typing as npt
import shapely

_BYTES = 8
# Odd numbers with well-mixed bits: multiplying by them loses nothing.
_FACTORS = tuple(map(np.uint64, (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)))
_HALF = np.uint64(32)
# So many polygons stay in the processor's cache.
_AT_ONCE = 1000


def outline_keys(outlines: npt.NDArray[np.object_]) -> npt.NDArray[np.int64]:
    """(N,) int64 numbers of (N,) polygons; equal for equal coordinates, also in another process or on another day."""
    if not len(outlines):
        return np.zeros(0, np.int64)
    bodies: list[bytes] = shapely.to_wkb(outlines, output_dimension=2, byte_order=1).tolist()
    digests = b"".join(hashlib.blake2b(body, digest_size=_BYTES).digest() for body in bodies)
    return np.frombuffer(digests, "<i8").astype(np.int64)


def quick_keys(outlines: npt.NDArray[np.object_]) -> npt.NDArray[np.int64]:
    """(N,) int64 numbers of (N,) polygons like `outline_keys`, five times as fast and not proof against malice.

    The sum over all edges of a mix of the bits of both corners; 0 for an empty polygon.
    """
    parts = [_sums(outlines[start : start + _AT_ONCE]) for start in range(0, len(outlines), _AT_ONCE)]
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def _sums(outlines: npt.NDArray[np.object_]) -> npt.NDArray[np.int64]:
    made = np.zeros(len(outlines), np.int64)
    counts = shapely.get_num_coordinates(outlines)
    here = counts > 0
    if not here.any():
        return made
    bits = np.ascontiguousarray(shapely.get_coordinates(outlines)).view(np.uint64)
    bits ^= bits >> _HALF
    corners = bits[:, 0] * _FACTORS[0] + bits[:, 1] * _FACTORS[1]
    edges = corners * _FACTORS[2]
    edges[:-1] += corners[1:]
    edges ^= edges >> _HALF
    edges *= _FACTORS[3]
    ends = np.cumsum(counts)
    edges[ends[here] - 1] = 0  # from the last corner of a polygon to the first of the next one
    made[here] = np.add.reduceat(edges, (ends - counts)[here]).view(np.int64)
    return made
