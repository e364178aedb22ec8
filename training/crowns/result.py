"""The end of a training: the threshold that suits validation, figures before and after, and the published model."""

from collections.abc import Callable, Mapping
from pathlib import Path

from inference.models.card import Setting
from training.balsam2.calibrate import mask_threshold
from training.balsam2.model import Balsam2
from training.balsam2.publish import publish
from training.balsam2.validate import validate
from training.convert.write import new_folder
from training.crowns.course import examined
from training.crowns.material import Material
from training.crowns.outcome import MODEL_FOLDER, Outcome, card_facts, outcome_from, write_report
from training.crowns.start import DEFAULT_THRESHOLD, Start

_VIEWS = 4  # as a user's run by default


def outcome_of(model: Balsam2, start: Start | None, material: Material) -> Outcome:
    """Choose the threshold on validation, and examine on the test split; on validation where there is no test."""
    threshold = start.threshold if start is not None else DEFAULT_THRESHOLD
    if material.valid:
        threshold = examined(model, material.valid, symmetries=_VIEWS).steady_threshold()
    plots, split = (material.test, "test") if material.test else (material.valid, "validation")
    if not plots:
        return Outcome(threshold, None, None)
    before = None if start is None else validate(start.model, plots, symmetries=_VIEWS)
    after = validate(model, plots, symmetries=_VIEWS)
    return outcome_from(threshold, after, before, DEFAULT_THRESHOLD if start is None else start.threshold, split)


def settings_of(model: Balsam2, start: Start | None, material: Material, seed: int) -> Mapping[str, Setting]:
    """How the model that training began with looks at tiles, and where the masks of the new one end."""
    looks = {} if start is None else start.looks
    return {**looks, "mask_thr": mask_threshold(model, material.maker(model.config.tile_px), seed)}


def published(
    model: Balsam2,
    outcome: Outcome,
    settings: Mapping[str, Setting],
    described: Mapping[str, str],
    folder: Path,
    report: Callable[[str], None],
) -> Path:
    """Write the model's folder into the training's, and a report beside it.

    Args:
        model: trained.
        outcome: goes into the card.
        settings: of the card beside the threshold, see `settings_of`.
        described: id, title, site, licence and source of the card, where the user gave them.
        folder: of the training.
        report: told how far the graphs are from torch.

    Raises:
        InputError: the disk is full.
        ModelError: the id cannot be one, or a graph computes something else than torch.
    """
    facts = card_facts(outcome, described, folder, f"Crowns, trained here ({folder.resolve().name})")
    target = folder / MODEL_FOLDER
    with new_folder(target, replace_older=True) as staged:
        publish(model, facts, {**settings, "score_thr": outcome.threshold}, staged, report)
    write_report(outcome, folder)
    return target
