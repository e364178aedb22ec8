"""Turns rows of a vector file, already in the plot CRS, into crowns."""

from dataclasses import replace
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import shapely

from inference.crowns.columns import CHM_SOURCES
from inference.crowns.crown import REVIEWS, Crown, Measures, Review
from inference.crowns.height_choice import MODEL
from inference.formats.rows import VectorRows
from inference.plot.elevation import MAX_HEIGHT_M

# A crown measured by us says its area with four decimals; projections and rounding stay far below this.
_AREA_TOLERANCE = 1e-4
_HEIGHTS = ("height_m", "height_p95_m", "height_chm_m", "height_model_m")
_NO_HEIGHT = (-1.0, -99.0, -999.0, -9999.0, -32768.0, -99999.0)
_MEASURED = (
    "height_m",
    "height_p95_m",
    "treetop_x",
    "treetop_y",
    "dbh_cm",
    "agb_kg",
    "height_chm_m",
    "height_model_m",
    "species_ood",
)


def without_absurd_heights(rows: VectorRows) -> tuple[VectorRows, int]:
    """The rows without heights that no tree has, and how many rows had one.

    Other programs write -9999 for a height that nobody measured; that, and 0, is no height and not counted.
    """
    columns = dict(rows.columns)
    absurd = np.zeros(len(rows), bool)
    for name in _HEIGHTS:
        if name in columns:
            heights = columns[name].astype(np.float64)
            wrong = (heights > MAX_HEIGHT_M) | (heights < 0)
            absurd |= wrong & ~np.isin(heights, _NO_HEIGHT)
            if wrong.any():
                columns[name] = np.where(wrong, np.nan, heights)
    return replace(rows, columns=columns), int(absurd.sum())


def stale_measures(rows: VectorRows, unit_m: float) -> npt.NDArray[np.bool_]:
    """Rows measured by BirchTree whose outline no longer has the area that was written beside the height.

    Someone moved the outline in a GIS, which cannot know that heights, DBH and biomass hang on it.

    Args:
        rows: N rows.
        unit_m: metres per unit of the CRS.
    """
    if "area_m2" not in rows.columns or "height_source" not in rows.columns:
        return np.zeros(len(rows), bool)
    written = rows.columns["area_m2"].astype(np.float64)
    actual = shapely.area(rows.outlines) * unit_m**2
    off = np.abs(written - actual) > 1e-3 + _AREA_TOLERANCE * actual
    measured = np.array([value is not None for value in rows.columns["height_source"].tolist()], bool)
    return np.asarray(np.isfinite(written) & off & measured)


def crowns_of(rows: VectorRows, stale: npt.NDArray[np.bool_], *, by: str | None, at: str) -> list[Crown]:
    """Rows as crowns.

    Args:
        rows: N rows.
        stale: (N,) whose measures no longer hold; heights from the field are kept all the same.
        by, at: who imports and when, for rows that do not say how they were reviewed.

    Returns:
        N crowns; `tree_id` is 0 where the file has none.
    """
    table = _Values(rows)
    return [
        _crown(table, place, outline, measures=_measures(table, place, is_stale), by=by, at=at)
        for place, (outline, is_stale) in enumerate(zip(rows.outlines, stale.tolist(), strict=True))
    ]


def _side_height(table: "_Values", name: str, place: int, reported_m: float | None) -> float | None:
    """One of the heights side by side; a shapefile has but the one that the row reports."""
    return table.real(name, place) if name in table else reported_m


class _Values:
    """Columns as lists with None for nothing; a column that the file lacks is all None."""

    def __init__(self, rows: VectorRows) -> None:
        self._columns: dict[str, list[Any]] = {name: _listed(column) for name, column in rows.columns.items()}
        self._nothing: list[Any] = [None] * len(rows)

    def __contains__(self, name: str) -> bool:
        return name in self._columns

    def __getitem__(self, name: str) -> list[Any]:
        return self._columns.get(name, self._nothing)

    def text(self, name: str, place: int) -> str | None:
        """A text, or None."""
        return cast("str | None", self[name][place])

    def real(self, name: str, place: int) -> float | None:
        """A number, or None."""
        return cast("float | None", self[name][place])

    def share(self, name: str, place: int) -> float | None:
        """A number from 0 to 1, or None."""
        value = self.real(name, place)
        return value if value is not None and 0 <= value <= 1 else None

    def whole(self, name: str, place: int) -> int:
        """A whole number, 0 for none."""
        return int(self[name][place] or 0)


def _listed(column: npt.NDArray[np.generic]) -> list[Any]:
    values = column.astype(object)
    if np.issubdtype(column.dtype, np.floating):
        values[np.isnan(column)] = None
    listed: list[Any] = values.tolist()
    return listed


def _crown(
    table: _Values, place: int, outline: shapely.Polygon, *, measures: Measures | None, by: str | None, at: str
) -> Crown:
    review = table.text("review", place)
    is_signed = review in REVIEWS
    species, species_score = table.text("species", place), table.share("species_score", place)
    # A species without a probability was told by a person, so it is the training class too.
    label = table.text("label", place) or (species if species_score is None else None) or "Tree"
    return Crown(
        tree_id=max(0, table.whole("tree_id", place)),
        outline=outline,
        score=table.share("score", place),
        review=cast(Review, review) if is_signed else "added",
        label=label,
        species=species,
        species_code=table.text("species_code", place),
        species_score=species_score,
        edge=bool(table.whole("edge", place)),
        note=table.text("note", place) or "",
        edited_by=table.text("edited_by", place) if is_signed else by,
        edited_at=table.text("edited_at", place) if is_signed else at,
        measures=measures,
    )


def _measures(table: _Values, place: int, is_stale: bool) -> Measures | None:
    """What the file knows of a crown's size; None when nothing, or nothing that still holds."""
    height, source = table.real("height_m", place), table.text("height_source", place)
    if source is None:
        # Another program's table: a height of 0 or -9999 there means that there is none.
        height = height if height is not None and height > 0 else None
        source = "field" if height is not None else None
    if is_stale:
        return Measures(height_m=height, height_source=source) if source == "field" else None
    values = [table.real(name, place) for name in _MEASURED]
    topk = table.text("species_topk", place)
    if height is None and topk is None and all(value is None for value in values[1:]):
        return None
    top_x, top_y = values[2], values[3]
    allometry = table.text("allometry", place)
    return Measures(
        height_m=height,
        height_p95_m=values[1],
        height_source=source,
        treetop_crs=None if top_x is None or top_y is None else (top_x, top_y),
        # Estimates are worth nothing without the name of their equation.
        dbh_cm=values[4] if allometry else None,
        agb_kg=values[5] if allometry else None,
        allometry=allometry,
        height_chm_m=_side_height(table, "height_chm_m", place, height if source in CHM_SOURCES else None),
        height_model_m=_side_height(table, "height_model_m", place, height if source == MODEL else None),
        species_topk=topk,
        species_ood=values[8],
    )
