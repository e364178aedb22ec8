"""Crown: one tree's outline seen from above, what people decided about it, and what was measured of it."""

from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Literal, get_args

import shapely

from inference.crowns.custom_values import CustomValue, Pairs, pairs_of

Review = Literal["auto", "accepted", "edited", "added", "deleted"]
FIELD = "field"  # the height source of a crown whose tree was measured on the ground
REVIEWS: tuple[Review, ...] = get_args(Review)


@dataclass(frozen=True, slots=True)
class Measures:
    """What follows from an outline and the plot's rasters; made again whenever the outline changes.

    Heights are metres above ground. `height_m` is the one that the row reports, `height_source` tells which it is:
    "DSM-DTM", "DSM-est" (ground estimated), "model" or "field". None means not measured or not measurable.

    Attributes:
        treetop_crs: centre of the highest CHM cell in the plot CRS.
        height_chm_m, height_model_m: the highest CHM cell, and what a trait model says, side by side.
        species_topk: the trait model's most likely species, see `topk.format_topk`.
        species_ood: how unlike the model's training crowns the picture is, 0..1 (a percentile).
    """

    height_m: float | None = None
    height_p95_m: float | None = None
    height_source: str | None = None
    treetop_crs: tuple[float, float] | None = None
    dbh_cm: float | None = None
    agb_kg: float | None = None
    allometry: str | None = None
    height_chm_m: float | None = None
    height_model_m: float | None = None
    species_topk: str | None = None
    species_ood: float | None = None


@dataclass(frozen=True, slots=True)
class Crown:
    """One row of the crown table.

    Attributes:
        tree_id: positive, unique in the project, never given to another crown.
        outline: valid `Polygon` without Z in the plot CRS.
        score: the segmenter's confidence, 0..1; None when a person drew the crown.
        review: "auto" (proposed by a model), "accepted", "edited", "added" (drawn or imported), "deleted"
            (rejected: kept for the correction log, hidden, not exported).
        label: training class; "Tree" until a species is confirmed.
        species, species_code, species_score: scientific name, code, probability; score None when confirmed by a person.
        edge: True when the mosaic's edge or nodata cuts the crown.
        note: free text.
        edited_by, edited_at: who touched it last, and when (ISO 8601, UTC); None while untouched.
        run_id: the run that proposed it.
        measures: None when not measured since the outline last changed.
        custom: values of the plot's custom fields by their key, sorted; a field without a value is not among them.
    """

    tree_id: int
    outline: shapely.Polygon
    score: float | None = None
    review: Review = "auto"
    label: str = "Tree"
    species: str | None = None
    species_code: str | None = None
    species_score: float | None = None
    edge: bool = False
    note: str = ""
    edited_by: str | None = None
    edited_at: str | None = None
    run_id: str | None = None
    measures: Measures | None = None
    custom: Pairs = ()

    def same_decisions(self, other: "Crown") -> bool:
        """Whether two values differ at most in what is measured; edits do not compare what is derived."""
        return self is other or (_decisions(self) == _decisions(other) and same_outline(self, other))

    def with_outline(self, outline: shapely.Polygon) -> "Crown":
        """The same crown with another outline: its measures no longer hold, but a height from the field does."""
        old = self.measures
        if old is None or old.height_source != FIELD:
            return replace(self, outline=outline, measures=None)
        return replace(self, outline=outline, measures=Measures(height_m=old.height_m, height_source=FIELD))

    def custom_value(self, key: str) -> CustomValue | None:
        """The value of a custom field, None for none."""
        return dict(self.custom).get(key)

    def with_custom(self, key: str, value: CustomValue | None) -> "Crown":
        """The same crown with another value of a custom field; None takes it away."""
        return replace(self, custom=self.custom_with(key, value))

    def custom_with(self, key: str, value: CustomValue | None) -> Pairs:
        """What `custom` is with another value of a custom field; None takes it away."""
        return pairs_of({**dict(self.custom), key: value})

    @property
    def needs_measuring(self) -> bool:
        """Whether the outline is new or changed since it was measured, or has nothing but a height from the field."""
        measures = self.measures
        return measures is None or (measures.height_source == FIELD and measures.allometry is None)


# Everything but outline and measures; looked up by C, because edits of a whole plot compare all of its crowns.
_decisions = attrgetter(*(field.name for field in fields(Crown) if field.name not in ("outline", "measures")))


def same_outline(one: Crown, two: Crown) -> bool:
    """Whether two crowns have the same outline, corner by corner."""
    return one.outline is two.outline or bool(one.outline == two.outline)
