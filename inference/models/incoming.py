"""Models as they arrive: a folder, an archive or lone ONNX files, told apart by content and read within limits."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO

from inference.errors import InputError, ModelError
from inference.models import card as cards
from inference.models import card_reading
from inference.models.card import GraphFile, ModelCard
from inference.models.families import FAMILIES
from inference.models.onnx_metadata import read_onnx

ROLE_KEY = "birchtree.role"

MAX_ARCHIVE_FILES = 64
# Weights hardly compress; an archive that swells more than this is made to fill the disk.
MAX_SWELLING = 200
_SMALL_BYTES = 64 << 20  # below it swelling does no harm
_MAX_TEXT_BYTES = 1_000_000
_MAX_SIBLINGS = 32
_CHECKPOINT_SUFFIXES = frozenset({".pth", ".pt", ".ckpt", ".bin", ".safetensors", ".pkl", ".pickle"})
_PICKLE_START = b"\x80"
_LINK_MODE, _MODE_MASK = 0o120000, 0o170000

# What reading a damaged archive raises, beside OSError.
_ARCHIVE_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError)
_COMPRESSIONS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 1


@dataclass(frozen=True, slots=True)
class Incoming:
    """A model that is not installed yet.

    Attributes:
        card: with its graphs.
        licence_text: what lies beside it as licence.txt; "" when nothing does.
        files: where its files are, by name: on disk, or inside `archive`.
        archive: the open archive; None for files on disk.
    """

    card: ModelCard
    licence_text: str
    files: Mapping[str, Path | zipfile.ZipInfo]
    archive: zipfile.ZipFile | None = None

    def open(self, name: str) -> IO[bytes]:
        """One of the files that the card names.

        Raises:
            ModelError: it is not there.
            OSError, zipfile.BadZipFile: it cannot be read.
        """
        place = self.files.get(name)
        if place is None:
            raise ModelError(
                "model.graph_missing",
                "The model {model_id} lacks its file {name}. Get all of its files.",
                model_id=self.card.id,
                name=name,
            )
        if isinstance(place, Path):
            return place.open("rb")
        assert self.archive is not None
        return self.archive.open(place)


@contextmanager
def arrived(path: Path) -> Iterator[Incoming]:
    """The model at `path`, readable within the block.

    Raises:
        InputError: there is nothing.
        ModelError: it is no model of BirchTree's, or it cannot be read.
    """
    if not (path.is_file() or path.is_dir()):  # also what would never end, as a pipe
        raise InputError("model.no_file", "There is no file {path}. Check the name and the folder.", path=path)
    try:
        if path.is_dir():
            yield _of_folder(path)
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                yield _of_archive(path, archive)
        else:
            _refuse_checkpoint(path)
            yield _of_onnx(path)
    except _ARCHIVE_ERRORS as error:
        raise _damaged_archive(path, str(error)) from error
    except OSError as error:
        raise ModelError(
            "model.unreadable",
            "{path} cannot be read ({reason}). Check that you may open it, and that its disk is still connected.",
            path=path,
            reason=error.strerror or error,
        ) from error


def _of_folder(folder: Path) -> Incoming:
    card = card_reading.read_card(folder)
    files = {entry.file: folder / entry.file for entry in card.graphs.values()}
    return Incoming(card, _text(folder / card_reading.LICENCE_FILE), {n: f for n, f in files.items() if f.is_file()})


def _text(file: Path) -> str:
    if not file.is_file():
        return ""
    with file.open("rb") as stream:
        return stream.read(_MAX_TEXT_BYTES).decode("utf-8", "replace")


def _of_archive(path: Path, archive: zipfile.ZipFile) -> Incoming:
    entries = _checked_entries(path, archive)
    lists = [name for name in entries if PurePosixPath(name).name == cards.FILE_NAME]
    if not lists and any(PurePosixPath(name).name == "data.pkl" for name in entries):
        raise _checkpoint(path)
    if len(lists) != 1:
        raise card_reading.no_card(path)
    folder = PurePosixPath(lists[0]).parent
    inside = {
        PurePosixPath(name).name: entry for name, entry in entries.items() if PurePosixPath(name).parent == folder
    }
    card = card_reading.checked_card(_short(archive, inside[cards.FILE_NAME]), where=f"{path}/{lists[0]}")
    licence = inside.get(card_reading.LICENCE_FILE)
    text = _short(archive, licence).decode("utf-8", "replace") if licence else ""
    return Incoming(card, text, inside, archive)


def _checked_entries(path: Path, archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The archive's files by name, none of which leads out of it or swells without end."""
    entries: dict[str, zipfile.ZipInfo] = {}
    for entry in archive.infolist():
        name = entry.filename.replace("\\", "/")
        parts = PurePosixPath(name).parts
        is_link = entry.external_attr >> 16 & _MODE_MASK == _LINK_MODE
        if ".." in parts or name.startswith("/") or ":" in name or is_link:
            raise _damaged_archive(path, f"the entry {name[:80]!r} leads out of it")
        if entry.flag_bits & _ENCRYPTED or entry.compress_type not in _COMPRESSIONS:
            raise _damaged_archive(path, f"{name[:80]!r} is encrypted or packed in an unusual way")
        if name in entries:
            raise _damaged_archive(path, f"it holds {name[:80]!r} twice")
        if entry.file_size > max(_SMALL_BYTES, MAX_SWELLING * entry.compress_size):
            raise _damaged_archive(path, f"{name[:80]!r} would grow more than {MAX_SWELLING} times")
        if not entry.is_dir():
            entries[name] = entry
        if len(entries) > MAX_ARCHIVE_FILES and cards.FILE_NAME not in {one.rsplit("/", 1)[-1] for one in entries}:
            break  # a checkpoint of PyTorch's has thousands; the first ones tell
    if len(entries) > MAX_ARCHIVE_FILES and not any(name.endswith("data.pkl") for name in entries):
        raise _damaged_archive(path, f"it holds more than {MAX_ARCHIVE_FILES} files")
    return entries


