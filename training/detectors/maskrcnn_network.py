"""Mask R-CNN, with or without elevation, as a network that `training.detectors` trains."""

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
from inference.segment.detection.crown_masks import Placed, mask_from_box
from inference.segment.detection.proposals import ProposalSettings
from inference.segment.elevation import ElevationScaling, scaled
from training.balsam.tiles import TrainTile
from training.convert.maskrcnn import settings_of, write_graphs
from training.detectors.network import ClassHead, Float32, Report, Seen
from training.maskrcnn.config import MaskRcnnConfig
from training.maskrcnn.graphs import box_outputs, mask_outputs
from training.maskrcnn.losses import Sampling, losses
from training.maskrcnn.model import MaskRcnn

KIND = "maskrcnn"
_LEAST_SCORE = 0.05
_MASK_THR = 0.5


@dataclass(frozen=True, slots=True)
class MaskRcnnNetwork:
    """A Mask R-CNN by its configuration; see `training.detectors.network.Network`.

    Attributes:
        config: sizes.
        tile_px: side of the tiles, a multiple of 64.
        dsm_norm: how elevation is scaled.
        rois: boxes of a tile that enter the losses.
    """

    config: MaskRcnnConfig
    tile_px: int = 832
    dsm_norm: str = "max"
    rois: int = 512

    @property
    def kind(self) -> str:
        """The family."""
        return KIND

    @property
    def classes(self) -> int:
        """Background not counted."""
        return self.config.classes

    @property
    def uses_dsm(self) -> bool:
        """Whether it reads elevation."""
        return self.config.uses_dsm

    @property
    def needs_dsm(self) -> bool:
        """Where it reads elevation it cannot do without."""
        return self.config.uses_dsm

    @property
    def heads(self) -> tuple[ClassHead, ...]:
        """Class by class; background is the first class."""
        box, mask = "roi_heads.box_predictor.", "roi_heads.mask_predictor."
        names = {f"{box}cls_score": 1, f"{box}bbox_pred": 4, f"{mask}mask_fcn_logits": 1}
        return tuple(
            ClassHead(f"{name}.{part}", rows, rows) for name, rows in names.items() for part in ("weight", "bias")
        )

    @property
    def proposing(self) -> ProposalSettings:
        """As the host proposes."""
        return ProposalSettings(
            sizes=self.config.anchor_sizes_px,
            ratios=self.config.anchor_ratios,
            rounded=True,
            bound_shrinking=False,
            min_box_px=1e-3,
        )

    @property
    def choosing(self) -> ClassSettings:
        """As the host chooses."""
        return ClassSettings(_LEAST_SCORE, bound_shrinking=False, min_box_px=1e-2)

    def sized(self, classes: int, tile_px: int, gsd_m: float) -> "MaskRcnnNetwork":
        """The same for other classes and tiles; anchors are pixels whatever a cell is."""
        return replace(self, config=replace(self.config, classes=classes), tile_px=tile_px)

    def build(self) -> MaskRcnn:
        """With random weights."""
        return MaskRcnn(self.config)

    def aid(self, model: nn.Module, *, mixed: bool, frozen: bool) -> None:
        """A frozen encoder is the residual network below the pyramid; its precision stays as it is."""
        cast(MaskRcnn, model).backbone.body.requires_grad_(not frozen)

    def losses(
        self, model: nn.Module, tiles: Sequence[TrainTile], generator: torch.Generator, device: torch.device
    ) -> dict[str, Tensor]:
        """As torchvision weighs them."""
        rgb, elevation = self._inputs(tiles, device)
        truths = [tile.truth.to(device) for tile in tiles]
        sampling = Sampling(rois=self.rois)
        found = losses(cast(MaskRcnn, model), rgb, truths, elevation, sampling=sampling, generator=generator)
        return {
            "anchors": found.objectness,
            "anchor boxes": found.rpn_box,
            "classes": found.classes,
            "boxes": found.box,
            "masks": found.mask,
        }

    def scaled_elevation(self, tile: TrainTile) -> Float32 | None:
        """By the engine's own scaling."""
        if tile.height_m is None:
            return None
        return scaled(tile.height_m, (tile.rgb != 0).any(axis=0), tile.cell_m, ElevationScaling(self.dsm_norm))

    def _inputs(self, tiles: Sequence[TrainTile], device: torch.device) -> tuple[Tensor, Tensor | None]:
        rgb = torch.from_numpy(np.stack([tile.rgb for tile in tiles])).float().to(device)
        if not self.uses_dsm:
            return rgb, None
        empty = np.zeros(rgb.shape[-2:], np.float32)
        layers = [self.scaled_elevation(tile) for tile in tiles]
        elevation = np.stack([empty if layer is None else layer for layer in layers])
        return rgb, torch.from_numpy(elevation)[:, None].to(device)

    @torch.no_grad()
    def look(self, model: nn.Module, tile: TrainTile) -> Seen:
        """At one tile."""
        rcnn = cast(MaskRcnn, model)
        device = rcnn.mean.device
        levels = rcnn.levels(*self._inputs([tile], device))
        cls, reg = rcnn.proposals(levels)

        @torch.no_grad()
        def classify(boxes: Float32) -> tuple[Float32, Float32]:
            scores, deltas = box_outputs(rcnn, levels[:4], torch.from_numpy(boxes).to(device))
            return scores.cpu().numpy(), deltas.cpu().numpy()

        @torch.no_grad()
        def masks(boxes: Float32, labels: NDArray[np.int64]) -> Float32:
            asked, which = torch.from_numpy(boxes).to(device), torch.from_numpy(labels).to(device)
            return cast(Float32, mask_outputs(rcnn, levels[:4], asked, which)[:, 0].cpu().numpy())

        return Seen([one.cpu().numpy() for one in cls], [one.cpu().numpy() for one in reg], classify, masks)

    def placed(self, logits: Float32, box: Float32, seen_px: tuple[int, int]) -> Placed | None:
        """As `MaskRcnnSegmenter.outlined`."""
        return mask_from_box(logits, box, seen_px=seen_px, threshold=_MASK_THR)

    def settings(self) -> dict[str, Setting]:
        """For the card."""
        return settings_of(self.config, self.dsm_norm)

    def write_graphs(self, model: nn.Module, folder: Path, report: Report) -> dict[str, Path]:
        """As a conversion writes them."""
        return write_graphs(cast(MaskRcnn, model), self.tile_px, folder, report)

    def as_json(self) -> dict[str, Any]:
        """Field by field."""
        return {
            "kind": KIND,
            "config": asdict(self.config),
            "tile_px": self.tile_px,
            "dsm_norm": self.dsm_norm,
            "rois": self.rois,
        }


def maskrcnn_of_json(found: Mapping[str, Any]) -> MaskRcnnNetwork:
    """The other way round.

    Raises:
        KeyError, TypeError: a field is missing or unknown.
    """
    told = found["config"].items()
    sizes: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told}
    return MaskRcnnNetwork(MaskRcnnConfig(**sizes), int(found["tile_px"]), str(found["dsm_norm"]), int(found["rois"]))
