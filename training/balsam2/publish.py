"""Turns a finished training into a model's folder: three ONNX graphs, compared with torch, and the card."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from inference.models.card import FILE_NAME, ModelCard, Setting
from training.balsam2 import weights
from training.balsam2.config import Balsam2Config
from training.balsam2.edges import fresh
from training.balsam2.graphs import BoxesGraph, EncoderGraph, PromptGraph
from training.balsam2.model import Balsam2
from training.balsam2.weights import write_weights
from training.convert.export import export_graph
from training.convert.parity import demand
from training.convert.sam import example_rgb
from training.convert.write import core_and_halo_m, described, finish
from training.data.labelled import OUTSIDE_GREY

Report = Callable[[str], None]

HALO_M = 6.4  # a crown of 12 m beside the core is seen whole
_LARGEST_HALO = 0.25  # of the tile's side, where a tile is small
_TOLERANCE = 2e-3


def publish(
    model: Balsam2, facts: Mapping[str, Any], settings: Mapping[str, Setting], folder: Path, report: Report
) -> ModelCard:
    """Write the model's folder.

    Args:
        model: trained, in eval mode.
        facts: fields of the card: id, title, source, licence, site, accuracy, limits, version.
        settings: thresholds that validation chose; see `Balsam2Parameters`.
        folder: empty; gets the graphs, the weights to train on from, `card.json` and `licence.txt`.
        report: told how far the graphs are from torch.

    Raises:
        ModelError: a graph computes something else than torch.
    """
    card = _card(model, facts, settings)
    graphs = {role: folder / f"{role}.onnx" for role in ("encoder", "boxes", "prompt")}
    detail = _write_encoder(model, graphs["encoder"], report)
    _write_boxes(model, detail, graphs["boxes"], report)
    _write_prompt(model, graphs["prompt"], report)
    card = finish(folder, card, graphs, str(facts["licence_text"]))
    write_weights(model, folder / weights.FILE_NAME)
    card = replace(card, graphs={**card.graphs, weights.ROLE: described(folder / weights.FILE_NAME)})
    (folder / FILE_NAME).write_text(card.to_json(), encoding="utf-8")
    return card


def _card(model: Balsam2, facts: Mapping[str, Any], settings: Mapping[str, Setting]) -> ModelCard:
    """The card without graphs."""
    config = model.config
    halo_share = min(HALO_M / (config.tile_px * config.gsd_m), _LARGEST_HALO)
    core_m, halo_m = core_and_halo_m(config.tile_px, config.gsd_m, halo_share)
    return ModelCard(
        task="crowns",
        gsd_m=config.gsd_m,
        core_m=core_m,
        halo_m=halo_m,
        needs_dsm=False,
        family="balsam2",
        tile_px=config.tile_px,
        uses_dsm=config.elevation != "none",
        settings={"dsm_norm": "metres", "mask_prompts": True, "fill_rgb": [float(OUTSIDE_GREY)] * 3, **settings},
        **{name: value for name, value in facts.items() if name != "licence_text"},
    )


def _write_encoder(model: Balsam2, path: Path, report: Report) -> torch.Tensor:
    graph = EncoderGraph(model).eval()
    side = model.config.tile_px
    rows = torch.arange(side, dtype=torch.float32)
    elevation = 8.0 + 8.0 * torch.sin(rows / 23.0)[:, None] * torch.cos(rows / 31.0)[None]
    elevation[: side // 8] = -1.0
    feeds = {"rgb": example_rgb(side), "elevation": elevation[None, None]}
    export_graph(graph, feeds, ["detail", "embedding", "extent"], path)
    with torch.inference_mode():
        detail, embedding, extent = graph(*feeds.values())
    arrays = {name: value.numpy() for name, value in feeds.items()}
    demand("encoder", path, arrays, {"detail": detail, "embedding": embedding, "extent": extent}, _TOLERANCE, report)
    return torch.clone(detail)


def _write_boxes(model: Balsam2, detail: torch.Tensor, path: Path, report: Report) -> None:
    graph = BoxesGraph(model).eval()
    export_graph(graph, {"detail": detail}, ["centres", "reach"], path)
    with torch.inference_mode():
        centres, reach = graph(detail)
    demand("boxes", path, {"detail": detail.numpy()}, {"centres": centres, "reach": reach}, _TOLERANCE, report)


def _write_prompt(model: Balsam2, path: Path, report: Report) -> None:
    graph = PromptGraph(model).eval()
    dynamic: dict[str, Mapping[int, str]] = {
        "point_coords": {0: "prompts", 1: "points"},
        "point_labels": {0: "prompts", 1: "points"},
        "mask_input": {0: "prompts"},
        "has_mask": {0: "prompts"},
    }
    export_graph(graph, _prompts(model, 3, 4), ["masks", "iou"], path, dynamic)
    for prompts, points in ((3, 4), (1, 2), (40, 2)):
        feeds = _prompts(model, prompts, points)
        with torch.inference_mode():
            masks, iou = graph(*feeds.values())
        arrays = {name: value.numpy() for name, value in feeds.items()}
        demand(f"prompt ({prompts} x {points})", path, arrays, {"masks": masks, "iou": iou}, _TOLERANCE, report)


def _prompts(model: Balsam2, prompts: int, points: int) -> dict[str, torch.Tensor]:
    generator = torch.Generator().manual_seed(prompts)
    side = model.config.tile_px // model.config.mask_stride
    labels = torch.tensor([2.0, 3.0, 1.0, 0.0])[:points].repeat(prompts, 1)
    fine = {"detail": torch.randn((1, model.config.detail, side // 2, side // 2), generator=generator)}
    return {
        "embedding": torch.randn((1, model.config.embedding, side // 4, side // 4), generator=generator),
        "extent": 6.0 + 20.0 * torch.rand((1, 4, side // 4, side // 4), generator=generator),
        "point_coords": torch.rand((prompts, points, 2), generator=generator) * model.config.tile_px,
        "point_labels": labels,
        "mask_input": torch.randn((prompts, 1, side, side), generator=generator),
        "has_mask": (torch.arange(prompts) % 2).float(),
        **(fine if model.edges is not None else {}),
    }


def configured(model: Balsam2, config: Balsam2Config) -> Balsam2:
    """The same weights with the side of tiles and the reading of the maps of another configuration.

    Nothing but SAM's position grid depends on the side; what shapes the network stays the model's own, but for the
    layers that draw edges: a model without them gets the configuration's, which draw nothing until they are trained.
    """
    changed = {name: getattr(config, name) for name in ("tile_px", "size_weight", "reach_scale")}
    if model.edges is None:
        changed["edges"] = config.edges
    other = Balsam2(replace(model.config, **changed))
    if model.edges is None and other.edges is not None:
        fresh(other.edges)
    other.load_state_dict({**other.state_dict(), **model.state_dict()})
    return other.eval()
