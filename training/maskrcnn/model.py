"""Mask R-CNN (He et al. 2017, doi 10.1109/ICCV.2017.322): backbone, proposals, boxes and masks."""

from collections.abc import Mapping
from functools import partial

import torch
from torch import Tensor, nn
from torch.nn import functional

from inference.errors import ModelError
from training.maskrcnn.backbone import Backbone, FixedNorm
from training.maskrcnn.config import PIXEL_MEAN, PIXEL_STD, MaskRcnnConfig, config_of
from training.maskrcnn.pooling import pool

BOX_BINS, MASK_BINS = 7, 14
_MASK_CONVS = 4


class RpnHead(nn.Module):
    """Objectness and deltas of the anchors of each place."""

    def __init__(self, channels: int, anchors: int) -> None:
        super().__init__()
        first = nn.Conv2d(channels, channels, 3, padding=1)
        self.conv = nn.Sequential(nn.Sequential(first, nn.ReLU()))
        self.cls_logits = nn.Conv2d(channels, anchors, 1)
        self.bbox_pred = nn.Conv2d(channels, 4 * anchors, 1)
        for layer in (first, self.cls_logits, self.bbox_pred):
            nn.init.normal_(layer.weight, std=0.01)
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)

    def forward(self, levels: list[Tensor]) -> tuple[list[Tensor], list[Tensor]]:
        """Per level (B, A, h, w) logits and (B, 4A, h, w) deltas."""
        seen = [self.conv(level) for level in levels]
        return [self.cls_logits(one) for one in seen], [self.bbox_pred(one) for one in seen]


class Rpn(nn.Module):
    """Only there for the name."""

    def __init__(self, channels: int, anchors: int) -> None:
        super().__init__()
        self.head = RpnHead(channels, anchors)


class BoxHead(nn.Module):
    """Two layers on the pooled box."""

    def __init__(self, channels: int, width: int) -> None:
        super().__init__()
        self.fc6 = nn.Linear(channels * BOX_BINS**2, width)
        self.fc7 = nn.Linear(width, width)

    def forward(self, pooled: Tensor) -> Tensor:
        """(n, C, 7, 7) -> (n, width)."""
        return functional.relu(self.fc7(functional.relu(self.fc6(pooled.flatten(1)))))


class BoxPredictor(nn.Module):
    """Classes, background first, and a box for each."""

    def __init__(self, width: int, outputs: int) -> None:
        super().__init__()
        self.cls_score = nn.Linear(width, outputs)
        self.bbox_pred = nn.Linear(width, 4 * outputs)

    def forward(self, seen: Tensor) -> tuple[Tensor, Tensor]:
        """(n, K+1) logits and (n, 4(K+1)) deltas."""
        return self.cls_score(seen), self.bbox_pred(seen)


class MaskPredictor(nn.Module):
    """Twice as fine, a mask for each class."""

    def __init__(self, channels: int, outputs: int) -> None:
        super().__init__()
        self.conv5_mask = nn.ConvTranspose2d(channels, channels, 2, 2)
        self.mask_fcn_logits = nn.Conv2d(channels, outputs, 1)

    def forward(self, seen: Tensor) -> Tensor:
        """(n, C, 14, 14) -> (n, K+1, 28, 28) logits."""
        return self.mask_fcn_logits(functional.relu(self.conv5_mask(seen)))


class RoiHeads(nn.Module):
    """What looks at one box."""

    def __init__(self, config: MaskRcnnConfig) -> None:
        super().__init__()
        channels, outputs = config.pyramid, config.classes + 1
        self.box_head = BoxHead(channels, config.fc)
        self.box_predictor = BoxPredictor(config.fc, outputs)
        convs = (nn.Conv2d(channels, channels, 3, padding=1) for _ in range(_MASK_CONVS))
        self.mask_head = nn.Sequential(*(nn.Sequential(conv, nn.ReLU()) for conv in convs))
        self.mask_predictor = MaskPredictor(channels, outputs)


