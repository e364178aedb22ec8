"""The plot's raster layers as tile sources; rasterio is loaded when the first plot opens, not with the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inference.plot.display import PlotLayers
    from inference.plot.plot import Plot


def tile_sources(plot: Plot) -> PlotLayers:
    """The layers that a plot has, by id: "ortho" always, the others with a DSM. Close them."""
    from inference.plot import display

    return display.layers(plot)
