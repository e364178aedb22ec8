"""What is true of a training tile: its crowns, and where a box without a crown is background."""

from dataclasses import dataclass

import torch
from torch import Tensor

from training.balsam.assign import BACKGROUND, IGNORED


@dataclass(frozen=True, slots=True)
class Truth:
    """The crowns of one tile.

    Attributes:
        boxes: (n, 4) float32 pixels.
        labels: (n,) int64 from 0.
        masks: (n, H, W) bool; none, (0, H, W), where `owner` tells the cells.
        outlined: (n,) bool, whether a crown's mask is what a person drew, not a guess from its box; None for all.
        labelled: (H, W) bool, where what is no crown is background; None for everywhere.
        owner: (H, W) int32, i + 1 in the cells of crown i: of a thousand crowns masks would take a gigabyte.
    """

    boxes: Tensor
    labels: Tensor
    masks: Tensor
    outlined: Tensor | None = None
    labelled: Tensor | None = None
    owner: Tensor | None = None

    def masks_of(self, crowns: Tensor) -> Tensor:
        """(m, H, W) bool of some crowns, (m,) int64."""
        if self.owner is None:
            return self.masks[crowns]
        return self.owner[None] == (crowns + 1)[:, None, None]

    def to(self, device: torch.device) -> "Truth":
        """The same on another device."""
        outlined, labelled, owner = (
            None if one is None else one.to(device) for one in (self.outlined, self.labelled, self.owner)
        )
        boxes, labels, masks = self.boxes.to(device), self.labels.to(device), self.masks.to(device)
        return Truth(boxes, labels, masks, outlined, labelled, owner)

    def spared(self, assigned: Tensor, boxes: Tensor) -> Tensor:
        """`assigned` (n,) without the background boxes (n, 4) whose middle lies where crowns may be unlabelled."""
        if self.labelled is None or not len(boxes):
            return assigned
        rows, columns = self.labelled.shape
        x = ((boxes[:, 0] + boxes[:, 2]) / 2).clamp(0, columns - 1).to(torch.int64)
        y = ((boxes[:, 1] + boxes[:, 3]) / 2).clamp(0, rows - 1).to(torch.int64)
        unknown = (assigned == BACKGROUND) & ~self.labelled[y, x]
        return torch.where(unknown, torch.full_like(assigned, IGNORED), assigned)
