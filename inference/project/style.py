"""How the crowns look when QGIS opens a project: by review state, proposals dashed, deleted ones hidden."""

import sqlite3

# The table in which QGIS keeps styles of a GeoPackage (same columns as its PostgreSQL twin).
TABLE = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT, f_table_schema TEXT, f_table_name TEXT,
  f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT, ui TEXT, update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')));
INSERT INTO gpkg_contents (table_name, data_type, identifier, description)
  VALUES ('layer_styles', 'attributes', 'layer_styles', 'QGIS styles');
"""

# review value: (label, line colour r,g,b,a, line style, drawn)
_LOOK = {
    "auto": ("proposed", "255,214,0,255", "dash", True),
    "accepted": ("accepted", "0,190,255,255", "solid", True),
    "edited": ("edited", "0,190,255,255", "solid", True),
    "added": ("added", "255,120,220,255", "solid", True),
    "deleted": ("deleted", "160,160,160,255", "dot", False),
}

_SYMBOL = """<symbol name="{index}" type="fill" alpha="1" clip_to_extent="1">
<layer class="SimpleFill" enabled="1" locked="0" pass="0">
<prop k="style" v="no"/><prop k="outline_color" v="{colour}"/><prop k="outline_style" v="{line}"/>
<prop k="outline_width" v="0.4"/><prop k="outline_width_unit" v="MM"/></layer></symbol>"""


def qml() -> str:
    """The style as QGIS writes it."""
    categories = "".join(
        f'<category symbol="{index}" value="{value}" label="{label}" render="{str(drawn).lower()}"/>'
        for index, (value, (label, _, _, drawn)) in enumerate(_LOOK.items())
    )
    symbols = "".join(
        _SYMBOL.format(index=index, colour=colour, line=line)
        for index, (_, colour, line, _) in enumerate(_LOOK.values())
    )
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        '<qgis version="3.22.0" styleCategories="Symbology"><renderer-v2 type="categorizedSymbol" attr="review">'
        f"<categories>{categories}</categories><symbols>{symbols}</symbols></renderer-v2></qgis>"
    )


def write(connection: sqlite3.Connection) -> None:
    """Store the style as the layer's default."""
    connection.execute(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
        "styleQML, styleSLD, useAsDefault, description, owner) VALUES ('', '', 'crowns', 'geom', 'crowns', ?, '', 1, "
        "'Crowns by review state', 'BirchTree')",
        (qml(),),
    )
