"""Mask R-CNN as the three graphs that are exported; background moves from the first place to the last."""

import torch
from torch import Tensor, nn

from training.maskrcnn.model import MaskRcnn

LEVELS = tuple(f"level{index}" for index in range(4))
ENCODER_OUTPUTS = (*LEVELS, *(f"rpn_cls{index}" for index in range(5)), *(f"rpn_reg{index}" for index in range(5)))
BOX_OUTPUTS = ("scores", "deltas")
MASK_OUTPUTS = ("masks",)


class EncoderGraph(nn.Module):
    """rgb (1,3,T,T) of 0..255 -> `ENCODER_OUTPUTS`."""

    def __init__(self, model: MaskRcnn) -> None:
        super().__init__()
        self.model = model

    def forward(self, rgb: Tensor) -> tuple[Tensor, ...]:
        """Four levels, then logits and deltas of the anchors of five."""
        return _maps(self.model, self.model.levels(rgb))


class EncoderWithElevationGraph(nn.Module):
    """rgb (1,3,T,T) of 0..255, elevation (1,1,T,T) -> `ENCODER_OUTPUTS`."""

    def __init__(self, model: MaskRcnn) -> None:
        super().__init__()
        self.model = model

    def forward(self, rgb: Tensor, elevation: Tensor) -> tuple[Tensor, ...]:
        """As `EncoderGraph`."""
        return _maps(self.model, self.model.levels(rgb, elevation))


class BoxGraph(nn.Module):
    """level0..3 (1,C,h,w), boxes (n,4) -> scores (n,K+1), background last, summing to 1; deltas (n,4K)."""

    def __init__(self, model: MaskRcnn) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, level0: Tensor, level1: Tensor, level2: Tensor, level3: Tensor, boxes: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Scores and deltas without background."""
        return box_outputs(self.model, [level0, level1, level2, level3], boxes)


class MaskGraph(nn.Module):
    """level0..3 (1,C,h,w), boxes (n,4), labels (n,) int64 from 0 -> masks (n,1,28,28) logits over each box."""

    def __init__(self, model: MaskRcnn) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, level0: Tensor, level1: Tensor, level2: Tensor, level3: Tensor, boxes: Tensor, labels: Tensor
    ) -> Tensor:
        """The mask of each box's class."""
        return mask_outputs(self.model, [level0, level1, level2, level3], boxes, labels)


def box_outputs(model: MaskRcnn, levels: list[Tensor], boxes: Tensor) -> tuple[Tensor, Tensor]:
    """What `BoxGraph` gives."""
    logits, deltas = model.classify(levels, boxes)
    scores = logits.softmax(dim=1)
    return torch.cat([scores[:, 1:], scores[:, :1]], dim=1), deltas[:, 4:]


def mask_outputs(model: MaskRcnn, levels: list[Tensor], boxes: Tensor, labels: Tensor) -> Tensor:
    """What `MaskGraph` gives."""
    masks = model.masks(levels, boxes)
    place = (labels + 1).reshape(-1, 1, 1, 1).expand(-1, 1, masks.shape[2], masks.shape[3])
    return masks.gather(1, place)


def _maps(model: MaskRcnn, levels: list[Tensor]) -> tuple[Tensor, ...]:
    cls, reg = model.proposals(levels)
    return (*levels[:4], *cls, *reg)
