"""Corrects an exported shapefile as a person does in QGIS, from crowns that people have labelled: `whole_chain.sh`.

    python docs/corrected_in_gis.py EXPORT.shp LABELS.gpkg PLOT CORRECTED.shp

Rows that fit a label stay as they are, rows that half fit are given its outline, others are dropped, and labels that no
row fits are drawn. Nothing else is touched: the file that comes out is what a GIS would save.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray

# Overlaps of envelopes, since the labels are boxes: where nothing is to be done, and where it is that tree at all.
FITS, IS_MEANT = 0.5, 0.2
Outlines = NDArray[np.object_]


def main(arguments: Sequence[str]) -> int:
    """Read an export and labels, write the corrected file, tell what was done."""
    exported, labels, plot, corrected = arguments
    meta, _, wkb, columns = pyogrio.raw.read(exported)
    outlines = np.asarray(shapely.from_wkb(wkb), object)
    truth = labels_of(Path(labels), plot)
    row_of = partners(outlines, truth)
    rows = [row for row in row_of.tolist() if row >= 0]
    fits = [float(iou(outlines[row], truth[label])) >= FITS for label, row in enumerate(row_of.tolist()) if row >= 0]
    known = [outlines[row] if good else truth[row_of.tolist().index(row)] for row, good in zip(rows, fits, strict=True)]
    drawn = truth[row_of < 0]
    blank = np.arange(len(rows) + len(drawn)) >= len(rows)
    pyogrio.raw.write(
        corrected,
        shapely.to_wkb(np.array([*known, *drawn, None], object)[:-1]),
        [np.concatenate([column[rows], np.zeros(len(drawn), column.dtype)]) for column in columns],
        list(meta["fields"]),
        field_mask=[blank] * len(columns),
        crs=meta["crs"],
        geometry_type="Polygon",
        encoding="UTF-8",
    )
    sys.stdout.write(
        f"{plot}: {sum(fits)} left, {len(fits) - sum(fits)} reshaped, {len(outlines) - len(rows)} dropped, "
        f"{len(drawn)} drawn\n"
    )
    return 0


def labels_of(path: Path, plot: str) -> Outlines:
    """Outlines of a plot's labels: those whose column `plot` names it, or all where there is no such column."""
    meta, _, wkb, values = pyogrio.raw.read(path)
    table: dict[str, NDArray[Any]] = dict(zip(meta["fields"], values, strict=True))
    outlines = np.asarray(shapely.from_wkb(wkb), object)
    return outlines[table["plot"] == plot] if "plot" in table else outlines


def partners(outlines: Outlines, truth: Outlines) -> NDArray[np.intp]:
    """(N,) the row that is meant for each label, -1 where none is; the best pairs first, each row for one label."""
    found = np.full(len(truth), -1, np.intp)
    if not len(outlines) or not len(truth):
        return found
    shares = iou(outlines[None, :], truth[:, None])
    for place in np.argsort(-shares, axis=None, kind="stable").tolist():
        label, row = divmod(place, len(outlines))
        if shares[label, row] < IS_MEANT:
            break
        if found[label] < 0 and row not in found:
            found[label] = row
    return found


def iou(one: Any, other: Any) -> Any:
    """Intersection over union of envelopes."""
    left, right = shapely.envelope(one), shapely.envelope(other)
    shared = shapely.area(shapely.intersection(left, right))
    return shared / (shapely.area(left) + shapely.area(right) - shared)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        raise SystemExit(__doc__)
    raise SystemExit(main(sys.argv[1:]))
