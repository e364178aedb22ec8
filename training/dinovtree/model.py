"""DINOvTree as a whole: pictures in 0 to 1, normalised inside, to species and height."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from training.dinovtree.backbone import Backbone
from training.dinovtree.config import DinovtreeConfig
from training.dinovtree.heads import TaskHeads, TraitOutputs

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)


class Normalise(nn.Module):
    """Takes the mean of each channel off and divides by its standard deviation."""

    mean: Tensor
    std: Tensor

    def __init__(self, mean: Sequence[float] = IMAGENET_MEAN, std: Sequence[float] = IMAGENET_STD) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(mean).reshape(1, -1, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(std).reshape(1, -1, 1, 1), persistent=False)

    def forward(self, rgb: Tensor) -> Tensor:
        """(B, 3, H, W) to the same."""
        return (rgb - self.mean) / self.std


class Dinovtree(nn.Module):
    """Height and species of the tree in the middle of each picture (Endres et al., arXiv 2603.23669).

    `state_dict()` has `backbone.` and `task_heads.` in front of the published names; `training.dinovtree.loading`
    translates.
    """

    def __init__(
        self,
        config: DinovtreeConfig,
        *,
        mean: Sequence[float] = IMAGENET_MEAN,
        std: Sequence[float] = IMAGENET_STD,
    ) -> None:
        super().__init__()
        self.config = config
        self.normalise = Normalise(mean, std)
        self.backbone = Backbone(config.backbone)
        self.task_heads = TaskHeads(config.backbone.dim, config.classes)

    def forward(self, rgb: Tensor) -> TraitOutputs:
        """Traits of (B, 3, H, W) float32 pictures in 0 to 1, red first, the tree in the middle."""
        return self.task_heads(self.backbone(self.normalise(rgb)))
