"""From a checkpoint or a line of the catalogue to an installed model: consent, download, conversion, installation."""

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import resources
from inference import paths
from inference.errors import InputError, ModelError
from inference.jobs import JobContext
from inference.models import consent, conversion
from inference.models.catalogue import Catalogue, CatalogueEntry, Licence
from inference.models.conversion import Say
from inference.models.download import RemoteFile, fetch
from inference.models.store import InstalledModel, ModelStore

_SHA256_CHARACTERS = 64


@dataclass(frozen=True, slots=True)
class Request:
    """How a model of the catalogue is wanted.

    Attributes:
        accept_licence: the user has read and accepts its licence.
        replace: an installed model of the same id gives way.
        sha256: of the file, stated by a user who has it from the publisher; needed where the catalogue has none.
        keep: the downloaded checkpoint stays in the cache after its conversion.
    """

    accept_licence: bool = False
    replace: bool = False
    sha256: str = ""
    keep: bool = False


def convert_and_add(
    checkpoint: Path,
    options: Sequence[str],
    store: ModelStore,
    catalogue: Catalogue,
    context: JobContext,
    say: Say,
    *,
    replace: bool = False,
) -> InstalledModel:
    """Convert a user's own checkpoint and install the model.

    A checkpoint that the catalogue knows by its hash brings title, source and licence along.

    Args:
        checkpoint: the file.
        options: words of the converter's command line; they win over the catalogue's.
        store: where to.
        catalogue: what is known.
        context: stopping, and progress of the installation.
        say: receives what the converter tells.
        replace: an installed model of the same id gives way.

    Raises:
        Cancelled: the user stopped.
        BirchtreeError: the checkpoint cannot be converted, or the model is refused.
    """
    conversion.demand_converter()
    entry = _known(checkpoint, catalogue)
    told = [*(_options_of(entry) if entry else []), *options]
    if "--id" in told:
        demand_free(told[len(told) - told[::-1].index("--id")], store, replace=replace)
    with tempfile.TemporaryDirectory(prefix="birchtree-convert-", dir=paths.cache_dir()) as folder:
        made = conversion.convert(checkpoint, told, Path(folder), context, say)
        return store.add(made, own_conversion=True, replace=replace, context=context)


def obtain(
    entry: CatalogueEntry, store: ModelStore, catalogue: Catalogue, request: Request, context: JobContext, say: Say
) -> InstalledModel:
    """Download a model of the catalogue, convert it where needed, and install it.

    Raises:
        Cancelled: the user stopped; what has come is gone on with the next time.
        InputError: the network, the server or the disk.
        ModelError: the licence is not accepted, nobody knows the file's hash, or the model is refused.
    """
    demand_free(entry.id, store, replace=request.replace)
    consent.demand_consent(entry.licence, entry.id, accepted=request.accept_licence)
    if entry.kind == "checkpoint":
        conversion.demand_converter()  # before some hundred megabytes come for nothing
    remote = RemoteFile(entry.url, _hash_for(entry, request.sha256), entry.size_bytes if entry.sha256 else None)
    file = paths.cache_dir() / "downloads" / entry.file_name
    say(f"{entry.title}, {entry.size_bytes / 1e6:.0f} MB from {remote.host}; licence: {entry.licence.title}")
    fetch(remote, file, context=context)
    if entry.kind == "checkpoint":
        options = _options_of(entry)
        model = convert_and_add(file, options, store, catalogue, context, say, replace=request.replace)
    else:
        model = store.add(file, accept_licence=request.accept_licence, replace=request.replace, context=context)
    if not request.keep:
        file.unlink(missing_ok=True)
    return model


def demand_free(model_id: str, store: ModelStore, *, replace: bool) -> None:
    """Before anything long begins.

    Raises:
        ModelError: a model of that id is installed and may not be replaced.
    """
    if not replace and any((folder / model_id).exists() for folder in store.folders):
        raise ModelError(
            "model.exists",
            "A model {model_id} is installed already. To put another in its place, repeat the command with --replace.",
            model_id=model_id,
        )


def _hash_for(entry: CatalogueEntry, stated: str) -> str:
    """The hash that the file must have.

    Raises:
        ModelError: nobody has stated one.
        InputError: the user's is none, or not that of the catalogue.
    """
    stated = stated.strip().lower()
    if stated and (len(stated) != _SHA256_CHARACTERS or set(stated) - set("0123456789abcdef")):
        raise InputError(
            "download.no_hash", "{stated} is no SHA-256: that has 64 digits and letters a to f.", stated=stated[:80]
        )
    if entry.sha256 and stated not in ("", entry.sha256):
        raise InputError(
            "download.other_hash",
            "The catalogue knows another SHA-256 for {model_id}, {known}. Leave out --sha256 to fetch that file.",
            model_id=entry.id,
            known=entry.sha256,
        )
    if not (entry.sha256 or stated):
        raise ModelError(
            "download.unknown_hash",
            "BirchTree does not know the SHA-256 of {url}, and never takes a file that it cannot verify. Look it up on "
            "the publisher's page (Hugging Face shows it with the file) and repeat the command with --sha256 HEX; or "
            "fetch the file with a browser and run `birchtree models convert FILE`.",
            url=entry.url,
            model_id=entry.id,
        )
    return entry.sha256 or stated


def _known(checkpoint: Path, catalogue: Catalogue) -> CatalogueEntry | None:
    """The catalogue's entry of this very file; only a file of the right size is read for it."""
    try:
        size_bytes = checkpoint.stat().st_size
        if not any(entry.sha256 and entry.size_bytes == size_bytes for entry in catalogue.entries):
            return None
        with checkpoint.open("rb") as stream:
            return catalogue.by_checkpoint(hashlib.file_digest(stream, "sha256").hexdigest())
    except OSError:  # the converter says what is wrong with it
        return None


def _options_of(entry: CatalogueEntry) -> list[str]:
    """What the catalogue tells the converter."""
    told = ["--id", entry.id, "--title", entry.title, "--source", entry.source, "--licence", entry.licence.name]
    return [*told, *_licence_file(entry.licence), *entry.convert]


def _licence_file(licence: Licence) -> list[str]:
    if not licence.text_file:
        return []
    return ["--licence-file", str(resources.path(licence.text_file))]
