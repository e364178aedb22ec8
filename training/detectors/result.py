"""The end of a training: the threshold that suits validation, figures before and after, and the published model."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from inference.models.card import FILE_NAME, ModelCard, ModelClass, Setting
from training.balsam2.validate import pooled
from training.convert.write import core_and_halo_m, described, finish, new_folder
from training.crowns.outcome import MODEL_FOLDER, Outcome, card_facts, outcome_from, write_report
from training.detectors.examine import examined, mask_iou
from training.detectors.material import Material
from training.detectors.start import DEFAULT_THRESHOLD, Start, kind_title
from training.detectors.weights import Trained, write_weights
from training.weight_file import FILE_NAME as WEIGHTS
from training.weight_file import ROLE

_HALO_SHARE = 0.25  # tiles overlap by half, as in the authors' preparation


def outcome_of(trained: Trained, start: Start | None, material: Material) -> tuple[Outcome, float | None]:
    """Choose the threshold on validation, and examine on the test split; on validation where there is no test.

    Returns:
        The outcome, and the mean IoU of masks with drawn outlines; None where there are none, or nothing was found.
    """
    network, model, gsd_m = trained.network, trained.model, trained.gsd_m
    threshold = start.threshold if start is not None else DEFAULT_THRESHOLD
    if material.valid:
        threshold = pooled(examined(network, model, material.valid, gsd_m).values()).steady_threshold()
    plots, split = (material.test, "test") if material.test else (material.valid, "validation")
    if not plots:
        return Outcome(threshold, None, None), None
    before = None
    if start is not None and start.trained is not None and start.is_model:
        old = start.trained
        before = examined(old.network, old.model, plots, old.gsd_m)
    after = examined(network, model, plots, gsd_m)
    outcome = outcome_from(threshold, after, before, threshold if start is None else start.threshold, split)
    return outcome, mask_iou(network, model, plots, gsd_m, threshold)


def published(
    trained: Trained,
    outcome: Outcome,
    masks: float | None,
    said: Mapping[str, str],
    folder: Path,
    report: Callable[[str], None],
    *,
    guessed: bool = False,
) -> Path:
    """Write the model's folder into the training's, and a report beside it.

    Args:
        trained: on the processor.
        outcome: goes into the card.
        masks: their mean IoU, for the card.
        said: id, title, site, licence and source of the card, where the user gave them.
        folder: of the training.
        report: told how far the graphs are from torch.
        guessed: some outlines that it learned from were guessed from boxes.

    Raises:
        InputError: the disk is full.
        ModelError: the id cannot be one, or a graph computes something else than torch.
    """
    title = f"{kind_title(trained.network.kind)}, trained here ({folder.resolve().name})"
    facts: dict[str, Any] = card_facts(outcome, said, folder, title)
    if guessed:
        facts["limits"] += " Some outlines that it learned from were guessed from boxes."
    if masks is not None:
        facts["accuracy"] += f" IoU of the masks of crowns that were found with their drawn outlines {masks:.2f}."
    target = folder / MODEL_FOLDER
    with new_folder(target, replace_older=True) as staged:
        card = _card(trained, facts, outcome.threshold)
        graphs = trained.network.write_graphs(trained.model, staged, report)
        card = finish(staged, card, graphs, str(facts["licence_text"]))
        write_weights(trained, staged / WEIGHTS)
        card = replace(card, graphs={**card.graphs, ROLE: described(staged / WEIGHTS)})
        (staged / FILE_NAME).write_text(card.to_json(), encoding="utf-8")
    write_report(outcome, folder)
    return target


def _card(trained: Trained, facts: Mapping[str, Any], threshold: float) -> ModelCard:
    """The card without graphs."""
    network = trained.network
    core_m, halo_m = core_and_halo_m(network.tile_px, trained.gsd_m, _HALO_SHARE)
    settings: dict[str, Setting] = network.settings()
    rcnn = settings["rcnn"]
    assert isinstance(rcnn, dict)
    return ModelCard(
        task="crowns",
        gsd_m=trained.gsd_m,
        core_m=core_m,
        halo_m=halo_m,
        needs_dsm=network.needs_dsm,
        family=network.kind,
        tile_px=network.tile_px,
        uses_dsm=network.uses_dsm,
        classes=tuple(ModelClass(name) for name in trained.classes),
        settings={**settings, "rcnn": {**rcnn, "score_thr": threshold}, "score_thr": threshold},
        **{name: value for name, value in facts.items() if name != "licence_text"},
    )
