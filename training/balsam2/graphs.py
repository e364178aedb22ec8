"""The small BalSAM as three graphs: what runs once per tile, what finds centres, what outlines prompts."""

import torch
from torch import Tensor, nn

from training.balsam2.model import Balsam2
from training.balsam2.prior import prior_logits
from training.convert.sam_graphs import decode


class EncoderGraph(nn.Module):
    """Picture and elevation to the features of a tile; the dense prompt is already in the embedding."""

    def __init__(self, model: Balsam2) -> None:
        super().__init__()
        self.model, self.encoder = model, model.encoder
        self.reach = model.reach

    def forward(self, rgb: Tensor, elevation: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Detail (1, D, h, h), embedding (1, C, h / 2, h / 2) and extent (1, 4, h / 2, h / 2) of a tile.

        The extent tells how far the crown at a place reaches, in input cells: a click begins with it. The tile is
        (1, 3, T, T) of 0..255 and (1, 1, T, T) metres, -1 where unknown. SAM's decoder adds the dense prompt to the
        embedding and uses neither alone, so their sum says everything.
        """
        detail, embedding, dense = self.encoder(rgb, elevation)
        return detail, embedding + dense, self.model.extent(self.model.reach_of(detail))


class BoxesGraph(nn.Module):
    """Where crowns are centred, and how far each reaches; a click does not need it."""

    def __init__(self, model: Balsam2) -> None:
        super().__init__()
        self.model, self.heat, self.reach = model, model.heat, model.reach

    def forward(self, detail: Tensor) -> tuple[Tensor, Tensor]:
        """Detail to centres (1, 1, h, w) 0..1 and reach (1, 4, h, w) left, top, right, bottom in cells of the map."""
        return self.model.crowns_at(self.heat(detail), self.model.reach_of(detail))


class PromptGraph(nn.Module):
    """An embedding with its extents, and n prompts of P points each -> all four masks for each prompt.

    A model that draws edges takes the tile's detail as well, as its last input.
    """

    def __init__(self, model: Balsam2) -> None:
        super().__init__()
        encoder = model.prompt_encoder
        self.position, self.decoder, self.tile_px = encoder.pe_layer, model.mask_decoder, model.config.tile_px
        self.edges = model.edges
        vectors = [encoder.not_a_point_embed.weight, *(part.weight for part in encoder.point_embeddings)]
        self.register_buffer("label_vectors", torch.cat(vectors).detach().clone())
        self.register_buffer("no_mask", encoder.no_mask_embed.weight.detach().reshape(1, -1, 1, 1).clone())
        self.register_buffer("image_position", encoder.get_dense_pe().detach().clone())

    label_vectors: Tensor
    no_mask: Tensor
    image_position: Tensor

    def forward(
        self,
        embedding: Tensor,
        extent: Tensor,
        point_coords: Tensor,
        point_labels: Tensor,
        mask_input: Tensor,
        has_mask: Tensor,
        detail: Tensor | None = None,
    ) -> tuple[Tensor, Tensor]:
        """Masks (n, 4, 4h, 4w) as logits and their predicted IoU (n, 4); coordinates as in SAM's own prompt graph."""
        places = point_coords + 0.5  # a point lies in the middle of its pixel
        coded = self.position._pe_encoding(places / self.tile_px)
        known = torch.arange(self.label_vectors.shape[0] - 1, dtype=point_labels.dtype)
        chosen = (point_labels[..., None] == known).to(coded.dtype)
        is_point = chosen.sum(dim=-1, keepdim=True)
        tokens = coded * is_point + chosen @ self.label_vectors[1:] + (1.0 - is_point) * self.label_vectors[0]
        masks, iou = decode(self.decoder, embedding, self.image_position, tokens, self.no_mask)
        masks = masks + prior_logits(places, point_labels, extent, mask_input, has_mask, self.tile_px)
        if self.edges is not None and detail is not None:
            masks = masks + self.edges(detail, masks)
        return masks, iou
