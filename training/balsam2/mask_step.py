"""One step of learning masks: crowns of the canvases as prompts, their outlines or only their boxes as truth."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from training.balsam2.losses import box_mask_loss, outline_loss, shifted
from training.balsam2.model import Balsam2, Encoded
from training.balsam2.prior import prior_logits
from training.convert.sam_graphs import decode
from training.data.canvas import Canvas

Float32 = NDArray[np.float32]

_CROWNS_PER_CANVAS = 8
_LEAST_VISIBLE = 0.8
_POINTS = 3  # at most: with a box two more
_IOU_SHARE = 0.5
_NEAR_SHARE, _NEAR_CELLS = 0.35, 4  # what is looked at beside a crown: of its side, and at least
_FAR_STRIDE = 8  # beyond that, one cell of so many either way
_JITTER = 0.08  # of a box's side: the boxes that the model proposes are not exact either


@dataclass(frozen=True, slots=True)
class PromptedCrowns:
    """Crowns of one canvas that a step asks for.

    Attributes:
        points: (n, P, 2) x, y in input cells, (0, 0) being the outer corner of the first.
        labels: (n, P) 1 include, 0 exclude, 2 and 3 corners of a box, -1 nothing.
        wanted: (n, h, w) float32, the crown's cells where known, else its box.
        known: (n,) bool, whether `wanted` is an outline.
    """

    points: Float32
    labels: Float32
    wanted: Float32
    known: NDArray[np.bool_]


def mask_step(
    model: Balsam2, rgb: Tensor, elevation_m: Tensor, canvases: Sequence[Canvas], seed: int
) -> dict[str, Tensor]:
    """Losses of masks and of their predicted IoU, means over all crowns asked for.

    Every crown is asked for once, by box, by points or by both. SAM's first mask and its three others learn the same
    crown; of the three only the best, so that they may come to mean different things (Kirillov et al. 2023).
    """
    encoded = model.encode(rgb, elevation_m)
    stride = model.config.mask_stride
    likeness = _likeness(rgb, elevation_m, stride)
    outlines: list[Tensor] = []
    boxes: list[Tensor] = []
    qualities: list[Tensor] = []
    for number, canvas in enumerate(canvases):
        asked = prompted(canvas, np.random.default_rng((seed, number)), stride)
        if asked is None:
            continue
        corner = _corner(model, rgb.shape[-1], np.random.default_rng((seed, number, 1)))
        masks, iou = decoded(model, encoded.of(number), asked, corner)
        wanted = torch.from_numpy(asked.wanted).to(rgb.device)
        known = torch.from_numpy(asked.known).to(rgb.device)
        each = torch.stack(
            [_loss(*of_crown, likeness[number]) for of_crown in zip(masks, wanted, asked.known.tolist(), strict=True)]
        )
        loss = each[:, 0] + each[:, 1:].min(1).values
        (outlines if bool(known.all()) else boxes).append(loss)
        if bool(known.any()):
            true = _true_iou(masks.detach()[known], wanted[known])
            qualities.append(functional.mse_loss(iou[known].float(), true, reduction="none").mean(1))
    zero = encoded.embedding.sum() * 0.0
    return {
        "outlines": torch.cat(outlines).mean() if outlines else zero,
        "box masks": torch.cat(boxes).mean() if boxes else zero,
        "iou": _IOU_SHARE * torch.cat(qualities).mean() if qualities else zero,
    }


def prompted(canvas: Canvas, rng: np.random.Generator, stride: int) -> PromptedCrowns | None:
    """Choose crowns of a canvas and ask for them like a person or the model would; None without crowns."""
    candidates = np.flatnonzero(canvas.visible >= _LEAST_VISIBLE)
    # The loss is of one kind per canvas.
    if canvas.has_mask[candidates].any():
        candidates = candidates[canvas.has_mask[candidates]]
    if not len(candidates):
        return None
    chosen = rng.permutation(candidates)[:_CROWNS_PER_CANVAS]
    side = canvas.rgb.shape[1] // stride
    coarse_owner = canvas.owner[stride // 2 :: stride, stride // 2 :: stride]
    points = np.zeros((len(chosen), _POINTS + 2, 2), np.float32)
    labels = np.full((len(chosen), _POINTS + 2), -1.0, np.float32)
    wanted = np.zeros((len(chosen), side, side), np.float32)
    for row, crown in enumerate(chosen):
        box = canvas.boxes[crown]
        left, top = np.floor(box[:2] / stride).astype(int)
        right, bottom = np.ceil(box[2:] / stride).astype(int)
        inside = np.zeros((side, side), bool)
        inside[top:bottom, left:right] = True
        if canvas.has_mask[crown]:
            inside = coarse_owner == crown + 1
            if not inside.any():
                inside[min(top, side - 1), min(left, side - 1)] = True
        wanted[row] = inside
        _ask(points[row], labels[row], inside, box, rng, stride, known=bool(canvas.has_mask[crown]))
    return PromptedCrowns(points, labels, wanted, canvas.has_mask[chosen])


def _ask(
    points: Float32,
    labels: Float32,
    inside: NDArray[np.bool_],
    box: Float32,
    rng: np.random.Generator,
    stride: int,
    *,
    known: bool,
) -> None:
    """Fill in one crown's prompt: a box in three of four, points in the others and in some beside the box."""
    by_box = bool(rng.random() < 0.75)
    if by_box:
        size = np.tile(box[2:] - box[:2], 2)
        corners = box + rng.normal(0.0, _JITTER, 4).astype(np.float32) * size
        points[:2], labels[:2] = corners.reshape(2, 2), (2.0, 3.0)
    if by_box and rng.random() < 0.6:
        return
    cells = np.argwhere(inside)
    count = int(rng.integers(1, _POINTS + 1))
    for number in range(count):
        if number > 0 and known and rng.random() < 0.4:
            place = _beside(inside, rng)
            label = 0.0
        else:
            # A click on a box without an outline is near its middle: its corners may be another crown's.
            place = (
                cells[int(rng.integers(len(cells)))]
                if known
                else cells.mean(0) + rng.normal(0, 0.12, 2) * (np.ptp(cells, axis=0))
            )
            label = 1.0
        points[2 + number] = (place[::-1] + 0.5) * stride
        labels[2 + number] = label


