"""The small BalSAM as a whole: centres and extents of crowns, and masks by prompt."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.balsam2.blocks import conv_norm
from training.balsam2.config import MIDDLE_DIAMETER_M, Balsam2Config
from training.balsam2.edges import Edges
from training.balsam2.encoder import Encoder
from training.segment_anything_models import modeling

_FEW_CENTRES = -3.5  # logit of the share of cells that hold a centre, at the start (Lin et al. 2017)
_START_REACH = 4.0  # cells from a centre to its box's sides, at the start
_MASK_IN = 8


@dataclass(frozen=True, slots=True)
class Encoded:
    """What a tile gives.

    Attributes:
        heat: (B, 1, h, h) logits of crown centres; h is the tile's side over `heat_stride`.
        reach: (B, 4, h, h) cells of the map from a cell's centre to the left, top, right and bottom of its box.
        embedding, dense: (B, C, h / 2, h / 2), for the decoder.
        detail: (B, D, h, h), for the edges of masks.
    """

    heat: Tensor
    reach: Tensor
    embedding: Tensor
    dense: Tensor
    detail: Tensor

    def of(self, number: int) -> "Encoded":
        """What one of the tiles gives, still as a batch."""
        one = slice(number, number + 1)
        return Encoded(self.heat[one], self.reach[one], self.embedding[one], self.dense[one], self.detail[one])


class Balsam2(nn.Module):
    """Encoder, heads for centres and boxes (Zhou et al. 2019; Liu et al. 2020), and SAM's prompt encoder and decoder.

    Elevation enters twice, as in BalSAM: with the picture, and as the decoder's dense prompt; here it is added to the
    embedding beside SAM's own dense prompt, so that a mask may still be given as a prompt.
    """

    def __init__(self, config: Balsam2Config) -> None:
        super().__init__()
        self.config = config
        self.start_reach = _START_REACH
        self.encoder = Encoder(config)
        self.drop = nn.Dropout2d(0.1)
        self.heat = nn.Sequential(conv_norm(config.detail, config.detail), nn.Conv2d(config.detail, 1, 1))
        self.reach = nn.Sequential(conv_norm(config.detail, config.detail), nn.Conv2d(config.detail, 4, 1))
        with torch.no_grad():
            for head, start in ((self.heat, _FEW_CENTRES), (self.reach, 0.0)):
                last = head[-1]
                assert isinstance(last, nn.Conv2d)
                assert last.bias is not None
                last.bias.fill_(start)
        sam = modeling()
        grid = config.tile_px // config.embedding_stride
        self.prompt_encoder = sam.PromptEncoder(
            embed_dim=config.embedding,
            image_embedding_size=(grid, grid),
            input_image_size=(config.tile_px, config.tile_px),
            mask_in_chans=_MASK_IN,
        )
        self.mask_decoder = sam.MaskDecoder(
            transformer_dim=config.embedding,
            transformer=sam.TwoWayTransformer(
                depth=2,
                embedding_dim=config.embedding,
                num_heads=config.decoder_heads,
                mlp_dim=config.decoder_mlp,
            ),
            num_multimask_outputs=3,
            iou_head_depth=3,
            iou_head_hidden_dim=config.embedding,
        )
        self.edges = Edges(config.detail, config.edges) if config.edges else None

    def encode(self, rgb: Tensor, elevation_m: Tensor) -> Encoded:
        """Look at tiles; see `Encoder.forward` for the inputs."""
        detail, embedding, dense = self.encoder(rgb, elevation_m)
        detail = self.drop(detail)
        return Encoded(self.heat(detail).float(), self.reach_of(detail), embedding, dense, detail)

    def reach_of(self, detail: Tensor) -> Tensor:
        """Reach (B, 4, h, h) of the crowns at all places, in cells of the map."""
        return torch.exp(self.reach(detail).float().clamp(-4.0, 4.0)) * self.start_reach

    def crowns_at(self, heat: Tensor, reach: Tensor) -> tuple[Tensor, Tensor]:
        """How likely a crown is centred at each place (B, 1, h, h), 0..1, and the reach of its box (B, 4, h, h).

        What the network says in logits and cells of the map, its size weighed and its box widened as the configuration
        asks: training looks at what the network says, every examination and the graphs at this.
        """
        reach = reach * self.config.reach_scale
        if self.config.size_weight == 0.0:
            return torch.sigmoid(heat), reach
        sides = torch.stack([reach[:, 0] + reach[:, 2], reach[:, 1] + reach[:, 3]], 1) * self.config.heat_stride
        diameters = torch.log(sides * (self.config.gsd_m / MIDDLE_DIAMETER_M)).mean(1, keepdim=True)
        return torch.sigmoid(heat + self.config.size_weight * diameters), reach

    def extent(self, reach: Tensor) -> Tensor:
        """The same in input cells, on the cells of the embedding: (B, 4, h / 2, h / 2)."""
        return functional.avg_pool2d(reach, 2) * self.config.heat_stride

    def with_edges(self, masks: Tensor, detail: Tensor) -> Tensor:
        """Masks (n, M, m, m) as logits, their edges drawn on the features (1, D, h, h) of their tile."""
        if self.edges is None:
            return masks
        # Not in bfloat16: oneDNN's convolutions of so few channels then read beyond their tensors (NaN, or a crash).
        with torch.autocast(masks.device.type, enabled=False):
            return masks + self.edges(detail.float(), masks)

    def sparse(self, places: Tensor, labels: Tensor) -> Tensor:
        """Prompt tokens (n, P, C) of points (n, P, 2) in input cells; labels (n, P) as in the prompt graph."""
        encoder = self.prompt_encoder
        vectors = torch.cat([part.weight for part in encoder.point_embeddings])
        kinds = torch.arange(len(vectors), dtype=labels.dtype, device=labels.device)
        chosen = (labels[..., None] == kinds).to(vectors.dtype)
        is_point = chosen.sum(-1, keepdim=True)
        coded = encoder.pe_layer._pe_encoding(places / self.config.tile_px)
        return coded * is_point + chosen @ vectors + (1.0 - is_point) * encoder.not_a_point_embed.weight


def boxes_of(reach: Tensor, stride: int) -> Tensor:
    """Boxes (B, 4, H, W) x0, y0, x1, y1 in input cells, from the reach of every cell of the map."""
    rows = torch.arange(reach.shape[2], device=reach.device, dtype=reach.dtype) + 0.5
    columns = torch.arange(reach.shape[3], device=reach.device, dtype=reach.dtype) + 0.5
    y, x = torch.meshgrid(rows, columns, indexing="ij")
    return stride * torch.stack([x - reach[:, 0], y - reach[:, 1], x + reach[:, 2], y + reach[:, 3]], 1)
