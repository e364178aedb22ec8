"""A model to click with: SAM's own prompt encoder and mask decoder, random weights, a small image encoder."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from inference.models.card import FILE_NAME, GraphFile, ModelCard
from inference.models.store import ModelStore

TILE_PX, GSD_M = 1024, 0.05
_RADIUS_PX, _ROUGHNESS_PX = 50.0, 6.0


def crown_prompt(prompt: Any, side: int) -> Any:
    """SAM's prompt graph, its masks drawn around the first point.

    Masks of random weights are noise over the whole window, which no trained model gives; tracing them would measure
    the noise. So they only roughen the edge of a crown of 5 m around the click. SAM's work is done in full.
    """
    import torch

    line = (torch.arange(side) + 0.5) * TILE_PX / side - 0.5
    rows, cols = torch.meshgrid(line, line, indexing="ij")

    class CrownPrompt(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.prompt = prompt
            self.register_buffer("cells", torch.stack([cols, rows], dim=-1))
            self.register_buffer("sizes", torch.tensor([1.0, 0.6, 1.2, 2.0]).reshape(1, 4, 1, 1))

        def forward(
            self, embedding: Any, point_coords: Any, point_labels: Any, mask_input: Any, has_mask: Any
        ) -> tuple[Any, Any]:
            masks, iou = self.prompt(embedding, point_coords, point_labels, mask_input, has_mask)
            offset = self.cells[None] - point_coords[:, 0].reshape(-1, 1, 1, 2)
            away = offset.square().sum(dim=-1).sqrt()[:, None]
            return (self.sizes * _RADIUS_PX - away + _ROUGHNESS_PX * torch.tanh(masks)) / 4.0, iou

    return CrownPrompt()


def build_sam_like() -> Any:
    """SAM with its own decoder and an encoder of one narrow block, random weights."""
    import torch

    from training.segment_anything_models import SamConfig, build_sam

    torch.manual_seed(5)
    return build_sam(SamConfig(tile_px=TILE_PX, width=64, depth=1, heads=2, mlp_width=128, global_blocks=()))


def write_model(home: Path, *, crowns: bool) -> ModelStore:
    """Install the model "clicks" under `home`; `crowns` False leaves SAM's random masks as they are."""
    import torch

    from training.convert.export import export_graph
    from training.convert.preprocess import Normalise
    from training.convert.sam_graphs import EncoderGraph, PromptGraph

    sam = build_sam_like().eval()
    folder = home / "clicks"
    folder.mkdir(parents=True)
    grid = TILE_PX // 16
    prompt = PromptGraph(sam.prompt_encoder, sam.mask_decoder, TILE_PX)
    export_graph(
        EncoderGraph(sam.image_encoder, Normalise()).eval(),
        {"rgb": torch.rand(1, 3, TILE_PX, TILE_PX) * 255.0},
        ["embedding"],
        folder / "encoder.onnx",
    )
    many: dict[int, str] = {0: "prompts"}
    points: dict[int, str] = {0: "prompts", 1: "points"}
    dynamic: dict[str, Mapping[int, str]] = {
        "point_coords": points,
        "point_labels": points,
        "mask_input": many,
        "has_mask": many,
    }
    feeds = {
        "embedding": torch.randn(1, 256, grid, grid),
        "point_coords": torch.rand(3, 4, 2) * TILE_PX,
        "point_labels": torch.ones(3, 4),
        "mask_input": torch.zeros(3, 1, 4 * grid, 4 * grid),
        "has_mask": torch.zeros(3),
    }
    graph = crown_prompt(prompt, 4 * grid) if crowns else prompt
    export_graph(graph.eval(), feeds, ["masks", "iou"], folder / "prompt.onnx", dynamic)
    graphs = {role: _described(folder / f"{role}.onnx") for role in ("encoder", "prompt")}
    card = ModelCard(
        id="clicks",
        task="prompt",
        title="SAM's decoder with random weights",
        gsd_m=GSD_M,
        core_m=GSD_M * TILE_PX,
        halo_m=0.0,
        needs_dsm=False,
        source="random weights",
        licence="Apache-2.0",
        family="sam",
        tile_px=TILE_PX,
        graphs=graphs,
    )
    (folder / FILE_NAME).write_text(card.to_json(), encoding="utf-8")
    return ModelStore([home])


def _described(path: Path) -> GraphFile:
    content = path.read_bytes()
    return GraphFile(path.name, hashlib.sha256(content).hexdigest(), len(content))
