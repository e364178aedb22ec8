"""A tiny plot to click on: a few cone-shaped trees with known tops, with or without elevation."""

from pathlib import Path

import numpy as np
from factories_rasters import ORIGIN, Scene, Tree, flat, write_raster, write_scene_ortho, write_surface

from inference.models.store import ModelStore
from inference.plot.plot import Plot, PlotSources
from inference.prompt.cache import EmbeddingFiles
from inference.prompt.canopy import Assists
from inference.prompt.sam import SamSegmenter
from inference.prompt.service import PromptSession

SIZE_M = 60.0
LONE = Tree(15.0, 45.0, 3.0, 14.0)
# Two trees whose crowns meet, the valley between them 5 m deep and more.
WEST, EAST = Tree(30.0, 20.0, 3.0, 15.0), Tree(34.2, 20.0, 3.0, 13.0)
TREES = (LONE, WEST, EAST)
NO_ASSISTS = Assists(treetops=False, valleys=False, ground=False)


def at(x_m: float, y_m: float) -> tuple[float, float]:
    """A place in metres from the plot's lower left corner, in the plot CRS."""
    return (ORIGIN[0] + x_m, ORIGIN[1] + y_m)


def box_at(left_m: float, bottom_m: float, right_m: float, top_m: float) -> tuple[float, float, float, float]:
    """A box in metres from the plot's lower left corner, in the plot CRS."""
    return (*at(left_m, bottom_m), *at(right_m, top_m))


def write_click_plot(folder: Path, *, elevation: bool = True, dtm: bool = True) -> PlotSources:
    """Orthomosaic at 25 cm, DSM at 25 cm and DTM at 1 m of 60 x 60 m."""
    folder.mkdir(exist_ok=True)
    scene = Scene(TREES, flat())
    ortho = write_scene_ortho(folder / "ortho.tif", scene, gsd_m=0.25, size_m=SIZE_M)
    if not elevation:
        return PlotSources(ortho)
    dsm = write_surface(folder / "dsm.tif", scene.surface, gsd_m=0.25, size_m=SIZE_M)
    if not dtm:
        return PlotSources(ortho, dsm)
    return PlotSources(ortho, dsm, write_surface(folder / "dtm.tif", scene.ground, gsd_m=1.0, size_m=SIZE_M))


def write_black_half(path: Path) -> Path:
    """An orthomosaic of 60 x 60 m whose western half is nodata."""
    rng = np.random.default_rng(0)
    data = rng.integers(60, 200, (3, 240, 240)).astype(np.uint8)
    data[:, :, :120] = 0
    from affine import Affine

    return write_raster(path, data, transform=Affine(0.25, 0, ORIGIN[0], 0, -0.25, ORIGIN[1] + SIZE_M), nodata=0)


def session_of(
    plot: Plot, store: ModelStore, cache: Path, *, model_id: str = "discs", assists: Assists = NO_ASSISTS
) -> PromptSession:
    """A session with a cache of its own."""
    return PromptSession(plot, SamSegmenter(store.get(model_id), threads=1), EmbeddingFiles(cache), assists=assists)
