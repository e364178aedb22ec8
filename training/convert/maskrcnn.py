"""Converts torchvision's Mask R-CNN checkpoints (RGB, or RGB with elevation as the fourth channel) to three graphs."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor, nn

from inference.errors import ModelError
from inference.models.card import ModelCard, Setting, setting_number
from training.checkpoints import Checkpoint
from training.convert.export import Report, export_graph
from training.convert.options import NOT_STATED, ConvertOptions
from training.convert.parity import demand
from training.convert.sam import example_rgb
from training.convert.write import core_and_halo_m, finish
from training.maskrcnn.backbone import FixedNorm
from training.maskrcnn.config import MaskRcnnConfig
from training.maskrcnn.graphs import (
    BOX_OUTPUTS,
    ENCODER_OUTPUTS,
    LEVELS,
    MASK_OUTPUTS,
    BoxGraph,
    EncoderGraph,
    EncoderWithElevationGraph,
    MaskGraph,
    box_outputs,
    mask_outputs,
)
from training.maskrcnn.model import MaskRcnn, load_mask_rcnn

# torchvision scales pictures to 800 px on the shorter side; here the cell size does that, and the side is a multiple of
# the coarsest stride.
_TILE_PX, _TILE_STEP_PX = 832, 64
_GSD_M = 0.05
_HALO_SHARE = 0.25
_TOLERANCE = 5e-4
# The papers' limits; the rest is torchvision's.
_SCORE_THR, _MASK_THR, _MASK_CHUNK = 0.3, 0.5, 100


def convert(checkpoint: Checkpoint, options: ConvertOptions, folder: Path, report: Report) -> ModelCard:
    """Write the three graphs, their card and the licence into `folder`.

    The settings of `options` may hold `tile_px` (a multiple of 64), `norm_eps` (see `MaskRcnnConfig`), `dsm_norm`, and
    lists `rpn` and `rcnn` of single values.

    Raises:
        ModelError: the checkpoint does not fit, or the graphs compute something else than torch.
    """
    if options.precision != "fp32":
        raise ModelError(
            "convert.no_int8",
            "A Mask R-CNN is mostly convolutions, which int8 does not make faster here. Convert it with "
            "--precision fp32.",
        )
    model = load_mask_rcnn(checkpoint.tensors)
    card = _card(checkpoint, options, model.config)
    _set_eps(model, setting_number(card, "norm_eps", model.config.norm_eps))
    report(f"Mask R-CNN at {card.tile_px} px: writing the encoder")
    return finish(folder, card, write_graphs(model, card.tile_px, folder, report), options.licence_text)


def write_graphs(model: MaskRcnn, tile_px: int, folder: Path, report: Report) -> dict[str, Path]:
    """Export all three graphs; their files by role.

    Raises:
        ModelError: one computes something else than torch.
    """
    graphs = {role: folder / f"{role}.onnx" for role in ("encoder", "boxes", "masks")}
    levels = write_encoder(model, tile_px, graphs["encoder"], report)
    report("writing the graphs of boxes and masks")
    write_heads(model, levels, tile_px, graphs, report)
    return graphs


def _card(checkpoint: Checkpoint, options: ConvertOptions, config: MaskRcnnConfig) -> ModelCard:
    settings = options.merged_settings(settings_of(config))
    tile_px = settings.pop("tile_px", _TILE_PX)
    if not isinstance(tile_px, int) or tile_px < _TILE_STEP_PX or tile_px % _TILE_STEP_PX or tile_px > 4096:
        raise ModelError(
            "convert.tile_px", "{asked} cannot be the side of a tile. Use a multiple of 64 up to 4096.", asked=tile_px
        )
    gsd_m = options.gsd_m or _GSD_M
    core_m, halo_m = core_and_halo_m(tile_px, gsd_m, _HALO_SHARE)
    kind = "Mask R-CNN with elevation" if config.uses_dsm else "Mask R-CNN"
    return ModelCard(
        id=options.id_or(checkpoint.path.stem or "maskrcnn"),
        task="crowns",
        title=options.title or f"{kind}, {config.classes} classes",
        gsd_m=gsd_m,
        core_m=core_m,
        halo_m=halo_m,
        needs_dsm=config.uses_dsm,
        source=options.source or f"{checkpoint.path.name or 'checkpoint'}, converted with BirchTree",
        licence=options.licence or NOT_STATED,
        family="maskrcnn",
        version=options.version,
        tile_px=tile_px,
        uses_dsm=config.uses_dsm,
        classes=options.classes_for(config.classes),
        site=options.site,
        accuracy=options.accuracy,
        limits=options.limits,
        settings=settings,
        source_sha256=checkpoint.sha256,
    )


def settings_of(config: MaskRcnnConfig, dsm_norm: str = "max") -> dict[str, Setting]:
    """What the card must tell of a configuration, because the graphs cannot."""
    return {
        "dsm_norm": dsm_norm,
        "norm_eps": config.norm_eps,
        "mask_chunk": _MASK_CHUNK,
        "rpn": {
            "sizes": list(config.anchor_sizes_px),
            "ratios": list(config.anchor_ratios),
            "nms_pre": 1000,
            "nms_iou": 0.7,
            "max_per_img": 1000,
        },
        "rcnn": {"score_thr": _SCORE_THR, "nms_iou": 0.5, "max_per_img": 100, "mask_thr": _MASK_THR},
    }


def _set_eps(model: MaskRcnn, eps: float) -> None:
    for module in model.modules():
        if isinstance(module, FixedNorm):
            module.eps = eps
    model.config = replace(model.config, norm_eps=eps)


def write_encoder(model: MaskRcnn, tile_px: int, path: Path, report: Report) -> list[Tensor]:
    """Export the encoder and hold it against torch's own; gives the four levels for the other graphs.

    Raises:
        ModelError: they differ.
    """
    inputs = {"rgb": example_rgb(tile_px)}
    graph: nn.Module = EncoderGraph(model)
    if model.config.uses_dsm:
        slope = torch.linspace(0.6, 1.0, tile_px)
        inputs["elevation"] = slope.expand(tile_px, tile_px).reshape(1, 1, tile_px, tile_px).clone()
        graph = EncoderWithElevationGraph(model)
    export_graph(graph.eval(), inputs, ENCODER_OUTPUTS, path)
    with torch.inference_mode():
        values = dict(zip(ENCODER_OUTPUTS, graph(*inputs.values()), strict=True))
    demand("encoder", path, {name: value.numpy() for name, value in inputs.items()}, values, _TOLERANCE, report)
    # Tensors of inference mode may not be traced.
    return [values[name].clone() for name in LEVELS]


def write_heads(
    model: MaskRcnn, levels: list[Tensor], tile_px: int, graphs: Mapping[str, Path], report: Report
) -> None:
    """Export the box and mask heads for any number of boxes and hold them against torch's own.

    Raises:
        ModelError: they differ.
    """

    def boxes_of(feeds: Mapping[str, Tensor]) -> dict[str, Tensor]:
        return dict(zip(BOX_OUTPUTS, box_outputs(model, levels, feeds["boxes"]), strict=True))

    def masks_of(feeds: Mapping[str, Tensor]) -> dict[str, Tensor]:
        return {MASK_OUTPUTS[0]: mask_outputs(model, levels, feeds["boxes"], feeds["labels"])}

    named = dict(zip(LEVELS, levels, strict=True))
    _write(BoxGraph(model), named, (), BOX_OUTPUTS, boxes_of, graphs["boxes"], tile_px, report)
    labels = ("labels", model.config.classes)
    _write(MaskGraph(model), named, labels, MASK_OUTPUTS, masks_of, graphs["masks"], tile_px, report)


def _write(
    graph: nn.Module,
    levels: Mapping[str, Tensor],
    labels: tuple[str, int] | tuple[()],
    outputs: tuple[str, ...],
    expected: Callable[[Mapping[str, Tensor]], Mapping[str, Tensor]],
    path: Path,
    tile_px: int,
    report: Report,
) -> None:
    def feeds_of(count: int) -> dict[str, Tensor]:
        feeds = {**levels, "boxes": example_boxes(count, tile_px)}
        return {**feeds, labels[0]: torch.arange(count) % labels[1]} if labels else feeds

    many = {"boxes": {0: "boxes_n"}, **({labels[0]: {0: "boxes_n"}} if labels else {})}
    export_graph(graph.eval(), feeds_of(3), outputs, path, many)
    for count in (1, 20):
        feeds = feeds_of(count)
        with torch.inference_mode():
            values = expected(feeds)
        arrays = {name: value.numpy() for name, value in feeds.items()}
        demand(f"{path.stem} ({count})", path, arrays, values, _TOLERANCE, report)


def example_boxes(count: int, tile_px: int) -> Tensor:
    """Boxes of all sizes, (n, 4), from a few cells to the whole tile."""
    generator = torch.Generator().manual_seed(count)
    size = tile_px * 2.0 ** (-6.0 * torch.rand((count, 2), generator=generator))
    corner = torch.rand((count, 2), generator=generator) * (tile_px - size)
    return torch.cat([corner, corner + size], dim=1)
