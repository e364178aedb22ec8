"""A converted SAM, clicked through the engine on a map, answers as the package's own modules in torch do."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
import torch

from inference.jobs import CancelToken
from inference.models.store import ModelStore
from inference.plot.grid import Grid
from inference.plot.tile import Tile
from inference.prompt.base import Prompt
from inference.prompt.sam import SamSegmenter, outline_logits
from training.checkpoints import Checkpoint
from training.convert import sam
from training.convert.options import ConvertOptions
from training.segment_anything_models import PIXEL_MEAN, PIXEL_STD, SamConfig, build_sam

SIDE = 80
CONFIG = SamConfig(
    tile_px=SIDE, width=16, depth=1, heads=2, mlp_width=32, window=4, global_blocks=(), out=32,
    decoder_mlp_width=32, iou_width=32, mask_in=8,
)  # fmt: skip
GRID = Grid("", 500_000.0, 5_100_000.0, 0.25, SIDE, SIDE)
GO = CancelToken()


@pytest.fixture(scope="module")
def model() -> Any:
    torch.manual_seed(3)
    return build_sam(CONFIG).eval()


@pytest.fixture(scope="module")
def segmenter(model: Any, tmp_path_factory: pytest.TempPathFactory) -> SamSegmenter:
    home = tmp_path_factory.mktemp("store")
    checkpoint = Checkpoint(dict(model.state_dict()), "sam", {}, "0" * 64, Path("tiny.pth"))
    (home / "tiny").mkdir()
    sam.convert(checkpoint, ConvertOptions(model_id="tiny", gsd_m=0.25), home / "tiny", lambda _: None)
    return SamSegmenter(ModelStore([home]).get("tiny"), threads=1)


@pytest.fixture(scope="module")
def tile() -> Tile:
    rgb = np.random.default_rng(0).integers(0, 255, (3, SIDE, SIDE)).astype(np.uint8)
    everywhere = np.ones((SIDE, SIDE), bool)
    return Tile(0, GRID, GRID.bounds_crs, rgb, everywhere, everywhere, None, None, None, 1.0)


def place(col: float, row: float) -> tuple[float, float]:
    """The middle of a cell on the map."""
    return (GRID.left_crs + (col + 0.5) * 0.25, GRID.top_crs - (row + 0.5) * 0.25)


@torch.inference_mode()
def in_torch(
    model: Any,
    tile: Tile,
    *,
    points: list[tuple[float, float, int]] | None = None,
    box: list[float] | None = None,
    mask: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """All masks and their IoU, asked as the package's predictor does."""
    mean, std = (torch.tensor(values).reshape(1, 3, 1, 1) for values in (PIXEL_MEAN, PIXEL_STD))
    embedding = model.image_encoder((torch.from_numpy(tile.rgb.astype(np.float32))[None] - mean) / std)
    given = None
    if points is not None:
        rows = torch.tensor(points)
        given = (rows[None, :, :2].float(), rows[None, :, 2])
    sparse, dense = model.prompt_encoder(
        points=given,
        boxes=None if box is None else torch.tensor([box]),
        masks=None if mask is None else torch.from_numpy(mask)[None, None],
    )
    masks, iou = model.mask_decoder.predict_masks(
        image_embeddings=embedding,
        image_pe=model.prompt_encoder.get_dense_pe(),
        sparse_prompt_embeddings=sparse,
        dense_prompt_embeddings=dense,
    )
    return masks[0].numpy(), iou[0].numpy()


def agree(segmenter: SamSegmenter, tile: Tile, prompt: Prompt, expected: tuple[np.ndarray, np.ndarray]) -> None:
    masks, iou = expected
    found = segmenter.propose(segmenter.embed(tile, GO), prompt, GO)
    three = [1 + place for place in np.argsort(-iou[1:], kind="stable").tolist()]
    order = three if len(prompt.marks) == 1 and prompt.box_crs is None and prompt.outline is None else [0, *three]
    assert len(found) == len(order)
    for one, number in zip(found, order, strict=True):
        np.testing.assert_allclose(one.mask.logits, masks[number], atol=2e-4)
        assert one.score == pytest.approx(float(np.clip(iou[number], 0.0, 1.0)), abs=1e-4)


def test_a_click(segmenter: SamSegmenter, model: Any, tile: Tile) -> None:
    agree(segmenter, tile, Prompt().including(place(20, 33)), in_torch(model, tile, points=[(20, 33, 1)]))


def test_two_clicks(segmenter: SamSegmenter, model: Any, tile: Tile) -> None:
    prompt = Prompt().including(place(20, 33)).excluding(place(60, 7))
    agree(segmenter, tile, prompt, in_torch(model, tile, points=[(20, 33, 1), (60, 7, 0)]))


def test_a_box(segmenter: SamSegmenter, model: Any, tile: Tile) -> None:
    (left, top), (right, bottom) = place(10, 12), place(50, 61)
    prompt = Prompt().boxed((left, bottom, right, top))
    agree(segmenter, tile, prompt, in_torch(model, tile, box=[10.0, 12.0, 50.0, 61.0]))


def test_a_crown_to_refine_with_a_click(segmenter: SamSegmenter, model: Any, tile: Tile) -> None:
    crown = shapely.Point(place(40, 40)).buffer(4.0)
    mask = outline_logits(crown, segmenter.mask_grid(segmenter.embed(tile, GO)))
    prompt = Prompt(outline=crown).including(place(60, 40))
    agree(segmenter, tile, prompt, in_torch(model, tile, points=[(60, 40, 1)], mask=mask))
