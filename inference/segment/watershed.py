"""The model-free segmenter: treetops on the canopy height model, and the watershed that parts their crowns."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt

from inference.errors import ModelError
from inference.jobs import CancelToken
from inference.models.card import ModelCard
from inference.plot.tile import Tile
from inference.segment import regions, surface
from inference.segment.base import Proposal
from inference.segment.flooding import flood, join
from inference.segment.saddles import find_saddles
from inference.segment.treetops import TopWindow, find_treetops

FloatArray = npt.NDArray[np.float32]
BoolArray = npt.NDArray[np.bool_]
LabelArray = npt.NDArray[np.int32]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class WatershedParameters:
    """Everything that shapes the crowns, in metres and fractions; the defaults are one set for every forest.

    Where no source is named the value lies in the middle of a wide plateau of accuracy, found on half of the TEAK and
    IDTReeS plots (split by place) and checked on the other half; tests/unit/segment/test_accuracy.py guards it.

    Attributes:
        gsd_m: cell of the working grid; 0.25-0.5 m are alike in accuracy, the finer one draws better outlines.
        core_m, halo_m: side of a tile's core and margin around it; the margin holds the largest crown and the reach
            of the filters.
        pit_window_m, pit_depth_m: a cell this far below the median of its window is a hole, see `surface.fill_pits`.
        top_sigma_m: smoothing of the surface on which treetops are found and crowns parted (0.3-0.5 m is usual).
        crown_sigma_m: smoothing of the heights that bound a crown.
        brightness_m: how many metres of height one local standard deviation of brightness is worth; 0 uses the
            elevation alone. Sunlit crowns parted by shade are told apart where a closed canopy shows no valley.
        brightness_sigma_m, brightness_radius_m: see `surface.local_brightness`.
        min_height_m: neither treetop nor crown below (2 m as in lidR).
        window_base_m, window_slope, window_max_m: see `treetops.TopWindow`.
        join_depth, join_base_m, join_slope: two tops are one crown when the pass between them is less than
            `join_depth` of the lower top's height below it and they are within base + slope · height.
        crown_fraction: a crown ends where the height falls below this fraction of its treetop's (0.45-0.55 in
            Dalponte & Coomes 2016, doi 10.1111/2041-210X.12575).
        crown_drop_m: ... or this far below its treetop, so that a tall tree does not take in its neighbours'
            understorey.
        min_area_m2: smaller crowns are branches or noise.
        max_diameter_m: longer crowns are something else, such as a roof.
        min_score: proposals below are dropped.
    """

    gsd_m: float = 0.25
    core_m: float = 120.0
    halo_m: float = 24.0
    pit_window_m: float = 1.0
    pit_depth_m: float = 2.0
    top_sigma_m: float = 0.5
    crown_sigma_m: float = 0.25
    brightness_m: float = 1.0
    brightness_sigma_m: float = 0.65
    brightness_radius_m: float = 2.5
    min_height_m: float = 2.0
    window_base_m: float = 0.8
    window_slope: float = 0.025
    window_max_m: float = 4.5
    join_depth: float = 0.03
    join_base_m: float = 2.2
    join_slope: float = 0.03
    crown_fraction: float = 0.6
    crown_drop_m: float = 12.0
    min_area_m2: float = 2.0
    max_diameter_m: float = 25.0
    min_score: float = 0.15

    @property
    def window(self) -> TopWindow:
        """The window that treetops must be highest in."""
        return TopWindow(self.window_base_m, self.window_slope, self.window_max_m)


class WatershedSegmenter:
    """Marker-controlled watershed (Meyer & Beucher 1990; on canopy heights as in Chen et al. 2006).

    Chen, Baldocchi, Gong & Kelly 2006, doi 10.14358/PERS.72.8.923.
    """

    def __init__(self, settings: WatershedParameters | None = None) -> None:
        self.settings = settings or WatershedParameters()

    @property
    def card(self) -> ModelCard:
        """Needs and origin."""
        return ModelCard(
            id="watershed",
            task="crowns",
            title="Treetops and watershed on the canopy height, no model file needed",
            gsd_m=self.settings.gsd_m,
            core_m=self.settings.core_m,
            halo_m=self.settings.halo_m,
            needs_dsm=True,
            source="Chen et al. 2006, doi 10.14358/PERS.72.8.923; Popescu & Wynne 2004, doi 10.14358/PERS.70.5.589",
            licence="Apache-2.0",
        )

    @property
    def parameters(self) -> Mapping[str, float | int | str | bool]:
        """The frozen parameters by name."""
        return asdict(self.settings)

    def segment(self, tile: Tile, cancel: CancelToken) -> Sequence[Proposal]:
        """Crowns of the tile, by treetop from north-west to south-east.

        Raises:
            ModelError: the tile has no elevation.
        """
        if tile.chm_m is None:
            raise ModelError(
                "model.needs_dsm",
                "The model {model_id} needs a surface model (DSM), and this plot has none. Add one with --dsm, or use "
                "--model {other}, which works on the orthomosaic alone.",
                model_id="watershed",
                other="valley",
            )
        known = np.isfinite(tile.chm_m) & tile.inside
        height, flooded, bounding = self._surfaces(tile, known, cancel)
        tops = find_treetops(
            flooded, height, tile.gsd_m, min_height_m=self.settings.min_height_m, window=self.settings.window
        )
        cancel.check()
        basins = flood(flooded, tops, bounding >= self.settings.min_height_m)
        cancel.check()
        basins, tops = self._join(basins, tops, flooded, height, tile.gsd_m)
        cancel.check()
        return self._proposals(basins, tops, flooded, height, bounding, tile, cancel)

    def _surfaces(self, tile: Tile, known: BoolArray, cancel: CancelToken) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Heights at treetops, the surface to flood, and the heights that bound crowns."""
        chosen, cell_m = self.settings, tile.gsd_m
        assert tile.chm_m is not None
        filled = surface.fill_pits(tile.chm_m, known, cell_m, window_m=chosen.pit_window_m, depth_m=chosen.pit_depth_m)
        cancel.check()
        height = surface.smooth(filled, known, chosen.top_sigma_m / cell_m)
        bounding = surface.smooth(filled, known, chosen.crown_sigma_m / cell_m)
        cancel.check()
        if chosen.brightness_m <= 0.0:
            return height, height, bounding
        brightness = surface.local_brightness(
            tile.rgb, tile.valid, cell_m, sigma_m=chosen.brightness_sigma_m, radius_m=chosen.brightness_radius_m
        )
        cancel.check()
        flooded = np.where(height > 0.0, height + np.float32(chosen.brightness_m) * brightness, np.float32(0.0))
        return height, flooded, bounding

    def _join(
        self, basins: LabelArray, tops: IntArray, flooded: FloatArray, height: FloatArray, cell_m: float
    ) -> tuple[LabelArray, IntArray]:
        """Join the tops of one crown; returns basins and tops numbered anew."""
        chosen = self.settings
        if chosen.join_depth <= 0.0 or len(tops) == 0:
            return basins, tops
        places = np.concatenate([[[0, 0]], tops])
        tall, level = (values[places[:, 0], places[:, 1]].astype(np.float64) for values in (height, flooded))

        def may_join(winner: int, loser: int, depth: float) -> bool:
            near_m = chosen.join_base_m + chosen.join_slope * tall[winner]
            apart_m = float(np.hypot(*(places[winner] - places[loser]))) * cell_m
            return bool(depth <= chosen.join_depth * level[loser] and apart_m <= near_m)

        return join(basins, tops, flooded, may_join)

    def _proposals(
        self,
        basins: LabelArray,
        tops: IntArray,
        flooded: FloatArray,
        height: FloatArray,
        bounding: FloatArray,
        tile: Tile,
        cancel: CancelToken,
    ) -> list[Proposal]:
        chosen = self.settings
        top_m = np.concatenate([[0.0], height[tops[:, 0], tops[:, 1]]])
        least = np.maximum.reduce(
            [top_m * chosen.crown_fraction, top_m - chosen.crown_drop_m, np.full(len(top_m), chosen.min_height_m)]
        )
        least[0] = np.inf
        crowns = np.where(bounding >= least.astype(np.float32)[basins], basins, 0)
        level = np.concatenate([[0.0], flooded[tops[:, 0], tops[:, 1]]])
        prominence = level - np.maximum(find_saddles(basins, flooded).highest(len(tops)), 0.0)
        green = surface.excess_green(tile.rgb)
        found = []
        for region in regions.around(crowns, tops, cancel):
            size = regions.size_of(region, tile.gsd_m)
            if size.area_m2 < chosen.min_area_m2 or size.length_m > chosen.max_diameter_m:
                continue
            place = regions.window(region)
            greenness = float(green[place][region.mask].mean())
            score = crown_score(size, float(prominence[region.label] / top_m[region.label]), greenness)
            if score >= chosen.min_score:
                row, col = tops[region.label - 1]
                found.append(Proposal(region.row0, region.col0, region.mask, score, (float(row), float(col))))
        return found


def crown_score(size: regions.Size, relative_prominence: float, greenness: float) -> float:
    """How likely a region is one crown, 0..1: larger, rounder, greener, and standing out from its neighbours.

    A logistic regression on "envelope meets a labelled one at IoU 0.4" over the TEAK and IDTReeS plots, rounded. Fitted
    on one half of the plots it ranks the other half with an AUC of 0.77.

    Args:
        size: of the region.
        relative_prominence: how far the top stands above the highest pass to a neighbour, over its height.
        greenness: mean of `surface.excess_green`.
    """
    diameter_m = 2.0 * math.sqrt(size.area_m2 / math.pi)
    logit = (
        -6.0
        + 1.8 * math.log(diameter_m)
        + 1.6 * math.sqrt(min(max(relative_prominence, 0.0), 0.5))
        + 0.6 * size.fullness
        + 2.1 * size.roundness
        + 9.0 * greenness
    )
    return 1.0 / (1.0 + math.exp(-logit))
