"""BalSAM as the three graphs that are exported: encoder, boxes, masks."""

import copy
from collections import OrderedDict
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from training.balsam.model import Balsam
from training.balsam.prior import oval_logits


def encoder_inputs(model: Balsam) -> tuple[str, ...]:
    """Names of the encoder graph's inputs, in order."""
    names = ["rgb"]
    if model.config.uses_dsm:
        names.append("elevation")
    if model.config.repairs.optional_dsm:
        names.append("has_elevation")
    return tuple(names)


def encoder_outputs(model: Balsam) -> tuple[str, ...]:
    """Names of the encoder graph's outputs, in order."""
    strides = range(len(model.config.rpn.strides))
    return (
        "embedding",
        "dense",
        *_level_names(model),
        *(f"rpn_cls{i}" for i in strides),
        *(f"rpn_reg{i}" for i in strides),
    )


BOX_OUTPUTS = ("scores", "deltas")
MASK_OUTPUTS = ("masks", "iou")


def _level_names(model: Balsam) -> tuple[str, ...]:
    return tuple(f"level{i}" for i in range(model.roi_level_count))


class EncoderGraph(nn.Module):
    """rgb (1,3,T,T) 0..255 [, elevation (1,1,T,T)] [, has_elevation (1,)] -> `encoder_outputs`."""

    def __init__(self, model: Balsam) -> None:
        super().__init__()
        self.model = _without_renaming(model)

    def forward(
        self, rgb: Tensor, elevation: Tensor | None = None, has_elevation: Tensor | None = None
    ) -> tuple[Tensor, ...]:
        """Everything before the first box; means, deviations and channel order are inside."""
        found = self.model.features(rgb, elevation, has_elevation)
        # The dense prompt of a model without elevation is one colour; an output must not share its memory.
        return (found.embedding, found.dense.clone(), *found.roi_levels, *found.rpn_cls, *found.rpn_reg)


class BoxGraph(nn.Module):
    """level0.. (1,C,h,w), boxes (n,4) -> scores (n,K+1), background last, summing to 1; deltas (n,4K)."""

    def __init__(self, model: Balsam) -> None:
        super().__init__()
        self.roi_head = model.roi_head

    def forward(self, *levels_and_boxes: Tensor) -> tuple[Tensor, Tensor]:
        """The last argument is the boxes."""
        levels, boxes = _split(levels_and_boxes)
        logits, deltas = self.roi_head.bbox_head(self.roi_head.pool_boxes(levels, boxes))
        return logits.softmax(dim=1), deltas


class MaskGraph(nn.Module):
    """embedding, dense, level0.. (1,C,h,w), boxes (n,4) -> masks (n,1,4h,4w) logits; iou (n,1)."""

    positions: Tensor

    def __init__(self, model: Balsam) -> None:
        super().__init__()
        self.roi_head, self.config = model.roi_head, model.config
        with torch.no_grad():
            self.register_buffer("positions", model.image_positions())

    def forward(self, embedding: Tensor, dense: Tensor, *levels_and_boxes: Tensor) -> tuple[Tensor, Tensor]:
        """The last argument is the boxes."""
        levels, boxes = _split(levels_and_boxes)
        head = self.roi_head.mask_head
        tokens = head.tokens(head.point_emb(self.roi_head.pool_masks(levels, boxes)))
        masks, iou = head.decode(embedding, self.positions, tokens, dense)
        if self.config.repairs.oval_prior:
            masks = masks + oval_logits(boxes, masks.shape[-1], self.config.tile_px)
        return masks, iou


def _without_renaming(model: Balsam) -> Balsam:
    """The same model, weights shared, whose state dict has the names of its modules: the exporter relies on that."""
    twin = copy.copy(model)
    twin._state_dict_hooks = OrderedDict()
    twin._load_state_dict_pre_hooks = OrderedDict()
    return twin


def _split(levels_and_boxes: Sequence[Tensor]) -> tuple[list[Tensor], Tensor]:
    return list(levels_and_boxes[:-1]), levels_and_boxes[-1]
