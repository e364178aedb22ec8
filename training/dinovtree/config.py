"""Sizes of a DINOvTree network: the backbones by name, and what the shapes of a checkpoint's tensors tell."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from inference.errors import ModelError

Kind = Literal["dinov3", "dinov2"]
Shapes = Mapping[str, tuple[int, ...]]

CROSS_ATTENTION_HEADS = 8  # for every width
SMALL_STRIDE = 16  # of the small encoder's map
HEAD_DIM = 64  # of all published DINOv2 and DINOv3 networks up to ViT-L


@dataclass(frozen=True, slots=True)
class BackboneConfig:
    """A vision transformer of the DINOv2 or DINOv3 family with a plain MLP.

    Attributes:
        kind: which rules hold for positions, epsilon and the key bias.
        dim: width of a token.
        depth: transformer blocks.
        heads: of self-attention.
        registers: tokens without a place ("storage tokens" of DINOv3, "register tokens" of DINOv2).
        hidden: width inside the MLPs.
        patch_px: side of a patch.
        position_grid: side of the learned grid of positions (DINOv2 only, 37 at 518 px).
        rope_base: base of the rotary periods (DINOv3 only).
    """

    kind: Kind
    dim: int
    depth: int
    heads: int
    registers: int
    hidden: int
    patch_px: int
    position_grid: int = 37
    rope_base: float = 100.0

    @property
    def norm_eps(self) -> float:
        """Epsilon of every LayerNorm of the backbone; the two families differ."""
        return 1e-5 if self.kind == "dinov3" else 1e-6


@dataclass(frozen=True, slots=True)
class SmallConfig:
    """Sizes of the convolutional encoder.

    Attributes:
        widths: channels at strides 4, 8 and 16; the last is the width of a token, a multiple of 8.
        depths: residual blocks of each.
        stem: channels at stride 2.
        drop: how often the branch of a block is left out in training, rising to this at the last one.
    """

    widths: tuple[int, int, int] = (48, 96, 192)
    depths: tuple[int, int, int] = (2, 2, 2)
    stem: int = 24
    drop: float = 0.1

    @property
    def dim(self) -> int:
        """Width of a token."""
        return self.widths[-1]

    @property
    def patch_px(self) -> int:
        """Side of what one token of the map stands for."""
        return SMALL_STRIDE


@dataclass(frozen=True, slots=True)
class DinovtreeConfig:
    """Backbone and number of classes; everything else follows from them."""

    backbone: BackboneConfig | SmallConfig
    classes: int

    @property
    def transformer(self) -> BackboneConfig:
        """The backbone of a network that is known to have none of our own."""
        assert isinstance(self.backbone, BackboneConfig)
        return self.backbone


def _named() -> dict[str, BackboneConfig]:
    sizes = {"s": (384, 12), "b": (768, 12), "l": (1024, 24)}
    found = {}
    for letter, (dim, depth) in sizes.items():
        heads, hidden = dim // HEAD_DIM, 4 * dim
        found[f"dinov3_vit{letter}16"] = BackboneConfig("dinov3", dim, depth, heads, 4, hidden, 16)
        for registers, ending in ((0, ""), (4, "_reg4")):
            found[f"dinov2_vit{letter}14{ending}"] = BackboneConfig("dinov2", dim, depth, heads, registers, hidden, 14)
    return found


BACKBONES: Mapping[str, BackboneConfig] = _named()


def backbone_named(name: str) -> BackboneConfig:
    """Sizes of a published backbone.

    Raises:
        ModelError: no such name.
    """
    if name not in BACKBONES:
        raise ModelError(
            "dinovtree.backbone_unknown",
            "There is no backbone called {name}. Choose one of: {names}.",
            name=name,
            names=", ".join(BACKBONES),
        )
    return BACKBONES[name]


def name_of(config: BackboneConfig | SmallConfig) -> str:
    """Published name of these sizes; "dinov3 64x3" for others, "convolutions 48-96-192" for the small encoder."""
    if isinstance(config, SmallConfig):
        return f"convolutions {'-'.join(map(str, config.widths))}"
    for name, known in BACKBONES.items():
        if known == config:
            return name
    return f"{config.kind} {config.dim}x{config.depth}"


def backbone_of_shapes(shapes: Shapes) -> BackboneConfig:
    """Sizes of a backbone from the shapes of its tensors, named as in the published files without a prefix.

    The number of heads follows from the rotary periods (DINOv3: a quarter of the head's width) or is the one that
    all published DINOv2 networks have (64 a head).

    Raises:
        ModelError: what all backbones have is missing or has an impossible shape; networks with SwiGLU.
    """
    if any(".mlp.w" in name for name in shapes):
        raise ModelError(
            "dinovtree.swiglu",
            "This backbone has SwiGLU layers (ViT-S+, H+, g or 7B). BirchTree reads the plain S, B and L networks; "
            "use one of those.",
        )
    dim, channels, patch_px, _ = shape_of(shapes, "patch_embed.proj.weight", 4)
    if channels != 3:
        raise _odd("patch_embed.proj.weight", shapes)
    blocks = {int(name.split(".")[1]) for name in shapes if name.startswith("blocks.") and name.split(".")[1].isdigit()}
    depth = len(blocks)
    if not depth or max(blocks) >= depth:
        raise missing([f"blocks.{next(number for number in range(depth + 1) if number not in blocks)}"])
    hidden = shape_of(shapes, "blocks.0.mlp.fc1.weight", 2)[0]
    if "rope_embed.periods" in shapes or "storage_tokens" in shapes:
        periods = shape_of(shapes, "rope_embed.periods", 1)[0]
        registers = shape_of(shapes, "storage_tokens", 3)[1]
        if not periods or dim % (4 * periods):
            raise _odd("rope_embed.periods", shapes)
        return BackboneConfig("dinov3", dim, depth, dim // (4 * periods), registers, hidden, patch_px)
    places = shape_of(shapes, "pos_embed", 3)[1] - 1
    side = round(max(places, 0) ** 0.5)
    if side * side != places or not places:
        raise _odd("pos_embed", shapes)
    if dim % HEAD_DIM:
        raise _odd("patch_embed.proj.weight", shapes)
    registers = shape_of(shapes, "register_tokens", 3)[1] if "register_tokens" in shapes else 0
    return BackboneConfig("dinov2", dim, depth, dim // HEAD_DIM, registers, hidden, patch_px, position_grid=side)


def missing(names: list[str]) -> ModelError:
    """The error for tensors that a DINOvTree file must have."""
    return ModelError(
        "dinovtree.keys_missing",
        "This is not a complete DINOvTree checkpoint: it lacks {names}. Get the file again, or check that it is the "
        "one that DINOvTree's authors or BirchTree's training wrote.",
        names=", ".join(names),
    )


def shape_of(shapes: Shapes, name: str, ndim: int) -> tuple[int, ...]:
    """The shape of a tensor that must be there and have so many dimensions.

    Raises:
        ModelError: it is missing, or has others.
    """
    if name not in shapes:
        raise missing([name])
    if len(shapes[name]) != ndim:
        raise _odd(name, shapes)
    return shapes[name]


def _odd(name: str, shapes: Shapes) -> ModelError:
    return ModelError(
        "dinovtree.shape",
        "The tensor {name} of this checkpoint has the shape {shape}, which no DINOvTree network has. Get the file "
        "again, or check that it is a DINOvTree checkpoint.",
        name=name,
        shape="x".join(map(str, shapes[name])) or "a single number",
    )
