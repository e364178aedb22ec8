"""Sizes and switches of the small BalSAM."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

from inference.errors import InputError

ElevationScaling = Literal["canopy", "tile-max", "none"]

MIDDLE_DIAMETER_M = 3.5
"""Crowns of this diameter keep their score, whatever the size weighs."""

_STEM_STRIDES = (2, 4)


@dataclass(frozen=True, slots=True)
class Balsam2Config:
    """What a checkpoint's tensors cannot tell.

    Attributes:
        tile_px: side of the square input, a multiple of `coarsest_stride`.
        gsd_m: cell of the input; finer pictures are averaged, coarser ones magnified.
        stem_stride: input cells per cell of the first stage, 2 or 4; 4 with cells half the size sees finer texture of
            the same ground for little more work.
        stem: channels of the first of two convolutions where the stem's stride is 4.
        widths: channels of the four stages, each half as fine as the one before.
        depths: residual blocks of each.
        detail: channels of the map that centres are read from.
        embedding: channels of the embedding, and of the prompt tokens of the decoder.
        decoder_heads, decoder_mlp: of the two-way transformer.
        elevation: "canopy" gives height above ground and its difference from the neighbourhood, both free of any
            datum; "tile-max" divides by the tile's highest value as the authors do; "none" never reads elevation.
        edges: channels of the layers that draw edges of masks on the finest features; 0 leaves the masks alone.
        drop_path: share of residual branches left out while training, growing with depth.
        size_weight: what a crown's size adds to the logit of its score, per natural logarithm of its diameter over
            `MIDDLE_DIAMETER_M`. A map of centres that learned from few plots is too sure of small crowns: of those as
            likely, people had outlined the larger ones more often, on every site.
        reach_scale: boxes are so much larger than the network says: learned from clean edges, it stops short of them.
    """

    tile_px: int = 256
    gsd_m: float = 0.2
    stem_stride: int = 2
    stem: int = 24
    widths: tuple[int, int, int, int] = (32, 64, 128, 192)
    depths: tuple[int, int, int, int] = (1, 2, 3, 3)
    detail: int = 64
    embedding: int = 64
    decoder_heads: int = 4
    decoder_mlp: int = 256
    elevation: ElevationScaling = "canopy"
    edges: int = 0
    drop_path: float = 0.1
    size_weight: float = 0.0
    reach_scale: float = 1.0

    def __post_init__(self) -> None:
        """Refuse sizes that do not fit together."""
        if self.stem_stride not in _STEM_STRIDES:
            raise InputError("balsam2.stem", "A stem of stride {stride} is not known.", stride=self.stem_stride)
        if self.tile_px <= 0 or self.tile_px % self.coarsest_stride:
            raise InputError(
                "balsam2.tile",
                "A tile of {tile_px} cells cannot be used: the side must be a multiple of {multiple}.",
                tile_px=self.tile_px,
                multiple=self.coarsest_stride,
            )
        if self.elevation not in get_args(ElevationScaling):
            raise InputError("balsam2.elevation", "There is no elevation scaling {name}.", name=self.elevation)

    @property
    def heat_stride(self) -> int:
        """Input cells per cell of the map of centres."""
        return self.stem_stride

    @property
    def embedding_stride(self) -> int:
        """Input cells per cell of the embedding."""
        return 2 * self.stem_stride

    @property
    def mask_stride(self) -> int:
        """Input cells per cell of the decoder's masks, which are four times as fine as the embedding."""
        return self.stem_stride // 2

    @property
    def coarsest_stride(self) -> int:
        """Input cells per cell of the last stage."""
        return 8 * self.stem_stride

    def as_json(self) -> dict[str, Any]:
        """Field by field, for a checkpoint."""
        return asdict(self)

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> "Balsam2Config":
        """The other way round.

        Raises:
            InputError: an unknown field.
        """
        names = {part.name for part in fields(cls)}
        unknown = sorted(set(found) - names)
        if unknown:
            raise InputError("balsam2.config", "A small BalSAM has no setting {name}.", name=unknown[0])
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in found.items()
        }
        return cls(**values)
