"""Reads the weights out of a checkpoint file of any training program, without running anything that the file holds."""

import hashlib
import pickle
import struct
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Literal

import torch
from torch import Tensor

from inference.errors import ModelError
from training.foreign_classes import PickleNames, refused, scan, stand_ins

Kind = Literal["balsam", "rsprompter", "sam", "dinovtree", "maskrcnn", "dinov2", "unknown"]

_CHUNK_BYTES = 1 << 20
_WRAPPERS = ("state_dict", "model", "model_state_dict", "state_dict_ema")
_LEGACY_PICKLES = 5  # magic number, protocol, system, the object, the storages' names
_MAX_TEXT, _MAX_ITEMS, _MAX_DEPTH = 20_000, 500, 8
_GIST = "WeightsUnpickler error:"  # what torch writes before the point of a long message
_REFUSALS = ("Unsupported global", "is blocked", "unrecognized function", "Can only create new object")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a checkpoint file holds.

    Attributes:
        tensors: weights by the names of the file, on the CPU; a leading "module." of parallel training is taken off.
            Tensors of a file in torch's zip form are mapped from it, so that the file must stay while they are used.
        kind: the model family, told by the names.
        facts: what else the file says of itself, fit for JSON: "form" ("zip", "legacy", "safetensors"), "meta"
            (mmengine), "epoch", "hyper_parameters" (Lightning), "foreign_classes" (names of classes that were
            replaced by empty stand-ins).
        sha256: of the file, hexadecimal.
        path: the file.
    """

    tensors: Mapping[str, Tensor]
    kind: Kind
    facts: Mapping[str, object]
    sha256: str
    path: Path = field(default_factory=Path)


def read_checkpoint(path: Path) -> Checkpoint:
    """Read `.pth`, `.pt`, `.ckpt` or `.safetensors`; the content tells which it is, not the name.

    Raises:
        ModelError: "checkpoint.unreadable" (missing, truncated, or no checkpoint), "checkpoint.code" (the file asks
            for code to be run when it is opened), "checkpoint.empty" (no weights in it), "checkpoint.nan" (a weight
            is not a number).
    """
    try:
        with path.open("rb") as file:
            start = file.read(16)
            file.seek(0)
            sha256 = _sha256(file)
        plain = _is_safetensors(start, path.stat().st_size)
        found, facts = _from_safetensors(path) if plain else _from_pickle(path, start)
    except OSError as error:
        raise _unreadable(path, error.strerror or "the file cannot be opened") from error
    tensors = _state_dict(found, path)
    _check_numbers(tensors, path)
    return Checkpoint(tensors, _kind(tensors), facts, sha256, path)


def _sha256(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK_BYTES):
        digest.update(chunk)
    return digest.hexdigest()


def _is_safetensors(start: bytes, size_bytes: int) -> bool:
    """Eight bytes of header length, then the header's JSON."""
    if len(start) < 9 or start[8:9] != b"{":
        return False
    return 2 <= struct.unpack("<Q", start[:8])[0] <= size_bytes - 8


def _from_safetensors(path: Path) -> tuple[object, dict[str, object]]:
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="pt") as file:
            tensors: dict[str, object] = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
            metadata = file.metadata()
    except (SafetensorError, RuntimeError, ValueError) as error:
        raise _unreadable(path, _first_line(error)) from error
    facts: dict[str, object] = {"form": "safetensors"}
    if metadata:
        facts["metadata"] = _as_json(metadata)
    return tensors, facts


def _from_pickle(path: Path, start: bytes) -> tuple[object, dict[str, object]]:
    """Look at the names that the pickle asks for, then let torch's restricted unpickler read it."""
    zipped = start[:4] == b"PK\x03\x04"
    names = _names_of(path, zipped=zipped)
    if bad := refused(names):
        raise _code(path, bad)
    if not zipped and start[:1] != b"\x80":
        raise _unreadable(path, "it is neither a torch checkpoint nor a safetensors file")
    try:
        # The stand-ins are known to torch inside this block only. Warnings of other pickle protocols say nothing
        # that the refusal does not.
        with torch.serialization.safe_globals(stand_ins(names)), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = torch.load(path, map_location="cpu", weights_only=True, mmap=zipped)
    except pickle.UnpicklingError as error:
        text = _first_line(error)
        if any(one in str(error) for one in _REFUSALS):
            raise _code(path, text) from error
        raise _unreadable(path, text) from error
    except _DAMAGE as error:
        raise _unreadable(path, _first_line(error)) from error
    facts: dict[str, object] = {"form": "zip" if zipped else "legacy"}
    if names.foreign:
        facts["foreign_classes"] = sorted(names.foreign)
    if isinstance(found, dict):
        facts |= {
            name: _as_json(found[name])
            for name in ("meta", "epoch", "global_step", "iter", "hyper_parameters")
            if name in found
        }
    return found, facts


