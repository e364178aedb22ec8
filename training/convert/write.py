"""Writes a model's folder: the card inside every ONNX file, hashes and sizes, the licence, all of it or nothing."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import onnx

from inference.errors import InputError, ModelError
from inference.models.card import FILE_NAME, METADATA_KEY, GraphFile, ModelCard

ROLE_KEY = "birchtree.role"
LICENCE_NAME = "licence.txt"
WEIGHTS_SUFFIX = ".weights"  # role of the file that holds the weights of a graph beyond 2 GB
_CHUNK_BYTES = 1 << 20


def put_card(path: Path, card: ModelCard, role: str) -> None:
    """Write the card, its list of graphs left out, and the role into the ONNX file's metadata.

    The list is left out because it holds this very file's hash.
    """
    model = onnx.load(str(path), load_external_data=False)
    onnx.helper.set_model_props(model, {METADATA_KEY: replace(card, graphs={}).to_json(), ROLE_KEY: role})
    model.producer_name = "birchtree"
    onnx.save(model, str(path))


def finish(folder: Path, card: ModelCard, graphs: Mapping[str, Path], licence_text: str) -> ModelCard:
    """Complete a model's folder: cards into the graphs, `card.json`, `licence.txt`.

    Args:
        folder: holds the files of `graphs` already.
        card: without graphs.
        graphs: ONNX files by role.
        licence_text: the licence's own words; where there are none, a sentence that says so is written.

    Returns:
        The card with the graphs' names, hashes and sizes.
    """
    files: dict[str, GraphFile] = {}
    for role, path in graphs.items():
        put_card(path, card, role)
        files[role] = described(path)
        weights = path.with_name(f"{path.name}.data")
        if weights.exists():
            files[role + WEIGHTS_SUFFIX] = described(weights)
    whole = replace(card, graphs=files)
    (folder / FILE_NAME).write_text(whole.to_json(), encoding="utf-8")
    (folder / LICENCE_NAME).write_text(licence_text.strip() + "\n" if licence_text else _unstated(card), "utf-8")
    return whole


def core_and_halo_m(tile_px: int, gsd_m: float, halo_share: float) -> tuple[float, float]:
    """Core and halo of a tile that fills the model's input exactly.

    Args:
        tile_px, gsd_m: side of the input in cells, and its cell size in metres.
        halo_share: width of the margin, as a share of the side.
    """
    halo_px = round(tile_px * halo_share)
    # A plan rounds halos up to whole cells; the hair keeps 128.0000001 cells from becoming 129.
    return (tile_px - 2 * halo_px) * gsd_m, max(0.0, halo_px - 0.01) * gsd_m


def described(path: Path) -> GraphFile:
    """Name, SHA-256 and size of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_CHUNK_BYTES):
            digest.update(block)
    return GraphFile(path.name, digest.hexdigest(), path.stat().st_size)


def _unstated(card: ModelCard) -> str:
    return (
        f"Licence of the model {card.id}: {card.licence}\n\n"
        "Whoever converted these weights gave no text of a licence. Ask where they come from before you pass them on.\n"
        f"Source: {card.source}\n"
    )


@contextmanager
def new_folder(target: Path, *, replace_older: bool = False) -> Iterator[Path]:
    """A folder to fill, which takes the name `target` in one step when the block ends well, and is gone when not.

    Raises:
        InputError: `target` is there already and may not be replaced, or nothing can be written there.
    """
    if target.exists() and not replace_older:
        raise InputError(
            "convert.exists",
            "There is a folder {target} already. Choose another id or folder, or say --replace.",
            target=target,
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".new", dir=target.parent))
    except OSError as error:
        raise _not_writable(target, error) from error
    try:
        yield staged
        _publish(staged, target)
    except OSError as error:
        if isinstance(error, InputError | ModelError):
            raise
        raise _not_writable(target, error) from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _publish(staged: Path, target: Path) -> None:
    staged.chmod(0o755)  # mkdtemp gives the folder to its owner alone
    if not target.exists():
        staged.replace(target)
        return
    older = staged.with_suffix(".old")
    target.replace(older)
    try:
        staged.replace(target)
    except OSError:
        older.replace(target)
        raise
    shutil.rmtree(older, ignore_errors=True)


def _not_writable(target: Path, error: OSError) -> InputError:
    return InputError(
        "convert.not_writable",
        "The model cannot be written to {target} ({reason}). Choose another folder, or make room on the disk.",
        target=target,
        reason=error.strerror or str(error) or type(error).__name__,
    )
