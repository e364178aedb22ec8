"""Converts BalSAM and RSPrompter-anchor checkpoints to three graphs: encoder, boxes, masks."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from inference.models.card import ModelCard, ModelClass
from training.balsam.config import BalsamConfig
from training.balsam.graphs import (
    BOX_OUTPUTS,
    MASK_OUTPUTS,
    BoxGraph,
    EncoderGraph,
    MaskGraph,
    encoder_inputs,
    encoder_outputs,
)
from training.balsam.model import Balsam, Features
from training.checkpoints import Checkpoint
from training.convert.attention import lean_blocks
from training.convert.balsam_sizes import config_of, settings_of
from training.convert.export import Report, export_graph
from training.convert.options import NOT_STATED, ConvertOptions
from training.convert.parity import demand, session
from training.convert.quantise import Masks, apply_precision
from training.convert.sam import example_rgb
from training.convert.trial_tiles import TrialTile
from training.convert.write import core_and_halo_m, finish
from training.segment_anything_models import load_strictly

MASK_CHUNK = 25  # boxes at once; SAM's decoder copies the embedding for each
_HALO_SHARE = 0.25  # tiles overlap by half, as in the authors' preparation
# Cell size that the authors trained at, by number of classes (plantations, Quebec, Panama).
_AUTHORS_GSD_M = {9: 0.005, 18: 0.019, 31: 0.04}
_GSD_M = 0.05
_LEVELS = 4
# The suggestions that came with the golden sets, for values of up to 1 in size.
_TOLERANCE = {"embedding": 1e-4, "dense": 1e-4, "level": 5e-4, "rpn": 5e-4}
_BOX_TOLERANCE = {"scores": 1e-4, "deltas": 5e-4}
_MASK_TOLERANCE = {"masks": 5e-4, "iou": 1e-3}


def load(checkpoint: Checkpoint, options: ConvertOptions) -> Balsam:
    """The torch model of a checkpoint, in evaluation mode.

    Raises:
        ModelError: the weights or the settings fit no BalSAM.
    """
    model = Balsam(config_of(checkpoint.tensors, options.config, options.settings))
    load_strictly(model, checkpoint.tensors, what="a BalSAM")
    return model.eval()


def convert(checkpoint: Checkpoint, options: ConvertOptions, folder: Path, report: Report) -> ModelCard:
    """Write the three graphs, their card and the licence into `folder`.

    Raises:
        ModelError: the checkpoint does not fit, the graphs do not compute what torch does, or int8 changes masks.
    """
    model = load(checkpoint, options)
    card = _card(checkpoint, options, model.config, report)
    report(f"{'BalSAM' if model.config.uses_dsm else 'RSPrompter'} at {model.config.tile_px} px: writing the encoder")
    graphs = write_graphs(model, folder, report)
    del model
    written, card = apply_precision(card, graphs, options, measure_with(card), report)
    return finish(folder, card, written, options.licence_text)


def write_graphs(model: Balsam, folder: Path, report: Report) -> dict[str, Path]:
    """Export all three graphs; their files by role.

    Raises:
        ModelError: one computes something else than torch.
    """
    graphs = {role: folder / f"{role}.onnx" for role in ("encoder", "boxes", "masks")}
    features = write_encoder(model, graphs["encoder"], report)
    report("writing the graphs of boxes and masks")
    write_boxes(model, features, graphs["boxes"], report)
    write_masks(model, features, graphs["masks"], report)
    return graphs


def _card(checkpoint: Checkpoint, options: ConvertOptions, config: BalsamConfig, report: Report) -> ModelCard:
    gsd_m, limits = options.gsd_m, options.limits
    if gsd_m is None:
        gsd_m = _AUTHORS_GSD_M.get(config.classes, _GSD_M)
        report(f"the cell size of the training imagery was not given (--gsd): {gsd_m} m is assumed")
        limits = f"{limits} The cell size of {gsd_m} m was assumed at conversion, not told.".strip()
    core_m, halo_m = core_and_halo_m(config.tile_px, gsd_m, _HALO_SHARE)
    kind = "BalSAM" if config.uses_dsm else "RSPrompter-anchor"
    classes = options.classes_for(config.classes, default=trained_classes(checkpoint))
    return ModelCard(
        id=options.id_or(checkpoint.path.stem or "balsam"),
        task="crowns",
        title=options.title or f"{kind}, {config.classes} classes",
        gsd_m=gsd_m,
        core_m=core_m,
        halo_m=halo_m,
        needs_dsm=config.uses_dsm and not config.repairs.optional_dsm,
        source=options.source or f"{checkpoint.path.name or 'checkpoint'}, converted with BirchTree",
        licence=options.licence or NOT_STATED,
        family="balsam",
        version=options.version,
        tile_px=config.tile_px,
        uses_dsm=config.uses_dsm,
        classes=classes,
        site=options.site,
        accuracy=options.accuracy,
        limits=limits,
        settings=settings_of(config, MASK_CHUNK),
        source_sha256=checkpoint.sha256,
    )


def trained_classes(checkpoint: Checkpoint) -> tuple[ModelClass, ...]:
    """Class names that mmengine left in the file."""
    meta = checkpoint.facts.get("meta")
    dataset = meta.get("dataset_meta") if isinstance(meta, dict) else None
    names = (dataset.get("classes") or dataset.get("CLASSES")) if isinstance(dataset, dict) else None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return ()
    return tuple(ModelClass(name) for name in names) if len(set(names)) == len(names) else ()


def example_inputs(model: Balsam) -> dict[str, Tensor]:
    """A tile to compare on, by the encoder's input names; half of its elevation is a slope, half is steps."""
    side = model.config.tile_px
    place = torch.linspace(0.0, 1.0, side)
    elevation = 0.6 + 0.2 * place[None, :] + 0.2 * (place[:, None] * 23).floor().remainder(2)
    every = {
        "rgb": example_rgb(side),
        "elevation": elevation.reshape(1, 1, side, side),
        "has_elevation": torch.ones(1),
    }
    return {name: every[name] for name in encoder_inputs(model)}


