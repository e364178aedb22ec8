"""Tiny BalSAMs for tests: configurations, models whose outputs vary, and whole sets in the form of the golden ones."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor

from training.balsam.config import BalsamConfig, from_golden_config
from training.balsam.losses import losses
from training.balsam.model import Balsam, authors_name
from training.balsam.predict import binary_masks, detections, proposals
from training.balsam.tiles import TrainTile
from training.balsam.truth import Truth

# Tensors of these sizes are done before a second thread has woken up.
torch.set_num_threads(1)

# The form of a golden set's config.json, with other sizes than the shared one.
TINY: Mapping[str, Any] = {
    "img": 96,
    "select": [1, 4, 2],
    "num_classes": 4,
    "fc": 24,
    "agg_hidden": 8,
    "mean": [123.675, 116.28, 103.53],
    "std": [58.395, 57.12, 57.375],
    "pad_size_divisor": 32,
    "dsm_norm": "max (per image)",
    "patch_size": 16,
    "points_per_instance": 5,
    "with_sincos": True,
    "dsm_stem": {"first": 4, "mid": 8},
    "sam_vision": {
        "hidden_size": 24,
        "layers": 3,
        "heads": 2,
        "window": 4,
        "global_layers": [1],
        "mlp_dim": 40,
        "out": 16,
        "eps": 1e-6,
    },
    "sam_decoder": {
        "hidden": 16,
        "layers": 2,
        "heads": 2,
        "mlp_dim": 32,
        "downsample": 2,
        "iou_hidden": 16,
        "iou_depth": 3,
        "mask_tokens": 4,
    },
    "rpn": {
        "scales": [4, 8],
        "ratios": [0.5, 1, 2],
        "strides": [4, 8, 16, 32, 64],
        "nms_pre": 100,
        "nms_iou": 0.7,
        "max_per_img": 60,
        "min_bbox_size": 0,
    },
    "rcnn": {
        "score_thr": 0.05,
        "nms_iou": 0.5,
        "max_per_img": 12,
        "mask_thr": 0.5,
        "stds": [0.1, 0.1, 0.2, 0.2],
        "roi_strides": [4, 8, 16, 32],
        "finest_scale": 24,
        "bbox_roi": 7,
        "mask_roi": 14,
    },
    "train": {"rpn_sampler": "all", "rcnn_sampler": "all, gt boxes added", "proposal_nms_pre": 150, "bn": "eval"},
}


def tiny_config(*, uses_dsm: bool = True, **changes: Any) -> BalsamConfig:
    """A configuration of some thousand weights; `changes` are fields of `BalsamConfig`."""
    return replace(from_golden_config(TINY, uses_dsm=uses_dsm), **changes)


def lively_model(config: BalsamConfig, seed: int = 0) -> Balsam:
    """A model with random weights, large enough that scores, boxes and masks vary; in evaluation mode."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        model = Balsam(config)
        with torch.no_grad():
            head = model.roi_head.bbox_head
            for layer in (model.rpn_head.rpn_conv, model.rpn_head.rpn_cls, model.rpn_head.rpn_reg):
                layer.weight.normal_(std=0.15)
            head.fc_cls.weight.normal_(std=0.5)
            head.fc_reg.weight.normal_(std=0.5)
            model.roi_head.mask_head.point_emb[8].weight.normal_(std=0.5)
            decoder = model.roi_head.mask_head.mask_decoder.mask_decoder
            for attention in (part for name, part in decoder.named_modules() if name.endswith(("q_proj", "k_proj"))):
                attention.weight.normal_(std=0.5)
            decoder.output_hypernetworks_mlps[0].layers[2].weight.normal_(std=5.0)
            for part in model.modules():
                if isinstance(part, torch.nn.BatchNorm2d):
                    part.running_mean.normal_(std=0.1)
                    part.running_var.uniform_(0.5, 1.5)
    return model.eval()