# What torch, zipfile and pickle raise on bytes that are no checkpoint; none of them is a fault of ours.
_DAMAGE = (
    RuntimeError, ValueError, TypeError, KeyError, IndexError, EOFError, AttributeError, AssertionError,
    OverflowError, NotImplementedError, MemoryError, RecursionError, struct.error, zipfile.BadZipFile,
)  # fmt: skip


def _names_of(path: Path, *, zipped: bool) -> PickleNames:
    """The classes and functions that the pickles in the file ask for."""
    names = PickleNames()
    try:
        if zipped:
            with zipfile.ZipFile(path) as archive:
                pickles = [one for one in archive.namelist() if one.endswith(".pkl")]
                if not pickles:
                    raise _unreadable(path, "it is a zip file without weights")
                for one in pickles:
                    with archive.open(one) as file:
                        scan(file, names)
        else:
            with path.open("rb") as plain:
                for _ in range(_LEGACY_PICKLES):
                    scan(plain, names)
    except _DAMAGE as error:
        # What was seen before the damage still counts: a broken file may ask for code as well.
        if bad := refused(names):
            raise _code(path, bad) from error
        if zipped:
            raise _unreadable(path, "it is cut short or damaged") from error
        with path.open("rb") as plain:
            if plain.read(1) == b"\x80":
                raise _unreadable(path, "it is cut short or damaged") from error
    return names


def _state_dict(found: object, path: Path) -> dict[str, Tensor]:
    """The weights, wherever the training program has put them."""
    if isinstance(found, dict):
        for name in _WRAPPERS:
            if isinstance(found.get(name), dict):
                found = found[name]
                break
    tensors: dict[str, Tensor] = {}
    if isinstance(found, dict):
        for name, value in found.items():
            if isinstance(name, str) and isinstance(value, Tensor) and value.layout == torch.strided:
                tensors[name] = value.detach()
    if not tensors:
        raise ModelError(
            "checkpoint.empty",
            "{file} holds no weights: it has no list of named tensors. Choose the checkpoint that the training wrote "
            "(for mmengine the file best_..._epoch_N.pth).",
            file=path.name,
        )
    if all(name.startswith("module.") for name in tensors):
        tensors = {name.removeprefix("module."): value for name, value in tensors.items()}
    return tensors


def _check_numbers(tensors: Mapping[str, Tensor], path: Path) -> None:
    for name, tensor in tensors.items():
        if (tensor.is_floating_point() or tensor.is_complex()) and not bool(torch.isfinite(tensor).all()):
            raise ModelError(
                "checkpoint.nan",
                "{file} cannot be used: the weight {weight} holds values that are not numbers (NaN or infinite), so "
                "the training must have gone wrong. Take an earlier checkpoint of the same training.",
                file=path.name,
                weight=name,
            )


def _kind(tensors: Mapping[str, Tensor]) -> Kind:
    """The family, by names that only it has."""
    if "roi_head.mask_head.point_emb.0.weight" in tensors and "backbone.vision_encoder.pos_embed" in tensors:
        return "balsam" if "backbone_dsm.0.weight" in tensors else "rsprompter"
    if "mask_decoder.iou_token.weight" in tensors and any(
        name.startswith(("image_encoder.", "vision_encoder.patch_embed.")) for name in tensors
    ):
        return "sam"
    if any(name.removeprefix("model.") == "task_heads.query_token_cls" for name in tensors):
        return "dinovtree"
    if "roi_heads.mask_predictor.mask_fcn_logits.weight" in tensors:
        return "maskrcnn"
    if {"cls_token", "pos_embed", "blocks.0.ls1.gamma", "patch_embed.proj.weight"} <= set(tensors):
        return "dinov2"
    return "unknown"


def _as_json(value: object, depth: int = 0) -> object:
    """`value` with everything left out that JSON cannot hold or that is beyond reason."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return value[:_MAX_TEXT]
    if depth >= _MAX_DEPTH:
        return None
    if isinstance(value, Mapping):
        return {str(name)[:200]: _as_json(one, depth + 1) for name, one in list(value.items())[:_MAX_ITEMS]}
    if isinstance(value, list | tuple):
        return [_as_json(one, depth + 1) for one in value[:_MAX_ITEMS]]
    return None


def _first_line(error: BaseException) -> str:
    """The gist of a library's message, which often goes on for a page."""
    text = str(error).strip()
    if _GIST in text:
        text = text[text.index(_GIST) + len(_GIST) :].strip()
    line = text.splitlines()[0] if text else type(error).__name__
    return line[:160].rstrip(". ")


def _unreadable(path: Path, why: str) -> ModelError:
    return ModelError(
        "checkpoint.unreadable",
        "{file} cannot be read as a checkpoint: {why}. The download may be incomplete; get the file again, and "
        "compare its size and SHA-256 with the source's.",
        file=path.name,
        why=why,
    )


def _code(path: Path, what: str) -> ModelError:
    return ModelError(
        "checkpoint.code",
        "{file} was refused: opening it would run program code ({what}), which weights have no need of. Nothing of it "
        "was run. Do not use this file unless you trust its maker; then ask for the weights alone, best as "
        ".safetensors.",
        file=path.name,
        what=what,
    )