def write_encoder(model: Balsam, path: Path, report: Report) -> Features:
    """Export the encoder and hold it against torch's own; gives the features for the other graphs.

    Raises:
        ModelError: they differ.
    """
    graph, inputs, names = EncoderGraph(model).eval(), example_inputs(model), encoder_outputs(model)
    grid = model.config.sam.grid
    with lean_blocks(graph, (grid, grid)):
        export_graph(graph, inputs, names, path)
    with torch.inference_mode():
        features = model.features(*inputs.values())
    values = (features.embedding, features.dense, *features.roi_levels, *features.rpn_cls, *features.rpn_reg)
    tolerance = {name: next(value for key, value in _TOLERANCE.items() if name.startswith(key)) for name in names}
    feeds = {name: value.numpy() for name, value in inputs.items()}
    demand("encoder", path, feeds, dict(zip(names, values, strict=True)), tolerance, report)
    return features


class _Boxes(nn.Module):
    """`BoxGraph` with its inputs one by one, which is how the exporter names them."""

    def __init__(self, model: Balsam) -> None:
        super().__init__()
        self.inner = BoxGraph(model)

    def forward(
        self, level0: Tensor, level1: Tensor, level2: Tensor, level3: Tensor, boxes: Tensor
    ) -> tuple[Tensor, Tensor]:
        return self.inner(level0, level1, level2, level3, boxes)


class _Masks(nn.Module):
    """`MaskGraph` with its inputs one by one."""

    def __init__(self, model: Balsam) -> None:
        super().__init__()
        self.inner = MaskGraph(model)

    def forward(
        self,
        embedding: Tensor,
        dense: Tensor,
        level0: Tensor,
        level1: Tensor,
        level2: Tensor,
        level3: Tensor,
        boxes: Tensor,
    ) -> tuple[Tensor, Tensor]:
        return self.inner(embedding, dense, level0, level1, level2, level3, boxes)


def write_boxes(model: Balsam, features: Features, path: Path, report: Report) -> None:
    """Export the box head for any number of boxes and hold it against torch's own.

    Raises:
        ModelError: they differ.
    """

    def expected(boxes: Tensor) -> tuple[Tensor, Tensor]:
        logits, deltas = model.boxes(features.roi_levels, boxes)
        return logits.softmax(dim=1), deltas

    inputs = _levels(features)
    _write(_Boxes(model), inputs, BOX_OUTPUTS, path, expected, _BOX_TOLERANCE, model.config.tile_px, report)


