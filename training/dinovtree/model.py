"""DINOvTree as a whole: pictures in 0 to 1, normalised inside, to species and height."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from training.dinovtree.backbone import Backbone
from training.dinovtree.config import DinovtreeConfig, SmallConfig
from training.dinovtree.heads import TaskHeads, TraitOutputs
from training.dinovtree.small import SmallBackbone

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

    @property
    def transformer(self) -> Backbone:
        """The backbone of a network that is known to have a DINOv2 or DINOv3 one."""
        assert isinstance(self.backbone, Backbone)
        return self.backbone

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
        self.backbone: Backbone | SmallBackbone = (
            SmallBackbone(config.backbone) if isinstance(config.backbone, SmallConfig) else Backbone(config.backbone)
        )
        self.task_heads = TaskHeads(config.backbone.dim, config.classes)

    @property
    def transformer(self) -> Backbone:
        """The backbone of a network that is known to have a DINOv2 or DINOv3 one."""
        assert isinstance(self.backbone, Backbone)
        return self.backbone

    def forward(self, rgb: Tensor) -> TraitOutputs:
        """Traits of (B, 3, H, W) float32 pictures in 0 to 1, red first, the tree in the middle."""
        return self.task_heads(self.backbone(self.normalise(rgb)))
