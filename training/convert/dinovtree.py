"""Converts DINOvTree checkpoints (DINOv3 or DINOv2 under it) to one graph that measures crowns from their crops."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor

from inference.errors import ModelError
from inference.models.card import ModelCard, Setting
from inference.models.catalogue import read_catalogue
from training.checkpoints import Checkpoint
from training.convert.dinovtree_graph import OUTPUTS, graph_of
from training.convert.dinovtree_sites import PAPER, KnownSite, recognise
from training.convert.dinovtree_smaller import apply_precision
from training.convert.export import Report, export_graph
from training.convert.options import ConvertOptions
from training.convert.parity import Difference, demand
from training.convert.write import finish
from training.dinovtree.config import BackboneConfig, name_of
from training.dinovtree.loading import load_dinovtree
from training.dinovtree.model import IMAGENET_MEAN, IMAGENET_STD, Dinovtree

ROLE = "traits"
DINOV3_LICENCE, DINOV2_LICENCE = "DINOv3 License", "Apache-2.0"
# Absolute; logits and metres as the specification demands them (section 7.2).
TOLERANCES: Mapping[str, float] = {
    "logits": 1e-4, "height_m": 1e-3, "embedding": 1e-3, "attention_species": 1e-5, "attention_height": 1e-5,
}  # fmt: skip
_TILE_PX = 512
_MAX_TILE_PX = 2048
_SAME_LENGTH = 0.01
_LIMITS = (
    "Heights and species hold for forests, seasons and cell sizes like those of the training site; elsewhere a "
    "probability says nothing about being right. The probabilities are not calibrated."
)


@dataclass(frozen=True, slots=True)
class LoadedTraits:
    """A DINOvTree in torch, the side of its crops, and the data set that it was trained on, where that is known."""

    model: Dinovtree
    tile_px: int
    site: KnownSite | None


def load(checkpoint: Checkpoint, options: ConvertOptions, report: Report) -> LoadedTraits:
    """Build the network that the checkpoint belongs to, and settle what the file does not say.

    Raises:
        ModelError: the weights are no DINOvTree, or the crop's side is none.
    """
    normalise = _normalisation(options)
    model = load_dinovtree(
        checkpoint.tensors, mean=normalise.get("mean", IMAGENET_MEAN), std=normalise.get("std", IMAGENET_STD)
    )
    backbone, classes = model.config.transformer, model.config.classes
    site, is_named = recognise(checkpoint.path.stem, classes)
    report(f"DINOvTree on {name_of(backbone)}, {classes} classes")
    if site is not None and not is_named and options.classes is None:
        report(
            f"taken for a training on {site.title}, because that has {classes} classes: if it is another one, give "
            "its --classes and --footprint"
        )
    if options.classes is not None and not is_named:
        site = None  # a training of its own
    return LoadedTraits(model, _tile_px(options, backbone), site)


def convert(checkpoint: Checkpoint, options: ConvertOptions, folder: Path, report: Report) -> ModelCard:
    """Write the graph, its card and the licence into `folder`.

    Raises:
        ModelError: the checkpoint is no DINOvTree, the classes given are not as many as it tells apart, the crop's
            size on the ground is not known, the graph computes something else than torch, or a smaller version
            changes the answers.
    """
    loaded = load(checkpoint, options, report)
    card = describe(checkpoint, options, loaded)
    report(f"writing the graph for crops of {card.tile_px} px, {card.core_m:g} m on the ground")
    path = folder / f"{ROLE}.onnx"
    found = write_graph(loaded.model, card.tile_px, path, report)
    settings: dict[str, Setting] = {**card.settings, "parity": {one.name: one.largest for one in found}}
    graphs, settings = apply_precision(path, card, settings, options, report)
    return finish(folder, replace(card, settings=settings), graphs, options.licence_text or _licence_text(card))


def write_graph(model: Dinovtree, tile_px: int, path: Path, report: Report) -> tuple[Difference, ...]:
    """Export the network for one crop size and hold it against torch's own, for one crop and for three.

    Raises:
        ModelError: they differ.
    """
    graph = graph_of(model, tile_px).eval()
    export_graph(graph, {"rgb": example_crops(2, tile_px)}, OUTPUTS, path, {"rgb": {0: "crops"}})
    worst: dict[str, Difference] = {}
    for count in (1, 3):
        crops = example_crops(count, tile_px)
        expected = torch_traits(model, crops)
        feeds = {"rgb": crops.numpy()}
        for one in demand(f"{ROLE} ({count})", path, feeds, expected, TOLERANCES, report, relative=False):
            worst[one.name] = max(one, worst.get(one.name, one), key=lambda found: found.largest)
    return tuple(worst.values())


@torch.inference_mode()
def torch_traits(model: Dinovtree, crops: Tensor) -> dict[str, Tensor]:
    """What the network itself says, under the names and in the shapes of the graph's outputs."""
    traits = model(crops)
    side = crops.shape[-1] // model.config.backbone.patch_px
    return {
        "logits": traits.logits,
        "height_m": traits.height_m,
        "embedding": traits.embedding,
        "attention_species": traits.attention_species.mean(dim=1).reshape(-1, side, side),
        "attention_height": traits.attention_height.mean(dim=1).reshape(-1, side, side),
    }


