"""Brings a model into the store: copied and checked beside the others first, then visible in one step or not at all."""

import errno
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from inference.errors import ModelError
from inference.jobs import JobContext, Progress
from inference.models import card as cards
from inference.models import card_reading, consent, families, integrity
from inference.models import store as stores
from inference.models.card import GraphFile, ModelCard
from inference.models.data_files import check_data
from inference.models.families import WEIGHTS_SUFFIX
from inference.models.incoming import ROLE_KEY, Incoming, arrived
from inference.models.onnx_metadata import OnnxFacts, broken_outside, read_onnx
from inference.models.providers import CPU
from inference.models.sessions import GraphSession
from inference.models.store import InstalledModel

MAX_MODEL_BYTES = 32 << 30
_BLOCK_BYTES = 1 << 20
_SPARE_BYTES = 64 << 20  # left free on the user's disk
_STAGED, _OLDER = ".new-", ".old-"
_STALE_S = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a model is to be added; see `ModelStore.add`."""

    accept_licence: bool = False
    replace: bool = False
    own_conversion: bool = False


def install(folders: Sequence[Path], path: Path, wishes: Wishes, context: JobContext) -> InstalledModel:
    """Check the model at `path` and put it into the first of the store's folders; see `ModelStore.add`."""
    home = folders[0]
    with arrived(path) as incoming:
        card = incoming.card
        families.check_card(card)
        licence_text = _licence(incoming, wishes)
        _check_free(folders, card, wishes)
        with _writable(home, card):
            home.mkdir(parents=True, exist_ok=True)
            _clear_stale(home)
            with _staging(home) as staged:
                _copy(incoming, staged, context)
                for role in card.graphs:
                    context.cancel.check()
                    check_part(card, role, staged)
                    if not role.endswith(WEIGHTS_SUFFIX) and not families.is_data(card, role):
                        # ONNX Runtime reads and plans the graph; nothing is run.
                        GraphSession.open(staged / card.graphs[role].file, threads=1, provider=CPU).close()
                for name, text in ((cards.FILE_NAME, card.to_json()), (card_reading.LICENCE_FILE, licence_text)):
                    if text:
                        (staged / name).write_text(text, encoding="utf-8")
                        _flush(staged / name)
                _publish(staged, home / card.id)
    return stores.load(home / card.id, shipped=False)


def _licence(incoming: Incoming, wishes: Wishes) -> str:
    """The licence's text to keep, once the user has agreed to it."""
    licence = consent.terms(incoming.card)
    consent.demand_consent(licence, incoming.card.id, accepted=wishes.accept_licence or wishes.own_conversion)
    return licence.text or consent.text_or_note(licence, incoming.licence_text)


def _check_free(folders: Sequence[Path], card: ModelCard, wishes: Wishes) -> None:
    if any((folder / card.id).exists() for folder in folders) and not wishes.replace:
        raise ModelError(
            "model.exists",
            "A model {model_id} is installed already. To put this one in its place, repeat the command with --replace.",
            model_id=card.id,
        )
    size_bytes = sum(entry.size_bytes for entry in card.graphs.values())
    if size_bytes > MAX_MODEL_BYTES:
        raise ModelError(
            "model.too_large",
            "The card of {model_id} speaks of {size} GB, more than any model has. Get the model again.",
            model_id=card.id,
            size=size_bytes >> 30,
        )
    place = next(parent for parent in (folders[0], *folders[0].parents) if parent.exists())
    if shutil.disk_usage(place).free < size_bytes + _SPARE_BYTES:
        raise _disk_full(folders[0], card.id)


def _copy(incoming: Incoming, staged: Path, context: JobContext) -> None:
    """Copy the files that the card names, comparing size and hash on the way."""
    total = sum(entry.size_bytes for entry in incoming.card.graphs.values())
    done = 0
    for entry in incoming.card.graphs.values():
        digest = hashlib.sha256()
        copied = 0
        with incoming.open(entry.file) as source, (staged / entry.file).open("xb") as target:
            while block := source.read(_BLOCK_BYTES):
                context.cancel.check()
                copied += len(block)
                if copied > entry.size_bytes:
                    break
                digest.update(block)
                target.write(block)
                context.on_progress(Progress("add", (done + copied) >> 20, total >> 20))
            target.flush()
            os.fsync(target.fileno())
        _compare(entry, copied, digest.hexdigest(), incoming.card.id)
        done += copied


def _compare(entry: GraphFile, copied: int, sha256: str, model_id: str) -> None:
    if copied != entry.size_bytes:
        raise integrity.wrong_size(entry, copied, model_id)
    if sha256 != entry.sha256:
        raise integrity.wrong_hash(entry, model_id)


