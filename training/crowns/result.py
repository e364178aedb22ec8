"""The end of a training: the threshold that suits validation, figures before and after, and the published model."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import inference
from inference.models.card import Setting
from training.balsam2.calibrate import mask_threshold
from training.balsam2.model import Balsam2
from training.balsam2.publish import publish
from training.balsam2.validate import SiteResult, pooled, validate
from training.convert.options import ConvertOptions
from training.convert.write import new_folder
from training.crowns.course import examined
from training.crowns.material import Material
from training.crowns.start import DEFAULT_THRESHOLD, Start

MODEL_FOLDER = "model"
REPORT = "report.json"
_VIEWS = 4  # as a user's run by default
_UNKNOWN_LICENCE = "not stated"


@dataclass(frozen=True, slots=True)
class Figures:
    """F1, precision and recall of boxes at IoU 0.4, at one threshold, on so many crowns of one split."""

    f1: float
    precision: float
    recall: float
    crowns: int
    split: str

    def sentence(self) -> str:
        """For the card."""
        return (
            f"F1 {self.f1:.2f} (precision {self.precision:.2f}, recall {self.recall:.2f}) of boxes at IoU 0.4 on "
            f"{self.crowns} crowns of the {self.split} split, which training did not see."
        )


@dataclass(frozen=True, slots=True)
class SiteFigures:
    """The same for one survey: its name, F1 before (None where training began from nothing) and after, and crowns."""

    site: str
    before_f1: float | None
    after_f1: float
    crowns: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a training; `sites` are the surveys that held-out ground lies in."""

    threshold: float
    before: Figures | None
    after: Figures | None
    sites: tuple[SiteFigures, ...] = ()

    def facts(self) -> dict[str, object]:
        """Field by field, for JSON."""
        return asdict(self)

    def sentence(self) -> str:
        """For a person."""
        if self.after is None:
            return "Without crowns for validation nobody knows how good the model is."
        if self.before is None:
            return self.after.sentence()
        return f"F1 before {self.before.f1:.2f}, after {self.after.f1:.2f}. {self.after.sentence()}"


def outcome_of(model: Balsam2, start: Start | None, material: Material) -> Outcome:
    """Choose the threshold on validation, and examine on the test split; on validation where there is no test."""
    threshold = start.threshold if start is not None else DEFAULT_THRESHOLD
    if material.valid:
        threshold = examined(model, material.valid, symmetries=_VIEWS).steady_threshold()
    plots, split = (material.test, "test") if material.test else (material.valid, "validation")
    if not plots:
        return Outcome(threshold, None, None)
    old = None if start is None else validate(start.model, plots, symmetries=_VIEWS)
    new = validate(model, plots, symmetries=_VIEWS)
    before = None if old is None or start is None else _figures(pooled(old.values()), split, start.threshold)
    sites = tuple(
        SiteFigures(
            site,
            None if old is None or start is None else old[site].f1(start.threshold),
            result.f1(threshold),
            result.crowns,
        )
        for site, result in sorted(new.items())
    )
    return Outcome(threshold, before, _figures(pooled(new.values()), split, threshold), sites)


def _figures(result: SiteResult, split: str, threshold: float) -> Figures:
    shown = result.scores >= threshold
    hits = int(result.matched[shown].sum())
    precision, recall = hits / max(int(shown.sum()), 1), hits / max(result.crowns, 1)
    return Figures(result.f1(threshold), precision, recall, result.crowns, split)


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
    options = ConvertOptions(model_id=described.get("id") or None)
    facts = {
        "id": options.id_or(folder.resolve().name),
        "title": described.get("title") or f"Crowns, trained here ({folder.resolve().name})",
        "source": described.get("source") or f"Trained with BirchTree {inference.__version__}",
        "licence": described.get("licence") or _UNKNOWN_LICENCE,
        "licence_text": "",
        "site": described.get("site", ""),
        "accuracy": "" if outcome.after is None else outcome.after.sentence(),
        "limits": "Other forests, seasons, cameras and cell sizes than those of its training set.",
    }
    target = folder / MODEL_FOLDER
    with new_folder(target, replace_older=True) as staged:
        publish(model, facts, {**settings, "score_thr": outcome.threshold}, staged, report)
    (folder / REPORT).write_text(json.dumps(outcome.facts(), indent=1) + "\n", encoding="utf-8")
    return target
