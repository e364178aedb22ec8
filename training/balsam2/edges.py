"""Draws the edges of masks on the finest features: the decoder's own masks see nothing smaller than four cells."""

import torch
from torch import Tensor, nn
from torch.nn import functional

_REACHES = (1, 2, 4)  # dilations: together they see 14 cells of the features to either side
_LOGITS = 4.0  # of a mask's middle, see `prior_logits`


class Edges(nn.Module):
    """What a mask lacks, from its own shape and the features under it; starts as nothing.

    SAM's decoder draws masks from an embedding of a quarter of the input's cells, which at 0.2 m are 0.8 m: its edges
    are those of the oval that it began with. Finer features beside the decoder, as in HQ-SAM (Ke et al. 2023), let an
    edge lie where the picture has one.
    """

    def __init__(self, detail: int, channels: int) -> None:
        super().__init__()
        self.look = nn.Conv2d(detail, channels, 1)
        self.shape = nn.Conv2d(1, channels, 1, bias=False)
        self.layers = nn.ModuleList(
            nn.Conv2d(channels, channels, 3, padding=reach, dilation=reach) for reach in _REACHES
        )
        self.draw = nn.Conv2d(channels, 4, 1)
        nn.init.zeros_(self.draw.weight)
        assert self.draw.bias is not None
        nn.init.zeros_(self.draw.bias)

    def forward(self, detail: Tensor, masks: Tensor) -> Tensor:
        """Logits (n, 1, 2h, 2w) to add to all masks of n crowns.

        Args:
            detail: (1, D, h, w) of the picture that all of them are in.
            masks: (n, M, 2h, 2w) logits; the first of each crown is looked at.
        """
        coarse = functional.avg_pool2d(masks[:, :1], 2) / _LOGITS
        x = functional.gelu(self.look(detail) + self.shape(coarse))
        for layer in self.layers:
            x = functional.gelu(layer(x))
        drawn: Tensor = functional.pixel_shuffle(self.draw(x), 2)
        return drawn


def fresh(edges: Edges, seed: int = 0) -> Edges:
    """The same with weights that depend on nothing but the seed."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        for layer in (edges.look, edges.shape, *edges.layers):
            assert isinstance(layer, nn.Conv2d)
            layer.reset_parameters()
    return edges
