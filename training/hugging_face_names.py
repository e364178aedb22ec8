"""Renames the weights of SAM as Hugging Face's transformers names them to the names of the original checkpoints."""

import re
from collections.abc import Mapping

from torch import Tensor

from inference.errors import ModelError
from training.balsam.names import DECODER, ENCODER, from_authors

_POSITIONS = "prompt_encoder.pe_layer.positional_encoding_gaussian_matrix"
# The matrix is used twice there, by image and prompts; a file may hold it under one name or both.
_THEIR_POSITIONS = (
    "shared_image_embedding.positional_embedding",
    "prompt_encoder.shared_embedding.positional_embedding",
)
_PROMPT_RULES = (
    (r"^mask_embed\.conv1\.", "mask_downscaling.0."),
    (r"^mask_embed\.layer_norm1\.", "mask_downscaling.1."),
    (r"^mask_embed\.conv2\.", "mask_downscaling.3."),
    (r"^mask_embed\.layer_norm2\.", "mask_downscaling.4."),
    (r"^mask_embed\.conv3\.", "mask_downscaling.6."),
    (r"^point_embed\.", "point_embeddings."),
)


def is_hugging_face(tensors: Mapping[str, Tensor]) -> bool:
    """Whether these are the weights of a SAM under transformers' names."""
    return "vision_encoder.patch_embed.projection.weight" in tensors and "mask_decoder.iou_token.weight" in tensors


def to_original(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The same weights by the names of Meta's checkpoints; nothing is reshaped.

    Raises:
        ModelError: the matrix of the position code is missing, or there twice with different values.
    """
    positions = [tensors[name] for name in _THEIR_POSITIONS if name in tensors]
    if not positions or any(not one.equal(positions[0]) for one in positions):
        raise ModelError(
            "checkpoint.does_not_fit",
            "The checkpoint does not fit a SAM: {name} is missing or there twice, differently. Get the file again.",
            name=_THEIR_POSITIONS[0],
        )
    layers = {name.split(".")[3] for name in tensors if name.startswith("mask_decoder.iou_prediction_head.layers.")}
    renamed = {_POSITIONS: positions[0]}
    for name, value in tensors.items():
        if name not in _THEIR_POSITIONS:
            renamed[_original(name, iou_depth=2 + len(layers))] = value
    return renamed


def _original(name: str, *, iou_depth: int) -> str:
    """BalSAM's authors use transformers' SAM, so that the rules for encoder and decoder are theirs."""
    part, _, rest = name.partition(".")
    if part == "vision_encoder":
        return "image_encoder." + from_authors(ENCODER + rest).removeprefix(ENCODER)
    if part == "mask_decoder":
        return "mask_decoder." + from_authors(DECODER + rest, iou_depth=iou_depth).removeprefix(DECODER)
    if part == "prompt_encoder":
        for pattern, new in _PROMPT_RULES:
            rest = re.sub(pattern, new, rest)
        return f"prompt_encoder.{rest}"
    return name
