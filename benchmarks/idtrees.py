"""The IDTReeS plots beside the project: true crowns, their embeddings by a trait model, and places to hold out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyogrio
import shapely

from inference.crowns.crown import Crown
from inference.evaluation.traits import HeightScores, height_scores
from inference.jobs import CancelToken
from inference.models.card import ModelClass
from inference.pipeline.heights import measure_crowns
from inference.plot.plot import Plot, PlotSources
from inference.traits.base import TraitModel
from inference.traits.crops import CropSize, read_crops
from inference.traits.taxonomy import standard

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "idtrees"
SAME_PLACE_M = 30.0  # crowns nearer than this belong to one place: plots overlap and touch

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TrueCrowns:
    """N crowns with what was measured of them in the field.

    Attributes:
        outlines: (N,) boxes in EPSG:32617.
        plots: (N,) name of the plot.
        classes: (N,) species; None where nobody noted it.
        height_m: (N,) field height, NaN where unknown.
        places: (N,) number of the place.
    """

    outlines: npt.NDArray[np.object_]
    plots: npt.NDArray[np.object_]
    classes: tuple[ModelClass | None, ...]
    height_m: Floats
    places: npt.NDArray[np.intp]

    def by_plot(self) -> dict[str, npt.NDArray[np.intp]]:
        """Positions of each plot's crowns."""
        return {plot: np.flatnonzero(self.plots == plot) for plot in sorted(set(self.plots.tolist()))}


def read() -> TrueCrowns:
    """All crowns of `crowns.gpkg`."""
    meta, _, geometry, columns = pyogrio.raw.read(DATA / "crowns.gpkg")
    table = dict(zip(meta["fields"], columns, strict=True))
    outlines = np.asarray(shapely.from_wkb(geometry), object)
    taxa = [standard().find(code) for code in table["taxonID"]]
    classes = tuple(None if taxon is None else ModelClass(taxon.name, taxon.code) for taxon in taxa)
    return TrueCrowns(outlines, table["plot"], classes, table["height"].astype(np.float64), _places(outlines))


def embed(crowns: TrueCrowns, model: TraitModel) -> npt.NDArray[np.float32]:
    """(N, D) embeddings; NaN for a crown without data."""
    rows: dict[int, npt.NDArray[np.float32]] = {}
    for plot_name, places in crowns.by_plot().items():
        with Plot.open(_sources(plot_name), check=False) as plot:
            wanted = [Crown(place + 1, crowns.outlines[place]) for place in places.tolist()]
            crops = list(read_crops(plot, wanted, CropSize.of(model.card)))
            found = model.predict(crops, CancelToken()).embedding
            if found is None:
                raise SystemExit(f"{model.card.id} gives no embedding")
            rows |= {crop.tree_id - 1: row for crop, row in zip(crops, found, strict=True)}
    width = len(next(iter(rows.values())))
    return np.stack([rows.get(place, np.full(width, np.nan, np.float32)) for place in range(len(crowns.outlines))])


def chm_against_field(crowns: TrueCrowns) -> HeightScores:
    """The highest CHM cell in each box against the height measured in the field."""
    chm_m = np.full(len(crowns.outlines), np.nan)
    for plot_name, places in crowns.by_plot().items():
        with Plot.open(_sources(plot_name), check=False) as plot:
            wanted = [Crown(place + 1, crowns.outlines[place]) for place in places.tolist()]
            for tree_id, measures in measure_crowns(wanted, plot.elevation).items():
                chm_m[tree_id - 1] = np.nan if measures.height_m is None else measures.height_m
    return height_scores(chm_m, crowns.height_m)


def common_classes(crowns: TrueCrowns, *, at_least: int = 9, places: int = 3) -> tuple[ModelClass, ...]:
    """Species with so many crowns at so many places: fewer cannot be taught and tested at different places."""
    found: dict[ModelClass, list[int]] = {}
    for one, place in zip(crowns.classes, crowns.places.tolist(), strict=True):
        if one is not None:
            found.setdefault(one, []).append(place)
    enough = [one for one, where in found.items() if len(where) >= at_least and len(set(where)) >= places]
    return tuple(sorted(enough, key=lambda one: one.name))


def folds(labels: Sequence[int], places: npt.NDArray[np.intp], seed: int, count: int = 5) -> npt.NDArray[np.intp]:
    """(N,) part of each crown: places in random order, each put where the parts stay most even."""
    label = np.asarray(labels)
    _, place = np.unique(places, return_inverse=True)
    table = np.zeros((int(place.max()) + 1, int(label.max()) + 1))
    np.add.at(table, (place, label), 1.0)
    table /= table.sum(axis=0)
    filled = np.zeros((count, table.shape[1]))
    part = np.zeros(len(table), np.intp)
    for one in np.random.default_rng(seed).permutation(len(table)).tolist():
        best = int(np.argmin(((filled + table[one]) ** 2).sum(axis=1) - (filled**2).sum(axis=1)))
        filled[best] += table[one]
        part[one] = best
    return np.asarray(part[place], np.intp)


def pick_marks(
    labels: npt.NDArray[np.intp], places: npt.NDArray[np.intp], pool: npt.NDArray[np.intp], n: int | None, seed: int
) -> npt.NDArray[np.intp]:
    """Positions of `n` crowns of each species out of `pool`, at as many places as can be; None for all."""
    if n is None:
        return pool
    rng = np.random.default_rng(seed)
    chosen: list[int] = []
    for label in np.unique(labels[pool]).tolist():
        seen: dict[int, int] = {}
        ranked = []
        for one in rng.permutation(pool[labels[pool] == label]).tolist():
            seen[int(places[one])] = seen.get(int(places[one]), 0) + 1
            ranked.append((seen[int(places[one])], len(ranked), one))
        chosen += [one for _, _, one in sorted(ranked)[:n]]
    return np.array(chosen, np.intp)


def _sources(plot: str) -> PlotSources:
    return PlotSources(DATA / f"{plot}_rgb.tif", DATA / f"{plot}_dsm.tif", DATA / f"{plot}_dtm.tif")


def _places(outlines: npt.NDArray[np.object_]) -> npt.NDArray[np.intp]:
    """Crowns that a chain of neighbours joins are one place."""
    centres = shapely.centroid(outlines)
    tree = shapely.STRtree(centres)
    one, other = tree.query(centres, predicate="dwithin", distance=SAME_PLACE_M)
    number = np.arange(len(outlines))
    while True:
        least = number.copy()
        np.minimum.at(least, one, number[other])
        if np.array_equal(least, number):
            return np.asarray(np.unique(number, return_inverse=True)[1], np.intp)
        number = least