def made_tile(
    side_px: int = 96, crowns: int = 4, seed: int = 0, cell_m: float = 0.1, datum_m: float = 0.0, classes: int = 2
) -> TrainTile:
    """Round bright crowns of all sizes on dark, sloping ground, with elevation; classes by colour."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[0:side_px, 0:side_px].astype(np.float32)
    rgb = random.integers(20, 60, (3, side_px, side_px)).astype(np.float32)
    height_m = datum_m + 2.0 + 0.02 * x + random.random((side_px, side_px)).astype(np.float32) * 0.1
    boxes, labels, masks = [], [], []
    for number in range(crowns):
        radius = random.uniform(0.08, 0.16) * side_px
        centre = random.uniform(radius, side_px - radius, 2)
        inside = (x + 0.5 - centre[0]) ** 2 + (y + 0.5 - centre[1]) ** 2 < radius**2
        rgb[:, inside] = np.array([60, 160, 70])[:, None] + 80 * (number % 2)
        height_m[inside] += 4 + number
        rows, columns = np.nonzero(inside)
        boxes.append([columns.min(), rows.min(), columns.max() + 1, rows.max() + 1])
        labels.append(number % classes)
        masks.append(inside)
    truth = Truth(
        torch.tensor(boxes, dtype=torch.float32).reshape(-1, 4),
        torch.tensor(labels, dtype=torch.int64),
        torch.from_numpy(np.array(masks, dtype=bool).reshape(-1, side_px, side_px)),
    )
    return TrainTile(rgb.clip(0, 255).astype(np.uint8), height_m.astype(np.float32), truth, cell_m)


def write_golden_set(
    folder: Path, *, config: Mapping[str, Any] = TINY, tiles: int = 2, uses_dsm: bool = True, seed: int = 1
) -> Path:
    """Write a set in the form of the golden ones, computed by our own model: it exercises the checks, not the maths."""
    folder.mkdir(parents=True, exist_ok=True)
    model = lively_model(from_golden_config(config, uses_dsm=uses_dsm), seed)
    classes = config["num_classes"]
    made = [
        made_tile(config["img"], crowns=3 + tile, seed=seed + tile, datum_m=300.0 * tile, classes=classes)
        for tile in range(tiles)
    ]
    rgb = torch.from_numpy(np.stack([one.rgb for one in made])).float()
    heights = torch.from_numpy(np.stack([one.height_m for one in made if one.height_m is not None]))
    elevation = (heights / heights.amax(dim=(1, 2), keepdim=True)).unsqueeze(1) if uses_dsm else None
    inputs: dict[str, Any] = {"rgb": np.stack([one.rgb.transpose(1, 2, 0) for one in made])}
    if uses_dsm:
        inputs["dsm"] = heights.numpy()
    for number, one in enumerate(made):
        inputs[f"gt_boxes_{number}"] = one.truth.boxes.numpy()
        inputs[f"gt_labels_{number}"] = one.truth.labels.numpy()
        inputs[f"gt_masks_packed_{number}"] = packed(one.truth.masks)
    with torch.no_grad():
        outputs = _outputs(model, rgb, elevation)
    if uses_dsm:
        outputs["dsm_norm_max_per_image"] = heights.amax(dim=(1, 2)).numpy()
    found = losses(model.train(), rgb, [one.truth for one in made], elevation)
    found.total.backward()
    (folder / "config.json").write_text(json.dumps(dict(config)))
    save_file({name: value.clone() for name, value in model.state_dict().items()}, folder / "model.safetensors")
    np.savez(folder / "inputs.npz", **inputs)
    np.savez(folder / "outputs.npz", **outputs)
    (folder / "losses.json").write_text(json.dumps(_losses(model, found)))
    return folder


def packed(masks: Tensor) -> Any:
    """(n, H, W) bool -> (n, H * W / 8) bits."""
    return np.packbits(masks.numpy().reshape(len(masks), masks.shape[1] * masks.shape[2]), axis=1)


def _outputs(model: Balsam, rgb: Tensor, elevation: Tensor | None) -> dict[str, Any]:
    found = model.features(rgb, elevation)
    size_px = (rgb.shape[2], rgb.shape[3])
    result: dict[str, Any] = {
        "encoder_input_first_image": found.encoder_input[:1],
        "image_embeddings": found.image_embedding,
        "dsm_embedding": found.dense,
        "image_pe": model.image_positions().expand(len(rgb), -1, -1, -1),
        "aggregated": found.aggregated,
        "roi_pe_level0": model.position_code(0),
        "roi_feat_level_2_with_pe": found.roi_levels[2],
        **{f"hidden_{index}": state for index, state in enumerate(found.states)},
        **{f"fpn_{index}": level for index, level in enumerate(found.levels)},
        **{f"rpn_cls_{index}": one for index, one in enumerate(found.rpn_cls)},
        **{f"rpn_reg_{index}": one for index, one in enumerate(found.rpn_reg)},
    }
    rows: dict[str, list[Tensor]] = {}
    for tile in range(len(rgb)):
        embedding, dense, levels = model.of_tile(found, tile)
        boxes, scores = proposals(
            model.config, [one[tile] for one in found.rpn_cls], [one[tile] for one in found.rpn_reg], size_px
        )
        logits, deltas = model.boxes(levels, boxes)
        det, score, label = detections(model.config, boxes, logits.softmax(dim=1), deltas, size_px)
        low, iou = model.masks(embedding, dense, levels, det)
        result |= {f"det_boxes_{tile}": det, f"det_scores_{tile}": score, f"det_labels_{tile}": label}
        result[f"det_masks_packed_{tile}"] = torch.from_numpy(packed(binary_masks(model, low, size_px)))
        for name, value in {
            "proposal_rois": torch.cat([torch.full((len(boxes), 1), float(tile)), boxes], dim=1),
            "proposal_scores": scores,
            "bbox_roi_feats": model.roi_head.pool_boxes(levels, boxes),
            "cls_score": logits,
            "bbox_pred": deltas,
            "det_rois": torch.cat([torch.full((len(det), 1), float(tile)), det], dim=1),
            "mask_roi_feats": model.roi_head.pool_masks(levels, det),
            "point_emb_raw": model.roi_head.mask_head.point_emb(model.roi_head.pool_masks(levels, det)),
            "sparse_prompt_embeddings": model.prompt_tokens(levels, det)[:, None],
            "low_res_masks": low[:, None],
            "iou_predictions": iou[:, None],
        }.items():
            rows.setdefault(name, []).append(value)
    result |= {name: torch.cat(values) for name, values in rows.items()}
    for name, count in (("bbox_roi_feats", 9), ("mask_roi_feats", 5)):
        first = result.pop(name)[:count]
        result[f"{name}_first{len(first)}"] = first
    return {name: value.numpy() for name, value in result.items()}


def _losses(model: Balsam, found: Any) -> dict[str, Any]:
    return {
        "loss_rpn_cls": [one.item() for one in found.rpn_cls],
        "loss_rpn_bbox": [one.item() for one in found.rpn_bbox],
        "loss_cls": found.cls.item(),
        "acc": found.accuracy_pct,
        "loss_bbox": found.bbox.item(),
        "loss_mask": found.mask.item(),
        "num_pos_rois_per_image": found.positive,
        "num_neg_rois_per_image": found.negative,
        "total": found.total.item(),
        "grad_l2": {
            authors_name(model, name): None if value.grad is None else value.grad.norm().item()
            for name, value in model.named_parameters()
        },
    }
