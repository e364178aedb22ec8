"""Crowns as text for the clipboard, there and back, and as other programs write them."""

import json

import numpy as np
import pytest
import shapely
from rasterio.crs import CRS

from inference.crowns.crown import Crown
from inference.crowns.geometry import translate
from inference.errors import InputError
from inference.formats.clipboard import crowns_in, geojson_of, text_of
from inference.plot.crs import WGS84_WKT, transform_xy

UTM = CRS.from_epsg(32618).to_wkt()
OUTLINE = shapely.orient_polygons(
    shapely.Polygon([(500000.1, 5100000), (500005, 5100000.3), (500004.7, 5100006), (500000, 5100005)])
)
CROWN = Crown(4, OUTLINE, species="Betula papyrifera", species_code="BEPA", label="Betula papyrifera", note="two\ttabs")


def test_a_table_of_wkt_gives_the_very_same_outlines_back() -> None:
    text = text_of([CROWN, Crown(5, OUTLINE)])
    assert text.splitlines()[0].split("\t")[:2] == ["wkt_geom", "tree_id"]
    first, second = crowns_in(text, UTM)
    assert first.outline == OUTLINE
    assert (first.species, first.species_code, first.note) == ("Betula papyrifera", "BEPA", "two tabs")
    assert second.species == ""


def test_geojson_goes_through_degrees_and_comes_back() -> None:
    text = geojson_of([CROWN], UTM)
    x, y = json.loads(text)["features"][0]["geometry"]["coordinates"][0][0]
    assert (-76 < x < -74, 46 < y < 47) == (True, True)
    (back,) = crowns_in(text, UTM)
    assert back.species == "Betula papyrifera"
    assert back.outline.hausdorff_distance(OUTLINE) < 1e-5


def test_geojson_that_cannot_be_degrees_is_in_the_plot_crs() -> None:
    (back,) = crowns_in(shapely.to_geojson(OUTLINE), UTM)
    assert back.outline.equals(OUTLINE)


def test_plain_wkt_and_several_parts() -> None:
    two = shapely.MultiPolygon([OUTLINE, translate(OUTLINE, 20, 0)])
    assert len(crowns_in(two.wkt, UTM)) == 2
    assert len(crowns_in(f"{OUTLINE.wkt}\n{OUTLINE.wkt}\n", "")) == 2


@pytest.mark.parametrize(
    "text", ["", "hello", "POLYGON", "POINT (1 2)", "{", '{"type": "Point", "coordinates": [1, 2]}', "[1]"]
)
def test_what_is_no_crown_is_refused_in_words(text: str) -> None:
    with pytest.raises(InputError) as refused:
        crowns_in(text, UTM)
    assert refused.value.code == "clipboard.no_crowns"


def test_the_way_through_degrees_keeps_x_east() -> None:
    assert transform_xy(WGS84_WKT, UTM, np.array([[-75.0, 46.0]]))[0, 0] == pytest.approx(500_000)
