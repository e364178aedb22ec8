"""Places as people type them, "321656, 4096913" or "37.0012, -119.0212", and as they paste them elsewhere."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

import numpy as np

from inference.errors import BirchtreeError, InputError
from inference.plot.compass import compass_name
from inference.plot.crs import WGS84_WKT, is_geographic, is_local, lon_lat, transform_xy, unit_m
from inference.plot.grid import Bounds

Kind = Literal["plot", "degrees"]

_GROUPS = re.compile(r"(?<=\d)[\u00a0\u202f\u2009'’](?=\d{3}(?!\d))")  # 4 096 913 as the status bar writes it
_POINT = re.compile(r"^POINT\s*\(([^()]*)\)$", re.IGNORECASE)  # WKT, as QGIS copies it
_AXES = {"X": "E", "Y": "N"}
_NUMBER = r"[-+]?\d+(?:\.\d+)?"
_MINUTES = r"(?P<min>\d+(?:\.\d+)?)\s*['′’:m]?\s*(?:(?P<sec>\d+(?:\.\d+)?)\s*[\"″”s]?)?"
_ANGLE = rf"(?P<deg>{_NUMBER})(?:\s*[°d:]\s*(?:{_MINUTES})?)?"
_AXIS = re.compile(r"\b([XYENSWO])\s*[=:]?\s+(?=[-+\d])", re.IGNORECASE)
_WITH_LETTER = re.compile(rf"(?P<before>[NSEWO])?\s*{_ANGLE}\s*(?P<after>[NSEWO](?![a-z]))?", re.IGNORECASE)
_DECIMALS = 1
_DEGREE_DECIMALS = 7  # a centimetre
_FAR_M = 100_000.0


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place that was typed.

    Attributes:
        x_crs, y_crs: in the plot CRS, its own units.
        kind: whether it was read as plot coordinates or as latitude and longitude.
    """

    x_crs: float
    y_crs: float
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Typed:
    """One number: degrees with their fraction, and the letter of its direction ("" without)."""

    value: float
    letter: str
    is_angle: bool


def text_in_plot(x_crs: float, y_crs: float) -> str:
    """Easting and northing as other programs paste them: a point, no spaces in the numbers."""
    return f"{x_crs:.{_DECIMALS}f}, {y_crs:.{_DECIMALS}f}"


def text_in_degrees(crs_wkt: str, x_crs: float, y_crs: float) -> str:
    """Latitude and longitude (WGS 84, degrees), as map services on the web take them.

    Raises:
        RasterError: the plot's CRS is local, or the place is outside its domain.
    """
    lon_deg, lat_deg = lon_lat(crs_wkt, x_crs, y_crs)
    return f"{lat_deg:.{_DEGREE_DECIMALS}f}, {lon_deg:.{_DEGREE_DECIMALS}f}"


def looks_like_place(text: str) -> bool:
    """Whether a text is two numbers, in whatever notation; cheap, for each letter that is typed."""
    return len(_typed_in(text)) == 2


def find_place(text: str, crs_wkt: str, bounds_crs: Bounds) -> FoundPlace:
    """The place on a plot that a text means.

    Two numbers in the order of the plot's coordinates (east, north) or the other way round, in metres with or without
    groups of digits; or latitude and longitude, in degrees or degrees, minutes and seconds, with or without letters.
    What lies on the plot is meant.

    Args:
        text: as typed or pasted.
        crs_wkt: plot CRS; "" where it has none.
        bounds_crs: (min x, min y, max x, max y) of the plot.

    Raises:
        InputError: these are not two numbers, or they mean no place on the plot.
    """
    typed = _typed_in(text)
    if len(typed) != 2:
        raise InputError(
            "place.not_understood",
            "Type two numbers: east and north as the status bar shows them, or latitude and longitude in degrees.",
        )
    meant = [*_in_plot(typed), *_in_degrees(typed, crs_wkt)]
    inside = [place for place in meant if _is_inside(place, bounds_crs)]
    if inside:
        return inside[0]
    raise _outside(meant, crs_wkt, bounds_crs)


