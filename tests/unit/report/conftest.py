"""Plots whose figures can be calculated by hand."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from affine import Affine
from factories_rasters import ORIGIN, write_raster

from inference.crowns.crown import Crown
from inference.crowns.edits import CrownEdit
from inference.plot.plot import Plot, PlotSources
from inference.project.store import Project

MakeProject = Callable[..., Path]


@pytest.fixture
def ortho(tmp_path: Path) -> Path:
    """An orthomosaic of 100 x 100 m with cells of 0.5 m, the western 20 m of it without data."""
    rgb = np.full((3, 200, 200), 90, np.uint8)
    rgb[1] = 130
    alpha = np.full((200, 200), 255, np.uint8)
    alpha[:, :40] = 0
    transform = Affine(0.5, 0, ORIGIN[0], 0, -0.5, ORIGIN[1] + 100)
    return write_raster(tmp_path / "ortho.tif", rgb, transform=transform, alpha=alpha)


@pytest.fixture
def make_project(tmp_path: Path, ortho: Path) -> MakeProject:
    """Makes a project of the orthomosaic with crowns."""

    def make(crowns: Sequence[Crown], *, name: str = "stand", aoi: Path | None = None) -> Path:
        path = tmp_path / f"{name}.birch.gpkg"
        sources = PlotSources(ortho, aoi=aoi)
        with (
            Plot.open(sources) as plot,
            Project.create(path, sources, crs_wkt=plot.crs_wkt, unit_m=plot.unit_m) as project,
        ):
            project.take_ids(max((crown.tree_id for crown in crowns), default=1))
            if crowns:
                project.apply(CrownEdit("Draw", (), tuple(crowns)), by="Ana")
                project.set_measures({crown.tree_id: crown.measures for crown in crowns})
        return path

    return make
