"""Every size of a Mask R-CNN as frozen values, and how a checkpoint's shapes tell them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from torch import Tensor

from inference.errors import ModelError

# On the scale of 0..1; elevation has mean 0 and deviation 1.
PIXEL_MEAN = (0.485, 0.456, 0.406)
PIXEL_STD = (0.229, 0.224, 0.225)


@dataclass(frozen=True, slots=True)
class MaskRcnnConfig:
    """Sizes; the defaults are torchvision's maskrcnn_resnet50_fpn.

    Attributes:
        classes: number of classes, background not counted.
        channels: 3 for RGB, 4 with elevation.
        width: channels of the first convolution.
        blocks: bottleneck blocks of each of the four stages.
        pyramid: channels of the feature pyramid and of the mask head.
        fc: width of the box head.
        anchor_sizes_px, anchor_ratios: one size for each of the five levels.
        norm_learns: batch normalisation is learned with the rest, as where training begins from nothing; else its
            statistics and scales stay those of the weights that it began with (batches are too small for it).
        norm_eps: of the batch normalisation. torchvision sets it to 0 when it loads its COCO weights, so what was
            trained from them needs 0.
    """

    classes: int = 90
    channels: int = 3
    width: int = 64
    blocks: tuple[int, int, int, int] = (3, 4, 6, 3)
    pyramid: int = 256
    fc: int = 1024
    anchor_sizes_px: tuple[float, ...] = (32, 64, 128, 256, 512)
    anchor_ratios: tuple[float, ...] = (0.5, 1, 2)
    norm_learns: bool = False
    norm_eps: float = 0.0

    @property
    def uses_dsm(self) -> bool:
        """Whether elevation is the fourth channel."""
        return self.channels == 4


def config_of(tensors: Mapping[str, Tensor]) -> MaskRcnnConfig:
    """The sizes of the model that these weights (with torchvision's present names) belong to.

    Raises:
        ModelError: a weight is missing, or has a shape that no such model has.
    """
    try:
        first = tensors["backbone.body.conv1.weight"]
        heads = tensors["roi_heads.box_predictor.cls_score.weight"]
        pyramid = tensors["backbone.fpn.layer_blocks.0.0.weight"].shape[0]
        ratios = tensors["rpn.head.cls_logits.weight"].shape[0]
    except KeyError as error:
        raise _unfit(f"the weight {error.args[0]} is missing") from error
    if ratios != 3 or first.shape[1] not in (3, 4):
        raise _unfit(f"it has {ratios} anchors a place and takes {first.shape[1]} channels")
    # Layers that were trained from scratch keep count of the batches; those are torch's own, with its epsilon.
    counts = any(name.endswith("bn1.num_batches_tracked") for name in tensors)
    one, two, three, four = (_blocks(tensors, stage) for stage in (1, 2, 3, 4))
    return MaskRcnnConfig(
        classes=heads.shape[0] - 1,
        channels=first.shape[1],
        width=first.shape[0],
        blocks=(one, two, three, four),
        pyramid=pyramid,
        fc=heads.shape[1],
        norm_eps=1e-5 if counts else 0.0,
    )


def _blocks(tensors: Mapping[str, Tensor], stage: int) -> int:
    pattern = re.compile(rf"backbone\.body\.layer{stage}\.(\d+)\.conv1\.weight")
    found = [int(match[1]) for name in tensors if (match := pattern.fullmatch(name))]
    if not found:
        raise _unfit(f"stage {stage} of the backbone is missing")
    return max(found) + 1


def _unfit(why: str) -> ModelError:
    return ModelError(
        "maskrcnn.unfit",
        "This checkpoint is no Mask R-CNN with a ResNet-FPN as torchvision makes it: {why}. Check which program wrote "
        "it.",
        why=why,
    )
