"""The folder of the shipped traits model: its graph, and what its card says of its origin and its limits."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from inference.models.card import FILE_NAME, ModelCard, Setting
from inference.traits.domain import FILE as CLOUD_FILE
from inference.traits.domain import ROLE as CLOUD_ROLE
from inference.traits.species import model_classes
from training.convert.dinovtree import ROLE
from training.convert.export import export_graph
from training.convert.parity import demand
from training.convert.write import finish
from training.shipped.trait_crowns import GSD_M, SIDE_PX
from training.shipped.traits_lessons import Lesson
from training.traits.crown_net import CrownNet

MODEL_ID = "birch-traits"
LICENCE = "CC-BY-4.0"
LICENCE_TEXT = """\
The weights of this model are licensed under the Creative Commons Attribution 4.0 International licence (CC-BY-4.0),
https://creativecommons.org/licenses/by/4.0/. Name "BirchTree" and the sources below.

It was trained by the BirchTree project from nothing, on crowns labelled in
- IDTReeS 2020 competition data (Zenodo 3934932), CC-BY-4.0: species;
- NeonTreeEvaluation (Zenodo 5914554), site TEAK: crowns CC-BY-4.0; imagery and lidar of the National Ecological
  Observatory Network, CC0: conifers.
"""
OUTPUTS = ("logits", "height_m", "embedding")
# Sums over thousands of cells, in another order: skewness of nearly flat crowns moves most.
_TOLERANCES = {"logits": 2e-3, "height_m": 5e-3, "embedding": 5e-3}
_SITE = (
    "idtrees: Mountain Lake, Virginia (MLBS, closed deciduous) and Ordway-Swisher, Florida (OSBS, open pine); "
    "teak: Teakettle, Sierra Nevada (TEAK, mixed conifer; leaf type only)"
)
_LIMITS = (
    "Knows three forests, each from one flight with lidar, in leaf, 10 cm a pixel. It needs an elevation model, and on "
    "plots whose crowns look unlike those it says nothing. Of the species in a closed deciduous forest it tells hardly "
    "any. Its heights correct the canopy height model's towards what people measured at MLBS and OSBS; at TEAK nobody "
    "measured any. Teach it your species with a few marks."
)
_TITLE = "Leaf type, species and height in three North American forests (needs elevation); silent elsewhere"

Report = Callable[[str], None]


def publish(
    lesson: Lesson, settings: Mapping[str, Setting], figures: Mapping[str, Any], folder: Path, report: Report
) -> ModelCard:
    """Write the model's folder.

    Args:
        lesson: learned from all crowns.
        settings: chosen on crowns held out.
        figures: of the examination.
        folder: empty; gets graph, cloud, `card.json` and `licence.txt`.
        report: told how far the graph is from torch.

    Raises:
        ModelError: the graph computes something else than torch.
    """
    path = folder / f"{ROLE}.onnx"
    parity = write_graph(lesson.net, path, report)
    card = ModelCard(
        id=MODEL_ID,
        task="traits",
        title=_TITLE,
        gsd_m=GSD_M,
        core_m=GSD_M * SIDE_PX,
        halo_m=0.0,
        needs_dsm=False,
        uses_dsm=True,
        family="dinovtree",
        tile_px=SIDE_PX,
        classes=model_classes(lesson.classes),
        source="Trained with BirchTree (python -m training.shipped.traits)",
        licence=LICENCE,
        site=_SITE,
        accuracy=_accuracy(figures["cross_validation"], figures["heights"]["all"]),
        limits=_LIMITS,
        settings={
            "backbone": "crown statistics",
            "height_is_metres": True,
            "heights": "last",  # beside those of the canopy height model, unless somebody asks for them
            "default": False,
            "attention": False,
            "tile_px": SIDE_PX,
            "parity": parity,
            **settings,
        },
    )
    card = finish(folder, card, {ROLE: path}, LICENCE_TEXT)
    card = replace(card, graphs={**card.graphs, CLOUD_ROLE: lesson.cloud.save(folder / CLOUD_FILE)})
    (folder / FILE_NAME).write_text(card.to_json(), encoding="utf-8")
    return card


def write_graph(net: CrownNet, path: Path, report: Report) -> dict[str, Setting]:
    """Export the network and hold it against torch's own, for one crop and for three.

    Raises:
        ModelError: they differ.
    """
    feeds = example_feeds(2)
    export_graph(net.eval(), feeds, OUTPUTS, path, {name: {0: "crops"} for name in feeds})
    largest: dict[str, Setting] = {}
    for count in (1, 3):
        feeds = example_feeds(count)
        with torch.inference_mode():
            expected = dict(zip(OUTPUTS, net(*feeds.values()), strict=True))
        arrays = {name: value.numpy() for name, value in feeds.items()}
        for one in demand(f"{ROLE} ({count})", path, arrays, expected, _TOLERANCES, report):
            largest[one.name] = max(one.largest, float(str(largest.get(one.name, 0.0))))
    return largest


def example_feeds(count: int, side_px: int = SIDE_PX) -> dict[str, Tensor]:
    """Crops to compare on, always the same: soft blobs and noise, round crowns, a part of the elevation unknown."""
    generator = torch.Generator().manual_seed(11)
    coarse = torch.rand((count, 4, 12, 12), generator=generator)
    smooth = torch.nn.functional.interpolate(coarse, size=(side_px, side_px), mode="bilinear", align_corners=False)
    noise = torch.rand((count, 3, side_px, side_px), generator=generator)
    steps = torch.linspace(-1.0, 1.0, side_px)
    round_ = (steps[:, None] ** 2 + steps[None, :] ** 2 < 0.2).float().expand(count, 1, side_px, side_px)
    height_m = smooth[:, 3:] * 20.0
    return {
        "rgb": (smooth[:, :3] * 0.8 + noise * 0.2).clamp(0.0, 1.0),
        "crown": round_.contiguous(),
        "elevation_m": torch.where(height_m > 3.0, height_m, -1.0),
    }


def _accuracy(found: Mapping[str, Any], heights: Mapping[str, Any]) -> str:
    species, leaf, answers = found["species"], found["leaf"], found["answers_cross_fitted"]
    return (
        f"Cross-validated by place: of {leaf['crowns']:.0f} crowns {100 * answers['all']['share']:.0f} % get a name "
        f"and {100 * answers['all']['right']:.0f} % of the names are right; leaf type right for "
        f"{100 * leaf['accuracy']:.0f} %, species macro F1 {species['macro_f1']:.2f}. Heights of "
        f"{heights['crowns']:.0f} trees against the field: RMSE {heights['model']['rmse_m']:.1f} m, bias "
        f"{heights['model']['bias_m']:+.1f} m (the canopy height model's {heights['canopy']['rmse_m']:.1f} m and "
        f"{heights['canopy']['bias_m']:+.1f} m)."
    )
