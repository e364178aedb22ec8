"""Files of a training in progress: tensors, numbers and text, whole or not at all, read without running code."""

import io
import pickle
import struct
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import torch

from inference.errors import InputError

# What torch's restricted reader raises on bytes that are not as they were written.
DAMAGE = (
    OSError, EOFError, RuntimeError, ValueError, LookupError, TypeError, AttributeError, OverflowError, MemoryError,
    RecursionError, AssertionError, struct.error, pickle.UnpicklingError,
)  # fmt: skip


def write_state(state: Mapping[str, Any], path: Path) -> None:
    """Write it atomically, with its tensors in main memory, so that any computer can read it.

    Raises:
        OSError: it cannot be written; an older file of that name is left as it was.
    """
    content = io.BytesIO()
    torch.save(_here(dict(state)), content)
    partial = path.with_name(f"{path.name}.partial")
    try:
        # Not torch's own writing: it calls a full disk a fault of its own.
        partial.write_bytes(content.getbuffer())
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise


def _here(value: Any) -> Any:
    """The same with its tensors in main memory."""
    if isinstance(value, torch.Tensor):
        return value.cpu()
    if isinstance(value, dict):
        return {name: _here(one) for name, one in value.items()}
    return [_here(one) for one in value] if isinstance(value, list) else value


def read_state(path: Path, kind: str, parts: Iterable[str]) -> dict[str, Any]:
    """Read one back, tensors in main memory.

    Args:
        path: a file of `write_state`.
        kind: what its "format" must say.
        parts: what it must have besides.

    Raises:
        InputError: the file is missing, damaged or something else.
    """
    try:
        state: Any = torch.load(path, map_location="cpu", weights_only=True)
    except DAMAGE as error:
        raise _unreadable(path) from error
    if not isinstance(state, dict) or state.get("format") != kind or not state.keys() >= set(parts):
        raise _unreadable(path)
    return state


def holds(path: Path, kind: str) -> bool:
    """Whether a file is a training's of some kind."""
    try:
        state: Any = torch.load(path, map_location="cpu", weights_only=True, mmap=True)
    except DAMAGE:
        return False
    return isinstance(state, dict) and state.get("format") == kind


def _unreadable(path: Path) -> InputError:
    return InputError(
        "train.state_unreadable",
        "{path} is not a training of BirchTree, or it is damaged. Name another file, or begin anew in another folder.",
        path=path,
    )
