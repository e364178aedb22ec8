"""What makes learning with a large encoder possible: mixed precision, less memory for more time, a frozen encoder."""

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.utils.checkpoint import checkpoint


@dataclass(frozen=True, slots=True)
class EncoderAids:
    """How the encoder runs while a model learns.

    Attributes:
        mixed: matrix products in bfloat16, sums and everything behind the encoder in float32.
        spare_memory: what a block computes is computed again for its gradient instead of being kept: a third more
            time, a fraction of the memory; the same numbers.
        frozen: the encoder stays as it is, and costs no gradients.
    """

    mixed: bool = False
    spare_memory: bool = False
    frozen: bool = False


def encoded(encoder: Any, image: Tensor, aids: EncoderAids) -> tuple[Tensor, list[Tensor]]:
    """As `training.balsam.model.encode`, with aids; float32."""
    learns = torch.is_grad_enabled() and not aids.frozen
    with (
        torch.autocast(image.device.type, torch.bfloat16, enabled=aids.mixed),
        torch.set_grad_enabled(learns),
    ):
        x = encoder.patch_embed(image)
        if encoder.pos_embed is not None:
            x = x + encoder.pos_embed
        states = [x]
        for block in encoder.blocks:
            x = checkpoint(block, x, use_reentrant=False) if learns and aids.spare_memory else block(x)
            states.append(x)
        embedding = encoder.neck(x.permute(0, 3, 1, 2))
    return embedding.float(), [state.float() for state in states]
