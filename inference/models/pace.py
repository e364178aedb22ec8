"""How fast this computer trains: seconds a step as the last training measured them, kept in the cache folder."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from inference import json_text, paths
from inference.clock import now

LEARNING_SHARE = 0.8
"""Of a training's time; the rest goes to examinations and to writing the model."""
MASK_SHARE = 0.5
"""Steps for masks over steps for centres."""
_LONGEST_STEP_S = 3600.0


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds a step of each of the two parts of a training takes.

    Attributes:
        centres_s, masks_s: the parts.
        model: id of the model that was trained on; "" where training began from nothing. Others take other times.
        measured_at: ISO 8601, UTC.
    """

    centres_s: float
    masks_s: float
    model: str
    measured_at: str

    def steps_in(self, minutes: float) -> int:
        """Steps for centres that fit into so many minutes, with those for masks that go with them; at least 1."""
        both_s = self.centres_s + MASK_SHARE * self.masks_s
        return max(1, int(minutes * 60.0 * LEARNING_SHARE / both_s))

    def facts(self) -> dict[str, object]:
        """Field by field, for JSON."""
        return asdict(self)


def measured(centres_s: float, masks_s: float, model: str = "") -> Pace:
    """A pace of now."""
    return Pace(centres_s, masks_s, model, now())


def pace_of(facts: Mapping[str, object]) -> Pace | None:
    """A pace from what a program told; None where that is none."""
    centres_s, masks_s = facts.get("centres_s"), facts.get("masks_s")
    if not isinstance(centres_s, int | float) or not isinstance(masks_s, int | float):
        return None
    if not (0.0 < centres_s < _LONGEST_STEP_S and 0.0 < masks_s < _LONGEST_STEP_S):
        return None
    return Pace(float(centres_s), float(masks_s), str(facts.get("model", "")), str(facts.get("measured_at", "")))


def read_pace(model: str) -> Pace | None:
    """What was measured last with this model; None where nothing was, or the file is damaged."""
    try:
        facts = json_text.parse(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    pace = pace_of(facts) if isinstance(facts, dict) else None
    return pace if pace is not None and pace.model == model else None


def fitting(steps: int, minutes: float) -> str:
    """The sentence that tells how many steps the time allows."""
    return f"{steps} steps fit into {minutes:g} minutes on this computer."


def write_pace(pace: Pace) -> None:
    """Keep it.

    Raises:
        OSError: the folder cannot be written.
    """
    partial = _file().with_suffix(".partial")
    partial.write_text(json.dumps(pace.facts()) + "\n", encoding="utf-8")
    partial.replace(_file())


def _file() -> Path:
    return paths.cache_dir() / "training_pace.json"
