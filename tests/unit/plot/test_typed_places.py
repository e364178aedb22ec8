"""Places as people type and paste them: every notation means the same place, and what is elsewhere says how far."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.errors import InputError
from inference.plot.crs import wkt_of
from inference.plot.places import find_place, looks_like_place, text_in_degrees, text_in_plot

UTM11 = wkt_of("EPSG:32611")
BOUNDS = (321640.0, 4096880.0, 321690.0, 4096940.0)
X, Y = 321656.0, 4096913.5  # 37.0014721 N, 119.0043291 W


@pytest.mark.parametrize(
    "text",
    [
        "321656.0, 4096913.5",
        "321656 4096913.5",
        "4096913.5 321656",
        "321656,0 4096913,5",
        "321656,0; 4096913,5",
        "321656,0, 4096913,5",
        "E 321\u202f656.0   N 4\u202f096\u202f913.5",  # the status bar
        "E 321 656,0   N 4 096 913,5",
        "N 4096913.5 E 321656",
        "X 321656 Y 4096913.5",
        "x = 321656, y = 4096913.5",
        "321'656 4'096'913.5",
        "POINT (321656 4096913.5)",
        "POINT(-119.0043291 37.0014721)",
        "37.0014721, -119.0043291",
        "-119.0043291,37.0014721",
        "37.0014721 N, 119.0043291 W",
        "37,0014721 N 119,0043291 O",
        "N 37.0014721 W 119.0043291",
        "37.0014721°N 119.0043291°W",
        "W 119.0043291 N 37.0014721",
        "37°00'05.2996\"N 119°00'15.5848\"W",
        "37° 0′ 5.2996″ N, 119° 0′ 15.5848″ O",
        "37° 0.088327' N 119° 0.259746' W",
        "37:00:05.2996 -119:00:15.5848",
    ],
)
def test_every_notation_means_the_same_place(text: str) -> None:
    assert looks_like_place(text)
    place = find_place(text, UTM11, BOUNDS)
    assert math.hypot(place.x_crs - X, place.y_crs - Y) < 0.02
    assert place.kind == ("degrees" if "37" in text and "119" in text else "plot")


@pytest.mark.parametrize("text", ["", "42", "hillshade", "1 2 3", "1e5 3", "zoom 3 4", "321.656,5 4.096.913,5", "E N"])
def test_other_texts_are_no_places(text: str) -> None:
    assert not looks_like_place(text)
    with pytest.raises(InputError) as caught:
        find_place(text, UTM11, BOUNDS)
    assert caught.value.code == "place.not_understood"


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("321656 4097440", "place.outside", "500 m away, north of it"),
        ("326690 4091880", "place.outside", "7.1 km away, south-east of it"),
        ("37.0014, -119.1", "place.outside", "km away, west of it"),
        ("48.1, 11.5", "place.far", "more than 100 km away"),
    ],
)
def test_a_place_elsewhere_says_how_far_it_is(text: str, code: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        find_place(text, UTM11, BOUNDS)
    assert caught.value.code == code


def test_a_plot_without_crs_knows_only_its_own_coordinates() -> None:
    assert find_place("12.5, 30", "", (0.0, 0.0, 50.0, 50.0)).kind == "plot"
    with pytest.raises(InputError, match="not on the plot"):
        find_place("37.0014721 N 119.0043291 W", "", BOUNDS)


@given(st.floats(BOUNDS[0] + 1, BOUNDS[2] - 1), st.floats(BOUNDS[1] + 1, BOUNDS[3] - 1))
def test_what_is_copied_is_found_again(x_crs: float, y_crs: float) -> None:
    for text, within_m in ((text_in_plot(x_crs, y_crs), 0.08), (text_in_degrees(UTM11, x_crs, y_crs), 0.02)):
        place = find_place(text, UTM11, BOUNDS)
        assert math.hypot(place.x_crs - x_crs, place.y_crs - y_crs) < within_m


@given(st.text(max_size=40))
def test_any_text_is_a_place_or_is_refused(text: str) -> None:
    try:
        place = find_place(text, UTM11, BOUNDS)
    except InputError:
        return
    assert BOUNDS[0] <= place.x_crs <= BOUNDS[2]
    assert BOUNDS[1] <= place.y_crs <= BOUNDS[3]
