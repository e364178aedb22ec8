"""Bands and stretch of an orthomosaic, contours of the ground, heights along a line, and that layers can be closed."""

import math
from pathlib import Path

import numpy as np
import pytest
from affine import Affine
from factories_rasters import ORIGIN, scatter, slope, write_raster, write_scene_ortho, write_surface
from hypothesis import given
from hypothesis import strategies as st

from inference.errors import InputError
from inference.plot import display
from inference.plot.display_contours import contour_lines, round_interval_m
from inference.plot.display_profile import height_profile
from inference.plot.display_style import BandStyle
from inference.plot.lines import line_length_m
from inference.plot.overviews import ensure_overviews
from inference.plot.plot import Plot, PlotSources

SCENE = scatter(3, 60.0, 40, ground=slope(8.0))


def bands_plot(folder: Path, side: int = 300) -> Plot:
    """Four 16-bit bands: two ramps, a constant, and the first turned round."""
    y, x = np.mgrid[0:side, 0:side]
    data = np.stack([100 + x * 10, 200 + y * 20, np.full_like(x, 700), 100 + (side - 1 - x) * 10]).astype(np.uint16)
    path = write_raster(folder / "o.tif", data, transform=Affine(0.1, 0, ORIGIN[0], 0, -0.1, ORIGIN[1] + 60))
    return Plot.open(PlotSources(path), check=False)


def test_chosen_bands_are_shown_in_their_order(tmp_path: Path) -> None:
    with bands_plot(tmp_path) as plot, display.layers(plot) as layers:
        layers.restyle(BandStyle((4, 2, 1), "min_max"))
        tile = layers["ortho"].render(0, 0, 0, 256).astype(int)
        assert (np.diff(tile[0, :, 0]) <= 0).all()  # band 4 falls to the right
        assert (np.diff(tile[:, 0, 1]) >= 0).all()
        assert (np.diff(tile[0, :, 2]) >= 0).all()
        layers.restyle(BandStyle((2, 2, 2)))
        grey = layers["ortho"].render(0, 0, 0, 256)
        np.testing.assert_array_equal(grey[..., 0], grey[..., 2])


def test_the_default_style_changes_nothing(tmp_path: Path) -> None:
    with bands_plot(tmp_path) as plot, display.layers(plot) as layers:
        before = layers["ortho"].render(0, 0, 0, 256)
        layers.restyle(BandStyle((1, 4, 3), "percentile", 5.0, per_band=True))
        assert (layers["ortho"].render(0, 0, 0, 256) != before).any()
        layers.restyle(BandStyle())
        np.testing.assert_array_equal(layers["ortho"].render(0, 0, 0, 256), before)


@pytest.mark.parametrize("per_band", [False, True])
def test_min_max_uses_the_whole_range_of_the_raster_or_of_each_band(tmp_path: Path, per_band: bool) -> None:
    with bands_plot(tmp_path) as plot, display.layers(plot) as layers:
        layers.restyle(BandStyle((1, 2, 3), "min_max", per_band=per_band))
        first, last = (layers["ortho"].render(0, 0, 0, 512)[at][:3] for at in ((0, 0), (299, 299)))
        if per_band:
            assert first.tolist() == [0, 0, 0]  # the constant band is black, not a division by zero
            assert last[:2].tolist() == [255, 255]
        else:
            span = 200 + 299 * 20 - 100
            assert last.tolist() == pytest.approx([255 * 2990 / span, 255, 255 * 600 / span], abs=1.01)


def test_percentiles_cut_both_ends(tmp_path: Path) -> None:
    with bands_plot(tmp_path) as plot, display.layers(plot) as layers:
        layers.restyle(BandStyle((1, 1, 1), "percentile", 10.0))
        line = layers["ortho"].render(0, 0, 0, 512)[0, :300, 0]
        assert np.flatnonzero(line > 0)[0] == pytest.approx(30, abs=2)
        assert np.flatnonzero(line < 255)[-1] == pytest.approx(269, abs=2)


@pytest.mark.parametrize("bands", [(1, 2, 5), (0, 1, 2), (1, 2)])
def test_bands_that_are_not_there_are_refused_in_words(tmp_path: Path, bands: tuple[int, ...]) -> None:
    with bands_plot(tmp_path) as plot, display.layers(plot) as layers:
        before = layers["ortho"].render(0, 0, 0, 64)
        with pytest.raises(InputError, match="4 bands") as caught:
            layers.restyle(BandStyle(bands))
        assert caught.value.code == "bands.unknown"
        np.testing.assert_array_equal(layers["ortho"].render(0, 0, 0, 64), before)


def test_overviews_of_ours_are_read_for_the_bands_that_they_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inference.plot import cost, display_source

    monkeypatch.setattr(cost, "DIRECT_READ_PX", 10_000)
    monkeypatch.setattr(display_source, "DIRECT_READ_PX", 10_000)
    with bands_plot(tmp_path, side=1500) as plot:
        assert ensure_overviews(plot.ortho, tmp_path / "cache") is not None
        with display.layers(plot, tmp_path / "cache") as layers:
            assert not layers["ortho"].is_preview()
            layers.restyle(BandStyle((3, 2, 1), "min_max"))
            swapped = layers["ortho"].render(3, 0, 0, 64)
            layers.restyle(BandStyle((1, 2, 3), "min_max"))
            plain = layers["ortho"].render(3, 0, 0, 64)
            np.testing.assert_array_equal(swapped[..., [2, 1, 0]], plain[..., :3])
            layers.restyle(BandStyle((4, 2, 1), "min_max"))  # band 4 is in no overview: a preview, but a picture
            preview = layers["ortho"].render(3, 0, 0, 64).astype(int)
            assert preview[10, 5, 0] > preview[10, 40, 0]


