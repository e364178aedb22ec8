"""Fills a BalSAM with the weights of a checkpoint, or starts one from SAM; writes weights under the authors' names."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor
from torch.nn import functional

from inference.errors import ModelError
from training.balsam.config import BalsamConfig
from training.balsam.model import Balsam
from training.balsam.names import ENCODER, from_sam, to_authors
from training.segment_anything_models import SamConfig, load_strictly, sam_config_of


def load_balsam(tensors: Mapping[str, Tensor], config: BalsamConfig) -> Balsam:
    """A BalSAM with these weights (the authors' names), in evaluation mode.

    Raises:
        ModelError: a weight is missing, is too many, or has another shape.
    """
    model = Balsam(config)
    load_strictly(model, tensors, what="BalSAM" if config.uses_dsm else "RSPrompter-anchor (without elevation)")
    return model.eval()


def save_balsam(model: Balsam, path: Path) -> None:
    """Write the weights as safetensors, under the authors' names; the switches belong into the model card."""
    save_file({name: value.contiguous() for name, value in model.state_dict().items()}, path)


def start_from_sam(model: Balsam, tensors: Mapping[str, Tensor]) -> None:
    """Copy encoder, decoder, position code and the empty dense prompt from an original SAM checkpoint.

    A SAM of another tile size is resized: positions bicubically, relative positions linearly, as SAM itself does.

    Raises:
        ModelError: not a SAM, or one of other widths.
    """
    found, wanted = sam_config_of(tensors), model.config.sam
    # The decoder's heads cannot be told from weights; tile size may differ.
    if replace(found, decoder_heads=wanted.decoder_heads, tile_px=wanted.tile_px, mask_in=wanted.mask_in) != replace(
        wanted, epsilon=found.epsilon
    ):
        raise ModelError(
            "checkpoint.does_not_fit",
            "The SAM checkpoint does not fit this BalSAM: its encoder has {depth} blocks of width {width}, {wanted} of "
            "width {wanted_width} are needed. The authors start from SAM ViT-B (sam_vit_b_01ec64.pth).",
            depth=found.depth,
            width=found.width,
            wanted=wanted.depth,
            wanted_width=wanted.width,
        )
    ours = from_sam(tensors)
    if found.grid != wanted.grid:
        ours |= _resized(ours, wanted)
    current = model.state_dict()
    depth = wanted.iou_depth
    with torch.no_grad():
        model.load_state_dict({**current, **{to_authors(name, iou_depth=depth): one for name, one in ours.items()}})


def _resized(tensors: Mapping[str, Tensor], config: SamConfig) -> dict[str, Tensor]:
    """The position codes of the encoder for another tile size."""
    side = config.grid
    places = tensors[f"{ENCODER}pos_embed"].permute(0, 3, 1, 2)
    places = functional.interpolate(places, size=(side, side), mode="bicubic", align_corners=False)
    result = {f"{ENCODER}pos_embed": places.permute(0, 2, 3, 1)}
    for block in config.global_blocks:
        for axis in ("h", "w"):
            name = f"{ENCODER}blocks.{block}.attn.rel_pos_{axis}"
            codes = tensors[name].T.unsqueeze(0)
            result[name] = functional.interpolate(codes, size=2 * side - 1, mode="linear")[0].T
    return result
