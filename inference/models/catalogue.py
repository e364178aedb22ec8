"""The models that a user can obtain, and the licences they come under: `resources/models.toml`, read and checked."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import resources
from inference.errors import InputError, ModelError
from inference.models.card import TASKS, Task

Kind = Literal["checkpoint", "model"]

FILE = "models.toml"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NOT_STATED = "not stated"  # how a converted model says that nobody named a licence


@dataclass(frozen=True, slots=True)
class Licence:
    """Terms of use.

    Attributes:
        name: SPDX identifier or the agreement's name, as on model cards.
        title: for people.
        free: anyone may use and pass on the model; it is shown, and needs no consent.
        text: its own words; "" when they are not packaged.
        url: where its words are, when they are not packaged.
        summary: what it asks, in short and in our words; binding are its own.
        must_accompany: a model may not be passed on without the text.
    """

    name: str
    title: str
    free: bool
    text: str = ""
    url: str = ""
    summary: str = ""
    must_accompany: bool = False
    text_file: str = ""  # the resource that holds `text`


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A model that can be downloaded.

    Attributes:
        id: the id it is installed under.
        title, task, family, source: as on a card.
        kind: "checkpoint" must be converted, "model" is ready.
        url: of the one file.
        size_bytes: exact when `sha256` is known, else about.
        sha256: lower case; "" where nobody who can be trusted has stated it.
        licence: its terms.
        convert: options for the converter.
    """

    id: str
    title: str
    task: Task
    family: str
    kind: Kind
    url: str
    size_bytes: int
    sha256: str
    licence: Licence
    source: str
    convert: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        """The last part of the address."""
        return urlsplit(self.url).path.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All entries and licences."""

    entries: tuple[CatalogueEntry, ...]
    licences: tuple[Licence, ...]

    def get(self, model_id: str) -> CatalogueEntry:
        """An entry by id.

        Raises:
            ModelError: there is none.
        """
        for entry in self.entries:
            if entry.id == model_id:
                return entry
        raise ModelError(
            "model.not_in_catalogue",
            "There is no model {model_id} to download. There are: {known}. A file of your own is added with "
            "`birchtree models add` or `birchtree models convert`.",
            model_id=model_id,
            known=", ".join(entry.id for entry in self.entries),
        )

    def by_checkpoint(self, sha256: str) -> CatalogueEntry | None:
        """The entry whose file has this hash."""
        return next((entry for entry in self.entries if entry.sha256 and entry.sha256 == sha256), None)

    def licence(self, name: str) -> Licence:
        """Terms by the name on a card; terms that nobody knows are not free."""
        for licence in self.licences:
            if licence.name.casefold() == name.strip().casefold():
                return licence
        if name.casefold().startswith("dinov3"):
            return self.licence("DINOv3 License")
        title = "not stated by whoever made this model" if name in ("", _NOT_STATED) else name
        return Licence(name, title, free=False)


def read_catalogue(file: Path | None = None) -> Catalogue:
    """Read the packaged catalogue, or another one: an institute's own models, under licences of either.

    Raises:
        InputError: the other file is not as documented at the top of the packaged one.
    """
    packaged = _parsed(resources.path(FILE), ())
    if file is None:
        return packaged
    try:
        return _parsed(file, packaged.licences)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(
            "catalogue.damaged",
            "The list of models {file} cannot be used: {reason}. Its form is that of resources/models.toml.",
            file=file,
            reason=getattr(error, "strerror", None) or f"{type(error).__name__}: {error}",
        ) from error


def _parsed(file: Path, known: tuple[Licence, ...]) -> Catalogue:
    found = tomllib.loads(file.read_text(encoding="utf-8"))
    licences = {licence.name: licence for licence in known}
    licences |= {name: _licence(name, facts) for name, facts in found.get("licences", {}).items()}
    entries = tuple(_entry(model_id, facts, licences) for model_id, facts in found.get("models", {}).items())
    return Catalogue(entries, tuple(licences.values()))


def _licence(name: str, facts: dict[str, Any]) -> Licence:
    text = resources.path(facts["text"]).read_text(encoding="utf-8") if "text" in facts else ""
    return Licence(
        name,
        facts["title"],
        free=facts["free"],
        text=text,
        url=facts.get("url", ""),
        summary=" ".join(facts.get("summary", "").split()),
        must_accompany=facts.get("must_accompany", False),
        text_file=facts.get("text", ""),
    )


def _entry(model_id: str, facts: dict[str, Any], licences: dict[str, Licence]) -> CatalogueEntry:
    known = CatalogueEntry.__dataclass_fields__.keys()
    if unknown := facts.keys() - known:
        raise ValueError(f"{model_id}: {', '.join(sorted(unknown))} means nothing")
    values = {**facts, "licence": licences[facts["licence"]], "convert": tuple(facts.get("convert", ()))}
    entry = CatalogueEntry(id=model_id, **values)
    if entry.task not in TASKS or entry.kind not in ("checkpoint", "model"):
        raise ValueError(f"{model_id}: task {entry.task}, kind {entry.kind}")
    if entry.sha256 and not _SHA256.fullmatch(entry.sha256):
        raise ValueError(f"{model_id}: {entry.sha256} is no SHA-256 in lower case")
    if not entry.file_name or not isinstance(entry.size_bytes, int):
        raise ValueError(f"{model_id}: {entry.url}, {entry.size_bytes} bytes")
    return entry