def _typed_in(text: str) -> tuple[_Typed, ...]:
    """The numbers in a text; more than two, or letters between them, give nothing."""
    plain = _separated(_GROUPS.sub("", _POINT.sub(r"\1", text.strip())))
    plain = _AXIS.sub(lambda match: f"{_AXES.get(match[1].upper(), match[1])} ", plain)
    starts_with_letter = bool(re.match(r"[NSEWO]", plain, re.IGNORECASE))
    if starts_with_letter:  # between two letters blanks can only part groups of digits
        plain = re.sub(r"(?<=\d)\s+(?=\d{3}(?!\d))", "", plain)
    found: list[_Typed] = []
    rest = plain
    while rest := rest.lstrip(" ;,\t\r\n"):
        match = _WITH_LETTER.match(rest)
        if match is None or len(found) == 2:
            return ()
        letter = (match["before"] if starts_with_letter else match["after"]) or ""
        if (match["before"] and not starts_with_letter) or match["deg"] is None:
            return ()
        end = match.start("after") if starts_with_letter and match["after"] else match.end()
        found.append(_number(match, letter.upper()))
        rest = rest[end:]
    return tuple(found)


def _number(match: re.Match[str], letter: str) -> _Typed:
    degrees = float(match["deg"])
    fraction = float(match["min"] or 0) / 60 + float(match["sec"] or 0) / 3600
    value = math.copysign(abs(degrees) + fraction, -1.0 if match["deg"].startswith("-") else 1.0)
    is_angle = match["min"] is not None or "°" in match[0] or letter in {"S", "W", "O"}
    return _Typed(-abs(value) if letter in {"S", "W", "O"} else value, letter, is_angle)


def _separated(text: str) -> str:
    """Decimal commas as points, and other commas as blanks."""
    if "." in text:
        return text.replace(",", " ")
    if re.search(r"[;\t\n]", text) or text.count(",") == 2:
        return re.sub(r"(?<=\d),(?=\d)", ".", text)
    if text.count(",") == 3 and re.search(r",\s", text):
        return re.sub(r"(?<=\d),(?=\d)", ".", re.sub(r",\s+", " ; ", text))
    return text.replace(",", " ")


def _in_plot(typed: tuple[_Typed, ...]) -> list[FoundPlace]:
    if any(one.is_angle for one in typed):
        return []
    first, second = (one.value for one in typed)
    if typed[0].letter == "N" or typed[1].letter == "E":
        return [FoundPlace(second, first, "plot")]
    if typed[0].letter or typed[1].letter:
        return [FoundPlace(first, second, "plot")]
    return [FoundPlace(first, second, "plot"), FoundPlace(second, first, "plot")]


def _in_degrees(typed: tuple[_Typed, ...], crs_wkt: str) -> list[FoundPlace]:
    if not crs_wkt or is_local(crs_wkt):
        return []
    first, second = (one.value for one in typed)
    letters = "".join(one.letter for one in typed)
    if letters[:1] in {"E", "W", "O"} or letters[1:2] in {"N", "S"}:
        pairs = [(second, first)]
    else:
        pairs = [(first, second)] if letters else [(first, second), (second, first)]
    found = []
    for lat_deg, lon_deg in pairs:
        if abs(lat_deg) > 90 or abs(lon_deg) > 180:
            continue
        try:
            x, y = transform_xy(WGS84_WKT, crs_wkt, np.array([[lon_deg, lat_deg]], np.float64))[0]
        except BirchtreeError:
            continue
        if math.isfinite(x) and math.isfinite(y):
            found.append(FoundPlace(float(x), float(y), "degrees"))
    return found


def _is_inside(place: FoundPlace, bounds_crs: Bounds) -> bool:
    left, bottom, right, top = bounds_crs
    return left <= place.x_crs <= right and bottom <= place.y_crs <= top


def _outside(meant: list[FoundPlace], crs_wkt: str, bounds_crs: Bounds) -> InputError:
    """The nearest of the places that a text may mean, and how far away it is."""
    left, bottom, right, top = bounds_crs
    ways = [
        (place.x_crs - min(max(place.x_crs, left), right), place.y_crs - min(max(place.y_crs, bottom), top))
        for place in meant
    ]
    if not ways or is_geographic(crs_wkt):
        return InputError("place.nowhere", "This place is not on the plot.")
    east, north = min(ways, key=lambda way: math.hypot(*way))
    away_m = math.hypot(east, north) * unit_m(crs_wkt)
    if away_m > _FAR_M:
        return InputError("place.far", "This place is not on the plot: it lies more than 100 km away.")
    return InputError(
        "place.outside",
        "This place is not on the plot: it lies {far} away, {direction} of it.",
        far=f"{away_m:.0f} m" if away_m < 1000 else f"{away_m / 1000:.1f} km",
        direction=compass_name(east, north),
    )
