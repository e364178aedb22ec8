"""Which species a stand is made of: trees, crown area, stems and biomass of each, and how sure their names are."""

from dataclasses import dataclass

import numpy as np

from inference.report.columns import CrownColumns
from inference.report.stand import HECTARE_M2, Stems, Summary, stems_of, weighted_mean

# A model's name with a lower probability than this counts as unsure; the window asks the same question (species queue).
SURE_FROM = 0.5


@dataclass(frozen=True, slots=True)
class SpeciesRow:
    """One species of the stand.

    Attributes:
        name: species or class; None for crowns that nobody has named.
        trees, trees_per_ha: how many.
        share: of all trees, 0..1; `crown_share`: of the sum of crown areas.
        confirmed: named by a person; `unsure`: named by a model with a probability below `SURE_FROM`.
        height_m: of the crowns that are not cut.
        crown_weighted_height_m: see `Stand`.
        stems: None without a DBH.
    """

    name: str | None
    trees: int
    trees_per_ha: float
    share: float
    crown_share: float
    confirmed: int
    unsure: int
    height_m: Summary
    crown_weighted_height_m: float | None
    stems: Stems | None


def species_mix(crowns: CrownColumns, area_m2: float) -> tuple[SpeciesRow, ...]:
    """The species of the crowns of an area, the commonest first, those without a name last."""
    names = crowns.species
    found = sorted({str(name) for name in names.tolist() if name is not None})
    crown_m2 = float(crowns.area_m2.sum())
    rows = [_row(name, crowns.chosen(names == name), len(crowns), crown_m2, area_m2) for name in found]
    rows.sort(key=lambda row: (-row.trees, row.name or ""))
    unnamed = crowns.chosen(np.array([name is None for name in names.tolist()], bool))
    return (*rows, *([_row(None, unnamed, len(crowns), crown_m2, area_m2)] if len(unnamed) else []))


def _row(name: str | None, crowns: CrownColumns, trees: int, crown_m2: float, area_m2: float) -> SpeciesRow:
    by_model = ~np.isnan(crowns.species_score)
    named = name is not None
    return SpeciesRow(
        name=name,
        trees=len(crowns),
        trees_per_ha=len(crowns) * HECTARE_M2 / area_m2,
        share=len(crowns) / trees,
        crown_share=float(crowns.area_m2.sum()) / crown_m2 if crown_m2 > 0 else 0.0,
        confirmed=int((~by_model).sum()) if named else 0,
        unsure=int((by_model & (crowns.species_score < SURE_FROM)).sum()) if named else 0,
        height_m=Summary.of(crowns.whole.height_m),
        crown_weighted_height_m=weighted_mean(crowns.whole.height_m, crowns.whole.area_m2),
        stems=stems_of(crowns, area_m2),
    )
