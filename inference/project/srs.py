"""How a plot's CRS is written into a GeoPackage: EPSG codes as such, local systems as WKT, none as undefined."""

import re
import sqlite3
from dataclasses import dataclass

UNDEFINED_SRS_ID = -1
# GDAL, too, numbers the systems that have no code from here on.
_CUSTOM_SRS_ID = 100_000

_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
    'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],'
    'AUTHORITY["EPSG","4326"]]'
)
_TOKEN = re.compile(r'"(?:[^"]|"")*"|[\[\]()]|[A-Za-z_][A-Za-z_0-9]*|[-+0-9.eE]+')
_OPEN, _CLOSE = "[(", "])"


@dataclass(frozen=True, slots=True)
class Srs:
    """One row of `gpkg_spatial_ref_sys`."""

    srs_id: int
    name: str
    organization: str
    code: int
    definition: str


def srs_of(crs_wkt: str) -> Srs:
    """The row for a plot's CRS; an empty text gives the "undefined Cartesian" system that every GeoPackage has."""
    if not crs_wkt:
        return Srs(UNDEFINED_SRS_ID, "Undefined cartesian SRS", "NONE", -1, "undefined")
    name = _name(crs_wkt)
    epsg = epsg_of(crs_wkt)
    if epsg is not None:
        return Srs(epsg, name, "EPSG", epsg, crs_wkt)
    return Srs(_CUSTOM_SRS_ID, name, "NONE", _CUSTOM_SRS_ID, crs_wkt)


def epsg_of(crs_wkt: str) -> int | None:
    """The EPSG code that a WKT (1 or 2) gives for the whole system, not for one of its parts."""
    tokens = _TOKEN.findall(crs_wkt)
    depth = 0
    for place, token in enumerate(tokens):
        if token in _OPEN:
            depth += 1
        elif token in _CLOSE:
            depth -= 1
        elif depth == 1 and token.upper() in ("AUTHORITY", "ID") and len(tokens) > place + 3:
            authority, code = tokens[place + 2].strip('"').upper(), tokens[place + 3].strip('"')
            if authority == "EPSG" and code.isdecimal():
                return int(code)
    return None


def _name(crs_wkt: str) -> str:
    quoted = re.search(r'"((?:[^"]|"")*)"', crs_wkt)
    return quoted.group(1) if quoted and quoted.group(1) else "Unnamed"


def write(connection: sqlite3.Connection, crs_wkt: str) -> int:
    """Fill `gpkg_spatial_ref_sys` with the three systems that the standard demands and the plot's own; its srs_id."""
    own = srs_of(crs_wkt)
    rows = {
        UNDEFINED_SRS_ID: srs_of(""),
        0: Srs(0, "Undefined geographic SRS", "NONE", 0, "undefined"),
        4326: Srs(4326, "WGS 84 geodetic", "EPSG", 4326, _WGS84),
        own.srs_id: own,
    }
    connection.executemany(
        "INSERT INTO gpkg_spatial_ref_sys (srs_id, srs_name, organization, organization_coordsys_id, definition) "
        "VALUES (?, ?, ?, ?, ?)",
        [(row.srs_id, row.name, row.organization, row.code, row.definition) for row in rows.values()],
    )
    return own.srs_id
