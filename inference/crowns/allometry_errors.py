"""How far DBH, basal area and biomass may be off: intervals of single trees and of whole plots, by the delta method.

Each error is either a tree's own, and averages out over a plot, or shared by all trees that have the same height
source or equation, and does not. The sizes of both are in `resources/allometry/errors.toml`. To first order, the
relative error of a product of powers is the sum of the errors of its factors times their exponents; exponents
(elasticities) are taken numerically, so that sums of powers (Lambert and Ung) are treated alike.

Intervals are log-normal, value * exp(±z·s): never below zero, longer upwards than downwards.
"""

import math
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist
from types import MappingProxyType
from typing import Literal

import numpy as np
import numpy.typing as npt

import resources
from inference.crowns.allometry import Allometry

Floats = npt.NDArray[np.float64]
Quantity = Literal["dbh_cm", "basal_area_m2", "agb_kg"]
LEVEL = 0.95
_STEP = 1e-4  # of the logarithm, for elasticities
_UNKNOWN_SOURCE = "model"


@dataclass(frozen=True, slots=True)
class HeightError:
    """Standard deviations of heights of one source, metres: tree by tree, and of all trees together."""

    tree_m: float
    shared_m: float


@dataclass(frozen=True, slots=True)
class EquationError:
    """Relative standard deviations of one family of equations; zero where it gives no DBH."""

    agb_tree: float
    agb_shared: float
    dbh_tree: float = 0.0
    dbh_shared: float = 0.0


@dataclass(frozen=True, slots=True)
class ErrorBudget:
    """The errors that are taken into account.

    Attributes:
        heights: by height source ("DSM-DTM", "DSM-est", "model", "field").
        diameter_tree, diameter_shared: relative, of crown diameters.
        equations: by family, the part of an equation's name before the first slash.
    """

    heights: Mapping[str, HeightError]
    diameter_tree: float
    diameter_shared: float
    equations: Mapping[str, EquationError]


@dataclass(frozen=True, slots=True)
class Spread:
    """Relative standard deviations of N values.

    Attributes:
        tree: (N,) of each tree's own error; NaN where nothing is known.
        shared: by source of error, (N,) how much one standard deviation of it changes each value.
    """

    tree: Floats
    shared: Mapping[str, Floats]

    @property
    def of_tree(self) -> Floats:
        """(N,) of one tree, its own and the shared errors together."""
        return np.sqrt(self.tree**2 + sum((part**2 for part in self.shared.values()), start=np.zeros(len(self.tree))))


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with the limits between which it lies with probability `level`; None for unknown limits."""

    value: float
    low: float | None = None
    high: float | None = None
    level: float = LEVEL

    def times(self, factor: float) -> "Estimate":
        """The same in another unit."""
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return Estimate(self.value * factor, low, high, self.level)

    def to_json(self) -> dict[str, float | None]:
        """Value, limits and level."""
        return {"value": self.value, "low": self.low, "high": self.high, "level": self.level}


@cache
def usual_errors() -> ErrorBudget:
    """The errors of `resources/allometry/errors.toml`."""
    told = tomllib.loads(resources.path("allometry/errors.toml").read_text(encoding="utf-8"))
    equations = {
        family: EquationError(**{name: value for name, value in row.items() if name != "basis"})
        for family, row in told["equation"].items()
    }
    return ErrorBudget(
        MappingProxyType({name: HeightError(row["tree_m"], row["shared_m"]) for name, row in told["height"].items()}),
        told["diameter"]["tree"],
        told["diameter"]["shared"],
        MappingProxyType(equations),
    )


def spread_of(
    quantity: Quantity,
    allometry: Allometry,
    *,
    height_m: Floats,
    diameter_m: Floats,
    height_source: Sequence[str | None] | npt.NDArray[np.object_],
    errors: ErrorBudget | None = None,
) -> Spread:
    """Relative errors of DBH, basal area or biomass of trees by one equation.

    Args:
        quantity: what was calculated.
        allometry: by which equation.
        height_m, diameter_m: (N,) height and crown diameter, metres.
        height_source: (N,) where each height comes from; unknown ones are taken for a model's.
        errors: None for the usual ones.
    """
    budget = errors or usual_errors()
    powers = _powers(quantity, allometry, height_m, diameter_m)
    variance = (powers.diameter * budget.diameter_tree) ** 2
    shared = {"diameter": powers.diameter * budget.diameter_shared}
    for source, here in _by_source(height_source, budget):
        error = budget.heights[source]
        variance = variance + np.where(here, powers.height * error.tree_m / height_m, 0.0) ** 2
        shared[f"height {source}"] = np.where(here, powers.height * error.shared_m / height_m, 0.0)
    for name, power, tree, common in _equation_errors(quantity, allometry, powers.dbh, budget):
        variance = variance + (power * tree) ** 2
        shared[name] = power * common
    return Spread(np.sqrt(variance), shared)


def prediction_interval(values: Floats, spread: Spread, *, level: float = LEVEL) -> tuple[Floats, Floats]:
    """Between which limits each tree's value lies with probability `level`: two (N,) arrays, NaN where unknown."""
    factor = np.exp(_z(level) * spread.of_tree)
    return values / factor, values * factor


