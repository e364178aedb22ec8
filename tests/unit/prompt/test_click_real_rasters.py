"""Clicking on real rasters of all kinds: degrees, alpha, float with nodata, lidar elevation, no CRS code."""

from pathlib import Path

import numpy as np
import pytest
import shapely
from click_plots import session_of
from factories_disc_model import write_disc_model

from inference.jobs import CancelToken
from inference.plot.plot import Plot, PlotSources
from inference.prompt.base import Prompt
from inference.prompt.canopy import Assists

PLOTS = {
    "degrees and alpha": ("samples/history_hd_output_4b.tif",),
    "collar of nodata": ("samples/pix4d_alpha_collar.tif",),
    "local CRS": ("crs_trap/tile01.tif",),
    "lidar elevation": ("teak", "_rgb.tif", "_dsm.tif", "_dtm.tif"),
    "float picture, ground estimated": ("idtrees", "_rgb.tif", "_dsm.tif"),
}


def sources(folder: Path, named: tuple[str, ...]) -> PlotSources:
    first, *suffixes = named
    if not suffixes:
        return PlotSources(folder / first)
    ortho = sorted((folder / first).rglob(f"*{suffixes[0]}"))[0]
    return PlotSources(ortho, *(Path(str(ortho).replace(suffixes[0], suffix)) for suffix in suffixes[1:]))


@pytest.mark.shared
@pytest.mark.parametrize("name", PLOTS)
def test_clicks_have_sound_answers_wherever_the_plot_has_data(name: str, shared_data: Path, tmp_path: Path) -> None:
    with Plot.open(sources(shared_data, PLOTS[name]), check=False) as plot:
        store = write_disc_model(tmp_path, gsd_m=max(0.1, plot.gsd_m))
        session = session_of(plot, store, tmp_path / "cache", assists=Assists())
        left, bottom, right, top = plot.bounds_crs
        middle = shapely.Point((left + right) / 2, (bottom + top) / 2)
        found = 0
        for x, y in np.random.default_rng(0).normal(0, 6.0 / plot.unit_m, (12, 2)).tolist():
            place = (middle.x + x, middle.y + y)
            result = session.propose(Prompt().including(place), CancelToken())
            if result is None:
                continue
            found += 1
            assert result.outline.is_valid
            assert result.outline.geom_type == "Polygon"
            assert result.outline.distance(shapely.Point(place)) < 6.0 / plot.unit_m
            assert 0 < result.outline.area * plot.unit_m**2 < 2000
        assert found >= 6
        again = session_of(plot, store, tmp_path / "cache", assists=Assists())
        assert (again.propose(Prompt().including(place), CancelToken()) is None) == (result is None)
        assert again.figures.encoder_runs == 0