def test_closing_lets_go_of_the_overview_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from inference.plot import cost, display_source

    monkeypatch.setattr(cost, "DIRECT_READ_PX", 10_000)
    monkeypatch.setattr(display_source, "DIRECT_READ_PX", 10_000)
    with bands_plot(tmp_path, side=1500) as plot:
        ensure_overviews(plot.ortho, tmp_path / "cache")
        layers = display.layers(plot, tmp_path / "cache")
        layers["ortho"].render(3, 0, 0, 64)
        sources = layers._sources
        assert sources[0]._stack is not None
        layers.close()
        assert sources[0]._stack is None
        layers["ortho"].render(3, 0, 0, 64)  # a late tile opens nothing again
        assert sources[0]._stack is None
        assert plot.ortho.read_window(0, 0, 8, 8, 8, 8).valid.all()  # the plot itself stays open


# ---- contours


@given(st.floats(1e-3, 1e4))
def test_intervals_are_round_and_not_finer_than_asked(wanted_m: float) -> None:
    interval = round_interval_m(wanted_m)
    assert 0.25 <= interval <= 100.0
    assert interval >= min(wanted_m, 100.0) * (1 - 1e-9)
    mantissa = interval / 10 ** math.floor(math.log10(interval))
    assert min(abs(mantissa - round_one) for round_one in (1.0, 2.5, 5.0, 10.0)) < 1e-9


def test_lines_lie_where_the_ground_has_round_elevations() -> None:
    x = np.arange(200, dtype=np.float32)
    ground = np.broadcast_to(x * np.float32(0.1) + np.float32(0.05), (40, 200)).copy()  # a line every 10 px
    ground[:, 150:] = np.nan
    alpha = contour_lines(ground, 1.0)[..., 3]
    lines = np.flatnonzero(alpha[20] > 120)
    assert {round((column + 0.5) / 10) for column in lines.tolist()} == set(range(15))
    assert (np.abs((lines + 0.5) - np.rint((lines + 0.5) / 10) * 10) <= 1.6).all()
    assert (alpha[:, 150:] == 0).all()


def test_tiles_of_contours_fit_together(tmp_path: Path) -> None:
    ortho = write_scene_ortho(tmp_path / "o.tif", SCENE, gsd_m=0.1)
    dsm = write_surface(tmp_path / "dsm.tif", SCENE.surface, gsd_m=0.25)
    dtm = write_surface(tmp_path / "dtm.tif", SCENE.ground, gsd_m=1.0, margin_m=2)
    with Plot.open(PlotSources(ortho, dsm, dtm), check=False) as plot, display.layers(plot) as layers:
        contours = layers["contours"]
        whole = contours.render(0, 0, 0, 512).astype(int)
        left, right = contours.render(0, 0, 0, 256), contours.render(0, 1, 0, 256)
        assert np.abs(np.concatenate([left, right], axis=1) - whole[:256]).max() <= 2
        assert 0 < (whole[..., 3] > 128).mean() < 0.3
        assert layers.contour_interval_m(0) == contours.interval_m(0)  # type: ignore[attr-defined]
        assert contours.value_at(ORIGIN[0] + 30, ORIGIN[1] + 30) is not None
        assert contours.value_at(ORIGIN[0] - 5000, ORIGIN[1]) is None


# ---- heights along a line


def test_a_profile_finds_trees_and_ground_where_they_are(tmp_path: Path) -> None:
    ortho = write_scene_ortho(tmp_path / "o.tif", SCENE, gsd_m=0.1)
    dsm = write_surface(tmp_path / "dsm.tif", SCENE.surface, gsd_m=0.25)
    dtm = write_surface(tmp_path / "dtm.tif", SCENE.ground, gsd_m=1.0, margin_m=2)
    with Plot.open(PlotSources(ortho, dsm, dtm), check=False) as plot:
        assert plot.elevation is not None
        line = np.array([[5.0, 5.0], [50.0, 20.0], [50.0, 20.0], [55.0, 55.0]]) + ORIGIN
        profile = height_profile(plot.elevation, line)
        assert profile.height_source == "DSM-DTM"
        length = line_length_m(line, 1.0)
        assert profile.length_m == pytest.approx(length, abs=0.3)
        assert (np.diff(profile.distance_m) > 0).all()
        x, y = (profile.xy_crs - ORIGIN).T
        truth = SCENE.surface(x, y)
        assert np.abs(profile.ground_m - SCENE.ground(x, y)).max() < 0.2
        assert np.median(np.abs(profile.dsm_m - truth)) < 0.3
        assert np.nanmax(profile.height_m) > 5.0
        short = height_profile(plot.elevation, line, most_cells=20)
        assert len(short.distance_m) <= 22
        outside = height_profile(plot.elevation, line + 5000.0)
        assert np.isnan(outside.dsm_m).all()


def test_a_line_without_length_has_no_profile(tmp_path: Path) -> None:
    ortho = write_scene_ortho(tmp_path / "o.tif", SCENE, gsd_m=0.1)
    dsm = write_surface(tmp_path / "dsm.tif", SCENE.surface, gsd_m=0.25)
    with Plot.open(PlotSources(ortho, dsm), check=False) as plot:
        assert plot.elevation is not None
        point = np.array([[30.0, 30.0], [30.0, 30.0]]) + ORIGIN
        profile = height_profile(plot.elevation, point)
        assert len(profile.distance_m) == 0
        assert profile.length_m == 0.0
