"""BalSAM against golden values: every array and every loss of a folder made by the authors' own code."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training.balsam.model import Features
from training.balsam.predict import binary_masks, detections, proposals, upsampled
from training.golden.balsam_losses import loss_differences
from training.golden.balsam_set import LOSSES, OUTPUTS, Golden, read, unpacked
from training.golden.compare import Difference
from training.golden.reading import Array, compared, json_object, needed

# The suggestions of the sets' README.
ENCODER, LOGITS, PROMPTS, LOW_RES, SCORES, BOXES_PX = 1e-4, 5e-4, 1e-3, 5e-3, 1e-4, 1e-2
# "A few dozen" pixels of a tile's masks, and how near to the threshold their probabilities must lie: a logit that is
# within the tolerance of the low-res logits moves a probability of 0.5 by a quarter of it.
MASK_PIXELS, TIE = 48, LOW_RES / 4
# Proposals from our own logits: near-equal scores may trade places with their neighbours at a limit.
_ASTRAY_SHARE = 0.005


def check(folder: Path) -> list[Difference]:
    """Compare every array of a folder of golden values, whatever its sizes, seeds, classes and batch.

    An array that no check is known for is reported as such, with an infinite difference.

    Raises:
        InputError: a file is missing or cannot be read, or the configuration is not a BalSAM's.
        ModelError: the weights do not fit the configuration.
    """
    checked = read(folder)
    found = list(_stages(checked))
    done = {one.name for one in found}
    strange = [name for name in checked.outputs if name not in done] + sorted(set(checked.inputs) - checked.known)
    found += [Difference(f"{name} (no check is known for it)", float("inf"), 0.0) for name in strange]
    return found + loss_differences(checked.model, checked.labelled(), json_object(folder / LOSSES))


@torch.no_grad()
def _stages(golden: Golden) -> Iterator[Difference]:
    """The differences of all arrays that a check is known for, each under the array's name."""
    found = golden.model.features(golden.rgb(), golden.elevation())
    yield from _encoder(golden, found)
    size_px = (golden.inputs["rgb"].shape[1], golden.inputs["rgb"].shape[2])
    if "proposal_rois" in golden.outputs:
        yield from _proposals(golden, found, size_px)
        yield from _boxes(golden, found, size_px)
    if "det_rois" in golden.outputs:
        yield from _masks(golden, found, size_px)


def _encoder(golden: Golden, found: Features) -> Iterator[Difference]:
    """Arrays that exist once per set."""
    model, wanted = golden.model, golden.outputs
    ours = {
        "encoder_input_first_image": (found.encoder_input[:1], ENCODER),
        "image_embeddings": (found.image_embedding, ENCODER),
        "dsm_embedding": (found.dense, ENCODER),
        "image_pe": (model.image_positions(), ENCODER),
        "aggregated": (found.aggregated, LOGITS),
        "roi_pe_level0": (model.position_code(0), ENCODER),
    }
    if "dsm" in golden.inputs:
        ours["dsm_norm_max_per_image"] = (golden.highest(), ENCODER)
    several = (
        ("hidden_{}", found.states, ENCODER),
        ("fpn_{}", found.levels, LOGITS),
        ("rpn_cls_{}", found.rpn_cls, LOGITS),
        ("rpn_reg_{}", found.rpn_reg, LOGITS),
        ("roi_feat_level_{}_with_pe", found.roi_levels, LOGITS),
    )
    for pattern, values, tolerance in several:
        ours |= {pattern.format(index): (value, tolerance) for index, value in enumerate(values)}
    for name, (tensor, tolerance) in ours.items():
        if name in wanted:
            value = tensor.numpy()
            if name in ("image_pe", "roi_pe_level0") and value.shape[1:] == wanted[name].shape[1:]:
                value = np.broadcast_to(value, wanted[name].shape)  # one code serves all tiles
            yield compared(name, value, wanted[name], tolerance)