def write_masks(model: Balsam, features: Features, path: Path, report: Report) -> None:
    """Export the mask head for any number of boxes and hold it against torch's own.

    Raises:
        ModelError: they differ.
    """

    def expected(boxes: Tensor) -> tuple[Tensor, Tensor]:
        return model.masks(features.embedding, features.dense, features.roi_levels, boxes)

    inputs = {"embedding": features.embedding, "dense": features.dense, **_levels(features)}
    _write(_Masks(model), inputs, MASK_OUTPUTS, path, expected, _MASK_TOLERANCE, model.config.tile_px, report)


def _levels(features: Features) -> dict[str, Tensor]:
    return {f"level{index}": features.roi_levels[index] for index in range(_LEVELS)}


def _write(
    graph: nn.Module,
    inputs: Mapping[str, Tensor],
    outputs: tuple[str, ...],
    path: Path,
    expected: Callable[[Tensor], tuple[Tensor, Tensor]],
    tolerance: Mapping[str, float],
    tile_px: int,
    report: Report,
) -> None:
    # Tensors of inference mode may not be traced.
    inputs = {name: value.detach().clone() for name, value in inputs.items()}
    export_graph(graph.eval(), {**inputs, "boxes": example_boxes(3, tile_px)}, outputs, path, {"boxes": {0: "boxes_n"}})
    for count in (1, MASK_CHUNK):
        boxes = example_boxes(count, tile_px)
        with torch.inference_mode():
            values = dict(zip(outputs, expected(boxes), strict=True))
        feeds = {name: value.numpy() for name, value in {**inputs, "boxes": boxes}.items()}
        demand(f"{path.stem} ({count})", path, feeds, values, tolerance, report)


def example_boxes(count: int, tile_px: int) -> Tensor:
    """Boxes of all sizes, (n, 4), from crowns of some cells to the whole tile."""
    generator = torch.Generator().manual_seed(count)
    size = tile_px * 2.0 ** (-6.0 * torch.rand((count, 2), generator=generator))
    corner = torch.rand((count, 2), generator=generator) * (tile_px - size)
    return torch.cat([corner, corner + size], dim=1)


def measure_with(card: ModelCard) -> Callable[[Mapping[str, Path]], Callable[[TrialTile], Masks]]:
    """How int8 is compared: the masks of the same boxes on each tile."""

    def measure(graphs: Mapping[str, Path]) -> Callable[[TrialTile], Masks]:
        encoder, masks = session(graphs["encoder"]), session(graphs["masks"])
        names = [output.name for output in encoder.get_outputs()]
        wanted = [entry.name for entry in masks.get_inputs()]

        def masks_of(tile: TrialTile) -> Masks:
            feeds = {"rgb": tile.rgb[None].astype(np.float32)}
            if card.uses_dsm:
                feeds["elevation"] = scaled_elevation(tile, str(card.settings["dsm_norm"]))
            if card.settings.get("optional_dsm"):
                feeds["has_elevation"] = np.ones(1, np.float32)
            found = dict(zip(names, encoder.run(names, feeds), strict=True))
            boxes = example_boxes(MASK_CHUNK, card.tile_px).numpy()
            inputs = {name: found[name] if name != "boxes" else boxes for name in wanted}
            logits, iou = masks.run(["masks", "iou"], inputs)
            return logits > 0.0, iou

        return masks_of

    return measure


def scaled_elevation(tile: TrialTile, dsm_norm: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Elevation of a trial tile, about as the host scales it: (1, 1, T, T) of 0..1."""
    heights = tile.chm_m if dsm_norm in ("canopy", "relief") else tile.dsm_m
    if heights is None:
        return np.ones((1, 1, *tile.rgb.shape[-2:]), np.float32)
    known = np.nan_to_num(heights, nan=0.0)
    low = 0.0 if dsm_norm in ("max", "canopy", "relief") else float(known.min())
    return ((known - low) / max(float(known.max()) - low, 1e-3)).clip(0.0, 1.0).astype(np.float32)[None, None]
