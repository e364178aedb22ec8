"""Small vector files for the tests of faults."""

from pathlib import Path

import numpy as np
import pyogrio
import shapely


def write_rows(path: Path, count: int) -> list[Path]:
    """A shapefile of `count` squares, each row saying `count`; its parts, the .shp first."""
    boxes = shapely.to_wkb(shapely.box(np.arange(count), 0, np.arange(count) + 0.5, 1))
    pyogrio.raw.write(
        path, boxes, [np.full(count, count)], ["count"], geometry_type="Polygon", crs="EPSG:2950",
        driver="ESRI Shapefile",
    )  # fmt: skip
    parts = [path.with_suffix(suffix) for suffix in (".shp", ".shx", ".dbf", ".prj", ".cpg")]
    return [part for part in parts if part.exists()]
