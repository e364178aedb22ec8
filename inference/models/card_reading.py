"""Reads model cards that nobody vouches for: bounded, and with ids and files that are fit to be names on any disk."""

import re
from pathlib import Path

from inference.errors import ModelError
from inference.models import card as cards
from inference.models.card import ModelCard

LICENCE_FILE = "licence.txt"
# Segmenters without a model file; no model may take their names.
RESERVED_IDS = frozenset({"watershed", "valley"})

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
# Names of devices, which Windows does not allow as folders.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
_MAX_CARD_BYTES = 1_000_000


def read_card(folder: Path) -> ModelCard:
    """The card of a model's folder.

    Raises:
        ModelError: there is none, or it cannot be used.
    """
    file = folder / cards.FILE_NAME
    try:
        with file.open("rb") as stream:
            text = stream.read(_MAX_CARD_BYTES + 1)
    except OSError as error:
        raise no_card(folder) from error
    return checked_card(text, where=str(file))


def checked_card(text: bytes, *, where: str) -> ModelCard:
    """The card in some bytes, its id fit to be a folder's name.

    Raises:
        ModelError: as `ModelCard.from_json`; or far too long, or an unusable id or file name.
    """
    if len(text) > _MAX_CARD_BYTES:
        raise ModelError("model.card_damaged", "The model card in {where} is far too long for one.", where=where)
    card = ModelCard.from_json(text, where=where)
    checked_id(card.id, where=where)
    taken = {cards.FILE_NAME, LICENCE_FILE}
    for entry in card.graphs.values():
        if not _FILE.fullmatch(entry.file) or entry.file.lower() in taken:
            raise ModelError(
                "model.card_damaged",
                "The model card in {where} names a file {file}, which cannot be a part of a model. Nothing of it was "
                "run. Get the model again, or ask whoever made it.",
                where=where,
                file=repr(entry.file[:80]),
            )
        taken.add(entry.file.lower())
    return card


def checked_id(model_id: str, *, where: str) -> str:
    """The id, if it can be the name of a folder on every system.

    Raises:
        ModelError: it cannot, or a built-in method has it.
    """
    usable = _ID.fullmatch(model_id) and not model_id.endswith(".") and model_id.split(".")[0] not in _DEVICES
    if usable and model_id not in RESERVED_IDS:
        return model_id
    raise ModelError(
        "model.id",
        "{model_id} in {where} cannot be a model's id. An id has up to 64 small letters, digits, dots, dashes and "
        "underscores, and is not that of a built-in method.",
        model_id=model_id[:80] or "An empty name",
        where=where,
    )


def no_card(place: Path) -> ModelError:
    """The error for a file or folder that does not say what it is."""
    return ModelError(
        "model.no_card",
        "{place} has no model card, so BirchTree cannot know what it does; nothing of it was run. Add a model that "
        "BirchTree made, or convert the original checkpoint with `birchtree models convert`.",
        place=place,
    )
