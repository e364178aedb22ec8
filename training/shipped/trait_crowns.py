"""What the shipped traits model learns from: labelled crowns of real plots, read as a user's run reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from inference.crowns.crown import Crown
from inference.jobs import CancelToken
from inference.plot.plot import Plot
from inference.traits.base import CrownCrop
from inference.traits.crops import CropSize, read_crops
from inference.traits.plain_embedding import PlainEmbedding
from training.data.field_plots import DATA, FieldPlot, field_folds, field_plots
from training.traits.crown_net import numbers_of
from training.traits.names import allowed, taxa_of

Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]
Ints = NDArray[np.intp]

LEARNED_SITES = ("idtrees", "teak")
# Never learned from: what the model says of flights that it does not know is measured here.
FOREIGN_SITES = ("harv", "sjer_2018", "osbs")
CONIFER, BROADLEAF = "conifer", "broadleaf"
# Leaf types catch what is none of the species. Dead trees are no class: the plots have none to examine on.
GENERAL = (CONIFER, BROADLEAF)
LEAST_CROWNS, LEAST_PLOTS = 9, 3  # of a species, to be taught and tested at different places
GSD_M, SIDE_PX = 0.1, 160
_LEAST_KNOWN = 12  # cells of a crown with a height
_TOP = 98.0  # percentile of the canopy height that stands for a crown's
_CORNERS = 32
_LARGER, _SMALLER = 1.15, 0.85
_SHIFT, _STRETCH = 0.12, 0.1  # shares of a crown's sides, and logarithm of a factor
_LIGHT, _CAST = 0.12, 0.03  # logarithms of the factors of all colours, and of each

# No species are noted at these sites, but none of the crowns can be one of the species of the others.
_LEAVES_OF_SITE = {"teak": CONIFER}


@dataclass(frozen=True, slots=True)
class FieldCrowns:
    """N labelled crowns.

    Attributes:
        site: (N,) folder of the shared data.
        plot: (N,) name of the plot.
        fold: (N,) part of the cross-validation by place.
        noted: (N,) name or code of the species, "" where nobody noted it.
        canopy_m: (N,) height by the lidar canopy model, NaN where unknown.
        views: (V, N, F) of `CrownStatistics`: as the crown is, then with other outlines and in another light.
        plain: (N, P) of the embedding `plain`, to compare with.
        field_m: (N,) height that people measured in the field, NaN where nobody did.
    """

    site: NDArray[np.str_]
    plot: NDArray[np.str_]
    fold: Ints
    noted: NDArray[np.str_]
    canopy_m: NDArray[np.float64]
    views: Float32
    plain: Float32
    field_m: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.fold)

    @property
    def numbers(self) -> Float32:
        """(N, F) of the crowns as they are."""
        return np.ascontiguousarray(self.views[0])

    @property
    def region(self) -> NDArray[np.str_]:
        """(N,) "MLBS", "OSBS", "TEAK" ...: the forest."""
        return np.array([name.partition("_")[0] for name in self.plot.tolist()])

    def chosen(self, which: NDArray[np.bool_]) -> "FieldCrowns":
        """Some of the crowns."""
        return FieldCrowns(
            self.site[which],
            self.plot[which],
            self.fold[which],
            self.noted[which],
            self.canopy_m[which],
            self.views[:, which],
            self.plain[which],
            self.field_m[which],
        )

    def classes(self) -> tuple[str, ...]:
        """The species that enough crowns on enough plots have, in alphabetical order, then the leaf types."""
        seen: dict[str, list[str]] = {}
        for note, plot in zip(self.noted.tolist(), self.plot.tolist(), strict=True):
            for taxon in taxa_of([note]):
                if taxon.rank in ("species", "genus"):
                    seen.setdefault(taxon.name, []).append(plot)
        enough = [n for n, where in seen.items() if len(where) >= LEAST_CROWNS and len(set(where)) >= LEAST_PLOTS]
        return (*sorted(enough), *GENERAL)

    def allowed(self, classes: Sequence[str]) -> NDArray[np.bool_]:
        """(N, K) the classes that each crown may be; none where nothing is known."""
        table = np.zeros((len(self), len(classes)), bool)
        for row, note in enumerate(self.noted.tolist()):
            table[row, list(allowed(note, classes))] = True
        return table


def field_crowns(sites: Sequence[str], data: Path = DATA, seed: int = 0) -> FieldCrowns:
    """All crowns of some sites whose picture can be read.

    Args:
        sites: folders of `data`.
        data: the shared data.
        seed: of the outlines and lights that are drawn.

    Raises:
        InputError: there is no such site.
        RasterError: a file is damaged.
    """
    folds = field_folds(data)
    plots = [plot for plot in field_plots(sites, data) if len(plot.boxes)]
    crops = [_crops(plot) for plot in plots]
    plain = PlainEmbedding()
    rows = [(plot, crop) for plot, several in zip(plots, crops, strict=True) for crop in several]
    described = plain.predict([crop for _, crop in rows], CancelToken()).embedding
    assert described is not None
    return FieldCrowns(
        np.array([plot.site for plot, _ in rows]),
        np.array([plot.name for plot, _ in rows]),
        np.array([folds[plot.key] for plot, _ in rows], np.intp),
        np.array([noted_of(plot, crop.tree_id - 1) for plot, crop in rows]),
        np.array([_canopy_m(crop) for _, crop in rows]),
        _views([crop for _, crop in rows], seed),
        described,
        np.array([plot.height_m[crop.tree_id - 1] for plot, crop in rows], np.float64),
    )


def noted_of(plot: FieldPlot, number: int) -> str:
    """Name or code of a label's species, its leaf type where the site has but one, "" where nobody noted it."""
    return plot.taxa[number] or _LEAVES_OF_SITE.get(plot.site, "")


