"""Rows with heights from the field, the CHM and a trait model side by side, and what hangs on the one reported."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from inference.crowns.allometry import Allometry
from inference.crowns.columns import CHM_SOURCES
from inference.crowns.crown import FIELD, Crown, Measures
from inference.crowns.height_choice import HeightRule, choose
from inference.crowns.shape import diameter_m
from inference.crowns.topk import format_topk
from inference.errors import InputError, ModelError
from inference.jobs import CancelToken
from inference.models.card import ModelCard
from inference.project.readings import Reading, TraitModelRecord
from inference.project.store import Project
from inference.traits.domain import is_strange_plot, strangers_have_heights

Floats = npt.NDArray[np.float64]

RULE_KEY = "height_rule"  # the fact of a project that says how the reported height is chosen
_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class RowRules:
    """How rows are made.

    Attributes:
        chm_source: "DSM-DTM" or "DSM-est"; None without a DSM.
        unit_m: metres per unit of the plot CRS.
        allometry: equations for DBH and biomass.
        rule: which height is reported.
    """

    chm_source: str | None
    unit_m: float
    allometry: Allometry
    rule: HeightRule


def completed_rows(crowns: Sequence[Crown], measured: Sequence[Measures], rules: RowRules) -> dict[int, Measures]:
    """Rows with the reported height chosen, and DBH and biomass made from it.

    Args:
        crowns: N crowns; heights from the field are taken from them.
        measured: N values with everything but what is chosen here: CHM height, percentile, treetop, model's height.
        rules: how.
    """
    field_m = np.array([_field_height(crown) for crown in crowns], np.float64)
    choice = choose(
        rules.rule,
        field_m=field_m,
        chm_m=_numbers(one.height_chm_m for one in measured),
        model_m=_numbers(one.height_model_m for one in measured),
        chm_source=rules.chm_source,
    )
    diameter = diameter_m([crown.outline for crown in crowns], rules.unit_m)
    dbh = rules.allometry.dbh_cm(choice.height_m, diameter)
    agb = rules.allometry.agb_kg(choice.height_m, diameter)
    rows = {}
    for place, (crown, one) in enumerate(zip(crowns, measured, strict=True)):
        dbh_cm, agb_kg = rounded(dbh[place], 2), rounded(agb[place], 2)
        rows[crown.tree_id] = replace(
            one,
            height_m=rounded(choice.height_m[place], 3),
            height_source=choice.source[place],
            dbh_cm=dbh_cm,
            agb_kg=agb_kg,
            allometry=None if dbh_cm is None and agb_kg is None else rules.allometry.id,
        )
    return rows


def with_reading(measures: Measures, reading: Reading) -> Measures:
    """Measures with what a model read beside them; a model that does not tell heights or species leaves the others'."""
    model_m = measures.height_model_m if reading.height_m is None else round(reading.height_m, 3)
    if reading.species is None:
        return replace(measures, height_model_m=model_m)
    ood = None if reading.species.ood is None else round(reading.species.ood, 4)
    topk = format_topk(reading.species.top)
    return replace(measures, height_model_m=model_m, species_topk=topk, species_ood=ood)


def rows_with_readings(
    crowns: Iterable[Crown], readings: Mapping[int, Reading], rules: RowRules
) -> Iterator[dict[int, Measures]]:
    """Rows that are to change, some thousand at a time; crowns that are not measured yet are left for that."""
    groups: dict[tuple[str, str | None], list[Crown]] = {}
    for crown in crowns:
        if crown.measures is not None and not crown.needs_measuring:
            groups.setdefault(_made_by(crown.measures, rules), []).append(crown)
    for (equation, chm_source), group in groups.items():
        own = replace(rules, chm_source=chm_source, allometry=_named(equation, rules.allometry))
        for start in range(0, len(group), _AT_ONCE):
            part = group[start : start + _AT_ONCE]
            before = [crown.measures or Measures() for crown in part]
            measured = [
                with_reading(one, readings[crown.tree_id]) if crown.tree_id in readings else one
                for crown, one in zip(part, before, strict=True)
            ]
            rows = completed_rows(part, measured, own)
            known = {crown.tree_id: one for crown, one in zip(part, before, strict=True)}
            yield {tree_id: row for tree_id, row in rows.items() if row != known[tree_id]}


def update_rows(project: Project, rules: RowRules, cancel: CancelToken) -> int:
    """Bring all rows in line with the rule and with what models read, the one used last first; the number that changed.

    Nothing is measured here. Rows lose what a model read when a person reshapes a crown; when undo brings the outline
    back, the reading holds again.
    """
    models = sorted(project.readings.models(), key=lambda model: model.used_at)
    if not models:
        return 0
    readings: dict[int, Reading] = {}
    for model in models:
        for tree_id, found in _said_by(model, project).items():
            readings[tree_id] = found.over(readings.get(tree_id))
    visible = [crown for crown in project.table.crowns() if crown.review != "deleted"]
    changed = 0
    for rows in rows_with_readings(visible, readings, rules):
        cancel.check()
        if rows:
            project.set_measures(rows)
            changed += len(rows)
    return changed


def _said_by(model: TraitModelRecord, project: Project) -> dict[int, Reading]:
    """What a model read, without heights on a plot whose trees are unlike those that it may tell heights of."""
    readings = project.readings.facts(model.model_id)
    try:
        card = ModelCard.from_json(model.card, where=model.model_id)
    except ModelError:  # another program spoiled it
        return readings
    if strangers_have_heights(card) or not is_foreign(card, readings):
        return readings
    return {tree_id: replace(one, height_m=None) for tree_id, one in readings.items()}


def is_foreign(card: ModelCard, readings: Mapping[int, Reading]) -> bool:
    """Whether the crowns that a model has read are, as a whole, unlike those that it was trained on."""
    return is_strange_plot(card, [None if one.species is None else one.species.ood for one in readings.values()])


def height_rule(project: Project) -> HeightRule:
    """How this project chooses the reported height."""
    return HeightRule.from_text(project.meta(RULE_KEY))


def remember_rule(project: Project, rule: HeightRule) -> None:
    """Choose this way from now on."""
    if rule != height_rule(project):
        project.set_meta(RULE_KEY, rule.to_text())


def rounded(value: float, decimals: int) -> float | None:
    """Millimetres, tenths of a millimetre of DBH, 10 g: finer digits say nothing and clutter every export."""
    return None if math.isnan(value) else round(float(value), decimals)


def _numbers(values: Iterable[float | None]) -> Floats:
    return np.array([math.nan if value is None else value for value in values], np.float64)


def _field_height(crown: Crown) -> float:
    measures = crown.measures
    if measures is None or measures.height_source != FIELD or measures.height_m is None:
        return math.nan
    return measures.height_m


def _made_by(measures: Measures, rules: RowRules) -> tuple[str, str | None]:
    """Equation and kind of CHM behind a row: its own, so that a row changes only where it must."""
    source = measures.height_source if measures.height_source in CHM_SOURCES else rules.chm_source
    return measures.allometry or rules.allometry.id, source


def _named(equation: str, fallback: Allometry) -> Allometry:
    """An imported table names equations that only its program knows."""
    try:
        return Allometry.named(equation)
    except InputError:
        return fallback
