"""The area that trees are counted over: all data, the area of interest, complete areas."""

from pathlib import Path

import pyogrio.raw
import pytest
import shapely
from factories_rasters import CRS_WKT, ORIGIN

from inference.errors import InputError
from inference.plot.plot import Plot, PlotSources
from inference.report.area import report_area

X, Y = ORIGIN


def write_aoi(path: Path, *boxes: tuple[float, float, float, float]) -> Path:
    """Boxes in metres from the corner of the plot as an area of interest."""
    outlines = [shapely.box(X + left, Y + bottom, X + right, Y + top) for left, bottom, right, top in boxes]
    geometry = shapely.to_wkb(outlines)
    pyogrio.raw.write(path, geometry, [], [], geometry_type="Polygon", crs=CRS_WKT, driver="GPKG", layer="aoi")
    return path


def test_all_data_without_the_collar(ortho: Path) -> None:
    with Plot.open(PlotSources(ortho)) as plot:
        area = report_area(plot, ())
    assert area.basis == "valid"
    assert area.area_m2 == pytest.approx(80 * 100)
    assert area.outline.bounds == pytest.approx((X + 20, Y, X + 100, Y + 100))
    assert area.lost_m2 == 0


def test_an_area_of_interest_only_where_there_is_data(ortho: Path, tmp_path: Path) -> None:
    aoi = write_aoi(tmp_path / "aoi.gpkg", (10, 10, 40, 40), (60, 60, 70, 70))
    with Plot.open(PlotSources(ortho, aoi=aoi)) as plot:
        area = report_area(plot, ())
    assert (area.basis, area.parts) == ("aoi", 2)
    assert area.area_m2 == pytest.approx(20 * 30 + 100, rel=0.01)
    assert area.lost_m2 == pytest.approx(10 * 30, rel=0.02)


def test_complete_areas(ortho: Path) -> None:
    boxes = [shapely.box(X + 30, Y + 30, X + 50, Y + 50), shapely.box(X + 45, Y + 30, X + 60, Y + 50)]
    with Plot.open(PlotSources(ortho)) as plot:
        area = report_area(plot, boxes, over="complete")
        assert report_area(plot, boxes).basis == "valid"
    assert (area.basis, area.parts) == ("complete", 2)
    assert area.area_m2 == pytest.approx(30 * 20, rel=0.01)


def test_what_the_plot_does_not_have_is_said(ortho: Path) -> None:
    with Plot.open(PlotSources(ortho)) as plot:
        with pytest.raises(InputError, match="no area of interest") as no_aoi:
            report_area(plot, (), over="aoi")
        with pytest.raises(InputError, match="no complete area") as no_complete:
            report_area(plot, (), over="complete")
        with pytest.raises(InputError, match="no data") as no_data:
            report_area(plot, [shapely.box(X, Y, X + 10, Y + 10)], over="complete")
        with pytest.raises(InputError) as elsewhere:
            report_area(plot, [shapely.box(X + 900, Y, X + 910, Y + 10)], over="complete")
    codes = [told.value.code for told in (no_aoi, no_complete, no_data, elsewhere)]
    assert codes == ["report.no_aoi", "report.no_complete", "report.no_data", "report.no_data"]