class MaskRcnn(nn.Module):
    """All parts under torchvision's names. Tiles are taken as they are: the cell size does what resizing did there."""

    mean: Tensor
    std: Tensor

    def __init__(self, config: MaskRcnnConfig) -> None:
        super().__init__()
        self.config = config
        norm = partial(nn.BatchNorm2d if config.norm_learns else FixedNorm, eps=config.norm_eps)
        self.backbone = Backbone(config.channels, config.width, config.blocks, config.pyramid, norm)
        self.rpn = Rpn(config.pyramid, len(config.anchor_ratios))
        self.roi_heads = RoiHeads(config)
        extra = config.channels - 3
        mean, std = (*PIXEL_MEAN, *(0.0,) * extra), (*PIXEL_STD, *(1.0,) * extra)
        self.register_buffer("mean", torch.tensor(mean).reshape(1, -1, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(std).reshape(1, -1, 1, 1), persistent=False)

    def levels(self, rgb: Tensor, elevation: Tensor | None = None) -> list[Tensor]:
        """The five pyramid levels of tiles.

        Args:
            rgb: (B, 3, T, T) of 0..255, T a multiple of 32.
            elevation: (B, 1, T, T) of 0..1, for a model of four channels.
        """
        x = rgb / 255.0
        if elevation is not None:
            x = torch.cat([x, elevation], dim=1)
        return self.backbone((x - self.mean) / self.std)

    def proposals(self, levels: list[Tensor]) -> tuple[list[Tensor], list[Tensor]]:
        """Per level logits (B, 3, h, w) and deltas (B, 12, h, w) of the anchors."""
        return self.rpn.head(levels)

    def classify(self, levels: list[Tensor], boxes: Tensor) -> tuple[Tensor, Tensor]:
        """Logits (n, K+1), background first, and deltas (n, 4(K+1)) of boxes (n, 4) on one tile."""
        return self.roi_heads.box_predictor(self.roi_heads.box_head(pool(levels[:4], boxes, BOX_BINS)))

    def masks(self, levels: list[Tensor], boxes: Tensor) -> Tensor:
        """(n, K+1, 28, 28) logits over boxes (n, 4) on one tile."""
        return self.roi_heads.mask_predictor(self.roi_heads.mask_head(pool(levels[:4], boxes, MASK_BINS)))


def load_mask_rcnn(tensors: Mapping[str, Tensor]) -> MaskRcnn:
    """The model that a checkpoint holds, in eval mode.

    Args:
        tensors: torchvision's names, those before its version 0.13 included.

    Raises:
        ModelError: the weights are not those of such a model.
    """
    present = present_names(tensors)
    model = MaskRcnn(config_of(present))
    wanted = {name for name in present if not name.endswith("num_batches_tracked")}
    try:
        model.load_state_dict({name: present[name].float() for name in wanted}, strict=True)
    except RuntimeError as error:
        raise ModelError(
            "maskrcnn.unfit",
            "This checkpoint is no Mask R-CNN with a ResNet-FPN as torchvision makes it: {why}. Check which program "
            "wrote it.",
            why=" ".join(str(error).split())[:300],
        ) from error
    return model.eval()


def present_names(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Weights under torchvision's names of today; those of older files had a layer less."""
    renamed = {}
    for name, value in tensors.items():
        head, _, kind = name.rpartition(".")
        parts = head.split(".")
        if len(parts) == 4 and parts[:2] == ["backbone", "fpn"] and parts[3].isdigit():
            head += ".0"
        elif head == "rpn.head.conv":
            head += ".0.0"
        elif parts[-1].startswith("mask_fcn") and parts[-1][-1].isdigit():
            head = f"roi_heads.mask_head.{int(parts[-1].removeprefix('mask_fcn')) - 1}.0"
        renamed[f"{head}.{kind}"] = value
    return renamed


def widened(tensors: Mapping[str, Tensor], seed: int = 0) -> dict[str, Tensor]:
    """Weights for four channels out of those for RGB: colours as they are, elevation at random (as the paper does)."""
    name = "backbone.body.conv1.weight"
    first = tensors[name]
    generator = torch.Generator().manual_seed(seed)
    # torch's own start for this layer: uniform within one over the root of its inputs.
    bound = (4 * first.shape[2] * first.shape[3]) ** -0.5
    added = (torch.rand((first.shape[0], 1, *first.shape[2:]), generator=generator) * 2 - 1) * bound
    return {**tensors, name: torch.cat([first, added.to(first)], dim=1)}
