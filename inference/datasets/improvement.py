"""An improvement: one training on one's own corrections, kept in a folder until its model is kept or discarded."""

import csv
import json
import math
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from inference import json_text, paths
from inference.errors import InputError

State = Literal["planned", "ready", "begun", "made"]
"""Nothing was written yet | the training set is there | so is a checkpoint | the model waits to be kept."""

_FILE = "improvement.json"
_SET, _TRAINING = "set", "training"
_LARGEST_REPORT = 1_000_000  # bytes
_MOST_STEPS = 100_000  # where the minutes decide


@dataclass(frozen=True, slots=True)
class Improvement:
    """What was asked for.

    Attributes:
        folder: holds everything of it; deleting the folder leaves nothing behind.
        plots: projects to learn from; `whole` are those of them in which every crown is outlined.
        base: id of the model to improve; "" to begin from nothing.
        licence: of the new model: that of its base.
        model_id, title: of the new model.
        minutes: of training.
        steps: of learning at most; None for as many as the minutes allow.
        block_m: side of the blocks that the ground is shared out by.
        began_at: ISO 8601.
    """

    folder: Path
    plots: tuple[Path, ...]
    whole: tuple[Path, ...]
    base: str
    licence: str
    model_id: str
    title: str
    minutes: float
    steps: int | None
    block_m: float
    began_at: str

    @property
    def set_folder(self) -> Path:
        """Of its training set."""
        return self.folder / _SET

    @property
    def training_folder(self) -> Path:
        """Of the training."""
        return self.folder / _TRAINING

    @property
    def model_folder(self) -> Path:
        """Of the model that came of it."""
        return self.training_folder / "model"

    @property
    def state(self) -> State:
        """How far it has come, by what lies in the folder."""
        if (self.training_folder / "report.json").is_file() and (self.model_folder / "card.json").is_file():
            return "made"
        if (self.training_folder / "training.json").is_file():
            return "begun"
        return "ready" if (self.set_folder / "manifest.json").is_file() else "planned"

    def dataset_words(self) -> list[str]:
        """The command line that makes the training set."""
        words = ["dataset", *map(str, self.plots), "-o", str(self.set_folder), "--block", f"{self.block_m:g}"]
        return [*words, "--whole", *map(str, self.whole)] if self.whole else words

    def training_words(self) -> list[str]:
        """The command line that trains, or goes on with the training."""
        words = ["train", str(self.set_folder), "-o", str(self.training_folder), "--aside", "--id", self.model_id]
        words += ["--title", self.title, "--every", str(_every(self.steps))]
        words += ["--steps", str(_MOST_STEPS if self.steps is None else self.steps)]
        words += ["--minutes", f"{self.minutes:g}"] if self.steps is None else []
        words += ["--from", self.base] if self.base else []
        words += ["--licence", self.licence] if self.licence else []
        return [*words, "--resume"] if self.state == "begun" else words

    def report(self) -> Mapping[str, Any]:
        """The figures before and after, as the trainer wrote them: "before", "after", "sites", "threshold".

        Raises:
            InputError: the file is missing or damaged.
        """
        path = self.training_folder / "report.json"
        try:
            found = json_text.parse(path.read_bytes()[:_LARGEST_REPORT])
        except (OSError, ValueError) as error:
            raise InputError("improvement.report", "{path} is missing or damaged.", path=path) from error
        return found if isinstance(found, dict) else {}

    def curve(self) -> tuple[tuple[str, int, float, float | None], ...]:
        """Checkpoints so far: part, step, loss, F1 on validation; none where the file is missing or damaged."""
        try:
            with (self.training_folder / "curves.csv").open(encoding="utf-8", newline="") as file:
                return tuple(
                    (
                        row["stage"],
                        int(row["step"]),
                        float(row["loss"]),
                        float(row["valid_f1"]) if row["valid_f1"] else None,
                    )
                    for row in csv.DictReader(file)
                )
        except (OSError, ValueError, KeyError, TypeError):
            return ()

    def clear_half_made(self) -> None:
        """Remove what a stopped training leaves that cannot be gone on with: a folder without a plan."""
        if self.state in ("planned", "ready"):
            shutil.rmtree(self.training_folder, ignore_errors=True)
        if self.state == "planned":
            shutil.rmtree(self.set_folder, ignore_errors=True)

    def discard(self) -> None:
        """Delete everything.

        Raises:
            InputError: a file is in use.
        """
        try:
            shutil.rmtree(self.folder)
        except FileNotFoundError:
            return
        except OSError as error:
            raise InputError(
                "improvement.in_use",
                "{folder} could not be deleted ({reason}). Close what uses it, then delete the folder.",
                folder=self.folder,
                reason=error.strerror or str(error),
            ) from error


def _every(steps: int | None) -> int:
    """Steps between checkpoints: often enough for a curve, seldom enough for examinations to cost little."""
    return 40 if steps is None else max(1, min(40, math.ceil(steps / 10)))


def begin(
    plots: Sequence[Path],
    *,
    whole: Sequence[Path],
    base: str,
    licence: str,
    model_id: str,
    title: str,
    minutes: float,
    block_m: float,
    steps: int | None = None,
) -> Improvement:
    """Note down an improvement in a folder of its own; see `Improvement` for the arguments.

    Raises:
        InputError: the folder cannot be written.
    """
    now = datetime.now().astimezone()
    folder = _home() / now.strftime("%Y%m%d-%H%M%S-%f")
    made = Improvement(
        folder,
        tuple(path.resolve() for path in plots),
        tuple(path.resolve() for path in whole),
        base,
        licence,
        model_id,
        title,
        minutes,
        steps,
        block_m,
        now.isoformat(timespec="seconds"),
    )
    facts = {name: getattr(made, name) for name in _PLAIN}
    facts |= {"plots": [str(path) for path in made.plots], "whole": [str(path) for path in made.whole]}
    try:
        folder.mkdir(parents=True)
        (folder / _FILE).write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise InputError(
            "improvement.not_writable",
            "{folder} cannot be written ({reason}). Make room on the disk.",
            folder=folder,
            reason=error.strerror or str(error),
        ) from error
    return made


_PLAIN = ("base", "licence", "model_id", "title", "minutes", "steps", "block_m", "began_at")


def unfinished() -> tuple[Improvement, ...]:
    """Those that were neither kept nor discarded, the latest first; damaged ones are left out."""
    try:
        folders = sorted((path for path in _home().iterdir() if path.is_dir()), reverse=True)
    except OSError:
        return ()
    return tuple(found for found in map(_read, folders) if found is not None)


def _read(folder: Path) -> Improvement | None:
    try:
        facts = json_text.parse((folder / _FILE).read_text(encoding="utf-8"))
        return Improvement(
            folder=folder,
            plots=tuple(Path(path) for path in facts["plots"]),
            whole=tuple(Path(path) for path in facts["whole"]),
            base=str(facts["base"]),
            licence=str(facts["licence"]),
            model_id=str(facts["model_id"]),
            title=str(facts["title"]),
            minutes=float(facts["minutes"]),
            steps=None if facts["steps"] is None else int(facts["steps"]),
            block_m=float(facts["block_m"]),
            began_at=str(facts["began_at"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _home() -> Path:
    return paths.data_dir() / "improvements"
