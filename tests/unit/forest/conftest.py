"""One small made plot, shared by the tests of this folder (nobody changes it)."""

import pytest

from resources.forest.plot import ForestPlot, ForestSpec, make_plot


@pytest.fixture(scope="session")
def small_forest() -> ForestPlot:
    """40 x 40 m at 5 cm."""
    return make_plot(ForestSpec(seed=3, width_m=40.0, height_m=40.0))
