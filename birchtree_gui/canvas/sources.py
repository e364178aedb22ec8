"""The plot's raster layers as tile sources; rasterio is loaded when the first plot opens, not with the window."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from birchtree_gui.canvas.tiles import TileSource

if TYPE_CHECKING:
    from inference.plot.plot import Plot


def tile_sources(plot: Plot) -> Mapping[str, TileSource]:
    """The layers that a plot has, by id: "ortho" always, "hillshade", "dsm" and "chm" with a DSM."""
    from inference.plot import display

    return display.layers(plot)