def _crops(plot: FieldPlot) -> list[CrownCrop]:
    """Pictures of a plot's crowns, in the order of its labels; the ellipse in a box stands for the outline."""
    crowns = [Crown(number + 1, _ellipse(box)) for number, box in enumerate(plot.boxes)]
    with Plot.open(plot.sources, check=False) as survey:
        found = read_crops(survey, crowns, CropSize(GSD_M * SIDE_PX, SIDE_PX, with_chm=True))
        return sorted(found, key=lambda crop: crop.tree_id)


def _views(crops: Sequence[CrownCrop], seed: int) -> Float32:
    """(V, N, F) numbers of crowns as they are, and as a segmenter and another day might show them.

    Boxes say little of the outline, and a model that is taught on one outline alone is thrown by another.
    """
    seen: list[list[tuple[NDArray[np.uint8], NDArray[np.bool_], Float32 | None]]] = [[] for _ in range(5)]
    for number, crop in enumerate(crops):
        rng = np.random.default_rng((seed, number))
        moved = rng.uniform(-_SHIFT, _SHIFT, 2)
        stretched = np.exp(rng.uniform(-_STRETCH, _STRETCH, 2))
        light = np.exp(rng.normal(0.0, _LIGHT) + rng.normal(0.0, _CAST, 3)).reshape(3, 1, 1)
        lit = np.clip(crop.rgb * light, 0.0, 255.0).astype(np.uint8)
        seen[0].append((crop.rgb, crop.crown, crop.chm_m))
        outlines = [_outlined(crop.crown, _LARGER, 0.0), _outlined(crop.crown, _SMALLER, 0.0)]
        for view, outline in enumerate((*outlines, _outlined(crop.crown, stretched, moved)), 1):
            seen[view].append((crop.rgb, outline, crop.chm_m))
        seen[4].append((lit, crop.crown, crop.chm_m))
    return np.stack([numbers_of(pictures, GSD_M) for pictures in seen])


def _outlined(crown: NDArray[np.bool_], scale: float | Float64, shift: float | Float64) -> NDArray[np.bool_]:
    """The ellipse about a crown's cells, made larger and moved by shares of its height and width."""
    rows, columns = np.flatnonzero(crown.any(axis=1)), np.flatnonzero(crown.any(axis=0))
    if not len(rows):
        return crown
    first, last = np.array([rows[0], columns[0]]), np.array([rows[-1], columns[-1]])
    size = (last - first + 1) * scale
    middle = (first + last) / 2 + size * shift
    down, across = np.ogrid[: crown.shape[0], : crown.shape[1]]
    away = ((down - middle[0]) / (size[0] / 2)) ** 2 + ((across - middle[1]) / (size[1] / 2)) ** 2
    return np.asarray(away <= 1.0)


def _ellipse(box: shapely.Polygon) -> shapely.Polygon:
    left, bottom, right, top = box.bounds
    turn = np.linspace(0.0, 2.0 * np.pi, _CORNERS, endpoint=False)
    across = (left + right) / 2 + (right - left) / 2 * np.cos(turn)
    return shapely.Polygon(np.stack([across, (bottom + top) / 2 + (top - bottom) / 2 * np.sin(turn)], axis=1))


def _canopy_m(crop: CrownCrop) -> float:
    if crop.chm_m is None:
        return float("nan")
    values = crop.chm_m[crop.crown]
    values = values[np.isfinite(values)]
    return float(np.percentile(values, _TOP)) if len(values) >= _LEAST_KNOWN else float("nan")