def total_of(values: Floats, spread: Spread, *, level: float = LEVEL) -> Estimate:
    """The sum of the values of N trees with its interval; no limits where the error of a tree is not known."""
    total = float(values.sum())
    if total <= 0:
        return Estimate(total, total, total, level)
    own = float(((values * spread.tree) ** 2).sum())
    common = sum(float((values * part).sum()) ** 2 for part in spread.shared.values())
    relative = math.sqrt(own + common) / total
    if not math.isfinite(relative):
        return Estimate(total, level=level)
    factor = math.exp(_z(level) * relative)
    return Estimate(total, total / factor, total * factor, level)


def joined(spreads: Sequence[tuple[npt.NDArray[np.intp], Spread]], count: int) -> Spread:
    """One spread over `count` trees out of parts at (K,) places each; NaN where no part tells."""
    tree = np.full(count, np.nan)
    shared: dict[str, Floats] = {}
    for places, part in spreads:
        tree[places] = part.tree
        for name, values in part.shared.items():
            shared.setdefault(name, np.zeros(count))[places] = values
    return Spread(tree, shared)


@dataclass(frozen=True, slots=True)
class _Powers:
    """(N,) by which power a quantity grows with height and crown diameter, and with an estimated DBH on the way."""

    height: Floats
    diameter: Floats
    dbh: Floats


def _powers(quantity: Quantity, allometry: Allometry, height_m: Floats, diameter_m: Floats) -> _Powers:
    def value(height: Floats, diameter: Floats) -> Floats:
        if quantity == "agb_kg":
            return allometry.agb_kg(height, diameter)
        dbh_cm = allometry.dbh_cm(height, diameter)
        return dbh_cm if quantity == "dbh_cm" else dbh_cm**2

    def along(function: Callable[[float], Floats]) -> Floats:
        return np.asarray((np.log(function(math.exp(_STEP))) - np.log(function(math.exp(-_STEP)))) / (2 * _STEP))

    by_height = along(lambda factor: value(height_m * factor, diameter_m))
    by_diameter = along(lambda factor: value(height_m, diameter_m * factor))
    if quantity != "agb_kg":
        return _Powers(by_height, by_diameter, np.full(len(height_m), 1.0 if quantity == "dbh_cm" else 2.0))
    if not allometry.is_chained:
        return _Powers(by_height, by_diameter, np.zeros(len(height_m)))
    dbh_cm = allometry.dbh_cm(height_m, diameter_m)
    by_dbh = along(lambda factor: allometry.agb_kg(height_m, diameter_m, dbh_cm=dbh_cm * factor))
    return _Powers(by_height, by_diameter, by_dbh)


def _equation_errors(
    quantity: Quantity, allometry: Allometry, dbh_power: Floats, budget: ErrorBudget
) -> list[tuple[str, Floats, float, float]]:
    """Name, power, tree and shared error of the equations that a value has gone through."""
    found = []
    if quantity != "agb_kg" or allometry.is_chained:
        dbh = budget.equations[_family(allometry.dbh.id)]
        found.append((f"dbh {allometry.dbh.id}", dbh_power, dbh.dbh_tree, dbh.dbh_shared))
    if quantity == "agb_kg":
        agb = budget.equations[_family(allometry.agb.id)]
        found.append((f"agb {allometry.agb.id}", np.ones(len(dbh_power)), agb.agb_tree, agb.agb_shared))
    return found


def _family(equation_id: str) -> str:
    return equation_id.partition("/")[0]


def _by_source(
    named: Sequence[str | None] | npt.NDArray[np.object_], budget: ErrorBudget
) -> list[tuple[str, npt.NDArray[np.bool_]]]:
    """Each height source with its (N,) trees; what is not known goes with the models."""
    names = np.empty(len(named), object)
    names[:] = named
    flags = {source: np.asarray(names == source, bool) for source in budget.heights}
    known = np.any(list(flags.values()), axis=0)
    flags[_UNKNOWN_SOURCE] = flags[_UNKNOWN_SOURCE] | ~known
    return [(source, here) for source, here in flags.items() if here.any()]


def _z(level: float) -> float:
    return NormalDist().inv_cdf(0.5 + level / 2)
