"""Builds Segment Anything models of any size from the package segment-anything, without torchvision."""

import importlib
import sys
import types
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from types import ModuleType
from typing import Any

import torch
from torch import Tensor, nn

from inference.errors import ModelError

_PACKAGE = "segment_anything"
PIXEL_MEAN = (123.675, 116.28, 103.53)
PIXEL_STD = (58.395, 57.12, 57.375)


def modeling() -> ModuleType:
    """The module `segment_anything.modeling`.

    The package's own `__init__` imports its predictor and with it torchvision, whose wheels do not load beside torch
    for the CPU. So an empty package is put in its place whose `__path__` still leads to the real files.

    Raises:
        ModelError: the package is not installed.
    """
    if _PACKAGE not in sys.modules:
        spec = find_spec(_PACKAGE)
        if spec is None or not spec.submodule_search_locations:
            raise ModelError(
                "training.not_installed",
                "The package segment-anything is not installed, which models with SAM's encoder are built from. "
                "Install BirchTree's training parts: make setup-all",
            )
        package = types.ModuleType(_PACKAGE)
        package.__path__ = list(spec.submodule_search_locations)
        package.__spec__ = spec  # or find_spec would call the package broken from here on
        sys.modules[_PACKAGE] = package
    return importlib.import_module(f"{_PACKAGE}.modeling")


@dataclass(frozen=True, slots=True)
class SamConfig:
    """Sizes of a SAM.

    Attributes:
        tile_px: side of the square input.
        width, depth, heads: of the image encoder; `mlp_width` of its blocks' inner layer.
        window: side of the attention windows in patches; the blocks in `global_blocks` attend to everything.
        out: channels of the embedding and of the prompt tokens.
        decoder_depth, decoder_heads, decoder_mlp_width, decoder_downsample: of the two-way transformer.
        iou_width, iou_depth: of the head that predicts the masks' IoU.
        mask_tokens: masks that the decoder makes (one single, then the ambiguous ones).
        mask_in: channels of the first layers that read a mask prompt.
    """

    tile_px: int = 1024
    patch_px: int = 16
    width: int = 768
    depth: int = 12
    heads: int = 12
    mlp_width: int = 3072
    window: int = 14
    global_blocks: tuple[int, ...] = (2, 5, 8, 11)
    out: int = 256
    relative_positions: bool = True
    absolute_positions: bool = True
    epsilon: float = 1e-6
    decoder_depth: int = 2
    decoder_heads: int = 8
    decoder_mlp_width: int = 2048
    decoder_downsample: int = 2
    iou_width: int = 256
    iou_depth: int = 3
    mask_tokens: int = 4
    mask_in: int = 16

    @property
    def grid(self) -> int:
        """Patches along a side."""
        return self.tile_px // self.patch_px


VIT_B = SamConfig()


def build_encoder(config: SamConfig) -> nn.Module:
    """SAM's image encoder: (B,3,T,T) normalised -> (B,out,grid,grid), float32."""
    return modeling().ImageEncoderViT(
        img_size=config.tile_px,
        patch_size=config.patch_px,
        embed_dim=config.width,
        depth=config.depth,
        num_heads=config.heads,
        # The package takes int(width * ratio), which may lose one to rounding.
        mlp_ratio=(config.mlp_width + 0.5) / config.width,
        out_chans=config.out,
        qkv_bias=True,
        norm_layer=partial(nn.LayerNorm, eps=config.epsilon),
        use_abs_pos=config.absolute_positions,
        use_rel_pos=config.relative_positions,
        window_size=config.window,
        global_attn_indexes=config.global_blocks,
    )


def build_decoder(config: SamConfig) -> nn.Module:
    """SAM's mask decoder."""
    parts = modeling()
    transformer = parts.TwoWayTransformer(
        depth=config.decoder_depth,
        embedding_dim=config.out,
        num_heads=config.decoder_heads,
        mlp_dim=config.decoder_mlp_width,
        attention_downsample_rate=config.decoder_downsample,
    )
    return parts.MaskDecoder(
        num_multimask_outputs=config.mask_tokens - 1,
        transformer=transformer,
        transformer_dim=config.out,
        iou_head_depth=config.iou_depth,
        iou_head_hidden_dim=config.iou_width,
    )


def build_prompt_encoder(config: SamConfig) -> nn.Module:
    """SAM's prompt encoder."""
    return modeling().PromptEncoder(
        embed_dim=config.out,
        image_embedding_size=(config.grid, config.grid),
        input_image_size=(config.tile_px, config.tile_px),
        mask_in_chans=config.mask_in,
    )


def build_sam(config: SamConfig) -> Any:
    """A whole `segment_anything.modeling.Sam` in evaluation mode, random weights."""
    sam = modeling().Sam(
        image_encoder=build_encoder(config),
        prompt_encoder=build_prompt_encoder(config),
        mask_decoder=build_decoder(config),
        pixel_mean=list(PIXEL_MEAN),
        pixel_std=list(PIXEL_STD),
    )
    return sam.eval()


