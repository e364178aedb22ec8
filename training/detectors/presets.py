"""What each preset trains and how: the authors' sizes, losses and schedules, our repairs, and sizes for a processor."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from inference.models.presets import check_preset
from training.balsam.config import PRESETS as AUTHORS
from training.balsam.config import BalsamConfig, RcnnConfig, TrainConfig, repaired
from training.detectors.balsam_network import BalsamNetwork
from training.detectors.maskrcnn_network import MaskRcnnNetwork
from training.detectors.network import Network
from training.detectors.options import FitOptions, Optimiser, Schedule
from training.maskrcnn.config import MaskRcnnConfig
from training.segment_anything_models import SamConfig

_ANCHORS_M = (1.0, 1.4, 2.0, 2.8, 4.0, 5.6, 8.0, 11.3, 16.0, 22.6)
_ANY_GSD_M = 0.1  # stands where `Network.sized` puts the set's own
_SMALL_SAM = SamConfig(
    tile_px=256, width=192, depth=6, heads=6, mlp_width=768, window=8, global_blocks=(2, 5), out=128,
    decoder_mlp_width=512, iou_width=128,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preset:
    """A network and its schedule.

    Attributes:
        network: for one class; its tiles are the largest that it takes.
        epochs: how often every tile is seen.
        batch, optimiser, rate, weight_decay, schedule, longest_gradient, without_elevation: see `FitOptions`.
        longest_warm_up: in steps; an epoch's steps where these are fewer.
        photometric: see `CourseOptions`.
        begins_with: what its authors begin with, for a sentence to those who begin with nothing.
    """

    network: Network
    epochs: int
    batch: int = 2
    optimiser: Optimiser = "adamw"
    rate: float = 1e-5
    weight_decay: float = 0.05
    schedule: Schedule = "cosine"
    longest_gradient: float = 0.0
    without_elevation: float = 0.0
    longest_warm_up: int = 7871
    photometric: bool = False
    begins_with: str = "SAM ViT-B (sam_vit_b_01ec64.pth)"

    def fit(
        self, tiles: int, *, steps: int | None, batch: int | None, seed: int, frozen_encoder: bool = False
    ) -> FitOptions:
        """The options for so many tiles; what is None is the preset's own."""
        batch = min(self.batch if batch is None else batch, max(tiles, 1))
        epoch = max(1, tiles // max(batch, 1))
        steps = self.epochs * epoch if steps is None else steps
        return FitOptions(
            steps=steps,
            batch=batch,
            optimiser=self.optimiser,
            rate=self.rate,
            weight_decay=self.weight_decay,
            # The authors' 7,871 iterations were one epoch of their plantations; no more than a tenth of a short course.
            warm_up=max(1, min(self.longest_warm_up, epoch, steps // 10)),
            schedule=self.schedule,
            longest_gradient=self.longest_gradient,
            frozen_encoder=frozen_encoder,
            without_elevation=self.without_elevation,
            seed=seed,
        )


def _authors(name: str, epochs: int) -> Preset:
    """Theirs; flips move elevation too, which is a fault of theirs that nobody wants."""
    config = replace(AUTHORS[name], classes=1)
    return Preset(BalsamNetwork(replace(config, repairs=replace(config.repairs, flip_elevation=True))), epochs)


def _rsprompter(epochs: int) -> Preset:
    """Theirs; in RGB, since BGR was a slip of their configuration."""
    config = replace(AUTHORS["rsprompter-plantations"], classes=1, channel_order="rgb")
    return Preset(BalsamNetwork(config), epochs, weight_decay=0.1)


def _repaired(config: BalsamConfig, **changes: Any) -> BalsamNetwork:
    ours = repaired(config, anchor_sizes_m=_ANCHORS_M, gsd_m=_ANY_GSD_M)
    return BalsamNetwork(replace(ours, repairs=replace(ours.repairs, dice_loss_weight=1.0, **changes)))


def _ours(network: Network, epochs: int) -> Preset:
    return Preset(network, epochs, longest_gradient=5.0, without_elevation=0.3, photometric=True)


def _small(preset: Preset, batch: int = 2) -> Preset:
    """Learns from nothing, so in larger steps."""
    return replace(preset, batch=batch, rate=1e-3, longest_warm_up=200, begins_with="")


_SMALL_BALSAM = BalsamConfig(
    classes=1, sam=_SMALL_SAM, selected_states=(1, 2, 3, 4, 5, 6), fc_width=256, dsm_first=48, dsm_mid=192,
    rcnn=RcnnConfig(finest_scale=28), train=TrainConfig(roi_samples=64, nms_pre=500, max_proposals=300),
)  # fmt: skip
_SMALL_RCNN = MaskRcnnConfig(
    classes=1, channels=3, width=24, blocks=(1, 2, 2, 1), pyramid=64, fc=256, anchor_sizes_px=(8, 16, 32, 64, 128),
    norm_learns=True, norm_eps=1e-5,
)  # fmt: skip
_COCO = "torchvision's Mask R-CNN (maskrcnn_resnet50_fpn_coco-bf2d0c1e.pth)"
_RCNN = MaskRcnnConfig(classes=1, norm_learns=True, norm_eps=1e-5)


def _maskrcnn(config: MaskRcnnConfig) -> Preset:
    return Preset(
        MaskRcnnNetwork(config), 100, batch=4, optimiser="sgd", rate=1e-4, weight_decay=5e-4, schedule="constant",
        longest_warm_up=1000, begins_with=_COCO,
    )  # fmt: skip


PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        "balsam-plantations": _authors("balsam-plantations", 50),
        "balsam-sbl": _authors("balsam-sbl", 50),
        "balsam-bci": _authors("balsam-bci", 100),
        "rsprompter-plantations": _rsprompter(50),
        "rsprompter-sbl": _rsprompter(100),
        "rsprompter-bci": _rsprompter(100),
        "balsam-repaired": _ours(_repaired(BalsamConfig(classes=1)), epochs=50),
        "balsam-small": _small(_ours(_repaired(_SMALL_BALSAM, oval_prior=True), epochs=100)),
        "maskrcnn": _maskrcnn(_RCNN),
        "maskrcnn-dsm": _maskrcnn(replace(_RCNN, channels=4)),
        "maskrcnn-small": _small(_ours(MaskRcnnNetwork(_SMALL_RCNN, tile_px=256, rois=64), epochs=100), batch=4),
    }
)


def preset_named(name: str) -> Preset:
    """The preset of a name.

    Raises:
        InputError: there is none.
    """
    check_preset(name, "crowns")
    return PRESETS[name]
