"""How the crowns model that ships is trained: every number of it, so that a log and a seed are enough to repeat it."""

from dataclasses import asdict, dataclass, field
from typing import Any

from training.balsam2.config import Balsam2Config
from training.balsam2.fit import FitOptions

# Crowns per hectare, light and labels differ: how often a canvas begins with a plot of each site.
SITE_WEIGHTS = {
    "teak": 3.0,
    "idtrees": 3.0,
    "harv": 1.5,
    "osbs": 0.5,
    "sjer_2018": 1.2,
    "sjer_2017": 0.8,
    "samples": 0.5,
}
# Stands like those of the real sites; one scene in eight is of any kind.
SYNTHETIC_KINDS = ("sierra conifer", "broadleaf", "hardwood hemlock", "open pine", "oak savanna", "mixed wood")


def _config() -> Balsam2Config:
    return Balsam2Config(size_weight=0.5, reach_scale=1.06, edges=24)


@dataclass(frozen=True, slots=True)
class Recipe:
    """One way to train.

    Attributes:
        config: sizes of the network, and how its maps are read: `size_weight` and `reach_scale` were chosen on plots
            held out, as the thresholds were.
        scenes, scene_m: synthetic plots and their side in metres.
        base_steps: on synthetic plots alone, from nothing; shared by all folds, since nothing real is in it.
        base_rate, base_mosaic_share: highest learning rate, and share of mosaics, there.
        steps, rate: on real plots, with `synthetic_weight` of synthetic ones among them.
        synthetic_weight: beside the weights of the sites; 0 for real plots alone.
        empty_weight: of grounds without a tree, beside the sites.
        mask_steps, mask_rate: of the decoder, on the finished encoder.
        mask_synthetic_weight: there, only synthetic crowns have outlines.
        canvas_px, batch: of centres.
        mask_canvas_px, mask_batch, mask_mosaic_share: of masks; a decoder costs four times as much on twice the side.
        mosaic_share: how often a canvas is made of four plots.
        without_elevation: how often elevation is withheld.
        weight_decay: of the weights.
        score_thr, sure_thr, together_thr, views, zoom: settings of the card, see `inference.segment.balsam2`; one
            threshold for all sites, chosen on plots held out.
        mask_thr: likewise; chosen after training on the plots it learned from, see `training.balsam2.calibrate`.
        seed: of everything.
    """

    config: Balsam2Config = field(default_factory=_config)
    scenes: int = 480
    scene_m: float = 50.0
    base_steps: int = 1600
    base_rate: float = 2e-3
    base_mosaic_share: float = 0.2
    steps: int = 1200
    rate: float = 2e-3
    synthetic_weight: float = 1.0
    empty_weight: float = 1.0
    mask_steps: int = 240
    mask_rate: float = 1e-3
    mask_synthetic_weight: float = 8.0
    canvas_px: int = 192
    batch: int = 12
    mask_canvas_px: int = 128
    mask_batch: int = 8
    mask_mosaic_share: float = 0.2
    mosaic_share: float = 0.5
    without_elevation: float = 0.25
    weight_decay: float = 0.05
    score_thr: float = 0.25
    sure_thr: float = 0.35
    together_thr: float = 0.55
    views: int = 4
    zoom: float = 1.18
    mask_thr: float = 0.5
    seed: int = 0

    def base_fit(self) -> FitOptions:
        """The stage on synthetic plots."""
        return FitOptions(
            steps=self.base_steps,
            batch=self.batch,
            learning_rate=self.base_rate,
            weight_decay=self.weight_decay,
            seed=self.seed,
        )

    def fit(self) -> FitOptions:
        """The stage on real plots."""
        return FitOptions(
            steps=self.steps,
            batch=self.batch,
            learning_rate=self.rate,
            weight_decay=self.weight_decay,
            warm_up=min(100, max(1, self.steps // 10)),
            seed=self.seed + 1,
        )

    def mask_fit(self) -> FitOptions:
        """The stage of the decoder."""
        return FitOptions(
            stage="masks",
            steps=self.mask_steps,
            batch=self.mask_batch,
            learning_rate=self.mask_rate,
            weight_decay=self.weight_decay,
            warm_up=min(50, max(1, self.mask_steps // 10)),
            average=0.99,
            seed=self.seed + 2,
        )

    def as_json(self) -> dict[str, Any]:
        """Field by field, for the log."""
        return asdict(self)
