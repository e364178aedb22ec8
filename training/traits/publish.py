"""Turns a trained traits model into a model's folder: its graph, compared with torch, the card, and what it knows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from inference.models.card import FILE_NAME, GraphFile, ModelCard, ModelClass, Setting
from inference.traits.domain import FILE as CLOUD_FILE
from inference.traits.domain import ROLE as CLOUD_ROLE
from inference.traits.domain import TrainingCloud
from training.convert.dinovtree import ROLE, write_graph
from training.convert.write import described, finish
from training.dinovtree.config import name_of
from training.dinovtree.model import Dinovtree
from training.traits.crops import CropRules
from training.traits.weights import FILE_NAME as WEIGHTS_FILE
from training.traits.weights import ROLE as WEIGHTS_ROLE
from training.traits.weights import Trained, write_weights

Report = Callable[[str], None]


def publish(
    model: Dinovtree,
    classes: Sequence[ModelClass],
    rules: CropRules,
    facts: Mapping[str, Any],
    settings: Mapping[str, Setting],
    cloud: TrainingCloud | None,
    folder: Path,
    report: Report,
) -> ModelCard:
    """Write the model's folder.

    Args:
        model: trained.
        classes: in the order of its logits.
        rules: side and cells of its crops.
        facts: fields of the card: id, title, source, licence, licence_text, site, accuracy, limits.
        settings: what validation chose, see `trusted`.
        cloud: of the training crowns' embeddings.
        folder: empty; gets graph, weights to train on from, cloud, `card.json` and `licence.txt`.
        report: told how far the graph is from torch.

    Raises:
        ModelError: the graph computes something else than torch.
    """
    path = folder / f"{ROLE}.onnx"
    found = write_graph(model.cpu().eval(), rules.side_px, path, report)
    parity: dict[str, Setting] = {one.name: one.largest for one in found}
    card = ModelCard(
        task="traits",
        gsd_m=rules.gsd_m,
        core_m=rules.gsd_m * rules.side_px,
        halo_m=0.0,
        needs_dsm=False,
        family="dinovtree",
        tile_px=rules.side_px,
        classes=tuple(classes),
        settings={
            "backbone": name_of(model.config.backbone),
            "height_is_metres": True,
            "tile_px": rules.side_px,
            "parity": parity,
            **settings,
        },
        **{name: value for name, value in facts.items() if name != "licence_text"},
    )
    card = finish(folder, card, {ROLE: path}, str(facts["licence_text"]))
    files: dict[str, GraphFile] = dict(card.graphs)
    if cloud is not None:
        files[CLOUD_ROLE] = cloud.save(folder / CLOUD_FILE)
    names = tuple(one.name for one in classes)
    write_weights(Trained(model, names, rules.side_px, rules.gsd_m), folder / WEIGHTS_FILE)
    files[WEIGHTS_ROLE] = described(folder / WEIGHTS_FILE)
    card = replace(card, graphs=files)
    (folder / FILE_NAME).write_text(card.to_json(), encoding="utf-8")
    return card