def _proposals(golden: Golden, found: Features, size_px: tuple[int, int]) -> Iterator[Difference]:
    """Proposals as a set: from the golden logits all must be met, from our own all but a few."""
    rois = golden.outputs["proposal_rois"]
    levels = range(len(found.rpn_cls))
    names = [f"rpn_{kind}_{level}" for kind in ("cls", "reg") for level in levels]
    cls, reg = found.rpn_cls, found.rpn_reg
    fed = all(_shaped(golden.outputs, name, one) for name, one in zip(names, [*cls, *reg], strict=True))
    astray, farthest, scores = 0, 0.0, []
    for tile in range(len(cls[0])):
        wanted = rois[rois[:, 0] == tile, 1:]
        own, _ = proposals(golden.config, [one[tile] for one in cls], [one[tile] for one in reg], size_px)
        astray += int((_farness(own.numpy(), wanted) > BOXES_PX).sum())
        if fed:
            given = [torch.from_numpy(golden.outputs[name][tile]) for name in names]
            own, score = proposals(golden.config, given[: len(levels)], given[len(levels) :], size_px)
            both = np.concatenate([_farness(own.numpy(), wanted), _farness(wanted, own.numpy())])
            farthest = max(farthest, float(both.max(initial=0.0)))
            scores.append(np.sort(score.numpy()))
    name = "proposal_rois (share astray, own logits)" if fed else "proposal_rois"
    yield Difference(name, astray / max(len(rois), 1), _ASTRAY_SHARE)
    if fed:
        yield Difference("proposal_rois", farthest, BOXES_PX)
    if fed and "proposal_scores" in golden.outputs:
        theirs = golden.outputs["proposal_scores"]
        each = [np.sort(theirs[rois[:, 0] == tile]) for tile in range(len(cls[0]))]
        yield compared("proposal_scores", np.concatenate(scores), np.concatenate(each), SCORES)


def _shaped(wanted: Mapping[str, Array], name: str, ours: Tensor) -> bool:
    """Whether the array is there, and of our shape."""
    return name in wanted and wanted[name].shape == tuple(ours.shape)


def _farness(boxes: Array, wanted: Array) -> Array:
    """For each wanted box (m, 4) how far the nearest of boxes (n, 4) is: its largest difference of a coordinate."""
    if not len(boxes) or not len(wanted):
        return np.full(len(wanted), np.inf)
    return np.array([np.abs(boxes - one).max(axis=1).min() for one in wanted])


def _boxes(golden: Golden, found: Features, size_px: tuple[int, int]) -> Iterator[Difference]:
    """The box head, fed with the golden proposals, and the detections, fed with the golden outputs of it."""
    wanted = golden.outputs
    rois = torch.from_numpy(wanted["proposal_rois"])
    yield from _first(golden, found, rois, "bbox_roi_feats", golden.model.roi_head.pool_boxes)
    logits, deltas = _per_tile(golden, found, rois, lambda _, levels, boxes: golden.model.boxes(levels, boxes))
    for name, tensor in (("cls_score", logits), ("bbox_pred", deltas)):
        if name in wanted:
            yield compared(name, tensor.numpy(), wanted[name], LOGITS)
    if _shaped(wanted, "cls_score", logits) and _shaped(wanted, "bbox_pred", deltas):
        # Of the golden logits, so that no rounding decides which detections pass a threshold.
        logits, deltas = torch.from_numpy(wanted["cls_score"]), torch.from_numpy(wanted["bbox_pred"])
    farthest = 0.0
    for tile in range(len(found.embedding)):
        inside = rois[:, 0] == tile
        own = detections(golden.config, rois[inside, 1:], logits[inside].softmax(dim=1), deltas[inside], size_px)
        box, score, label = (one.numpy() for one in own)
        if "det_rois" in wanted:
            theirs_here = wanted["det_rois"][wanted["det_rois"][:, 0] == tile, 1:]
            both = np.concatenate([_farness(box, theirs_here), _farness(theirs_here, box)])
            farthest = max(farthest, float(both.max(initial=0.0)))
        if f"det_boxes_{tile}" not in wanted:
            continue
        path = golden.folder / OUTPUTS
        theirs = needed(path, wanted, f"det_boxes_{tile}", f"det_scores_{tile}", f"det_labels_{tile}")
        # Detections of nearly the same score may trade places, so each is compared with its like.
        order = _partners(box, label, theirs[0], theirs[2])
        for name, value, tolerance in (("boxes", box, BOXES_PX), ("scores", score, SCORES), ("labels", label, 0.0)):
            yield compared(f"det_{name}_{tile}", value[order], wanted[f"det_{name}_{tile}"], tolerance)
    if "det_rois" in wanted:
        yield Difference("det_rois", farthest, BOXES_PX)


