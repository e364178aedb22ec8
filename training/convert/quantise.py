"""Int8 versions of graphs, taken only where the masks on real imagery stay those of float32."""

import contextlib
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic

from inference.errors import ModelError
from inference.models.card import ModelCard, Setting
from training.convert.export import Report
from training.convert.options import ConvertOptions
from training.convert.trial_tiles import TrialTile, read_trial_tiles

MIN_MASK_IOU = 0.98
INT8_SUFFIX = "_int8"  # role of the int8 version where both are kept
_MIN_MASK_PX = 16
_LAYERS = ("MatMul", "Gemm")

Masks = tuple[NDArray[np.bool_], NDArray[np.float32]]
# Opens graphs by role, and gives a function from a tile to masks (n, M, h, w) and their scores (n, M).
Measure = Callable[[Mapping[str, Path]], Callable[[TrialTile], Masks]]


@dataclass(frozen=True, slots=True)
class Int8Figure:
    """How far int8 changes masks: IoU with the masks of float32 for the same prompts, mean and lowest twentieth."""

    mask_iou: float
    mask_iou_p05: float
    masks: int
    tiles: int
    imagery: str

    @property
    def keeps_masks(self) -> bool:
        """Whether int8 may be used in the place of float32; never true when nothing was compared."""
        return self.masks > 0 and self.mask_iou >= MIN_MASK_IOU

    def as_setting(self) -> Setting:
        """For the card."""
        return dict(asdict(self))


def quantise(source: Path, target: Path) -> None:
    """Write an int8 version of a graph: weights of MatMul and Gemm per output channel, inputs scaled as they come.

    Weights keep 7 bits. With 8, processors without VNNI add pairs of products in 16 bits and cut them off, so that the
    masks would not be those that were measured here.
    """
    model = onnx.load(str(source))
    # The exporter's notes on shapes would be taken for granted after the nodes have changed.
    del model.graph.value_info[:]
    with _quietly():
        quantize_dynamic(
            model,
            target,
            op_types_to_quantize=list(_LAYERS),
            # Left out by name, not chosen: the quantiser renames a Gemm that it makes a MatMul of.
            nodes_to_exclude=_other_products(model),
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True},
        )


def _other_products(model: onnx.ModelProto) -> list[str]:
    """Products of anything but a constant matrix: inside attention and of stacks; they are small and stay."""
    matrices = {weight.name for weight in model.graph.initializer if len(weight.dims) == 2}
    products = [node for node in model.graph.node if node.op_type in _LAYERS]
    return [node.name for node in products if node.input[1] not in matrices]


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """The quantiser recommends its own pre-processing through the root logger, which a user can do nothing about."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(before)


def compare(
    before: Mapping[str, Path], after: Mapping[str, Path], tiles: Sequence[TrialTile], measure: Measure
) -> Int8Figure:
    """Masks of two versions of a model on the same tiles and prompts.

    Where a prompt has several masks, the one with the best score in float32 is looked at, in both versions.
    """
    ious: list[float] = []
    one, other = measure(before), measure(after)
    for tile in tiles:
        masks, scores = one(tile)
        changed, _ = other(tile)
        best = scores.argmax(axis=1)
        prompts = np.arange(len(masks))
        ious.extend(mask_ious(masks[prompts, best], changed[prompts, best]))
    found = np.array(ious, np.float64)
    names = ", ".join(sorted({tile.name for tile in tiles}))
    if not len(found):
        return Int8Figure(0.0, 0.0, 0, len(tiles), names)
    low = float(np.quantile(found, 0.05))
    return Int8Figure(round(float(found.mean()), 4), round(low, 4), len(found), len(tiles), names)


def mask_ious(before: NDArray[np.bool_], after: NDArray[np.bool_]) -> NDArray[np.float64]:
    """IoU of masks (n, h, w) pair by pair; pairs whose first is all but empty are left out."""
    inside = (before & after).sum(axis=(1, 2), dtype=np.int64)
    union = (before | after).sum(axis=(1, 2), dtype=np.int64)
    kept = before.sum(axis=(1, 2), dtype=np.int64) >= _MIN_MASK_PX
    return inside[kept] / union[kept]


def apply_precision(
    card: ModelCard,
    graphs: Mapping[str, Path],
    options: ConvertOptions,
    measure: Measure,
    report: Report,
    roles: Sequence[str] = ("encoder",),
) -> tuple[dict[str, Path], ModelCard]:
    """Give the graphs the precision that was asked for, and note in the card what was measured.

    "int8" puts the int8 version in the place of float32; "both" adds it under the role with the suffix `_int8`, and
    leaves it out where it changes the masks.

    Args:
        card, graphs: of the float32 model.
        options: precision and imagery.
        measure: see `Measure`.
        report: where to tell the figures.
        roles: graphs to quantise.

    Raises:
        ModelError: "convert.int8_masks", int8 alone was asked for and changes the masks.
    """
    if options.precision == "fp32":
        return dict(graphs), _noted(card, "fp32", None)
    small = {role: graphs[role].with_name(f"{graphs[role].stem}_int8.onnx") for role in roles}
    for role, path in small.items():
        report(f"writing {role} in int8")
        quantise(graphs[role], path)
    tiles = read_trial_tiles(options.imagery, card.tile_px, card.gsd_m)
    figure = compare(graphs, {**graphs, **small}, tiles, measure)
    report(
        f"int8 masks against fp32 on {figure.imagery}: mean IoU {figure.mask_iou:.4f}, lowest twentieth "
        f"{figure.mask_iou_p05:.4f}, {figure.masks} masks (wanted {MIN_MASK_IOU})"
    )
    if figure.keeps_masks:
        return _accepted(card, graphs, small, options, figure)
    for path in small.values():
        path.unlink()
    if options.precision == "int8":
        raise ModelError(
            "convert.int8_masks",
            "Int8 changes the masks of this model too much: IoU {found} with those of fp32 on {imagery}, {wanted} is "
            "wanted. Convert with --precision fp32.",
            found=figure.mask_iou,
            imagery=figure.imagery,
            wanted=MIN_MASK_IOU,
        )
    report("int8 left out: it changes the masks")
    return dict(graphs), _noted(card, "fp32", figure)


def _accepted(
    card: ModelCard, graphs: Mapping[str, Path], small: Mapping[str, Path], options: ConvertOptions, figure: Int8Figure
) -> tuple[dict[str, Path], ModelCard]:
    if options.precision == "both":
        added = {f"{role}{INT8_SUFFIX}": path for role, path in small.items()}
        return {**graphs, **added}, _noted(card, "both", figure)
    for role in small:
        graphs[role].unlink()
        graphs[role].with_name(f"{graphs[role].name}.data").unlink(missing_ok=True)
    return {**graphs, **small}, _noted(card, "int8", figure)


def _noted(card: ModelCard, precision: str, figure: Int8Figure | None) -> ModelCard:
    told: dict[str, Setting] = {"precision": precision}
    if figure is not None:
        told["int8"] = figure.as_setting()
    return replace(card, settings={**card.settings, **told})