def sam_config_of(tensors: Mapping[str, Tensor]) -> SamConfig:
    """The sizes of the SAM that the tensors belong to.

    Width, depth, tile size and windows are read off the shapes; the number of heads too, from the relative position
    codes; `decoder_heads` cannot be told and is taken as SAM's 8.

    Raises:
        ModelError: the tensors are not those of a SAM with a ViT encoder.
    """
    try:
        width = tensors["image_encoder.patch_embed.proj.weight"].shape[0]
        patch_px = tensors["image_encoder.patch_embed.proj.weight"].shape[-1]
        grid = tensors["image_encoder.pos_embed"].shape[1]
        head_width = tensors["image_encoder.blocks.0.attn.rel_pos_h"].shape[1]
        blocks = {int(name.split(".")[2]) for name in tensors if name.startswith("image_encoder.blocks.")}
        spans = [tensors[f"image_encoder.blocks.{i}.attn.rel_pos_h"].shape[0] for i in sorted(blocks)]
        transformer = "mask_decoder.transformer.layers"
        out = tensors["mask_decoder.iou_token.weight"].shape[1]
        cross = tensors[f"{transformer}.0.cross_attn_token_to_image.q_proj.weight"].shape[0]
        windows = [span for span in spans if span != 2 * grid - 1]
        return SamConfig(
            tile_px=grid * patch_px,
            patch_px=patch_px,
            width=width,
            depth=len(blocks),
            heads=width // head_width,
            mlp_width=tensors["image_encoder.blocks.0.mlp.lin1.weight"].shape[0],
            window=(windows[0] + 1) // 2 if windows else grid,
            global_blocks=tuple(i for i, span in enumerate(spans) if span == 2 * grid - 1),
            out=out,
            decoder_depth=len({name.split(".")[3] for name in tensors if name.startswith(f"{transformer}.")}),
            decoder_mlp_width=tensors[f"{transformer}.0.mlp.lin1.weight"].shape[0],
            decoder_downsample=out // cross,
            iou_width=tensors["mask_decoder.iou_prediction_head.layers.0.weight"].shape[0],
            iou_depth=sum(
                name.startswith("mask_decoder.iou_prediction_head.") and name.endswith("weight") for name in tensors
            ),
            mask_tokens=tensors["mask_decoder.mask_tokens.weight"].shape[0],
            mask_in=tensors["prompt_encoder.mask_downscaling.3.weight"].shape[0],
        )
    except (KeyError, IndexError, ValueError, ZeroDivisionError) as error:
        raise _does_not_fit(f"{error.args[0] if error.args else 'a size'} is missing or odd") from error


def load_sam(tensors: Mapping[str, Tensor], config: SamConfig | None = None) -> Any:
    """A SAM with these weights (names of the original checkpoints), in evaluation mode.

    Args:
        tensors: as `read_checkpoint` gives them.
        config: sizes; None reads them off the tensors.

    Raises:
        ModelError: a weight is missing, is too many, or has another shape; the sentence names it.
    """
    sam = build_sam(config or sam_config_of(tensors))
    load_strictly(sam, tensors, what="a SAM with a ViT encoder")
    return sam


def load_strictly(module: nn.Module, tensors: Mapping[str, Tensor], *, what: str) -> None:
    """Copy every tensor into the module, none left over on either side.

    Raises:
        ModelError: "checkpoint.does_not_fit", naming the first weights that stand in the way.
    """
    wanted = {name: tuple(value.shape) for name, value in module.state_dict().items()}
    missing = sorted(set(wanted) - set(tensors))
    surplus = sorted(set(tensors) - set(wanted))
    other = sorted(name for name in set(wanted) & set(tensors) if wanted[name] != tuple(tensors[name].shape))
    if missing:
        raise _does_not_fit(f"it lacks {_few(missing)}", what)
    if surplus:
        raise _does_not_fit(f"it holds {_few(surplus)}, which the model has no place for", what)
    if other:
        name = other[0]
        shapes = f"{_size(tuple(tensors[name].shape))} instead of {_size(wanted[name])}"
        raise _does_not_fit(f"{len(other)} weights have another size, the first {name} ({shapes})", what)
    with torch.no_grad():
        module.load_state_dict(dict(tensors), strict=True)


def _few(names: list[str]) -> str:
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"


def _size(shape: tuple[int, ...]) -> str:
    return " x ".join(str(one) for one in shape) if shape else "a single number"


def _does_not_fit(why: str, what: str = "a SAM with a ViT encoder") -> ModelError:
    return ModelError(
        "checkpoint.does_not_fit",
        "The checkpoint does not fit {what}: {why}. Choose the file that belongs to this kind of model.",
        what=what,
        why=why,
    )
