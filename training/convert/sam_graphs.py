"""SAM's encoder and prompt as modules that a graph of fixed form can hold; BalSAM's masks use the same decoder."""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.convert.preprocess import Normalise


class EncoderGraph(nn.Module):
    """rgb (1,3,T,T) of 0..255 -> embedding (1,C,h,w)."""

    def __init__(self, encoder: nn.Module, normalise: Normalise) -> None:
        super().__init__()
        self.normalise, self.encoder = normalise, encoder

    def forward(self, rgb: Tensor) -> Tensor:
        """The image embedding."""
        return self.encoder(self.normalise(rgb))


class PromptGraph(nn.Module):
    """An embedding, and n prompts of P points each -> all of SAM's masks for each prompt.

    SAM's prompt encoder picks points by boolean masks, which no graph of fixed form can; here each label has its vector
    in a table (row 0: no point, then exclude, include, first and second corner of a box).
    """

    def __init__(self, prompt_encoder: Any, mask_decoder: Any, tile_px: int) -> None:
        super().__init__()
        self.position = prompt_encoder.pe_layer
        self.masks_in, self.decoder, self.tile_px = prompt_encoder.mask_downscaling, mask_decoder, tile_px
        vectors = [prompt_encoder.not_a_point_embed.weight, *(part.weight for part in prompt_encoder.point_embeddings)]
        self.register_buffer("label_vectors", torch.cat(vectors).detach().clone())
        no_mask = prompt_encoder.no_mask_embed.weight.detach().reshape(1, -1, 1, 1).clone()
        self.register_buffer("no_mask", no_mask)
        self.register_buffer("image_position", prompt_encoder.get_dense_pe().detach().clone())

    label_vectors: Tensor
    no_mask: Tensor
    image_position: Tensor

    def forward(
        self, embedding: Tensor, point_coords: Tensor, point_labels: Tensor, mask_input: Tensor, has_mask: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Masks (n,M,4h,4w) as logits and their predicted IoU (n,M); the single mask first, then the three."""
        # A point lies in the middle of its pixel, a box corner too.
        places = self.position._pe_encoding((point_coords + 0.5) / self.tile_px)
        # A label that is no whole number or unknown counts as padding.
        known = torch.arange(self.label_vectors.shape[0] - 1, dtype=point_labels.dtype)
        chosen = (point_labels[..., None] == known).to(places.dtype)
        is_point = chosen.sum(dim=-1, keepdim=True)
        points = places * is_point + chosen @ self.label_vectors[1:] + (1.0 - is_point) * self.label_vectors[0]
        asked = has_mask.reshape(-1, 1, 1, 1)
        dense = asked * self.masks_in(mask_input) + (1.0 - asked) * self.no_mask
        return decode(self.decoder, embedding, self.image_position, points, dense)


def decode(decoder: Any, embedding: Tensor, position: Tensor, sparse: Tensor, dense: Tensor) -> tuple[Tensor, Tensor]:
    """SAM's mask decoder for n prompts on one image, the image shared instead of copied for each where that is exact.

    Args:
        decoder: `segment_anything.modeling.MaskDecoder`.
        embedding, position: (1,C,h,w).
        sparse: (n,P,C) prompt tokens.
        dense: (n or 1,C,h,w) dense prompts.

    Returns:
        Masks (n,M,4h,4w) as logits, and IoU (n,M).
    """
    count = sparse.shape[0]
    own = torch.cat([decoder.iou_token.weight, decoder.mask_tokens.weight], dim=0)
    tokens = torch.cat([own.unsqueeze(0).expand(count, -1, -1), sparse], dim=1)
    image = (embedding + dense).expand(count, -1, -1, -1)
    rows, columns = embedding.shape[-2:]
    states, image = decoder.transformer(image, position, tokens)
    heads = [head(states[:, 1 + i, :]) for i, head in enumerate(decoder.output_hypernetworks_mlps)]
    masks = _fine_masks(decoder.output_upscaling, image, torch.stack(heads, dim=1), rows, columns)
    return masks, decoder.iou_prediction_head(states[:, 0, :])


def _fine_masks(upscaling: Any, image: Tensor, weights: Tensor, rows: int, columns: int) -> Tensor:
    """SAM's upscaling by 4 and the masks that `weights` make of it, without ever leaving the order of tokens.

    A transposed convolution of 2 x 2 with stride 2 is a linear layer for each cell; as such it needs no change of
    layout, which takes an eighth off a click (docs/performance.md, "Clicks").

    Args:
        upscaling: `output_upscaling` of SAM's decoder.
        image: (n, rows * columns, C).
        weights: (n, M, C / 8), of the hypernetworks.
        rows, columns: of the embedding.

    Returns:
        Masks (n, M, 4 * rows, 4 * columns) as logits.
    """
    first, norm, activation, second, last_activation = upscaling
    fine = _four_each(first, image)
    fine = activation(functional.layer_norm(fine, (fine.shape[-1],), norm.weight, norm.bias, norm.eps))
    fine = last_activation(_four_each(second, fine)).flatten(1, 3)
    masks = weights @ fine.transpose(1, 2)
    # Row, column, then the place in each doubling: rows and columns belong together again.
    apart = masks.reshape(-1, weights.shape[1], rows, columns, 2, 2, 2, 2)
    return apart.permute(0, 1, 2, 4, 6, 3, 5, 7).reshape(-1, weights.shape[1], 4 * rows, 4 * columns)


def _four_each(layer: Any, cells: Tensor) -> Tensor:
    """(..., C) to (..., 4, C'), what a transposed convolution makes of each cell, row by row."""
    kernel = layer.weight.permute(0, 2, 3, 1).reshape(layer.weight.shape[0], -1)
    return (cells @ kernel + layer.bias.repeat(4)).unflatten(-1, (4, -1))
