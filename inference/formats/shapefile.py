"""Writes crowns as an ESRI shapefile that DeepForest, detectree2, CanopyRS and every GIS read as it is."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from inference.formats import ogr
from inference.formats.sheet import Sheet

# A dBase text field holds 254 bytes, whatever the alphabet.
_MAX_TEXT_BYTES = 254
PARTS = (".dbf", ".shx", ".prj", ".cpg", ".shp")
# Indexes that other programs lay beside a shapefile; on new outlines they would hide crowns.
STALE_PARTS = (".qix", ".sbn", ".sbx", ".idm", ".ind", ".prj", ".cpg")


def write(sheet: Sheet, path: Path) -> int:
    """Write `path` and the files that belong to it; the number of texts that were too long and cut.

    One single-part Polygon per crown, names of at most 10 characters, texts in UTF-8 as the `.cpg` says, null where
    nothing is known.

    Raises:
        VectorError: it cannot be written.
    """
    cut = 0
    columns = {}
    for field in sheet.short_fields:
        values = sheet.storable(field)
        if field.kind == "text":
            values, shortened = _fitting(values)
            cut += shortened
        columns[field.short] = values
    ogr.write(path, sheet.outlines, columns, crs_wkt=sheet.crs_wkt, driver="ESRI Shapefile", encoding="UTF-8")
    return cut


def _fitting(values: npt.NDArray[np.generic]) -> tuple[npt.NDArray[np.generic], int]:
    """Texts cut between characters, and how many had to be."""
    result = values.copy()
    shortened = 0
    for place, text in enumerate(values.tolist()):
        if text is None or len(text) * 4 <= _MAX_TEXT_BYTES:
            continue
        raw = text.encode("utf-8")
        if len(raw) > _MAX_TEXT_BYTES:
            result[place] = raw[:_MAX_TEXT_BYTES].decode("utf-8", errors="ignore")
            shortened += 1
    return result, shortened