def _beside(inside: NDArray[np.bool_], rng: np.random.Generator) -> NDArray[np.float64]:
    """A cell outside the crown but near it."""
    cells = np.argwhere(inside)
    reach = np.ptp(cells, axis=0) + 4
    for _ in range(20):
        place = cells.mean(0) + rng.uniform(-1.0, 1.0, 2) * reach
        row, column = np.clip(place, 0, np.array(inside.shape) - 1).astype(int)
        if not inside[row, column]:
            return np.array([row, column], float)
    return np.zeros(2)


def _corner(model: Balsam2, side: int, rng: np.random.Generator) -> tuple[int, int]:
    """Where in a tile a canvas of `side` input cells lies, in cells of the embedding: row and column."""
    spare = (model.config.tile_px - side) // model.config.embedding_stride
    row, column = rng.integers(0, spare + 1, 2)
    return int(row), int(column)


def decoded(
    model: Balsam2, encoded: Encoded, asked: PromptedCrowns, corner: tuple[int, int] = (0, 0)
) -> tuple[Tensor, Tensor]:
    """All four masks (n, 4, h, w) and their predicted IoU (n, 4).

    Args:
        model: whose.
        encoded: of one canvas, which may be smaller than a tile.
        asked: crowns of it.
        corner: the row and column of the tile's embedding where the canvas begins: prompts know the place in the tile.
    """
    device = encoded.embedding.device
    places = torch.from_numpy(asked.points).to(device)
    labels = torch.from_numpy(asked.labels).to(device)
    rows, columns = (
        slice(first, first + side) for first, side in zip(corner, encoded.embedding.shape[-2:], strict=True)
    )
    stride = model.config.embedding_stride
    away = np.array(corner[::-1], np.float32) * stride
    sparse = model.sparse(torch.from_numpy(asked.points + away).to(device), labels)
    position = model.prompt_encoder.get_dense_pe()[..., rows, columns]
    no_mask = model.prompt_encoder.no_mask_embed.weight.reshape(1, -1, 1, 1)
    masks, iou = decode(model.mask_decoder, encoded.embedding + encoded.dense, position, sparse, no_mask)
    nothing = torch.zeros((len(places), 1, *masks.shape[-2:]), device=device)
    no_masks = torch.zeros(len(places), device=device)
    extent = model.extent(encoded.reach).float()
    prior = prior_logits(places, labels, extent, nothing, no_masks, encoded.embedding.shape[-1] * stride)
    return model.with_edges(masks.float() + prior, encoded.detail).float(), iou.float()


def _loss(masks: Tensor, wanted: Tensor, known: bool, likeness: Tensor) -> Tensor:
    """Loss (M,) of one crown's masks (M, h, w): around the crown, and a little of what reaches far beyond it."""
    rows, columns = _around(wanted)
    near, truth = masks[:, rows, columns], wanted[rows, columns].expand(len(masks), -1, -1)
    if known:
        loss = outline_loss(near, truth)
    else:
        loss = box_mask_loss(near, truth, likeness[:, rows, columns].expand(len(masks), -1, -1, -1))
    far = torch.ones_like(wanted)
    far[rows, columns] = 0.0
    far = far[::_FAR_STRIDE, ::_FAR_STRIDE]
    beyond = functional.softplus(masks[:, ::_FAR_STRIDE, ::_FAR_STRIDE]) * far
    return loss + beyond.sum((1, 2)) / far.sum().clamp_min(1.0)


def _around(wanted: Tensor) -> tuple[slice, slice]:
    """Rows and columns of a crown (h, w) and of what lies beside it: a whole tile would teach its far corners."""
    found = []
    for axis in (1, 0):
        line = torch.nonzero(wanted.amax(axis))
        first, last = int(line[0]), int(line[-1]) + 1
        reach = max(_NEAR_CELLS, round(_NEAR_SHARE * (last - first)))
        found.append(slice(max(first - reach, 0), last + reach))
    return found[0], found[1]


def _true_iou(masks: Tensor, wanted: Tensor) -> Tensor:
    """IoU (n, 4) of masks (n, 4, h, w) as logits with (n, h, w)."""
    inside, truth = masks > 0.0, wanted[:, None] > 0.5
    shared = (inside & truth).sum((2, 3)).float()
    return shared / (inside | truth).sum((2, 3)).clamp_min(1).float()


@torch.no_grad()
def _likeness(rgb: Tensor, elevation_m: Tensor, stride: int) -> Tensor:
    """How alike neighbouring mask cells look (B, 4, h, w), 0..1, by colour and where known by canopy height."""
    colour = functional.avg_pool2d(rgb.float(), stride) / 255.0
    height = functional.avg_pool2d(elevation_m.clamp_min(0.0), stride)[:, 0]
    distance = torch.stack([(shifted(colour[:, band]) - colour[:, band, None]) ** 2 for band in range(3)]).sum(0)
    step = (shifted(height) - height[:, None]).abs()
    return torch.exp(-torch.sqrt(distance) * 6.0) * torch.exp(-step / 2.0)
