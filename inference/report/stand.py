"""Figures of a stand: trees per hectare, heights, crowns, cover, stem diameter and biomass, over a known area."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from inference.crowns.allometry import Allometry
from inference.crowns.allometry_errors import Estimate, Quantity, Spread, joined, spread_of, total_of
from inference.errors import InputError
from inference.report.columns import CrownColumns

Floats = npt.NDArray[np.float64]
HECTARE_M2 = 10_000.0
TOP_TREES_PER_HA = 100
_REVIEWED = ("accepted", "edited", "added")


@dataclass(frozen=True, slots=True)
class Summary:
    """Location and spread of the known values among N; None where there is none."""

    count: int
    mean: float | None = None
    sd: float | None = None
    low: float | None = None
    median: float | None = None
    p95: float | None = None
    high: float | None = None

    @classmethod
    def of(cls, values: Floats) -> "Summary":
        """Sum up (N,) values, NaN left out."""
        known = values[np.isfinite(values)]
        if not len(known):
            return cls(0)
        sd = float(known.std(ddof=1)) if len(known) > 1 else None
        low, median, p95, high = (float(part) for part in np.percentile(known, (0, 50, 95, 100)))
        return cls(len(known), float(known.mean()), sd, low, median, p95, high)


@dataclass(frozen=True, slots=True)
class EquationUse:
    """An equation, its papers, and how many crowns got their DBH and biomass by it."""

    id: str
    source: str
    crowns: int


@dataclass(frozen=True, slots=True)
class Stems:
    """What follows from estimated stems, over the trees that have one.

    Attributes:
        trees: how many have a DBH.
        quadratic_mean_dbh_cm: the diameter of the tree of mean basal area.
        basal_area_m2_ha, biomass_t_ha, biomass_t: estimates with their intervals.
        equations: by which.
        unknown: trees whose equation BirchTree does not know, so that nothing is said of their errors.
    """

    trees: int
    quadratic_mean_dbh_cm: Estimate
    basal_area_m2_ha: Estimate
    biomass_t_ha: Estimate | None
    biomass_t: Estimate | None
    equations: tuple[EquationUse, ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class Stand:
    """The figures of the crowns whose centre lies in an area.

    Attributes:
        area_m2: the area.
        trees: crowns in it; `reviewed` of them a person has decided on, `cut` are cut by the mosaic's border.
        trees_per_ha: over the area.
        cover: share of the area under crowns (their union), 0..1; `crown_sum` the sum of crown areas by the area, which
            counts overlaps twice. None when not asked for.
        height_m, diameter_m, crown_m2: of the crowns that are not cut.
        crown_weighted_height_m: Σ(A·h)/ΣA with crown area A; `lorey_height_m`: Σ(g·h)/Σg with basal area g.
        top_height_m: mean height of the 100 tallest trees per hectare.
        height_sources: how many heights come from where.
        stems: None without a DBH.
    """

    area_m2: float
    trees: int
    reviewed: int
    cut: int
    trees_per_ha: float
    cover: float | None
    crown_sum: float | None
    height_m: Summary
    diameter_m: Summary
    crown_m2: Summary
    crown_weighted_height_m: float | None
    lorey_height_m: float | None
    top_height_m: float | None
    height_sources: Mapping[str, int]
    stems: Stems | None


def stand_of(crowns: CrownColumns, area_m2: float, *, cover: tuple[float, float] | None = None) -> Stand:
    """Sum up the crowns of an area.

    Args:
        crowns: those whose centre lies in the area.
        area_m2: its size.
        cover: share under the union of crowns, and sum of crown areas by area, where known (`canopy_cover`).
    """
    whole = crowns.whole
    basal_m2 = basal_area_m2(whole.dbh_cm)
    return Stand(
        area_m2=area_m2,
        trees=len(crowns),
        reviewed=int(np.isin(crowns.review.astype(str), _REVIEWED).sum()),
        cut=int(crowns.edge.sum()),
        trees_per_ha=len(crowns) * HECTARE_M2 / area_m2,
        cover=None if cover is None else cover[0],
        crown_sum=None if cover is None else cover[1],
        height_m=Summary.of(whole.height_m),
        diameter_m=Summary.of(whole.diameter_m),
        crown_m2=Summary.of(whole.area_m2),
        crown_weighted_height_m=weighted_mean(whole.height_m, whole.area_m2),
        lorey_height_m=weighted_mean(whole.height_m, basal_m2),
        top_height_m=top_height_m(whole.height_m, area_m2),
        height_sources=dict(sorted(Counter(name for name in crowns.height_source if name).items())),
        stems=stems_of(crowns, area_m2),
    )


def canopy_cover(outlines: npt.NDArray[np.object_], area: shapely.Geometry) -> tuple[float, float]:
    """Share of an area under the union of crowns, and the sum of crown areas by the area.

    All crowns count with the part of them that lies in the area, also those whose centre is outside.

    Args:
        outlines: (N,) polygons of every crown of the plot.
        area: polygons in the same CRS.
    """
    size = float(shapely.area(area))
    if size <= 0 or not len(outlines):
        return (0.0, 0.0)
    shapely.prepare(area)
    near = outlines[shapely.intersects(area, outlines)]
    whole = shapely.contains_properly(area, near)
    parts = near.copy()
    parts[~whole] = shapely.intersection(near[~whole], area)
    union = float(shapely.area(shapely.disjoint_subset_union_all(parts))) if len(parts) else 0.0
    return (min(1.0, union / size), float(shapely.area(parts).sum()) / size)


def basal_area_m2(dbh_cm: Floats) -> Floats:
    """Cross-section of stems at breast height, π/4·(DBH/100)²."""
    return np.asarray(math.pi / 4 * (dbh_cm / 100) ** 2, np.float64)


def weighted_mean(values: Floats, weights: Floats) -> float | None:
    """Mean of the values whose value and weight are known; None without any weight."""
    known = np.isfinite(values) & np.isfinite(weights) & (weights > 0)
    total = float(weights[known].sum())
    return float((values[known] * weights[known]).sum()) / total if total > 0 else None


def top_height_m(height_m: Floats, area_m2: float) -> float | None:
    """Mean height of the 100 tallest trees per hectare (at least one tree); None without heights."""
    known = np.sort(height_m[np.isfinite(height_m)])
    count = max(1, round(TOP_TREES_PER_HA * area_m2 / HECTARE_M2))
    return float(known[-count:].mean()) if len(known) else None


def stems_of(crowns: CrownColumns, area_m2: float) -> Stems | None:
    """Stem diameter, basal area and biomass with their intervals; None when no crown has a DBH."""
    measured = crowns.chosen(np.isfinite(crowns.dbh_cm) & (crowns.dbh_cm > 0))
    if not len(measured):
        return None
    basal = _total("basal_area_m2", basal_area_m2(measured.dbh_cm), measured)
    count, per_ha = len(measured), HECTARE_M2 / area_m2
    mean = [None if part is None else 100 * math.sqrt(part / count * 4 / math.pi) for part in (basal.low, basal.high)]
    quadratic = Estimate(100 * math.sqrt(basal.value / count * 4 / math.pi), mean[0], mean[1], basal.level)
    heavy = crowns.chosen(np.isfinite(crowns.agb_kg) & (crowns.agb_kg > 0))
    biomass_t = _total("agb_kg", heavy.agb_kg, heavy).times(0.001) if len(heavy) else None
    uses = _equations(measured)
    return Stems(
        trees=count,
        quadratic_mean_dbh_cm=quadratic,
        basal_area_m2_ha=basal.times(per_ha),
        biomass_t_ha=None if biomass_t is None else biomass_t.times(per_ha),
        biomass_t=biomass_t,
        equations=uses,
        unknown=count - sum(use.crowns for use in uses if use.source),
    )


def spreads(quantity: Quantity, crowns: CrownColumns) -> Spread:
    """Relative errors of a quantity of N trees, each by the equation that stands beside it; NaN for unknown ones."""
    parts = []
    for name in {name for name in crowns.allometry if name}:
        allometry = _equation(name)
        if allometry is not None:
            places = np.flatnonzero(crowns.allometry == name)
            here = crowns.chosen(places)
            parts.append(
                (
                    places,
                    spread_of(
                        quantity,
                        allometry,
                        height_m=here.height_m,
                        diameter_m=here.diameter_m,
                        height_source=here.height_source,
                    ),
                )
            )
    return joined(parts, len(crowns))


def _total(quantity: Quantity, values: Floats, crowns: CrownColumns) -> Estimate:
    return total_of(values, spreads(quantity, crowns))


def _equations(crowns: CrownColumns) -> tuple[EquationUse, ...]:
    counts = Counter(name or "" for name in crowns.allometry)
    known = {name: _equation(name) for name in counts}
    return tuple(
        EquationUse(name, "" if (found := known[name]) is None else found.source, count)
        for name, count in counts.most_common()
    )


def _equation(name: str) -> Allometry | None:
    """The equation of that name; None for one of another program, whose crowns were imported."""
    try:
        return Allometry.named(name)
    except InputError:
        return None
