"""What the shipped traits model learns from: the real plots with species or canopy heights, and synthetic ones."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely

from inference.plot.plot import Plot
from training.data.field_plots import DATA, FieldPlot, field_plots
from training.data.labelled import OUTSIDE_GREY, LabelledPlot
from training.data.synthetic import synthetic_plots
from training.traits.crowns import canopy_height_m
from training.traits.names import taxa_of

LEARNED_SITES = ("idtrees", "teak")
# Never learned from: what the model says of a forest that it does not know is measured here.
FOREIGN_SITES = ("harv", "sjer_2018")
CONIFER, BROADLEAF = "conifer", "broadleaf"
# Leaf types catch what is none of the species; the order of the classes is that of the logits. Dead trees are no class:
# the real plots have none to examine on.
GENERAL = (CONIFER, BROADLEAF)
LEAST_CROWNS, LEAST_PLOTS = 9, 3  # of a species, to be taught and tested at different places
GSD_M = 0.1

# No species are noted at these sites, but none of the crowns can be one of the species of the others.
_LEAVES_OF_SITE = {"teak": CONIFER}


def real_plots(sites: Sequence[str] = LEARNED_SITES, data: Path = DATA) -> list[LabelledPlot]:
    """Plots on cells of 10 cm, crowns as boxes; heights are those of the lidar canopy model."""
    return [_labelled(plot) for plot in field_plots(sites, data)]


def field_heights_m(sites: Sequence[str] = LEARNED_SITES, data: Path = DATA) -> dict[str, np.ndarray]:
    """Heights that people measured, by the plot's name, in the order of its crowns."""
    return {plot.name: plot.height_m for plot in field_plots(sites, data)}


def made_plots(count: int, seed: int, extent_m: float = 40.0) -> list[LabelledPlot]:
    """Plots of the synthetic forest, of all kinds of stands."""
    return list(synthetic_plots(count, seed, GSD_M, extent_m, cached=True))


def species_of(plots: Sequence[LabelledPlot]) -> tuple[str, ...]:
    """The species that enough crowns on enough plots have, in alphabetical order."""
    seen: dict[str, list[str]] = {}
    for plot in plots:
        for taxon in taxa_of(plot.species or ()):
            if taxon.rank in ("species", "genus"):
                seen.setdefault(taxon.name, []).append(plot.name)
    enough = [name for name, where in seen.items() if len(where) >= LEAST_CROWNS and len(set(where)) >= LEAST_PLOTS]
    return tuple(sorted(enough))


def _labelled(plot: FieldPlot) -> LabelledPlot:
    with Plot.open(plot.sources, check=False) as survey:
        grid = survey.work_grid(GSD_M)
        tile = survey.read_tile(0, grid, grid.bounds_crs)
    left, bottom, right, top = shapely.bounds(plot.boxes).reshape(-1, 4).T
    columns = (np.stack([left, right]) - grid.left_crs) / grid.cell_crs
    rows = (grid.top_crs - np.stack([top, bottom])) / grid.cell_crs
    rgb = tile.rgb.copy()
    rgb[:, ~tile.valid] = OUTSIDE_GREY
    leaf = _LEAVES_OF_SITE.get(plot.site, "")
    bare = LabelledPlot(
        name=plot.name,
        site=plot.site,
        place=plot.name,
        gsd_m=GSD_M,
        rgb=rgb,
        chm_m=tile.chm_m,
        boxes=np.stack([columns[0], rows[0], columns[1], rows[1]], axis=1).astype(np.float32),
        owner=None,
        complete=tile.valid,
        species=tuple(code or leaf for code in plot.taxa),
    )
    return replace(bare, height_m=canopy_height_m(bare))
