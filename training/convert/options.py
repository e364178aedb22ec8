"""What a user may say about a checkpoint that the file itself does not tell; every family reads the same options."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from inference.errors import ModelError
from inference.models.card import ModelClass, Setting

Precision = Literal["fp32", "int8", "both"]
PRECISIONS: tuple[Precision, ...] = get_args(Precision)

NOT_STATED = "not stated"
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")  # names that Windows gives to no folder
_MAX_TEXT_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class ConvertOptions:
    """What is said on the command line; None and "" mean that the family's own default holds.

    Attributes:
        model_id: short name and folder of the model.
        title: one line for the model list.
        version: of these weights.
        gsd_m: cell size that the model was trained at, metres.
        footprint_m: side of the crop that a trait model sees, metres.
        classes: in the order of the class outputs, background left out.
        settings: overrides of the family's settings, by name (channel_order, dsm_norm, ...).
        config: the `config.json` that came with the weights (sizes and constants that shapes do not tell), parsed.
        source: paper or author.
        licence: SPDX identifier or name of an agreement.
        licence_text: the licence's own words, written as `licence.txt`.
        site: where the training data comes from.
        accuracy: what was measured, on what.
        limits: where the model must not be trusted.
        precision: "fp32" (exact), "int8" (smaller and faster; refused where it changes the masks), or "both".
        imagery: pictures or orthomosaics on which int8 is compared with fp32; empty for the sample plot.
    """

    model_id: str | None = None
    title: str = ""
    version: str = "1"
    gsd_m: float | None = None
    footprint_m: float | None = None
    classes: tuple[ModelClass, ...] | None = None
    settings: Mapping[str, Setting] = field(default_factory=dict)
    config: Mapping[str, Any] | None = None
    source: str = ""
    licence: str = ""
    licence_text: str = ""
    site: str = ""
    accuracy: str = ""
    limits: str = ""
    precision: Precision = "fp32"
    imagery: tuple[Path, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what no family can use.

        Raises:
            ModelError: an id that is no folder name, a length that is none, an unknown precision.
        """
        if self.model_id is not None and (not _ID.fullmatch(self.model_id) or _RESERVED.fullmatch(self.model_id)):
            raise ModelError(
                "convert.id",
                "{model_id} cannot be a model's id. Use up to 64 small letters, digits, dots, hyphens and "
                "underscores, starting with a letter or digit.",
                model_id=repr(self.model_id),
            )
        for name, length_m in (("cell size", self.gsd_m), ("footprint", self.footprint_m)):
            if length_m is not None and not 0.0 < length_m <= 1000.0:
                raise ModelError(
                    "convert.length",
                    "The {name} of {length_m} m makes no sense for a drone survey. Give metres, as 0.05 for 5 cm.",
                    name=name,
                    length_m=length_m,
                )
        if self.precision not in PRECISIONS:
            raise ModelError(
                "convert.precision",
                "{precision} is no precision. Use fp32, int8 or both.",
                precision=repr(self.precision),
            )

    def id_or(self, default: str) -> str:
        """The model's id; `default` (any text, as a file name) made into a valid one where none was given."""
        if self.model_id is not None:
            return self.model_id
        made = re.sub(r"[^a-z0-9._-]+", "-", default.lower()).strip("-._")[:64] or "model"
        return f"model-{made}"[:64] if _RESERVED.fullmatch(made) else made

    def classes_for(self, count: int, *, default: tuple[ModelClass, ...] = ()) -> tuple[ModelClass, ...]:
        """The classes of a head with `count` outputs (background left out).

        Without names, `default` is taken where its length fits, else "class 1", "class 2", ...

        Raises:
            ModelError: names were given, and not as many as the head has outputs.
        """
        if self.classes is not None:
            if len(self.classes) != count:
                raise ModelError(
                    "convert.classes",
                    "The list has {given} classes, but the checkpoint tells {count} apart. Give one name for each, in "
                    "the order of training, without the background.",
                    given=len(self.classes),
                    count=count,
                )
            return self.classes
        if len(default) == count:
            return default
        return tuple(ModelClass(f"class {number}") for number in range(1, count + 1))

    def merged_settings(self, defaults: Mapping[str, Setting]) -> dict[str, Setting]:
        """The family's settings with the user's on top; lists of settings inside are merged name by name."""
        return _merged(defaults, self.settings)


def _merged(below: Mapping[str, Setting], above: Mapping[str, Setting]) -> dict[str, Setting]:
    merged = dict(below)
    for name, value in above.items():
        older = merged.get(name)
        merged[name] = _merged(older, value) if isinstance(older, dict) and isinstance(value, dict) else value
    return merged


def read_classes(path: Path) -> tuple[ModelClass, ...]:
    """Class names from a text file: one a line, `name` or `name, CODE`; empty lines and `#` comments are skipped.

    Raises:
        ModelError: the file cannot be read, holds no name, or a name twice.
    """
    lines = [line.partition("#")[0].strip() for line in read_text(path).splitlines()]
    classes = []
    for line in filter(None, lines):
        name, _, code = line.partition(",")
        classes.append(ModelClass(name.strip(), code.strip()))
    names = [one.name for one in classes]
    twice = sorted({name for name in names if names.count(name) > 1})
    if not classes or twice:
        raise ModelError(
            "convert.class_names",
            "The class names in {path} cannot be used: {why}. Write one name a line, in the order of training.",
            path=path,
            why=f"{twice[0]} stands there twice" if twice else "there is none",
        )
    return tuple(classes)


def read_config(path: Path) -> Mapping[str, Any]:
    """A `config.json` beside weights.

    Raises:
        ModelError: it cannot be read, or is no JSON object.
    """
    try:
        found = json.loads(read_text(path))
    except ValueError as error:
        raise ModelError("convert.config", "{path} is not JSON ({why}).", path=path, why=error) from error
    if not isinstance(found, dict):
        raise ModelError("convert.config", "{path} is not JSON ({why}).", path=path, why="no names and values")
    return found


def read_text(path: Path) -> str:
    """A short UTF-8 text file that the user named.

    Raises:
        ModelError: it cannot be read, is larger than 1 MB, or is not text.
    """
    try:
        if path.stat().st_size > _MAX_TEXT_BYTES:
            raise ModelError(
                "convert.text_too_large", "{path} is larger than 1 MB; a short text was expected there.", path=path
            )
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ModelError(
            "convert.text_unreadable",
            "{path} cannot be read ({reason}). Check the name, and that you may open it.",
            path=path,
            reason=error.strerror or type(error).__name__,
        ) from error
    except UnicodeDecodeError as error:
        raise ModelError(
            "convert.text_encoding", "{path} is not UTF-8 text. Save it as UTF-8 and convert again.", path=path
        ) from error