def _partners(boxes: Array, labels: Array, wanted_boxes: Array, wanted_labels: Array) -> Array:
    """The order in which ours stand beside the wanted; as it is when the numbers differ, which then shows."""
    if len(boxes) != len(wanted_boxes):
        return np.arange(len(boxes))
    free = np.ones(len(boxes), bool)
    order = np.zeros(len(boxes), np.int64)
    for row, (box, label) in enumerate(zip(wanted_boxes, wanted_labels, strict=True)):
        away = np.abs(boxes - box).max(axis=1) + np.where(free & (labels == label), 0.0, 1e9)
        order[row] = away.argmin()
        free[order[row]] = False
    return order


def _masks(golden: Golden, found: Features, size_px: tuple[int, int]) -> Iterator[Difference]:
    """The mask head, fed with the golden detections."""
    model, wanted = golden.model, golden.outputs
    head = model.roi_head.mask_head
    rois = torch.from_numpy(wanted["det_rois"])
    yield from _first(golden, found, rois, "mask_roi_feats", model.roi_head.pool_masks)

    def prompts(tile: int, levels: list[Tensor], boxes: Tensor) -> tuple[Tensor, ...]:
        raw = head.point_emb(model.roi_head.pool_masks(levels, boxes))
        tokens = head.tokens(raw)
        one = slice(tile, tile + 1)
        low, iou = head.decode(found.embedding[one], model.image_positions(), tokens, found.dense[one])
        return raw, tokens, low, iou

    raw, tokens, low, iou = _per_tile(golden, found, rois, prompts)
    arrays_of = {
        "point_emb_raw": (raw, PROMPTS), "sparse_prompt_embeddings": (tokens[:, None], PROMPTS),
        "low_res_masks": (low[:, None], LOW_RES), "iou_predictions": (iou[:, None], LOW_RES),
    }  # fmt: skip
    for name, (value, tolerance) in arrays_of.items():
        if name in wanted:
            yield compared(name, value[: len(wanted[name])].numpy(), wanted[name], tolerance)
    for tile in range(len(found.embedding)):
        if f"det_masks_packed_{tile}" in wanted:
            yield _mask_pixels(golden, tile, low[rois[:, 0] == tile], size_px)


def _mask_pixels(golden: Golden, tile: int, low: Tensor, size_px: tuple[int, int]) -> Difference:
    """Pixels of a tile's masks that differ; infinite where one is no tie at the threshold."""
    name = f"det_masks_packed_{tile}"
    packed = golden.outputs[name]
    if len(packed) != len(low) or packed.shape[1] != -(-size_px[0] * size_px[1] // 8):
        return Difference(name, float("inf"), MASK_PIXELS)
    differ = binary_masks(golden.model, low, size_px).numpy() != unpacked(packed, size_px)
    away = np.abs(upsampled(golden.model, low.sigmoid(), size_px).numpy() - golden.config.rcnn.mask_thr)
    tie = not differ.any() or float(away[differ].max()) <= TIE
    return Difference(name, float(differ.sum()) if tie else float("inf"), MASK_PIXELS)


def _first(
    golden: Golden, found: Features, rois: Tensor, kind: str, pool: Callable[[list[Tensor], Tensor], Tensor]
) -> Iterator[Difference]:
    """`kind_firstN`: what the first N boxes were pooled to."""
    for name, value in golden.outputs.items():
        if re.fullmatch(rf"{kind}_first\d+", name):
            pooled = _per_tile(golden, found, rois[: len(value)], lambda _, levels, boxes: (pool(levels, boxes),))[0]
            yield compared(name, pooled.numpy(), value, LOGITS)


def _per_tile(
    golden: Golden,
    found: Features,
    rois: Tensor,
    compute: Callable[[int, list[Tensor], Tensor], tuple[Tensor, ...]],
) -> list[Tensor]:
    """Run `compute(tile, levels, boxes)` on the rows (tile, box) of each tile; results in the order of the rows."""
    results: list[Tensor] = []
    for tile in range(len(found.embedding)):
        rows = (rois[:, 0] == tile).nonzero().squeeze(1)
        parts = compute(tile, golden.model.of_tile(found, tile)[2], rois[rows, 1:])
        if not results:
            results = [part.new_full((len(rois), *part.shape[1:]), float("nan")) for part in parts]
        for result, part in zip(results, parts, strict=True):
            result[rows] = part
    return results
