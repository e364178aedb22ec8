"""Outlines for property tests: stars with and without holes, as segmenters and hands make them, and lines over them."""

import math

import numpy as np
import shapely
from hypothesis import assume
from hypothesis import strategies as st

# Far from the origin, as UTM coordinates are: float64 knows places there to 1e-9 m.
EAST, NORTH = 500_000.0, 5_100_000.0


@st.composite
def crown_outlines(draw: st.DrawFn, *, holes: bool = True, spread: float = 4.0) -> shapely.Polygon:
    """A star of a few metres, sometimes with a hole."""
    count = draw(st.integers(5, 20))
    radii = np.array(draw(st.lists(st.floats(1.5, 6), min_size=count, max_size=count)))
    x, y = EAST + draw(st.floats(-spread, spread)), NORTH + draw(st.floats(-spread, spread))
    angles = np.linspace(0, 2 * math.pi, count, endpoint=False)
    shell = np.column_stack([x + radii * np.cos(angles), y + radii * np.sin(angles)])
    hole = np.column_stack([x + 0.4 * np.cos(angles), y + 0.4 * np.sin(angles)])
    star = shapely.Polygon(shell, [hole] if holes and draw(st.booleans()) else [])
    assume(star.is_valid)
    return shapely.orient_polygons(star, exterior_cw=False)


lines_across = st.tuples(st.floats(-5, 5), st.floats(-5, 5), st.floats(0, math.pi)).map(
    lambda v: shapely.LineString(
        [(EAST + v[0] + s * 50 * math.cos(v[2]), NORTH + v[1] + s * 50 * math.sin(v[2])) for s in (-1, 1)]
    )
)

points_near = st.tuples(st.floats(-8, 8), st.floats(-8, 8)).map(lambda v: (EAST + v[0], NORTH + v[1]))
strokes_near = st.lists(points_near, min_size=2, max_size=12)


def is_crown(outline: shapely.Polygon) -> bool:
    """Whether an outline is one that the crown table takes."""
    return (
        outline.geom_type == "Polygon"
        and outline.is_valid
        and not outline.is_empty
        and not outline.has_z
        and outline.exterior.is_ccw
        and not any(ring.is_ccw for ring in outline.interiors)
    )


def corners_of(outline: shapely.Geometry) -> set[tuple[float, float]]:
    """Corners to the last bit."""
    return set(map(tuple, shapely.get_coordinates(outline).tolist()))
