"""The layers that the canvas paints: orthomosaic, hillshade, DSM colours, canopy height and contours, tile by tile.

Tiles lie on the orthomosaic's own pixel grid (level l = 2**l of its pixels per tile pixel), so a rotated orthomosaic is
shown upright; elevation is brought onto that grid as it is read. Called from worker threads.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Protocol

import numpy as np
import numpy.typing as npt

from inference import paths
from inference.jobs import CancelToken, Progress
from inference.plot.cost import needs_overviews
from inference.plot.display_contours import ContourLayer
from inference.plot.display_layers import ChmLayer, ColourLayer, HillshadeLayer, OrthoLayer
from inference.plot.display_source import DisplaySource, SurfaceSource
from inference.plot.display_style import BandStyle
from inference.plot.overviews import ensure_overviews
from inference.plot.plot import Plot
from inference.plot.pyramid import TILE_PX

Uint8Array = npt.NDArray[np.uint8]


class DisplayLayer(Protocol):
    """What the canvas needs of a layer."""

    def render(self, level: int, col: int, row: int, tile_px: int = TILE_PX) -> Uint8Array:
        """(tile_px, tile_px, 4) RGBA, not premultiplied; alpha 0 where there is nothing.

        Raises:
            RasterError: the file is damaged.
        """
        ...

    def value_at(self, x_crs: float, y_crs: float) -> float | None:
        """The layer's value at a place of the plot: metres, or brightness 0..255; None where there is none."""
        ...

    def is_preview(self) -> bool:
        """Whether coarse tiles are still rough, or the layer empty, until `prepare` has done its work."""
        ...


class PlotLayers(dict[str, DisplayLayer]):
    """Layers by id, with the overview files that they opened; close it once no thread paints tiles any more."""

    def __init__(self, layers: Mapping[str, DisplayLayer], sources: Iterable[DisplaySource]) -> None:
        super().__init__(layers)
        self._sources = tuple(sources)

    def restyle(self, style: BandStyle) -> None:
        """Show the orthomosaic in other bands or another stretch; see `OrthoLayer.restyle`."""
        ortho = self["ortho"]
        if isinstance(ortho, OrthoLayer):
            ortho.restyle(style)

    def contour_interval_m(self, level: int) -> float | None:
        """Metres between contours at a level of the pyramid; None without contours, or before any was painted."""
        contours = self.get("contours")
        return contours.known_interval_m(level) if isinstance(contours, ContourLayer) else None

    def close(self) -> None:
        """Close what the layers opened (an open file cannot be removed under Windows); the plot stays open."""
        for source in self._sources:
            source.close()

    def __enter__(self) -> "PlotLayers":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def layers(plot: Plot, cache_dir: Path | None = None) -> PlotLayers:
    """The layers of a plot: "ortho" always, "hillshade", "dsm", "chm" and "contours" with a DSM. Close them."""
    folder = cache_dir or paths.cache_dir()
    sources = [DisplaySource(plot.ortho, folder)]
    found: dict[str, DisplayLayer] = {"ortho": OrthoLayer(sources[0], plot.stretch)}
    if plot.elevation is None or plot.dsm is None:
        return PlotLayers(found, sources)
    sources.append(DisplaySource(plot.dsm, folder))
    surface = SurfaceSource(sources[-1], plot.elevation.dsm.unit_m)
    ground = None
    if plot.dtm is not None and plot.elevation.dtm is not None:
        sources.append(DisplaySource(plot.dtm, folder))
        ground = SurfaceSource(sources[-1], plot.elevation.dtm.unit_m)
    info, unit_m = plot.ortho.info, plot.unit_m
    found["hillshade"] = HillshadeLayer(info, unit_m, surface)
    found["dsm"] = ColourLayer(info, unit_m, surface)
    chm = ChmLayer(info, surface, ground, plot.elevation)
    found["chm"] = chm
    found["contours"] = ContourLayer(info, chm)
    return PlotLayers(found, sources)


def prepare(
    plot: Plot,
    cache_dir: Path | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: CancelToken | None = None,
) -> bool:
    """Make in the background what smooth display needs: missing overviews, and the ground without a DTM.

    Returns:
        Whether anything was made, so that tiles on screen should be painted anew.
    """
    folder = cache_dir or paths.cache_dir()
    made = False
    for reader in (plot.ortho, plot.dsm, plot.dtm):
        if reader is not None and needs_overviews(reader.info):
            made |= ensure_overviews(reader, folder, on_progress, cancel) is not None
    if plot.elevation is not None and not plot.elevation.ground_is_ready:
        plot.elevation.prepare_ground(on_progress, cancel)
        made = True
    return made


__all__ = [
    "BandStyle",
    "ChmLayer",
    "ColourLayer",
    "ContourLayer",
    "DisplayLayer",
    "HillshadeLayer",
    "OrthoLayer",
    "PlotLayers",
    "layers",
    "prepare",
]