def check_part(card: ModelCard, role: str, folder: Path) -> None:
    """Look at one graph without ONNX Runtime: what it says of itself, and its weights.

    Args:
        card: of a family that is known.
        role: of the graph.
        folder: with the card's files.

    Raises:
        ModelError: the graph is damaged, wants other files, is of another model, or its weights are NaN or infinite.
    """
    if role.endswith(WEIGHTS_SUFFIX):
        return  # looked at together with its graph
    file = folder / card.graphs[role].file
    if families.is_data(card, role):
        check_data(file, card.id)
        return
    facts = read_onnx(file, check_weights=True)
    _check_external(card, role, facts)
    _check_inner_card(card, role, facts)
    families.check_graph(card, role, facts)
    broken = facts.broken
    if facts.external:
        broken += broken_outside(folder / card.graphs[role + WEIGHTS_SUFFIX].file, facts.external)
    if broken:
        raise ModelError(
            "model.nan",
            "The weights of the model {model_id} are broken: {name} in {file} holds values that are no numbers (NaN or "
            "infinity). Nothing of it was run. Get the model again, or ask whoever trained it.",
            model_id=card.id,
            name=broken[0][:80] or "a constant",
            file=file.name,
        )


def _check_external(card: ModelCard, role: str, facts: OnnxFacts) -> None:
    """Weights may lie in the one file that the card lists for them, and nowhere else on the user's disk."""
    weights = card.graphs.get(role + WEIGHTS_SUFFIX)
    allowed = weights.file if weights else None
    for tensor in facts.external:
        location = tensor.external.get("location", "")
        if location != allowed:
            raise ModelError(
                "model.external",
                "The file {file} of the model {model_id} wants to read another file, {location}, which its card does "
                "not list. It was not run. Ask whoever made it for a model in one piece.",
                file=card.graphs[role].file,
                model_id=card.id,
                location=repr(location[:80]),
            )


def _check_inner_card(card: ModelCard, role: str, facts: OnnxFacts) -> None:
    """The card inside a graph must be of the same model, or files of two models were mixed up."""
    text = facts.metadata.get(cards.METADATA_KEY)
    if text is None:
        return  # the card beside it names its hash
    inner = card_reading.checked_card(text.encode(), where=card.graphs[role].file)
    own = () if families.FAMILIES[card.family].borrows else ("family", "classes")
    fields = (*own, "task", "tile_px", "uses_dsm")
    other = [name for name in fields if getattr(inner, name) != getattr(card, name)]
    if facts.metadata.get(ROLE_KEY, role) != role:
        other.append("part")
    if other:
        raise ModelError(
            "model.mixed",
            "The file {file} says another {what} of itself than the card of {model_id}: files of two models are mixed "
            "up, so nothing was run. Get the model again.",
            file=card.graphs[role].file,
            what=other[0].replace("_px", " size").replace("uses_dsm", "use of elevation"),
            model_id=card.id,
        )


@contextmanager
def _staging(home: Path) -> Iterator[Path]:
    """A fresh folder in the store for the files to come; gone at the end, whatever happens."""
    staged = Path(tempfile.mkdtemp(prefix=_STAGED, dir=home))
    try:
        yield staged
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _publish(staged: Path, target: Path) -> None:
    staged.chmod(0o755)  # mkdtemp gives the folder to its owner alone
    older = target.with_name(f"{_OLDER}{target.name}-{staged.name}")
    had_older = target.exists()
    if had_older:
        target.replace(older)
    try:
        staged.replace(target)
    except OSError:
        if had_older:
            older.replace(target)
        raise
    _flush(target.parent)
    shutil.rmtree(older, ignore_errors=True)


def _clear_stale(home: Path) -> None:
    """Remove what a crash left behind, and bring back a model that was set aside when it happened."""
    for folder in home.glob(f"{_OLDER}*"):
        model_id = folder.name.removeprefix(_OLDER).rpartition(f"-{_STAGED}")[0]
        if model_id and not (home / model_id).exists():
            folder.replace(home / model_id)
        else:
            shutil.rmtree(folder, ignore_errors=True)
    for folder in home.glob(f"{_STAGED}*"):
        if time.time() - folder.stat().st_mtime > _STALE_S:  # another process may be busy in a younger one
            shutil.rmtree(folder, ignore_errors=True)


def _flush(path: Path) -> None:
    """Onto the disk itself; a folder's list of names too, where the system can."""
    try:
        descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    except OSError:
        if path.is_dir():  # Windows opens no folders
            return
        raise
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _writable(home: Path, card: ModelCard) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise _disk_full(home, card.id) from error
        raise ModelError(
            "model.not_writable",
            "The model {model_id} cannot be installed in {folder} ({reason}). Close BirchTree's other windows, and "
            "check that you may write there.",
            model_id=card.id,
            folder=home,
            reason=error.strerror or error,
        ) from error


def _disk_full(home: Path, model_id: str) -> ModelError:
    return ModelError(
        "model.disk_full",
        "The disk with {folder} has no room for the model {model_id}. Make room and try again; what is installed is "
        "untouched.",
        folder=home,
        model_id=model_id,
    )
