"""A scaled read is cut into parts that fill every cell with data once, and none from outside."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from inference.plot.windows import spans


@settings(max_examples=300, deadline=None)
@given(
    start=st.floats(-200, 200),
    length=st.floats(0.5, 400),
    count=st.integers(1, 60),
    size=st.integers(1, 150),
)
def test_each_cell_with_data_is_filled_once_from_its_own_pixels(
    start: float, length: float, count: int, size: int
) -> None:
    scale = length / count
    filled = np.zeros(count, int)
    for span in spans(start, length, count, size):
        assert 0 <= span.src0 < span.src1 <= size
        filled[span.out0 : span.out1] += 1
        # Where the raster's edge cuts, the part is one cell; elsewhere source and cells have one scale.
        if span.out1 - span.out0 > 1:
            # A cut by less than a millionth of a cell is none, and either end may have one.
            near = 2e-6 * max(1.0, scale)
            np.testing.assert_allclose(span.src1 - span.src0, (span.out1 - span.out0) * scale, atol=near)
        np.testing.assert_allclose(span.src0, max(0.0, start + span.out0 * scale), atol=1e-6)
        np.testing.assert_allclose(span.src1, min(size, start + span.out1 * scale), atol=1e-6)
    edges = start + np.arange(count + 1) * scale
    touched = np.minimum(edges[1:], size) - np.maximum(edges[:-1], 0)
    assert (filled[touched > 1e-6] == 1).all()
    assert (filled[touched < -1e-6] == 0).all()
    assert filled.max(initial=0) <= 1
