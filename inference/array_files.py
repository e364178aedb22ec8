"""Files of NumPy arrays (.npz) from outside: read without ever running what is in them, and never beyond a size."""

import io
import tokenize
import zipfile
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt

MAX_BYTES = 1 << 29
"""What the arrays of one file may hold together."""
MAX_WEIGHT_BYTES = 8 << 30
"""The same for the weights of a network that is trained on."""
_SUFFIX = ".npy"
# What zipfile and NumPy's reader of headers raise on bytes that are not as they were written.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    tokenize.TokenError,
    SyntaxError,
    LookupError,
    TypeError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    MemoryError,
    AttributeError,
)


class TooLarge(ValueError):
    """A file of a few bytes that would fill the memory."""


def read_arrays(source: Path | bytes, *, max_bytes: int = MAX_BYTES) -> dict[str, npt.NDArray[np.generic]]:
    """The arrays of a file by name.

    Raises:
        OSError: it cannot be read.
        ValueError: it is damaged, holds objects (pickles) or anything else than arrays, or claims to be too large.
    """
    opened = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    try:
        with opened, zipfile.ZipFile(opened) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > max_bytes:
                raise TooLarge("it claims to hold more numbers than any model has")
            return {entry.filename.removesuffix(_SUFFIX): _array(archive, entry) for entry in entries}
    except _DAMAGE as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error


def _array(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> npt.NDArray[np.generic]:
    if not entry.filename.endswith(_SUFFIX):
        raise ValueError(f"{entry.filename[:80]!r} is no array")
    content = io.BytesIO(archive.read(entry))
    array: npt.NDArray[np.generic] = np.lib.format.read_array(content, allow_pickle=False)
    if array.dtype.hasobject:
        raise ValueError(f"{entry.filename[:80]!r} holds objects")
    return array
