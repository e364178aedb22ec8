"""The segmenter for plots without elevation: bright crowns that valleys of shade part from each other."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt

from inference.jobs import CancelToken
from inference.models.card import ModelCard
from inference.plot.tile import Tile
from inference.segment import regions, surface
from inference.segment.base import Proposal
from inference.segment.flooding import flood, join
from inference.segment.regions import Region
from inference.segment.treetops import TopWindow, find_treetops

FloatArray = npt.NDArray[np.float32]
BoolArray = npt.NDArray[np.bool_]
LabelArray = npt.NDArray[np.int32]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ValleyParameters:
    """Everything that shapes the crowns, in metres, grey levels (of 255) and local standard deviations of brightness.

    Chosen on the RGB of five NEON sites and on a maize field, in which nothing may be found.

    Attributes:
        gsd_m: cell of the working grid.
        core_m, halo_m: side of a tile's core and margin around it.
        sigma_m, radius_m, noise_grey: see `surface.local_brightness`.
        window_m: radius in which a crown's brightest place is the brightest.
        join_depth: places are one crown when the valley between them is less deep than this (standard deviations).
        crown_drop: a crown ends where it is this much darker than its brightest place ...
        crown_floor: ... or darker than this.
        min_greenness: least `surface.excess_green` of a crown's cells.
        ring_m: width of the ring around a crown in which there must be shade.
        min_contrast_grey: least difference between the brightest and the darkest cells of crown and ring. Crops and
            meadows differ less.
        min_blue_shade: the ratio of blue to red in the shade, over that in the crown. Shade is lit by the sky, so it is
            bluer; dark soil is not.
        min_enclosure: least share of the ring that is darker than the crown, by a fifth of the contrast. Ground beside
            one shadow is bright on the other sides.
        min_area_m2, max_diameter_m: smaller ones are branches, longer ones something else.
        min_score: proposals below are dropped.
    """

    gsd_m: float = 0.25
    core_m: float = 120.0
    halo_m: float = 24.0
    sigma_m: float = 0.6
    radius_m: float = 3.0
    noise_grey: float = 10.0
    window_m: float = 1.2
    join_depth: float = 0.25
    crown_drop: float = 2.0
    crown_floor: float = -0.8
    min_greenness: float = 0.0
    ring_m: float = 1.0
    min_contrast_grey: float = 30.0
    min_blue_shade: float = 1.02
    min_enclosure: float = 0.3
    min_area_m2: float = 3.0
    max_diameter_m: float = 20.0
    min_score: float = 0.2


@dataclass(frozen=True, slots=True)
class _Scene:
    """Smoothed views of a tile: local brightness, grey levels, red and blue, and where leaves may be."""

    bright: FloatArray
    grey: FloatArray
    red: FloatArray
    blue: FloatArray
    green: FloatArray
    valid: BoolArray


@dataclass(frozen=True, slots=True)
class _Shade:
    """What the surroundings of a crown look like: see `ValleyParameters`; `enclosure` is a share of the ring."""

    contrast_grey: float
    blue_shade: float
    enclosure: float


class ValleySegmenter:
    """Valley following on brightness, after Gougeon 1995 (doi 10.1080/07038992.1995.10874622), as a watershed."""

    def __init__(self, settings: ValleyParameters | None = None) -> None:
        self.settings = settings or ValleyParameters()

    @property
    def card(self) -> ModelCard:
        """Needs and origin."""
        return ModelCard(
            id="valley",
            task="crowns",
            title="Bright crowns between valleys of shade, for plots without elevation",
            gsd_m=self.settings.gsd_m,
            core_m=self.settings.core_m,
            halo_m=self.settings.halo_m,
            needs_dsm=False,
            source="Gougeon 1995, doi 10.1080/07038992.1995.10874622",
            licence="Apache-2.0",
        )

    @property
    def parameters(self) -> Mapping[str, float | int | str | bool]:
        """The frozen parameters by name."""
        return asdict(self.settings)

    def segment(self, tile: Tile, cancel: CancelToken) -> Sequence[Proposal]:
        """Crowns of the tile, by brightest place from north-west to south-east."""
        chosen, cell_m = self.settings, tile.gsd_m
        scene = self._scene(tile, cancel)
        leaves = scene.valid & (scene.green > chosen.min_greenness) & (scene.bright > chosen.crown_floor)
        window = TopWindow(chosen.window_m, 0.0, chosen.window_m)
        tops = find_treetops(scene.bright, leaves.astype(np.float32), cell_m, min_height_m=1.0, window=window)
        cancel.check()
        basins = flood(scene.bright, tops, leaves)
        cancel.check()
        basins, tops = join(basins, tops, scene.bright, lambda _winner, _loser, depth: depth <= chosen.join_depth)
        level = np.concatenate([[np.inf], scene.bright[tops[:, 0], tops[:, 1]]]).astype(np.float32)
        crowns = np.where(scene.bright >= (level - np.float32(chosen.crown_drop))[basins], basins, 0)
        found = []
        for region in regions.around(crowns, tops, cancel):
            score = self._score(region, scene, cell_m)
            if score is not None and score >= chosen.min_score:
                row, col = tops[region.label - 1]
                found.append(Proposal(region.row0, region.col0, region.mask, score, (float(row), float(col))))
        return found

    def _scene(self, tile: Tile, cancel: CancelToken) -> _Scene:
        chosen, cell_m = self.settings, tile.gsd_m
        sigma_cells = chosen.sigma_m / cell_m
        bright = surface.local_brightness(
            tile.rgb,
            tile.valid,
            cell_m,
            sigma_m=chosen.sigma_m,
            radius_m=chosen.radius_m,
            noise_grey=chosen.noise_grey,
        )
        cancel.check()
        red, green, blue = (surface.smooth(band.astype(np.float32), tile.valid, sigma_cells) for band in tile.rgb)
        cancel.check()
        greenness = surface.smooth(surface.excess_green(tile.rgb), tile.valid, sigma_cells)
        return _Scene(bright, (red + green + blue) / np.float32(3.0), red, blue, greenness, tile.valid)

    def _score(self, region: Region, scene: _Scene, cell_m: float) -> float | None:
        """How likely a region is one crown, 0..1; None when it is none."""
        chosen = self.settings
        size = regions.size_of(region, cell_m)
        if size.area_m2 < chosen.min_area_m2 or size.length_m > chosen.max_diameter_m:
            return None
        shade = _shade(region, scene, max(1, round(chosen.ring_m / cell_m)))
        if shade.contrast_grey < chosen.min_contrast_grey or shade.blue_shade < chosen.min_blue_shade:
            return None
        return crown_score(size, shade.enclosure) if shade.enclosure >= chosen.min_enclosure else None


def _shade(region: Region, scene: _Scene, ring_cells: int) -> _Shade:
    """Compare a crown with the darkest cells of itself and a ring around it."""
    from scipy import ndimage

    height, width = region.mask.shape
    top, left = max(region.row0 - ring_cells, 0), max(region.col0 - ring_cells, 0)
    window = (slice(top, region.row0 + height + ring_cells), slice(left, region.col0 + width + ring_cells))
    mask = np.zeros(scene.valid[window].shape, dtype=bool)
    mask[region.row0 - top :, region.col0 - left :][:height, :width] = region.mask
    zone = ndimage.binary_dilation(mask, iterations=ring_cells) & scene.valid[window]
    grey, red, blue = scene.grey[window], scene.red[window], scene.blue[window]
    dark, light = np.percentile(grey[zone], (5.0, 95.0))
    darkest = zone & (grey <= dark + 0.15 * (light - dark))
    in_shade = blue[darkest].mean() / max(float(red[darkest].mean()), 1.0)
    in_crown = blue[mask].mean() / max(float(red[mask].mean()), 1.0)
    ring = zone & ~mask
    darker = grey[ring] < grey[mask].mean() - 0.2 * (light - dark)
    enclosure = float(darker.mean()) if len(darker) else 0.0
    return _Shade(float(light - dark), float(in_shade / max(float(in_crown), 0.01)), enclosure)


def crown_score(size: regions.Size, enclosure: float) -> float:
    """How likely a region is one crown, 0..1: larger, rounder, fuller, with shade all around.

    A logistic regression on "envelope meets a labelled one at IoU 0.4" over five NEON sites, rounded. It ranks poorly
    (AUC 0.5 to 0.7 by site), because brightness alone does not tell a crown from half of one.
    """
    diameter_m = 2.0 * math.sqrt(size.area_m2 / math.pi)
    logit = -5.3 + 1.1 * math.log(diameter_m) + 0.8 * size.roundness + 0.9 * size.fullness + 2.8 * enclosure
    return 1.0 / (1.0 + math.exp(-logit))
