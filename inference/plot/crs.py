"""What the program asks of a coordinate reference system, on plain WKT: unit, kind, equality, transformation."""

import math
import re

import numpy as np
import numpy.typing as npt
from rasterio.crs import CRS
from rasterio.errors import CRSError
from rasterio.warp import transform as _gdal_transform

from inference.errors import RasterError
from inference.plot.gdal_session import GDAL_FAILURES

Float64Array = npt.NDArray[np.float64]

WGS84_WKT = str(CRS.from_epsg(4326).to_wkt())

_HORIZONTAL = re.compile(r"\b(PROJCS|PROJCRS|GEOGCS|GEOGCRS|BASEGEOGCRS|LOCAL_CS|ENGCRS)\[")
_VERTICAL = re.compile(r"\b(VERT_CS|VERTCRS|VERTICALCRS)\[")
_UNIT = re.compile(r'\b(?:UNIT|LENGTHUNIT)\["([^"]*)",\s*([-+0-9.eE]+)')


# What names a CRS by itself; GDAL would also take an address or a file that describes one.
_NAMES_A_CRS = re.compile(
    r"\s*([A-Za-z]+:[A-Za-z0-9_.-]+|urn:ogc:def:crs:\S+|[A-Z_0-9]+\[.*|\{.*|\+(proj|init)=.*)\s*", re.DOTALL
)
_MAX_CRS_LETTERS = 100_000


def wkt_of(text: str | None) -> str:
    """WKT of "EPSG:32611", of other WKT, PROJJSON or a PROJ string; "" for none and for what nobody understands.

    Never asks a server and never opens a file, whatever the text says.
    """
    if not text or len(text) > _MAX_CRS_LETTERS or not _NAMES_A_CRS.fullmatch(text) or "://" in text.partition("[")[0]:
        return ""
    try:
        return str(CRS.from_user_input(text.strip()).to_wkt())
    except (CRSError, ValueError):
        return ""


def _element(wkt: str, start: int) -> str:
    """The element of `wkt` that opens at `start`, up to its closing bracket."""
    depth = 0
    quoted = False
    for position in range(start, len(wkt)):
        character = wkt[position]
        if character == '"':
            quoted = not quoted
        elif not quoted and character == "[":
            depth += 1
        elif not quoted and character == "]":
            depth -= 1
            if depth == 0:
                return wkt[start : position + 1]
    return wkt[start:]


def horizontal_wkt(wkt: str) -> str:
    """The horizontal part of a compound CRS; any other CRS as it is."""
    if not wkt.startswith(("COMPD_CS", "COMPOUNDCRS")):
        return wkt
    match = _HORIZONTAL.search(wkt)
    return _element(wkt, match.start()) if match else wkt


def _parsed(wkt: str) -> CRS:
    try:
        return CRS.from_wkt(horizontal_wkt(wkt))
    except CRSError as error:
        raise RasterError(
            "crs.not_understood",
            "The CRS that a file names cannot be understood ({text}). Export the file again, or set its CRS in a GIS.",
            text=wkt[:80],
        ) from error


def is_geographic(wkt: str) -> bool:
    """Whether coordinates are degrees of longitude and latitude."""
    return bool(wkt) and bool(_parsed(wkt).is_geographic)


def is_local(wkt: str) -> bool:
    """Whether the CRS is unknown or not tied to the Earth, so that nothing can be transformed to or from it."""
    return not wkt or not (_parsed(wkt).is_geographic or _parsed(wkt).is_projected)


def same_crs(first_wkt: str, second_wkt: str) -> bool:
    """Whether two CRS agree horizontally."""
    first, second = horizontal_wkt(first_wkt), horizontal_wkt(second_wkt)
    return first == second or (bool(first) and bool(second) and _parsed(first) == _parsed(second))


def shares_crs(first_wkt: str, second_wkt: str) -> bool:
    """Whether the coordinates of two rasters are taken as they are: their CRS agree, or one is unknown or local.

    Drone programs drop or garble the CRS of one file and keep the other's; the numbers then still fit.
    """
    return is_local(first_wkt) or is_local(second_wkt) or same_crs(first_wkt, second_wkt)


