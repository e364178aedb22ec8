"""The crowns that figures are made of, as arrays: quick for a hundred thousand, and safe to hand to a thread."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt
import shapely

from inference.crowns.names import NOT_A_TREE as NOT_A_TREE
from inference.crowns.names import UNNAMED_LABEL
from inference.crowns.table import CrownTable

Floats = npt.NDArray[np.float64]
Texts = npt.NDArray[np.object_]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class CrownColumns:
    """N crowns; NaN or None where something is not known.

    Attributes:
        ids: (N,) int64, ascending.
        outlines: (N,) polygons in the plot CRS.
        height_m, diameter_m, area_m2, dbh_cm, agb_kg: (N,) float64.
        height_chm_m, height_model_m: (N,) float64, the heights that stand beside the reported one.
        height_source, allometry: (N,) names.
        species: (N,) the species, or the class that a person gave; None while nobody knows.
        species_score: (N,) the model's probability, NaN where a person decided.
        review: (N,) text.
        edge: (N,) bool, cut by the mosaic's border.
    """

    ids: npt.NDArray[np.int64]
    outlines: Texts
    height_m: Floats
    diameter_m: Floats
    area_m2: Floats
    dbh_cm: Floats
    agb_kg: Floats
    height_chm_m: Floats
    height_model_m: Floats
    height_source: Texts
    allometry: Texts
    species: Texts
    species_score: Floats
    review: Texts
    edge: Flags

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def of(cls, table: CrownTable) -> "CrownColumns":
        """The visible crowns of a table; crowns that a person called "not a tree" are left out."""
        told = {name: table.column(name) for name in TAKEN}
        return cls.of_arrays(table.ids, table.outlines, table.visible, told)

    @classmethod
    def of_arrays(
        cls, ids: npt.NDArray[np.int64], outlines: Texts, visible: Flags, told: Mapping[str, npt.NDArray[np.generic]]
    ) -> "CrownColumns":
        """The same from the arrays of a table, which may be done in another thread.

        Args:
            ids, outlines, visible: (N,) of the table.
            told: its columns `TAKEN` by name.
        """
        species = named(told["species"], told["label"])
        others = {name: values for name, values in told.items() if name not in ("species", "label")}
        every = cls(ids=ids, outlines=outlines, species=species, **others)  # type: ignore[arg-type]
        return every.chosen(visible & np.asarray(species != NOT_A_TREE, bool))

    def chosen(self, which: Flags | npt.NDArray[np.intp]) -> "CrownColumns":
        """Some of the crowns."""
        return replace(self, **{field.name: getattr(self, field.name)[which] for field in fields(self)})

    @property
    def whole(self) -> "CrownColumns":
        """The crowns that the mosaic's border does not cut: only these have a size."""
        return self.chosen(~self.edge)


TAKEN = (*(field.name for field in fields(CrownColumns) if field.name not in ("ids", "outlines")), "label")
"""The columns of the crown table that figures need."""


def named(species: npt.NDArray[np.generic], label: npt.NDArray[np.generic]) -> Texts:
    """(N,) the species, else the training class a person gave, else None."""
    found = np.array(species, dtype=object)
    given = np.array(label, dtype=object)
    missing = (found == None) | (found == "")  # noqa: E711 - compares each item
    named_by_label = missing & (given != None) & (given != "") & (given != UNNAMED_LABEL)  # noqa: E711
    found[missing] = None
    found[named_by_label] = given[named_by_label]
    return found


def inside(crowns: CrownColumns, outline: shapely.Geometry) -> Flags:
    """(N,) whether the centre of a crown lies in an area.

    Each crown has one centre: areas beside each other never count a crown twice, and over many borders as many crowns
    are counted that reach out as are left out that reach in.
    """
    shapely.prepare(outline)
    return np.asarray(shapely.intersects(outline, shapely.centroid(crowns.outlines)), bool)
