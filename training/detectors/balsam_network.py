"""BalSAM and RSPrompter-anchor as a network that `training.detectors` trains."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from inference.models.card import Setting
from inference.segment.detection.classes import ClassSettings
from inference.segment.detection.crown_masks import Placed, mask_from_tile
from inference.segment.detection.proposals import ProposalSettings
from inference.segment.detection.settings import DetectorParameters
from training.balsam.aids import EncoderAids
from training.balsam.config import BalsamConfig, RcnnConfig, Repairs, RpnConfig, TrainConfig
from training.balsam.losses import losses
from training.balsam.model import Balsam
from training.balsam.tiles import TrainTile, batch_of, network_elevation
from training.convert.balsam import MASK_CHUNK, write_graphs
from training.convert.balsam_sizes import settings_of
from training.detectors.network import ClassHead, Float32, Report, Seen
from training.segment_anything_models import SamConfig

KIND = "balsam"
_LARGE_PX = 512  # from here on a ViT needs more memory than most computers have
_MARGIN = DetectorParameters(0.1).box_margin
_PARTS = {"sam": SamConfig, "rpn": RpnConfig, "rcnn": RcnnConfig, "train": TrainConfig, "repairs": Repairs}


@dataclass(frozen=True, slots=True)
class BalsamNetwork:
    """A BalSAM by its configuration; see `training.detectors.network.Network`."""

    config: BalsamConfig

    @property
    def kind(self) -> str:
        """The family."""
        return KIND

    @property
    def classes(self) -> int:
        """Background not counted."""
        return self.config.classes

    @property
    def tile_px(self) -> int:
        """Side of the input."""
        return self.config.tile_px

    @property
    def uses_dsm(self) -> bool:
        """Whether it reads elevation."""
        return self.config.uses_dsm

    @property
    def needs_dsm(self) -> bool:
        """Whether it cannot do without."""
        return self.config.uses_dsm and not self.config.repairs.optional_dsm

    @property
    def dsm_norm(self) -> str:
        """How elevation is scaled."""
        return self.config.dsm_norm

    @property
    def heads(self) -> tuple[ClassHead, ...]:
        """Class by class; background is the last class."""
        names = {"roi_head.bbox_head.fc_cls": 1, "roi_head.bbox_head.fc_reg": 4}
        return tuple(
            ClassHead(f"{name}.{part}", rows, 0) for name, rows in names.items() for part in ("weight", "bias")
        )

    @property
    def proposing(self) -> ProposalSettings:
        """As the host proposes."""
        rpn, levels = self.config.rpn, range(len(self.config.rpn.strides))
        in_metres = self.config.repairs.anchor_sizes_m is not None
        sizes = tuple(size for level in levels for size in self.config.anchor_sizes_px(level)) if in_metres else ()
        return ProposalSettings(
            rpn.strides, rpn.scales, rpn.ratios, sizes, False, rpn.nms_pre, rpn.nms_iou, rpn.max_per_img,
            rpn.min_box_px, stds=rpn.stds,
        )  # fmt: skip

    @property
    def choosing(self) -> ClassSettings:
        """As the host chooses."""
        rcnn = self.config.rcnn
        one, two, three, four = rcnn.stds
        return ClassSettings(rcnn.score_thr, rcnn.nms_iou, rcnn.max_per_img, (one, two, three, four))

    def sized(self, classes: int, tile_px: int, gsd_m: float) -> "BalsamNetwork":
        """The same for other classes, tiles and cells."""
        repairs = self.config.repairs
        if repairs.anchor_sizes_m is not None:
            repairs = replace(repairs, gsd_m=gsd_m)
        sam = replace(self.config.sam, tile_px=tile_px)
        return BalsamNetwork(replace(self.config, classes=classes, sam=sam, repairs=repairs))

    def build(self) -> Balsam:
        """With random weights."""
        return Balsam(self.config)

    def aid(self, model: nn.Module, *, mixed: bool, frozen: bool) -> None:
        """See `EncoderAids`; memory is spared where tiles are large."""
        balsam = cast(Balsam, model)
        balsam.aids = EncoderAids(mixed, self.config.tile_px >= _LARGE_PX, frozen)
        balsam.backbone.requires_grad_(not frozen)

    def losses(
        self, model: nn.Module, tiles: Sequence[TrainTile], generator: torch.Generator, device: torch.device
    ) -> dict[str, Tensor]:
        """Those of the specification, and of the predicted IoU where that is on."""
        batch = batch_of(list(tiles), self.config)
        elevation, has = (None if one is None else one.to(device) for one in (batch.elevation, batch.has_elevation))
        truths = [truth.to(device) for truth in batch.truths]
        found = losses(cast(Balsam, model), batch.rgb.to(device), truths, elevation, has, generator)
        return {
            "anchors": torch.stack(found.rpn_cls).sum(),
            "anchor boxes": torch.stack(found.rpn_bbox).sum(),
            "classes": found.cls,
            "boxes": found.bbox,
            "masks": found.mask,
            "iou": found.iou,
        }

    def scaled_elevation(self, tile: TrainTile) -> Float32 | None:
        """By the engine's own scaling."""
        return network_elevation(tile, self.config)

    @torch.no_grad()
    def look(self, model: nn.Module, tile: TrainTile) -> Seen:
        """At one tile."""
        balsam = cast(Balsam, model)
        batch, device = batch_of([tile], self.config), balsam.mean.device
        elevation, has = (None if one is None else one.to(device) for one in (batch.elevation, batch.has_elevation))
        found = balsam.features(batch.rgb.to(device), elevation, has)
        embedding, dense, levels = balsam.of_tile(found, 0)

        @torch.no_grad()
        def classify(boxes: Float32) -> tuple[Float32, Float32]:
            logits, deltas = balsam.boxes(levels, torch.from_numpy(boxes).to(device))
            return logits.softmax(dim=1).cpu().numpy(), deltas.cpu().numpy()

        @torch.no_grad()
        def masks(boxes: Float32, labels: NDArray[np.int64]) -> Float32:
            low, _ = balsam.masks(embedding, dense, levels, torch.from_numpy(boxes).to(device))
            return cast(Float32, low[:, 0].cpu().numpy())

        return Seen([_array(one) for one in found.rpn_cls], [_array(one) for one in found.rpn_reg], classify, masks)

    def placed(self, logits: Float32, box: Float32, seen_px: tuple[int, int]) -> Placed | None:
        """As `BalsamSegmenter.outlined`."""
        return mask_from_tile(
            logits, box, tile_px=self.tile_px, seen_px=seen_px, margin=_MARGIN, threshold=self.config.rcnn.mask_thr
        )

    def settings(self) -> dict[str, Setting]:
        """For the card."""
        return settings_of(self.config, MASK_CHUNK)

    def write_graphs(self, model: nn.Module, folder: Path, report: Report) -> dict[str, Path]:
        """As a conversion writes them."""
        return write_graphs(cast(Balsam, model), folder, report)

    def as_json(self) -> dict[str, Any]:
        """Field by field."""
        return {"kind": KIND, "config": asdict(self.config)}


def balsam_of_json(found: Mapping[str, Any]) -> BalsamNetwork:
    """The other way round.

    Raises:
        KeyError, TypeError, InputError: a field is missing, unknown or cannot be.
    """
    values = _tuples(found["config"])
    values |= {name: kind(**_tuples(values[name])) for name, kind in _PARTS.items()}
    return BalsamNetwork(BalsamConfig(**values))


def _tuples(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


def _array(value: Tensor) -> Float32:
    return cast(Float32, value.float().cpu().numpy())
