"""Sunlight on a height field: slopes, cast shadows and the share of open sky."""

import math
from dataclasses import dataclass

import numpy as np

from resources.forest.texture import Float32, magnify


@dataclass(frozen=True, slots=True)
class Sun:
    """Where the sun stands: azimuth clockwise from north, elevation above the horizon, degrees."""

    azimuth_deg: float
    elevation_deg: float

    @property
    def towards(self) -> tuple[float, float, float]:
        """Unit vector to the sun: (columns, rows, up); rows grow southwards."""
        azimuth, elevation = math.radians(self.azimuth_deg), math.radians(self.elevation_deg)
        flat = math.cos(elevation)
        return flat * math.sin(azimuth), -flat * math.cos(azimuth), math.sin(elevation)


def shadow_depth_m(surface_m: Float32, gsd_m: float, sun: Sun) -> Float32:
    """How far each cell of `surface_m` (H, W) lies below the edge of the shadow cast on it; <= 0 in the sun.

    The edge sinks by tan(elevation) per metre away from what casts it, so one sweep over the lines that face the sun
    carries it through the whole plot: edge[i] = max(surface[i - 1], edge[i - 1]) - step. Lines are shifted by whole
    cells so that narrow tops keep their height. Everything outside the plot lies in the sun.
    """
    along_col, along_row, up = sun.towards
    swap = abs(along_col) > abs(along_row)
    field = surface_m.T if swap else surface_m
    major, minor = (along_col, along_row) if swap else (along_row, along_col)
    field = field[::-1] if major > 0 else field
    slope = minor / abs(major)
    sink = np.float32(gsd_m * math.hypot(1.0, slope) * up / math.hypot(along_col, along_row))
    depth = np.empty(field.shape, np.float32)
    width = field.shape[1]
    edge = np.full(width, -np.inf, np.float32)
    for line in range(field.shape[0]):
        depth[line] = edge - field[line]
        edge = np.maximum(edge, field[line]) - sink
        shift = round((line + 1) * slope) - round(line * slope)
        if shift > 0:  # the sun stands towards higher columns, so shadows move to lower ones
            edge = np.concatenate([edge[shift:], np.full(shift, -np.inf, np.float32)])
        elif shift < 0:
            edge = np.concatenate([np.full(-shift, -np.inf, np.float32), edge[:shift]])
    depth = depth[::-1] if major > 0 else depth
    return np.ascontiguousarray(depth.T if swap else depth)


def sunlight(surface_m: Float32, gsd_m: float, sun: Sun, thin_m: float = 0.5) -> Float32:
    """Direct light (H, W) float32, 0 in shadow, 1 on a level sunlit plane.

    Foliage is no solid sheet: slopes count at 55 %, and light fades by 1/e for every `thin_m` of depth in the shadow,
    so that the rims of crowns and single clumps let light through.
    """
    depth = shadow_depth_m(surface_m, gsd_m, sun)
    np.maximum(depth, 0.0, out=depth)
    depth *= np.float32(-1.0 / thin_m)
    lit = np.exp(depth, out=depth)
    along_col, along_row, up = sun.towards
    fall = np.float32(0.55 / (2.0 * gsd_m))
    east, south = np.zeros_like(surface_m), np.zeros_like(surface_m)
    np.subtract(surface_m[:, 2:], surface_m[:, :-2], out=east[:, 1:-1])
    np.subtract(surface_m[2:], surface_m[:-2], out=south[1:-1])
    east *= fall
    south *= fall
    facing = np.float32(up) - east * np.float32(along_col) - south * np.float32(along_row)
    facing /= np.sqrt(1.0 + east * east + south * south)
    np.maximum(facing, 0.0, out=facing)
    # Leaves also pass light, so a slope turned away is never black.
    return np.asarray(lit * (np.float32(0.18) + np.float32(0.82 / up) * facing), np.float32)


def open_sky(surface_m: Float32, gsd_m: float) -> Float32:
    """Share of the sky (H, W) float32, about 0.15..1, that each cell sees.

    A cheap stand-in for integrating the horizon: how deep the cell lies below the mean surface within 0.25, 1 and 3 m.
    """
    from scipy.ndimage import uniform_filter

    def darkness(heights_m: Float32, cell_m: float, reach_m: float, scale_m: float, weight: float) -> Float32:
        size = 2 * max(1, round(reach_m / cell_m / 2)) + 1
        mean = uniform_filter(uniform_filter(heights_m, size, mode="nearest"), size, mode="nearest")
        below = np.maximum(mean - heights_m, 0.0)
        return np.asarray(np.float32(weight) * below / (below + np.float32(scale_m)), np.float32)

    dark = darkness(surface_m, gsd_m, 0.25, 0.22, 0.85)
    # The wide scales are smooth, so a grid four times coarser will do.
    rows, cols = surface_m.shape[0] // 4 * 4, surface_m.shape[1] // 4 * 4
    coarse = surface_m[:rows, :cols].reshape(rows // 4, 4, cols // 4, 4).mean(axis=(1, 3), dtype=np.float32)
    wide = darkness(coarse, 4 * gsd_m, 1.0, 0.9, 0.45) + darkness(coarse, 4 * gsd_m, 3.0, 3.0, 0.8)
    dark += magnify(wide, surface_m.shape, 4)
    np.negative(dark, out=dark)
    return np.maximum(np.exp(dark, out=dark), np.float32(0.12))
