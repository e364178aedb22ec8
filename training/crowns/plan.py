"""What a training was begun with, kept in its folder: a resumed one must be the same training."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from inference import json_text
from inference.errors import InputError

FILE_NAME = "training.json"


class Options(Protocol):
    """What a user may say about a training."""

    def as_json(self) -> dict[str, Any]:
        """Field by field."""
        ...


AnyOptions = TypeVar("AnyOptions", bound=Options)


@dataclass(frozen=True, slots=True)
class Plan(Generic[AnyOptions]):
    """Options, the name of the start ("" for none), and a fingerprint of the training sets."""

    options: AnyOptions
    start: str
    sets: str

    def write(self, folder: Path) -> None:
        """Keep it.

        Raises:
            OSError: the folder cannot be written.
        """
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"options": self.options.as_json(), "start": self.start, "sets": self.sets}, indent=1)
        (folder / FILE_NAME).write_text(text + "\n", encoding="utf-8")


def read_plan_of(folder: Path, options_of: Callable[[Mapping[str, Any]], AnyOptions]) -> Plan[AnyOptions]:
    """The plan of a training that was begun.

    Args:
        folder: of the training.
        options_of: reads what `as_json` wrote.

    Raises:
        InputError: there is none, or it is damaged, of another version or of another kind of model.
    """
    try:
        found = json_text.parse((folder / FILE_NAME).read_text(encoding="utf-8"))
        return Plan(options_of(found["options"]), str(found["start"]), str(found["sets"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            "train.nothing_to_resume",
            "{folder} holds no training that could be resumed. Begin one without --resume, or name its folder.",
            folder=folder,
        ) from error


def plan_to_resume(
    folder: Path, sets: Sequence[Path], options_of: Callable[[Mapping[str, Any]], AnyOptions], *, resume: bool
) -> Plan[AnyOptions] | None:
    """What to go on with, with the same sets; None for a new training, whose folder must be empty.

    Raises:
        InputError: there is nothing to go on with, the sets have changed, or the folder is in use.
    """
    if not resume:
        check_new(folder)
        return None
    plan = read_plan_of(folder, options_of)
    check_same(plan, sets)
    return plan


def is_plan_of(folder: Path, option: str) -> bool:
    """Whether a folder's training has this option, which tells its kind; False where there is none."""
    try:
        found = json_text.parse((folder / FILE_NAME).read_text(encoding="utf-8"))
        return option in found["options"]
    except (OSError, ValueError, KeyError, TypeError):
        return False


def check_new(folder: Path) -> None:
    """Refuse a folder that holds something: a training is never overwritten.

    Raises:
        InputError: it is no folder, or not empty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            "train.folder_in_use",
            "{folder} is not an empty folder. Go on with the training in it with --resume, or name a new folder.",
            folder=folder,
        )


def fingerprint(sets: Sequence[Path]) -> str:
    """Hash of the sets' tables and manifests, in the order in which they are learned from."""
    digest = hashlib.sha256()
    for folder in sets:
        for name in ("train.json", "valid.json", "test.json", "manifest.json"):
            file = folder / name
            digest.update(file.read_bytes() if file.is_file() else b"-")
    return digest.hexdigest()


def check_same(plan: Plan[AnyOptions], sets: Sequence[Path]) -> None:
    """Refuse to go on with another training set.

    Raises:
        InputError: the sets have changed.
    """
    if plan.sets != fingerprint(sets):
        raise InputError(
            "train.other_sets",
            "The training sets are not those that this training began with, so it cannot go on. Name the same sets in "
            "the same order, or begin a new training with --from and this one's folder.",
        )
