"""What came of a training of crowns: figures on held-out ground before and after, in words and for JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import inference
from training.balsam2.validate import SiteResult, pooled
from training.convert.options import ConvertOptions

MODEL_FOLDER = "model"
REPORT = "report.json"
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


def outcome_from(
    threshold: float,
    after: Mapping[str, SiteResult],
    before: Mapping[str, SiteResult] | None,
    before_threshold: float,
    split: str,
) -> Outcome:
    """The figures of what was found on held-out ground, survey by survey, with a model and with the one before it."""
    sites = tuple(
        SiteFigures(
            site,
            None if before is None else before[site].f1(before_threshold),
            result.f1(threshold),
            result.crowns,
        )
        for site, result in sorted(after.items())
    )
    old = None if before is None else _figures(pooled(before.values()), split, before_threshold)
    return Outcome(threshold, old, _figures(pooled(after.values()), split, threshold), sites)


def _figures(result: SiteResult, split: str, threshold: float) -> Figures:
    shown = result.scores >= threshold
    hits = int(result.matched[shown].sum())
    precision, recall = hits / max(int(shown.sum()), 1), hits / max(result.crowns, 1)
    return Figures(result.f1(threshold), precision, recall, result.crowns, split)


def card_facts(outcome: Outcome, described: Mapping[str, str], folder: Path, title: str) -> dict[str, str]:
    """Fields of the card: what the user said, else what is known.

    Args:
        outcome: of the training.
        described: id, title, site, licence and source, "" where the user gave none.
        folder: of the training; names the model where nobody else does.
        title: where nobody gave one.

    Raises:
        ModelError: the id cannot be one.
    """
    options = ConvertOptions(model_id=described.get("id") or None)
    return {
        "id": options.id_or(folder.resolve().name),
        "title": described.get("title") or title,
        "source": described.get("source") or f"Trained with BirchTree {inference.__version__}",
        "licence": described.get("licence") or _UNKNOWN_LICENCE,
        "licence_text": "",
        "site": described.get("site", ""),
        "accuracy": "" if outcome.after is None else outcome.after.sentence(),
        "limits": "Other forests, seasons, cameras and cell sizes than those of its training set.",
    }


def write_report(outcome: Outcome, folder: Path) -> None:
    """Keep the figures beside the model.

    Raises:
        OSError: the disk is full.
    """
    (folder / REPORT).write_text(json.dumps(outcome.facts(), indent=1) + "\n", encoding="utf-8")
