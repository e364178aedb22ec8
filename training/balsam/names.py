"""Renames weights between the authors' checkpoints and segment-anything's modules; a pure rename, nothing is reshaped.

Only the two parts that come from segment-anything differ (specification 1.10); everything else is named as the
authors name it.
"""

import re
from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")

ENCODER = "backbone.vision_encoder."
DECODER = "roi_head.mask_head.mask_decoder.mask_decoder."
POSITIONS = "shared_image_embedding.shared_image_embedding.positional_embedding"

_ENCODER_RULES = (
    (r"^patch_embed\.projection\.", "patch_embed.proj."),
    (r"^layers\.(\d+)\.layer_norm([12])\.", r"blocks.\1.norm\2."),
    (r"^layers\.", "blocks."),
    (r"^neck\.conv1\.", "neck.0."),
    (r"^neck\.layer_norm1\.", "neck.1."),
    (r"^neck\.conv2\.", "neck.2."),
    (r"^neck\.layer_norm2\.", "neck.3."),
)
_ENCODER_BACK = (
    (r"^patch_embed\.proj\.", "patch_embed.projection."),
    (r"^blocks\.(\d+)\.norm([12])\.", r"layers.\1.layer_norm\2."),
    (r"^blocks\.", "layers."),
    (r"^neck\.0\.", "neck.conv1."),
    (r"^neck\.1\.", "neck.layer_norm1."),
    (r"^neck\.2\.", "neck.conv2."),
    (r"^neck\.3\.", "neck.layer_norm2."),
)
_DECODER_RULES = (
    (r"^transformer\.layers\.(\d+)\.layer_norm(\d)\.", r"transformer.layers.\1.norm\2."),
    (r"^transformer\.layer_norm_final_attn\.", "transformer.norm_final_attn."),
    (r"^upscale_conv1\.", "output_upscaling.0."),
    (r"^upscale_layer_norm\.", "output_upscaling.1."),
    (r"^upscale_conv2\.", "output_upscaling.3."),
)
_DECODER_BACK = (
    (r"^transformer\.layers\.(\d+)\.norm(\d)\.", r"transformer.layers.\1.layer_norm\2."),
    (r"^transformer\.norm_final_attn\.", "transformer.layer_norm_final_attn."),
    (r"^output_upscaling\.0\.", "upscale_conv1."),
    (r"^output_upscaling\.1\.", "upscale_layer_norm."),
    (r"^output_upscaling\.3\.", "upscale_conv2."),
)
_MLP = re.compile(r"^(output_hypernetworks_mlps\.\d+|iou_prediction_head)\.(proj_in|proj_out|layers\.(\d+))\.(.+)$")
_HYPERNETWORK_DEPTH = 3


def from_authors(name: str, *, iou_depth: int = 3) -> str:
    """The name inside `Balsam` of a weight of the authors' checkpoint."""
    if name.startswith(ENCODER):
        return ENCODER + _renamed(name.removeprefix(ENCODER), _ENCODER_RULES)
    if not name.startswith(DECODER):
        return name
    rest = _renamed(name.removeprefix(DECODER), _DECODER_RULES)
    if found := _MLP.match(rest):
        last = (iou_depth if found[1].startswith("iou") else _HYPERNETWORK_DEPTH) - 1
        index = {"proj_in": 0, "proj_out": last}.get(found[2])
        rest = f"{found[1]}.layers.{int(found[3]) + 1 if index is None else index}.{found[4]}"
    return DECODER + rest


def to_authors(name: str, *, iou_depth: int = 3) -> str:
    """The name in the authors' checkpoint of a weight of `Balsam`."""
    if name.startswith(ENCODER):
        return ENCODER + _renamed(name.removeprefix(ENCODER), _ENCODER_BACK)
    if not name.startswith(DECODER):
        return name
    rest = _renamed(name.removeprefix(DECODER), _DECODER_BACK)
    if found := _MLP.match(rest):
        last = (iou_depth if found[1].startswith("iou") else _HYPERNETWORK_DEPTH) - 1
        index = int(found[3])
        part = "proj_in" if index == 0 else "proj_out" if index == last else f"layers.{index - 1}"
        rest = f"{found[1]}.{part}.{found[4]}"
    return DECODER + rest


def from_sam(tensors: Mapping[str, T]) -> dict[str, T]:
    """The weights of an original SAM checkpoint that a BalSAM starts from, under the names inside `Balsam`.

    SAM's point, box and mask prompts have no place there and are left out.
    """
    places = {
        "image_encoder.": ENCODER,
        "mask_decoder.": DECODER,
        "prompt_encoder.pe_layer.positional_encoding_gaussian_matrix": POSITIONS,
        "prompt_encoder.no_mask_embed.": "roi_head.mask_head.no_mask_embed.",
    }
    return {
        place + name.removeprefix(start): value
        for name, value in tensors.items()
        for start, place in places.items()
        if name.startswith(start)
    }


def _renamed(name: str, rules: tuple[tuple[str, str], ...]) -> str:
    for pattern, new in rules:
        changed = re.sub(pattern, new, name)
        if changed != name:
            return changed
    return name
