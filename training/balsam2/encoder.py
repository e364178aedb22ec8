"""Picture and elevation to features: the part of the small BalSAM that runs once per tile or view."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.balsam2.blocks import Residual, conv_norm, twice
from training.balsam2.config import Balsam2Config
from training.segment_anything_models import PIXEL_MEAN, PIXEL_STD

_RELIEF_CELLS = 4  # relief is measured on cells of this many elevation cells ...
_RELIEF_REACH = 11  # ... against the mean of this many of them, about 9 m at 0.2 m
_LATERAL = 128
_MIDDLE = 96


class ElevationInput(nn.Module):
    """Elevation as three planes that no vertical datum changes: height, relief, and where both are known.

    Height is log(1 + canopy height), so that a shrub and a 60 m fir fit one scale; relief is the difference from the
    mean of the surrounding 9 m, which is what outlines a crown. With "tile-max" the planes hold what the authors'
    BalSAM sees, the value over the tile's largest, for the ablation.
    """

    def __init__(self, config: Balsam2Config) -> None:
        super().__init__()
        self.scaling = config.elevation
        self.cells = config.stem_stride // 2

    def forward(self, elevation_m: Tensor) -> Tensor:
        """(B, 1, T, T) metres above ground, -1 where unknown, to (B, 3, t, t), t two cells for each of the stem's."""
        is_known = elevation_m >= 0.0
        # Chosen, not multiplied: a NaN, which no host should send, is then unknown too.
        share, sums = is_known.to(elevation_m.dtype), torch.where(is_known, elevation_m, 0.0)
        if self.cells > 1:
            share, sums = (functional.avg_pool2d(plane, self.cells) for plane in (share, sums))
        height = sums / share.clamp_min(0.25)
        known = (share > 0.25).to(height.dtype)
        height = height * known
        if self.scaling == "tile-max":
            scaled = height / height.amax((1, 2, 3), keepdim=True).clamp_min(1e-3)
            return torch.cat([scaled, torch.zeros_like(scaled), known], 1)
        mean = _around(height) / _around(known).clamp_min(1e-3)
        relief = height - functional.interpolate(
            mean, scale_factor=float(_RELIEF_CELLS), mode="bilinear", align_corners=False
        )
        return torch.cat([torch.log1p(height) / 2.0 - 0.5 * known, relief * known / 5.0, known], 1)


def _around(x: Tensor) -> Tensor:
    """Mean over the neighbourhood, on coarse cells."""
    coarse = functional.avg_pool2d(x, _RELIEF_CELLS, _RELIEF_CELLS)
    return functional.avg_pool2d(coarse, _RELIEF_REACH, 1, _RELIEF_REACH // 2, count_include_pad=False)


class Encoder(nn.Module):
    """A residual network over picture plus elevation, and a top-down path back to the first stage's cells."""

    def __init__(self, config: Balsam2Config) -> None:
        super().__init__()
        first, widths = config.widths[0], config.widths
        self.register_buffer("mean", torch.tensor(PIXEL_MEAN).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(PIXEL_STD).view(1, 3, 1, 1), persistent=False)
        self.picture: nn.Module = nn.Conv2d(3, first, 5, stride=2, padding=2)
        if config.stem_stride > 2:
            self.picture = nn.Sequential(
                *conv_norm(3, config.stem, 5, 2), nn.Conv2d(config.stem, first, 3, stride=2, padding=1)
            )
        self.uses_elevation = config.elevation != "none"
        if self.uses_elevation:
            self.elevation_input = ElevationInput(config)
            self.elevation = nn.Conv2d(3, first, 5, stride=2, padding=2)
            # What stands in where a tile has no elevation: trained by leaving elevation out now and then.
            self.no_elevation = nn.Parameter(torch.zeros(1, first, 1, 1))
            self.dense = nn.Conv2d(first, config.embedding, 3, stride=2, padding=1)
        self.norm = nn.BatchNorm2d(first)
        self.stages = nn.ModuleList(_stages(config))
        half = widths[3] // 2
        self.context = nn.Sequential(
            *conv_norm(widths[3], half, 1),
            nn.Conv2d(half, half, 3, padding=2, dilation=2, bias=False),
            nn.BatchNorm2d(half),
            nn.ReLU(inplace=True),
            *conv_norm(half, widths[3], 1),
        )
        self.lateral = nn.ModuleList(
            conv_norm(inputs, outputs, 1)
            for inputs, outputs in zip(widths, (config.detail, _MIDDLE, _LATERAL, _LATERAL), strict=True)
        )
        self.merge16 = conv_norm(_LATERAL, _MIDDLE)
        self.merge8 = conv_norm(_MIDDLE, config.detail)
        self.merge4 = conv_norm(config.detail, config.detail)
        self.to_embedding = nn.Conv2d(config.detail, config.embedding, 1)

    mean: Tensor
    std: Tensor

    def forward(self, rgb: Tensor, elevation_m: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Features of a tile.

        Args:
            rgb: (B, 3, T, T) 0..255.
            elevation_m: (B, 1, T, T) canopy height in metres, -1 where unknown; a tile of which less than a twentieth
                is known counts as one without elevation.

        Returns:
            detail (B, detail, h, h), h being T over the stem's stride; embedding and dense prompt (B, embedding, h / 2,
            h / 2).
        """
        x = self.picture((rgb - self.mean) / self.std)
        from_elevation = None
        if self.uses_elevation:
            planes = self.elevation_input(elevation_m)
            there = (planes[:, 2:].mean((1, 2, 3), keepdim=True) > 0.05).to(x.dtype)
            from_elevation = there * self.elevation(planes) + (1.0 - there) * self.no_elevation
            x = x + from_elevation
        x = functional.relu(self.norm(x))
        features = []
        for stage in self.stages:
            x = stage(x)
            features.append(x)
        return self._top_down(features, from_elevation)

    def _top_down(self, features: list[Tensor], from_elevation: Tensor | None) -> tuple[Tensor, Tensor, Tensor]:
        coarsest = features[3] + self.context(features[3])
        at16 = self.merge16(twice(self.lateral[3](coarsest)) + self.lateral[2](features[2]))
        at8 = self.merge8(twice(at16) + self.lateral[1](features[1]))
        detail = self.merge4(twice(at8) + self.lateral[0](features[0]))
        embedding = self.to_embedding(at8)
        dense = torch.zeros_like(embedding) if from_elevation is None else self.dense(from_elevation)
        return detail, embedding, dense


def _stages(config: Balsam2Config) -> list[nn.Module]:
    stages: list[nn.Module] = []
    inputs = config.widths[0]
    for level, (width, depth) in enumerate(zip(config.widths, config.depths, strict=True)):
        blocks = []
        for block in range(depth):
            stride = 2 if level > 0 and block == 0 else 1
            blocks.append(Residual(inputs, width, stride=stride, drop_path=config.drop_path * level / 3.0))
            inputs = width
        stages.append(nn.Sequential(*blocks))
    return stages