def example_crops(count: int, tile_px: int) -> Tensor:
    """Crops to compare on, (count, 3, S, S) of 0 to 1: soft blobs and noise, always the same."""
    generator = torch.Generator().manual_seed(11)
    coarse = torch.rand((count, 3, 12, 12), generator=generator) * 0.8
    smooth = torch.nn.functional.interpolate(coarse, size=(tile_px, tile_px), mode="bilinear", align_corners=False)
    return (smooth + torch.rand((count, 3, tile_px, tile_px), generator=generator) * 0.2).clamp(0.0, 1.0)


def describe(checkpoint: Checkpoint, options: ConvertOptions, loaded: LoadedTraits) -> ModelCard:
    """The card of a network before its graph is written.

    Raises:
        ModelError: as `convert`, for the classes and the size of a crop on the ground.
    """
    backbone, site = loaded.model.config.transformer, loaded.site
    footprint_m = _footprint_m(options, loaded)
    settings: dict[str, Setting] = {
        "backbone": name_of(backbone),
        "height_is_metres": True,
        "temperature": 1.0,
        "calibrated": False,
    }
    return ModelCard(
        id=options.id_or(checkpoint.path.stem or "dinovtree"),
        task="traits",
        title=options.title or f"DINOvTree, {site.title if site else name_of(backbone)}: height and species of crowns",
        gsd_m=footprint_m / loaded.tile_px,
        core_m=footprint_m,
        halo_m=0.0,
        needs_dsm=False,
        source=options.source or (PAPER if site else f"{checkpoint.path.name or 'checkpoint'}, after {PAPER}"),
        licence=options.licence or (DINOV3_LICENCE if backbone.kind == "dinov3" else DINOV2_LICENCE),
        family="dinovtree",
        version=options.version,
        tile_px=loaded.tile_px,
        classes=options.classes_for(loaded.model.config.classes, default=site.classes if site else ()),
        site=options.site or (site.site if site else ""),
        accuracy=options.accuracy or (site.accuracy if site and _is_released_size(backbone) else ""),
        limits=options.limits or _LIMITS,
        settings={**options.merged_settings(settings), "tile_px": loaded.tile_px},
        source_sha256=checkpoint.sha256,
    )


def _licence_text(card: ModelCard) -> str:
    """The words of a licence that is packaged; of one that is not, what it asks and where it is."""
    licence = read_catalogue().licence(card.licence)
    if licence.text or not licence.url:
        return licence.text
    return (
        f"{licence.title}\n\n{licence.summary}\n\nThis is a summary; binding are the agreement's own words: "
        f"{licence.url}\nWhoever passes this model on must put them into this file.\n"
    )


def _is_released_size(backbone: BackboneConfig) -> bool:
    """The authors released size B alone: only there their figures may be those of this file."""
    return name_of(backbone) == "dinov3_vitb16"


def _footprint_m(options: ConvertOptions, loaded: LoadedTraits) -> float:
    by_gsd_m = None if options.gsd_m is None else options.gsd_m * loaded.tile_px
    asked_m = options.footprint_m
    if asked_m is not None and by_gsd_m is not None and abs(by_gsd_m - asked_m) > _SAME_LENGTH * asked_m:
        raise ModelError(
            "convert.footprint_differs",
            "A crop of {tile_px} cells of {gsd_m} m is {by_gsd_m:.2f} m wide, not {footprint_m} m. Give the cell "
            "size or the footprint of the training crops, not both.",
            tile_px=loaded.tile_px,
            gsd_m=options.gsd_m,
            by_gsd_m=by_gsd_m,
            footprint_m=asked_m,
        )
    found = options.footprint_m or by_gsd_m or (loaded.site.footprint_m if loaded.site else None)
    if found is None:
        raise ModelError(
            "convert.footprint",
            "The checkpoint does not say how many metres a training crop shows, and that decides how trees look to "
            "it. Give --footprint (side of a crop in metres) or --gsd (cell size of the training imagery).",
        )
    return found


def _tile_px(options: ConvertOptions, backbone: BackboneConfig) -> int:
    """Side of a crop: as asked, else 512, or the grid that the positions were learned on."""
    default = _TILE_PX if backbone.kind == "dinov3" else backbone.position_grid * backbone.patch_px
    asked = options.settings.get("tile_px", default)
    if not isinstance(asked, int) or isinstance(asked, bool) or not 2 * backbone.patch_px <= asked <= _MAX_TILE_PX:
        raise ModelError(
            "convert.crop_px",
            "{asked} cannot be the side of a crop. Use a whole number from {least} to {most}.",
            asked=asked,
            least=2 * backbone.patch_px,
            most=_MAX_TILE_PX,
        )
    return asked


def _normalisation(options: ConvertOptions) -> dict[str, tuple[float, ...]]:
    """Mean and standard deviation where the configuration beside the weights gives them."""
    told = (options.config or {}).get("normalize", {})
    found: dict[str, tuple[float, ...]] = {}
    for name in ("mean", "std"):
        values = told.get(name) if isinstance(told, Mapping) else None
        if values is None:
            continue
        if not (isinstance(values, list) and len(values) == 3 and all(isinstance(one, int | float) for one in values)):
            raise ModelError(
                "convert.normalize", "The configuration's normalize.{name} is not three numbers.", name=name
            )
        found[name] = tuple(float(one) for one in values)
    return found
