"""The end of a training: figures before and after, what the card says of trust, and the published model."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import inference
from inference.models.card import Setting
from inference.traits.species import model_classes
from training.convert.options import ConvertOptions
from training.convert.write import new_folder
from training.dinovtree.model import Dinovtree
from training.traits.crops import CropRules
from training.traits.crowns import CrownPool
from training.traits.examine import Figures, answers, figures
from training.traits.material import Material
from training.traits.publish import publish
from training.traits.start import Start
from training.traits.trust import cloud_of, trusted
from training.traits.weights import Trained

MODEL_FOLDER = "model"
REPORT = "report.json"
_UNKNOWN_LICENCE = "not stated"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a training; None where there is nothing to examine on, or nothing to compare with."""

    before: Figures | None
    after: Figures | None
    split: str

    def facts(self) -> dict[str, object]:
        """Field by field, for JSON."""
        named = {"before": self.before, "after": self.after}
        return {name: None if one is None else {**one.facts(), "split": self.split} for name, one in named.items()}

    def sentence(self) -> str:
        """For a person."""
        if self.after is None:
            return "Without crowns for validation nobody knows how good the model is."
        text = self.after.sentence(self.split)
        return text if self.before is None else f"{text} Before: {self.before.short()}."


def outcome_of(model: Dinovtree, start: Start | None, material: Material) -> Outcome:
    """Examine on the test split; on validation where there is no test."""
    pool, split = (material.test, "test") if len(material.test) else (material.valid, "validation")
    if not len(pool):
        return Outcome(None, None, "")
    after = figures(answers(model, pool, material.rules), pool)
    before = None if start is None or not start.is_model else _before(start.trained, pool, material)
    return Outcome(before, after, split)


def _before(trained: Trained, pool: CrownPool, material: Material) -> Figures:
    """The start on the same crowns; its classes are the first of the new ones, or others by the same names."""
    rules = CropRules(side_px=trained.side_px, gsd_m=trained.gsd_m, patch_px=material.rules.patch_px)
    told = answers(trained.model, pool, rules)
    return figures(told.in_order(trained.classes, material.classes), pool)


def published(
    model: Dinovtree,
    outcome: Outcome,
    material: Material,
    described: Mapping[str, str],
    folder: Path,
    report: Callable[[str], None],
) -> Path:
    """Write the model's folder into the training's, and a report beside it.

    Args:
        model: trained.
        outcome: goes into the card.
        material: its validation crowns calibrate.
        described: id, title, site, licence and source of the card, where the user gave them.
        folder: of the training.
        report: told how far the graph is from torch.

    Raises:
        InputError: the disk is full.
        ModelError: the id cannot be one, or the graph computes something else than torch.
    """
    options = ConvertOptions(model_id=described.get("id") or None)
    facts = {
        "id": options.id_or(folder.resolve().name),
        "title": described.get("title") or f"Traits, trained here ({folder.resolve().name})",
        "source": described.get("source") or f"Trained with BirchTree {inference.__version__}",
        "licence": described.get("licence") or _UNKNOWN_LICENCE,
        "licence_text": "",
        "site": described.get("site", ""),
        "accuracy": "" if outcome.after is None else outcome.after.sentence(outcome.split),
        "limits": "Other forests, seasons, cameras and cell sizes than those of its training set.",
    }
    classes = model_classes(material.classes)
    told = answers(model, material.valid, material.rules)
    learned = answers(model, material.train, material.rules)
    bare = cloud_of(learned, material.train)
    enough = bare is not None and len(material.valid) > 0
    cloud = cloud_of(learned, material.train, [(bare, told)]) if enough and bare is not None else bare
    settings: dict[str, Setting] = {
        **trusted(told, material.valid, classes),
        "height_is_metres": bool((material.train.height_m >= 0).any()),
    }
    target = folder / MODEL_FOLDER
    with new_folder(target, replace_older=True) as staged:
        publish(model, classes, material.rules, facts, settings, cloud, staged, report)
    (folder / REPORT).write_text(json.dumps(outcome.facts(), indent=1) + "\n", encoding="utf-8")
    return target
