"""Plots and files that are odd though nothing is broken: each gets its sentence."""

from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from command_line import Birchtree

from inference.errors import InputError
from inference.evaluation.report import evaluate_files
from inference.formats.api import import_crowns
from inference.plot.plot import Plot, PlotSources
from inference.project.store import Project
from inference.sample import SamplePlot


def repainted(path: Path, paint) -> Path:  # type: ignore[no-untyped-def]
    """The raster with other pixels."""
    with rasterio.open(path) as source:
        pixels, profile = source.read(), source.profile
    with rasterio.open(path, "w", **profile) as target:
        target.write(paint(pixels))
    return path


def codes(sources: PlotSources) -> list[str]:
    with Plot.open(sources) as plot:
        return [found.code for found in plot.findings]


@pytest.mark.parametrize("value", [0, 255])
def test_an_orthomosaic_that_shows_nothing(own_plot: PlotSources, value: int) -> None:
    repainted(own_plot.ortho, lambda pixels: np.concatenate([np.full_like(pixels[:3], value), pixels[3:] | 255]))
    found = codes(own_plot)
    assert "ortho.empty" in found
    assert "ortho.undeclared_nodata" not in found


def test_ground_above_the_surface(own_plot: PlotSources) -> None:
    assert own_plot.dtm is not None
    assert "dtm.above_surface" not in codes(own_plot)
    repainted(own_plot.dtm, lambda metres: metres + np.float32(3.5))
    found = codes(own_plot)
    assert {"dtm.above_surface", "dtm.offset"} & set(found)


def test_heights_that_no_tree_has_are_left_out(tiny_plot: SamplePlot, project_path: Path, tmp_path: Path) -> None:
    odd = tmp_path / "odd.gpkg"
    meta, _, wkb, _ = pyogrio.raw.read(tiny_plot.truth)
    outlines = shapely.transform(shapely.from_wkb(wkb[:4]), lambda xy: xy * [1, 1] + [0.9, 0.9])
    heights = np.array([4000.0, -9999.0, 25.5, -3.0])
    pyogrio.raw.write(
        odd, shapely.to_wkb(outlines), [heights], ["height_m"], geometry_type="Polygon", crs=meta["crs"], driver="GPKG"
    )
    with Project.open(project_path) as project:
        before = set(project.table.ids.tolist())
        summary = import_crowns(project, odd, by="ann")
        assert any(note.startswith("2 heights are below 0 or above 130 m") for note in summary.notes)
        fresh = project.table.crowns(sorted(set(project.table.ids.tolist()) - before))
        measured = [crown.measures.height_m if crown.measures else None for crown in fresh]
        assert measured == [None, None, 25.5, None]


def test_an_area_outside_the_plot_is_told(tiny_plot: SamplePlot, tmp_path: Path) -> None:
    area = tmp_path / "far.gpkg"
    far = [shapely.to_wkb(shapely.box(0, 0, 10, 10))]
    meta = pyogrio.read_info(tiny_plot.truth)
    options = {"geometry_type": "Polygon", "crs": meta["crs"], "driver": "GPKG"}
    pyogrio.raw.write(area, np.array(far, object), [np.array([1])], ["n"], **options)
    with pytest.raises(InputError, match="lies in the area of far") as caught:
        evaluate_files([tiny_plot.truth], tiny_plot.truth, aoi=area)
    assert caught.value.code == "evaluate.outside"


def test_resume_with_nothing_to_resume_is_told(own_plot: PlotSources, tmp_path: Path, birchtree: Birchtree) -> None:
    path = tmp_path / "p.birch.gpkg"
    words = ("segment", own_plot.ortho, "--dsm", own_plot.dsm, "--dtm", own_plot.dtm, "--model", "watershed")
    first = birchtree(*words, "-o", path, "--resume")
    assert first.returncode == 0, first.stderr
    assert "has no earlier run, so there is nothing to resume" in first.stdout
    second = birchtree(*words, "-o", path, "--resume")
    assert "came to its end, so there is nothing to resume" in second.stdout
    assert second.stdout.splitlines()[-1] == first.stdout.splitlines()[-1]
