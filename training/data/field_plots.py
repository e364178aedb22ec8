"""The real plots beside the project: their rasters, their labelled crowns, and which are one place."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import rasterio
import shapely
from numpy.typing import NDArray

from inference.errors import InputError
from inference.plot.sources import PlotSources
from training.data.folds import PlotKey, PlotPlace, folds

# Every site whose crowns were labelled as boxes, the years of one place side by side.
SITES = ("teak", "idtrees", "harv", "osbs", "sjer_2018", "sjer_2017")
# Only the trees that somebody thought clear are labelled: what is found beside them may be right.
INCOMPLETE_SITES = frozenset({"harv", "sjer_2018", "sjer_2017"})
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"

_RGB = "_rgb.tif"
_CHM = ("_chm.tif", "_chm1m.tif")


@dataclass(frozen=True, slots=True)
class FieldPlot:
    """One real plot with N labelled crowns.

    Attributes:
        place: site, name, corner and number of crowns.
        sources: orthomosaic, and lidar DSM and DTM where the site has them.
        chm: the lidar canopy height model that was published with the plot; never part of the product's path.
        boxes: (N,) polygons in the plot CRS.
        taxa: (N,) code of the species, "" where nobody noted it.
        height_m: (N,) float64 measured in the field, NaN where unknown.
    """

    place: PlotPlace
    sources: PlotSources
    chm: Path | None
    boxes: NDArray[np.object_]
    taxa: tuple[str, ...]
    height_m: NDArray[np.float64]

    @property
    def site(self) -> str:
        """Folder of the shared data."""
        return self.place.site

    @property
    def name(self) -> str:
        """As in the column `plot` of the truth."""
        return self.place.plot

    @property
    def key(self) -> PlotKey:
        """What names the plot among all."""
        return self.place.key

    @property
    def has_elevation(self) -> bool:
        """Whether the command line would be given a DSM."""
        return self.sources.dsm is not None

    @property
    def is_complete(self) -> bool:
        """Whether every crown is labelled, so that a crown more is a mistake."""
        return self.site not in INCOMPLETE_SITES


def field_plots(sites: Sequence[str] = SITES, data: Path = DATA) -> tuple[FieldPlot, ...]:
    """The plots of some sites, by site as asked and then by file name; those of one site share one file of crowns.

    Args:
        sites: folders of `data`.
        data: the shared data.

    Raises:
        InputError: there is no such folder.
    """
    return tuple(plot for site in sites for plot in _site(site, data / site))


def field_folds(data: Path = DATA, count: int = 4, seed: int = 7) -> dict[PlotKey, int]:
    """The fold of every plot of all sites, whichever of them are used: models are trained without their own fold."""
    return folds([plot.place for plot in field_plots(SITES, data)], count, seed)


def truth_path(site: str, data: Path = DATA) -> Path:
    """The file of a site's crowns, with a column `plot`."""
    return data / site / "crowns.gpkg"


def _site(site: str, folder: Path) -> list[FieldPlot]:
    crowns = folder / "crowns.gpkg"
    if not crowns.is_file():
        raise InputError(
            "field_plots.absent",
            "There are no labelled crowns at {path}. The real plots are kept beside the project, in ../shared/data.",
            path=crowns,
        )
    meta, _, geometry, values = pyogrio.raw.read(crowns)
    table: dict[str, NDArray[Any]] = dict(zip(meta["fields"], values, strict=True))
    outlines = np.asarray(shapely.from_wkb(geometry), object)
    return [_plot(site, path, outlines, table) for path in sorted(folder.glob(f"*{_RGB}"))]


def _plot(site: str, ortho: Path, outlines: NDArray[np.object_], table: dict[str, NDArray[Any]]) -> FieldPlot:
    name = ortho.name.removesuffix(_RGB)
    mine = np.flatnonzero(table["plot"] == name)
    with rasterio.open(ortho) as raster:
        left, _, _, top = raster.bounds
    dsm, dtm, *chm = (_beside(ortho, name, suffix) for suffix in ("_dsm.tif", "_dtm.tif", *_CHM))
    taxa = table.get("taxonID")
    height_m = table.get("height")
    return FieldPlot(
        place=PlotPlace(site, name, float(left), float(top), len(mine)),
        sources=PlotSources(ortho, dsm, dtm),
        chm=next((path for path in chm if path is not None), None),
        boxes=outlines[mine],
        taxa=("",) * len(mine) if taxa is None else tuple(str(code or "") for code in taxa[mine]),
        height_m=np.full(len(mine), np.nan) if height_m is None else height_m[mine].astype(np.float64),
    )


def _beside(ortho: Path, name: str, suffix: str) -> Path | None:
    path = ortho.with_name(name + suffix)
    return path if path.is_file() else None