def epsg_code(wkt: str) -> int | None:
    """EPSG code of the horizontal CRS; None where it has none."""
    if not wkt:
        return None
    code = _parsed(wkt).to_epsg()
    return None if code is None else int(code)


def crs_name(wkt: str) -> str:
    """The CRS's own name, for sentences ("WGS 84 / UTM zone 17N"); "unknown" without CRS."""
    match = re.search(r'\["([^"]*)"', horizontal_wkt(wkt))
    return match.group(1) if match else "unknown"


def unit_m(wkt: str) -> float:
    """Metres per unit of a projected CRS; 1.0 for a local or unknown CRS without a length unit.

    Geographic CRS have no length unit: callers turn them into a projected CRS first.
    """
    if not wkt or is_geographic(wkt):
        return 1.0
    # The last UNIT at the top level belongs to the projected CRS; earlier ones are the degrees of its base CRS.
    units = [(name, float(factor)) for name, factor in _UNIT.findall(horizontal_wkt(wkt))]
    lengths = [factor for name, factor in units if "degree" not in name.lower() and "radian" not in name.lower()]
    return lengths[-1] if lengths and lengths[-1] > 0 else 1.0


def ground_scale(wkt: str, x: float, y: float) -> float:
    """By how much the projection stretches lengths at a place: 1.0 in UTM, 1.41 in Web Mercator at 45 degrees.

    1.0 where it cannot be told (local CRS).
    """
    if is_local(wkt) or is_geographic(wkt):
        return 1.0
    step = 100.0 / unit_m(wkt)
    here = np.array([[x, y], [x + step, y], [x, y + step]])
    try:
        lon, lat = transform_xy(wkt, WGS84_WKT, here[:1])[0]
        metres = transform_xy(wkt, utm_wkt(float(lon), float(lat)), here)
    except RasterError:
        return 1.0
    (ax, ay), (bx, by) = metres[1] - metres[0], metres[2] - metres[0]
    ground_m2 = abs(ax * by - ay * bx)
    return float(100.0 / math.sqrt(ground_m2)) if ground_m2 > 0 else 1.0


def vertical_unit_m(wkt: str) -> float | None:
    """Metres per unit of the vertical part of a compound CRS; None where there is none."""
    match = _VERTICAL.search(wkt)
    if match is None:
        return None
    unit = _UNIT.search(_element(wkt, match.start()))
    return float(unit.group(2)) if unit else None


def lon_lat(wkt: str, x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude (WGS 84, degrees) of a place.

    Raises:
        RasterError: the CRS is local, or the place is outside its domain.
    """
    lon, lat = transform_xy(wkt, WGS84_WKT, np.array([[x, y]], np.float64))[0]
    return float(lon), float(lat)


def utm_wkt(lon_deg: float, lat_deg: float) -> str:
    """WKT of the WGS 84 UTM zone at a place (UPS near the poles)."""
    if lat_deg >= 84.0:
        return str(CRS.from_epsg(32661).to_wkt())
    if lat_deg < -80.0:
        return str(CRS.from_epsg(32761).to_wkt())
    zone = math.floor((lon_deg + 180.0) / 6.0) % 60 + 1
    return str(CRS.from_epsg((32600 if lat_deg >= 0 else 32700) + zone).to_wkt())


def transform_xy(source_wkt: str, target_wkt: str, xy: Float64Array) -> Float64Array:
    """Carry (N, 2) coordinates from one CRS to another, always x (east) before y (north).

    Raises:
        RasterError: there is no way from one CRS to the other, or a point lies outside its domain.
    """
    if same_crs(source_wkt, target_wkt):
        return xy
    try:
        xs, ys = _gdal_transform(_parsed(source_wkt), _parsed(target_wkt), xy[:, 0], xy[:, 1])
    except GDAL_FAILURES as failure:
        raise RasterError(
            "crs.no_transformation",
            "Coordinates cannot be carried from {source} to {target}. Export the rasters again in one projected CRS.",
            source=crs_name(source_wkt),
            target=crs_name(target_wkt),
        ) from failure
    return np.column_stack([np.asarray(xs, np.float64), np.asarray(ys, np.float64)])