def _short(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as stream:
        return stream.read(_MAX_TEXT_BYTES + 1)


def _refuse_checkpoint(path: Path) -> None:
    with path.open("rb") as stream:
        start = stream.read(1)
    if path.suffix.lower() in _CHECKPOINT_SUFFIXES or start == _PICKLE_START:
        raise _checkpoint(path)


def _of_onnx(path: Path) -> Incoming:
    """A lone ONNX file; parts of the same model beside it come along."""
    card, role = _inside(path)
    beside = path.parent / cards.FILE_NAME
    if beside.is_file():
        whole = card_reading.read_card(path.parent)
        if any(entry.file == path.name for entry in whole.graphs.values()):
            return _of_folder(path.parent)
    graphs = {role: path}
    wanted = FAMILIES[card.family].graphs.keys() if card.family in FAMILIES else set()
    if wanted - {role}:
        graphs |= _siblings(path, card)
    listed = {part: _described(file) for part, file in graphs.items()}
    text = _text(path.parent / card_reading.LICENCE_FILE)
    return Incoming(replace(card, graphs=listed), text, {file.name: file for file in graphs.values()})


def _inside(path: Path) -> tuple[ModelCard, str]:
    """The card in an ONNX file, and which part of the model it is.

    Raises:
        ModelError: the file is damaged, or carries no card.
    """
    metadata = read_onnx(path).metadata
    if cards.METADATA_KEY not in metadata:
        raise card_reading.no_card(path)
    card = card_reading.checked_card(metadata[cards.METADATA_KEY].encode(), where=str(path))
    role = metadata.get(ROLE_KEY, "")
    roles = tuple(FAMILIES[card.family].graphs) if card.family in FAMILIES else ()
    if not role and len(roles) == 1:
        role = roles[0]
    return card, role or "an unnamed part"


def _siblings(path: Path, card: ModelCard) -> dict[str, Path]:
    found = {}
    for file in sorted(path.parent.glob("*.onnx"))[:_MAX_SIBLINGS]:
        try:
            other, role = _inside(file)
        except ModelError:  # another file in the user's folder, which nobody asked for
            continue
        if (other.id, other.version, other.family) == (card.id, card.version, card.family) and file != path:
            found[role] = file
    return found


def _described(path: Path) -> GraphFile:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return GraphFile(path.name, digest, path.stat().st_size)


def _checkpoint(path: Path) -> ModelError:
    return ModelError(
        "model.is_checkpoint",
        "{name} is a training checkpoint, not a finished model; nothing of it was run. Convert it with `birchtree "
        "models convert {name}`, which also installs it.",
        name=path.name,
    )


def _damaged_archive(path: Path, why: str) -> ModelError:
    return ModelError(
        "model.archive",
        "The archive {name} cannot be used: {why}. Nothing of it was installed. Get it again.",
        name=path.name,
        why=why or "it is damaged",
    )
