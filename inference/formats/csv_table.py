"""Writes crowns as CSV: for spreadsheets, for DeepForest (boxes in pixels), and with the outline as WKT for GIS."""

import csv
from pathlib import Path

import numpy as np
import shapely

from inference.formats.formulas import all_guarded
from inference.formats.geojson import json_values
from inference.formats.pixels import PixelFrame
from inference.formats.sheet import Sheet
from inference.plot.crs import epsg_code

BOX = ("xmin", "ymin", "xmax", "ymax")


def write(sheet: Sheet, path: Path, frame: PixelFrame | None) -> None:
    """Write one row per crown, empty where nothing is known.

    The boxes are whole level-0 pixels inside the image, as DeepForest demands; they are empty without a `frame`. The
    file starts with a byte order mark, without which spreadsheets spoil accents. GDAL finds the outline by the column's
    name `WKT`, and the reader here finds the CRS in `crs` or in the sidecar.

    Raises:
        OSError: it cannot be written.
    """
    code = epsg_code(sheet.crs_wkt)
    columns: dict[str, list[object]] = {
        field.name: all_guarded(json_values(values))
        for field, values in zip(sheet.long_fields, sheet.values(sheet.long_fields), strict=True)
    }
    columns |= _boxes(sheet, frame)
    centres = shapely.get_coordinates(shapely.centroid(sheet.outlines)).reshape(-1, 2)
    columns["center_x"], columns["center_y"] = centres[:, 0].tolist(), centres[:, 1].tolist()
    columns["crs"] = [None if code is None else f"EPSG:{code}"] * len(sheet)
    columns["WKT"] = shapely.to_wkt(sheet.outlines, rounding_precision=-1).tolist() if len(sheet) else []
    first = ("tree_id", "image_path", *BOX, "label", "center_x", "center_y")
    last = ("crs", "WKT")
    order = (*first, *(name for name in columns if name not in {*first, *last}), *last)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(order)
        writer.writerows(zip(*(columns[name] for name in order), strict=True))


def _boxes(sheet: Sheet, frame: PixelFrame | None) -> dict[str, list[object]]:
    if frame is None:
        return {name: [None] * len(sheet) for name in BOX}
    bounds = shapely.bounds(frame.to_px(sheet.outlines)).reshape(-1, 4)
    limit = np.array([frame.width_px, frame.height_px] * 2)
    # A crown at the border keeps a box of at least one pixel inside the image.
    low = np.clip(np.floor(bounds[:, :2]), 0, limit[:2] - 1)
    high = np.clip(np.ceil(bounds[:, 2:]), low + 1, limit[2:])
    whole = np.hstack([low, high]).astype(np.int64)
    return {name: whole[:, place].tolist() for place, name in enumerate(BOX)}
