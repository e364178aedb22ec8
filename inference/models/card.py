"""A model's card: what it is for, what it needs and where it comes from; kept as JSON beside and inside its graphs."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal, get_args

from inference.errors import ModelError

Task = Literal["crowns", "traits", "prompt"]
TASKS: tuple[Task, ...] = get_args(Task)
Setting = str | float | int | bool | None | list["Setting"] | dict[str, "Setting"]

FORMAT = "birchtree-model-card"
FORMAT_VERSION = 1
METADATA_KEY = "birchtree.card"  # where an ONNX file carries its card
FILE_NAME = "card.json"  # where a model's folder does
MODEL_FREE = "model-free"


@dataclass(frozen=True, slots=True)
class ModelClass:
    """One class that a model tells: scientific `name` ("Acer rubrum", "Picea", "dead"), and its code ("ACRU")."""

    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class GraphFile:
    """One ONNX file of a model, by its name inside the model's folder."""

    file: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a user and the pipeline must know of a model.

    Attributes:
        id: short name on the command line ("watershed").
        task: "crowns" (outlines a plot), "traits" (measures crowns), "prompt" (outlines what is clicked).
        title: one line for the model list.
        gsd_m: cell size of the tiles that the model wants, metres.
        core_m, halo_m: side of a tile's core, and the margin around it, metres. A trait model's `core_m` is the side
            of the crop on the ground, its halo 0.
        needs_dsm: whether the model cannot work without elevation.
        source: paper or author, with DOI where there is one.
        licence: SPDX identifier, or the name of an agreement whose text lies beside the model as `licence.txt`.
        family: which program part runs it ("balsam", "balsam2", "sam", "maskrcnn", "dinovtree", "model-free").
        version: of these weights.
        tile_px: side of the model's square input in cells; 0 when any will do.
        uses_dsm: whether elevation is read where there is some.
        classes: what the class outputs stand for, in their order; background is not listed.
        site: where the training data comes from, in words.
        accuracy: what was measured, on what, in one sentence; "" when nothing was.
        limits: where it must not be trusted, in words.
        settings: switches and numbers that the graphs cannot tell (thresholds, elevation scaling, channel order,
            calibration); the family documents them.
        graphs: the ONNX files by role ("encoder", "boxes", "masks", "prompt", "traits").
        source_sha256: SHA-256 of the checkpoint that this was converted from; "" when trained here.
    """

    id: str
    task: Task
    title: str
    gsd_m: float
    core_m: float
    halo_m: float
    needs_dsm: bool
    source: str
    licence: str
    family: str = MODEL_FREE
    version: str = "1"
    tile_px: int = 0
    uses_dsm: bool = False
    classes: tuple[ModelClass, ...] = ()
    site: str = ""
    accuracy: str = ""
    limits: str = ""
    settings: Mapping[str, Setting] = field(default_factory=dict)
    graphs: Mapping[str, GraphFile] = field(default_factory=dict)
    source_sha256: str = ""

    def to_json(self) -> str:
        """The card as text that `from_json` reads back."""
        return json.dumps(
            {"format": FORMAT, "format_version": FORMAT_VERSION, **asdict(self)}, indent=1, sort_keys=True
        )

    @classmethod
    def from_json(cls, text: str | bytes, *, where: str) -> "ModelCard":
        """Read a card.

        Args:
            text: UTF-8 JSON.
            where: the file that holds it, for the sentence of an error.

        Raises:
            ModelError: not a card, a newer kind of card, or a field that is missing or of the wrong kind.
        """
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise _damaged(where, "it is not JSON text") from error
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            raise _damaged(where, f'it does not say "format": "{FORMAT}"')
        if not isinstance(found.get("format_version"), int) or found["format_version"] > FORMAT_VERSION:
            raise ModelError(
                "model.card_too_new",
                "The model card in {where} was written for a newer BirchTree. Update BirchTree, or ask for the model "
                "in an older form.",
                where=where,
            )
        return _checked(found, where)


def _checked(found: dict[str, Any], where: str) -> ModelCard:
    """The card of parsed JSON, every field looked at."""
    values: dict[str, Any] = {}
    for part in fields(ModelCard):
        if part.name not in found:
            if part.name in _REQUIRED:
                raise _damaged(where, f"{part.name} is missing")
            continue
        values[part.name] = found[part.name]
    for name, value in values.items():
        if name in _TEXTS and not isinstance(value, str):
            raise _damaged(where, f"{name} is not text")
        if name in _FLAGS and not isinstance(value, bool):
            raise _damaged(where, f"{name} is neither true nor false")
        if name in _LENGTHS and not _is_length(value):
            raise _damaged(where, f"{name} is not a length in metres")
    if values["task"] not in TASKS:
        raise _damaged(where, f"the task {values['task']} is not one of {', '.join(TASKS)}")
    tile_px = values.get("tile_px", 0)
    if not isinstance(tile_px, int) or isinstance(tile_px, bool) or not 0 <= tile_px <= _MAX_TILE_PX:
        raise _damaged(where, f"tile_px is not a whole number from 0 to {_MAX_TILE_PX}")
    if not isinstance(values.get("settings", {}), dict):
        raise _damaged(where, "settings is not a list of names and values")
    values["classes"] = _classes(values.get("classes", []), where)
    values["graphs"] = _graphs(values.get("graphs", {}), where)
    return ModelCard(**values)


_REQUIRED = frozenset({"id", "task", "title", "gsd_m", "core_m", "halo_m", "needs_dsm", "source", "licence"})
_TEXTS = frozenset(
    {"id", "task", "title", "source", "licence", "family", "version", "site", "accuracy", "limits", "source_sha256"}
)
_FLAGS = frozenset({"needs_dsm", "uses_dsm"})
_LENGTHS = frozenset({"gsd_m", "core_m", "halo_m"})
_MAX_TILE_PX = 8192
_MAX_LENGTH_M = 10_000.0


def _is_length(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0.0 <= value <= _MAX_LENGTH_M


def _classes(found: object, where: str) -> tuple[ModelClass, ...]:
    if not isinstance(found, list):
        raise _damaged(where, "classes is not a list")
    classes = []
    for entry in found:
        if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
            raise _damaged(where, "a class has no name")
        code = entry.get("code", "")
        classes.append(ModelClass(entry["name"], code if isinstance(code, str) else ""))
    if len({one.name for one in classes}) != len(classes):
        raise _damaged(where, "two classes have the same name")
    return tuple(classes)


def _graphs(found: object, where: str) -> dict[str, GraphFile]:
    if not isinstance(found, dict):
        raise _damaged(where, "graphs is not a list of roles and files")
    graphs = {}
    for role, entry in found.items():
        if not isinstance(entry, dict):
            raise _damaged(where, f"the graph {role} is not described")
        file, sha256, size_bytes = entry.get("file"), entry.get("sha256"), entry.get("size_bytes")
        # The name is joined to the model's folder: it must not lead out of it.
        if not isinstance(file, str) or file != file.replace("\\", "/").rsplit("/", 1)[-1] or file in ("", ".", ".."):
            raise _damaged(where, f"the graph {role} has no plain file name")
        if not isinstance(sha256, str) or not isinstance(size_bytes, int) or size_bytes < 0:
            raise _damaged(where, f"the graph {role} lacks its hash or size")
        graphs[role] = GraphFile(file, sha256.lower(), size_bytes)
    return graphs


def setting_number(card: ModelCard, name: str, default: float) -> float:
    """A number from the card's settings; `default` where it is absent.

    Raises:
        ModelError: the setting is something else than a finite number.
    """
    value = card.settings.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _damaged(f"the model {card.id}", f"the setting {name} is not a number")
    return float(value)


def _damaged(where: str, why: str) -> ModelError:
    return ModelError(
        "model.card_damaged",
        "The model card in {where} cannot be used: {why}. Nothing of the model was run. Get the model again, or ask "
        "whoever made it.",
        where=where,
        why=why,
    )
