"""DBH and above-ground biomass of a crown from its height and diameter, by published equations with a name.

A name says everything that is needed to do the calculation again; it stands beside each number in the column
`allometry` (`allom` in shapefiles):

* `Jucker2017/<region>[/<group>]`: DBH and biomass straight from height and crown diameter.
* `<Jucker name>+Chave2014/<wood density>`: DBH by Jucker, then biomass by Chave et al. 2014.
* `<Jucker name>+LambertUng/<species>`: DBH by Jucker, then biomass by Lambert et al. 2005 or Ung et al. 2008.

The last two are a chain: their authors measured DBH with a tape, here it is an estimate, and its error
enters the biomass nearly squared (a DBH 20 % off puts the biomass about 40 % off). More about that in
`resources/allometry/README.md`.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np
import numpy.typing as npt

import resources
from inference.errors import InputError

Floats = npt.NDArray[np.float64]
Numbers = npt.ArrayLike

DEFAULT_ID = "Jucker2017/global"
COMPONENTS = ("wood", "bark", "branches", "foliage")


class BiomassEquation(Protocol):
    """Above-ground biomass of trees."""

    @property
    def id(self) -> str:
        """Name with its parameters."""
        ...

    @property
    def source(self) -> str:
        """Paper, with DOI."""
        ...

    def agb_kg(self, *, height_m: Numbers, diameter_m: Numbers, dbh_cm: Numbers) -> Floats:
        """Dry mass above ground in kg; each equation uses what it needs of the three."""
        ...


@dataclass(frozen=True, slots=True)
class Jucker2017:
    """DBH and biomass from height times crown diameter, by biogeographic region and functional group.

    DBH(cm) = a·(H·CD)^b·exp(σ²/2), AGB(kg) = a'·(H·CD)^b'·exp(σ'²/2), H and CD (diameter) in metres.
    The regional coefficients come without σ, so without the correction for back-transformation.
    Source: Jucker et al. 2017.
    """

    id: str
    region: str
    group: str
    dbh_a: float
    dbh_b: float
    dbh_sigma: float
    agb_a: float
    agb_b: float
    agb_sigma: float
    source: str

    def dbh_cm(self, *, height_m: Numbers, diameter_m: Numbers) -> Floats:
        """Diameter at breast height in cm."""
        size = np.asarray(height_m, np.float64) * np.asarray(diameter_m, np.float64)
        return np.asarray(self.dbh_a * size**self.dbh_b * np.exp(self.dbh_sigma**2 / 2))

    def agb_kg(self, *, height_m: Numbers, diameter_m: Numbers, dbh_cm: Numbers = np.nan) -> Floats:
        """Biomass in kg; DBH is not used."""
        size = np.asarray(height_m, np.float64) * np.asarray(diameter_m, np.float64)
        return np.asarray(self.agb_a * size**self.agb_b * np.exp(self.agb_sigma**2 / 2))


@dataclass(frozen=True, slots=True)
class Chave2014:
    """Tropical trees: AGB(kg) = a·(ρ·D²·H)^b with wood density ρ in g/cm³ (Chave et al. 2014, Eq. 4)."""

    wood_density: float
    a: float
    b: float
    source: str

    @property
    def id(self) -> str:
        """Name with the wood density."""
        return f"Chave2014/{self.wood_density:.2f}"

    def agb_kg(self, *, height_m: Numbers, diameter_m: Numbers = np.nan, dbh_cm: Numbers) -> Floats:
        """Biomass in kg; the crown diameter is not used."""
        stem = self.wood_density * np.asarray(dbh_cm, np.float64) ** 2 * np.asarray(height_m, np.float64)
        return np.asarray(self.a * stem**self.b)


@dataclass(frozen=True, slots=True)
class LambertUng:
    """Canadian trees: each of wood, bark, branches and foliage is b1·D^b2·H^b3 kg; their sum is the biomass.

    Source: Ung et al. 2008 where they give the species, else Lambert et al. 2005.
    """

    id: str
    species: str
    coefficients: tuple[tuple[float, float, float], ...]
    dbh_equation: str
    source: str

    def components_kg(self, *, height_m: Numbers, dbh_cm: Numbers) -> dict[str, Floats]:
        """Dry mass of each of `COMPONENTS` in kg."""
        dbh, height = np.asarray(dbh_cm, np.float64), np.asarray(height_m, np.float64)
        return {
            name: np.asarray(b1 * dbh**b2 * height**b3)
            for name, (b1, b2, b3) in zip(COMPONENTS, self.coefficients, strict=True)
        }

    def agb_kg(self, *, height_m: Numbers, diameter_m: Numbers = np.nan, dbh_cm: Numbers) -> Floats:
        """Biomass in kg; the crown diameter is not used."""
        return np.asarray(sum(self.components_kg(height_m=height_m, dbh_cm=dbh_cm).values()), np.float64)


@dataclass(frozen=True, slots=True)
class Allometry:
    """A DBH equation and a biomass equation under one name."""

    id: str
    dbh: Jucker2017
    agb: BiomassEquation

    @classmethod
    def named(cls, allometry_id: str = DEFAULT_ID) -> "Allometry":
        """The equations of a name, as listed by `available`.

        `Chave2014/<wood density>` takes any density in g/cm³. A biomass equation named alone gets its usual
        DBH equation in front, so `.id` may be longer than what was asked for.

        Raises:
            InputError: no such equation.
        """
        first, _, second = allometry_id.partition("+")
        if not second and first in _jucker2017():
            equation = _jucker2017()[first]
            return cls(equation.id, equation, equation)
        agb_id, dbh_id = (second, first) if second else (first, "")
        agb = _biomass_equation(agb_id, asked_for=allometry_id)
        usual = agb.dbh_equation if isinstance(agb, LambertUng) else DEFAULT_ID
        dbh = _jucker2017().get(dbh_id or usual)
        if dbh is None:
            raise _unknown(allometry_id)
        return cls(f"{dbh.id}+{agb.id}", dbh, agb)

    @property
    def is_chained(self) -> bool:
        """Whether biomass comes from an estimated DBH, whose error it multiplies."""
        return self.agb.id != self.dbh.id

    @property
    def source(self) -> str:
        """The papers."""
        return f"DBH: {self.dbh.source}; biomass: {self.agb.source}" if self.is_chained else self.dbh.source

    def dbh_cm(self, height_m: Numbers, diameter_m: Numbers) -> Floats:
        """DBH of trees.

        Args:
            height_m: (...) tree heights in metres.
            diameter_m: (...) crown diameters in metres.

        Returns:
            (...) float64 cm; NaN where height or diameter is unknown or not positive.
        """
        height, diameter = _positive(height_m), _positive(diameter_m)
        return self.dbh.dbh_cm(height_m=height, diameter_m=diameter)

    def agb_kg(self, height_m: Numbers, diameter_m: Numbers = np.nan, *, dbh_cm: Numbers | None = None) -> Floats:
        """Above-ground biomass of trees.

        Args:
            height_m: (...) tree heights in metres.
            diameter_m: (...) crown diameters in metres.
            dbh_cm: (...) measured DBH in cm; None estimates it by the chain's first equation.

        Returns:
            (...) float64 kg; NaN where something needed is unknown or not positive.
        """
        height, diameter = _positive(height_m), _positive(diameter_m)
        dbh = self.dbh.dbh_cm(height_m=height, diameter_m=diameter) if dbh_cm is None else _positive(dbh_cm)
        return self.agb.agb_kg(height_m=height, diameter_m=diameter, dbh_cm=dbh)


def available() -> tuple[str, ...]:
    """Every name that `Allometry.named` understands, with one example of a wood density."""
    chave = Allometry.named("Chave2014/0.60").id
    lambert = (f"{equation.dbh_equation}+{name}" for name, equation in _lambert_ung().items())
    return (*_jucker2017(), chave, *lambert)


def _positive(values: Numbers) -> Floats:
    array = np.asarray(values, np.float64)
    return np.where(array > 0, array, np.nan)


def _biomass_equation(agb_id: str, *, asked_for: str) -> Chave2014 | LambertUng:
    if agb_id in _lambert_ung():
        return _lambert_ung()[agb_id]
    family, _, density = agb_id.partition("/")
    try:
        wood_density = float(density)
    except ValueError:
        wood_density = 0.0
    # The lightest and the heaviest woods on Earth, with a margin: outside it is a mistake of units.
    if family != "Chave2014" or not 0.05 <= wood_density <= 1.5:
        raise _unknown(asked_for)
    constants = _rows("chave2014")
    values = {row["coefficient"]: float(row["value"]) for row in constants}
    return Chave2014(wood_density, values["a"], values["b"], constants[0]["source"])


def _unknown(allometry_id: str) -> InputError:
    return InputError(
        "allometry.unknown",
        "There is no equation called “{id}”. Choose one of: {available}. For Chave2014 give the wood "
        "density in g/cm³ (0.05 to 1.5), as in Chave2014/0.60.",
        id=allometry_id,
        available=", ".join((*_jucker2017(), *_lambert_ung())),
    )


def _rows(table: str) -> list[dict[str, str]]:
    with resources.path(f"allometry/{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _jucker2017() -> Mapping[str, Jucker2017]:
    equations = {}
    for row in _rows("jucker2017"):
        name = f"Jucker2017/{row['id']}"
        equations[name] = Jucker2017(
            name,
            row["region"],
            row["group"],
            dbh_a=float(row["dbh_a"]),
            dbh_b=float(row["dbh_b"]),
            dbh_sigma=float(row["dbh_sigma"]),
            agb_a=float(row["agb_a"]),
            agb_b=float(row["agb_b"]),
            agb_sigma=float(row["agb_sigma"]),
            source=row["source"],
        )
    return equations


@cache
def _lambert_ung() -> Mapping[str, LambertUng]:
    equations = {}
    for row in _rows("lambert_ung"):
        name = f"LambertUng/{row['id']}"
        numbers = tuple(
            (float(row[f"{part}_b1"]), float(row[f"{part}_b2"]), float(row[f"{part}_b3"])) for part in COMPONENTS
        )
        equations[name] = LambertUng(name, row["species"], numbers, row["dbh_equation"], row["source"])
    return equations
