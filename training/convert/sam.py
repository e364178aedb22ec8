"""Converts Segment Anything checkpoints (ViT-B, L, H, any size between; MobileSAM) to an encoder and a prompt graph."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from inference.errors import ModelError
from inference.models.card import ModelCard, Setting
from training.checkpoints import Checkpoint
from training.convert import sam_trial
from training.convert.attention import lean_blocks
from training.convert.export import Report, export_graph
from training.convert.options import NOT_STATED, ConvertOptions
from training.convert.parity import demand
from training.convert.preprocess import Normalise, channel_order
from training.convert.quantise import apply_precision
from training.convert.sam_graphs import EncoderGraph, PromptGraph
from training.convert.write import core_and_halo_m, finish
from training.hugging_face_names import is_hugging_face, to_original
from training.segment_anything_models import load_sam, sam_config_of
from training.tiny_vit import is_tiny_vit, load_mobile_sam

ENCODER, PROMPT = "encoder", "prompt"
# SAM is used to pictures of any scale; crowns of some metres fill a tile of 1024 cells of 5 cm well.
_GSD_M = 0.05
_HALO_SHARE = 0.125  # of the tile's side, for what segments whole plots by prompts
_TOLERANCE = 1e-4
_NAMES = {768: "ViT-B", 1024: "ViT-L", 1280: "ViT-H"}
_TILE_STEP_PX, _MAX_TILE_PX = 16, 4096


@dataclass(frozen=True, slots=True)
class LoadedSam:
    """A SAM in torch, and what its graphs need to know of it."""

    model: Any
    tile_px: int
    grid: int
    encoder_name: str


def load(checkpoint: Checkpoint, options: ConvertOptions) -> LoadedSam:
    """Build the model that the checkpoint belongs to.

    Raises:
        ModelError: the weights fit neither a SAM nor a MobileSAM.
    """
    tensors = checkpoint.tensors
    if is_tiny_vit(tensors):
        tile_px = checked_tile_px(options.settings.get("tile_px", 1024))
        return LoadedSam(load_mobile_sam(tensors, tile_px), tile_px, tile_px // 16, "TinyViT")
    if is_hugging_face(tensors):
        tensors = to_original(tensors)
    config = sam_config_of(tensors)
    name = _NAMES.get(config.width, f"ViT of width {config.width}")
    return LoadedSam(load_sam(tensors, config), config.tile_px, config.grid, name)


def checked_tile_px(asked: Setting) -> int:
    """The setting `tile_px`, for encoders whose weights do not tell it.

    Raises:
        ModelError: not a multiple of 16 from 64 to 4096.
    """
    is_whole = isinstance(asked, int) and not isinstance(asked, bool)
    if isinstance(asked, int) and is_whole and 64 <= asked <= _MAX_TILE_PX and asked % _TILE_STEP_PX == 0:
        return asked
    raise ModelError(
        "convert.tile_px", "{asked} cannot be the side of a tile. Use a multiple of 16 from 64 to 4096.", asked=asked
    )


def convert(checkpoint: Checkpoint, options: ConvertOptions, folder: Path, report: Report) -> ModelCard:
    """Write the graphs, their card and the licence into `folder`.

    Raises:
        ModelError: the checkpoint does not fit, the graphs do not compute what torch does, or int8 changes masks.
    """
    loaded = load(checkpoint, options)
    card = _card(checkpoint, options, loaded)
    normalise = Normalise(channel_order(card.settings["channel_order"]))
    report(f"{loaded.encoder_name} at {loaded.tile_px} px: writing the encoder")
    encoder = folder / "encoder.onnx"
    write_encoder(loaded, normalise, encoder, report)
    report("writing the prompt graph")
    prompt = folder / "prompt.onnx"
    write_prompt(loaded, prompt, report)
    graphs, card = apply_precision(card, {ENCODER: encoder, PROMPT: prompt}, options, sam_trial.measure, report)
    return finish(folder, card, graphs, options.licence_text)


def _card(checkpoint: Checkpoint, options: ConvertOptions, loaded: LoadedSam) -> ModelCard:
    gsd_m = options.gsd_m or _GSD_M
    core_m, halo_m = core_and_halo_m(loaded.tile_px, gsd_m, _HALO_SHARE)
    settings = options.merged_settings(
        {
            "channel_order": "rgb",
            "encoder": loaded.encoder_name,
            "mask_threshold": 0.0,
            "any_gsd": options.gsd_m is None,
        }
    )
    settings.pop("tile_px", None)
    return ModelCard(
        id=options.id_or(checkpoint.path.stem or "sam"),
        task="prompt",
        title=options.title or f"Segment Anything, {loaded.encoder_name}",
        gsd_m=gsd_m,
        core_m=core_m,
        halo_m=halo_m,
        needs_dsm=False,
        source=options.source or f"{checkpoint.path.name or 'checkpoint'}, converted with BirchTree",
        licence=options.licence or NOT_STATED,
        family="sam",
        version=options.version,
        tile_px=loaded.tile_px,
        site=options.site,
        accuracy=options.accuracy,
        limits=options.limits or "Outlines what is clicked, whatever it is; it knows nothing of trees.",
        settings=settings,
        source_sha256=checkpoint.sha256,
    )


def write_encoder(loaded: LoadedSam, normalise: Normalise, path: Path, report: Report) -> None:
    """Export the image encoder and hold it against torch's own.

    Raises:
        ModelError: they differ.
    """
    graph = EncoderGraph(loaded.model.image_encoder, normalise).eval()
    rgb = example_rgb(loaded.tile_px)
    with lean_blocks(graph, (loaded.grid, loaded.grid)):
        export_graph(graph, {"rgb": rgb}, ["embedding"], path)
    with torch.inference_mode():
        expected = graph(rgb)
    demand(ENCODER, path, {"rgb": rgb.numpy()}, {"embedding": expected}, _TOLERANCE, report)


def example_rgb(tile_px: int) -> Tensor:
    """A picture to compare on, (1,3,T,T) of 0..255: soft blobs and noise, always the same."""
    generator = torch.Generator().manual_seed(7)
    coarse = torch.rand((1, 3, 12, 12), generator=generator) * 200.0
    smooth = torch.nn.functional.interpolate(coarse, size=(tile_px, tile_px), mode="bicubic", align_corners=False)
    noise = torch.rand((1, 3, tile_px, tile_px), generator=generator) * 55.0
    return (smooth + noise).clamp(0.0, 255.0)


def write_prompt(loaded: LoadedSam, path: Path, report: Report) -> None:
    """Export the prompt graph and hold it against SAM's own prompt encoder and decoder, on points and on boxes.

    Raises:
        ModelError: they differ.
    """
    model = loaded.model
    graph = PromptGraph(model.prompt_encoder, model.mask_decoder, loaded.tile_px).eval()
    feeds = prompt_feeds(loaded, prompts=3, points=4)
    many: dict[int, str] = {0: "prompts"}
    dynamic: dict[str, Mapping[int, str]] = {
        "point_coords": {0: "prompts", 1: "points"},
        "point_labels": {0: "prompts", 1: "points"},
        "mask_input": many,
        "has_mask": many,
    }
    export_graph(graph, feeds, ["masks", "iou"], path, dynamic)
    for prompts, points in ((3, 4), (1, 2), (1, 1)):
        feeds = prompt_feeds(loaded, prompts, points)
        expected = sam_masks(model, feeds)
        demand(
            f"{PROMPT} ({prompts} x {points})",
            path,
            {name: value.numpy() for name, value in feeds.items()},
            expected,
            _TOLERANCE,
            report,
        )


def prompt_feeds(loaded: LoadedSam, prompts: int, points: int) -> dict[str, Tensor]:
    """Example inputs of the prompt graph: clicks and a box in turn, padded, every other prompt with a mask."""
    generator = torch.Generator().manual_seed(prompts * 100 + points)
    side, grid = loaded.tile_px, loaded.grid
    channels = loaded.model.mask_decoder.transformer_dim
    labels = torch.tensor([1.0, 0.0, -1.0, 1.0]).repeat(prompts, -(-points // 4))[:, :points]
    if points >= 2:
        labels[::2, :2] = torch.tensor([2.0, 3.0])
    return {
        "embedding": torch.randn((1, channels, grid, grid), generator=generator),
        "point_coords": torch.rand((prompts, points, 2), generator=generator) * side,
        "point_labels": labels,
        "mask_input": torch.randn((prompts, 1, 4 * grid, 4 * grid), generator=generator) * 4.0,
        "has_mask": torch.tensor([0.0, 1.0]).repeat(prompts)[:prompts],
    }


@torch.inference_mode()
def sam_masks(model: Any, feeds: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """What the package's own modules say to the inputs of the prompt graph, prompt by prompt."""
    encoder, masks, ious = model.prompt_encoder, [], []
    for index in range(feeds["point_coords"].shape[0]):
        places, labels = feeds["point_coords"][index : index + 1], feeds["point_labels"][index : index + 1]
        corners = labels[0] >= 2.0
        boxes = places[:, corners].reshape(1, 4) if bool(corners.any()) else None
        # Without a box the package adds a padding point of its own; this one stands in the inputs where it is wanted.
        points = encoder._embed_points(places[:, ~corners], labels[:, ~corners], pad=False)
        mask = feeds["mask_input"][index : index + 1] if feeds["has_mask"][index] else None
        box_tokens, dense = encoder(points=None, boxes=boxes, masks=mask)
        made = model.mask_decoder.predict_masks(
            image_embeddings=feeds["embedding"],
            image_pe=encoder.get_dense_pe(),
            sparse_prompt_embeddings=torch.cat([box_tokens, points], dim=1),
            dense_prompt_embeddings=dense,
        )
        masks.append(made[0])
        ious.append(made[1])
    return {"masks": torch.cat(masks), "iou": torch.cat(ious)}
